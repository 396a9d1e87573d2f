internal import CCrypto

/// What was sealed with a passphrase, with what it takes beside the passphrase to open it.
public struct PassphraseSealed: Hashable, Sendable {
    /// Bytes of a salt.
    public static let saltLength = 16
    /// Bytes of a nonce.
    public static let nonceLength = AuthenticatedCipher.nonceLength

    /// What the key is made from beside the passphrase.
    public let salt: [UInt8]
    /// What the cipher begins with.
    public let nonce: [UInt8]
    /// The cipher, with 16 bytes at its end that prove that nothing was altered.
    public let cipher: [UInt8]

    /// What came in a file.
    public init(salt: [UInt8], nonce: [UInt8], cipher: [UInt8]) {
        self.salt = salt
        self.nonce = nonce
        self.cipher = cipher
    }
}

/// Seals what leaves the program in a file with a passphrase: AES-256-GCM, the key by PBKDF2-HMAC-SHA-256 (RFC 8018, 5.2).
/// Both are what browsers have too (Web Cryptography API), so that a file can open itself where there is no network.
public enum PassphraseSeal {
    /// How often the passphrase is hashed: OWASP's Password Storage Cheat Sheet for PBKDF2-HMAC-SHA-256. It takes a
    /// processor a few tenths of a second, so let few do it at a time.
    public static let iterations = 600_000

    /// Seals bytes with a salt and a nonce of their own.
    /// - Parameter about: says what it is and of what, so that one sealed text cannot stand for another.
    /// - Throws: `SecretError.unavailable`.
    public static func seal(
        _ bytes: [UInt8], with passphrase: Passphrase, about: String
    ) throws -> PassphraseSealed {
        try seal(
            bytes, with: passphrase, about: about, salt: randomBytes(PassphraseSealed.saltLength),
            nonce: randomBytes(PassphraseSealed.nonceLength))
    }

    static func seal(
        _ bytes: [UInt8], with passphrase: Passphrase, about: String, salt: [UInt8], nonce: [UInt8]
    ) throws -> PassphraseSealed {
        let key = try key(passphrase.characters, salt: salt, iterations: iterations)
        let cipher = try AuthenticatedCipher.seal(bytes, key: key, nonce: nonce, about: Array(about.utf8))
        return PassphraseSealed(salt: salt, nonce: nonce, cipher: cipher)
    }

    /// Opens what was sealed. A wrong passphrase and an altered text cannot be told apart.
    /// - Throws: `SecretError.altered`, and `.unavailable`.
    public static func open(
        _ sealed: PassphraseSealed, with passphrase: Passphrase, about: String
    ) throws -> [UInt8] {
        guard sealed.salt.count == PassphraseSealed.saltLength, sealed.nonce.count == PassphraseSealed.nonceLength,
            sealed.cipher.count >= AuthenticatedCipher.tagLength
        else { throw SecretError.altered }
        let key = try key(passphrase.characters, salt: sealed.salt, iterations: iterations)
        return try AuthenticatedCipher.open(sealed.cipher, key: key, nonce: sealed.nonce, about: Array(about.utf8))
    }

    static func key(
        _ secret: [UInt8], salt: [UInt8], iterations: Int, length: Int = AuthenticatedCipher.keyLength
    ) throws -> [UInt8] {
        var key = [UInt8](repeating: 0, count: length)
        let status = PKCS5_PBKDF2_HMAC(
            secret.map(CChar.init(bitPattern:)), Int32(secret.count), salt, Int32(salt.count), Int32(iterations),
            EVP_sha256(), Int32(length), &key)
        guard status == 1 else { throw SecretError.unavailable }
        return key
    }
}
