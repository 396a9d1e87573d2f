import Casework
import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct ReturnTests {
    typealias W = PanelWords

    private func born(_ world: PanelWorld, _ given: String, _ day: String, _ side: SubjectSide) throws -> ID<Person> {
        var details = PersonDetails()
        details[.givenName] = given
        details[.familyName] = "Young"
        details[.birth] = day
        return try world.write {
            try world.people.create(
                NewPerson(details, side: side), isChecked: true, on: world.occasion(PanelWorld.officer), in: $0
            ).get()
        }
    }

    private func child(
        _ world: PanelWorld, of pair: PanelWorld.Pair, by actor: Actor = PanelWorld.officer
    ) throws {
        let child = try world.person("Kit", side: .child, by: actor)
        try world.write {
            try world.cases.addParty(
                child, as: W.word("child"), to: pair.caseID, on: world.occasion(actor), in: $0
            ).get()
        }
    }

    /// A referral that someone made and the co-ordinator accepted.
    private func referred(
        _ pair: PanelWorld.Pair, by actor: Actor, _ world: PanelWorld, at now: Instant = PanelWorld.now
    ) throws -> ID<PanelReferral> {
        let id = try world.refer(pair, by: actor, at: now)
        try world.by(PanelWorld.coordinator, at: now) { try $0.answer(id, .accept, on: $1, in: $2).get() }
        return id
    }

    private func returned(
        _ world: PanelWorld, _ actor: Actor = PanelWorld.coordinator, from: String = "2026-04-01",
        to: String = "2026-06-30", at now: Instant = PanelWorld.meetingStart
    ) throws -> PanelReturn? {
        try world.by(actor, at: now) {
            try $0.returned(of: W.word("marac"), from: W.day(from), to: W.day(to), on: $1, in: $2)
        }
    }

    private func record(
        _ facts: Set<EqualityFact>, of item: ID<AgendaItem>, _ world: PanelWorld, at now: Instant
    ) throws {
        try world.by(PanelWorld.coordinator, at: now) {
            try $0.recordEqualities(facts, of: item, on: $1, in: $2).get()
        }
    }

    /// Two meetings, each row a case that was heard. Ages are those on the day of the meeting.
    ///
    ///     day      case      by       kind       children  victim         harms     written down
    ///     16 June  first     council  new        2         17             17        minority ethnic
    ///     16 June  second    council  new        1         18             unknown   disability
    ///     16 June  man       health   new        0         unknown        unknown   disability, lgbt, male
    ///     30 June  again     council  repeat     0         18 (as first)  17        minority ethnic, disability
    ///     30 June  swapped   council  new        0         18 (as first)  unknown   minority ethnic
    ///     30 June  moved     health   transfer   2         unknown        unknown   male, disability
    ///
    /// On 30 June the first case is looked at once more, which counts for nothing. Of three others that were referred
    /// on 1 June one was turned down and two were taken back.
    @Test("A return equals a count of the meetings by hand, and names nobody", arguments: TestDatabase.engines)
    func handCount(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        // On 16 June 2026 the first victim is 17 (18 on 17 June), the second 18; the one who harms is 17.
        let girl = try born(world, "Ann", "2008-06-17", .victim)
        let woman = try born(world, "Bea", "2008-06-16", .victim)
        let boy = try born(world, "Tom", "2009-01-02", .perpetrator)
        let first = try world.pair(victim: girl, perpetrator: boy)
        let second = try world.pair(victim: woman)
        let man = try world.pair(by: PanelWorld.health)
        // The same pair in a case of its own: a repeat; and another pair for the same victim: new.
        let again = try world.pair(victim: girl, perpetrator: boy)
        for pair in [first, first, second] { try child(world, of: pair) }
        let start = PanelWorld.meetingStart
        let meeting = try world.call()
        let items = try [
            world.accepted(first), world.accepted(second), referred(man, by: PanelWorld.health, world),
        ].map { try world.list($0, on: meeting) }
        try world.begin(meeting)
        try record([.minorityEthnic], of: items[0], world, at: start)
        // What is written again takes the place of what was; ages are found and not written.
        try record([.disability, .minorityEthnic, .victimAged16Or17], of: items[1], world, at: start)
        try record([.disability], of: items[1], world, at: start)
        try record([.disability, .lgbt, .maleVictim], of: items[2], world, at: start)
        for item in items { try world.decide(item) }
        try world.approve(meeting)
        // Tuesday 30 June 2026, when the first victim is 18; referred on the day after the first meeting.
        let late = start.advanced(bySeconds: 86_400)
        let nextStart = start.advanced(bySeconds: 14 * 86_400)
        let next = try world.call(from: nextStart, at: late)
        let swapped = try world.pair(victim: girl)
        let moved = try world.pair(by: PanelWorld.health)
        for _ in 1...2 { try child(world, of: moved, by: PanelWorld.health) }
        try world.by(PanelWorld.health, at: late) {
            _ = try $0.transferIn(
                moved.caseID, to: W.word("marac"), from: "Elsewhere", contact: "Their co-ordinator",
                firstReferredOn: W.day("2026-01-15"), lines: [], actions: [], on: $1, in: $2
            ).get()
        }
        let repeated = try world.list(world.accepted(again, at: late), on: next, at: late)
        let other = try world.list(world.accepted(swapped, at: late), on: next, at: late)
        let received = try world.list(
            referred(moved, by: PanelWorld.health, world, at: late), on: next, at: late)
        let review = try world.by(PanelWorld.coordinator, at: late) {
            try $0.addItem(first.caseID, as: .review, to: next, on: $1, in: $2).get()
        }
        try world.begin(next, at: nextStart)
        try record([.minorityEthnic, .disability], of: repeated, world, at: nextStart)
        try record([.minorityEthnic], of: other, world, at: nextStart)
        try record([.maleVictim, .disability], of: received, world, at: nextStart)
        try record([.lgbt], of: review, world, at: nextStart)
        for item in [repeated, other, received, review] { try world.decide(item, at: nextStart) }
        let agenda = try #require(try world.agenda(next, PanelWorld.coordinator, at: nextStart))
        #expect(
            Dictionary(uniqueKeysWithValues: agenda.items.map { ($0.id, $0.kind) })
                == [repeated: .repeat, other: .new, received: .transferIn, review: .review])
        let (declined, withdrawn) = (
            try world.refer(world.pair()), try (1...2).map { _ in try world.refer(world.pair()) }
        )
        try world.by(PanelWorld.chair) {
            try $0.answer(
                declined, .decline(reason: "No", forum: "Another", nextStep: "Ring her"), on: $1, in: $2
            ).get()
        }
        for referral in withdrawn {
            try world.by(PanelWorld.officer) { try $0.withdraw(referral, reason: "She moved", on: $1, in: $2).get() }
        }

        var hand = PanelReturn(from: W.day("2026-04-01"), to: W.day("2026-07-31"))
        hand.meetings = 2
        hand.cases = 6
        hand.repeats = 1
        hand.transfersIn = 1
        // 2 + 1 + 2.
        hand.children = 5
        hand.equalities = [
            .minorityEthnic: 3, .lgbt: 1, .disability: 4, .maleVictim: 2, .victimAged16Or17: 1, .perpetratorUnder18: 2,
        ]
        hand.byAgency = [W.word("council"): 4, W.word("health"): 2]
        hand.rates = [RepeatRate(definition: .anyAbuseLastReferral, cases: 6, repeats: 1)]
        hand.declined = 1
        hand.withdrawn = 2
        #expect(try returned(world, to: "2026-07-31", at: nextStart) == hand)
        // The first meeting alone: three cases, none of them a repeat.
        let june = try #require(try returned(world, from: "2026-06-16", to: "2026-06-16", at: nextStart))
        #expect(june.meetings == 1 && june.cases == 3 && june.repeats == 0 && june.transfersIn == 0)
        #expect(june.children == 3 && june.declined == 0 && june.withdrawn == 0)
        #expect(june.byAgency == [W.word("council"): 2, W.word("health"): 1])
        #expect(
            june.equalities == [
                .minorityEthnic: 1, .lgbt: 1, .disability: 2, .maleVictim: 1, .victimAged16Or17: 1,
                .perpetratorUnder18: 1,
            ])
        let between = try #require(try returned(world, from: "2026-06-17", to: "2026-06-29", at: nextStart))
        #expect(between.cases == 0 && between.meetings == 0)
        #expect(between.rates.isEmpty && between.byAgency.isEmpty && between.equalities.isEmpty)
        // Meetings of others are not counted, and a panel that one may not know of gives nothing.
        #expect(try returned(world, PanelWorld.fire)?.cases == 0)
        #expect(try returned(world, PanelWorld.officer)?.cases == 0)
    }

    @Test(
        "Refusals and withdrawals are kept and counted; a case with a conflict is not in the return",
        arguments: TestDatabase.engines)
    func kept(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (_, items) = try world.session([pair])
        try world.decide(items[0])
        let (declined, withdrawn) = (try world.refer(world.pair()), try world.refer(world.pair()))
        try world.by(PanelWorld.chair) {
            try $0.answer(
                declined, .decline(reason: "No", forum: "Another", nextStep: "Ring her"), on: $1, in: $2
            ).get()
        }
        try world.by(PanelWorld.officer) { try $0.withdraw(withdrawn, reason: "She moved", on: $1, in: $2).get() }

        let total = try #require(try returned(world))
        #expect(total.cases == 1)
        #expect(total.declined == 1)
        #expect(total.withdrawn == 1)
        try world.by(PanelWorld.chair, at: PanelWorld.meetingStart) {
            try $0.declareConflict(with: items[0], on: $1, in: $2)
        }
        #expect(try returned(world, PanelWorld.chair)?.cases == 0)
    }

    @Test(
        "A flag lasts twelve months after the last referral, for the agencies of the panel alone",
        arguments: TestDatabase.engines)
    func flag(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        func flag(_ actor: Actor, at now: Instant = PanelWorld.now, of person: ID<Person>? = nil) throws -> LocalDate? {
            try world.by(actor, at: now) {
                try $0.flag(of: person ?? pair.victim, kind: W.word("marac"), on: $1, in: $2)
            }
        }
        let referral = try world.refer(pair)
        #expect(try flag(PanelWorld.officer) == nil)
        try world.by(PanelWorld.coordinator) { try $0.answer(referral, .accept, on: $1, in: $2).get() }

        // Referred on 1 June 2026: the flag's last day is 31 May 2027.
        #expect(try flag(PanelWorld.officer) == W.day("2027-05-31"))
        #expect(try flag(PanelWorld.officer, at: after(364)) == W.day("2027-05-31"))
        #expect(try flag(PanelWorld.officer, at: after(365)) == nil)
        #expect(try flag(PanelWorld.officer, of: pair.perpetrator) == nil)
        #expect(try flag(PanelWorld.health) == nil)
        #expect(try flag(PanelWorld.fire) == nil)
    }

    @Test("A repeat is found over merged records, and kept with its definition", arguments: TestDatabase.engines)
    func merged(_ engine: Engine) throws {
        let seed = try PanelWorld(engine)
        let pair = try seed.pair()
        _ = try seed.accepted(pair)
        let twin = try seed.person("Zoe", side: .victim)
        let again = try seed.pair(victim: twin, perpetrator: pair.perpetrator)
        let store = try PanelStore(
            cases: seed.cases, partnership: seed.store.partnership, catalogue: try PanelTypeTests.shipped(),
            identity: PersonIdentity(merges: [twin: pair.victim]))
        let later = after(30)
        let referral = try seed.refer(again, at: later)
        try seed.write {
            try store.answer(referral, .accept, on: seed.occasion(PanelWorld.coordinator, at: later), in: $0).get()
        }

        let row = try #require(try seed.write { try $0.first("SELECT * FROM panel_referrals WHERE id = \(referral)") })
        #expect(try row.get("is_repeat", as: Bool.self))
        #expect(try row.get("repeat_definition", as: String.self) == "any-abuse-last-referral")
    }

    @Test("A year is complete on the birthday, and for 29 February on 1 March")
    func ages() {
        #expect(PanelStore.age(W.day("2008-02-29"), on: W.day("2026-02-28")) == 17)
        #expect(PanelStore.age(W.day("2008-02-29"), on: W.day("2026-03-01")) == 18)
        #expect(PanelStore.age(W.day("2008-06-16"), on: W.day("2026-06-16")) == 18)
    }
}
