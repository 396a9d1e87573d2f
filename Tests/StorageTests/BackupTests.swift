import CZlib
import Foundation
import Kernel
import Storage
import TestDatabases
import Testing

@Suite("Backup")
struct BackupTests {
    /// Two tables that refer to each other and to themselves, an append-only one with a row of its own, one without a key.
    static let first = Migration(
        number: 1, name: "people",
        statements: [
            """
            CREATE TABLE people (
                id TEXT PRIMARY KEY,
                parent TEXT REFERENCES people (id),
                age BIGINT,
                share DOUBLE PRECISION,
                picture BYTEA
            )
            """,
            "CREATE TABLE agencies (id TEXT PRIMARY KEY, head TEXT REFERENCES people (id))",
            "CREATE TABLE log (seq BIGINT PRIMARY KEY, what TEXT NOT NULL)",
            "INSERT INTO log (seq, what) VALUES (0, 'begun')",
            "CREATE TABLE notes (n BIGINT, note TEXT)",
        ], appendOnly: ["log"])
    static let second = Migration(
        number: 2, name: "colours", statements: ["ALTER TABLE agencies ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'"])
    static let names = ["Zoë", "é", "e", "O'Brien", "\t\u{1}\\\"\n", "", "\u{1F600}", "Å", "a"]
    static let now = Instant(milliseconds: 1_700_000_000_000)

    private func fill(_ database: Database) throws {
        try database.write { connection in
            for (number, name) in Self.names.enumerated() {
                let share: Double? = number == 0 ? .infinity : number == 1 ? nil : 1 / Double(number)
                try connection.run(
                    """
                    INSERT INTO people (id, parent, age, share, picture)
                    VALUES (\(name), NULL, \(Int64.max - Int64(number)), \(share), \([UInt8](repeating: 0xFF, count: number)))
                    """)
            }
            try connection.run("UPDATE people SET parent = 'é' WHERE id = 'Zoë'")
            try connection.run("INSERT INTO agencies (id, head) VALUES ('north', 'a')")
            try connection.load(
                into: "log", columns: ["seq", "what"],
                rows: (1...1500).map { [.integer($0), .text("entry \($0) \(String(repeating: "x", count: 900))")] })
            for (n, note) in [(2, "b"), (2, "a"), (1, nil), (nil, "a")] as [(Int?, String?)] {
                try connection.run("INSERT INTO notes (n, note) VALUES (\(n), \(note))")
            }
        }
    }

    private func everything(_ database: Database) throws -> [String: Set<[SQLValue]>] {
        try database.read { connection in
            let queries: [(String, SQL)] = [
                ("people", "SELECT id, parent, age, share, picture FROM people"),
                ("agencies", "SELECT id, head FROM agencies"), ("log", "SELECT seq, what FROM log"),
                ("notes", "SELECT n, note FROM notes"),
            ]
            return try Dictionary(
                uniqueKeysWithValues: queries.map { name, query in
                    (name, Set(try connection.rows(query).map(\.values)))
                })
        }
    }

    private func folder() throws -> String {
        let path = NSTemporaryDirectory() + "concord-backup-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test("What a look at the restored rows refuses is not kept", arguments: Engine.allCases)
    func refusedCheck(_ engine: Engine) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let source = try TestDatabase(engine, migrations: [Self.first])
        try fill(source.database)
        try Backup.write(source.database, to: "\(folder)/b", at: Self.now)
        let target = try TestDatabase(empty: engine)
        var rows: Int64 = 0
        #expect(throws: Fault.self) {
            try Backup.restore(
                "\(folder)/b", into: target.owner, migrations: [Self.first], at: Self.now,
                check: {
                    rows = try $0.first("SELECT COUNT(*) AS n FROM people")?.get("n") ?? 0
                    throw Fault("No")
                })
        }
        #expect(rows == Int64(Self.names.count))
        #expect(try Migrator.applied(target.owner).isEmpty)
        try Backup.restore("\(folder)/b", into: target.owner, migrations: [Self.first], at: Self.now)
    }

    @Test(
        "A backup of either engine restores into either, with equal rows, rules and files",
        arguments: Engine.allCases, Engine.allCases)
    func roundTrip(_ from: Engine, _ to: Engine) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let photograph = Data((0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try photograph.write(to: URL(fileURLWithPath: "\(folder)/photograph"))
        let source = try TestDatabase(from, migrations: [Self.first])
        try fill(source.database)

        let written = try Backup.write(
            source.database, to: "\(folder)/b", files: [("images/1.jpg", "\(folder)/photograph")], at: Self.now)
        let target = try TestDatabase(empty: to)
        let restored = try Backup.restore(
            "\(folder)/b", into: target.owner, migrations: [Self.first, Self.second],
            servingRole: to == .postgreSQL ? "serving" : nil, files: "\(folder)/files", at: Self.now)

        #expect(written == restored)
        #expect(try Backup.verify("\(folder)/b") == written)
        #expect(written.tables.map(\.name) == ["agencies", "log", "notes", "people"])
        #expect(written.tables.map(\.rows) == [1, 1501, 4, Self.names.count])
        #expect(try everything(source.database) == everything(target.database))
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/files/images/1.jpg")) == photograph)
        #expect(try Migrator.applied(target.owner).map(\.number) == [1, 2])
        #expect(try target.database.read { try $0.first("SELECT colour FROM agencies")?.get("colour") } == "blue")
        #expect(throws: StorageError.self) { try target.database.write { try $0.run("DELETE FROM log") } }
        #expect(throws: StorageError.self) {
            try target.database.write { try $0.run("INSERT INTO agencies (id, head) VALUES ('south', 'nobody')") }
        }
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/b")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["b", "files", "photograph"])

        // The same rows give the same digests, whichever engine holds them.
        let again = try Backup.write(target.database, to: "\(folder)/c", at: Self.now)
        #expect(again.tables.filter { $0.name != "agencies" } == written.tables.filter { $0.name != "agencies" })
    }

    @Test("A backup is one moment: what is written meanwhile is not in it", arguments: Engine.allCases)
    func snapshot(_ engine: Engine) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let source = try TestDatabase(engine, migrations: [Self.first])
        try fill(source.database)
        var writes = 0
        let contents = try Backup.write(source.database, to: "\(folder)/b", at: Self.now) { progress in
            #expect(progress.total == 1506 + Self.names.count)
            writes += 1
            try? source.database.write {
                try $0.run("INSERT INTO log (seq, what) VALUES (\(-writes), 'late')")
                try $0.run("INSERT INTO notes (n, note) VALUES (9, 'late')")
            }
        }
        #expect(writes > 4)
        #expect(contents.tables.map(\.rows) == [1, 1501, 4, Self.names.count])
        #expect(try source.database.read { try $0.first("SELECT COUNT(*) AS n FROM notes")?.get("n") } == 4 + writes)
    }

    @Test("An archive that was cut off anywhere is refused, and nothing is restored", arguments: Engine.allCases)
    func truncated(_ engine: Engine) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let source = try TestDatabase(.sqlite, migrations: [Self.first])
        try fill(source.database)
        try Backup.write(source.database, to: "\(folder)/b", at: Self.now)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/b"))
        for share in [0, 1, 30, 60, 90, 99] {
            let length = share == 99 ? bytes.count - 1 : bytes.count * share / 100
            try bytes.prefix(length).write(to: URL(fileURLWithPath: "\(folder)/cut"))
            #expect(throws: Fault.self) { try Backup.verify("\(folder)/cut") }
        }
        let target = try TestDatabase(empty: engine)
        #expect(throws: Fault.self) {
            try Backup.restore(
                "\(folder)/cut", into: target.owner, migrations: [Self.first], files: "\(folder)/files", at: Self.now)
        }
        #expect(try target.owner.read { try Schema.tables(in: $0) } == [])
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/files"))
        try Backup.restore("\(folder)/b", into: target.owner, migrations: [Self.first], at: Self.now)
    }

    @Test("A changed byte is found wherever it is")
    func bytesChanged() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let source = try TestDatabase(.sqlite, migrations: [Self.first])
        try source.database.write { try $0.run("INSERT INTO people (id) VALUES ('a')") }
        try Backup.write(source.database, to: "\(folder)/b", at: Self.now)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/b"))
        var generator = SeededRandom(seed: 7)
        for _ in 0..<60 {
            // The header of gzip (10 bytes) holds a time and a system's name that mean nothing here.
            let place = Int.random(in: 10..<bytes.count, using: &generator)
            var altered = bytes
            altered[place] ^= UInt8.random(in: 1...255, using: &generator)
            try altered.write(to: URL(fileURLWithPath: "\(folder)/altered"))
            do {
                try Backup.verify("\(folder)/altered")
                // Only a reference to another, equal stretch of the same contents leaves these as they were.
                #expect(inflated("\(folder)/altered") == inflated("\(folder)/b"), "byte \(place)")
            } catch is Fault {}
        }
    }

    private func inflated(_ path: String) -> [UInt8] {
        let file = gzopen(path, "rb")
        defer { gzclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        return Array(bytes[..<max(0, Int(gzread(file, &bytes, UInt32(bytes.count))))])
    }

    /// Takes an archive apart with tar, changes it, and packs it again: gzip and tar are then in order.
    @Test("An archive that somebody edited is refused by the name of what was edited", arguments: Engine.allCases)
    func edited(_ engine: Engine) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let source = try TestDatabase(engine, migrations: [Self.first])
        try fill(source.database)
        try Backup.write(source.database, to: "\(folder)/b", files: [("note", "/etc/hostname")], at: Self.now)
        let edits = [
            ("sed -i s/north/south/ tables/agencies/000001.jsonl", "tables/agencies was altered"),
            ("rm tables/agencies/000001.jsonl", "tables/agencies was altered"),
            ("echo '[9,\"x\"]' >> tables/notes/000001.jsonl", "tables/notes was altered"),
            ("echo x >> files/note", "files/note was altered"), ("rm files/note", "files/note is missing"),
            ("rm manifest.json", "manifest is missing"), ("echo x > manifest.json", "manifest cannot be read"),
            (
                "sed -i s/1700000000000/1700000000001/ concord-backup.json",
                "concord-backup.json was altered"
            ),
            ("sed -i s/concord-backup/other/ concord-backup.json", "header was altered"),
        ]
        for (number, (edit, words)) in edits.enumerated() {
            // The members keep their order; those that were removed are left out.
            let script = """
                set -e; mkdir \(number); cd \(number); tar -xzf ../b; \(edit)
                tar -tzf ../b | while read -r f; do if [ -e "$f" ]; then echo "$f"; fi; done > ../list
                tar -czf ../edited --format=ustar --owner=0 --group=0 -T ../list
                """
            try #require(run(script, in: folder) == 0)
            do {
                try Backup.verify("\(folder)/edited")
                Issue.record("taken: \(edit)")
            } catch let fault as Fault {
                #expect(fault.description.contains(words), "\(edit)")
            }
        }
    }

    private func run(_ script: String, in folder: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test("What is no backup is refused, and a database with tables is left alone", arguments: Engine.allCases)
    func refusals(_ engine: Engine) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for content in ["", "not a backup", String(repeating: "x", count: 5000)] {
            try Data(content.utf8).write(to: URL(fileURLWithPath: "\(folder)/x"))
            #expect(throws: Fault.self) { try Backup.verify("\(folder)/x") }
        }
        #expect(throws: Fault.self) { try Backup.verify("\(folder)/absent") }
        let source = try TestDatabase(engine, migrations: [Self.first])
        try Backup.write(source.database, to: "\(folder)/b", at: Self.now)
        do {
            try Backup.restore("\(folder)/b", into: source.owner, migrations: [Self.first], at: Self.now)
            Issue.record("restored over a database in use")
        } catch let fault as Fault {
            #expect(fault.description.contains("not empty"))
        }
        let target = try TestDatabase(empty: engine)
        do {
            try Backup.restore("\(folder)/b", into: target.owner, migrations: [], at: Self.now)
            Issue.record("a backup of a newer program was taken")
        } catch let fault as Fault {
            #expect(fault.description.contains("backup is newer"))
        }
        for name in ["/etc/passwd", "../x", "a//b", ""] {
            #expect(throws: Fault.self) {
                try Backup.write(source.database, to: "\(folder)/c", files: [(name, "/etc/hostname")], at: Self.now)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/c"))
    }

    @Test("A backup that cannot be written there says so", arguments: Engine.allCases)
    func unwritable(_ engine: Engine) throws {
        let source = try TestDatabase(engine, migrations: [Self.first])
        do {
            try Backup.write(source.database, to: "/nowhere/b", at: Self.now)
            Issue.record("written nowhere")
        } catch let fault as Fault {
            #expect(fault.description.hasPrefix("The backup could not be written (/nowhere/b): no such file"))
        }
    }
}
