import Files
import Kernel
import Storage
import TestDatabases

@testable import Governance
@testable import People

/// A people register of a test's own, with people who work for the council, the police and the haven.
struct PeopleWorld {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    /// 1 June 2026, 10:00 in London.
    static let now = Instant(milliseconds: 1_780_304_400_000)
    static let today = now.ukDate

    let database: Database
    let store: PersonStore
    private let test: TestDatabase

    init(_ engine: Engine) throws {
        test = try TestDatabase(
            engine, migrations: AuditTables.migrations + RegisterTables.migrations + PeopleTables.migrations)
        database = test.database
        store = PersonStore(
            roles: try RoleCatalogue(DefinitionFile(path: "\(Self.root)/Definitions/roles/default.json")))
    }

    static func word<Tag>(_ text: String, _ tag: Tag.Type = Tag.self) -> Code<Tag> {
        guard let code = Code<Tag>(text) else { preconditionFailure("no code: \(text)") }
        return code
    }

    static func account(_ number: Int) -> ID<Account> { id(number, "01890000-0000-7000-8000-") }
    static func person(_ number: Int) -> ID<Person> { id(number, "01890000-0000-7000-9000-") }

    private static func id<Tag>(_ number: Int, _ start: String) -> ID<Tag> {
        let digits = String(number)
        guard let id = ID<Tag>(start + String(repeating: "0", count: 12 - digits.count) + digits) else {
            preconditionFailure("no identifier")
        }
        return id
    }

    static func actor(
        _ number: Int, _ roles: String..., agency: String = "council", teams: [String] = [],
        side: SubjectSide? = .victim, panels: [String] = []
    ) -> Actor {
        Actor(
            kind: .person, account: account(number), name: "Worker \(number)", agency: word(agency),
            teams: Set(teams.map { word($0) }), roles: Set(roles.map { word($0) }),
            panels: panels.map { PanelMembership(panel: word($0), from: today.advanced(by: -100), until: nil) },
            side: side, secondFactorAt: now.advanced(bySeconds: -300))
    }

    static let intake = actor(1, "intake", teams: ["asb-team"])
    static let officer = actor(2, "case-officer", teams: ["asb-team"])
    static let supervisor = actor(3, "supervisor", teams: ["asb-team"])
    static let police = actor(4, "case-officer", agency: "police", side: nil)
    static let chaser = actor(5, "case-officer", side: .perpetrator)
    static let member = actor(6, "member")

    func occasion(_ actor: Actor, at now: Instant = PeopleWorld.now) -> Occasion {
        var actor = actor
        if now > Self.now { actor.secondFactorAt = now.advanced(bySeconds: -60) }
        return Occasion(actor, at: now, request: "req")
    }

    static func details(
        _ given: String, _ family: String, others: String? = nil, birth: String? = nil, phone: String? = nil,
        address: String? = nil, needs: String? = nil
    ) -> PersonDetails {
        var details = PersonDetails()
        details[.givenName] = given
        details[.familyName] = family
        details[.otherNames] = others
        details[.birth] = birth
        details[.phone] = phone
        details[.address] = address
        details[.needs] = needs
        return details
    }

    /// A person with everything filled in that the intake worker may write.
    static let whole = details(
        "Zoë", "O’Brien", others: "Zee", birth: "1984-03-02", phone: "07700 900123",
        address: "1 High Street\nObbwade", needs: "Signs BSL")

    func make(
        _ new: NewPerson, by actor: Actor = PeopleWorld.intake
    ) throws -> ID<Person> {
        try write { try store.create(new, isChecked: true, on: occasion(actor), in: $0).get() }
    }

    /// Puts a person into the tables as they are, without asking the policy.
    func put(_ id: ID<Person>, _ details: PersonDetails, _ facts: RecordFacts, _ secrecy: AddressSecrecy) throws {
        try write { connection in
            var entry = RegisterEntry(ID(id), facts, title: details.name, titleClass: .p1)
            entry.version = 1
            try RegisterRows.insert(entry, in: connection)
            try PersonRows.insert(
                PersonRow(
                    id: id, details: details, secrecy: secrecy, version: 1, changedAt: Self.now,
                    changedBy: Self.account(1)), in: connection)
            for glass in facts.glasses {
                try GlassRows.insert(
                    BrokenGlass(
                        id: ID(at: Self.now), record: entry.id, account: glass.account, agency: Self.word("council"),
                        owningAgency: facts.agency, category: .other, reason: "a reason of the test's own",
                        at: Self.now, until: glass.until, reviewBy: Self.today), in: connection)
            }
        }
    }

    func read(
        _ id: ID<Person>, _ actor: Actor, reason: String? = nil, at now: Instant = PeopleWorld.now
    ) throws -> PersonFinding {
        try write { try store.read(id, reason: reason, on: occasion(actor, at: now), in: $0) }
    }

    /// The person as they are found.
    func found(_ id: ID<Person>, _ actor: Actor, at now: Instant = PeopleWorld.now) throws -> Person {
        guard case .found(let person) = try read(id, actor, at: now) else { throw Fault("The person was not found") }
        return person
    }

    func search(_ text: String, _ actor: Actor, reason: String? = nil) throws -> PeoplePage {
        try write { try store.search(text, reason: reason, on: occasion(actor), in: $0) }
    }

    func names(_ text: String, _ actor: Actor = PeopleWorld.intake) throws -> [String] {
        try search(text, actor).items.compactMap(\.name)
    }

    func write<Value>(_ body: (Connection) throws -> Value) throws -> Value { try database.write(body) }

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
