import Governance
import Kernel
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework

/// What lists and work might tell beside what they show.
@Suite("Lists and work tell no more than the case", .serialized)
struct CaseHintsTests {
    typealias W = CaseWorld
    typealias J = CaseJourney

    @Test("A list does not tell when a child was born by what is due", arguments: TestDatabase.engines)
    func birth(_ engine: Engine) throws {
        let world = try W(engine)
        let child = try J(
            "child-exploitation", in: world, ["child": "Ada"],
            ["referral": ["kinds": "criminal", "why": "Two telephones", "safe-now": "yes"]])
        let person = try #require(try child.view().parties.first?.person)
        // Seventeen and a half before today, 1 June 2026.
        try world.write { _ = try $0.run("UPDATE people SET birth = '2008-11-01' WHERE id = \(person)") }
        try child.fill("voice", ["child": "Leave me out of it"])
        try world.write {
            _ = try $0.run(
                """
                INSERT INTO register_shares (record, agency, from_day, highest, gateway)
                VALUES (\(child.id), 'police', '2026-05-01', 0, 'x')
                """)
        }
        func items(_ actor: Actor, _ filter: CaseFilter = CaseFilter()) throws -> [CaseItem] {
            try world.write { try world.store.list(filter, on: world.occasion(actor), in: $0) }.items
        }
        // Who works on it is told that the plan is late; who sees nothing personal that the referral waits.
        let screening = Deadline(endOf: try #require(LocalDate("2026-06-02"))).at
        #expect(try items(W.officer).map { $0.dueAt.map { $0 < W.now } } == [true])
        #expect(try items(W.police).map(\.dueAt) == [screening])
        var late = CaseFilter()
        late.isLateAt = W.now
        #expect(try items(W.police, late).isEmpty)
    }

    @Test("Someone whose training has lapsed does not read the words of their action in their work")
    func lapsed() throws {
        let world = try W(.sqlite)
        let id = try world.open()
        _ = try world.write {
            try world.store.addAction(
                "Ring Zoë at her mother’s", agency: W.word("police"), owner: W.police.account,
                due: W.today.advanced(by: 3), to: id, on: world.occasion(W.officer), in: $0
            ).get()
        }
        func work(_ actor: Actor) throws -> [WorkItem] {
            try world.write { try world.store.work(on: world.occasion(actor), in: $0) }
        }
        #expect(try work(W.police).count == 1)
        var police = W.police
        police.clearedUntil = W.today.advanced(by: -1)
        #expect(try world.view(id, police).actions.isEmpty && work(police).isEmpty)
    }
}
