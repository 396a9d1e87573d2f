import Digests
import Foundation
import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import PanelPages

/// The pack of a meeting as one sealed file (casework.md §5.9: an offline panel room).
@Suite("Taking a meeting offline", .serialized)
struct OfflinePagesTests {
    @Test("Who prepares or chairs the meeting takes it offline, and nobody else", arguments: Engine.allCases)
    func rights(_ engine: Engine) throws {
        let room = try RoomFiles(engine)
        let (world, path) = (room.world, "\(room.meeting)/offline")
        for account in [world.coordinator, world.chair] {
            #expect(try world.get("\(room.meeting)/pack", account).says("href=\"\(path)\""))
            let page = try world.get(path, account)
            #expect(page.problems == [] && page.says("Take the meeting offline"))
            #expect(try room.pack(account).file.status == .ok)
        }
        for account in [world.health, world.haven] {
            #expect(try !world.get("\(room.meeting)/pack", account).says(path))
            #expect(try world.get(path, account).status == .forbidden)
            #expect(try world.post(path, ["written": "yes"], account).status == .forbidden)
        }
        let unknown = "/meetings/\(ID<PanelSite>(at: world.site.now).text)/offline"
        let (hidden, absent) = (try world.get(path, world.fire), try world.get(unknown, world.fire))
        #expect(hidden.status == .notFound && hidden.textWithoutTokens == absent.textWithoutTokens)
        #expect(try world.post(path, ["written": "yes"], world.fire).status == .notFound)
        // Nothing leaves before confidentiality is accepted.
        let other = try world.site.account(
            roles: ["panel-coordinator"], agency: "police", panels: ["marac"], name: "Olga Ordinator")
        #expect(try world.get(path, other).location == room.meeting)
        #expect(try world.post(path, ["written": "yes"], other).location == room.meeting)
    }

    @Test("A passphrase is shown once, and only one that the site made for this meeting and person seals a file")
    func passphrase() throws {
        let room = try RoomFiles(.sqlite)
        let (world, path) = (room.world, "\(room.meeting)/offline")
        let page = try world.get(path, world.coordinator)
        let shown = try #require(page.between("<code>", "</code>"))
        #expect(shown.wholeMatch(of: #/([2-9A-Z]{4}-){4}[2-9A-Z]{4}/#) != nil)
        #expect(page.text.ranges(of: shown).count == 1)
        #expect(try world.get(path, world.coordinator).between("<code>", "</code>") != shown)
        let made = try #require(page.hidden("made"))

        // Whoever did not write it down gets no file, and sees the same passphrase again.
        let unwritten = try world.post(path, ["made": made], world.coordinator)
        #expect(unwritten.problems == [] && unwritten.says("href=\"#written\"") && unwritten.says(shown))
        let (file, passphrase) = try room.pack(world.coordinator)
        #expect(!file.says(passphrase) && !file.says(passphrase.replacing("-", with: "")))

        func isRefused(_ made: String?, _ account: TestAccount, _ path: String = path) throws -> Bool {
            let answer = try world.post(path, ["written": "yes", "made": made ?? ""], account)
            return answer.status == .badRequest && answer.says("The page was open for too long")
                && answer.between("<code>", "</code>") != shown
        }
        #expect(try isRefused(nil, world.coordinator))
        #expect(try isRefused("AAAA-AAAA-AAAA-AAAA-AAAA", world.coordinator))
        #expect(try isRefused(String(made.dropLast(2)), world.coordinator))
        #expect(try isRefused(made, world.chair))
        let second = try world.act(
            "/panels/marac/meetings/new", PanelSite.tuesday.merging(["day-day": "30"]) { $1 }, world.coordinator)
        _ = try world.act("\(second)/confidentiality", [:], world.coordinator)
        #expect(try isRefused(made, world.coordinator, "\(second)/offline"))
    }

    @Test("A page that was left open for more than a day makes no file")
    func late() throws {
        let room = try RoomFiles(.sqlite)
        let world = room.world
        let made = try #require(try world.get("\(room.meeting)/offline", world.coordinator).hidden("made"))
        world.site.advance(seconds: 86_401)
        // The session itself would have ended before.
        try world.site.site.database.write { connection in
            _ = try connection.run(
                "UPDATE sessions SET created_at = \(world.site.now), seen_at = \(world.site.now), factor_at = \(world.site.now)"
            )
        }
        let answer = try world.post("\(room.meeting)/offline", ["written": "yes", "made": made], world.coordinator)
        #expect(answer.status == .badRequest && answer.says("open for too long"))
    }

    @Test(
        "The file opens by itself under a strict policy, and says nothing about anybody before it is opened",
        arguments: Engine.allCases)
    func file(_ engine: Engine) throws {
        let room = try RoomFiles(engine)
        try room.write("She was seen twice")
        let (file, _) = try room.pack(room.world.coordinator)
        #expect(file.response.headers["Cache-Control"] == "no-store")
        #expect(file.response.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(
            file.response.headers["Content-Disposition"]?.contains("filename=\"meeting-pack-2026-06-23.html\"") == true)
        let page = try room.world.get(room.item, room.world.coordinator)
        let reference = try #require(page.between("<h1 class=\"govuk-heading-l\">", "<"))
        for word in [
            reference, "MARAC", "Domestic", "She was seen", "O’Neil", "Elm House", "Cora", "Ordinator", "Police",
            room.itemID, "://", "src=", "url(", "@import",
        ] {
            #expect(!file.says(word), "\(word)")
        }
        #expect(file.between("<title>", "</title>") == "Meeting pack")
        // Its own style and script stand in it, and the policy names just these.
        #expect(Set(file.problems) == ["script within the page", "style element"])
        func source(_ start: String, _ end: String) throws -> String {
            let text = try #require(file.between(start, end))
            let digits = Array(SHA256.hex(Array(text.utf8)).utf8)
            let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
            }
            return "&#39;sha256-\(Data(bytes).base64EncodedString())&#39;"
        }
        let policy = try #require(
            file.between("<meta http-equiv=\"Content-Security-Policy\" content=\"", "\">"))
        #expect(
            policy == """
                default-src &#39;none&#39;; \
                script-src \(try source("<script type=\"module\">", "</script>")); \
                style-src \(try source("<style>", "</style>")); \
                base-uri &#39;none&#39;; form-action &#39;none&#39;
                """)
        let sealed = try #require(file.between("id=\"sealed\">", "</script>"))
        let json = try JSON(parsing: Array(sealed.utf8), from: "pack")
        #expect(json.text("format") == "concord-room-pack" && json["iterations"] == .integer(600_000))
        #expect(json.text("meeting") == room.meetingID && json["version"] == .integer(1))
    }

    @Test("It holds what the pack page shows the same person, and nothing else", arguments: Engine.allCases)
    func content(_ engine: Engine) throws {
        let room = try RoomFiles(engine)
        let world = room.world
        try room.write("She was seen twice")
        try room.write("She stays at 3 Ash Lane", "P3", from: "haven")
        let other = try world.site.account(
            roles: ["panel-coordinator"], agency: "probation", panels: ["marac"], name: "Pat Probation",
            side: .perpetrator)
        _ = try world.act("\(room.meeting)/confidentiality", [:], other)
        for account in [world.coordinator, world.chair, other] {
            let page = try world.get("\(room.meeting)/pack", account)
            let (file, passphrase) = try room.pack(account)
            let (json, text) = try RoomFiles.opened(file, passphrase)
            for words in ["She was seen twice", "She stays at 3 Ash Lane", "Made for \(account.details.name)"] {
                #expect(text.contains(words) == page.says(words), "\(account.details.name): \(words)")
            }
            #expect(text.contains("She was seen twice"))
            #expect(json.text("title") == "Domestic abuse MARAC, 23 June 2026")
            #expect(json.text("hours") == "10:00am to 12:30pm" && json.text("day") == "2026-06-23")
            guard case .array(let items)? = json["items"], case .array(let agenda)? = json["agenda"] else {
                Issue.record("There are no items")
                continue
            }
            #expect(items.count == 1 && items.first?.text("id") == room.itemID)
            #expect(agenda.first?.text("begins")?.hasPrefix("10:00am, ") == true)
            #expect(try page.says(#require(items.first?.text("reference"))))
        }
        // Their side of the room does not have where she stays, nor does its file.
        let (file, passphrase) = try room.pack(other)
        #expect(try !RoomFiles.opened(file, passphrase).text.contains("Ash Lane"))
        // Who knows someone there takes nothing of the item along.
        _ = try world.act(room.item, ["act": "conflict"], world.chair)
        let (bare, word) = try room.pack(world.chair)
        let left = try RoomFiles.opened(bare, word)
        #expect(left.0["items"] == .array([]) && left.0["agenda"] == .array([]))
        #expect(!left.text.contains(room.itemID) && !left.text.contains("She was seen"))
    }

    @Test(
        "Each file that is made is in the audit as printed, and looking at the page is not", arguments: Engine.allCases)
    func audited(_ engine: Engine) throws {
        let room = try RoomFiles(engine)
        func prints() throws -> [String] {
            try room.world.site.site.database.read { connection in
                try connection.rows(
                    "SELECT object_fields FROM audit_entries WHERE act = 'print' AND object_id = \(room.meetingID) ORDER BY seq"
                ).map { try $0.get("object_fields", as: String.self) }
            }
        }
        _ = try room.world.get("\(room.meeting)/offline", room.world.coordinator)
        #expect(try prints().isEmpty)
        _ = try room.pack(room.world.coordinator)
        _ = try room.pack(room.world.chair)
        let found = try prints()
        #expect(found.count == 2 && found.allSatisfy { $0.contains("pack") && $0.contains("offline") })
    }
}
