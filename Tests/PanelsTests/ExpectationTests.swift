import Casework
import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@testable import Panels

/// What a panel expects in a case before it hears it.
@Suite struct ExpectationTests {
    typealias W = PanelWords

    private struct Heard {
        let world: PanelWorld
        let id: ID<CaseRecord>
        let expected: PanelExpectation

        init(_ engine: Engine) throws {
            world = try PanelWorld(engine)
            let pair = try world.pair()
            id = pair.caseID
            let meeting = try world.call()
            try world.accept(meeting)
            _ = try world.list(world.accepted(pair), on: meeting)
            let panel = world.store.panel(W.word("marac"), for: PanelWorld.coordinator, on: PanelWorld.today)
            expected = try #require(panel?.type.expected.first)
        }

        func isMissing(_ actor: Actor = PanelWorld.health, in other: ID<CaseRecord>? = nil) throws -> Bool {
            try world.by(actor) { try $0.isMissing(expected, in: other ?? id, on: $1, in: $2) }
        }

        @discardableResult
        func contact(
            reached: String, _ handling: EntryHandling, in place: ID<CaseEntry>? = nil
        ) throws -> ID<CaseEntry> {
            var answers = FormAnswers()
            answers["advocate"] = ["Jo"]
            answers["reached"] = [reached]
            var entry = NewEntry(expected.form, answers)
            entry.happenedOn = PanelWorld.today
            entry.handling = handling
            entry.supersedes = place
            return try world.write {
                try world.cases.fill(entry, in: id, on: world.occasion(PanelWorld.officer), in: $0).get()
            }
        }

        /// How many entries the audit has.
        func audited() throws -> Int {
            try world.write { try $0.first("SELECT COUNT(*) AS n FROM audit_entries")?.get("n") ?? -1 }
        }
    }

    @Test(
        "What an agency keeps to itself is there for everyone, until it is corrected", arguments: TestDatabase.engines)
    func kept(_ engine: Engine) throws {
        let heard = try Heard(engine)
        #expect(try heard.isMissing() && heard.isMissing(PanelWorld.officer))
        let first = try heard.contact(reached: "no", .ownAgency)
        #expect(try heard.isMissing() && heard.isMissing(PanelWorld.officer))
        let second = try heard.contact(reached: "yes", .ownAgency, in: first)
        #expect(try !heard.isMissing() && !heard.isMissing(PanelWorld.officer))
        try heard.contact(reached: "no", .ownAgency, in: second)
        #expect(try heard.isMissing() && heard.isMissing(PanelWorld.officer))
        try heard.contact(reached: "yes", .general)
        #expect(try !heard.isMissing())
    }

    @Test("Who may not read the case is told nothing, and it leaves no trace", arguments: TestDatabase.engines)
    func unread(_ engine: Engine) throws {
        let heard = try Heard(engine)
        let before = try heard.audited()
        #expect(try !heard.isMissing(PanelWorld.fire) && !heard.isMissing(in: W.id(99)))
        #expect(try heard.audited() == before)
        #expect(try heard.isMissing() && heard.audited() == before + 1)
    }
}
