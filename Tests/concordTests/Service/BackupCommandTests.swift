import Foundation
import Testing

@Suite("Backup, restore and the audit on the command line")
struct BackupCommandTests {
    private let administrator = "a.khan@council.example"

    private func made() throws -> Installed {
        let installed = try Installed()
        try installed.make(["--administrator", administrator, "--name", "Amina Khan"])
        return installed
    }

    /// An empty installation with the key of another.
    private func empty(_ other: Installed) throws -> Installed {
        let installed = try Installed()
        for folder in ["data/keys", "data/anchors"] {
            try FileManager.default.createDirectory(
                atPath: installed.folder.path(folder), withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
            atPath: other.folder.path("data/keys/sealing.key"), toPath: installed.folder.path("data/keys/sealing.key"))
        return installed
    }

    @Test("A backup writes over nothing unless it is told to")
    func replace() throws {
        let installed = try made()
        let file = try installed.folder.write("mine", to: "b.tar.gz")
        let refused = try installed.run(["backup", file])
        #expect(refused.status == 1 && refused.errors.contains("--replace"))
        #expect(FileManager.default.contents(atPath: file) == Data("mine".utf8))
        #expect(try installed.run(["backup", file, "--replace"]).status == 0)
        #expect(try installed.run(["restore", "--verify", file]).status == 0)
    }

    @Test("Without its key a restore says that the anchors were not checked, and does nothing unless told to go on")
    func noKey() throws {
        let installed = try made()
        let file = installed.folder.path("b.tar.gz")
        #expect(try installed.run(["backup", file]).status == 0)
        let target = try Installed()
        let refused = try target.run(["restore", file])
        #expect(refused.status == 1 && refused.errors.contains("key is missing"), "\(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: target.folder.path("data/concord.db")))
        #expect(try target.run(["restore", file, "--without-anchors"]).status == 2)
        let done = try target.run(["restore", file, "--without-anchors", "--reason", "The key burnt"])
        #expect(done.status == 0 && done.output.contains("was not compared"), "\(done.errors)")
        #expect(try target.audit().contains { $0.contains("restored-without-anchors") && $0.contains("The key burnt") })
    }

    @Test("A backup older than the newest anchor is restored only when the loss is accepted, and then for good")
    func loss() throws {
        let installed = try made()
        let file = installed.folder.path("b.tar.gz")
        #expect(try installed.run(["backup", file]).status == 0)
        let target = try empty(installed)
        // An anchor of the hundredth entry, which the backup does not have. The key signs it only in the program, so
        // it is made by a restore that was told to go on.
        let anchors = target.folder.path("data/anchors/audit.txt")
        let first = try target.run(["restore", file])
        #expect(first.status == 0 && first.output.contains("compared with no anchor"), "\(first.errors)")
        let later = try empty(installed)
        for _ in 0..<5 { #expect(try installed.run(["account", "link", administrator]).status == 0) }
        let newer = installed.folder.path("newer.tar.gz")
        #expect(try installed.run(["backup", newer]).status == 0)
        // Damaged anchors: going on begins a file with an anchor of the newer head.
        try later.folder.write("nonsense\n", to: "data/anchors/audit.txt")
        #expect(try later.run(["restore", newer]).status == 1)
        let begun = try later.run(["restore", newer, "--without-anchors", "--reason", "Test"])
        #expect(begun.status == 0 && begun.output.contains("audit.txt.before-"), "\(begun.errors)")
        #expect(try later.run(["audit", "verify"]).output.contains("1 anchor: the audit is whole"))

        let older = try empty(installed)
        let made = later.folder.path("data/anchors/audit.txt")
        let path = older.folder.path("data/anchors/audit.txt")
        try FileManager.default.copyItem(atPath: made, toPath: path)
        let refused = try older.run(["restore", file])
        #expect(refused.status == 1 && refused.errors.contains("--accept-loss"), "\(refused.errors)")
        #expect(try older.run(["account", "list"]).status == 1)
        #expect(FileManager.default.contents(atPath: path) == FileManager.default.contents(atPath: made))
        let done = try older.run(["restore", file, "--accept-loss", "--reason", "The disk burnt"])
        #expect(done.status == 0 && done.output.contains("are lost"), "\(done.errors)")
        #expect(try older.run(["audit", "verify"]).output.contains("1 anchor: the audit is whole"))
        #expect(try older.audit().contains { $0.contains("restored-with-loss") && $0.contains("The disk burnt") })
        let kept = try FileManager.default.contentsOfDirectory(atPath: older.folder.path("data/anchors"))
        #expect(kept.count == 2 && !FileManager.default.fileExists(atPath: anchors))
        // A file of anchors that is gone is noticed from the next day's anchor on; here nothing was anchored since.
        try FileManager.default.removeItem(atPath: path)
        #expect(try older.run(["audit", "verify"]).output.contains("no anchors yet"))
    }

    @Test("An export takes its form from the ending, and refuses others before anything is written")
    func endings() throws {
        let installed = try made()
        let before = try installed.audit().count
        for name in ["audit.txt", "audit", "audit.CSV"] {
            let run = try installed.run(["audit", "export", installed.folder.path(name), "--reason", "Test"])
            #expect(run.status == 2 && run.errors.contains(".jsonl or .csv"))
            #expect(!FileManager.default.fileExists(atPath: installed.folder.path(name)))
        }
        #expect(try installed.audit().count == before + 1)
        let csv = installed.folder.path("audit.csv")
        #expect(try installed.run(["audit", "export", csv, "--reason", "Test"]).status == 0)
        let text = String(decoding: FileManager.default.contents(atPath: csv) ?? Data(), as: UTF8.self)
        // The two exports that were counted, and the heading.
        #expect(text.hasPrefix("seq,at,kind"))
        #expect(text.split(whereSeparator: \.isNewline).count == before + 3)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: installed.folder.path).count { $0.contains(".part-") }
                == 0)
    }

    @Test("Demo people are made beside nobody else, and in the demo partnership only")
    func demo() throws {
        let installed = try made()
        let refused = try installed.run(["init", "--demo"])
        #expect(refused.status == 1 && refused.errors.contains("accounts of other people"), "\(refused.errors)")
        #expect(try installed.run(["account", "list"]).output.split(separator: "\n").count == 1)

        let definition = Program.root + "/Definitions/partnerships/demo/partnership.json"
        let text = try #require(FileManager.default.contents(atPath: definition))
        let other = try Installed()
        let words = String(decoding: text, as: UTF8.self).replacingOccurrences(
            of: "Obbwade Council", with: "Real Council")
        try other.folder.write(words, to: "partnership.json")
        try other.folder.write("{\"partnership\": \"\(other.folder.path)\", \"data\": \"data\"}", to: "concord.json")
        let elsewhere = try other.run(["init", "--demo"])
        #expect(elsewhere.status == 1 && elsewhere.errors.contains("demo partnership only"), "\(elsewhere.errors)")
        #expect(!FileManager.default.fileExists(atPath: other.folder.path("data/concord.db")))

        let demo = try Installed()
        #expect(try demo.run(["init", "--demo"]).status == 0)
        #expect(try demo.run(["init", "--demo"]).status == 0)
    }

    @Test("The check of the configuration names every fault at once")
    func check() throws {
        let installed = try made()
        let good = try installed.run(["config", "check"])
        #expect(good.status == 0 && good.output.contains("in order"), "\(good.errors)")
        try installed.folder.write("{\"web\": {\"port\": 0}, \"sessions\": {\"idleMinutes\": 1}}", to: "concord.json")
        let bad = try installed.run(["config", "check"])
        #expect(bad.status == 1 && bad.errors.contains("web.port") && bad.errors.contains("sessions.idleMinutes"))
        #expect(bad.errors.contains("2 faults"), "\(bad.errors)")
    }

    @Test("A partnership has rules of its own, and a wrong file of them is named with the remedy")
    func ownRules() throws {
        let installed = try made()
        let definitions = installed.folder.path("Definitions")
        // The folder itself, where a link leads to it: what is written below must not land there.
        let shipped = URL(fileURLWithPath: Program.root + "/Definitions").resolvingSymlinksInPath().path
        try FileManager.default.copyItem(atPath: shipped, toPath: definitions)
        let partnership = definitions + "/partnerships/demo/partnership.json"
        let file = try Data(contentsOf: URL(fileURLWithPath: partnership))
        func check(rules: String) throws -> Program.Run {
            var members = try #require(JSONSerialization.jsonObject(with: file) as? [String: Any])
            members["rules"] = rules
            try JSONSerialization.data(withJSONObject: members).write(to: URL(fileURLWithPath: partnership))
            return try installed.run(["config", "check"], definitions: definitions)
        }
        let missing = try check(rules: "local")
        #expect(missing.status == 1 && missing.errors.contains("rules/local.json"), "\(missing.errors)")
        let rule =
            #"{"key": "marac.escalation.n", "name": "Reports", "value": 3, "from": "2025-01-01", "#
            + #""source": "Our protocol", "standing": "practice"}"#
        let local =
            #"{"name": "Local", "version": "1", "approvedBy": "The board", "approvedOn": "2026-05-01", "rules": ["#
        try installed.folder.write("\(local)\(rule)]}", to: "Definitions/rules/local.json")
        let good = try check(rules: "local")
        #expect(good.status == 0 && good.output.contains("in order"), "\(good.errors)")
        try installed.folder.write("\(local)\(rule), \(rule)]}", to: "Definitions/rules/local.json")
        let twice = try check(rules: "local")
        #expect(twice.status == 1 && twice.errors.contains("rules[1]"), "\(twice.errors)")
        try installed.folder.write("\(local)\(rule)]}", to: "Definitions/rules/local.json")
        try installed.folder.write("{\"code\": \"x\"}", to: "Definitions/case-types/x.json")
        let type = try check(rules: "local")
        #expect(type.status == 1 && type.errors.contains("case-types/x.json"), "\(type.errors)")
        let outside = try check(rules: "../x")
        #expect(outside.status == 1 && outside.errors.contains("at rules"), "\(outside.errors)")
    }
}
