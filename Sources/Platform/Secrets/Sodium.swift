internal import CSodium

/// libsodium, made ready once.
enum Sodium {
    /// Touch before any use.
    static let isReady: Bool = sodium_init() >= 0
}

/// Bytes from the system's random source.
func randomBytes(_ count: Int) -> [UInt8] {
    precondition(Sodium.isReady, "libsodium could not be made ready: without it no secret is safe")
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
}

/// Whether two byte strings are equal, in a time that depends on their lengths only.
public func constantTimeEquals(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && sodium_memcmp(a, b, a.count) == 0
}

/// BLAKE2b (RFC 7693).
public enum Hash {
    /// The digest of 32 bytes.
    /// - Parameter key: makes it a message authentication code; at most 64 bytes.
    public static func blake2b(_ bytes: [UInt8], key: [UInt8] = []) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        crypto_generichash(&digest, 32, bytes, UInt64(bytes.count), key.isEmpty ? nil : key, key.count)
        return digest
    }
}
