import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Conflicts of interest with a case")
struct CaseConflictTests {
    private typealias W = CaseWorld
    /// Another who may put records together: nobody confirms what they proposed.
    private static let second = W.actor(12, "supervisor", teams: ["asb-team"])

    private func declare(
        _ id: ID<CaseRecord>, _ world: W, by actor: Actor, reason: String = "She is my sister"
    ) throws -> Result<Void, CaseRefusal> {
        try world.write { try world.store.declareConflict(with: id, reason: reason, on: world.occasion(actor), in: $0) }
    }

    private func declare(_ person: ID<Person>, _ world: W, by actor: Actor) throws {
        try world.write { try world.store.declareConflict(with: person, on: world.occasion(actor), in: $0) }
    }

    private func sees(_ id: ID<CaseRecord>, _ actor: Actor, _ world: W) throws -> Bool {
        switch try world.read(id, actor) {
        case .found: true
        case .absent: false
        case .refused(_, let reason): throw Fault("The case is refused: \(reason)")
        }
    }

    @Test(
        "Who declares one no longer finds the case, others do, and its agency is told", arguments: TestDatabase.engines)
    func own(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        guard case .register(.reasonNeeded)? = try declare(id, world, by: W.colleague, reason: "  ").refusal else {
            Issue.record("A conflict of interest needs a reason")
            return
        }
        #expect(try sees(id, W.colleague, world))
        try declare(id, world, by: W.colleague).get()
        #expect(try !sees(id, W.colleague, world))
        #expect(try sees(id, W.officer, world))
        let notices = try world.write {
            try RegisterNotice.sent(
                to: W.word("council"), roles: [], since: W.now.advanced(bySeconds: -1), in: $0)
        }
        #expect(notices.map(\.kind) == [.conflictDeclared])
        #expect(notices.first?.record == ID(id) && notices.first?.account == W.colleague.account)
    }

    @Test("A case that is not there is answered and kept in the audit alike", arguments: TestDatabase.engines)
    func absent(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let before = try world.audit().count
        try declare(id, world, by: W.colleague).get()
        let there = try world.audit().dropFirst(before)
        let none = ID<CaseRecord>(at: W.now)
        try declare(none, world, by: W.colleague).get()
        let nowhere = try world.audit().dropFirst(before + there.count)
        #expect(
            Array(there) == [
                "update|permit|conflict-declared|record|conflicts|-",
                "update|permit|conflict-reason|record|conflicts|-",
            ])
        #expect(Array(nowhere) == Array(there))
        let reasons = try world.database.read {
            try $0.rows("SELECT reason FROM audit_entries WHERE code = 'conflict-reason'").map {
                try $0.optional("reason", as: String.self)
            }
        }
        #expect(reasons == ["She is my sister", "She is my sister"])
    }

    @Test(
        "A conflict with a person hides the cases in which any record of theirs has or had a part, and no other",
        arguments: TestDatabase.engines)
    func person(engine: Engine) throws {
        let world = try W(engine)
        let (anne, ann, other) = try (
            world.person("Anne", "Reed"), world.person("Ann", "Reed"), world.person("Zoë", "O’Brien")
        )
        let merge = try world.write {
            try world.people.proposeMerge(
                of: ann, into: anne, choices: [], reason: "Same day of birth", on: world.occasion(W.officer), in: $0)
        }.get()
        let isDone = try world.write {
            try world.people.confirmMerge(merge, reason: "Asked her", on: world.occasion(Self.second), in: $0)
        }.get()
        #expect(isDone)
        let cases = try (
            first: world.open(victim: anne), second: world.open(victim: ann), past: world.open(victim: other),
            free: world.open(victim: other)
        )
        try world.write {
            try world.store.addParty(
                ann, as: W.word("alleged-perpetrator"), to: cases.past, on: world.occasion(W.officer), in: $0)
        }.get()
        let party = try #require(try world.view(cases.past).parties.first { $0.person == ann })
        try world.write {
            try world.store.endParty(
                party.id, in: cases.past, reason: "It was not her", on: world.occasion(W.officer), in: $0)
        }.get()
        try declare(anne, world, by: W.colleague)
        #expect(try !sees(cases.first, W.colleague, world))
        #expect(try !sees(cases.second, W.colleague, world))
        #expect(try !sees(cases.past, W.colleague, world))
        #expect(try sees(cases.free, W.colleague, world))
        #expect(try sees(cases.second, W.officer, world))
        // Nobody at all is answered too.
        try declare(ID<Person>(at: W.now), world, by: W.colleague)
    }

    @Test(
        "A case takes over the conflicts with whoever is given a part in it, by any of their records",
        arguments: TestDatabase.engines)
    func later(engine: Engine) throws {
        let world = try W(engine)
        let (anne, ann) = try (world.person("Anne", "Reed"), world.person("Ann", "Reed"))
        let merge = try world.write {
            try world.people.proposeMerge(
                of: ann, into: anne, choices: [], reason: "Same day of birth", on: world.occasion(W.officer), in: $0)
        }.get()
        _ = try world.write {
            try world.people.confirmMerge(merge, reason: "Asked her", on: world.occasion(Self.second), in: $0)
        }.get()
        try declare(anne, world, by: W.colleague)
        let found = try world.write { try world.store.conflicts(with: [ann], now: W.now, in: $0) }
        #expect(found == [W.colleague.account])
        let id = try world.open()
        #expect(try sees(id, W.colleague, world))
        func add() throws {
            try world.write {
                try world.store.addParty(
                    ann, as: W.word("alleged-perpetrator"), to: id, on: world.occasion(W.officer), in: $0)
            }.get()
        }
        try add()
        #expect(try !sees(id, W.colleague, world))
        #expect(try sees(id, W.officer, world))
        #expect(
            try world.audit().last { $0.contains("conflicts") }
                == "update|permit|-|case|parties.alleged-perpetrator conflicts|P1")
        let before = try world.audit()
        try add()
        #expect(try world.audit().filter { $0.contains("conflicts") } == before.filter { $0.contains("conflicts") })
    }

    @Test(
        "A supervisor records one for a colleague and lifts it, with a reason each time",
        arguments: TestDatabase.engines)
    func colleagues(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        func record(_ colleague: Actor, by actor: Actor, _ reason: String = "Her neighbour") throws -> CaseRefusal? {
            try world.write {
                try world.store.recordConflict(
                    of: colleague.account, with: id, reason: reason, on: world.occasion(actor), in: $0)
            }.refusal
        }
        func lift(_ colleague: Actor, by actor: Actor, _ reason: String = "She moved away") throws -> CaseRefusal? {
            try world.write {
                try world.store.liftConflict(
                    of: colleague.account, with: id, reason: reason, on: world.occasion(actor), in: $0)
            }.refusal
        }
        guard case .register(.denied(.noPermission))? = try record(W.colleague, by: W.officer),
            case .register(.reasonNeeded)? = try record(W.colleague, by: W.supervisor, " "),
            case .register(.absent)? = try record(W.colleague, by: W.police)
        else {
            Issue.record("Only who may decide who sees the case records a conflict, with a reason")
            return
        }
        #expect(try record(W.supervisor, by: W.supervisor)?.fields == ["colleague"])
        #expect(try sees(id, W.colleague, world))
        let before = try world.audit().count
        #expect(try record(W.colleague, by: W.supervisor) == nil)
        #expect(try world.audit().dropFirst(before).contains("update|permit|-|case|conflicts|P1"))
        #expect(try !sees(id, W.colleague, world))
        guard case .register(.absent)? = try lift(W.colleague, by: W.colleague),
            case .register(.denied(.noPermission))? = try lift(W.colleague, by: W.officer),
            case .register(.reasonNeeded)? = try lift(W.colleague, by: W.supervisor, "")
        else {
            Issue.record("Another lifts it, who may decide who sees the case, with a reason")
            return
        }
        #expect(try !sees(id, W.colleague, world))
        #expect(try lift(W.colleague, by: W.supervisor) == nil)
        #expect(try sees(id, W.colleague, world))
        #expect(try world.audit().contains("permission|permit|-|case|conflicts|P1"))
    }
}

@Suite("How a case is guarded")
struct CaseGuardTests {
    private typealias W = CaseWorld
    /// Of the agency, in no team of the case.
    private static let outsider = W.actor(8, "case-officer")

    private func guardCase(
        _ id: ID<CaseRecord>, _ world: W, by actor: Actor = W.supervisor, reason: String = "A councillor’s family",
        _ body: (inout RecordFacts) -> Void
    ) throws -> CaseRefusal? {
        try world.write {
            try world.store.guardRecord(id, reason: reason, on: world.occasion(actor), in: $0, body)
        }.refusal
    }

    private func glass(_ id: ID<CaseRecord>, _ actor: Actor, _ world: W) throws -> CaseGlass {
        try world.write { try world.store.glass(of: id, on: world.occasion(actor), in: $0) }
    }

    @Test(
        "A restricted case exists for its owner and those named; lifted, for all again", arguments: TestDatabase.engines
    )
    func restricted(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let named: (inout RecordFacts) -> Void = { facts in
            facts.recordClass = .restricted
            facts.named = [W.supervisor.account]
        }
        guard case .register(.denied(.noPermission))? = try guardCase(id, world, by: W.officer, named),
            case .register(.absent)? = try guardCase(id, world, by: W.police, named),
            case .register(.reasonNeeded)? = try guardCase(id, world, reason: " ", named)
        else {
            Issue.record("Only who may decide who sees the case guards it, with a reason")
            return
        }
        #expect(try guardCase(id, world, named) == nil)
        #expect(try world.audit().contains("permission|permit|-|case|class:normal:restricted named|restricted"))
        guard case .absent = try world.read(id, W.colleague), case .found = try world.read(id, W.officer) else {
            Issue.record("A restricted case is open to its owner, not to the team")
            return
        }
        #expect(try guardCase(id, world, { $0.recordClass = .normal }) == nil)
        #expect(try world.view(id, W.colleague).facts.recordClass == .normal)
    }

    @Test("Only a panel's chair seals a case", arguments: TestDatabase.engines)
    func sealed(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let seal: (inout RecordFacts) -> Void = { facts in
            facts.recordClass = .sealed
            facts.grants = [.init(account: W.supervisor.account, until: W.now.advanced(bySeconds: 86_400))]
        }
        guard case .register(.denied(.sealed))? = try guardCase(id, world, seal) else {
            Issue.record("A supervisor seals no case")
            return
        }
        let chair = W.actor(9, "panel-chair")
        try world.write {
            try world.store.assign(
                id, to: chair.account, team: W.word("asb-team"), reason: nil, on: world.occasion(W.supervisor), in: $0)
        }.get()
        #expect(try guardCase(id, world, by: chair, seal) == nil)
        #expect(try glass(id, W.officer, world) == .absent)
        #expect(try glass(id, Self.outsider, world) == .absent)
        #expect(try glass(id, W.supervisor, world) == .open)
    }

    @Test(
        "A protected case tells others of its agency whom to ask, and does not exist elsewhere",
        arguments: TestDatabase.engines)
    func protected(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        #expect(try glass(id, Self.outsider, world) == .open)
        #expect(try guardCase(id, world) { $0.recordClass = .protected } == nil)
        #expect(try glass(id, W.colleague, world) == .open)
        let council: Code<Agency> = W.word("council")
        guard case .protected(council, _) = try glass(id, Self.outsider, world) else {
            Issue.record("A protected case is not open to who does not work on it")
            return
        }
        #expect(try glass(ID(at: W.now), Self.outsider, world) == .absent)
    }
}
