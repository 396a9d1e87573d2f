import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance
@testable import People

@Suite("Walls of a person with several records", .serialized)
struct MergedWallTests {
    typealias W = PeopleWorld

    private func person(
        _ given: String, _ side: SubjectSide?, _ world: W, phone: String? = nil, agency: String = "council",
        _ body: (inout RecordFacts) -> Void = { _ in }
    ) throws -> ID<Person> {
        let id = ID<Person>(at: W.now)
        var facts = RecordFacts(kind: W.word("person"), agency: W.word(agency))
        if agency == "council" { facts.team = W.word("asb-team") }
        facts.side = side
        body(&facts)
        try world.put(id, W.details(given, "Reed", phone: phone), facts, .ordinary)
        return id
    }

    /// Puts two records together, whoever might.
    @discardableResult
    private func merge(_ lead: ID<Person>, _ other: ID<Person>, _ world: W) throws -> PersonMerge {
        let merge = PersonMerge(
            id: ID(at: W.now), lead: lead, other: other, reason: "Asked", choices: [], proposedBy: W.account(1),
            proposedAt: W.now, confirmations: [:], mergedAt: nil, endedAt: nil, endedReason: nil)
        try world.write {
            try MergeRows.insert(merge, in: $0)
            try MergeRows.take(merge, at: W.now, in: $0)
        }
        return merge
    }

    private func households(_ id: ID<Person>, _ world: W, _ actor: Actor) throws -> [Household] {
        try world.write { try world.store.households(of: id, on: world.occasion(actor), in: $0) }
    }

    private func household(_ lines: String, _ people: [ID<Person>], _ world: W) throws -> ID<Household> {
        let id = ID<Household>(at: W.now)
        try world.write { connection in
            try HouseholdRows.insert(id, lines, at: W.now, by: W.account(1), in: connection)
            for person in people { try HouseholdRows.set(HouseholdMember(person, .adult), in: id, in: connection) }
        }
        return id
    }

    private func contact(
        _ content: ContactContent, _ id: ID<Person>, _ world: W, by actor: Actor = W.officer
    ) throws -> Result<Void, PartRefusal> {
        try world.write {
            try world.store.setContact(nil, of: id, to: content, on: world.occasion(actor), in: $0)
        }
    }

    private func answer(
        _ channel: ContactChannel, _ id: ID<Person>, _ world: W, _ actor: Actor = W.officer
    ) throws -> ContactAnswer {
        try #require(
            try world.write {
                try world.store.contact(channel, for: id, confirmedSince: nil, on: world.occasion(actor), in: $0)
            })
    }

    @Test("The household of who harms is hidden when another record is a victim's", arguments: TestDatabase.engines)
    func household(engine: Engine) throws {
        let world = try W(engine)
        let (harms, harmed) = (try person("Dan", .perpetrator, world), try person("Danny", .victim, world))
        _ = try household("4 Hill", [harms], world)
        #expect(try households(harms, world, W.chaser).first?.lines == "4 Hill")
        try merge(harms, harmed, world)
        #expect(try households(harms, world, W.chaser).isEmpty)
        #expect(try households(harms, world, W.officer).first?.lines == "4 Hill")
    }

    @Test(
        "A conflict of interest with another record of a member hides the member and where the household is",
        arguments: TestDatabase.engines)
    func conflict(engine: Engine) throws {
        let world = try W(engine)
        let (ann, bea) = (try person("Ann", .victim, world), try person("Bea", .victim, world))
        let other = try person("Beatrice", .victim, world) { $0.conflicts = [W.officer.account] }
        _ = try household("4 Hill", [ann, bea], world)
        #expect(try households(ann, world, W.officer).first?.members.count == 2)
        try merge(bea, other, world)
        let shown = try #require(try households(ann, world, W.officer).first)
        #expect(shown.members.map(\.person) == [ann] && shown.lines == nil)
        #expect(try households(ann, world, W.supervisor).first?.lines == "4 Hill")
    }

    @Test(
        "Who works with those who harm neither reads nor writes where they are once a victim's record is theirs",
        arguments: TestDatabase.engines)
    func parts(engine: Engine) throws {
        let world = try W(engine)
        let (harms, friend) = (try person("Dan", .perpetrator, world), try person("Ed", .perpetrator, world))
        let harmed = try person("Danny", .victim, world)
        let relation = RelationContent(.friend, to: friend, evidence: .fact, tellsWhere: true)
        try world.write {
            try world.store.setRelation(nil, of: harms, to: relation, on: world.occasion(W.chaser), in: $0)
        }.get()
        func relations() throws -> Int? {
            try world.write { try world.store.network(of: friend, on: world.occasion(W.chaser), in: $0) }?.relations
                .count
        }
        #expect(try relations() == 1)
        try contact(ContactContent(.telephone, "07700 900111"), harms, world, by: W.chaser).get()
        try merge(harms, harmed, world)
        #expect(try relations() == 0)
        #expect(throws: PartRefusal.register(.denied(.wall))) {
            try contact(ContactContent(.telephone, "07700 900112"), harms, world, by: W.chaser).get()
        }
        try contact(ContactContent(.telephone, "07700 900113"), harms, world).get()
    }

    @Test("A no on any record holds for the same number on all of them", arguments: TestDatabase.engines)
    func safeNow(engine: Engine) throws {
        let world = try W(engine)
        let lead = try person("Ann", .victim, world)
        let other = try person("Anne", .victim, world)
        try contact(ContactContent(.telephone, "07700 900111", safety: .yes), lead, world).get()
        try contact(ContactContent(.telephone, "+44 7700 900111", safety: .no), other, world).get()
        #expect(try answer(.telephone, lead, world).isSafe)
        try merge(lead, other, world)
        #expect(try answer(.telephone, lead, world).bars == [.unsafe])
        #expect(try answer(.telephone, lead, world).value == nil)
        // Another number to which she said yes is safe.
        try contact(ContactContent(.telephone, "07700 900222", safety: .yes), lead, world).get()
        #expect(try answer(.telephone, lead, world).value == "07700 900222")
    }

    @Test(
        "A no that one may not see bars without saying why; so does a withheld address against a letter",
        arguments: TestDatabase.engines)
    func unseen(engine: Engine) throws {
        let world = try W(engine)
        let lead = try person("Ann", .victim, world)
        let other = try person("Anne", .victim, world, agency: "police")
        try contact(ContactContent(.telephone, "07700 900111", safety: .yes), lead, world).get()
        try contact(ContactContent(.letter, safety: .yes), lead, world).get()
        _ = try world.write {
            try world.store.addAddress(
                AddressContent(.home, "1 Row", takesLetters: true), to: lead, on: world.occasion(W.officer), in: $0)
        }.get()
        try world.write { connection in
            try ContactRows.insert(
                ContactMethod(
                    id: ID(at: W.now), person: other,
                    content: ContactContent(.telephone, "07700 900111", safety: .no), version: 1, changedAt: W.now,
                    changedBy: W.account(1)), in: connection)
            try AddressRows.insert(
                PersonAddress(
                    id: ID(at: W.now), person: other, content: AddressContent(.refuge, "The haven", secrecy: .safety),
                    version: 1, changedAt: W.now, changedBy: W.account(1)), in: connection)
        }
        #expect(try answer(.telephone, lead, world).isSafe && answer(.letter, lead, world).isSafe)
        try merge(lead, other, world)
        for channel in [ContactChannel.telephone, .letter] {
            let answer = try answer(channel, lead, world)
            #expect(answer.bars == [.notForYou] && answer.value == nil)
        }
    }

    @Test("Who harms and is a victim by another record is reached only with a yes", arguments: TestDatabase.engines)
    func side(engine: Engine) throws {
        let world = try W(engine)
        let harms = try person("Dan", .perpetrator, world, phone: "07700 900111")
        #expect(try answer(.telephone, harms, world).isSafe)
        try merge(harms, try person("Danny", .victim, world), world)
        #expect(try answer(.telephone, harms, world).bars == [.notAsked])
    }

    @Test(
        "A search without a reason does not give another agency's record that leads; with one it does, and the audit names it",
        arguments: TestDatabase.engines)
    func search(engine: Engine) throws {
        let world = try W(engine)
        let own = try person("Ann", .victim, world)
        let lead = try person("Zoe", .victim, world, agency: "police") {
            $0.shares = [
                .init(agency: W.word("council"), from: W.today.advanced(by: -1), until: nil, highest: .p2, gateway: nil)
            ]
        }
        try merge(lead, own, world)
        #expect(try world.search("ann reed", W.officer).items.map(\.id) == [own])
        #expect(try world.search("ann reed", W.officer, reason: "A call").items.map(\.id) == [lead])
        let subjects = try world.write {
            try $0.rows("SELECT e.act, s.subject FROM audit_entries e JOIN audit_subjects s ON s.seq = e.seq").map {
                "\(try $0.get("act", as: String.self)) \(try $0.get("subject", as: String.self))"
            }
        }
        #expect(subjects.contains { $0.hasPrefix("search") && $0.hasSuffix(lead.text) })
    }

    @Test(
        "A record that a conflict with another record hides leaves the trace of one that is not there",
        arguments: TestDatabase.engines)
    func trace(engine: Engine) throws {
        let world = try W(engine)
        let lead = try person("Ann", .victim, world)
        let other = try person("Anne", .victim, world) { $0.conflicts = [W.officer.account] }
        try merge(lead, other, world)
        func trace(_ id: ID<Person>) throws -> [String] {
            try world.entries {
                let finding = try world.read(id, W.officer)
                #expect(finding == .absent)
            }
        }
        let (nobody, hidden, plain) = try (trace(W.person(99)), trace(lead), trace(other))
        #expect(nobody == ["denied|deny|absent|record|-|-"])
        #expect(hidden == ["denied|deny|conflict|record|-|-"] && hidden == plain)
    }
}
