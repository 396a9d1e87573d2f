internal import CSodium

/// Passwords, kept as Argon2id (RFC 9106) with libsodium.
public enum Password {
    // OWASP Password Storage Cheat Sheet: at least 19 MiB and two passes; ASVS 5.0, 11.4.2.
    private static let passes: UInt64 = 2
    private static let memory: Int = 32 << 20

    public static let longest = 1024

    /// The hash to keep: algorithm, parameters, salt and digest in one text.
    /// - Throws: `SecretError.outOfMemory`.
    public static func hash(_ password: String) throws -> String {
        guard Sodium.isReady else { throw SecretError.unavailable }
        let bytes = Array(password.utf8CString)
        var out = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let status = crypto_pwhash_str_alg(
            &out, bytes, UInt64(bytes.count - 1), passes, memory, crypto_pwhash_ALG_ARGON2ID13)
        guard status == 0 else { throw SecretError.outOfMemory }
        return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the password belongs to the hash.
    public static func matches(_ password: String, _ hash: String) -> Bool {
        guard Sodium.isReady, password.utf8.count <= longest else { return false }
        let bytes = Array(password.utf8CString)
        return crypto_pwhash_str_verify(hash, bytes, UInt64(bytes.count - 1)) == 0
    }

    /// Whether the hash was made with weaker parameters than today's.
    public static func needsRehash(_ hash: String) -> Bool {
        crypto_pwhash_str_needs_rehash(hash, passes, memory) != 0
    }

    /// A hash that belongs to no password: checking against it takes as long as against a real one, so that an unknown
    /// address cannot be told from a wrong password (ASVS 5.0, 6.3.8).
    public static let decoy: String = (try? hash(Token.make())) ?? ""
}

/// Why a secret could not be used.
public enum SecretError: Error, Hashable, Sendable {
    /// Not enough memory for the hash.
    case outOfMemory
    /// libsodium could not be made ready.
    case unavailable
    /// What was sealed has been altered, or was sealed with another key or for another purpose.
    case altered
}
