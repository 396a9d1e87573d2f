internal import Digests

/// Tokens that prove that a form was made by us for this session: a fresh nonce and a keyed digest of it and the session.
///
/// Every token is different, so that the lengths of compressed pages tell nothing about it (BREACH).
public struct CSRF: Sendable {
    private let mac: HMAC

    /// - Parameter key: at least 32 bytes that only the servers of this site know.
    public init(key: [UInt8]) {
        precondition(key.count >= 32, "the key of form tokens has at least 32 bytes")
        mac = HMAC(key: key)
    }

    /// A token for a session, with a nonce from the system's generator.
    /// - Parameter session: what only this session has; never shown in the token.
    public func token(for session: String) -> String {
        var generator = SystemRandomNumberGenerator()
        return token(for: session, nonce: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }

    /// A token with a given nonce, which must never be used twice.
    func token(for session: String, nonce: [UInt8]) -> String {
        CSRF.hex(nonce + digest(session, nonce))
    }

    /// Whether a token was made for this session by this key. The time taken does not depend on where they differ.
    public func accepts(_ token: String?, for session: String) -> Bool {
        guard let token, let bytes = CSRF.bytes(token), bytes.count == 48 else { return false }
        let wanted = digest(session, Array(bytes[0..<16]))
        var difference: UInt8 = 0
        for (a, b) in zip(wanted, bytes[16...]) { difference |= a ^ b }
        return difference == 0
    }

    private func digest(_ session: String, _ nonce: [UInt8]) -> [UInt8] {
        mac.digest(Array("concord form token\n".utf8) + nonce + Array(session.utf8))
    }

    static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    static func bytes(_ hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2), digits.count <= 1024 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = hexValue(digits[index]), let low = hexValue(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}

/// HMAC with SHA-256 (RFC 2104).
struct HMAC: Sendable {
    private let inner: [UInt8]
    private let outer: [UInt8]

    init(key: [UInt8]) {
        var block = key.count > 64 ? HMAC.sha256(key) : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        inner = block.map { $0 ^ 0x36 }
        outer = block.map { $0 ^ 0x5C }
    }

    func digest(_ message: [UInt8]) -> [UInt8] { HMAC.sha256(outer + HMAC.sha256(inner + message)) }

    private static func sha256(_ bytes: [UInt8]) -> [UInt8] { CSRF.bytes(SHA256.hex(bytes)) ?? [] }
}
