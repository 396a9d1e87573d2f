import Kernel
import Storage
import Synchronization
import TestDatabases

@testable import Governance

/// A database engine on which the tests of this target run.
struct TestEngine: Sendable, CustomStringConvertible {
    let engine: Engine

    var description: String { engine.rawValue }

    static let sqlite = TestEngine(engine: .sqlite)

    /// SQLite, and PostgreSQL where it is installed.
    static var all: [TestEngine] { TestDatabase.engines.map { TestEngine(engine: $0) } }

    /// Gives a database with empty tables, as the role that serves.
    func use(_ body: (Database) throws -> Void) throws {
        let kept = TestEngine.pool.withLock { pool in
            engine == .postgreSQL ? pool.popLast() : nil
        }
        let database = try kept ?? make()
        try body(database.database)
        guard engine == .postgreSQL else { return database.remove() }
        try clear(database.owner)
        TestEngine.pool.withLock { $0.append(database) }
    }

    /// Gives a database of the test's own, as the role that serves and as the owner of the tables.
    func use(_ body: (_ database: Database, _ owner: Database) throws -> Void) throws {
        let database = try make()
        try body(database.database, database.owner)
        database.remove()
    }

    /// Lets the owner of the tables do what the triggers of the audit refuse to everyone.
    func tamper(_ owner: Database, _ body: (Connection) throws -> Void) throws {
        try owner.write { connection in
            switch engine {
            case .sqlite:
                for row in try connection.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                    let name: String = try row.get("name")
                    try connection.run(SQL(unsafe: "DROP TRIGGER \(name)", []))
                }
            case .postgreSQL:
                try connection.run("ALTER TABLE audit_entries DISABLE TRIGGER USER")
                try connection.run("ALTER TABLE audit_subjects DISABLE TRIGGER USER")
                try connection.run("ALTER TABLE audit_anchors DISABLE TRIGGER USER")
            }
            try body(connection)
        }
    }

    /// Empties the tables of PostgreSQL, where a database is slow to make.
    private func clear(_ owner: Database) throws {
        try owner.write { connection in
            try connection.run("ALTER TABLE audit_entries DISABLE TRIGGER USER")
            try connection.run("ALTER TABLE audit_subjects DISABLE TRIGGER USER")
            try connection.run("ALTER TABLE audit_anchors DISABLE TRIGGER USER")
            let kept: Set<String> = ["migrations", "writer_turn"]
            let tables = try connection.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                .map { row -> String in try row.get("tablename") }.filter { !kept.contains($0) }
            try connection.run(SQL(unsafe: "TRUNCATE \(tables.sorted().joined(separator: ", "))", []))
            try connection.run("ALTER TABLE audit_entries ENABLE TRIGGER USER")
            try connection.run("ALTER TABLE audit_subjects ENABLE TRIGGER USER")
            try connection.run("ALTER TABLE audit_anchors ENABLE TRIGGER USER")
        }
    }

    private func make() throws -> TestDatabase {
        try TestDatabase(
            engine, migrations: AuditTables.migrations + AccountTables.migrations + RegisterTables.migrations)
    }

    /// Databases of PostgreSQL that are not in use.
    private static let pool = Mutex<[TestDatabase]>([])
}
