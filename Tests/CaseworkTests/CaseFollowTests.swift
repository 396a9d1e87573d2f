import Governance
import Kernel
import People
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework

/// What panels, states and ages do to a case by themselves. Days are counted from Monday 1 June 2026.
@Suite("What a case does by itself", .serialized)
struct CaseFollowTests {
    typealias W = CaseWorld
    typealias J = CaseJourney

    private static let coordinator = W.actor(30, "panel-coordinator", panels: ["marac"])

    private func referred(in world: CaseWorld, on day: Instant = W.now) throws -> CaseJourney {
        try J(
            "marac", in: world, ["victim": "Ada"],
            ["referral": ["route": "judgement", "why": "He has her keys", "immediate": "no", "aware": "yes"]])
    }

    private func follow(_ step: PanelStep, _ journey: CaseJourney, at now: Instant = W.now) throws {
        try journey.world.write {
            try journey.world.store.follow(
                step, of: journey.id, told: "By the MARAC on 1 June 2026",
                on: journey.world.occasion(Self.coordinator, at: now), in: $0)
        }
    }

    @Test(
        "A panel that takes a referral raises the flag for twelve months from it, and ends the wait for an answer",
        arguments: TestDatabase.engines)
    func accepted(_ engine: Engine) throws {
        let marac = try referred(in: try W(engine))
        #expect(try marac.view().flags(on: W.today).isEmpty)
        #expect(try marac.due()["screen"] == "2 June 2026")
        try follow(.accepted, marac)
        let flag = try #require(try marac.view().flags(on: W.today).first)
        // Twelve months beginning with 1 June 2026, casework.md §2.24.
        #expect(flag.until == LocalDate(year: 2027, month: 5, day: 31))
        #expect(flag.person != nil && !flag.text.contains("keys"))
        #expect(try marac.due()["screen"] == nil)
        // The lawful basis is not recorded, and no reason stands in for it: the case waits where it is.
        #expect(try marac.state == "referred")
        let last = try #require(LocalDate(year: 2027, month: 5, day: 31))
        #expect(try marac.view().flags(on: last).count == 1)
        #expect(try marac.view().flags(on: last.advanced(by: 1)).isEmpty)
    }

    @Test("A referral while the flag holds renews it, both are kept and one is shown; the form that ends it ends it")
    func renewed() throws {
        let marac = try referred(in: try W(.sqlite))
        try follow(.accepted, marac)
        let september = Instant(milliseconds: W.now.milliseconds + 92 * 86_400_000)
        try marac.fill(
            "referral", ["route": "repeat", "why": "Again", "immediate": "no", "aware": "yes"], at: september)
        // Tuesday 1 September 2026.
        // The count of referrals raises a flag of its own.
        func own(_ flags: [CaseFlag]) -> [CaseFlag] { flags.filter { $0.code == "referred" } }
        let flags = try own(marac.view(at: september).flags)
        #expect(
            flags.map(\.until) == [LocalDate(year: 2027, month: 5, day: 31), LocalDate(year: 2027, month: 8, day: 31)])
        #expect(try own(marac.view(at: september).flags(on: september.ukDate)).map(\.until) == [flags[1].until])
        try marac.fill("flag-end", ["all-told": "yes", "new-incident": "no"], at: september)
        #expect(try own(marac.view(at: september).flags(on: september.ukDate)).isEmpty)
        #expect(try own(marac.view(at: september).flags).count == 2)
    }

    @Test(
        "A panel that heard a case moves it on, with what was passed beside it, and nobody else's case",
        arguments: TestDatabase.engines)
    func heard(_ engine: Engine) throws {
        let world = try W(engine)
        let marac = try referred(in: world)
        let other = try referred(in: world)
        try follow(.heard, marac)
        #expect(try marac.state == "heard" && other.state == "referred")
        let move = try #require(try marac.view().moves.last)
        #expect(move.reason == "By the MARAC on 1 June 2026" && move.by == Self.coordinator.account)
        #expect(
            move.passed == [
                "Record how to reach the victim safely", "Record what the victim knows, and the lawful basis",
            ])
        // Told twice, it is heard once.
        try follow(.heard, marac)
        #expect(try marac.view().moves.count == 1)
        #expect(try world.audit().contains { $0.hasPrefix("update|permit|") && $0.contains("state") })
        // What is over stays over.
        try marac.go("stop", reason: "They moved today", "closing", J.closing("moved"), by: W.supervisor)
        let state = try marac.state
        try follow(.heard, marac)
        #expect(try marac.state == state)
    }

    @Test("The move to adult services is due before seventeen and a half, as soon as the birth is known to the day")
    func age() throws {
        let world = try W(.sqlite)
        let child = try J(
            "child-exploitation", in: world, ["child": "Ada"],
            ["referral": ["kinds": "criminal", "why": "Two telephones", "safe-now": "yes"]])
        let person = try #require(try child.view().parties.first?.person)
        func born(_ text: String) throws {
            try world.write { try $0.run("UPDATE people SET birth = \(text) WHERE id = \(person)") }
        }
        try born("2009")
        try child.fill("voice", ["child": "Leave me out of it"])
        #expect(try child.due()["transition"] == nil)
        try born("2009-03-15")
        try child.fill("safety", ["measures": "Her aunt fetches her"])
        // Seventeen and a half on 15 September 2026: the plan is there on the day before.
        #expect(try child.due()["transition"] == "14 September 2026")
        // A birth put right later does not begin it again; the plan ends it, and nothing begins it anew.
        try child.fill("transition", ["adult-lead": "Jo", "met": "2026-06-01", "plan": "The mentor goes on"])
        #expect(try child.due()["transition"] == nil)
        try child.fill("missing", ["from": "2026-05-30", "back-at": "8:00"])
        #expect(try child.view().clocks.count { $0.clock.text == "transition" } == 1)
        // Its end tells when the child was born: whoever sees nothing personal does not see it.
        let clocks = try world.write { connection in
            let entry = try #require(
                try world.store.register.entries([ID(child.id)], now: W.now, in: connection)[ID(child.id)])
            let record = try #require(try CaseRows.record(child.id, in: connection))
            return try world.store.view(record, entry, world.occasion(W.member), in: connection).clocks
        }
        #expect(!clocks.isEmpty && !clocks.contains { $0.clock.text == "transition" })
    }

    @Test("While a case is suspended its review stands still and is looked at within four weeks; then the days go on")
    func suspended() throws {
        let world = try W(.sqlite)
        let id = try world.open()
        _ = try world.assess(id, highest: true).get()
        _ = try world.fill(id, "safe-contact", Self.safeContact).get()
        _ = try world.move(id, "assess", by: W.supervisor).get()
        func due(_ clock: String, at now: Instant) throws -> RunningClock.State? {
            try world.view(id, at: now).clocks.last { $0.clock.text == clock && $0.isOpen }?.running
                .state(at: now, on: world.store.calendar)
        }
        func day(_ days: Int64) -> Instant { Instant(milliseconds: W.now.milliseconds + days * 86_400_000) }
        // Five working days after Monday 1 June.
        #expect(try due("risk-review", at: W.now) == .running(Deadline(endOf: try #require(LocalDate("2026-06-08")))))
        _ = try world.move(id, "suspend", reason: "In hospital", at: day(1)).get()
        #expect(try due("risk-review", at: day(2)) == .paused)
        // Twenty-eight days following Tuesday 2 June.
        #expect(
            try due("suspension", at: day(2)) == .running(Deadline(endOf: try #require(LocalDate("2026-06-30")))))
        // The victim is told how it goes all the same.
        #expect(try due("victim-update", at: day(2)) != .paused)
        _ = try world.move(id, "resume", at: day(8)).get()
        // Two to 8 June were five working days: the eighth becomes the fifteenth.
        #expect(
            try due("risk-review", at: day(8)) == .running(Deadline(endOf: try #require(LocalDate("2026-06-15")))))
        #expect(try due("suspension", at: day(8)) == nil)
    }

    @Test(
        "What happens to someone who lives with the victim counts as a repeat, and not once they have moved out",
        arguments: TestDatabase.engines)
    func household(_ engine: Engine) throws {
        let world = try W(engine)
        let (mother, son, lodger) = (
            try world.person("Rosa", "Vane"), try world.person("Timo", "Vane"), try world.person("Max", "Hill")
        )
        try world.write { connection in
            try connection.run(
                "INSERT INTO households (id, lines, changed_at, changed_by) VALUES ('h', 'Elm House', 0, 'x')")
            for (person, until) in [(mother, nil), (son, nil), (lodger, W.today.advanced(by: -1))]
                as [(ID<Person>, LocalDate?)]
            {
                try connection.run(
                    """
                    INSERT INTO household_members (household, person, role, from_day, until_day)
                    VALUES ('h', \(person), 'member', NULL, \(until))
                    """)
            }
        }
        let first = W.today.advanced(by: -20)
        _ = try world.open(victim: lodger, incident: W.incident(first))
        let own = try world.open(victim: mother, incident: W.incident(first.advanced(by: 5)))
        // The lodger is gone: one report of the household.
        #expect(try world.view(own).flags.isEmpty)
        let sons = try world.open(victim: son, incident: W.incident(first.advanced(by: 10)))
        // Two reports in six months make a repeat, and the review is explained (statutory guidance of July 2025).
        #expect(try Set(world.view(sons).flags.map(\.code)) == ["repeat-victim", "explain-review"])
        #expect(try world.view(sons).flags.allSatisfy { $0.person == son })
    }

    @Test(
        "Whoever takes a case in and does not work on it gives it to a team; it waits with who supervises until someone answers for it",
        arguments: TestDatabase.engines)
    func takenIn(_ engine: Engine) throws {
        let world = try W(engine)
        let intake = W.actor(40, "intake", teams: ["asb-team"])
        let victim = try world.person("Zoë", "O’Brien", by: intake)
        var new = NewCase(
            W.word("asb"), heading: "Shouting", parties: [NewParty(W.word("victim"), victim)], entries: [W.incident()])
        func open() throws -> Result<ID<CaseRecord>, CaseRefusal> {
            try world.write { try world.store.open(new, on: world.occasion(intake), in: $0) }
        }
        #expect(try open().refusal?.fields == ["team"])
        new.team = W.word("housing")
        let id = try open().get()
        #expect(try world.view(id, W.supervisor).facts.owner == nil)
        #expect(try world.view(id, W.supervisor).facts.team?.text == "housing")
        guard case .found = try world.read(id, intake) else {
            let waiting = try waits(W.supervisor, in: world)
            #expect(waiting.contains(.unanswered))
            try world.write {
                try world.store.assign(
                    id, to: W.officer.account, team: nil, reason: nil, on: world.occasion(W.supervisor), in: $0
                ).get()
            }
            #expect(try !waits(W.supervisor, in: world).contains(.unanswered))
            return
        }
        Issue.record("who only takes cases in reads one")
    }

    private func waits(_ actor: Actor, in world: CaseWorld, at now: Instant = W.now) throws -> [WorkItem.Kind] {
        try world.write { try world.store.work(on: world.occasion(actor, at: now), in: $0) }.map(\.kind)
    }

    @Test("A clock that is late reaches who supervises the agency, and nobody else's supervisor")
    func breach() throws {
        let world = try W(.sqlite)
        _ = try world.open()
        let contact: Code<CaseClock> = W.word("first-contact")
        // Three working days after Monday 1 June end on Thursday the 4th.
        let inTime = Instant(milliseconds: W.now.milliseconds + 3 * 86_400_000)
        let late = Instant(milliseconds: W.now.milliseconds + 4 * 86_400_000)
        #expect(try waits(W.supervisor, in: world, at: inTime).isEmpty)
        #expect(try waits(W.supervisor, in: world, at: late) == [.breach(contact)])
        #expect(try waits(W.officer, in: world, at: late).contains(.clock(contact)))
        #expect(try waits(W.colleague, in: world, at: late).isEmpty)
        #expect(try waits(W.actor(41, "supervisor", agency: "police"), in: world, at: late).isEmpty)
    }

    @Test("Whoever sees nothing personal of a case sees neither its heading nor its risk")
    func band() throws {
        let world = try W(.sqlite)
        let id = try world.open()
        _ = try world.assess(id, highest: true).get()
        #expect(try world.view(id).record.band == "high")
        let seen = try world.write { connection in
            let entry = try #require(
                try world.store.register.entries([ID(id)], now: W.now, in: connection)[ID(id)])
            let record = try #require(try CaseRows.record(id, in: connection))
            return try world.store.view(record, entry, world.occasion(W.member), in: connection).record
        }
        #expect(seen.band == nil && seen.heading.isEmpty)
    }

    private static let safeContact = ["channel": "phone", "voicemail": "no", "say": "no"]
}
