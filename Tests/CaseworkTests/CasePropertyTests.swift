import Kernel
import People
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework
@testable import Governance

/// Random cases, people and actors from a seed: what lists, searches, counts, work and histories show together is never
/// more than what each case shows alone.
@Suite("What lists, searches, counts and work show of cases is no more than may be read", .serialized)
struct CasePropertyTests {
    typealias W = CaseWorld
    static let roles = [
        "intake", "case-officer", "supervisor", "advocate", "panel-chair", "panel-member", "panel-coordinator",
        "lawyer", "auditor", "analyst", "member", "administrator",
    ]
    static let agencies = ["council", "police", "haven"]
    static let types = ["asb", "marac", "victim-support"]
    static let headings = ["Shouting at Elm House", "Elm Road, noise", "Threats in Oak Lane"]

    /// What each actor can open.
    private struct Shown {
        let views: [ID<CaseRecord>: CaseView]
        /// Known to be there, and seen through a broken glass or not at all.
        let behindGlass: Set<ID<CaseRecord>>
    }

    @Test(
        "Whatever is listed, found, counted or waits can be read, and shows what reading shows",
        arguments: TestDatabase.engines)
    func subset(_ engine: Engine) throws {
        let world = try W(engine)
        var random = SeededRandom(seed: 20_260_603)
        let people = try Self.people(world)
        var all: [ID<CaseRecord>: RecordFacts] = [:]
        for number in 1...40 {
            let facts = Self.facts(&random)
            all[try Self.put(number, facts, people, &random, world)] = facts
        }
        var (listed, found, waiting, masked, counted, told) = (0, 0, 0, 0, 0, 0)
        for number in 1...16 {
            let actor = Self.actor(number, &random)
            let who = "\(number) \(actor.roles.map(\.text).sorted()) \(actor.agency)"
            let shown = try Self.shown(all.keys.sorted(), to: actor, world)
            for (name, filter) in Self.filters(people, actor, &random) {
                let items = try Self.everything(filter, actor, world)
                listed += items.count
                for item in items { try Self.check(item, filter, shown, world, "\(name): \(who)") }
            }
            let hits = try Self.search("case-2026", actor, random.chance(0.5) ? "Looking for a case" : nil, world)
            found += hits.items.count
            masked += hits.masked.count
            for hit in hits.items {
                let id = try #require(ID<CaseRecord>(hit.id.text))
                #expect(hit.title == shown.views[id]?.record.reference, "\(who)")
            }
            for hit in hits.masked {
                let id = try #require(ID<CaseRecord>(hit.id.text))
                #expect(hit.title == nil && shown.behindGlass.contains(id), "\(who)")
            }
            let count = try world.write { try world.store.count(on: world.occasion(actor), in: $0) }
            // Only who counts without reading, the analyst, is told of more than can be read.
            if !actor.roles.contains(W.word("analyst")) {
                #expect(count <= shown.views.count, "\(who)")
                counted += count
            }
            for item in try world.write({ try world.store.work(on: world.occasion(actor), in: $0) }) {
                waiting += 1
                try Self.check(item, shown, actor, "\(who)")
            }
            told += try Self.histories(actor, all, world, "\(who)")
        }
        // The test says something only when there was something to see.
        #expect(listed > 200, "\(listed)")
        #expect(found > 20, "\(found)")
        #expect(masked > 3, "\(masked)")
        #expect(counted > 20, "\(counted)")
        #expect(waiting > 5, "\(waiting)")
        #expect(told > 10, "\(told)")
    }

    // MARK: - What is looked at

    private static func shown(_ ids: [ID<CaseRecord>], to actor: Actor, _ world: W) throws -> Shown {
        var (views, behindGlass): ([ID<CaseRecord>: CaseView], Set<ID<CaseRecord>>) = ([:], [])
        for id in ids {
            switch try world.read(id, actor) {
            case .found(let view):
                views[id] = view
                if view.facts.isGlassBroken(by: actor.account, now: W.now) { behindGlass.insert(id) }
            case .refused(_, .glass): behindGlass.insert(id)
            case .refused, .absent: continue
            }
        }
        return Shown(views: views, behindGlass: behindGlass)
    }

    private static func filters(
        _ people: [ID<Person>], _ actor: Actor, _ random: inout SeededRandom
    ) -> [(name: String, filter: CaseFilter)] {
        func filter(_ body: (inout CaseFilter) -> Void) -> CaseFilter {
            var filter = CaseFilter()
            body(&filter)
            return filter
        }
        let owner = W.account(1 + random.below(40))
        let person = people[random.below(people.count)]
        let type = types[random.below(types.count)]
        return [
            ("all", CaseFilter()), ("type", filter { $0.type = W.word(type) }),
            ("state", filter { $0.state = W.word("closed") }), ("open", filter { $0.isClosed = false }),
            ("closed", filter { $0.isClosed = true }), ("mine", filter { $0.owner = actor.account }),
            ("another's", filter { $0.owner = owner }), ("team", filter { $0.team = W.word("asb-team") }),
            ("band", filter { $0.band = "high" }), ("late", filter { $0.isLateAt = W.now }),
            ("words", filter { $0.words = "elm" }), ("beginnings", filter { $0.words = "nois elm" }),
            ("reference", filter { $0.words = "case-2026" }), ("person", filter { $0.people = [person] }),
            (
                "several",
                filter {
                    $0.isClosed = false
                    $0.words = "shouting"
                    $0.people = people
                }
            ),
        ]
    }

    private static func everything(_ filter: CaseFilter, _ actor: Actor, _ world: W) throws -> [CaseItem] {
        var items: [CaseItem] = []
        var cursor: ID<CaseRecord>?
        repeat {
            let page = try world.write {
                try world.store.list(filter, after: cursor, limit: 7, on: world.occasion(actor), in: $0)
            }
            items += page.items
            cursor = page.next
        } while cursor != nil
        #expect(Set(items.map(\.record.id)).count == items.count)
        return items
    }

    private static func search(
        _ words: String, _ actor: Actor, _ reason: String?, _ world: W
    ) throws -> RegisterPage {
        try world.write {
            try world.store.register.search(
                words, W.word("case"), limit: 100, reason: reason, on: world.occasion(actor), in: $0)
        }
    }

    // MARK: - What is held against it

    private static func check(
        _ item: CaseItem, _ filter: CaseFilter, _ shown: Shown, _ world: W, _ who: String
    ) throws {
        guard let view = shown.views[item.record.id] else {
            Issue.record("\(who) listed what cannot be read")
            return
        }
        let record = view.record
        #expect(item.record == record || item.record == record.withoutDetails, "\(who)")
        #expect(item.agency == view.facts.agency && item.owner == view.facts.owner, "\(who)")
        let due = view.clocks.filter(\.isOpen).compactMap { clock in
            world.store.calendar.deadline(clock.running.length, from: clock.running.startedAt)?.at
        }.min()
        #expect(item.dueAt == due, "\(who)")
        // What it was found by can be read in it as well.
        if let band = filter.band { #expect(record.band == band, "\(who)") }
        if let words = filter.words {
            let text = "\(record.reference) \(record.heading)".lowercased()
            #expect(!record.heading.isEmpty, "\(who)")
            #expect(words.split(separator: " ").allSatisfy { text.contains($0) }, "\(who)")
        }
        if let people = filter.people {
            #expect(view.parties.contains { $0.until == nil && people.contains($0.person) }, "\(who)")
        }
        if let now = filter.isLateAt { #expect(due.map { $0 <= now } == true, "\(who)") }
        if let isClosed = filter.isClosed { #expect((record.closedAt != nil) == isClosed, "\(who)") }
        if let owner = filter.owner { #expect(view.facts.owner == owner, "\(who)") }
        if let team = filter.team { #expect(view.facts.team == team, "\(who)") }
        #expect(filter.type ?? record.type == record.type && filter.state ?? record.state == record.state, "\(who)")
    }

    private static func check(_ work: WorkItem, _ shown: Shown, _ actor: Actor, _ who: String) throws {
        guard let view = shown.views[work.item.record.id] else {
            Issue.record("What cannot be read waits for \(who)")
            return
        }
        let record = view.record
        #expect(work.item.record == record || work.item.record == record.withoutDetails, "\(who)")
        switch work.kind {
        case .action(let action):
            #expect(view.actions.contains(action), "\(who)")
            let conflicts = view.facts.conflicts
            let isNobodys =
                action.owner.map { conflicts.contains($0) && view.facts.agency == actor.agency }
                ?? (action.agency == actor.agency)
            #expect(action.owner == actor.account || isNobodys, "\(who)")
        case .clock(let code):
            #expect(view.facts.owner == actor.account && view.clocks.contains { $0.clock == code }, "\(who)")
        case .breach(let code):
            #expect(view.facts.agency == actor.agency && view.clocks.contains { $0.clock == code }, "\(who)")
        case .unanswered:
            let isHidden = view.facts.owner.map { view.facts.conflicts.contains($0) } ?? true
            #expect(view.facts.agency == actor.agency && isHidden, "\(who)")
        }
    }

    /// Histories are for who counts all of the partnership's, and hold nothing that someone wrote: how many were told.
    private static func histories(
        _ actor: Actor, _ all: [ID<CaseRecord>: RecordFacts], _ world: W, _ who: String
    ) throws -> Int {
        var told = 0
        for type in types {
            let result = try world.write {
                try world.store.histories(of: W.word(type), on: world.occasion(actor), in: $0)
            }
            guard case .success(let histories) = result else { continue }
            #expect(actor.roles.contains(W.word("analyst")), "\(who)")
            told += histories.count
            for history in histories {
                let facts = try #require(all[history.id])
                #expect([.normal, .protected].contains(facts.recordClass), "\(who)")
                let answers = history.entries.flatMap { $0.answers.keys }
                #expect(Set(answers).isSubset(of: ["category", "children"]), "\(who): \(answers)")
            }
        }
        return told
    }

    // MARK: - What is made up

    /// Four people whom many may see.
    private static func people(_ world: W) throws -> [ID<Person>] {
        try ["Ada", "Ben", "Cian", "Dana"].map { given in
            let id = try world.person(given, "Achebe")
            _ = try world.write {
                try world.store.register.change(
                    ID(id), .p2, reason: "Joint work", on: world.occasion(W.supervisor), in: $0
                ) { entry in
                    entry.facts.shares = agencies.dropFirst().map {
                        .init(agency: W.word($0), from: W.today, highest: .p2)
                    }
                }.get()
            }
            return id
        }
    }

    private static func put(
        _ number: Int, _ facts: RecordFacts, _ people: [ID<Person>], _ random: inout SeededRandom, _ world: W
    ) throws -> ID<CaseRecord> {
        let type = try #require(world.store.catalogue.type(W.word(types[random.below(types.count)])))
        let isClosed = random.chance(0.2)
        let id = try #require(ID<CaseRecord>("01890000-0000-7000-8000-0000000010\(number + 10)"))
        var record = CaseRecord(
            id: id, type: type.code, typeVersion: type.version, reference: "CASE-2026-0000\(number + 10)",
            heading: headings[random.below(headings.count)], state: isClosed ? W.word("closed") : type.states[0].code,
            openedAt: W.now)
        record.band = ["high", "medium", nil][random.below(3)]
        record.closedAt = isClosed ? W.now : nil
        let party = CaseParty(
            id: ID(at: W.now), role: type.parties[0].code, person: people[random.below(people.count)], since: W.now,
            addedBy: W.account(1))
        let action = CaseAction(
            id: ID(at: W.now), text: "Visit \(number)", agency: facts.agency, owner: W.account(1 + random.below(16)),
            due: W.today, origin: nil, status: .open, outcome: nil, madeBy: W.account(1), madeAt: W.now, closedBy: nil,
            closedAt: nil)
        // Five working days begin a month ago, and are over, or today.
        let begun = random.chance(0.5) ? W.now : W.now.advanced(bySeconds: -30 * 86_400)
        let clock = KeptClock(
            id: ID(at: W.now), clock: type.clocks[0].code,
            running: try world.store.policy.start("case.repeatAction", at: begun))
        let entry = CaseEntry(
            id: ID(at: W.now), form: W.word("incident"), typeVersion: type.version,
            answers: W.answers([
                "category": "personal", "description": "He shouted", "what": "He shouted", "children": "yes",
            ]),
            happenedOn: W.today, evidence: .fact, source: "Told", handling: .general, agency: facts.agency,
            madeBy: W.account(1), madeAt: W.now, supersedes: nil, supersededAt: nil)
        try world.write { connection in
            try RegisterRows.insert(
                RegisterEntry(ID(id), facts, title: record.reference, titleClass: .p0), in: connection)
            for glass in facts.glasses {
                try GlassRows.insert(
                    BrokenGlass(
                        id: ID(at: W.now), record: ID(id), account: glass.account, agency: W.word("council"),
                        owningAgency: facts.agency, category: .other, reason: "a reason of the test's own", at: W.now,
                        until: glass.until, reviewBy: W.today), in: connection)
            }
            try CaseRows.insert(record, in: connection)
            try CaseRows.insert(party, id, in: connection)
            try EntryRows.insert(entry, id, in: connection)
            try EntryRows.insert(action, id, in: connection)
            if !isClosed { try ClockRows.insert(clock, id, on: world.store.calendar, in: connection) }
        }
        return id
    }

    private static func actor(_ number: Int, _ random: inout SeededRandom) -> Actor {
        let first = ["case-officer", "supervisor", "advocate", "analyst", "panel-member", "lawyer"]
        var actor = W.actor(number, number <= first.count ? first[number - 1] : roles[random.below(roles.count)])
        if random.chance(0.3) { actor.roles.insert(W.word(roles[random.below(roles.count)])) }
        actor.agency = W.word(agencies[random.below(agencies.count)])
        actor.teams = random.chance(0.5) ? [W.word("asb-team")] : []
        actor.side = [.victim, .perpetrator, .child, nil][random.below(4)]
        actor.panels =
            random.chance(0.5) ? [PanelMembership(panel: W.word("marac"), from: W.today, until: nil)] : []
        actor.clearedUntil = random.chance(0.1) ? W.today.advanced(by: -1) : nil
        return actor
    }

    private static func facts(_ random: inout SeededRandom) -> RecordFacts {
        func some(_ chance: Double) -> Set<ID<Account>> {
            Set((1...40).filter { _ in random.chance(chance) }.map { W.account($0) })
        }
        func agency() -> Code<Agency> { W.word(agencies[random.below(agencies.count)]) }
        var facts = RecordFacts(kind: W.word("case"), agency: agency())
        facts.recordClass = random.chance(0.4) ? .normal : RecordClass.allCases[random.below(4)]
        facts.team = random.chance(0.5) ? W.word("asb-team") : nil
        facts.owner = random.chance(0.7) ? W.account(1 + random.below(20)) : nil
        facts.side = [.victim, .perpetrator, .child, nil][random.below(4)]
        facts.involved = some(0.05)
        facts.named = some(0.2)
        facts.conflicts = some(0.1)
        facts.grants = some(0.2).sorted().map {
            .init(account: $0, until: W.now.advanced(bySeconds: Int64(random.below(3)) * 60))
        }
        if facts.recordClass == .protected {
            facts.glasses = some(0.1).sorted().map {
                .init(account: $0, until: W.now.advanced(bySeconds: 1 + Int64(random.below(3)) * 60))
            }
        }
        if random.chance(0.4) {
            facts.shares = [.init(agency: agency(), from: W.today, highest: FieldClass.allCases[random.below(5)])]
        }
        if random.chance(0.3) { facts.listings = [.init(panel: W.word("marac"), from: W.today)] }
        return facts
    }
}
