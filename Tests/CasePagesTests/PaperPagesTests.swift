import Documents
import Files
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CasePages

@Suite("Letters, packs and exports, by the pages", .serialized)
struct PaperPagesTests {
    static func text(_ pdf: [UInt8]) throws -> String {
        let result = try ChildProcess("pdftotext", ["-", "-"], seconds: 30).run(pdf)
        return String(decoding: result.output, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(
            separator: " ")
    }

    static func day(_ name: String, _ day: String, _ month: String) -> [String: String] {
        ["letter-\(name)-day": day, "letter-\(name)-month": month, "letter-\(name)-year": "2026"]
    }

    static func warning(_ party: String) -> [String: String] {
        var fields = [
            "party": party, "delivery": "hand", "letter-behaviour": "Shouting at night", "letter-request": "Stop it",
        ]
        for (name, day) in [("from", "1"), ("until", "30"), ("reply", "20")] {
            fields.merge(Self.day(name, day, name == "reply" ? "6" : "5")) { $1 }
        }
        return fields
    }

    @Test("A letter is filled in, looked at, made, and saved as PDF and Word", arguments: Engine.allCases)
    func letters(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        try world.addHarmer()
        let list = try world.site.get(world.path + "/letters", as: world.officer)
        #expect(
            list.problems == [] && list.says("/letters/asb-warning") && list.says("/letters/victim-acknowledgement"))
        let address = world.path + "/letters/asb-warning"
        let form = try world.site.get(address, as: world.officer)
        #expect(form.problems == [] && form.says("Tom Field") && !form.says("O’Brien"))
        let fields = Self.warning(try world.party("alleged-perpetrator"))
        let wrong = try world.site.post(address, fields.merging(["letter-behaviour": ""]) { $1 }, as: world.officer)
        #expect(wrong.status == .badRequest && wrong.problems == [] && wrong.says("href=\"#letter-behaviour\""))
        #expect(wrong.says("Stop it"))
        let preview = try world.site.post(address, fields, as: world.officer)
        #expect(preview.status == .ok && preview.problems == [] && preview.says("Dear Tom Field"))
        #expect(preview.says("1 May 2026") && preview.says("Shouting at night"))
        let changed = try world.site.post(address, fields.merging(["do": "change"]) { $1 }, as: world.officer)
        #expect(changed.status == .ok && changed.says("Stop it") && changed.problems == [])
        let made = try world.site.post(address, fields.merging(["do": "make"]) { $1 }, as: world.officer)
        let place = try #require(made.location, "\(made.text)")
        let page = try world.site.get(place, as: world.officer)
        #expect(page.problems == [] && page.says("Save the letter as Word") && page.says("Made here"))
        let words = try Self.text(world.site.get(place + "/file", as: world.officer).bytes)
        #expect(
            words.contains("Dear Tom Field") && words.contains("Shouting at night") && words.contains("Orla Officer"))
        let docx = try world.site.get(place + "/word", as: world.officer).bytes
        #expect(FileSniffer.kind(of: docx, named: "a.docx") == .success(.docx))
        #expect(
            try world.site.get(world.path + "/timeline", as: world.officer).says("Letter made: Antisocial behaviour"))
        #expect(try world.site.get(world.path + "/letters", as: world.officer).says(place))
        #expect(try world.site.get(address, as: world.police).status == .notFound)
        #expect(try world.site.get(world.path + "/letters/nonsense", as: world.officer).status == .notFound)
    }

    @Test(
        "A letter to a withheld address, or with the victim’s address in it, is refused without saying it",
        arguments: Engine.allCases)
    func refusals(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        try world.addHarmer()
        try world.victim("12 Acacia Road\nOB1 2CD", secrecy: "safety")
        var fields = Self.warning(try world.party("alleged-perpetrator"))
        fields["letter-free"] = "Keep away from 12 acacia rd and from Zoë"
        fields["do"] = "make"
        let leak = try world.site.post(world.path + "/letters/asb-warning", fields, as: world.officer)
        #expect(leak.status == .badRequest && leak.problems == [] && leak.says("href=\"#letter-free\""))
        #expect(leak.says("an address and a name of someone else") && !leak.says("Acacia Road"))
        let post = ["party": try world.party("victim"), "delivery": "post", "letter-next": "We visit"]
            .merging(Self.day("update", "8", "6")) { $1 }
        let refused = try world.site.post(world.path + "/letters/victim-acknowledgement", post, as: world.officer)
        #expect(refused.status == .badRequest && refused.problems == [] && refused.says("withheld"))
        #expect(!refused.says("Acacia"))
        #expect(try world.site.site.database.read { try $0.rows("SELECT id FROM case_attachments").count } == 0)
    }

    @Test(
        "A pack has the case with the visitor’s mark on each page, and the victim’s safety only when asked for",
        arguments: Engine.allCases)
    func packs(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        try world.victim("12 Acacia Road\nOB1 2CD")
        _ = try world.site.post(
            world.path + "/fill/contact",
            [
                "contact-happened-on-day": "1", "contact-happened-on-month": "6", "contact-happened-on-year": "2026",
                "contact-how": "phone", "contact-reached": "yes",
                "contact-what": "She is at 12 Acacia Rd, number 07700 900123",
            ], as: world.officer)
        _ = try world.site.post(
            world.path + "/fill/safe-contact",
            [
                "safe-contact-channel": "phone", "safe-contact-number": "020 7946 0123", "safe-contact-voicemail": "no",
                "safe-contact-say": "no",
            ], as: world.officer)
        let form = try world.site.get(world.path + "/pack", as: world.officer)
        #expect(form.problems == [] && form.says("Make the PDF") && !form.says("Export chosen entries"))
        let empty = try world.site.post(world.path + "/pack", ["reason": ""], as: world.officer)
        #expect(empty.status == .badRequest && empty.says("href=\"#reason\"") && empty.problems == [])
        let pdf = try world.site.post(world.path + "/pack", ["reason": "Risk panel"], as: world.officer)
        #expect(pdf.response.headers["Content-Disposition"]?.contains("ASB-2026-000001-pack.pdf") == true)
        let word = try world.site.post(
            world.path + "/pack", ["reason": "Risk panel", "format": "docx"], as: world.officer)
        #expect(word.response.headers["Content-Disposition"]?.contains("ASB-2026-000001-pack.docx") == true)
        #expect(Array(word.bytes.prefix(2)) == Array("PK".utf8) && word.bytes.count > 4000)
        let words = try Self.text(pdf.bytes)
        #expect(words.contains("Shouting at Elm House") && words.contains("Printed by Orla Officer"))
        #expect(words.contains("for: Risk panel") && words.contains("Page 1 of"))
        #expect(words.contains("She is at [withheld], number [withheld]"))
        #expect(!words.contains("0123") && !words.contains("safely"))
        let silent = try world.site.post(
            world.path + "/pack", ["reason": "Risk panel", "safety": "yes"], as: world.officer)
        #expect(silent.status == .badRequest && silent.says("href=\"#why-safety\"") && silent.problems == [])
        let full = try world.site.post(
            world.path + "/pack", ["reason": "Risk panel", "safety": "yes", "why-safety": "Move tonight"],
            as: world.officer)
        #expect(try Self.text(full.bytes).contains("020 7946 0123"))
        #expect(try world.site.audit().filter { $0 == "print permit" }.count == 3)
        #expect(try world.site.get(world.path + "/pack", as: world.police).status == .notFound)
        #expect(try world.site.post(world.path + "/pack", ["reason": "x"], as: world.police).status == .notFound)
    }

    @Test("An export for a court has the exhibits as they came in, with what proves them", arguments: Engine.allCases)
    func exports(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        let place = try #require(try world.upload("window.gif", AttachmentPagesTests.picture).location)
        let deep = PaperSite.words.merging(["class": "P3", "description": "Her door"]) { $1 }
        let hidden = try #require(try world.upload("door.txt", Array("door".utf8), deep).location)
        let ids = [place, hidden].map { String($0.split(separator: "/").last ?? "") }
        #expect(try world.site.get(world.path + "/export", as: world.officer).status == .forbidden)
        let page = try world.site.get(world.path + "/export", as: world.supervisor)
        #expect(page.problems == [] && page.says("Shouting, from the window"))
        let none = try world.site.post(world.path + "/export", ["mark": "", "reason": ""], as: world.supervisor)
        #expect(none.status == .badRequest && none.problems == [])
        for field in ["mark", "reason", "entry"] { #expect(none.says("href=\"#\(field)\""), "\(field)") }
        let both = try world.site.postAll(
            world.path + "/export",
            [("exhibit", ids[0]), ("exhibit", ids[1]), ("mark", "SS"), ("reason", "County court")],
            world.supervisor)
        #expect(both.status == .badRequest && both.says("href=\"#exhibit\""))
        let entry: String = try #require(
            try world.site.site.database.read { try $0.first("SELECT id FROM case_entries")?.get("id") })
        let zip = try world.site.postAll(
            world.path + "/export",
            [("exhibit", ids[0]), ("entry", entry), ("mark", "SS"), ("reason", "County court")],
            world.supervisor)
        let bytes = try zip.response.drained()
        let program = """
            import sys, io, zipfile, hashlib, json
            z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
            for line in z.read("SHA256SUMS").decode().splitlines():
                digest, name = line.split("  ", 1)
                assert hashlib.sha256(z.read(name)).hexdigest() == digest, name
            m = json.loads(z.read("manifest.json"))
            print(sorted(z.namelist()))
            print(m["purpose"], m["by"], m["exhibits"][0]["exhibit"], [c["act"] for c in m["exhibits"][0]["custody"]], m["leftOut"])
            sys.stdout.flush()
            sys.stdout.buffer.write(z.read("ASB-2026-000001.pdf"))
            """
        let result = try ChildProcess("/usr/bin/python3", ["-I", "-c", program], seconds: 30).run(bytes)
        let lines = result.output.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        let heads = lines.prefix(2).map { String(decoding: $0, as: UTF8.self) }
        #expect(
            heads.first == "['ASB-2026-000001.pdf', 'SHA256SUMS', 'exhibits/SS1.gif', 'manifest.json']",
            "\(String(decoding: result.errors, as: UTF8.self))")
        #expect(heads.last?.hasPrefix("County court Sue Super SS1 ['uploaded', 'exported']") == true, "\(heads)")
        let words = try Self.text(Array(lines.last ?? []))
        #expect(words.contains("Shouted under the window at night") && words.contains("SS1"))
        #expect(words.contains("What was left out") && words.contains("Shouting,"))
        #expect(!words.contains("Her door"))
        #expect(try world.site.audit().contains("export permit"))
        #expect(try world.site.get(place, as: world.supervisor).says("County court"))
    }
}

extension TestSite {
    /// Sends a form whose names stand more than once.
    func postAll(_ path: String, _ fields: [(String, String)], _ account: TestAccount) throws -> TestAnswer {
        let token = FormFields.Field("csrf", account.browser.formToken ?? "")
        return try account.browser.post(path, form: FormFields(fields.map { FormFields.Field($0.0, $0.1) } + [token]))
    }
}
