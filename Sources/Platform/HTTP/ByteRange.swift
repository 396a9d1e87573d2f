/// One range of bytes asked for (RFC 9110 §14.1).
public enum ByteRange: Hashable, Sendable {
    /// The whole: no range was asked for, or one that is passed over (several ranges, another unit).
    case whole
    /// These bytes, counted from 0, both ends included.
    case part(ClosedRange<Int>)
    /// Beyond the end: answer 416.
    case beyond

    /// Reads a Range field against the size of the resource, in bytes.
    public init(_ header: String?, size: Int) {
        guard let header, header.hasPrefix("bytes="), !header.contains(",") else {
            self = .whole
            return
        }
        let ends = header.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2 else {
            self = .whole
            return
        }
        switch (digits(trimmed(ends[0])), digits(trimmed(ends[1]))) {
        case (nil, let length?) where ends[0].isEmpty:
            self = length == 0 || size == 0 ? .beyond : .part(max(0, size - length)...(size - 1))
        case (let first?, nil) where ends[1].isEmpty:
            self = first < size ? .part(first...(size - 1)) : .beyond
        case (let first?, let last?) where first <= last:
            self = first < size ? .part(first...min(last, size - 1)) : .beyond
        default: self = .whole
        }
    }
}
