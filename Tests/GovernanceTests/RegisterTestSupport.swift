import Kernel
import Storage
import TestDatabases

@testable import Governance

/// A register of a test's own, on one engine.
struct RegisterWorld {
    typealias W = AccessWorld

    let database: Database
    let register: AccessRegister
    private let test: TestDatabase

    init(_ engine: Engine) throws {
        test = try TestDatabase(engine, migrations: AuditTables.migrations + RegisterTables.migrations)
        database = test.database
        register = AccessRegister(roles: try W.catalogue())
    }

    func occasion(_ actor: Actor, at now: Instant = W.now) -> Occasion { Occasion(actor, at: now, request: "req") }

    static func id(_ number: Int) -> ID<Registered> { ID(W.account(number)) }

    /// Puts records into the tables as they are, without asking the policy.
    func put(_ entries: [RegisterEntry]) throws {
        try database.write { connection in
            for entry in entries {
                try RegisterRows.insert(entry, in: connection)
                for glass in entry.facts.glasses {
                    try GlassRows.insert(
                        BrokenGlass(
                            id: ID(at: W.now), record: entry.id, account: glass.account, agency: W.word("council"),
                            owningAgency: entry.facts.agency, category: .other, reason: "a reason of the test's own",
                            at: W.now, until: glass.until, reviewBy: W.today), in: connection)
                }
            }
        }
    }

    static func entry(_ number: Int, _ facts: RecordFacts, _ title: String = "Ann Example") -> RegisterEntry {
        RegisterEntry(id(number), facts, title: title, titleClass: .p1)
    }

    func write<Value>(_ body: (Connection) throws -> Value) throws -> Value { try database.write(body) }

    func words() throws -> [String] {
        try database.read {
            try $0.rows("SELECT act, outcome, code FROM audit_entries ORDER BY seq").map { row in
                let code: String? = try row.optional("code")
                return
                    "\(try row.get("act", as: String.self)) \(try row.get("outcome", as: String.self)) \(code ?? "-")"
            }
        }
    }
}
