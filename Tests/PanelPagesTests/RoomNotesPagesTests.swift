import Foundation
import Governance
import HTTP
import Kernel
import Secrets
import Site
import Storage
import TestSite
import Testing

@testable import PanelPages

/// Bringing what was written in a room without a network back into the minutes.
@Suite("Notes from the room", .serialized)
struct RoomNotesPagesTests {
    /// Lines and actions that there are, whoever may see them.
    private func count(_ room: RoomFiles) throws -> [Int] {
        try room.world.site.site.database.read { connection in
            try ["panel_minutes", "panel_actions"].map { (table: SQL) in
                try connection.first("SELECT COUNT(*) AS n FROM \(table)")?.get("n") ?? -1
            }
        }
    }

    @Test("Notes are opened, shown, chosen and added, and the same file adds nothing twice", arguments: Engine.allCases)
    func roundTrip(_ engine: Engine) throws {
        let room = try RoomFiles(engine)
        let world = room.world
        #expect(try world.get(room.meeting, world.coordinator).says("href=\"\(room.notesPath)\""))
        #expect(try world.get(room.notesPath, world.coordinator).problems == [])
        try room.write("She was seen twice")
        let file = try room.file(
            room.content(
                lines: [
                    room.line(0, "Ring her sister <b>first</b>", ["class": "P3", "part": "safety", "agency": "haven"]),
                    room.line(1, "She was seen twice"),
                    room.line(2, "Of another time", ["item": ID<PanelSite>(at: world.site.now).text]),
                    room.line(3, "Not wanted"),
                ],
                actions: [
                    room.action(4, "Refer her to the clinic"), room.action(5, "Think about it"),
                    room.action(6, "Visit her at home", ["owner": "", "address": world.officer.email]),
                    room.action(7, "Visit her at work", ["owner": "", "address": "nobody@nowhere.example"]),
                ]))

        let shown = try room.send(file)
        #expect(shown.problems == [] && shown.status == .ok)
        #expect(shown.says("Ring her sister &lt;b&gt;first&lt;/b&gt;") && shown.says("Hana Health"))
        #expect(shown.says("Orla Officer"))
        let there = try #require(shown.text.range(of: "There already"))
        let stopped = try #require(shown.text.range(of: "Cannot be added"))
        #expect(shown.text[there.upperBound...].contains("She was seen twice"))
        for why in [
            "not on the agenda for you", "Begin with what is to be done", "neither sits on the panel now nor signs in",
        ] {
            #expect(shown.text[stopped.upperBound...].contains(why), "\(why)")
        }
        // What was written for an item that does not exist for the reader is not read to them.
        #expect(!shown.says("Of another time") && shown.text[stopped.upperBound...].contains("<li>A line "))
        for number in [0, 3, 4, 6] { #expect(shown.says("value=\"\(RoomFiles.mark(number))\"")) }
        for number in [1, 2, 5, 7] { #expect(!shown.says("value=\"\(RoomFiles.mark(number))\"")) }
        #expect(try count(room) == [1, 0])

        let none = try room.add([], on: shown)
        #expect(none.status == .badRequest && none.problems == [] && none.says("href=\"#note\""))
        #expect(!none.says("checked"))
        let added = try room.add([0, 4, 6], on: shown)
        #expect(added.location == "\(room.notesPath)?brought=3")
        #expect(try world.get(added.location ?? "", world.coordinator).says("3 notes were added to the minutes"))
        #expect(try count(room) == [2, 2])
        #expect(try world.get(room.item, world.haven).says("Ring her sister &lt;b&gt;first"))
        #expect(try !world.get(room.item, world.probation).says("Ring her sister"))
        #expect(try world.get("/", world.health).says("Refer her to the clinic"))
        #expect(try world.get("/", world.officer).says("Visit her at home"))
        #expect(try !world.get(room.item, world.haven).says("Not wanted"))

        // The same page once more, and the same file: only what was not chosen is left.
        #expect(try room.add([0, 4, 6], on: shown).location == "\(room.notesPath)?brought=0")
        let again = try room.send(file)
        #expect(again.says("value=\"\(RoomFiles.mark(3))\"") && !again.says("value=\"\(RoomFiles.mark(0))\""))
        #expect(try room.send(file, world.chair).says("value=\"\(RoomFiles.mark(3))\""))
        #expect(try count(room) == [2, 2])
        _ = try room.add([3], on: again)
        let last = try room.send(file)
        #expect(last.problems == [] && last.says("nothing in these notes that can be added"))
        #expect(try count(room) == [3, 2])
    }

    @Test(
        "Notes for an item whose case is hidden are told like those for an item that there is not",
        arguments: Engine.allCases)
    func hidden(_ engine: Engine) throws {
        let room = try RoomFiles(engine)
        let world = room.world
        func shown(_ item: String, _ account: TestAccount) throws -> String {
            let file = try room.file(
                room.content(
                    lines: [room.line(0, "She was seen twice", ["item": item])],
                    actions: [room.action(1, "Visit her at home", ["item": item])]))
            let answer = try room.send(file, account)
            #expect(answer.status == .ok && answer.problems == [])
            return answer.textWithoutTokens
        }
        let unknown = ID<PanelSite>(at: world.site.now).text
        #expect(try shown(room.itemID, world.chair).contains("She was seen twice"))
        _ = try world.act(room.item, ["act": "conflict"], world.chair)
        let own = try shown(room.itemID, world.chair)
        #expect(try own == shown(unknown, world.chair))
        #expect(!own.contains("She was seen twice") && !own.contains("Visit her") && !own.contains("Hana Health"))
        // Of what was taken off the agenda the words are not lost for who still may know of it.
        _ = try world.act(room.item, ["act": "off", "reason": "It was heard elsewhere"], world.coordinator)
        let gone = try shown(room.itemID, world.coordinator)
        #expect(gone.contains("She was seen twice") && gone.contains("Its item was taken off the agenda"))
        #expect(try shown(room.itemID, world.chair) == own)
    }

    @Test("A pack that was taken offline and its notes have one passphrase and one meeting")
    func together() throws {
        let room = try RoomFiles(.sqlite)
        let (pack, passphrase) = try room.pack(room.world.coordinator)
        _ = try RoomFiles.opened(pack, passphrase)
        let sent = try room.send(pack.bytes, passphrase: passphrase)
        #expect(sent.status == .badRequest && sent.says("This is the pack itself"))
        let text = try #require(pack.between("id=\"sealed\">", "</script>"))
        #expect(try room.send(Array(text.utf8), passphrase: passphrase).says("This is no file of notes"))
        // The sealed pack under the name of notes does not open: what it is belongs to the seal.
        let renamed = text.replacing("concord-room-pack", with: "concord-room-notes")
        #expect(try room.send(Array(renamed.utf8), passphrase: passphrase).says("The file does not open"))
    }

    @Test("Who does not work on the minutes brings nothing", arguments: Engine.allCases)
    func rights(_ engine: Engine) throws {
        let room = try RoomFiles(engine)
        let world = room.world
        let file = try room.file(room.content(lines: [room.line(0, "She was seen twice")]))
        let page = try room.send(file)
        for account in [world.health, world.haven] {
            #expect(try !world.get(room.meeting, account).says("room-notes"))
            #expect(try world.get(room.notesPath, account).status == .forbidden)
            #expect(try room.send(file, account).status == .forbidden)
            #expect(try room.add([0], on: page, account).status == .forbidden)
        }
        let unknown = "/meetings/\(ID<PanelSite>(at: world.site.now).text)/room-notes"
        let (hidden, absent) = (try world.get(room.notesPath, world.fire), try world.get(unknown, world.fire))
        #expect(hidden.status == .notFound && hidden.textWithoutTokens == absent.textWithoutTokens)
        #expect(try room.send(file, world.fire).status == .notFound)
        #expect(try room.add([0], on: page, world.fire).status == .notFound)
        let other = try world.site.account(
            roles: ["panel-coordinator"], agency: "police", panels: ["marac"], name: "Olga Ordinator")
        #expect(try world.get(room.notesPath, other).location == room.meeting)
        #expect(try room.send(file, other).location == room.meeting)
        // What one person opened another cannot add, nor can it be added to another meeting, nor when it was altered.
        let stolen = try room.add([0], on: page, world.chair)
        #expect(stolen.status == .badRequest && stolen.says("once more"))
        var fields = ["notes": page.hidden("notes") ?? "", "note": RoomFiles.mark(0)]
        let second = try world.act(
            "/panels/marac/meetings/new", PanelSite.tuesday.merging(["day-day": "30"]) { $1 }, world.coordinator)
        _ = try world.act("\(second)/confidentiality", [:], world.coordinator)
        #expect(try world.post("\(second)/room-notes/chosen", fields, world.coordinator).says("once more"))
        fields["notes"]?.removeLast(2)
        #expect(try world.post("\(room.notesPath)/chosen", fields, world.coordinator).says("once more"))
        #expect(try world.post("\(room.notesPath)/chosen", ["notes": "!"], world.coordinator).says("once more"))
        #expect(try count(room) == [0, 0])
    }

    @Test("What is missing or wrong in the form is said beside it")
    func form() throws {
        let room = try RoomFiles(.sqlite)
        let world = room.world
        let empty = try world.post(room.notesPath, [:], world.coordinator)
        #expect(empty.problems == [] && empty.status == .badRequest)
        #expect(empty.says("href=\"#file\"") && empty.says("href=\"#passphrase\""))
        let file = try room.file(room.content(lines: [room.line(0, "She was seen twice")]))
        for (typed, words) in [("", "Enter the passphrase"), ("7KQ2-M9XP", "five groups of four")] {
            let answer = try room.send(file, passphrase: typed)
            #expect(answer.problems == [] && answer.says(words) && answer.says("Choose the file again"), "\(typed)")
            #expect(typed.isEmpty || !answer.says(typed))
        }
        #expect(try room.send(file, passphrase: "7kq2m9xp4hvdzr3tb8wn").says("She was seen twice"))
        let other = try room.file(room.content(), ["meeting": ID<PanelSite>(at: world.site.now).text])
        #expect(try room.send(other).says("These notes are of another meeting"))
    }

    @Test("A file that is altered in any part does not open")
    func altered() throws {
        let room = try RoomFiles(.sqlite)
        let content = try room.content(lines: [room.line(0, "She was seen twice")])
        let good = try room.file(content)
        let json = try JSON(parsing: good, from: "notes")
        func changed(_ name: String, _ change: (inout [UInt8]) -> Void) throws -> [UInt8] {
            var bytes = try #require(json.text(name).flatMap(Base64URL.decode))
            change(&bytes)
            guard case .object(let members) = json else { return [] }
            return JSON.object(
                members.map { $0.name == name ? .init(name, .string(Base64URL.encode(bytes))) : $0 }
            ).encoded()
        }
        let altered = [
            try changed("salt") { $0[0] ^= 1 }, try changed("nonce") { $0[11] ^= 1 },
            try changed("sealed") { $0[3] ^= 1 }, try changed("sealed") { $0[$0.count - 1] ^= 1 },
            try changed("sealed") { $0.removeLast() },
            try room.file(content, about: "concord-room-notes 1 \(ID<PanelSite>(at: room.world.site.now).text)"),
            try room.file(content, about: "concord-room-notes 2 \(room.meetingID)"),
        ]
        for file in altered {
            let answer = try room.send(file)
            #expect(answer.status == .badRequest && answer.problems == [])
            #expect(answer.says("The file does not open") && !answer.says("She was seen twice"))
            room.world.site.advance(seconds: 120)
        }
        #expect(try room.send(good, passphrase: "7KQ2-M9XP-4HVD-ZR3T-B8WP").says("The file does not open"))
        room.world.site.advance(seconds: 600)
        #expect(try room.send(good).says("She was seen twice"))
    }

    @Test("A file that is not as packs write it is not even tried")
    func malformed() throws {
        let room = try RoomFiles(.sqlite)
        let content = try room.content(lines: [room.line(0, "She was seen twice")])
        // Whoever could choose how often the passphrase is hashed could keep the server at it for ever.
        let wrong: [[String: Any]] = [
            ["iterations": 1], ["iterations": 600_001], ["iterations": 2_000_000_000], ["iterations": "600000"],
            ["version": 2], ["derivation": "PBKDF2-HMAC-SHA-1"], ["cipher": "AES-128-GCM"], ["extra": "more"],
            ["salt": "AAAA"], ["nonce": ""], ["sealed": "not base64!"], ["sealed": ["a"]], ["meeting": "one"],
            ["format": "concord-room-book"],
        ]
        for changes in wrong {
            let answer = try room.send(room.file(content, changes))
            #expect(answer.status == .badRequest && answer.problems == [], "\(changes)")
            #expect(answer.says("no file of notes from a room"), "\(changes)")
        }
        let deep = Array(String(repeating: "[", count: 100_000).utf8)
        let wide = Array(("{" + (0..<50_000).map { "\"a\($0)\":0" }.joined(separator: ",") + "}").utf8)
        for bytes in [[], Array("hello".utf8), deep, wide, Array("{\"format\":".utf8), [0xFF, 0xFE, 0x00]] {
            #expect(try room.send(bytes).says("no file of notes from a room"))
        }
        // None of these counted as a guess.
        #expect(try room.send(room.file(content)).says("She was seen twice"))
        let large = [UInt8](repeating: UInt8(ascii: " "), count: (1 << 20) + 1)
        #expect(try room.send(large).status == .contentTooLarge)
    }

    @Test("What stands sealed in a file is read as strictly")
    func content() throws {
        let room = try RoomFiles(.sqlite)
        func isRefused(_ content: [UInt8]) throws -> Bool {
            let answer = try room.send(room.file(content))
            return answer.status == .badRequest && answer.problems == [] && answer.says("cannot be read")
        }
        let lines: [[String: Any]] = [
            ["extra": "x"], ["part": "research"], ["part": "other"], ["kind": "rumour"], ["class": "P4"],
            ["class": "P0"],
            ["side": "nobody"], ["agency": "No Agency!"], ["text": "  "], ["text": 7], ["item": "one"],
            ["text": String(repeating: "a", count: 4001)], ["text": "a\u{0}b"], ["mark": "1"],
            ["mark": String(repeating: "G", count: 32)],
        ]
        for changes in lines {
            #expect(try isRefused(room.content(lines: [room.line(0, "One", changes)])), "\(changes)")
        }
        let actions: [[String: Any]] = [
            ["due": "soon"], ["due": "2026-02-30"], ["owner": String(repeating: "a", count: 37)], ["risk": 1],
            ["address": String(repeating: "a", count: 321)], ["text": String(repeating: "a", count: 1001)],
        ]
        for changes in actions {
            #expect(try isRefused(room.content(actions: [room.action(0, "Visit her", changes)])), "\(changes)")
        }
        #expect(try isRefused(room.content(lines: [room.line(0, "One"), room.line(0, "Two")])))
        #expect(try isRefused(room.content(["meeting": ID<PanelSite>(at: room.world.site.now).text])))
        #expect(try isRefused(room.content(["version": 2])))
        #expect(try isRefused(room.content(["more": []])))
        #expect(try isRefused(Array(String(repeating: "[", count: 200_000).utf8)))
        #expect(try isRefused(Array("{}".utf8)))
        let many = (0..<501).map { number in
            room.line(0, "Line \(number)", ["mark": String(repeating: "0", count: 29) + String(number + 100)])
        }
        #expect(try isRefused(room.content(lines: many)))
        #expect(try room.send(room.file(room.content())).says("There is nothing in these notes"))
        #expect(try count(room) == [0, 0])
    }

    @Test("Guesses at a passphrase are slowed down, for one person and not for others", arguments: Engine.allCases)
    func guesses(_ engine: Engine) throws {
        let room = try RoomFiles(engine)
        let file = try room.file(room.content(lines: [room.line(0, "She was seen twice")]))
        let wrong = "2222-2222-2222-2222-2222"
        for _ in 0..<6 { #expect(try room.send(file, passphrase: wrong).says("does not open")) }
        let slowed = try room.send(file)
        #expect(slowed.status == .badRequest && slowed.problems == [] && slowed.says("tried too often. Wait 2 seconds"))
        #expect(try room.send(file, room.world.chair).says("She was seen twice"))
        room.world.site.advance(seconds: 3)
        #expect(try room.send(file).says("She was seen twice"))
        // Whoever had it right begins anew.
        #expect(try room.send(file, passphrase: wrong).says("does not open"))
        #expect(try room.send(file).says("She was seen twice"))
    }

    @Test("When one of the notes cannot be added any more, none is", arguments: Engine.allCases)
    func between(_ engine: Engine) throws {
        let room = try RoomFiles(engine)
        let world = room.world
        let file = try room.file(
            room.content(
                lines: [room.line(0, "She was seen twice")],
                actions: [room.action(1, "Refer her to the clinic", ["due": "2026-06-01"])]))
        let page = try room.send(file)
        #expect(page.says("value=\"\(RoomFiles.mark(0))\"") && page.says("value=\"\(RoomFiles.mark(1))\""))
        // The day passes while the page is open.
        world.site.advance(seconds: 16 * 3600)
        let later = try world.site.account(
            roles: ["panel-coordinator"], agency: "police", panels: ["marac"], name: "Olga Ordinator", side: .victim)
        _ = try world.act("\(room.meeting)/confidentiality", [:], later)
        let fresh = try room.send(file, later)
        #expect(fresh.says("Enter a day that is not past") && !fresh.says("value=\"\(RoomFiles.mark(1))\""))
        let none = try room.add([0, 1], on: fresh, later)
        #expect(none.status == .badRequest && none.problems == [] && none.says("Nothing was added."))
        #expect(try count(room) == [0, 0])
        #expect(try room.add([0], on: none, later).location == "\(room.notesPath)?brought=1")
        #expect(try count(room) == [1, 0])
    }

    @Test("After the minutes are approved the notes are shown with why they cannot be added")
    func approved() throws {
        let room = try RoomFiles(.sqlite)
        let world = room.world
        let file = try room.file(room.content(lines: [room.line(0, "She was seen twice")]))
        let page = try room.send(file)
        _ = try world.site.site.database.write { connection in
            try connection.run("UPDATE panel_meetings SET state = 'minutes-approved'")
        }
        let late = try room.add([0], on: page)
        #expect(late.status == .badRequest && late.says("The minutes are approved, and nobody changes them"))
        let shown = try room.send(file)
        #expect(shown.problems == [] && shown.says("She was seen twice") && shown.says("Cannot be added"))
        #expect(try count(room) == [0, 0])
    }
}
