import Governance
import Kernel
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework

/// To whom work falls that was given to nobody in particular, how long it opens a case, and what a case still takes when
/// it is over.
@Suite("Work that falls to someone", .serialized)
struct WorkThatFallsTests {
    typealias W = CaseWorld

    /// Takes cases in for others, and reads none.
    private static let desk = W.actor(21, "intake")

    private static func texts(_ world: W, _ actor: Actor) throws -> [String] {
        try world.write { try world.store.work(on: world.occasion(actor), in: $0) }.compactMap { item in
            if case .action(let action) = item.kind { action.text } else { nil }
        }
    }

    private static func add(
        _ world: W, _ id: ID<CaseRecord>, _ text: String, agency: String = "council", owner: Actor?
    ) throws -> Result<ID<CaseAction>, CaseRefusal> {
        try world.write {
            try world.store.addAction(
                text, agency: W.word(agency), owner: owner?.account, due: W.today, to: id,
                on: world.occasion(W.officer), in: $0)
        }
    }

    @Test(
        "What a second report asks for falls to whoever answers for the case, and before that to the supervisor",
        arguments: TestDatabase.engines)
    func takenIn(_ engine: Engine) throws {
        let world = try W(engine)
        let zoe = try world.person("Zoë", "O’Brien", by: Self.desk)
        _ = try world.open(victim: zoe, by: Self.desk)
        let second = try world.open(victim: zoe, heading: "Again", by: Self.desk)
        #expect(try world.view(second, W.supervisor).actions.map(\.owner) == [nil])
        #expect(try Self.texts(world, W.supervisor).count == 1)
        #expect(try Self.texts(world, W.colleague).isEmpty && Self.texts(world, Self.desk).isEmpty)
        try world.write {
            try world.store.assign(
                second, to: W.officer.account, team: W.word("asb-team"), reason: nil,
                on: world.occasion(W.supervisor), in: $0
            ).get()
        }
        #expect(try Self.texts(world, W.officer).count == 1 && Self.texts(world, W.colleague).isEmpty)
        // Where someone answers already it is theirs, whoever types the report in.
        let third = try world.open(victim: zoe, heading: "Once more")
        let owners = try world.view(third).actions.map(\.owner)
        // The review is explained, and with the third report offered.
        #expect(owners == [W.officer.account, W.officer.account])
    }

    @Test("An action for another agency names who does it there", arguments: TestDatabase.engines)
    func elsewhere(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        #expect(try Self.add(world, id, "Visit daily", agency: "police", owner: nil).refusal?.fields == ["owner"])
        _ = try Self.add(world, id, "Write to the landlord", owner: nil).get()
        #expect(try Self.texts(world, W.officer) == ["Write to the landlord"])
        #expect(try Self.texts(world, W.police).isEmpty)
    }

    @Test(
        "Whoever undertook something elsewhere sees the case until all of it is closed", arguments: TestDatabase.engines
    )
    func until(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let actions = try ["Patrol", "Visit"].map { text in
            try Self.add(world, id, text, agency: "police", owner: W.police).get()
        }
        for (number, action) in actions.enumerated() {
            #expect(try world.view(id, W.police).record.id == id)
            let by = number == 0 ? W.police : W.officer
            try world.write {
                try world.store.closeAction(
                    action, of: id, as: .done, outcome: "Done", on: world.occasion(by), in: $0
                ).get()
            }
        }
        if case .found = try world.read(id, W.police) { Issue.record("the case is still open to the police") }
        // A colleague's own agency decides what they see, and not what they did.
        let own = try Self.add(world, id, "Ring her", owner: W.colleague).get()
        try world.write {
            try world.store.closeAction(
                own, of: id, as: .done, outcome: "Rang", on: world.occasion(W.colleague), in: $0
            ).get()
        }
        #expect(try world.view(id, W.colleague).record.id == id)
    }

    @Test("Nothing new begins on a case that is over; what was wrong is corrected", arguments: TestDatabase.engines)
    func over(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let entry = try #require(try world.view(id).entries.first)
        try world.write { connection in
            try connection.run("UPDATE cases SET state = 'closed', closed_at = \(W.now) WHERE id = \(id)")
        }
        #expect(try Self.add(world, id, "Visit", owner: W.officer).refusal?.fields == ["text"])
        let ada = try world.person("Ada", "Nwosu")
        let party = try world.write {
            try world.store.addParty(
                ada, as: W.word("alleged-perpetrator"), to: id, on: world.occasion(W.officer), in: $0)
        }
        #expect(party.refusal?.fields == ["role"])
        var right = W.incident(W.today, "It was singing")
        right.supersedes = entry.id
        let corrected = try world.write { try world.store.fill(right, in: id, on: world.occasion(W.officer), in: $0) }
        #expect(corrected.refusal == nil)
    }

    @Test("A day that is corrected may be the one that makes a repeat", arguments: TestDatabase.engines)
    func corrected(_ engine: Engine) throws {
        let world = try W(engine)
        let zoe = try world.person("Zoë", "O’Brien")
        _ = try world.open(victim: zoe)
        let second = try world.open(
            victim: zoe, heading: "Long ago", incident: W.incident(W.today.advanced(by: -900)))
        #expect(try world.view(second).flags.isEmpty)
        var right = W.incident(W.today)
        right.supersedes = try world.view(second).entries.first?.id
        _ = try world.write { try world.store.fill(right, in: second, on: world.occasion(W.officer), in: $0).get() }
        #expect(try world.view(second).flags.contains { $0.text == "Repeat victim" })
    }

    @Test("A case whose owner may no longer see it waits for its supervisor", arguments: TestDatabase.engines)
    func hidden(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        func unanswered() throws -> [ID<CaseRecord>] {
            try world.write { try world.store.work(on: world.occasion(W.supervisor), in: $0) }
                .filter { $0.kind == .unanswered }.map(\.item.record.id)
        }
        #expect(try unanswered().isEmpty)
        try world.write {
            try $0.run(
                "INSERT INTO register_people (record, account, relation) VALUES (\(id), \(W.officer.account), 'conflict')"
            )
        }
        #expect(try unanswered() == [id])
    }

    @Test("The duty to report FGM runs from the day of knowing, and nobody takes it on for another")
    func duty() throws {
        let world = try W(.sqlite)
        func knowledge(_ day: String) -> NewEntry {
            var entry = NewEntry(
                W.word("knowledge"), W.answers(["basis": "told", "profession": "teacher", "under-18": "yes"]))
            entry.happenedOn = LocalDate(day)
            return entry
        }
        func open(_ day: String, _ name: String, by actor: Actor) throws -> Result<ID<CaseRecord>, CaseRefusal> {
            let girl = try world.person(name, "Osei", by: actor)
            let new = NewCase(
                W.word("fgm-report"), heading: "What was said", parties: [NewParty(W.word("girl"), girl)],
                entries: [knowledge(day)], team: W.word("asb-team"))
            return try world.write { try world.store.open(new, on: world.occasion(actor), in: $0) }
        }
        // Known on Thursday 28 May, written down on Monday 1 June: it was due on Friday, and the month ends on 27 June.
        let id = try open("2026-05-28", "Mia", by: W.officer).get()
        let due = try world.view(id).clocks.map { clock in
            world.store.calendar.deadline(
                clock.running.length, from: clock.running.startedAt, pauses: clock.running.pauses)?.inWords
        }
        #expect(due == ["29 May 2026", "27 June 2026"])
        // Closed by mistake and opened again in August: the duty is as old as the knowledge.
        let august = try #require(LocalDate("2026-08-03")).startInUK.advanced(bySeconds: 36_000)
        #expect(try world.move(id, "mistake", reason: "Another girl", by: W.supervisor).refusal == nil)
        #expect(try world.move(id, "reopen", reason: "It was her", by: W.supervisor, at: august).refusal == nil)
        let again = try world.view(id, W.supervisor).clocks.filter(\.isOpen).map { clock in
            world.store.calendar.deadline(clock.running.length, from: clock.running.startedAt, pauses: [])?.inWords
        }
        #expect(again == ["29 May 2026", "27 June 2026"])
        // A slip of the year would leave no time at all: the duty began on 31 October 2015 (Serious Crime Act 2015, s. 74).
        #expect(try open("2015-10-30", "Ann", by: W.officer).refusal?.fields == ["happened-on"])
        // A day that is corrected: the time runs from the right one, and only from that.
        let slip = try open("2026-05-27", "Ann", by: W.officer).get()
        #expect(try world.view(slip).clocks.count == 2)
        for (day, expected) in [
            ("2026-05-28", ["29 May 2026", "27 June 2026"]), ("2026-05-29", ["1 June 2026", "28 June 2026"]),
        ] {
            var right = knowledge(day)
            right.supersedes = try world.view(slip).entries.last { $0.supersededAt == nil }?.id
            _ = try world.write { try world.store.fill(right, in: slip, on: world.occasion(W.officer), in: $0).get() }
            let running = try world.view(slip).clocks.filter(\.isOpen).map { clock in
                world.store.calendar.deadline(clock.running.length, from: clock.running.startedAt, pauses: [])?.inWords
            }
            #expect(running == expected)
        }
        #expect(try world.view(slip).clocks.count == 6)
        #expect(try open("2026-06-01", "Ida", by: Self.desk).refusal?.fields == ["heading"])
    }

    /// An account of a worker; closed when they have left.
    private static func account(_ world: W, _ actor: Actor, _ status: String) throws {
        let email = "\(actor.account)@council.example"
        try world.write { connection in
            try connection.run("DELETE FROM account_roles WHERE account = \(actor.account)")
            try connection.run("DELETE FROM accounts WHERE id = \(actor.account)")
            try connection.run(
                """
                INSERT INTO accounts (id, email, email_folded, name, agency, side, status, created_at, changed_at, version)
                VALUES (\(actor.account), \(email), \(email), \(actor.name), \(actor.agency),
                    \(actor.side?.rawValue), \(status), \(W.now), \(W.now), 1)
                """)
            for role in actor.roles.sorted() {
                try connection.run(
                    "INSERT INTO account_roles (account, role, from_day) VALUES (\(actor.account), \(role), '2026-01-01')"
                )
            }
        }
    }

    @Test("What someone owed who has left waits for the supervisor, and is handed on", arguments: TestDatabase.engines)
    func left(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let action = try Self.add(world, id, "Ring the landlord", owner: W.colleague).get()
        let own = try Self.add(world, id, "Visit on Friday", owner: W.officer).get()
        try world.write {
            try world.store.assign(
                id, to: W.officer.account, team: W.word("asb-team"), reason: nil, on: world.occasion(W.supervisor),
                in: $0
            ).get()
        }
        #expect(try Self.texts(world, W.supervisor).isEmpty)
        try Self.account(world, W.colleague, "disabled")

        #expect(try Self.texts(world, W.supervisor) == ["Ring the landlord"])
        #expect(try Self.texts(world, W.officer).sorted() == ["Ring the landlord", "Visit on Friday"])
        // Nothing new is given to them, and nothing is handed on to them.
        #expect(try Self.add(world, id, "Write to her", owner: W.colleague).refusal?.fields == ["owner"])
        func handOn(_ action: ID<CaseAction>, from: Actor, to: Actor) throws -> Result<Void, CaseRefusal> {
            try world.write {
                try world.store.handOn(
                    action, of: id, from: from.account, to: to.account, agency: to.agency,
                    on: world.occasion(W.officer), in: $0)
            }
        }
        #expect(try handOn(own, from: W.officer, to: W.colleague).refusal?.fields == ["owner"])
        try handOn(action, from: W.colleague, to: W.officer).get()
        #expect(try Self.texts(world, W.supervisor).isEmpty)
        #expect(try world.view(id).actions.map(\.owner) == [W.officer.account, W.officer.account])
        // Who did not see that it was handed on already overwrites nothing.
        #expect(try handOn(action, from: W.colleague, to: W.supervisor).refusal?.fields == ["owner"])

        try Self.account(world, W.officer, "disabled")
        let kinds = try world.write { try world.store.work(on: world.occasion(W.supervisor), in: $0) }.map(\.kind)
        #expect(kinds.contains(.unanswered))
        #expect(try Self.texts(world, W.supervisor).sorted() == ["Ring the landlord", "Visit on Friday"])
    }

    @Test(
        "Whoever had an action of another agency and handed it on sees the case no more",
        arguments: TestDatabase.engines)
    func handedBack(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let action = try Self.add(world, id, "Look at the camera", agency: "police", owner: W.police).get()
        guard case .found = try world.read(id, W.police) else {
            Issue.record("who is to do it does not see the case")
            return
        }
        try world.write {
            try world.store.handOn(
                action, of: id, from: W.police.account, to: W.officer.account, agency: W.word("council"),
                on: world.occasion(W.officer), in: $0
            ).get()
        }
        guard case .absent = try world.read(id, W.police) else {
            Issue.record("they see the case though nothing is left for them to do")
            return
        }
        #expect(try Self.texts(world, W.officer) == ["Look at the camera"])
    }

    @Test(
        "Nobody is given what they would not see: a restricted case, roles that open none",
        arguments: TestDatabase.engines)
    func unseen(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let member = W.actor(31, "analyst")
        try Self.account(world, member, "active")
        #expect(try Self.add(world, id, "Count them", owner: member).refusal?.fields == ["owner"])
        // Who reads what is their own alone cannot be given an action, and can be given the case.
        let coordinator = W.actor(33, "panel-coordinator")
        try Self.account(world, coordinator, "active")
        #expect(try Self.add(world, id, "List it", owner: coordinator).refusal?.fields == ["owner"])
        func assign(_ actor: Actor) throws -> Result<Void, CaseRefusal> {
            try world.write {
                try world.store.assign(
                    id, to: actor.account, team: W.word("asb-team"), reason: nil, on: world.occasion(W.officer), in: $0)
            }
        }
        #expect(try assign(member).refusal?.fields == ["owner"])
        #expect(try assign(coordinator).refusal == nil)
        #expect(try assign(W.officer).refusal == nil)
        try Self.account(world, W.colleague, "active")
        _ = try Self.add(world, id, "Ring her", owner: W.colleague).get()
        let entry = try world.view(id).facts
        _ = try world.write {
            try world.store.guardRecord(
                id, reason: "Someone of the team is her brother", on: world.occasion(W.supervisor), in: $0
            ) {
                $0.recordClass = .restricted
                $0.named = [W.supervisor.account]
            }.get()
        }
        #expect(entry.recordClass == .normal)
        #expect(try Self.add(world, id, "Visit her", owner: W.colleague).refusal?.fields == ["owner"])
        #expect(try Self.add(world, id, "Visit her", owner: W.supervisor).refusal == nil)
    }

    @Test(
        "A restricted record that nobody can open any more is opened to those who supervise",
        arguments: TestDatabase.engines)
    func kept(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let chief = W.actor(32, "supervisor")
        try Self.account(world, chief, "active")
        try Self.account(world, W.officer, "active")
        _ = try world.write {
            try world.store.guardRecord(
                id, reason: "Someone of the team is her brother", on: world.occasion(W.supervisor), in: $0
            ) {
                $0.recordClass = .restricted
                $0.named = [W.officer.account]
            }.get()
        }
        func keep() throws -> Int { try world.write { try world.store.register.keepRestrictedOpen(at: W.now, in: $0) } }
        #expect(try keep() == 0)
        guard case .absent = try world.read(id, chief) else {
            Issue.record("a restricted case is open to who is not named")
            return
        }
        try Self.account(world, W.officer, "disabled")
        #expect(try keep() == 1)
        guard case .found = try world.read(id, chief) else {
            Issue.record("nobody can open the case")
            return
        }
        #expect(try keep() == 0)
    }

    @Test("A second report gives no duty to who has left or may not see the case", arguments: TestDatabase.engines)
    func unanswered(_ engine: Engine) throws {
        let world = try W(engine)
        for isConflict in [false, true] {
            let zoe = try world.person("Zoë \(isConflict)", "Marsh \(isConflict)")
            let id = try world.open(victim: zoe)
            if isConflict {
                try world.write {
                    try world.store.register.declareConflict(with: ID(id), on: world.occasion(W.officer), in: $0)
                }
            } else {
                try Self.account(world, W.officer, "disabled")
            }
            _ = try world.write {
                try world.store.fill(
                    W.incident(W.today.advanced(by: -3)), in: id, on: world.occasion(W.supervisor), in: $0
                ).get()
            }
            #expect(try world.view(id, W.supervisor).actions.map(\.owner) == [nil])
            try Self.account(world, W.officer, "active")
        }
    }

    @Test("Several cases are handed on within their own agency alone", arguments: TestDatabase.engines)
    func several(_ engine: Engine) throws {
        let world = try W(engine)
        let (own, other) = (try world.open(), try world.open(by: W.police))
        // As a grant opens a sealed case to someone of another agency.
        try world.write {
            _ = try $0.run("UPDATE register_records SET class = 'sealed' WHERE id = \(other)")
            try world.store.register.grantOn(
                ID(other), [.init(account: W.officer.account, until: W.now.advanced(bySeconds: 3600))], at: W.now,
                in: $0)
        }
        guard case .found = try world.read(other, W.officer) else {
            Issue.record("the grant opens nothing")
            return
        }
        let deed = CaseDeed.assign(to: W.colleague.account, team: W.word("asb-team"))
        do {
            try world.write { try world.store.doToAll(deed, of: [own, other], on: world.occasion(W.officer), in: $0) }
            Issue.record("it was handed on")
        } catch let refused as CaseDeedRefusal {
            #expect(refused.id == other)
            guard case .problems(let problems) = refused.refusal else {
                Issue.record("\(refused.refusal)")
                return
            }
            #expect(problems.map(\.field) == ["case"])
        }
        #expect(try world.view(own, W.supervisor).facts.owner == W.officer.account)
    }
}
