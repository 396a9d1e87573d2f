internal import CSodium

/// Passwords, kept as Argon2id (RFC 9106) with libsodium.
///
/// Any character is taken. Before it is hashed or compared a password is brought into Unicode's form NFKC
/// (NIST SP 800-63B, 3.1.1.2), so that the same keys typed on a telephone and on a desktop give the same password;
/// letters' case and spaces are left as they are.
public enum Password {
    /// Passes over the memory. OWASP's Password Storage Cheat Sheet and ASVS 5.0, appendix C: two or more passes when
    /// at least 19 MiB are filled.
    public static let passes: Int = 2

    /// Bytes of memory filled: 64 MiB, libsodium's `crypto_pwhash_MEMLIMIT_INTERACTIVE`, over three times OWASP's
    /// least.
    public static let memory: Int = 64 << 20

    /// The most bytes of UTF-8 that are hashed. Far more than the 64 characters that must be taken (ASVS 5.0, 6.2.9).
    public static let longest: Int = 1024

    /// The hash to keep: algorithm, parameters, salt and digest in one text.
    /// - Throws: `SecretError.outOfMemory`, `.tooLong` or `.unavailable`.
    public static func hash(_ password: String) throws -> String {
        guard Sodium.isReady else { throw SecretError.unavailable }
        guard let bytes = PasswordText.bytes(password) else { throw SecretError.tooLong }
        var out = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let status = crypto_pwhash_str_alg(
            &out, bytes.map(CChar.init(bitPattern:)), UInt64(bytes.count), UInt64(passes), memory,
            crypto_pwhash_ALG_ARGON2ID13)
        guard status == 0 else { throw SecretError.outOfMemory }
        return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The password in the form in which it is hashed, or nil when that is longer than is hashed.
    public static func normalised(_ password: String) -> String? {
        PasswordText.bytes(password).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the password belongs to the hash. False for what is no hash.
    public static func matches(_ password: String, _ hash: String) -> Bool {
        guard Sodium.isReady, let bytes = PasswordText.bytes(password), PasswordParameters(of: hash) != nil else {
            return false
        }
        return crypto_pwhash_str_verify(hash, bytes.map(CChar.init(bitPattern:)), UInt64(bytes.count)) == 0
    }

    /// Whether the hash was made with weaker parameters than today's. A stronger one is left alone.
    public static func needsRehash(_ hash: String) -> Bool {
        guard let made = PasswordParameters(of: hash) else { return true }
        return made.memory < memory || made.passes < passes
    }

    /// A hash that belongs to no password: checking against it takes as long as against a real one, so that an unknown
    /// address cannot be told from a wrong password (ASVS 5.0, 6.3.8).
    public static let decoy: String = (try? hash(Token.make())) ?? ""
}

/// What a hash says about how it was made: `$argon2id$v=19$m=65536,t=2,p=1$…`.
struct PasswordParameters {
    /// Bytes of memory.
    let memory: Int
    /// Passes over it.
    let passes: Int

    /// Nil for any other algorithm or version, and for more memory than a server can mean (a tampered row).
    init?(of hash: String) {
        let parts = hash.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19" else { return nil }
        let settings = parts[3].split(separator: ",")
        guard settings.count == 3, settings[0].hasPrefix("m="), settings[1].hasPrefix("t="), settings[2] == "p=1",
            let kibibytes = Int(settings[0].dropFirst(2)), let passes = Int(settings[1].dropFirst(2)),
            (8...(4 << 20)).contains(kibibytes), (1...64).contains(passes)
        else { return nil }
        memory = kibibytes << 10
        self.passes = passes
    }
}

/// Why a secret could not be used.
public enum SecretError: Error, Hashable, Sendable {
    /// Not enough memory for the hash.
    case outOfMemory
    /// The password has more bytes than are hashed.
    case tooLong
    /// libsodium could not be made ready, or libcrypto has no memory.
    case unavailable
    /// What was sealed has been altered, or was sealed with another key or for another purpose.
    case altered
}
