internal import CSodium
internal import Files
public import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// Seals what is kept in the database and must not be read from a stolen copy: XChaCha20-Poly1305 (libsodium).
public struct SealingKey: Sendable {
    private let keys: [UInt8: [UInt8]]
    private let current: UInt8

    /// The key of that content, for tests.
    public init(bytes: [UInt8]) {
        precondition(bytes.count == 32, "a sealing key has 32 bytes")
        keys = [1: bytes]
        current = 1
    }

    /// Reads a key file: a line `NUMBER BASE64URL` for each key; the last one seals, all open.
    /// - Throws: a `Fault` when there is no such file, others may read it, or a line is none.
    public init(contentsOf path: String) throws(Fault) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileSystem.failure("The sealing key could not be read", path) }
        guard status.st_mode & 0o077 == 0 else {
            throw Fault(
                "The sealing key is not safe", at: path, because: "other users of this machine may read it",
                remedy: "Run: chmod 600 \(path)")
        }
        var keys: [UInt8: [UInt8]] = [:]
        var last: UInt8?
        let text = String(decoding: try FileSystem.read(path, limit: 1 << 16), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 2, let number = UInt8(parts[0]), let key = Base64URL.decode(String(parts[1])),
                key.count == 32
            else {
                throw Fault(
                    "The sealing key could not be read", at: path, because: "a line is not a number and a key",
                    remedy: "Restore the file from your safe copy.")
            }
            keys[number] = key
            last = number
        }
        guard let last else {
            throw Fault("The sealing key could not be read", at: path, because: "the file is empty")
        }
        self.keys = keys
        current = last
    }

    /// The text of a new key file.
    public static func newFile() -> [UInt8] { Array("1 \(Base64URL.encode(randomBytes(32)))\n".utf8) }

    /// Seals bytes for a purpose; they can be opened for the same purpose only.
    public func seal(_ bytes: [UInt8], context: String) throws -> [UInt8] {
        guard Sodium.isReady, let key = keys[current] else { throw SecretError.unavailable }
        let nonce = randomBytes(24)
        var sealed = [UInt8](repeating: 0, count: bytes.count + 16)
        let about = [current] + Array(context.utf8)
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed, nil, bytes, UInt64(bytes.count), about, UInt64(about.count), nil, nonce, key)
        return [current] + nonce + sealed
    }

    /// Opens what was sealed.
    /// - Throws: `SecretError.altered`.
    public func open(_ sealed: [UInt8], context: String) throws -> [UInt8] {
        guard Sodium.isReady, sealed.count >= 1 + 24 + 16, let key = keys[sealed[0]] else { throw SecretError.altered }
        let body = Array(sealed[25...])
        var bytes = [UInt8](repeating: 0, count: body.count - 16)
        let about = [sealed[0]] + Array(context.utf8)
        let status = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &bytes, nil, nil, body, UInt64(body.count), about, UInt64(about.count), Array(sealed[1..<25]), key)
        guard status == 0 else { throw SecretError.altered }
        return bytes
    }

    /// A key for another use, such as signing form tokens, that cannot be turned back into this one.
    public func derived(for purpose: String) -> [UInt8] {
        Hash.blake2b(Array("concord \(purpose)".utf8), key: keys[current] ?? [])
    }
}
