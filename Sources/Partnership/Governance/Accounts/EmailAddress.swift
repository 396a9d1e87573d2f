/// An e-mail address by which someone signs in. It is personal (P1): it prints as "•••".
public struct EmailAddress: Hashable, Sendable {
    /// The address as it was typed, without spaces around it.
    public let text: String
    /// The address by which it is compared: in lower case.
    public var folded: String { EmailAddress.fold(text) }

    /// The address, or nil when the text is none that the service takes: ASCII, one `@`, something before it and a
    /// domain with a dot behind it, at most 254 bytes (RFC 5321, 4.5.3.1). Other alphabets are refused, because
    /// letters that look alike would let one person pass for another.
    public init?(_ typed: String) {
        let bytes = EmailAddress.trimmed(typed)
        let parts = bytes.split(separator: 0x40, omittingEmptySubsequences: false)
        guard bytes.count <= 254, parts.count == 2, (1...64).contains(parts[0].count),
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !EmailAddress.refused.contains($0) }),
            EmailAddress.isDomain(parts[1])
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Any text folded as addresses are, so that what is no address is compared and counted too.
    static func fold(_ typed: String) -> String {
        String(decoding: trimmed(typed), as: UTF8.self).lowercased()
    }

    private static let refused = Set("\"(),:;<>[\\]".utf8)

    private static func trimmed(_ text: String) -> ArraySlice<UInt8> {
        var bytes = Array(text.utf8)[...]
        while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        return bytes
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != 0x2D && label.last != 0x2D
                    && label.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D }
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    /// The same address but for case.
    public static func == (a: EmailAddress, b: EmailAddress) -> Bool { a.folded == b.folded }

    /// By the folded address.
    public func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}

extension EmailAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// "•••".
    public var description: String { "•••" }
    /// "•••".
    public var debugDescription: String { "•••" }
    /// No children: `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
