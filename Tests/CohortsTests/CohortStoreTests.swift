import Casework
import Enforcement
import Files
import Governance
import Instruments
import Kernel
import People
import Rules
import Storage
import TestDatabases
import Testing

@testable import Cohorts

@Suite("Monthly figures of cohorts, kept", .serialized)
struct CohortStoreTests {
    typealias W = CohortWords

    private struct World {
        let test: TestDatabase
        let store: CohortStore
        let people: PersonStore

        init(_ engine: Engine) throws {
            test = try TestDatabase(
                engine,
                migrations: AuditTables.migrations + AccountTables.migrations + RegisterTables.migrations
                    + PeopleTables.migrations
                    + CaseTables.migrations + OrderTables.migrations + CohortTables.migrations)
            let roles = try RoleCatalogue(DefinitionFile(path: "\(W.definitions)/roles/default.json"))
            let types = try CaseCatalogue(folder: "\(W.definitions)/case-types")
            let cases = try CaseStore(
                roles: roles, catalogue: types,
                instruments: InstrumentCatalogue(folder: "\(W.definitions)/instruments"), policy: W.policy(),
                calendar: ClockCalendar(folder: "\(W.definitions)/rules"))
            let rules = try W.policy()
            let law = OrderLaw(
                types: try OrderTypes(folder: "\(W.definitions)/order-types", rules: rules), rules: rules,
                calendar: try ClockCalendar(folder: "\(W.definitions)/rules"))
            store = CohortStore(
                try CohortCatalogue(folder: "\(W.definitions)/cohorts", types: types), cases: cases,
                orders: OrderStore(roles: roles, law: law))
            people = PersonStore(roles: roles)
        }

        func occasion(_ role: String, _ day: String = "2026-11-03") -> Occasion {
            let at = Instant(W.day(day), hour: 10, minute: 0)
            guard let account = ID<Account>("01890000-0000-7000-8000-000000000001") else { preconditionFailure() }
            let actor = Actor(
                kind: .person, account: account, name: "Asha Nair", agency: W.code("probation"), roles: [W.code(role)],
                side: .perpetrator, secondFactorAt: at)
            return Occasion(actor, at: at, request: "test")
        }

        func keep(_ month: String, by role: String = "analyst", on day: String = "2026-11-03") throws -> Result<
            CohortSnapshot, CohortRefusal
        > {
            try test.database.write {
                try store.keep(W.code("offender-management"), for: W.month(month), on: occasion(role, day), in: $0)
            }
        }

        func snapshots(by role: String = "member") throws -> [CohortSnapshot] {
            try test.database.write {
                try store.snapshots(of: W.code("offender-management"), on: occasion(role), in: $0).get()
            }
        }

        /// A person's record.
        func record() throws -> ID<Person> {
            try test.database.write { connection in
                var details = PersonDetails()
                details[.givenName] = "Craig"
                details[.familyName] = "Sutter"
                return try people.create(
                    NewPerson(details, side: .perpetrator), isChecked: true,
                    on: occasion("case-officer", "2026-03-05"), in: connection
                ).get()
            }
        }

        /// A nomination.
        @discardableResult
        func nominate(_ person: ID<Person>? = nil, on day: String = "2026-10-05") throws -> ID<CaseRecord> {
            let person = try person ?? record()
            return try test.database.write { connection in
                var answers = FormAnswers()
                for (code, text) in ["cohort": "fixed", "why": "Nine thefts since May", "status": "licence"] {
                    answers[code] = [text]
                }
                var entry = NewEntry(W.code("nomination"), answers)
                entry.happenedOn = W.day(day).advanced(by: -1)
                entry.evidence = .fact
                entry.source = "Police records"
                return try store.cases.open(
                    NewCase(
                        W.code("offender-management"), heading: "Craig",
                        parties: [NewParty(W.code("person"), person)], entries: [entry]),
                    on: occasion("case-officer", day), in: connection
                ).get()
            }
        }

        /// Puts someone on the caseload on a day, without the course of their case.
        func select(_ id: ID<CaseRecord>, on day: String) throws {
            try test.database.write { connection in
                try connection.run(
                    """
                    INSERT INTO case_moves (id, case_id, ordinal, move, from_state, to_state, passed_gates, made_by,
                        made_at)
                    VALUES (\(ID<CaseMoveMade>(at: Instant(W.day(day), hour: 9, minute: 0))), \(id), 1, 'select', 'nominated',
                        'selected', '', 'x', \(Instant(W.day(day), hour: 9, minute: 0)))
                    """)
            }
        }

        /// An order against someone that was breached at a moment, and how far the breach has come.
        @discardableResult
        func breach(
            _ type: String, _ person: ID<Person>, _ at: String, _ stage: OrderBreach.Stage?
        ) throws -> ID<Order> {
            try test.database.write { connection in
                let at = Instant(W.day(at), hour: 8, minute: 0)
                let draft = Order(
                    W.code(type), subject: .person(ID(person)), name: "Craig Sutter", born: W.day("1990-01-01"),
                    applicant: W.code("probation"), maker: type == "cbo" ? "prosecutor" : "police")
                let officer = occasion("case-officer", "2026-10-20")
                let id = try store.orders.create(draft, on: officer, in: connection).get()
                let made = Instant(W.day("2026-01-05"), hour: 9, minute: 0)
                try store.orders.change(id, version: 1, on: officer, in: connection) { order throws(OrderRefusal) in
                    try order.goOn(
                        without: UnassessedStep(.authorised, reason: "A test", at: made, by: officer.actor.account),
                        store.orders.law)
                    try order.authorise(by: "Prosecutor", at: made, store.orders.law)
                    try order.setHearing(at: made, court: "Crown Court", enteredAt: made, store.orders.law)
                    try order.make(at: made, to: nil, store.orders.law)
                    try order.enter(
                        OrderBreach(at: at, what: "W", evidence: "E", stage: stage, enteredAt: officer.now),
                        store.orders.law)
                }.get()
                return id
            }
        }

        func count(_ month: String, by role: String = "analyst", on day: String = "2026-11-03") throws -> Result<
            CohortFigures, CohortRefusal
        > {
            try test.database.write {
                try store.count(W.code("offender-management"), for: W.month(month), on: occasion(role, day), in: $0)
            }
        }
    }

    @Test("A history holds what was chosen and no text that someone wrote", arguments: TestDatabase.engines)
    func histories(_ engine: Engine) throws {
        let world = try World(engine)
        try world.nominate()
        let found = try world.test.database.write {
            try world.store.cases.histories(
                of: W.code("offender-management"), on: world.occasion("analyst"), in: $0
            ).get()
        }
        let history = try #require(found.first)
        #expect(found.count == 1 && history.openedOn == W.day("2026-10-05"))
        #expect(history.moves == [CaseHistory.Move(W.code("nominated"), W.day("2026-10-05"))])
        #expect(
            history.entries == [
                CaseHistory.Entry(
                    W.code("nomination"), W.day("2026-10-04"), ["cohort": ["fixed"], "status": ["licence"]])
            ])
        // Who may count their own agency's cases alone counts none of the partnership's.
        for role in ["case-officer", "supervisor", "panel-member", "member", "auditor"] {
            let refused = try world.test.database.write {
                try world.store.cases.histories(
                    of: W.code("offender-management"), on: world.occasion(role), in: $0)
            }
            #expect(throws: RegisterRefusal.self, "\(role)") { try refused.get() }
        }
    }

    @Test("A month is kept once, when it is over, by an analyst, and never changes", arguments: TestDatabase.engines)
    func kept(_ engine: Engine) throws {
        let world = try World(engine)
        #expect(try world.keep("2026-11").failure == .monthNotOver)
        #expect(try world.keep("2026-10", on: "2026-10-31").failure == .monthNotOver)
        let made = try world.keep("2026-10", on: "2026-11-01").get()
        #expect(made.figures.caseload == 0 && made.definition.count == 64)
        try world.nominate()
        #expect(try world.keep("2026-10").failure == .keptAlready)
        #expect(try world.snapshots() == [made])
        for role in ["member", "case-officer", "supervisor", "panel-chair", "strategy-lead", "administrator"] {
            #expect(try world.keep("2026-09", by: role).failure?.isDenied == true, "\(role)")
        }
        #expect(throws: (any Error).self) {
            try world.test.database.write { try $0.run("UPDATE cohort_snapshots SET figures = '{}'") }
        }
        #expect(throws: (any Error).self) {
            try world.test.database.write { try $0.run("DELETE FROM cohort_snapshots") }
        }
        #expect(try world.snapshots(by: "supervisor") == [made])
    }

    @Test(
        "The month that is over last is kept by itself, once, where someone was in the cohort",
        arguments: TestDatabase.engines)
    func byItself(_ engine: Engine) throws {
        let world = try World(engine)
        func keepLast(_ day: String) throws -> Int {
            try world.test.database.write {
                try world.store.keepLastMonth(at: Instant(W.day(day), hour: 3, minute: 0), in: $0)
            }
        }
        #expect(try keepLast("2026-11-01") == 0)
        // Nominated on 5 October 2026: September had nobody, October and November have one.
        try world.nominate()
        #expect(try keepLast("2026-10-31") == 0)
        #expect(try keepLast("2026-11-01") == 1 && keepLast("2026-11-01") == 0 && keepLast("2026-11-30") == 0)
        let kept = try world.snapshots()
        #expect(kept.map(\.figures.month.description) == ["2026-10"] && kept.map(\.madeByName) == ["Concord"])
        #expect(try keepLast("2026-12-01") == 1)
        #expect(try world.keep("2026-11", on: "2026-12-02").failure == .keptAlready)
    }
}

extension CohortStoreTests {
    /// Taken on on 10 March 2026, so that the six months end on 10 September, within the twelve to October.
    @Test(
        "Breaches that are offences count for the person, whichever of their records the order names",
        arguments: TestDatabase.engines)
    func breaches(_ engine: Engine) throws {
        let world = try World(engine)
        let (person, other, stranger) = (try world.record(), try world.record(), try world.record())
        try world.select(world.nominate(person, on: "2026-03-06"), on: "2026-03-10")
        func after() throws -> [Int?] {
            let figures = try world.count("2026-10").get()
            #expect(figures.notOffended.of == 1)
            return [figures.offencesAfter, figures.breachesAfter]
        }
        #expect(try after() == [0, 0])
        try world.breach("cbo", person, "2026-05-01", .charged)
        #expect(try after() == [1, 1])
        // No outcome yet, dropped, contempt, another person, and after the six months.
        try world.breach("cbo", person, "2026-05-02", nil)
        try world.breach("cbo", person, "2026-05-03", .notProved)
        try world.breach("injunction", person, "2026-05-04", .admitted)
        try world.breach("cbo", stranger, "2026-05-05", .convicted)
        try world.breach("cbo", person, "2026-09-11", .convicted)
        // By one act at the same moment two orders were breached.
        try world.breach("cbo", person, "2026-05-01", .convicted)
        #expect(try after() == [1, 1])
        // A record that nobody put together with theirs yet, then it is.
        try world.breach("cbo", other, "2026-06-01", .admitted)
        #expect(try after() == [1, 1])
        try world.test.database.write { connection in
            let supervisor = world.occasion("supervisor", "2026-10-21")
            var proposer = world.occasion("case-officer", "2026-10-21").actor
            proposer.account = ID(at: supervisor.now)
            let merge = try world.people.proposeMerge(
                of: other, into: person, choices: [], reason: "The same",
                on: Occasion(proposer, at: supervisor.now, request: "test"), in: connection
            ).get()
            let holds = try world.people.confirmMerge(merge, reason: "Yes", on: supervisor, in: connection).get()
            #expect(holds)
        }
        #expect(try after() == [2, 2])
        // By itself the partnership counts the same.
        _ = try world.test.database.write {
            try world.store.keepLastMonth(at: Instant(W.day("2026-11-01"), hour: 3, minute: 0), in: $0)
        }
        let kept = try #require(try world.snapshots().first { $0.figures.month == W.month("2026-10") })
        #expect(kept.figures.offencesAfter == 2 && kept.figures.breachesAfter == 2)
        // What comes to light later changes the count of today, and not what was kept.
        try world.breach("cbo", person, "2026-07-01", .convicted)
        #expect(try after() == [3, 3])
        #expect(try world.snapshots().first { $0.figures.month == W.month("2026-10") } == kept)
    }

    @Test("Restricted and sealed orders are left out, as such cases are", arguments: TestDatabase.engines)
    func restricted(_ engine: Engine) throws {
        let world = try World(engine)
        let person = try world.record()
        try world.select(world.nominate(person, on: "2026-03-06"), on: "2026-03-10")
        for (number, recordClass) in ["normal", "protected", "restricted", "sealed"].enumerated() {
            let order = try world.breach("cbo", person, "2026-05-0\(number + 1)", .charged)
            try world.test.database.write {
                try $0.run("UPDATE register_records SET class = \(recordClass) WHERE id = \(order)")
            }
        }
        #expect(try world.count("2026-10").get().breachesAfter == 2)
        // Who may not count the partnership's records counts no orders either.
        for role in ["case-officer", "supervisor", "member"] {
            #expect(try world.count("2026-10", by: role).failure != nil, "\(role)")
        }
    }

    @Test("Two cases of one person, of two records put together, are one person", arguments: TestDatabase.engines)
    func twoCases(_ engine: Engine) throws {
        let world = try World(engine)
        let (person, other) = (try world.record(), try world.record())
        try world.select(world.nominate(person, on: "2026-03-06"), on: "2026-03-10")
        try world.select(world.nominate(other, on: "2026-03-06"), on: "2026-03-12")
        #expect(try world.count("2026-10").get().managed == 2)
        try world.test.database.write { connection in
            let at = Instant(W.day("2026-10-21"), hour: 9, minute: 0)
            try connection.run(
                """
                INSERT INTO person_merges (id, lead, other, reason, choices, proposed_by, proposed_at, merged_at)
                VALUES (\(ID<PersonMerge>(at: at)), \(person), \(other), 'The same', '', 'x', \(at), \(at))
                """)
        }
        let figures = try world.count("2026-10").get()
        #expect(figures.managed == 1 && figures.caseload == 1 && figures.notOffended.of == 1)
        #expect(figures.takenInYear == 1)
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}

extension CohortRefusal {
    fileprivate var isDenied: Bool { if case .denied = self { true } else { false } }
}
