import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance
@testable import People

@Suite("Records of one person", .serialized)
struct MergeTests {
    typealias W = PeopleWorld
    static let second = W.actor(7, "supervisor", teams: ["asb-team"])

    private func pair(_ world: W, sides: (SubjectSide?, SubjectSide?) = (.victim, .victim)) throws -> (
        ID<Person>, ID<Person>
    ) {
        let team: Code<Team> = W.word("asb-team")
        let lead = try world.make(NewPerson(W.details("Ann", "Reed", phone: "07700 900111"), side: sides.0, team: team))
        let other = try world.make(
            NewPerson(W.details("Anne", "Read", birth: "1984-03-02", address: "1 Row"), side: sides.1, team: team))
        return (lead, other)
    }

    private func propose(
        _ lead: ID<Person>, _ other: ID<Person>, _ world: W, taking choices: Set<PersonField> = [],
        by actor: Actor = W.officer
    ) throws -> Result<ID<PersonMerge>, MergeRefusal> {
        try world.write {
            try world.store.proposeMerge(
                of: other, into: lead, choices: choices, reason: "Same day of birth", on: world.occasion(actor), in: $0)
        }
    }

    private func confirm(
        _ id: ID<PersonMerge>, _ world: W, by actor: Actor = W.supervisor, knows: Bool = false,
        reason: String = "Asked her"
    ) throws -> Result<Bool, MergeRefusal> {
        try world.write {
            try world.store.confirmMerge(id, knowsSides: knows, reason: reason, on: world.occasion(actor), in: $0)
        }
    }

    private func end(_ id: ID<PersonMerge>, _ world: W, by actor: Actor = W.supervisor) throws -> Result<
        Void, MergeRefusal
    > {
        try world.write { try world.store.endMerge(id, reason: "Two women", on: world.occasion(actor), in: $0) }
    }

    private func history(_ id: ID<Person>, _ world: W, _ actor: Actor) throws -> [String] {
        try world.write { try world.store.history(of: id, on: world.occasion(actor), in: $0) }.map(\.text)
    }

    private func whole(_ id: ID<Person>, _ world: W, _ actor: Actor = W.officer) throws -> WholePerson {
        let person = try world.found(id, actor)
        return try world.write { try world.store.whole(person, on: world.occasion(actor), in: $0) }
    }

    @Test("It takes a second person; then both are shown as one, with what was chosen", arguments: TestDatabase.engines)
    func merge(engine: Engine) throws {
        let world = try W(engine)
        let (lead, other) = try pair(world)
        let id = try propose(lead, other, world, taking: [.givenName], by: W.supervisor).get()
        #expect(try confirm(id, world) == .failure(.secondPersonNeeded))
        #expect(try confirm(id, world, by: W.officer) == .failure(.register(.denied(.noPermission))))
        #expect(try confirm(id, world, by: Self.second, reason: " ") == .failure(.register(.reasonNeeded)))
        #expect(try whole(lead, world).others.isEmpty)
        let entries = try world.entries { _ = try confirm(id, world, by: Self.second).get() }
        #expect(entries.count(where: { $0.hasPrefix("merge|permit|-|person|merge|") }) == 2)
        let one = try whole(lead, world)
        #expect(one.others.map(\.id) == [other])
        #expect(one.details[.givenName] == "Anne" && one.details[.familyName] == "Reed")
        #expect(one.details[.birth] == "1984-03-02" && one.details[.phone] == "07700 900111")
        #expect(one.alternatives(.familyName) == ["Read"] && one.alternatives(.birth).isEmpty)
        // A search for either name gives the record that leads, once.
        #expect(try world.search("anne", W.officer).items.map(\.id) == [lead])
        #expect(try world.search("ann", W.officer).items.map(\.id) == [lead])
        let listed = try world.write { try world.store.list(on: world.occasion(W.officer), in: $0) }
        #expect(listed.items.map(\.id) == [lead])
        #expect(try world.write { try world.store.lead(of: other, on: world.occasion(W.officer), in: $0) } == lead)
        #expect(try world.write { try PersonStore.merges(in: $0) } == [other: lead])
        #expect(try world.write { try PersonStore.sameRecords(lead, in: $0) } == [lead, other].sorted())
    }

    @Test(
        "What was refused, is proposed already, or is known not to be the same is not put together",
        arguments: TestDatabase.engines)
    func refused(engine: Engine) throws {
        let world = try W(engine)
        let (lead, other) = try pair(world)
        #expect(try propose(lead, lead, world) == .failure(.sameRecord))
        #expect(try propose(lead, W.person(99), world) == .failure(.register(.absent)))
        #expect(try propose(lead, other, world, by: W.police) == .failure(.register(.absent)))
        let id = try propose(lead, other, world).get()
        #expect(try propose(other, lead, world) == .failure(.proposedAlready))
        try end(id, world, by: W.officer).get()
        #expect(try confirm(id, world) == .failure(.over))
        try world.write {
            try world.store.declareNotSame(other, lead, reason: "Twins", on: world.occasion(W.officer), in: $0)
        }.get()
        #expect(try propose(lead, other, world) == .failure(.notTheSame))
        #expect(throws: MergeRefusal.over) { try end(id, world).get() }
    }

    @Test(
        "A record that points to another is part of no other merge, and a chain leads to its end",
        arguments: TestDatabase.engines)
    func chain(engine: Engine) throws {
        let world = try W(engine)
        let (a, b) = try pair(world)
        let (c, _) = try pair(world)
        let first = try propose(a, b, world).get()
        _ = try confirm(first, world).get()
        #expect(try propose(c, b, world) == .failure(.mergedAlready))
        let second = try propose(c, a, world).get()
        _ = try confirm(second, world).get()
        #expect(try world.write { try PersonStore.sameRecords(b, in: $0) } == [a, b, c].sorted())
        #expect(try whole(c, world).others.map(\.id).sorted() == [a, b].sorted())
        try end(second, world).get()
        #expect(try world.write { try PersonStore.sameRecords(b, in: $0) } == [a, b].sorted())
        #expect(try world.write { try PersonStore.sameRecords(c, in: $0) } == [c])
    }

    @Test(
        "Two people who were taken for one: what waits is over, and by none of their records are they put together",
        arguments: TestDatabase.engines)
    func notTheSame(engine: Engine) throws {
        let world = try W(engine)
        let (a, b) = try pair(world)
        let (c, d) = try pair(world)
        func declare(_ one: ID<Person>, _ two: ID<Person>) throws {
            try world.write {
                try world.store.declareNotSame(one, two, reason: "Twins", on: world.occasion(W.officer), in: $0)
            }.get()
        }
        let waiting = try propose(a, b, world).get()
        let free = try propose(a, c, world).get()
        try declare(b, a)
        #expect(try confirm(waiting, world) == .failure(.over))
        _ = try confirm(free, world).get()
        // What was said of one record holds for the person: a leads c, and b is not a.
        #expect(try propose(b, a, world) == .failure(.notTheSame))
        let third = try propose(d, a, world).get()
        try declare(d, c)
        #expect(try confirm(third, world) == .failure(.over))
        // Said while a proposal waited that reaches them only through another merge.
        let (e, f) = try pair(world)
        let (g, _) = try pair(world)
        let late = try propose(e, f, world).get()
        try declare(g, f)
        _ = try confirm(try propose(e, g, world).get(), world).get()
        #expect(try confirm(late, world) == .failure(.notTheSame))
        let work = try world.write { try world.store.mergesToConfirm(on: world.occasion(W.supervisor), in: $0) }
        #expect(!work.contains { $0.id == late })
        #expect(try world.write { try PersonStore.sameRecords(f, in: $0) } == [f])
    }

    @Test("Across the sides it takes two who know; then the stricter side decides", arguments: TestDatabase.engines)
    func sides(engine: Engine) throws {
        let world = try W(engine)
        let (harms, harmed) = try pair(world, sides: (.perpetrator, .victim))
        // How to reach who harms is open to their worker before.
        #expect(try world.found(harms, W.chaser).details.phone == "07700 900111")
        let address = try world.write {
            try world.store.addAddress(
                AddressContent(.home, "7 Mill Lane", takesLetters: true), to: harms, on: world.occasion(W.officer),
                in: $0)
        }.get()
        try world.write {
            try world.store.changeAddress(
                address, of: harms, version: 1, to: AddressContent(.home, "8 Mill Lane", takesLetters: true),
                on: world.occasion(W.officer), in: $0)
        }.get()
        #expect(try history(harms, world, W.chaser) == ["home: 7 Mill Lane; takes letters"])
        #expect(try world.search("07700 900111", W.chaser).items.map(\.id) == [harms])
        #expect(try world.search("8 Mill Lane", W.chaser).items.map(\.id) == [harms])
        let id = try propose(harms, harmed, world).get()
        #expect(try confirm(id, world) == .failure(.acrossSides))
        #expect(try confirm(id, world, knows: true) == .success(false))
        #expect(try confirm(id, world, knows: true) == .failure(.acrossSides))
        #expect(try confirm(id, world, by: Self.second, knows: true) == .success(true))
        #expect(try history(harms, world, W.chaser).isEmpty)
        #expect(try history(harms, world, W.officer) == ["home: 7 Mill Lane; takes letters"])
        #expect(try world.search("07700 900111", W.chaser).items.isEmpty)
        #expect(try world.search("07700 900111", W.officer).items.map(\.id) == [harms])
        #expect(try world.search("8 Mill Lane", W.chaser).items.isEmpty)
        let walled = try world.found(harms, W.chaser)
        #expect(walled.details.phone == nil && walled.contacts.isEmpty && !walled.changeable.contains(.phone))
        #expect(try world.found(harmed, W.chaser).details.address == nil)
        try end(id, world).get()
        #expect(try world.found(harms, W.chaser).details.phone == "07700 900111")
    }

    @Test("Who declared a conflict with one record does not see the other", arguments: TestDatabase.engines)
    func conflict(engine: Engine) throws {
        let world = try W(engine)
        let (lead, other) = try pair(world)
        try world.write {
            try world.store.register.declareConflict(with: ID(other), on: world.occasion(W.officer), in: $0)
        }
        #expect(try world.found(lead, W.officer).id == lead)
        let id = try propose(lead, other, world, by: W.supervisor).get()
        _ = try confirm(id, world, by: Self.second).get()
        #expect(try world.read(lead, W.officer) == .absent)
        #expect(try world.search("07700 900111", W.officer).items.isEmpty)
        #expect(try world.search("reed", W.officer).items.isEmpty)
        #expect(try world.write { try world.store.items([lead], on: world.occasion(W.officer), in: $0) }.isEmpty)
        try end(id, world).get()
        #expect(try world.found(lead, W.officer).id == lead)
    }

    @Test(
        "A merge that is split leaves everything as it would be without it, edits in between included",
        arguments: TestDatabase.engines)
    func identity(engine: Engine) throws {
        let (merged, plain) = (try W(engine), try W(engine))
        var random = SeededRandom(seed: 321)
        var ids: [ID<Person>] = []
        for number in 1...6 {
            var facts = RecordFacts(kind: W.word("person"), agency: W.word("council"))
            facts.team = W.word("asb-team")
            facts.side = [.victim, nil][random.below(2)]
            let details = W.details(
                "Given\(number)", "Family\(number)", phone: "07700 90011\(number)", address: "\(number) Row")
            for world in [merged, plain] { try world.put(W.person(number), details, facts, .ordinary) }
            ids.append(W.person(number))
        }
        var open: [ID<PersonMerge>] = []
        for step in 1...60 {
            if random.chance(0.4) {
                let (a, b) = (ids[random.below(6)], ids[random.below(6)])
                let choices = Set(PersonField.allCases.filter { _ in random.chance(0.3) })
                if case .success(let id) = try propose(a, b, merged, taking: choices) {
                    _ = try confirm(id, merged).get()
                    open.append(id)
                }
            } else if random.chance(0.2), !open.isEmpty {
                try end(open.remove(at: random.below(open.count)), merged).get()
            }
            // The same edit in both worlds, on a record that may be part of another or lead one.
            let id = ids[random.below(6)]
            let field = PersonField.allCases[random.below(PersonField.allCases.count)]
            let text =
                field == .birth
                ? "19\(50 + random.below(40))"
                : field == .phone ? "07700 9002\(10 + step)" : field == .email ? "a\(step)@b.example" : "Text \(step)"
            var details = PersonDetails()
            details[field] = text
            for world in [merged, plain] {
                let version = try world.found(id, W.officer).version
                try world.write {
                    try world.store.change(
                        id, version: version, to: details, fields: [field], on: world.occasion(W.officer), in: $0)
                }.get()
            }
        }
        #expect(open.count >= 2)
        for id in open.reversed() { try end(id, merged).get() }
        for id in ids {
            let (one, two) = (try merged.found(id, W.officer), try plain.found(id, W.officer))
            #expect(one.details == two.details && one.version == two.version && one.facts == two.facts)
            #expect(Set(one.addresses.map(\.content)) == Set(two.addresses.map(\.content)))
            #expect(try whole(id, merged).others.isEmpty)
        }
        let found = try [merged, plain].map { try $0.search("given", W.officer).items.map(\.id) }
        #expect(found[0] == found[1])
    }

    @Test("A merge shows nobody more than they could see before", arguments: TestDatabase.engines)
    func nobodySeesMore(engine: Engine) throws {
        let world = try W(engine)
        var random = SeededRandom(seed: 325)
        let ids = (1...16).map { W.person($0) }
        for id in ids {
            let details = W.details(
                PeoplePropertyTests.given[random.below(6)], PeoplePropertyTests.family[random.below(6)],
                birth: "19\(50 + random.below(40))",
                phone: "07700 900\(100 + random.below(900))", address: "\(random.below(99)) Street",
                needs: "None \(random.below(99))")
            try world.put(id, details, PeoplePropertyTests.facts(&random), AddressSecrecy.allCases[random.below(3)])
        }
        let actors = (1...20).map { PeoplePropertyTests.actor($0, &random) }
        func seen(_ actor: Actor) throws -> [ID<Person>: Set<String>] {
            var seen: [ID<Person>: Set<String>] = [:]
            for id in ids {
                guard case .found(let person) = try world.read(id, actor) else { continue }
                seen[id] = Set(
                    person.details.filled.map { "\($0):\(person.details[$0] ?? "")" }
                        + person.addresses.map(\.content.lines))
            }
            return seen
        }
        func found(_ actor: Actor) throws -> Set<ID<Person>> {
            var found: Set<ID<Person>> = []
            for word in PeoplePropertyTests.given {
                found.formUnion(try world.search(word, actor, reason: "a case").items.map(\.id))
            }
            return found
        }
        let before = try actors.map { (try seen($0), try found($0)) }
        // Put together whatever the policy says: whoever confirmed it, nobody may see more.
        for number in stride(from: 0, to: 14, by: 2) {
            let merge = PersonMerge(
                id: ID(at: W.now), lead: ids[number], other: ids[number + 1], reason: "test",
                choices: Set(PersonField.allCases.filter { _ in random.chance(0.5) }), proposedBy: W.account(1),
                proposedAt: W.now, confirmations: [:], mergedAt: nil, endedAt: nil, endedReason: nil)
            try world.write {
                try MergeRows.insert(merge, in: $0)
                try MergeRows.take(merge, at: W.now, in: $0)
            }
        }
        var together = 0
        for (actor, (seenBefore, foundBefore)) in zip(actors, before) {
            for (id, values) in try seen(actor) {
                #expect(values.isSubset(of: seenBefore[id] ?? []))
                let whole = try whole(id, world, actor)
                together += whole.others.count
                let all = seenBefore.filter { pair in pair.key == id || whole.others.map(\.id).contains(pair.key) }
                let allowed = all.values.reduce(into: Set<String>()) { $0.formUnion($1) }
                let shown = Set(whole.details.filled.map { "\($0):\(whole.details[$0] ?? "")" })
                #expect(shown.isSubset(of: allowed))
            }
            for id in try found(actor) { #expect(foundBefore.contains(id) || seenBefore[id] != nil) }
        }
        #expect(together > 10)
    }
}
