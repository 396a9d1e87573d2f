/// The identifier of one thing of a kind: a UUID of version 7 (RFC 9562, 5.7), which sorts by the time it was made.
public struct ID<Tag>: Hashable, Comparable, Sendable {
    /// 36 lower-case characters: `01890a5d-ac96-774b-bcce-b302099a8057`.
    public let text: String

    /// A new identifier.
    public init(at now: Instant) {
        var generator = SystemRandomNumberGenerator()
        let high = UInt64(bitPattern: now.milliseconds) << 16 | 0x7000 | (generator.next() & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (generator.next() >> 2)
        text = ID.hyphenated(high, low)
    }

    /// The identifier written so (any UUID, in either case), or nil.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return nil }
        for (i, byte) in bytes.enumerated() {
            switch i {
            case 8, 13, 18, 23: guard byte == 0x2D else { return nil }
            default:
                let isDigit = (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
                guard isDigit else { return nil }
            }
        }
        self.text = text.lowercased()
    }

    private static func hyphenated(_ high: UInt64, _ low: UInt64) -> String {
        let hex = Array("0123456789abcdef".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(36)
        for i in 0..<32 {
            if i == 8 || i == 12 || i == 16 || i == 20 { out.append(0x2D) }
            let word = i < 16 ? high : low
            out.append(hex[Int(word >> UInt64(60 - 4 * (i % 16)) & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Made earlier than, as far as the identifiers tell.
    public static func < (a: ID, b: ID) -> Bool { a.text < b.text }
}

extension ID: CustomStringConvertible {
    /// The text.
    public var description: String { text }
}

/// The code by which definition files name one thing of a kind: an agency, a role, a panel.
public struct Code<Tag>: Hashable, Comparable, Sendable {
    /// Lower-case letters, digits and hyphens, at most 60.
    public let text: String

    /// The code written so, or nil when it is none.
    public init?(_ text: String) {
        guard (1...60).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { return nil }
        self.text = text
    }

    /// In the order of the alphabet.
    public static func < (a: Code, b: Code) -> Bool { a.text < b.text }
}

extension Code: CustomStringConvertible {
    /// The text.
    public var description: String { text }
}
