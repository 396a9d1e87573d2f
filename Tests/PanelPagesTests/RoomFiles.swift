import Foundation
import HTTP
import Kernel
import Secrets
import Site
import Storage
import TestSite

@testable import PanelPages

/// A meeting in session with one item, and the files that go into its room and come back.
struct RoomFiles {
    let world: PanelSite
    let meeting: String
    let item: String

    var meetingID: String { String(meeting.suffix(36)) }
    var itemID: String { String(item.suffix(36)) }
    var notesPath: String { "\(meeting)/room-notes" }

    init(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        self.world = world
        let listed = try world.listed()
        (meeting, item) = (listed.meeting, listed.item)
        for member in [world.chair, world.health, world.haven, world.probation] {
            _ = try world.act("\(listed.meeting)/confidentiality", [:], member)
        }
        for (step, reason) in [("publish-agenda", ""), ("close-research", ""), ("begin", "It cannot wait")] {
            _ = try world.act("\(listed.meeting)/step", ["step": step, "reason": reason], world.coordinator)
        }
    }

    func write(_ text: String, _ depth: String = "P2", from agency: String = "health") throws {
        _ = try world.act(
            item,
            [
                "act": "line", "part": "discussion", "text-1": text, "class-1": depth, "side-1": "victim",
                "kind-1": "fact", "agency": agency,
            ], world.coordinator)
    }

    // MARK: - Into the room

    /// The file that someone downloads, with its passphrase.
    func pack(_ account: TestAccount) throws -> (file: TestAnswer, passphrase: String) {
        let page = try world.get("\(meeting)/offline", account)
        guard let passphrase = page.between("<code>", "</code>"), let made = page.hidden("made") else {
            throw Fault("No passphrase", because: page.text)
        }
        let file = try world.post("\(meeting)/offline", ["made": made, "written": "yes"], account)
        return (file, passphrase)
    }

    /// What stands sealed in a pack, as text, opened as `RoomEnvelope` is described.
    static func opened(_ pack: TestAnswer, _ passphrase: String) throws -> (JSON, text: String) {
        guard let text = pack.between("<script type=\"application/json\" id=\"sealed\">", "</script>"),
            let passphrase = Passphrase(passphrase)
        else { throw Fault("No pack", because: pack.text) }
        let json = try JSON(parsing: Array(text.utf8), from: "pack")
        func bytes(_ name: String) -> [UInt8] { json.text(name).flatMap(Base64URL.decode) ?? [] }
        let sealed = PassphraseSealed(salt: bytes("salt"), nonce: bytes("nonce"), cipher: bytes("sealed"))
        let content = try PassphraseSeal.open(
            sealed, with: passphrase, about: "concord-room-pack 1 \(json.text("meeting") ?? "")")
        return (try JSON(parsing: content, from: "content"), String(decoding: content, as: UTF8.self))
    }

    // MARK: - Out of the room

    static let passphrase = "7KQ2-M9XP-4HVD-ZR3T-B8WN"

    static func mark(_ number: Int) -> String { String(repeating: "0", count: 30) + String(number + 10) }

    func line(_ number: Int, _ text: String, _ changes: [String: Any] = [:]) -> [String: Any] {
        let line: [String: Any] = [
            "mark": RoomFiles.mark(number), "item": itemID, "part": "discussion", "kind": "fact", "class": "P2",
            "side": "victim", "agency": "health", "text": text,
        ]
        return line.merging(changes) { $1 }
    }

    func action(_ number: Int, _ text: String, _ changes: [String: Any] = [:]) -> [String: Any] {
        let action: [String: Any] = [
            "mark": RoomFiles.mark(number), "item": itemID, "text": text, "owner": world.health.id.text, "address": "",
            "due": "2026-07-01", "risk": "",
        ]
        return action.merging(changes) { $1 }
    }

    func content(
        lines: [[String: Any]] = [], actions: [[String: Any]] = [], _ changes: [String: Any] = [:]
    ) throws -> [UInt8] {
        let all: [String: Any] = [
            "format": "concord-room-notes", "version": 1, "meeting": meetingID, "lines": lines, "actions": actions,
        ]
        return Array(try JSONSerialization.data(withJSONObject: all.merging(changes) { $1 }))
    }

    /// A file with these bytes sealed in it.
    func file(
        _ content: [UInt8], about: String? = nil, _ changes: [String: Any] = [:]
    ) throws -> [UInt8] {
        guard let passphrase = Passphrase(RoomFiles.passphrase) else { throw Fault("No passphrase") }
        let sealed = try PassphraseSeal.seal(
            content, with: passphrase, about: about ?? "concord-room-notes 1 \(meetingID)")
        let all: [String: Any] = [
            "format": "concord-room-notes", "version": 1, "meeting": meetingID, "derivation": "PBKDF2-HMAC-SHA-256",
            "iterations": 600_000, "cipher": "AES-256-GCM", "salt": Base64URL.encode(sealed.salt),
            "nonce": Base64URL.encode(sealed.nonce), "sealed": Base64URL.encode(sealed.cipher),
        ]
        return Array(try JSONSerialization.data(withJSONObject: all.merging(changes) { $1 }))
    }

    func send(
        _ file: [UInt8], _ account: TestAccount? = nil, passphrase: String = RoomFiles.passphrase
    ) throws -> TestAnswer {
        try (account ?? world.coordinator).browser.post(
            notesPath, ["passphrase": passphrase], file: ("file", "notes-from-the-room-2026-06-23.json", file))
    }

    /// Adds what is chosen on the page that shows the notes.
    func add(_ marks: [Int], on page: TestAnswer, _ account: TestAccount? = nil) throws -> TestAnswer {
        let account = account ?? world.coordinator
        var fields = [
            FormFields.Field("csrf", account.browser.formToken ?? ""), .init("notes", page.hidden("notes") ?? ""),
        ]
        fields += marks.map { .init("note", RoomFiles.mark($0)) }
        return try account.browser.post("\(notesPath)/chosen", form: FormFields(fields))
    }
}
