import Kernel
import Storage
import TestDatabases
import Testing

@Suite("Transactions")
struct TransactionTests {
    static let numbers = [
        Migration(
            number: 1, name: "numbers", statements: ["CREATE TABLE numbers (n BIGINT PRIMARY KEY, note TEXT NOT NULL)"])
    ]

    private func count(_ database: Database) throws -> Int {
        try database.read { try $0.first("SELECT COUNT(*) AS n FROM numbers")?.get("n") ?? -1 }
    }

    @Test("A statement that fails spoils the transaction, even when its error is swallowed", arguments: Engine.allCases)
    func spoilt(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        #expect(throws: StorageError.self) {
            try test.database.write { connection in
                try connection.run("INSERT INTO numbers (n, note) VALUES (1, '')")
                _ = try? connection.run("INSERT INTO numbers (n, note) VALUES (1, '')")
                try connection.run("INSERT INTO numbers (n, note) VALUES (2, '')")
            }
        }
        #expect(throws: StorageError.self) {
            try test.database.write { connection in
                try connection.run("INSERT INTO numbers (n, note) VALUES (1, '')")
                _ = try? connection.run("INSERT INTO numbers (n, note) VALUES (1, '')")
            }
        }
        #expect(try count(test.database) == 0)
    }

    @Test("Savepoints nest", arguments: Engine.allCases)
    func nesting(_ engine: Engine) throws {
        struct Stop: Error {}
        let test = try TestDatabase(engine, migrations: Self.numbers)
        try test.database.write { connection in
            try connection.savepoint {
                try connection.run("INSERT INTO numbers (n, note) VALUES (1, '')")
                _ = try? connection.savepoint {
                    try connection.run("INSERT INTO numbers (n, note) VALUES (2, '')")
                    throw Stop()
                }
                try connection.savepoint { try connection.run("INSERT INTO numbers (n, note) VALUES (3, '')") }
            }
            _ = try? connection.savepoint {
                try connection.savepoint { try connection.run("INSERT INTO numbers (n, note) VALUES (4, '')") }
                throw Stop()
            }
        }
        let left = try test.database.read {
            try $0.rows("SELECT n FROM numbers ORDER BY n").map { try $0.get("n", as: Int.self) }
        }
        #expect(left == [1, 3])
    }

    @Test("At every statement that can fail, nothing is left behind", arguments: Engine.allCases)
    func everyStatement(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        let errors = [StorageError.diskFull("here"), .busy, .corrupt("page 7")]
        for place in 0..<5 {
            for error in errors {
                var isFirst = true
                let act = {
                    try test.database.write { connection in
                        if isFirst || error != .busy { connection.fail(after: place, with: error) }
                        isFirst = false
                        try connection.run("INSERT INTO numbers (n, note) VALUES (1, '')")
                        _ = try connection.rows("SELECT n FROM numbers")
                        try connection.load(into: "numbers", columns: ["n", "note"], rows: [[.integer(2), .text("")]])
                        try connection.each("SELECT n FROM numbers") { _ in }
                        try connection.run("DELETE FROM numbers")
                    }
                }
                if error == .busy {
                    try act()
                } else {
                    #expect(throws: error) { try act() }
                }
                #expect(try count(test.database) == 0)
            }
        }
    }

    @Test(
        "A transaction that is always in another's way ends as busy, after a few attempts", arguments: Engine.allCases)
    func alwaysBusy(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        var attempts = 0
        #expect(throws: StorageError.busy) {
            try test.database.write { connection in
                attempts += 1
                connection.fail(after: 0, with: .busy)
                try connection.run("DELETE FROM numbers")
            }
        }
        #expect(attempts == 9)
    }

    @Test("A write inside a write is refused at once instead of waiting for itself", arguments: Engine.allCases)
    func nestedWrite(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        let time = try ContinuousClock().measure {
            #expect(throws: StorageError.failed("a write was begun inside a write")) {
                try test.database.write { _ in try test.database.write { _ in } }
            }
            try test.database.write { try $0.run("INSERT INTO numbers (n, note) VALUES (1, '')") }
        }
        #expect(time < .seconds(5))
    }

    @Test("A connection kept beyond its transaction does nothing", arguments: Engine.allCases)
    func kept(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        let kept = try test.database.write { $0 }
        #expect(throws: StorageError.self) { try kept.run("INSERT INTO numbers (n, note) VALUES (1, '')") }
        #expect(try count(test.database) == 0)
    }

    @Test("A statement that takes too long is stopped", arguments: Engine.allCases)
    func tooSlow(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        let hasty = try Database(test.database.location, makes: false, statementLimit: 1)
        defer { hasty.close() }
        let endless: SQL = """
            WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 4000000000)
            SELECT MAX(n) AS n FROM counted
            """
        let time = ContinuousClock().measure {
            #expect(throws: StorageError.tooSlow(seconds: 1)) { try hasty.read { try $0.rows(endless) } }
        }
        #expect(time < .seconds(10))
        #expect(try count(hasty) == 0)
    }

    @Test("A refused value spoils nothing but its own transaction, and is not repeated", arguments: Engine.allCases)
    func refusedValues(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        let rows: [[SQLValue]] = [
            [.integer(1), .text("secret\0")], [.real(.nan), .text("secret")], [.integer(1)], [.null, .text("secret")],
        ]
        for row in rows {
            do {
                try test.database.write {
                    try $0.load(into: "numbers", columns: ["n", "note"], rows: [[.integer(7), .text("ok")], row])
                }
                // A primary key of BIGINT (not INTEGER) may be NULL on SQLite alone: see NOT NULL in the stores' tables.
                #expect(engine == .sqlite && row[0] == .null)
                try test.database.write { try $0.run("DELETE FROM numbers") }
            } catch {
                #expect(!"\(error)".contains("secret"))
            }
            #expect(try count(test.database) == 0)
        }
        #expect(throws: StorageError.holdsNULMessage) {
            try test.database.write { try $0.run("INSERT INTO numbers (n, note) VALUES (1, \("a\0b"))") }
        }
    }

    @Test("A question mark in quotes or a comment is no place for a value", arguments: Engine.allCases)
    func questionMarks(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        let row = try test.database.read {
            try $0.first(
                """
                SELECT 'what?' AS a, -- is this one?
                    \(41) + 1 AS "b?", 'it''s ?' AS c
                """)
        }
        #expect(row?.values == [.text("what?"), .integer(42), .text("it's ?")])
        #expect(row?.names == ["a", "b?", "c"])
    }

    @Test("Lists bind each value, and the empty list matches nothing", arguments: Engine.allCases)
    func lists(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        try test.database.write {
            try $0.load(into: "numbers", columns: ["n", "note"], rows: (1...9).map { [.integer($0), .text("")] })
        }
        try test.database.read { connection in
            let found = try connection.rows("SELECT n FROM numbers WHERE n IN (\(list: [3, 5, 77])) ORDER BY n")
            #expect(try found.map { try $0.get("n", as: Int.self) } == [3, 5])
            #expect(try connection.rows("SELECT n FROM numbers WHERE n IN (\(list: [Int]()))").isEmpty)
        }
    }
}

extension StorageError {
    fileprivate static let holdsNULMessage = StorageError.failed("a text holds a NUL character")
}
