import Documents
import Files
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CasePages

@Suite("Attachments of a case, by the pages", .serialized)
struct AttachmentPagesTests {
    static let text = Array("Shouting at 11 pm\r\n".utf8)
    /// A one-pixel GIF with a comment, by the specification GIF89a.
    static let picture: [UInt8] =
        Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255] + [0x21, 0xFE, 6] + Array("Secret".utf8)
        + [0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

    @Test(
        "A file is added, looked at and saved, and all of it stands in its chain of custody", arguments: Engine.allCases
    )
    func adding(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        let empty = try world.site.get(world.path + "/attachments", as: world.officer)
        #expect(empty.problems == [] && empty.says("There are no attachments") && empty.says("of at most 1 MB"))
        #expect(empty.says("No scanner against harmful files is set up here"))
        let place = try #require(try world.upload("noise.txt", Self.text).location)
        let page = try world.site.get(place, as: world.officer)
        #expect(page.problems == [] && page.says("Shouting, from the window") && page.says("Not scanned"))
        let file = try world.site.get(place + "/file", as: world.officer).response
        #expect(try file.drained() == Self.text)
        #expect(file.headers["Content-Disposition"] == "attachment; filename=\"noise.txt\"")
        #expect(file.headers["X-Content-Type-Options"] == "nosniff")
        #expect(file.headers["Content-Security-Policy"]?.hasPrefix("sandbox") == true)
        #expect(file.headers["Cache-Control"] == "no-store")
        #expect(try world.site.get(place + "/picture", as: world.officer).status == .notFound)
        let again = try world.site.get(place, as: world.officer)
        #expect(again.says("Chain of custody") && again.says("Opened") && again.says("Uploaded"))
        let list = try world.site.get(world.path + "/attachments", as: world.officer)
        #expect(list.problems == [] && list.says(place))
        let timeline = try world.site.get(world.path + "/timeline", as: world.officer)
        #expect(timeline.problems == [] && timeline.says("Attachment: noise.txt") && timeline.says(place))
    }

    @Test("What is wrong is said beside it, and what was typed stays", arguments: Engine.allCases)
    func wrong(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        func problem(_ name: String, _ bytes: [UInt8], _ changes: [String: String] = [:]) throws -> String {
            let answer = try world.upload(name, bytes, PaperSite.words.merging(changes) { $1 })
            #expect(answer.status == .badRequest, "\(name)")
            return answer.words
        }
        #expect(try problem("a.html", Array("<html>".utf8)).contains("Web pages, drawings in SVG and programs"))
        #expect(try problem("a.pdf", Self.text).contains("does not fit what is in it"))
        #expect(try problem("a.docm", Self.text).contains("macros"))
        let untold = try problem("a.txt", Self.text, ["description": "", "evidence": ""])
        #expect(untold.contains("href=\"#description\"") && untold.contains("href=\"#evidence\""))
        #expect(untold.contains("Choose the file again") && untold.contains("The victim, by e-mail"))
        #expect(try world.upload("", [], PaperSite.words).words.contains("Choose a file"))
        // More than 1 MB never reaches the page.
        #expect(try world.upload("big.txt", Array(repeating: 0x61, count: (1 << 20) + 1)).status == .contentTooLarge)
        #expect(try world.upload("fits.txt", Array(repeating: 0x61, count: 1 << 20)).location != nil)
        #expect(try world.site.site.database.read { try $0.rows("SELECT id FROM case_attachments").count } == 1)
        // Nothing stays behind where files lie while they are sent.
        #expect(try FileSystem.names(in: world.folder) == [])
    }

    @Test(
        "The address of a file opens it to nobody else: not another agency, not another case, not after its share ended, not signed out",
        arguments: Engine.allCases)
    func addresses(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        let place = try #require(try world.upload("noise.txt", Self.text).location)
        let id = try #require(place.split(separator: "/").last)
        let other = try #require(
            try world.site.post(
                "/cases/new/asb",
                CaseSite.opening.merging(["party-victim-given": "Ann", "party-victim-family": "Other"]) { $1 },
                as: world.officer
            ).location)
        let absent = try world.site.get(
            "\(world.path)/attachments/\(ID<Int>(at: TestSite.morning))/file", as: world.police)
        for part in ["", "/file", "/picture", "/word"] {
            let hidden = try world.site.get(place + part, as: world.police)
            #expect(hidden.status == .notFound && hidden.textWithoutTokens == absent.textWithoutTokens, "\(part)")
            #expect(try world.site.get("\(other)/attachments/\(id)\(part)", as: world.officer).status == .notFound)
            #expect(try world.site.visitor().get(place + part).status == .seeOther)
        }
        for part in ["/original", "/withdraw", "/scan"] {
            let answer = try world.site.post(place + part, ["reason": "x", "why": "x"], as: world.police)
            #expect(answer.status == .notFound, "\(part)")
        }
        #expect(try world.upload("noise.txt", Self.text, as: world.police).status == .notFound)
        let shared = try world.site.post(
            world.path + "/access",
            [
                "act": "share", "agency": "police", "highest": "P2", "gateway": "cda-115", "reason": "Joint work",
            ], as: world.supervisor)
        #expect(shared.location != nil)
        #expect(try world.site.get(place + "/file", as: world.police).status == .ok)
        // Who reads what is shared adds nothing and exports nothing.
        #expect(try world.upload("noise.txt", Self.text, as: world.police).status == .forbidden)
        #expect(try world.site.post(place + "/withdraw", ["why": "x"], as: world.police).status == .forbidden)
        try world.site.site.database.write { _ = try $0.run("DELETE FROM register_shares") }
        #expect(try world.site.get(place + "/file", as: world.police).status == .notFound)
        #expect(try world.site.audit().filter { $0.hasPrefix("denied deny") }.count >= 10)
    }

    @Test(
        "A picture is in the page with words for it; the original takes the right and a reason",
        arguments: Engine.allCases)
    func originals(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        let place = try #require(try world.upload("window.gif", Self.picture).location)
        let page = try world.site.get(place, as: world.officer)
        #expect(page.problems == [] && page.says("alt=\"Shouting, from the window\""))
        #expect(!page.says("Export the original"))
        let shown = try world.site.get(place + "/picture", as: world.officer).response
        #expect(shown.headers["Content-Disposition"] == "inline" && shown.headers["Content-Type"] == "image/gif")
        #expect(try !String(decoding: shown.drained(), as: UTF8.self).contains("Secret"))
        #expect(try world.site.post(place + "/original", ["reason": "x"], as: world.officer).status == .forbidden)
        #expect(try world.site.get(place, as: world.supervisor).says("Export the original"))
        let silent = try world.site.post(place + "/original", ["reason": " "], as: world.supervisor)
        #expect(silent.status == .badRequest && silent.says("href=\"#reason\"") && silent.problems == [])
        let original = try world.site.post(place + "/original", ["reason": "County court"], as: world.supervisor)
        #expect(original.bytes == Self.picture)
        #expect(try world.site.audit().contains("export permit"))
        #expect(try world.site.get(place, as: world.officer).says("County court"))
    }

    @Test(
        "Taken out of use, a file stays with the reason; in quarantine, nobody opens it until it was scanned",
        arguments: Engine.allCases)
    func later(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        let place = try #require(try world.upload("noise.txt", Self.text).location)
        #expect(try world.site.post(place + "/withdraw", ["why": ""], as: world.officer).status == .badRequest)
        _ = try world.site.post(place + "/withdraw", ["why": "Sent twice"], as: world.officer)
        let page = try world.site.get(place, as: world.officer)
        #expect(page.problems == [] && page.says("Sent twice") && page.says("Out of use"))
        #expect(try world.site.get(place + "/file", as: world.officer).status == .ok)
        // A scanner that cannot tell: exit code 2.
        let unsure = try PaperSite(engine, scanner: ["/bin/sh", "-c", "cat > /dev/null; exit 2"])
        let held = try #require(try unsure.upload("noise.txt", Self.text).location)
        let waiting = try unsure.site.get(held, as: unsure.officer)
        #expect(waiting.problems == [] && waiting.says("In quarantine") && waiting.says("Scan it now"))
        #expect(try unsure.site.get(held + "/file", as: unsure.officer).status == .conflict)
        #expect(try unsure.site.post(held + "/scan", as: unsure.officer).location == held)
        #expect(try unsure.site.get(held + "/file", as: unsure.officer).status == .conflict)
        // One that finds harm: exit code 1.
        let strict = try PaperSite(engine, scanner: ["/bin/sh", "-c", "cat > /dev/null; exit 1"])
        let refused = try strict.upload("noise.txt", Self.text)
        #expect(refused.status == .badRequest && refused.words.contains("found something harmful"))
        #expect(try strict.site.audit().contains("denied deny infected"))
        let clean = try PaperSite(engine, scanner: ["/bin/sh", "-c", "cat > /dev/null"])
        let scanned = try #require(try clean.upload("noise.txt", Self.text).location)
        #expect(try clean.site.get(scanned, as: clean.officer).says("Scanned, and nothing was found"))
    }
}
