internal import CSodium
public import Kernel

/// Seals what is kept in the database and must not be read from a stolen copy: XChaCha20-Poly1305 (libsodium).
///
/// A sealed text is the key's number, a nonce of 24 random bytes, the cipher and 16 bytes that prove that nothing was
/// altered. To change the key, add one to the file (`rotated`): the last one seals, all open, and what
/// `needsResealing` names is sealed again when it is next used.
public struct SealingKey: Sendable {
    private let keys: [UInt8: [UInt8]]
    private let current: UInt8
    private static let overhead = 1 + 24 + 16

    /// The key of that content, for tests.
    public init(bytes: [UInt8]) {
        precondition(bytes.count == 32, "a sealing key has 32 bytes")
        keys = [1: bytes]
        current = 1
    }

    /// Reads a key file: a line `NUMBER BASE64URL` for each key; the last one seals, all open.
    /// - Throws: a `Fault` when there is no such file, others may read it, or a line is none.
    public init(contentsOf path: String) throws(Fault) {
        let found = try KeyFile.keys(try KeyFile.read(path), at: path)
        keys = Dictionary(uniqueKeysWithValues: found.map { ($0.number, $0.key) })
        current = found[found.count - 1].number
    }

    /// The text of a new key file, to be written with mode 0600.
    public static func newFile() -> [UInt8] { KeyFile.line(1, randomBytes(32)) }

    /// The text of a key file with one more key, which seals from now on.
    /// - Throws: a `Fault` when the text is none, or all 255 numbers are taken.
    public static func rotated(_ file: [UInt8]) throws(Fault) -> [UInt8] {
        let keys = try KeyFile.keys(file, at: "the sealing keys")
        guard let last = keys.map(\.number).max(), last < 255 else {
            throw Fault("No further sealing key can be made", because: "255 have been made already")
        }
        return keys.flatMap { KeyFile.line($0.number, $0.key) } + KeyFile.line(last + 1, randomBytes(32))
    }

    /// Seals bytes for a purpose; they can be opened for the same purpose only.
    /// - Parameter context: says whose and what it is ("second factor ACCOUNT"), so that a sealed text moved to another
    ///   row does not open there.
    /// - Throws: `SecretError.unavailable`.
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
        guard Sodium.isReady, sealed.count >= SealingKey.overhead, let key = keys[sealed[0]] else {
            throw SecretError.altered
        }
        let body = Array(sealed[25...])
        var bytes = [UInt8](repeating: 0, count: body.count - 16)
        let about = [sealed[0]] + Array(context.utf8)
        let status = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &bytes, nil, nil, body, UInt64(body.count), about, UInt64(about.count), Array(sealed[1..<25]), key)
        guard status == 0 else { throw SecretError.altered }
        return bytes
    }

    /// Whether it was sealed with an older key than the one that seals now.
    public func needsResealing(_ sealed: [UInt8]) -> Bool { sealed.first != current }

    /// A key for another use, such as signing form tokens, that cannot be turned back into this one. Another one after
    /// a rotation.
    public func derived(for purpose: String) -> [UInt8] {
        Hash.blake2b(Array("concord \(purpose)".utf8), key: keys[current] ?? [])
    }
}

extension SealingKey: CustomStringConvertible, CustomReflectable {
    /// Never the key: only which one seals, and how many open.
    public var description: String { "sealing key \(current) of \(keys.count)" }

    /// Hides the keys from `dump` and debuggers' summaries.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
