internal import CShims
internal import Kernel

/// Cuts a file's bytes into chunks that end with a row.
final class ChunkReader {
    /// A chunk: whole rows, in a buffer that is reused.
    struct Chunk {
        let buffer: ReusableBuffer
        let count: Int
    }

    private let source: ByteSource
    private let chunkSize: Int
    private var rest: [UInt8]
    private var isAtEnd = false
    private let longestRow = 16 << 20

    /// - Parameter rest: bytes already taken from the source.
    init(_ source: ByteSource, rest: [UInt8], chunkSize: Int) {
        self.source = source
        self.rest = rest
        self.chunkSize = max(1, chunkSize)
    }

    /// The next chunk, in the given buffer; nil at the end.
    func next(into buffer: ReusableBuffer) throws(Fault) -> Chunk? {
        if isAtEnd && rest.isEmpty { return nil }
        var count = rest.count
        buffer.reserve(max(count + chunkSize, 64))
        buffer.copy(rest, to: 0)
        rest.removeAll(keepingCapacity: true)
        var wanted = max(chunkSize, 1)
        while true {
            while !isAtEnd, count < wanted {
                buffer.reserve(wanted)
                let got = try source.read(into: buffer.base + count, count: wanted - count)
                if got == 0 { isAtEnd = true }
                count += got
            }
            var isOpen: Int32 = 0
            let end = concord_last_row_end(buffer.base, count, &isOpen)
            if isAtEnd {
                guard isOpen == 0 else { throw unclosed() }
                return count == 0 ? nil : Chunk(buffer: buffer, count: count)
            }
            if end > 0 {
                rest.append(contentsOf: UnsafeBufferPointer(start: buffer.base + end, count: count - end))
                return Chunk(buffer: buffer, count: end)
            }
            guard count < longestRow else { throw tooLong(isOpen: isOpen != 0) }
            wanted = count * 2
        }
    }

    private func unclosed() -> Fault {
        Fault(
            "The file could not be read", at: source.path, because: "a field that begins with a quotation mark is never closed",
            remedy: "Look for a quotation mark without its partner, or for a file that was cut short.")
    }

    private func tooLong(isOpen: Bool) -> Fault {
        Fault(
            "The file could not be read", at: source.path,
            because: "a row is longer than 16 MB" + (isOpen ? " inside a quoted field" : ""),
            remedy: "Check that this is delimited text, and that every quotation mark has its partner.")
    }
}

/// Memory that is allocated once and reused for chunk after chunk. Owned by one slot at a time.
final class ReusableBuffer: @unchecked Sendable {
    // Protected by the order of work: a slot is filled, parsed and delivered before it is filled again.
    private(set) var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int

    init() {
        capacity = 64
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    func reserve(_ count: Int) {
        guard count > capacity else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
        larger.update(from: base, count: capacity)
        base.deallocate()
        base = larger
        capacity = count
    }

    func copy(_ bytes: [UInt8], to offset: Int) {
        reserve(offset + bytes.count)
        bytes.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { (base + offset).update(from: start, count: source.count) }
        }
    }
}
