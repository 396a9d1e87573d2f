internal import Digests
public import Kernel
internal import Secrets

/// The head of the audit on a day, kept apart from the database: who can rewrite the database and compute the chain
/// anew still cannot make it agree with the anchors.
///
/// One line of text: day, number of the last entry, its hash, and an HMAC-SHA256 (RFC 2104) of what stands before it,
/// or `-` without a key: `2026-07-01 48213 9c1185a5…  5f0d…`.
public struct AuditAnchor: Hashable, Sendable {
    /// The UK day on which it was made.
    public let day: LocalDate
    /// The number of the last entry on that day; 0 when there was none.
    public let seq: Int64
    /// The hash of that entry.
    public let hash: [UInt8]

    /// An anchor.
    public init(day: LocalDate, seq: Int64, hash: [UInt8]) {
        self.day = day
        self.seq = seq
        self.hash = hash
    }

    /// The anchor of a head.
    public init(_ head: AuditHead, on day: LocalDate) { self.init(day: day, seq: head.seq, hash: head.hash) }

    /// The line, with its line feed.
    /// - Parameter key: at least 16 bytes, kept from those who administer the database; nil for no authentication.
    public func line(key: [UInt8]?) -> String {
        let code = key.map { HMAC.sha256(Array(signedPart.utf8), key: $0) }.map(Hexadecimal.text) ?? "-"
        return "\(signedPart) \(code)\n"
    }

    /// The anchor that a line (without its line feed) holds.
    /// - Throws: `Fault` when it is none or, with a key, when its authentication code is not right.
    public init(line: some StringProtocol, number: Int, path: String, key: [UInt8]?) throws(Fault) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 4, let day = LocalDate(String(parts[0])), let seq = Int64(parts[1]), seq >= 0,
            let hash = Hexadecimal.bytes(parts[2]), hash.count == 32
        else { throw AuditAnchor.fault("it is no anchor", number, path) }
        self.init(day: day, seq: seq, hash: hash)
        guard let key else { return }
        let expected = HMAC.sha256(Array(signedPart.utf8), key: key)
        guard let code = Hexadecimal.bytes(parts[3]), constantTimeEquals(code, expected) else {
            throw AuditAnchor.fault("its authentication code is not right for the key", number, path)
        }
    }

    private var signedPart: String { "\(day) \(seq) \(Hexadecimal.text(hash))" }

    private static func fault(_ why: String, _ number: Int, _ path: String) -> Fault {
        Fault(
            "An anchor of the audit could not be used", at: "\(path), line \(number)", because: why,
            remedy: "Compare the file with its copies and find out who changed it.")
    }
}

/// HMAC with SHA-256 (RFC 2104, RFC 4231).
enum HMAC {
    static func sha256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var block = key.count > 64 ? digest(key) : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        return digest(block.map { $0 ^ 0x5C } + digest(block.map { $0 ^ 0x36 } + message))
    }

    private static func digest(_ bytes: [UInt8]) -> [UInt8] { Hexadecimal.bytes(SHA256.hex(bytes)) ?? [] }
}

/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes, or nil when the text is not pairs of hexadecimal digits.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.count % 2 == 0 else { return nil }
        var out: [UInt8] = []
        var high: UInt8?
        for byte in text.utf8 {
            let value: UInt8
            switch byte {
            case 0x30...0x39: value = byte - 0x30
            case 0x61...0x66: value = byte - 0x61 + 10
            default: return nil
            }
            if let first = high {
                out.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return out
    }
}
