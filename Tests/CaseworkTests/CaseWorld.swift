import Files
import Governance
import Instruments
import Kernel
import People
import Rules
import Storage
import TestDatabases

@testable import Casework

/// Cases of a test's own, with the shipped roles, rules, instruments and case types.
struct CaseWorld {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    static let definitions = root + "/Definitions"
    /// Monday 1 June 2026, 10:00 in London.
    static let now = Instant(milliseconds: 1_780_304_400_000)
    static let today = now.ukDate

    let database: Database
    let store: CaseStore
    let people: PersonStore
    private let test: TestDatabase

    init(_ engine: Engine, types: [CaseType]? = nil) throws {
        test = try TestDatabase(
            engine,
            migrations: AuditTables.migrations + AccountTables.migrations + RegisterTables.migrations
                + PeopleTables.migrations
                + CaseTables.migrations)
        database = test.database
        let roles = try RoleCatalogue(DefinitionFile(path: "\(Self.definitions)/roles/default.json"))
        let catalogue =
            if let types { try CaseCatalogue(types) } else {
                try CaseCatalogue(folder: "\(Self.definitions)/case-types")
            }
        store = try CaseStore(
            roles: roles, catalogue: catalogue,
            instruments: try InstrumentCatalogue(folder: "\(Self.definitions)/instruments"),
            policy: try PolicyRules(folder: "\(Self.definitions)/rules", own: nil),
            calendar: try ClockCalendar(folder: "\(Self.definitions)/rules"))
        people = PersonStore(roles: roles)
    }

    static func word<Tag>(_ text: String, _ tag: Tag.Type = Tag.self) -> Code<Tag> {
        guard let code = Code<Tag>(text) else { preconditionFailure("no code: \(text)") }
        return code
    }

    static func account(_ number: Int) -> ID<Account> {
        let digits = String(number)
        guard
            let id = ID<Account>("01890000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
        else { preconditionFailure("no identifier") }
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
            side: side, secondFactorAt: now)
    }

    static let officer = actor(2, "case-officer", teams: ["asb-team"])
    static let colleague = actor(7, "case-officer", teams: ["asb-team"])
    static let supervisor = actor(3, "supervisor", teams: ["asb-team"])
    static let police = actor(4, "case-officer", agency: "police")
    static let chaser = actor(5, "case-officer", side: .perpetrator)
    static let member = actor(6, "member")

    func occasion(_ actor: Actor, at now: Instant = CaseWorld.now) -> Occasion {
        var actor = actor
        actor.secondFactorAt = now.advanced(bySeconds: -60)
        return Occasion(actor, at: now, request: "req")
    }

    func write<Value>(_ body: (Connection) throws -> Value) throws -> Value { try database.write(body) }

    func person(_ given: String, _ family: String, by actor: Actor = CaseWorld.officer) throws -> ID<Person> {
        var details = PersonDetails()
        details[.givenName] = given
        details[.familyName] = family
        return try write {
            try people.create(NewPerson(details, side: .victim), isChecked: true, on: occasion(actor), in: $0).get()
        }
    }

    static func answers(_ given: [String: String]) -> FormAnswers {
        var answers = FormAnswers()
        for (code, text) in given { answers[code] = [text] }
        return answers
    }

    /// An incident as the shipped form asks for it.
    static func incident(_ day: LocalDate = CaseWorld.today, _ what: String = "Shouting under the window") -> NewEntry {
        var entry = NewEntry(word("incident"), answers(["category": "personal", "description": what]))
        entry.happenedOn = day
        entry.evidence = .allegation
        entry.source = "The victim, by telephone"
        return entry
    }

    func open(
        victim: ID<Person>? = nil, heading: String = "Shouting at Elm House", by actor: Actor = CaseWorld.officer,
        incident: NewEntry = CaseWorld.incident(), at now: Instant = CaseWorld.now
    ) throws -> ID<CaseRecord> {
        let victim = try victim ?? person("Zoë", "O’Brien", by: actor)
        let new = NewCase(
            Self.word("asb"), heading: heading, parties: [NewParty(Self.word("victim"), victim)], entries: [incident],
            team: Self.word("asb-team"))
        return try write { try store.open(new, on: occasion(actor, at: now), in: $0).get() }
    }

    func read(_ id: ID<CaseRecord>, _ actor: Actor, at now: Instant = CaseWorld.now) throws -> CaseFinding {
        try write { try store.read(id, on: occasion(actor, at: now), in: $0) }
    }

    /// The case as it is found.
    func view(
        _ id: ID<CaseRecord>, _ actor: Actor = CaseWorld.officer, at now: Instant = CaseWorld.now
    ) throws -> CaseView {
        guard case .found(let view) = try read(id, actor, at: now) else { throw Fault("The case was not found") }
        return view
    }

    func fill(
        _ id: ID<CaseRecord>, _ form: String, _ given: [String: String], on day: LocalDate? = nil,
        correcting old: ID<CaseEntry>? = nil, by actor: Actor = CaseWorld.officer, at now: Instant = CaseWorld.now
    ) throws -> Result<ID<CaseEntry>, CaseRefusal> {
        var entry = NewEntry(Self.word(form), Self.answers(given))
        entry.happenedOn = day
        entry.supersedes = old
        return try write { try store.fill(entry, in: id, on: occasion(actor, at: now), in: $0) }
    }

    func move(
        _ id: ID<CaseRecord>, _ move: String, reason: String? = nil, entry: NewEntry? = nil,
        by actor: Actor = CaseWorld.officer, at now: Instant = CaseWorld.now
    ) throws -> Result<Void, CaseRefusal> {
        let from = try view(id, Self.supervisor).record.state
        return try write {
            try store.move(
                id, by: Self.word(move), from: from, reason: reason, entry: entry, on: occasion(actor, at: now), in: $0)
        }
    }

    /// Assesses with the shipped matrix: the first answer to each question, or the one with most weight.
    func assess(
        _ id: ID<CaseRecord>, highest: Bool = false, judged: (band: Code<RiskBand>, reason: String)? = nil,
        by actor: Actor = CaseWorld.officer, at now: Instant = CaseWorld.now
    ) throws -> Result<CaseAssessment, CaseRefusal> {
        guard let instrument = store.instruments.current(Self.word("asb-risk")) else { throw Fault("no instrument") }
        var given: [Code<RiskQuestion>: Code<RiskAnswer>] = [:]
        for question in instrument.questions {
            let answer =
                highest
                ? question.answers.max { $0.weight < $1.weight } : question.answers.min { $0.weight < $1.weight }
            given[question.code] = answer?.code
        }
        return try write {
            try store.assess(
                id, with: Self.word("asb-risk"), given, judged: judged, on: occasion(actor, at: now), in: $0)
        }
    }

    /// `act outcome code fields class`, of each entry of the audit about cases, in order.
    func audit() throws -> [String] {
        try database.read {
            try $0.rows("SELECT * FROM audit_entries ORDER BY seq").map { row in
                let columns = ["act", "outcome", "code", "object_kind", "object_fields", "object_class"]
                return try columns.map { try row.optional($0, as: String.self) ?? "-" }.joined(separator: "|")
            }
        }
    }
}

extension Result where Failure == CaseRefusal {
    var refusal: CaseRefusal? { if case .failure(let refusal) = self { refusal } else { nil } }
}

extension CaseRefusal {
    /// The questions that have problems.
    var fields: [String] { if case .problems(let problems) = self { problems.map(\.field) } else { [] } }
    /// What the gates say that stop it.
    var gates: [String] { if case .gates(let gates) = self { gates.map(\.says) } else { [] } }
    var isAbsent: Bool { if case .register(.absent) = self { true } else { false } }
}
