import Kernel
import Storage
import TestDatabases
import Testing

@Suite("Migrator")
struct MigratorTests {
    static func step(_ number: Int, _ text: StaticString = "CREATE TABLE a (n BIGINT)") -> Migration {
        Migration(number: number, name: "step", statements: [MigrationStatement(stringLiteral: text)])
    }
    static let now = Instant(milliseconds: 1_700_000_000_000)
    static let one = step(1)
    static let two = step(2, "CREATE TABLE b (n BIGINT)")
    static let three = step(3, "CREATE TABLE c (n BIGINT)")

    @Test("Steps run once, in order, and are remembered", arguments: Engine.allCases)
    func once(_ engine: Engine) throws {
        let test = try TestDatabase(empty: engine)
        #expect(try Migrator.pending(test.owner, [Self.two, Self.one]).map(\.number) == [1, 2])
        #expect(try Migrator.migrate(test.owner, [Self.two, Self.one], at: Self.now).map(\.number) == [1, 2])
        #expect(try Migrator.migrate(test.owner, [Self.one, Self.two, Self.three], at: Self.now).map(\.number) == [3])
        #expect(try Migrator.migrate(test.owner, [Self.one, Self.two, Self.three], at: Self.now).isEmpty)
        let applied = try Migrator.applied(test.owner)
        #expect(applied.map(\.number) == [1, 2, 3])
        #expect(applied.allSatisfy { $0.at == Self.now && $0.name == "step" && $0.digest.utf8.count == 64 })
    }

    @Test(
        "A newer database, a changed step, a step in the middle and a number used twice are refused",
        arguments: Engine.allCases)
    func refusals(_ engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: [Self.one, Self.three])
        let wrong: [([Migration], String)] = [
            ([Self.one], "newer than this program"),
            ([Self.step(1, "CREATE TABLE a (n TEXT)"), Self.three], "made by another program"),
            ([Self.one, Self.two, Self.three], "cannot be migrated"),
            ([Self.one, Self.one, Self.three], "same number"),
        ]
        for (steps, words) in wrong {
            for act in [
                { _ = try Migrator.migrate(test.owner, steps, at: Self.now) },
                { _ = try Migrator.pending(test.owner, steps) },
            ] {
                do {
                    try act()
                    Issue.record("not refused: \(words)")
                } catch let fault as Fault {
                    #expect(fault.description.contains(words))
                }
            }
        }
        #expect(try test.owner.read { try Schema.tables(in: $0) } == ["a", "c", "migrations", "writer_turn"])
    }

    @Test("A step that fails half-way leaves nothing, and the steps before it stay", arguments: Engine.allCases)
    func halfWay(_ engine: Engine) throws {
        let test = try TestDatabase(empty: engine)
        let broken = Migration(
            number: 2, name: "broken", statements: ["CREATE TABLE b (n BIGINT)", "CREATE TABLE a (n BIGINT)"])
        #expect(throws: StorageError.self) { try Migrator.migrate(test.owner, [Self.one, broken], at: Self.now) }
        #expect(try Migrator.applied(test.owner).map(\.number) == [1])
        #expect(try test.owner.read { try Schema.tables(in: $0) } == ["a", "migrations", "writer_turn"])
    }

    @Test("Programs that migrate at once do each step once", arguments: Engine.allCases)
    func atOnce(_ engine: Engine) async throws {
        let test = try TestDatabase(empty: engine)
        let location = test.owner.location
        let done = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let database = try Database(location, makes: false)
                    defer { database.close() }
                    return try Migrator.migrate(database, [Self.one, Self.two, Self.three], at: Self.now).map(\.number)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(done.sorted() == [1, 2, 3])
    }

    @Test("No way around an append-only table: REPLACE, upsert, TRUNCATE", arguments: Engine.allCases)
    func appendOnly(_ engine: Engine) throws {
        let log = Migration(
            number: 1, name: "log",
            statements: ["CREATE TABLE log (n BIGINT PRIMARY KEY, what TEXT NOT NULL)"], appendOnly: ["log"])
        let test = try TestDatabase(engine, migrations: [log])
        try test.database.write { _ = try $0.run("INSERT INTO log (n, what) VALUES (1, 'x')") }
        let ways: [SQL] =
            engine == .sqlite
            ? ["REPLACE INTO log (n, what) VALUES (1, 'y')", "UPDATE OR REPLACE log SET what = 'y'"] : ["TRUNCATE log"]
        let upsert: SQL = "INSERT INTO log (n, what) VALUES (1, 'y') ON CONFLICT (n) DO UPDATE SET what = 'y'"
        for database in [test.database, test.owner] {
            for way in ways + [upsert, "DELETE FROM log WHERE n = 1"] {
                do {
                    try database.write { _ = try $0.run(way) }
                    Issue.record("changed by \(way.text)")
                } catch StorageError.notPermitted {}
            }
        }
        let row = try test.database.read { try $0.first("SELECT n, what FROM log") }
        #expect(row?.values == [.integer(1), .text("x")])
    }

    @Test(
        "The role of an address is found however the address names it",
        arguments: [
            ("postgresql://srv@/x", "srv"), ("postgresql:///x?user=srv", "srv"), ("postgresql://a:b@h:1/x", "a"),
            ("postgres://h/x?host=/run&user=s%20v", "s v"),
        ])
    func role(address: String, role: String) throws {
        #expect(try DatabaseLocation(address)?.role == role)
        #expect(try DatabaseLocation("sqlite:x.db")?.role == nil)
        #expect(throws: StorageError.self) { try DatabaseLocation("postgresql://me:hu%sh@/x")?.role }
    }

    @Test("Tables that a role owns or may change are named; the role that serves may change none of them")
    func unprotected() throws {
        let step = Migration(
            number: 1, name: "log", statements: ["CREATE TABLE log (n BIGINT)", "CREATE TABLE a (n BIGINT)"],
            appendOnly: ["log"])
        let test = try TestDatabase(.postgreSQL, migrations: [step])
        func found(_ database: Database) throws -> [String] {
            try database.read { try Schema.unprotected(["log"], in: $0) }
        }
        #expect(try found(test.database) == [])
        #expect(try found(test.owner) == ["log"])
        for right in ["UPDATE", "DELETE", "TRUNCATE"] {
            try Database.execute("GRANT \(right) ON log TO serving", at: test.ownerAddress)
            #expect(try found(test.database) == ["log"], "\(right)")
            try Database.execute("REVOKE \(right) ON log FROM serving", at: test.ownerAddress)
        }
        #expect(try found(test.database) == [])
        let sqlite = try TestDatabase(.sqlite, migrations: [step])
        #expect(try found(sqlite.database) == [])
    }

    @Test("A role without rights on the tables is told so, and not that there are none")
    func noRights() throws {
        let test = try TestDatabase(.postgreSQL, migrations: [Self.one])
        try Database.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM serving", at: test.ownerAddress)
        let fault = #expect(throws: Fault.self) { try Migrator.pending(test.database, [Self.one]) }
        #expect(fault?.why == "the role serving has no rights on them")
        #expect(fault?.remedy.contains("database.owner") == true)
    }

    @Test("The role that serves may neither change tables nor the record of migrations")
    func servingRole() throws {
        let test = try TestDatabase(.postgreSQL, migrations: [Self.one])
        for statement in ["DROP TABLE a", "CREATE TABLE z (n BIGINT)", "DELETE FROM migrations"] as [SQL] {
            do {
                try test.database.write { _ = try $0.run(statement) }
                Issue.record("permitted: \(statement.text)")
            } catch StorageError.notPermitted {}
        }
        try test.database.write { try $0.run("INSERT INTO a (n) VALUES (1)") }
    }
}
