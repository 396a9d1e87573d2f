import Casework
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
                migrations: AuditTables.migrations + RegisterTables.migrations + PeopleTables.migrations
                    + CaseTables.migrations + CohortTables.migrations)
            let roles = try RoleCatalogue(DefinitionFile(path: "\(W.definitions)/roles/default.json"))
            let types = try CaseCatalogue(folder: "\(W.definitions)/case-types")
            let cases = try CaseStore(
                roles: roles, catalogue: types,
                instruments: InstrumentCatalogue(folder: "\(W.definitions)/instruments"), policy: W.policy(),
                calendar: ClockCalendar(folder: "\(W.definitions)/rules"))
            store = CohortStore(
                try CohortCatalogue(folder: "\(W.definitions)/cohorts", types: types), cases: cases)
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

        /// A nomination.
        func nominate() throws {
            try test.database.write { connection in
                let occasion = occasion("case-officer", "2026-10-05")
                var details = PersonDetails()
                details[.givenName] = "Craig"
                details[.familyName] = "Sutter"
                let person = try people.create(
                    NewPerson(details, side: .perpetrator), isChecked: true, on: occasion, in: connection
                ).get()
                var answers = FormAnswers()
                for (code, text) in ["cohort": "fixed", "why": "Nine thefts since May", "status": "licence"] {
                    answers[code] = [text]
                }
                var entry = NewEntry(W.code("nomination"), answers)
                entry.happenedOn = W.day("2026-10-04")
                entry.evidence = .fact
                entry.source = "Police records"
                _ = try store.cases.open(
                    NewCase(
                        W.code("offender-management"), heading: "Craig",
                        parties: [NewParty(W.code("person"), person)], entries: [entry]), on: occasion, in: connection
                ).get()
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

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}

extension CohortRefusal {
    fileprivate var isDenied: Bool { if case .denied = self { true } else { false } }
}
