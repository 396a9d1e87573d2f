internal import HTTP
internal import Kernel
internal import Panels
internal import Secrets

/// What is sealed with a passphrase for a meeting in a room without a network, as it stands in a file: JSON that names
/// the meeting and how the key is made, and no more. `Assets/scripts/room-pack.js` reads and writes the same.
struct RoomEnvelope {
    /// What a file holds.
    enum Format: String, CaseIterable {
        /// The pack, on its way into the room.
        case pack = "concord-room-pack"
        /// What was written there, on its way back.
        case notes = "concord-room-notes"
    }

    static let version: Int64 = 1
    /// The largest file of notes, in bytes: more than a day's meeting by far.
    static let largest = 1 << 20
    private static let derivation = "PBKDF2-HMAC-SHA-256"
    private static let cipher = "AES-256-GCM"
    private static let members = [
        "format", "version", "meeting", "derivation", "iterations", "cipher", "salt", "nonce", "sealed",
    ]

    let format: Format
    let meeting: ID<PanelMeeting>
    let sealed: PassphraseSealed

    /// Content that is sealed for a meeting.
    /// - Throws: `SecretError.unavailable`.
    init(
        sealing content: JSON, as format: Format, for meeting: ID<PanelMeeting>, with passphrase: Passphrase
    ) throws {
        self.format = format
        self.meeting = meeting
        sealed = try PassphraseSeal.seal(
            content.encoded(indented: false), with: passphrase, about: RoomEnvelope.about(format, meeting))
    }

    /// What came in a file; nil when it is none that the program or its packs write. How often the passphrase is hashed is
    /// not the file's to say.
    init?(_ bytes: [UInt8]) {
        let limits = JSONLimits(bytes: RoomEnvelope.largest, depth: 1, members: RoomEnvelope.members.count)
        guard let json = try? JSONBody.parse(bytes, limits: limits), case .object(let members) = json,
            Set(members.map(\.name)) == Set(RoomEnvelope.members), json["version"] == .integer(RoomEnvelope.version),
            json["derivation"] == .string(RoomEnvelope.derivation), json["cipher"] == .string(RoomEnvelope.cipher),
            json["iterations"] == .integer(Int64(PassphraseSeal.iterations)),
            let format = json.text("format").flatMap(Format.init(rawValue:)),
            let meeting = json.text("meeting").flatMap({ ID<PanelMeeting>($0) }),
            let salt = json.text("salt").flatMap(Base64URL.decode), salt.count == PassphraseSealed.saltLength,
            let nonce = json.text("nonce").flatMap(Base64URL.decode), nonce.count == PassphraseSealed.nonceLength,
            let cipher = json.text("sealed").flatMap(Base64URL.decode)
        else { return nil }
        self.format = format
        self.meeting = meeting
        sealed = PassphraseSealed(salt: salt, nonce: nonce, cipher: cipher)
    }

    /// What was sealed.
    /// - Throws: `SecretError.altered`.
    func open(with passphrase: Passphrase) throws -> [UInt8] {
        try PassphraseSeal.open(sealed, with: passphrase, about: RoomEnvelope.about(format, meeting))
    }

    /// The text of the file.
    var json: JSON {
        .members(
            ("format", .string(format.rawValue)), ("version", .integer(RoomEnvelope.version)),
            ("meeting", .string(meeting.text)), ("derivation", .string(RoomEnvelope.derivation)),
            ("iterations", .integer(Int64(PassphraseSeal.iterations))), ("cipher", .string(RoomEnvelope.cipher)),
            ("salt", .string(Base64URL.encode(sealed.salt))), ("nonce", .string(Base64URL.encode(sealed.nonce))),
            ("sealed", .string(Base64URL.encode(sealed.cipher))))
    }

    /// What is bound to the cipher beside its content.
    private static func about(_ format: Format, _ meeting: ID<PanelMeeting>) -> String {
        "\(format.rawValue) \(version) \(meeting)"
    }
}

extension JSON {
    /// The text of a member; nil when there is none such, or when it is no text.
    func text(_ name: String) -> String? {
        if case .string(let text)? = self[name] { text } else { nil }
    }
}
