import Files
import Kernel
import People
import Rules
import Storage
import TestDatabases

@testable import Enforcement
@testable import Governance

/// An enforcement register of a test's own, with people of the council, the police and the haven.
struct EnforcementWorld {
    /// 1 June 2026, 10:00 in London.
    static let now = Instant(milliseconds: 1_780_304_400_000)
    static let today = now.ukDate

    let database: Database
    let store: OrderStore
    let law: OrderLaw
    private let test: TestDatabase

    init(_ engine: Engine) throws {
        test = try TestDatabase(
            engine,
            migrations: AuditTables.migrations + RegisterTables.migrations + PeopleTables.migrations
                + OrderTables.migrations)
        database = test.database
        law = try Law.shipped()
        store = OrderStore(
            roles: try RoleCatalogue(DefinitionFile(path: "\(Law.root)/Definitions/roles/default.json")), law: law)
    }

    static func account(_ number: Int) -> ID<Account> { Law.id(number) }

    static func actor(
        _ number: Int, _ roles: String..., agency: String = "council", side: SubjectSide? = .victim
    ) -> Actor {
        Actor(
            kind: .person, account: account(number), name: "Worker \(number)", agency: Law.code(agency),
            roles: Set(roles.map { Law.code($0) }), side: side, secondFactorAt: now.advanced(bySeconds: -300))
    }

    static let officer = actor(2, "case-officer")
    static let supervisor = actor(3, "supervisor")
    static let police = actor(4, "case-officer", agency: "police", side: nil)
    static let chaser = actor(5, "case-officer", side: .perpetrator)
    static let member = actor(6, "member")
    static let analyst = actor(7, "analyst")
    static let lawyer = actor(8, "lawyer")

    func occasion(_ actor: Actor, at now: Instant = EnforcementWorld.now) -> Occasion {
        var actor = actor
        if now > Self.now { actor.secondFactorAt = now.advanced(bySeconds: -60) }
        return Occasion(actor, at: now, request: "req")
    }

    func write<Value>(_ body: (Connection) throws -> Value) throws -> Value { try database.write(body) }

    func make(_ draft: Order, after earlier: ID<Order>? = nil, by actor: Actor = officer) throws -> ID<Order> {
        try write { try store.create(draft, after: earlier, on: occasion(actor), in: $0).get() }
    }

    /// Puts an order into the tables as it is, without asking the policy.
    func put(_ id: ID<Order>, _ order: Order, _ facts: RecordFacts) throws {
        try write { connection in
            var entry = RegisterEntry(ID(id), facts, title: order.subjectName, titleClass: .p1)
            entry.version = 1
            try RegisterRows.insert(entry, in: connection)
            try OrderRows.insert(
                OrderRow(id: id, order: order, version: 1, changedAt: Self.now, changedBy: Self.account(1)),
                in: connection)
        }
    }

    /// The records of a person, merged where there are more.
    func register(_ numbers: [Int]) throws {
        try write { connection in
            for number in numbers {
                var entry = RegisterEntry(
                    Law.id(number), RecordFacts(kind: Law.code("person"), agency: Law.code("council")),
                    title: "Sam Example", titleClass: .p1)
                entry.version = 1
                try RegisterRows.insert(entry, in: connection)
                let person: ID<Person> = Law.id(number)
                try connection.run(
                    """
                    INSERT INTO people (id, given_name, address_secrecy, version, changed_at, changed_by)
                    VALUES (\(person), 'Sam', 'ordinary', 1, \(Self.now), \(Self.account(2)))
                    """)
                guard numbers.count > 1 else { continue }
                let lead: ID<Person> = Law.id(numbers[0])
                try connection.run("INSERT INTO person_leads (person, lead) VALUES (\(person), \(lead))")
            }
        }
    }

    static func facts(_ agency: String = "council") -> RecordFacts {
        RecordFacts(kind: Law.code("order"), agency: Law.code(agency))
    }

    func read(_ id: ID<Order>, _ actor: Actor, version: Int64? = nil) throws -> OrderFinding {
        try write { try store.read(id, version: version, on: occasion(actor), in: $0) }
    }

    func found(_ id: ID<Order>, _ actor: Actor, version: Int64? = nil) throws -> ShownOrder {
        guard case .found(let order) = try read(id, actor, version: version) else {
            throw Fault("The order was not found")
        }
        return order
    }

    func change(
        _ id: ID<Order>, version: Int64, by actor: Actor = officer,
        _ body: (inout Order) throws(OrderRefusal) -> Void
    ) throws -> Result<Void, OrderStoreRefusal> {
        try write { try store.change(id, version: version, on: occasion(actor), in: $0, body) }
    }

    func list(_ filter: OrderFilter = OrderFilter(), _ actor: Actor = officer) throws -> [OrderItem] {
        try write { try store.list(filter, on: occasion(actor), in: $0).items }
    }

    func count(_ actor: Actor) throws -> Int { try write { try store.count(on: occasion(actor), in: $0) } }

    /// `act outcome code object fields class`, of each entry in order.
    func audit() throws -> [String] {
        try database.read {
            try $0.rows("SELECT * FROM audit_entries ORDER BY seq").map { row in
                let columns = ["act", "outcome", "code", "object_kind", "object_fields", "object_class"]
                return try columns.map { try row.optional($0, as: String.self) ?? "-" }.joined(separator: "|")
            }
        }
    }

    /// What was written in the audit while `body` ran.
    func entries(during body: () throws -> Void) throws -> [String] {
        let before = try audit().count
        try body()
        return Array(try audit().dropFirst(before))
    }
}

extension Result where Success == Void, Failure == OrderStoreRefusal {
    static func == (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.success, .success): true
        case (.failure(let one), .failure(let other)): one == other
        case (.success, .failure), (.failure, .success): false
        }
    }
}
