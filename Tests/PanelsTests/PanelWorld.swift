import Casework
import Files
import Governance
import Instruments
import Kernel
import People
import Rules
import Storage
import TestDatabases

@testable import Panels

/// Panels of a test's own, on the shipped roles, rules, case types and kinds of panel and the partnership of the
/// demonstration.
struct PanelWorld {
    typealias W = PanelWords
    static let definitions = PanelTypeTests.definitions
    /// Monday 1 June 2026, 10:00 in London.
    static let now = Instant(milliseconds: 1_780_304_400_000)
    static let today = now.ukDate
    /// Tuesday 16 June 2026, 10:00 in London: eleven working days later.
    static let meetingStart = now.advanced(bySeconds: 15 * 86_400)

    let database: Database
    let cases: CaseStore
    let people: PersonStore
    let store: PanelStore
    private let test: TestDatabase

    init(
        _ engine: Engine, rules own: String? = nil, identity: PersonIdentity = PersonIdentity()
    ) throws {
        test = try TestDatabase(
            engine,
            migrations: AuditTables.migrations + AccountTables.migrations + RegisterTables.migrations
                + PeopleTables.migrations
                + CaseTables.migrations + PanelTables.migrations)
        database = test.database
        let roles = try RoleCatalogue(DefinitionFile(path: "\(Self.definitions)/roles/default.json"))
        var files = [try DefinitionFile(path: "\(Self.definitions)/rules/default.json")]
        if let own { files.append(try DefinitionFile(bytes: Array(own.utf8), path: "own.json")) }
        cases = try CaseStore(
            roles: roles,
            catalogue: try CaseCatalogue(folder: "\(Self.definitions)/case-types", with: [W.word("channel")]),
            instruments: try InstrumentCatalogue(folder: "\(Self.definitions)/instruments"),
            policy: try PolicyRules(files), calendar: try ClockCalendar(folder: "\(Self.definitions)/rules"))
        people = PersonStore(roles: roles)
        store = try PanelStore(
            cases: cases,
            partnership: try PartnershipDefinition(
                DefinitionFile(path: "\(Self.definitions)/partnerships/demo/partnership.json")),
            catalogue: try PanelTypeTests.shipped(), identity: identity)
    }

    // MARK: - People

    static func actor(
        _ number: Int, _ roles: String..., agency: String, side: SubjectSide? = .victim, panels: [String] = ["marac"]
    ) -> Actor {
        Actor(
            kind: .person, account: W.id(number), name: "Worker \(number)", agency: W.word(agency),
            roles: Set(roles.map { W.word($0) }),
            panels: panels.map { PanelMembership(panel: W.word($0), from: today.advanced(by: -100), until: nil) },
            side: side, secondFactorAt: now)
    }

    /// Holds the case and sits on no panel.
    static let officer = actor(1, "case-officer", agency: "council", panels: [])
    static let coordinator = actor(2, "panel-coordinator", agency: "police")
    static let chair = actor(3, "panel-chair", agency: "police")
    static let health = actor(4, "panel-member", "case-officer", agency: "health")
    static let haven = actor(5, "panel-member", "advocate", agency: "haven")
    /// Works with people who harm.
    static let probation = actor(6, "panel-member", "case-officer", agency: "probation", side: .perpetrator)
    static let council = actor(7, "panel-member", agency: "council")
    /// Of an agency that sits on other panels.
    static let fire = actor(8, "panel-member", agency: "fire", panels: ["community-marac"])
    static let everyone = [officer, coordinator, chair, health, haven, probation, council, fire]
    static let members = [coordinator, chair, health, haven, probation, council]

    func occasion(_ actor: Actor, at now: Instant = PanelWorld.now) -> Occasion {
        var actor = actor
        actor.secondFactorAt = now.advanced(bySeconds: -60)
        return Occasion(actor, at: now, request: "req")
    }

    func write<Value>(_ body: (Connection) throws -> Value) throws -> Value { try database.write(body) }

    /// Something done by someone at a time.
    func by<Value>(
        _ actor: Actor, at now: Instant = PanelWorld.now, _ body: (PanelStore, Occasion, Connection) throws -> Value
    ) throws -> Value {
        try write { try body(store, occasion(actor, at: now), $0) }
    }

    func person(_ given: String, side: SubjectSide, by actor: Actor = PanelWorld.officer) throws -> ID<Person> {
        var details = PersonDetails()
        details[.givenName] = given
        details[.familyName] = "O’Neil"
        return try write {
            try people.create(NewPerson(details, side: side), isChecked: true, on: occasion(actor), in: $0).get()
        }
    }

    // MARK: - Cases

    struct Pair {
        let caseID: ID<CaseRecord>
        let victim: ID<Person>
        let perpetrator: ID<Person>
    }

    /// A case of the domestic abuse MARAC.
    func pair(
        victim: ID<Person>? = nil, perpetrator: ID<Person>? = nil, by actor: Actor = PanelWorld.officer,
        at now: Instant = PanelWorld.now
    ) throws -> Pair {
        let victim = try victim ?? person("Zoë", side: .victim, by: actor)
        let perpetrator = try perpetrator ?? person("Mark", side: .perpetrator, by: actor)
        var answers = FormAnswers()
        for (code, text) in ["route": "judgement", "why": "She is afraid", "immediate": "no", "aware": "yes"] {
            answers[code] = [text]
        }
        var entry = NewEntry(W.word("referral"), answers)
        entry.happenedOn = now.ukDate
        let new = NewCase(
            W.word("marac"), heading: "Elm House",
            parties: [
                NewParty(W.word("victim"), victim), NewParty(W.word("perpetrator"), perpetrator),
            ], entries: [entry])
        let id = try write { try cases.open(new, on: occasion(actor, at: now), in: $0).get() }
        return Pair(caseID: id, victim: victim, perpetrator: perpetrator)
    }

    func refer(
        _ pair: Pair, happenedOn: LocalDate? = nil, criminal: Bool = false, isEmergency: Bool = false,
        by actor: Actor = PanelWorld.officer, at now: Instant = PanelWorld.now
    ) throws -> ID<PanelReferral> {
        let new = NewReferral(
            pair.caseID, to: W.word("marac"), W.word("judgement"), why: "Her new address is known to him",
            isEmergency: isEmergency,
            pair: ReferredPair(
                victim: pair.victim, perpetrator: pair.perpetrator, happenedOn: happenedOn ?? now.ukDate,
                isCriminal: criminal))
        return try by(actor, at: now) { try $0.refer(new, on: $1, in: $2).get().id }
    }

    func accepted(_ pair: Pair, happenedOn: LocalDate? = nil, at now: Instant = PanelWorld.now) throws -> ID<
        PanelReferral
    > {
        let id = try refer(pair, happenedOn: happenedOn, at: now)
        try by(Self.coordinator, at: now) { try $0.answer(id, .accept, on: $1, in: $2).get() }
        return id
    }

    /// Says which level the case's risk has.
    func assess(_ id: ID<CaseRecord>, _ band: String?) throws {
        try write { _ = try $0.run("UPDATE cases SET band = \(band) WHERE id = \(id)") }
    }

    /// The reasons that the audit has for acts on a record, the oldest first.
    func reasons<Tag>(_ id: ID<Tag>) throws -> [String] {
        try write {
            try $0.rows(
                "SELECT reason FROM audit_entries WHERE object_id = \(id.text) AND reason IS NOT NULL ORDER BY seq"
            ).map { try $0.get("reason") }
        }
    }

    // MARK: - Meetings

    func call(
        by actor: Actor = PanelWorld.coordinator, panel: String = "marac",
        from start: Instant = PanelWorld.meetingStart,
        at now: Instant = PanelWorld.now
    ) throws -> ID<PanelMeeting> {
        try by(actor, at: now) {
            try $0.call(
                NewMeeting(W.word(panel), from: start, to: start.advanced(bySeconds: 7200)), on: $1, in: $2
            ).get()
        }
    }

    func accept(_ meeting: ID<PanelMeeting>, _ actors: [Actor] = PanelWorld.members, at now: Instant = PanelWorld.now)
        throws
    {
        for actor in actors {
            try by(actor, at: now) { try $0.acceptConfidentiality(for: meeting, on: $1, in: $2).get() }
        }
    }

    func list(
        _ referral: ID<PanelReferral>, on meeting: ID<PanelMeeting>, agencies: [String] = [],
        at now: Instant = PanelWorld.now
    ) throws -> ID<AgendaItem> {
        var new = NewItem()
        new.agencies = Set(agencies.map { W.word($0) })
        return try by(Self.coordinator, at: now) { try $0.list(referral, on: meeting, new, on: $1, in: $2).get() }
    }

    @discardableResult
    func step(
        _ step: MeetingStep, _ meeting: ID<PanelMeeting>, reason: String? = nil,
        by actor: Actor = PanelWorld.coordinator,
        at now: Instant = PanelWorld.meetingStart
    ) throws -> Result<MeetingState, PanelRefusal> {
        try by(actor, at: now) { try $0.step(step, of: meeting, reason: reason, on: $1, in: $2) }
    }

    /// A meeting in session that everyone attends, with these cases listed.
    func session(_ pairs: [Pair], from start: Instant = PanelWorld.meetingStart, called: Instant = PanelWorld.now)
        throws
        -> (meeting: ID<PanelMeeting>, items: [ID<AgendaItem>])
    {
        let meeting = try call(from: start, at: called)
        let items = try pairs.map { try list(accepted($0, at: called), on: meeting, at: called) }
        try begin(meeting, at: start)
        return (meeting, items)
    }

    func begin(_ meeting: ID<PanelMeeting>, at start: Instant = PanelWorld.meetingStart) throws {
        try accept(meeting, at: start)
        for step in [MeetingStep.publishAgenda, .closeResearch] { _ = try self.step(step, meeting, at: start).get() }
        for actor in Self.members {
            try by(Self.coordinator, at: start) {
                try $0.record(.present, of: actor.account, from: actor.agency, at: meeting, on: $1, in: $2).get()
            }
        }
        _ = try step(.begin, meeting, at: start).get()
    }

    func decide(
        _ item: ID<AgendaItem>, noAction: String? = "Everything is in place", by actor: Actor = PanelWorld.coordinator,
        at now: Instant = PanelWorld.meetingStart
    ) throws {
        try by(actor, at: now) {
            try $0.decide(
                ItemDecision("A plan was agreed", riskBefore: "high", riskAfter: "medium", noAction: noAction),
                on: item,
                on: $1, in: $2
            ).get()
        }
    }

    func approve(_ meeting: ID<PanelMeeting>, at now: Instant = PanelWorld.meetingStart) throws {
        _ = try step(.draft, meeting, at: now).get()
        _ = try step(.approve, meeting, by: Self.chair, at: now).get()
    }

    func addAction(
        _ text: String, to item: ID<AgendaItem>, owner: Actor, due: LocalDate, at now: Instant = PanelWorld.meetingStart
    ) throws -> ID<PanelAction> {
        try by(Self.coordinator, at: now) {
            try $0.addAction(
                NewPanelAction(
                    text, agency: owner.agency, owner: owner.account, due: due, riskFactor: "He has her keys"),
                to: item, on: $1, in: $2
            ).get()
        }
    }

    func agenda(
        _ meeting: ID<PanelMeeting>, _ actor: Actor, at now: Instant = PanelWorld.now
    ) throws -> AgendaView? {
        try by(actor, at: now) { try $0.agenda(of: meeting, on: $1, in: $2) }
    }

    func reads(_ id: ID<CaseRecord>, _ actor: Actor, at now: Instant = PanelWorld.now) throws -> Bool {
        let found = try write { try cases.read(id, on: occasion(actor, at: now), in: $0) }
        if case .found = found { return true }
        return false
    }

    func names(_ id: ID<Person>, _ actor: Actor, at now: Instant = PanelWorld.now) throws -> Bool {
        try write { try !people.items([id], on: occasion(actor, at: now), in: $0).isEmpty }
    }
}

extension Result where Failure == PanelRefusal {
    var refusal: PanelRefusal? { if case .failure(let refusal) = self { refusal } else { nil } }
}

extension PanelRefusal {
    var isAbsent: Bool { if case .register(.absent) = self { true } else { false } }
    var isDenied: Bool { if case .register(.denied) = self { true } else { false } }
    var fields: [String] { if case .problems(let problems) = self { problems.map(\.field) } else { [] } }
    var stop: MeetingGuard? { if case .stopped(let stop) = self { stop } else { nil } }
}

/// A day of the world: so many days after the first.
func after(_ days: Int) -> Instant { PanelWorld.now.advanced(bySeconds: Int64(days) * 86_400) }
