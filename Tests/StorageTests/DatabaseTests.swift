import Kernel
import Storage
import TestDatabases
import Testing

@Suite("Database", .serialized)
struct DatabaseTests {
    static let things = [
        Migration(
            number: 1, name: "things",
            statements: [
                """
                CREATE TABLE things (id TEXT PRIMARY KEY, number BIGINT, share DOUBLE PRECISION, content BYTEA,
                    name TEXT NOT NULL UNIQUE)
                """,
                "CREATE TABLE log (seq BIGINT PRIMARY KEY, what TEXT NOT NULL)",
            ], appendOnly: ["log"])
    ]

    @Test("Values come back as they went in", arguments: TestDatabase.engines)
    func values(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.things)
        let bytes = [UInt8](0...255)
        let name = "O’Brien\t\\n \"quoted\" ? $1 \u{1F600}\r\n"
        try test.database.write { connection in
            try connection.run(
                """
                INSERT INTO things (id, number, share, content, name)
                VALUES ('a?', \(Int64.min), \(0.1), \(bytes), \(name))
                """)
            _ = try connection.load(
                into: "things", columns: ["id", "number", "share", "content", "name"],
                rows: [
                    ["b".sqlValue, SQLValue.null, SQLValue.null, SQLValue.null, "b".sqlValue],
                    ["c".sqlValue, Int64.max.sqlValue, (1e300).sqlValue, bytes.sqlValue, (name + "2").sqlValue],
                ])
        }
        let rows = try test.database.read {
            try $0.rows("SELECT id, number, share, content, name FROM things ORDER BY id")
        }
        #expect(
            rows.map(\.values) == [
                [.text("a?"), .integer(.min), .real(0.1), .blob(bytes), .text(name)],
                [.text("b"), .null, .null, .null, .text("b")],
                [.text("c"), .integer(.max), .real(1e300), .blob(bytes), .text(name + "2")],
            ])
    }

    @Test("What throws leaves nothing behind; a savepoint undoes its own part only", arguments: TestDatabase.engines)
    func undoing(_ engine: Engine) throws {
        struct Stop: Error {}
        let test = try TestDatabase(engine, migrations: Self.things)
        #expect(throws: Stop.self) {
            try test.database.write { connection in
                try connection.run("INSERT INTO things (id, name) VALUES ('a', 'a')")
                throw Stop()
            }
        }
        try test.database.write { connection in
            try connection.run("INSERT INTO things (id, name) VALUES ('b', 'b')")
            try? connection.savepoint {
                try connection.run("INSERT INTO things (id, name) VALUES ('c', 'c')")
                try connection.run("INSERT INTO things (id, name) VALUES ('d', 'b')")
            }
            try connection.run("INSERT INTO things (id, name) VALUES ('e', 'e')")
        }
        let ids = try test.database.read {
            try $0.rows("SELECT id FROM things ORDER BY id").map { try $0.get("id", as: String.self) }
        }
        #expect(ids == ["b", "e"])
    }

    @Test("Rules of the tables are named without their values", arguments: TestDatabase.engines)
    func rules(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.things)
        try test.database.write { _ = try $0.run("INSERT INTO things (id, name) VALUES ('b', \("secret"))") }
        do {
            try test.database.write { _ = try $0.run("INSERT INTO things (id, name) VALUES ('c', \("secret"))") }
            Issue.record("a second secret was taken")
        } catch let error as StorageError {
            guard case .constraint(.unique, let name) = error else { throw error }
            #expect(name.contains("name"))
            #expect(!"\(error)".contains("secret"))
        }
    }

    @Test("Rows of an append-only table are never changed or removed", arguments: TestDatabase.engines)
    func appendOnly(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.things)
        try test.database.write { _ = try $0.run("INSERT INTO log (seq, what) VALUES (1, 'x')") }
        for database in [test.database, test.owner] {
            for statement in ["UPDATE log SET what = 'y'", "DELETE FROM log"] as [SQL] {
                #expect(throws: StorageError.self) { try database.write { _ = try $0.run(statement) } }
            }
        }
    }

    @Test("A reader sees one snapshot and cannot write", arguments: TestDatabase.engines)
    func snapshot(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.things)
        try test.database.read { reader in
            #expect(try reader.rows("SELECT id FROM things").isEmpty)
            try test.database.write { _ = try $0.run("INSERT INTO things (id, name) VALUES ('a', 'a')") }
            #expect(try reader.rows("SELECT id FROM things").isEmpty)
            #expect(throws: StorageError.self) { try reader.run("INSERT INTO things (id, name) VALUES ('z', 'z')") }
        }
        #expect(try test.database.read { try $0.rows("SELECT id FROM things").count } == 1)
    }

    @Test("A long result streams, with other statements between its rows", arguments: TestDatabase.engines)
    func streaming(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.things)
        let sum = try test.database.write { connection -> Int in
            let rows = (1...1234).lazy.map { [Int64($0).sqlValue, "row \($0)".sqlValue] }
            try connection.load(into: "log", columns: ["seq", "what"], rows: rows)
            var sum = 0
            try connection.each("SELECT seq FROM log WHERE seq > \(0) ORDER BY seq") { row in
                let seq: Int = try row.get("seq")
                let again = try connection.first("SELECT what FROM log WHERE seq = \(seq)")
                #expect(try again?.get("what", as: String.self) == "row \(seq)")
                sum += seq
            }
            return sum
        }
        #expect(sum == 1234 * 1235 / 2)
    }

    @Test("Writers take turns: nothing is lost and nothing is half seen", arguments: TestDatabase.engines)
    func writers(_ engine: Engine) async throws {
        let test = try TestDatabase(engine, migrations: Self.things)
        try test.database.write { _ = try $0.run("INSERT INTO things (id, name, number) VALUES ('n', 'n', 0)") }
        let database = test.database
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<25 {
                        try? database.write { connection in
                            let now: Int =
                                try connection.first("SELECT number FROM things WHERE id = 'n'")?.get("number") ?? 0
                            try connection.run("UPDATE things SET number = \(now + 1) WHERE id = 'n'")
                        }
                    }
                }
            }
        }
        let number = try database.read { try $0.first("SELECT number FROM things")?.get("number", as: Int.self) }
        #expect(number == 100)
    }
}
