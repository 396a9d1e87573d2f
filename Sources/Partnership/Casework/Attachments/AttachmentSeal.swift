internal import Digests
internal import Kernel
internal import Secrets

/// Seals the bytes of one attachment. Each has a key of its own, which the site's key seals in turn: so a change of the
/// site's key seals some bytes anew and not every file, and a moved or altered part does not open.
struct AttachmentSeal {
    /// Bytes of a file that are sealed together.
    static let partLength = 256 << 10

    private let id: ID<CaseAttachment>
    private let key: SealingKey
    private let bytes: [UInt8]
    /// The key, sealed by the site's.
    let sealedKey: [UInt8]

    /// A new key.
    /// - Throws: `SecretError`.
    init(new id: ID<CaseAttachment>, sealing: SealingKey) throws {
        guard let bytes = Base64URL.decode(Token.make()), bytes.count == 32 else { throw SecretError.unavailable }
        self.id = id
        self.bytes = bytes
        key = SealingKey(bytes: bytes)
        sealedKey = try sealing.seal(bytes, context: AttachmentSeal.context(id))
    }

    /// The key of an attachment that is kept.
    /// - Throws: `SecretError.altered`.
    init(_ id: ID<CaseAttachment>, sealedKey: [UInt8], sealing: SealingKey) throws {
        let bytes = try sealing.open(sealedKey, context: AttachmentSeal.context(id))
        guard bytes.count == 32 else { throw SecretError.altered }
        self.id = id
        self.bytes = bytes
        key = SealingKey(bytes: bytes)
        self.sealedKey = sealedKey
    }

    /// The key, sealed by the site's newest one.
    /// - Throws: `SecretError`.
    func resealed(by sealing: SealingKey) throws -> [UInt8] {
        try sealing.seal(bytes, context: AttachmentSeal.context(id))
    }

    private static func context(_ id: ID<CaseAttachment>) -> String { "attachment key \(id.text)" }

    /// The parts of a form, sealed. What each proves with itself: the attachment, the form, its place and how many there
    /// are, so that none can be left out, moved or doubled.
    /// - Throws: `SecretError`.
    func parts(_ bytes: [UInt8], _ form: AttachmentForm) throws -> [[UInt8]] {
        let count = max(1, (bytes.count + AttachmentSeal.partLength - 1) / AttachmentSeal.partLength)
        return try (0..<count).map { i in
            let start = i * AttachmentSeal.partLength
            let part = Array(bytes[start..<min(bytes.count, start + AttachmentSeal.partLength)])
            return try key.seal(part, context: context(form, i, of: count))
        }
    }

    /// The bytes of a form from its parts in their order.
    /// - Throws: `SecretError.altered` when something was altered, also when the whole is not what was kept.
    func open(_ parts: [[UInt8]], _ form: AttachmentForm, sha256: String?) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for (i, part) in parts.enumerated() {
            bytes += try key.open(part, context: context(form, i, of: parts.count))
        }
        guard !parts.isEmpty, sha256 == nil || SHA256.hex(bytes) == sha256 else { throw SecretError.altered }
        return bytes
    }

    private func context(_ form: AttachmentForm, _ part: Int, of count: Int) -> String {
        "attachment \(id.text) \(form.rawValue) part \(part + 1) of \(count)"
    }
}
