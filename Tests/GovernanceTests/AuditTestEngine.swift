import Storage

@testable import Governance

/// The database engines on which the tests of this target run.
enum TestEngine: String, CaseIterable, Sendable {
    case sqlite

    static var all: [TestEngine] { allCases }

    func use(_ body: (Database) throws -> Void) throws {
        let db = Database(path: ":memory:")
        try db.write { c in for m in AuditTables.migrations + AccountTables.migrations { try m.apply(c) } }
        try body(db)
    }

    func tamper(_ db: Database, _ body: (Connection) throws -> Void) throws {
        for r in try db.read({ try $0.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'") }) {
            let n: String = try r.get("name")
            try db.write { try $0.run(SQL(unsafe: "DROP TRIGGER \(n)", [])) }
        }
        try db.write(body)
    }
}
