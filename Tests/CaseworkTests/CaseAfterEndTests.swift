import Files
import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

/// What can still be done with a case that is over: casework.md §2.3, a closing is contested once within 28 days, by a
/// supervisor's review; a new incident within twelve months opens the case again.
@Suite("Cases that are over")
struct CaseAfterEndTests {
    private typealias W = CaseWorld
    private static let answer = ["reason": "We looked again at the diary", "told": "yes"]

    /// A case that was closed on 1 June 2026.
    private func closed(_ world: W) throws -> ID<CaseRecord> {
        let id = try world.open()
        let closing = [
            "outcome": "resolved", "reason": "It has ended", "notice-sent": "2026-06-01", "reopen-told": "yes",
            "review-told": "yes",
        ]
        let entry = NewEntry(W.word("closing"), W.answers(closing))
        try world.move(id, "begin-closing", reason: "She agrees", entry: entry).get()
        try world.move(id, "close").get()
        return id
    }

    private static func noon(_ day: LocalDate) -> Instant { Instant(day, hour: 12, minute: 0) }

    private static func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    private func challenge(
        _ id: ID<CaseRecord>, _ world: W, on text: String, late: String? = nil
    ) throws -> Result<ID<CaseEntry>, CaseRefusal> {
        let day = try Self.day(text)
        var given = ["why": "The noise went on last night"]
        if let late { given["late"] = late }
        return try world.fill(id, "challenge", given, on: day, at: Self.noon(day))
    }

    private func decide(
        _ id: ID<CaseRecord>, _ world: W, _ move: String, by actor: Actor, on text: String
    ) throws -> Result<Void, CaseRefusal> {
        let entry = NewEntry(W.word("challenge-answer"), W.answers(Self.answer))
        return try world.move(id, move, entry: entry, by: actor, at: Self.noon(try Self.day(text)))
    }

    @Test("A closing is challenged within 28 days, once, or with a reason later", arguments: TestDatabase.engines)
    func window(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        #expect(try challenge(id, world, on: "2026-06-01").refusal?.fields == ["happened-on"])
        let first = try closed(world)
        #expect(try challenge(first, world, on: "2026-06-30").refusal?.fields == ["late"])
        _ = try challenge(first, world, on: "2026-06-29").get()
        #expect(try challenge(first, world, on: "2026-06-29").refusal?.fields == ["happened-on"])
        let second = try closed(world)
        _ = try challenge(second, world, on: "2026-06-30", late: "She was in hospital").get()
        #expect(try world.view(second).entries(of: W.word("challenge")).count == 1)
    }

    @Test(
        "The challenge waits ten working days for a supervisor, though the case is over",
        arguments: TestDatabase.engines)
    func clock(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try closed(world)
        #expect(try world.view(id).clocks.allSatisfy { !$0.isOpen })
        #expect(
            try decide(id, world, "refuse-challenge", by: W.supervisor, on: "2026-06-02").refusal?.gates
                == ["Write down the challenge to the closing"])
        _ = try challenge(id, world, on: "2026-06-29").get()
        let open = try world.view(id).clocks.filter(\.isOpen)
        #expect(open.map(\.clock.text) == ["challenge"])
        // Ten working days after Monday 29 June are over with Monday 13 July.
        let due = try world.database.read { try $0.first("SELECT due_at FROM case_clocks WHERE clock = 'challenge'") }
        #expect(
            try due?.get("due_at", as: Instant.self) == Instant(try Self.day("2026-07-14"), hour: 0, minute: 0))
        guard
            case .role(let roles)? = try decide(id, world, "refuse-challenge", by: W.officer, on: "2026-07-01").refusal
        else {
            Issue.record("An officer answered the challenge")
            return
        }
        #expect(roles.map(\.text) == ["supervisor"])
        try decide(id, world, "refuse-challenge", by: W.supervisor, on: "2026-07-01").get()
        // It is answered once.
        #expect(try decide(id, world, "accept-challenge", by: W.supervisor, on: "2026-07-02").refusal?.gates.count == 1)
        let refused = try world.view(id)
        #expect(refused.state?.ends == true && refused.record.closedAt == W.now)
        #expect(refused.clocks.allSatisfy { !$0.isOpen })
        #expect(refused.moves.map(\.move.text).suffix(2) == ["close", "refuse-challenge"])
    }

    @Test(
        "What opens the case again ends the challenge, which is for a closed case alone",
        arguments: TestDatabase.engines)
    func overtaken(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try closed(world)
        _ = try challenge(id, world, on: "2026-06-10").get()
        let entry = W.incident(try Self.day("2026-06-12"))
        let now = Self.noon(try Self.day("2026-06-12"))
        _ = try world.write {
            try world.store.fill(entry, in: id, on: world.occasion(W.officer, at: now), in: $0).get()
        }
        #expect(try world.view(id).clocks.filter { $0.clock.text == "challenge" }.allSatisfy { !$0.isOpen })
        #expect(try challenge(id, world, on: "2026-06-13").refusal?.fields == ["happened-on"])
    }

    @Test("Who closed the case answers the challenge only with a reason", arguments: TestDatabase.engines)
    func another(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let closing = NewEntry(
            W.word("closing"),
            W.answers([
                "outcome": "resolved", "reason": "It has ended", "notice-sent": "2026-06-01", "reopen-told": "yes",
                "review-told": "yes",
            ]))
        try world.move(id, "begin-closing", reason: "She agrees", entry: closing, by: W.supervisor).get()
        try world.move(id, "close", by: W.supervisor).get()
        _ = try challenge(id, world, on: "2026-06-10").get()
        #expect(
            try decide(id, world, "refuse-challenge", by: W.supervisor, on: "2026-06-11").refusal?.gates
                == ["Let someone answer who did not close the case"])
    }

    @Test("An accepted challenge opens the case again, and its clocks begin", arguments: TestDatabase.engines)
    func accepted(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try closed(world)
        _ = try challenge(id, world, on: "2026-06-10").get()
        try decide(id, world, "accept-challenge", by: W.supervisor, on: "2026-06-11").get()
        let view = try world.view(id)
        #expect(view.record.state.text == "active" && view.record.closedAt == nil)
        #expect(view.clocks.filter(\.isOpen).map(\.clock.text) == ["victim-update"])
    }

    @Test("A new incident opens a case that was closed within twelve months", arguments: TestDatabase.engines)
    func linked(_ engine: Engine) throws {
        let world = try W(engine)
        let (within, later) = (try closed(world), try closed(world))
        func report(
            _ id: ID<CaseRecord>, _ text: String, writtenOn written: String? = nil
        ) throws -> Result<ID<CaseEntry>, CaseRefusal> {
            let now = Self.noon(try Self.day(written ?? text))
            return try world.write {
                try world.store.fill(
                    W.incident(try Self.day(text)), in: id, on: world.occasion(W.officer, at: now), in: $0)
            }
        }
        // A diary page of the time before is kept, and opens nothing.
        _ = try report(within, "2026-05-30", writtenOn: "2026-07-01").get()
        #expect(try world.view(within).record.state.text == "closed")
        // It happened within the time, and was told of later.
        _ = try report(within, "2027-06-01", writtenOn: "2027-07-15").get()
        let view = try world.view(within)
        #expect(view.record.state.text == "active" && view.record.closedAt == nil)
        #expect(view.moves.last?.move.text == "reopen-linked")
        #expect(view.clocks.contains { $0.isOpen && $0.clock.text == "victim-update" })
        let before = try world.view(later)
        #expect(try report(later, "2027-06-02").refusal?.fields == ["happened-on"])
        let after = try world.view(later)
        #expect(after.entries.count == before.entries.count && after.record.state.text == "closed")
        // Nobody makes that step by hand, and it is not among those that are offered.
        #expect(!after.steps.contains { $0.move.code.text == "reopen-linked" })
        #expect(try world.move(later, "reopen-linked").refusal?.isAbsent == true)
    }

    @Test("A file that names what is not there is refused")
    func files() throws {
        func type(_ change: (String) -> String) throws {
            let path = "\(W.definitions)/case-types/asb.json"
            let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
            _ = try CaseType(DefinitionFile(bytes: Array(change(text).utf8), path: path))
        }
        try type { $0 }
        for (old, new) in [
            (#""after": {"move": "close""#, #""after": {"move": "nowhere""#),
            (#""unless": "late""#, #""unless": "nothing""#),
            (#""byForm": {"form": "incident""#, #""byForm": {"form": "nothing""#),
            (#""since": "close", "within": "asb.reopenLinked""#, #""since": "x", "within": "asb.reopenLinked""#),
        ] {
            #expect(throws: Fault.self, "\(new)") { try type { $0.replacing(old, with: new) } }
        }
    }
}
