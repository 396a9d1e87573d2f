import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance
@testable import People

@Suite("Households and networks", .serialized)
struct NetworkTests {
    typealias W = PeopleWorld

    private func person(
        _ name: String, _ side: SubjectSide?, _ world: W, agency: String = "council", restricted: Bool = false
    ) throws -> ID<Person> {
        let id = ID<Person>(at: W.now)
        var facts = RecordFacts(kind: W.word("person"), agency: W.word(agency))
        facts.team = W.word("asb-team")
        facts.side = side
        if restricted { facts.recordClass = .restricted }
        try world.put(id, W.details(name, "Reed"), facts, .ordinary)
        return id
    }

    private func relate(
        _ a: ID<Person>, _ kind: RelationKind, _ b: ID<Person>, _ world: W, where tells: Bool = false,
        by actor: Actor = W.officer
    ) throws -> Result<Void, PartRefusal> {
        try world.write {
            try world.store.setRelation(
                nil, of: a, to: RelationContent(kind, to: b, source: "her", evidence: .fact, tellsWhere: tells),
                on: world.occasion(actor), in: $0)
        }
    }

    private func network(_ id: ID<Person>, _ world: W, _ actor: Actor = W.officer) throws -> Network? {
        try world.write { try world.store.network(of: id, on: world.occasion(actor), in: $0) }
    }

    private func history(_ id: ID<Person>, _ world: W, _ actor: Actor = W.officer) throws -> [String] {
        try world.write { try world.store.history(of: id, on: world.occasion(actor), in: $0) }.map(\.text)
    }

    @Test(
        "A former relation is there only for who may see it on both records, and as it is guarded now",
        arguments: TestDatabase.engines)
    func former(engine: Engine) throws {
        let world = try W(engine)
        let (ann, bea) = (try person("Ann", .victim, world), try person("Bea", .victim, world))
        try relate(ann, .friend, bea, world).get()
        func change(_ version: Int64, _ body: (inout RelationContent) -> Void) throws {
            let relation = try #require(try network(ann, world)?.relations.first)
            var content = relation.content
            body(&content)
            try world.write {
                try world.store.setRelation(
                    (relation.id, version), of: ann, to: content, on: world.occasion(W.officer), in: $0)
            }.get()
        }
        try change(1) { $0.kind = .sibling }
        #expect(try history(ann, world, W.chaser) == ["friend of Bea Reed; fact; source: her"])
        try change(2) { $0.tellsWhere = true }
        #expect(try history(ann, world, W.chaser).isEmpty)
        #expect(try history(ann, world).count == 2)
        // Who may not see the other person sees nothing of them here either.
        try world.write { connection in
            _ = try connection.run(
                "UPDATE register_records SET class = 'restricted' WHERE id = \(bea)")
        }
        #expect(try history(ann, world).isEmpty)
    }

    @Test("Every kind of relation read twice from the other end is itself", arguments: RelationKind.allCases)
    func inverse(kind: RelationKind) {
        #expect(kind.inverse.inverse == kind)
    }

    @Test(
        "People two steps away are drawn, and no further; a relation reads from either end",
        arguments: TestDatabase.engines)
    func steps(engine: Engine) throws {
        let world = try W(engine)
        let people = try ["Ann", "Bea", "Cat", "Dan"].map { try person($0, .victim, world) }
        try relate(people[0], .parent, people[1], world).get()
        try relate(people[1], .sibling, people[2], world).get()
        try relate(people[3], .friend, people[2], world).get()
        #expect(
            throws: PartRefusal.problems([
                PartProblem("other", "Choose someone else: nobody is related to themselves")
            ])
        ) { try relate(people[0], .friend, people[0], world).get() }
        let found = try #require(try network(people[0], world))
        #expect(found.people.compactMap(\.name) == ["Ann Reed", "Bea Reed", "Cat Reed"])
        #expect(found.steps[people[2]] == 2 && found.relations.count == 2)
        let relation = try #require(try network(people[1], world)?.relations.first { $0.ends.contains(people[0]) })
        #expect(relation.content(from: people[1]).kind == .child)
        // Changed from the other end it stays the same relation.
        var changed = relation.content(from: people[1])
        changed.kind = .caredFor
        try world.write {
            try world.store.setRelation(
                (relation.id, 1), of: people[1], to: changed, on: world.occasion(W.officer), in: $0)
        }.get()
        let kept = try network(people[0], world)?.relations.first { $0.id == relation.id }
        #expect(kept?.content.kind == .carer)
        // What it was before stands in the history of both.
        #expect(try history(people[0], world) == ["parent of Bea Reed; fact; source: her"])
        #expect(try history(people[1], world) == ["child of Ann Reed; fact; source: her"])
        #expect(try history(people[2], world).isEmpty)
    }

    @Test("Who is hidden leaves no gap and no count, and nobody is found through them", arguments: TestDatabase.engines)
    func hidden(engine: Engine) throws {
        let world = try W(engine)
        let ann = try person("Ann", .victim, world)
        let police = try person("Bob", .victim, world, agency: "police")
        let secret = try person("Cat", .victim, world, restricted: true)
        let dan = try person("Dan", .victim, world)
        let alone = try #require(try network(ann, world))
        for (a, b) in [(ann, police), (ann, secret), (secret, dan)] {
            try world.write {
                try RelationRows.insert(
                    Relation(
                        id: ID(at: W.now), person: a, content: RelationContent(.friend, to: b, evidence: .fact),
                        version: 1,
                        changedAt: W.now, changedBy: W.account(1)), in: $0)
            }
        }
        #expect(try network(ann, world) == alone)
        #expect(try relate(ann, .friend, secret, world).isAbsent)
        #expect(try network(secret, world) == nil)
    }

    @Test("A relation that tells where a victim is stays on their side of the wall", arguments: TestDatabase.engines)
    func wall(engine: Engine) throws {
        let world = try W(engine)
        let (her, child) = (try person("Ann", .victim, world), try person("Bea", .victim, world))
        try relate(her, .parent, child, world, where: true).get()
        #expect(try network(her, world)?.relations.count == 1)
        let seen = try #require(try network(her, world, W.chaser))
        #expect(seen.relations.isEmpty && seen.people.count == 1)
        #expect(throws: PartRefusal.register(.denied(.wall))) {
            try relate(her, .friend, child, world, where: true, by: W.chaser).get()
        }
    }

    @Test(
        "Who works with the person who harms never sees the household of who is harmed", arguments: TestDatabase.engines
    )
    func household(engine: Engine) throws {
        let world = try W(engine)
        let her = try person("Ann", .victim, world)
        let (lodger, cousin) = (try person("Bea", .victim, world), try person("Cy", .victim, world, agency: "police"))
        let him = try person("Dan", .perpetrator, world)
        let id = try world.write {
            try world.store.makeHousehold(
                "4 Hill\nObbwade", with: HouseholdMember(her, .adult), on: world.occasion(W.officer), in: $0)
        }.get()
        func add(_ member: HouseholdMember, _ actor: Actor = W.officer) throws -> Result<Void, PartRefusal> {
            try world.write {
                try world.store.setMember(member, of: id, with: her, on: world.occasion(actor), in: $0)
            }
        }
        func households(_ person: ID<Person>, _ actor: Actor) throws -> [Household] {
            try world.write { try world.store.households(of: person, on: world.occasion(actor), in: $0) }
        }
        try add(HouseholdMember(lodger, .lodger, from: W.today)).get()
        #expect(try households(lodger, W.officer).first?.members.map(\.person).sorted() == [her, lodger].sorted())
        #expect(try households(her, W.officer).first?.lines == "4 Hill\nObbwade")
        let wrong = HouseholdMember(lodger, .lodger, from: W.today, until: W.today.advanced(by: -1))
        #expect(throws: PartRefusal.problems([PartProblem("until", "The last day must not be before the first")])) {
            try add(wrong).get()
        }
        // Someone of another agency's is not shown, and then neither is the address.
        try world.write { try HouseholdRows.set(HouseholdMember(cousin, .adult), in: id, in: $0) }
        let part = try #require(try households(her, W.officer).first)
        #expect(part.members.count == 2 && part.lines == nil)
        try world.write { try HouseholdRows.set(HouseholdMember(him, .adult), in: id, in: $0) }
        let worker = W.actor(8, "supervisor", teams: ["asb-team"], side: .perpetrator)
        #expect(try households(him, worker).isEmpty)
        #expect(try households(him, W.chaser).isEmpty)
        #expect(try households(her, worker).isEmpty)
        #expect(try add(HouseholdMember(lodger, .adult), W.chaser).isAbsent)
    }

    @Test(
        "A mother and her child are written into one household, and related where they are, from either side",
        arguments: TestDatabase.engines)
    func bothSides(engine: Engine) throws {
        let world = try W(engine)
        let (mother, child) = (try person("Ann", .victim, world), try person("Bea", .child, world))
        let him = try person("Dan", .perpetrator, world)
        let childs = W.actor(9, "case-officer", teams: ["asb-team"], side: .child)
        func make(_ person: ID<Person>, _ actor: Actor) throws -> ID<Household> {
            try world.write {
                try world.store.makeHousehold(
                    "4 Hill", with: HouseholdMember(person, .adult), on: world.occasion(actor), in: $0)
            }.get()
        }
        func add(
            _ member: HouseholdMember, _ household: ID<Household>, with id: ID<Person>, _ actor: Actor
        ) throws -> Result<Void, PartRefusal> {
            try world.write {
                try world.store.setMember(member, of: household, with: id, on: world.occasion(actor), in: $0)
            }
        }
        let home = try make(mother, W.officer)
        let bea = HouseholdMember(child, .child, from: W.today)
        try add(bea, home, with: mother, W.officer).get()
        #expect(
            try world.write { try PersonStore.sameHousehold(mother, on: W.today, in: $0) } == [mother, child].sorted())
        // Each sees their own side of it, and where it is only who may see that of everyone.
        for (person, actor) in [(mother, W.officer), (child, childs)] {
            let shown = try world.write {
                try world.store.households(of: person, on: world.occasion(actor), in: $0)
            }
            #expect(shown.map { $0.members.map(\.person) } == [[person]] && shown.allSatisfy { $0.lines == nil })
        }
        // Once more from the side that does not see the child: it tells nothing of what is there, and takes nothing away.
        try add(HouseholdMember(child, .child), home, with: mother, W.officer).get()
        let rows = try world.write { try HouseholdRows.households(of: child, in: $0) }
        #expect(rows.first?.members.contains(bea) == true)
        try relate(mother, .parent, child, world, where: true).get()
        #expect(try world.write { try RelationRows.relations(of: [child], in: $0) }.count == 1)
        // Who works with him writes neither of her nor of the child.
        let his = try make(him, W.chaser)
        for person in [mother, child] {
            #expect(throws: PartRefusal.register(.denied(.wall))) {
                try add(HouseholdMember(person, .adult), his, with: him, W.chaser).get()
            }
            #expect(throws: PartRefusal.register(.denied(.wall))) {
                try relate(him, .harms, person, world, where: true, by: W.chaser).get()
            }
        }
    }

    @Test(
        "Saying that someone left keeps since when they lived there; who did not see the last word changes nothing",
        arguments: TestDatabase.engines)
    func left(engine: Engine) throws {
        let world = try W(engine)
        let (ann, bea) = (try person("Ann", .victim, world), try person("Bea", .victim, world))
        let home = try world.write {
            try world.store.makeHousehold(
                "4 Hill", with: HouseholdMember(ann, .adult), on: world.occasion(W.officer), in: $0)
        }.get()
        func set(_ member: HouseholdMember, seen: HouseholdMember?) throws {
            try world.write {
                try world.store.setMember(
                    member, of: home, with: ann, seen: seen, on: world.occasion(W.officer), in: $0)
            }.get()
        }
        let first = HouseholdMember(bea, .lodger, from: W.today.advanced(by: -90))
        try set(first, seen: nil)
        #expect(throws: PartRefusal.changedMeanwhile) { try set(HouseholdMember(bea, .adult), seen: nil) }
        var left = first
        left.until = W.today
        try set(left, seen: first)
        #expect(throws: PartRefusal.changedMeanwhile) { try set(HouseholdMember(bea, .adult), seen: first) }
        let shown = try world.write { try world.store.households(of: bea, on: world.occasion(W.officer), in: $0) }
        #expect(shown.first?.members.contains(left) == true)
        #expect(try history(bea, world) == ["household: lodger; from \(W.today.advanced(by: -90).inWords)"])
        #expect(try history(ann, world).isEmpty && history(bea, world, W.chaser).isEmpty)
        // Of someone who harms it is told with the household, and to who works with them not where anyone else lives there.
        let him = try person("Dan", .perpetrator, world)
        try set(HouseholdMember(him, .visitor), seen: nil)
        try set(HouseholdMember(him, .adult), seen: HouseholdMember(him, .visitor))
        #expect(try history(him, world) == ["household: visitor"])
        #expect(try history(him, world, W.chaser).isEmpty)
    }

    @Test("Organisations are open to who works with people, and recorded once", arguments: TestDatabase.engines)
    func organisations(engine: Engine) throws {
        let world = try W(engine)
        func set(_ name: String, _ actor: Actor, _ old: Organisation? = nil) throws -> Result<Void, PartRefusal> {
            try world.write {
                try world.store.setOrganisation(
                    old, name: name, kind: .housing, contact: "01632 960 001", endedOn: nil, on: world.occasion(actor),
                    in: $0)
            }
        }
        func all(_ actor: Actor) throws -> [Organisation] {
            try world.write { try world.store.organisations(on: world.occasion(actor), in: $0) }
        }
        try set("Obbwade Homes", W.intake).get()
        #expect(try all(W.officer).map(\.name) == ["Obbwade Homes"])
        #expect(try all(W.member).isEmpty)
        #expect(throws: PartRefusal.problems([PartProblem("name", "An organisation of that name is recorded already")]))
        {
            try set(" obbwade  homes ", W.officer).get()
        }
        #expect(throws: PartRefusal.register(.denied(.noPermission))) { try set("Other", W.member).get() }
        let one = try #require(try all(W.officer).first)
        try set("Obbwade Housing", W.officer, one).get()
        #expect(throws: PartRefusal.changedMeanwhile) { try set("Third", W.officer, one).get() }
    }
}

extension Result where Success == Void, Failure == PartRefusal {
    fileprivate var isAbsent: Bool {
        if case .failure(.register(.absent)) = self { true } else { false }
    }
}
