import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance
@testable import People

@Suite("Where a household is, and who was added to it by mistake", .serialized)
struct HouseholdTests {
    typealias W = PeopleWorld
    static let childs = W.actor(9, "case-officer", teams: ["asb-team"], side: .child)

    private func person(_ name: String, _ side: SubjectSide, _ world: W) throws -> ID<Person> {
        try world.make(NewPerson(W.details(name, "Reed"), side: side, team: W.word("asb-team")))
    }

    private func home(_ person: ID<Person>, _ world: W) throws -> ID<Household> {
        try world.write {
            try world.store.makeHousehold(
                "4 Hil\nObbwade", with: HouseholdMember(person, .adult), on: world.occasion(W.officer), in: $0)
        }.get()
    }

    private func set(
        _ member: HouseholdMember, _ home: ID<Household>, with id: ID<Person>, _ world: W, seen: HouseholdMember? = nil,
        by actor: Actor = W.officer, second: Int64 = 0
    ) throws {
        let occasion = world.occasion(actor, at: W.now.advanced(bySeconds: second))
        try world.write {
            try world.store.setMember(member, of: home, with: id, seen: seen, on: occasion, in: $0)
        }.get()
    }

    private func lines(_ person: ID<Person>, _ world: W, _ actor: Actor = W.officer) throws -> String? {
        try world.write { try world.store.households(of: person, on: world.occasion(actor), in: $0) }.first?.lines
    }

    private func takeBack(
        _ member: ID<Person>, _ home: ID<Household>, with id: ID<Person>, _ world: W, by actor: Actor = W.officer,
        at now: Instant = W.now
    ) throws -> Result<Void, PartRefusal> {
        try world.write {
            try world.store.takeBack(member, from: home, with: id, on: world.occasion(actor, at: now), in: $0)
        }
    }

    private func added(
        _ home: ID<Household>, with id: ID<Person>, _ world: W, by actor: Actor = W.officer, at now: Instant = W.now
    ) throws -> [ID<Person>] {
        try world.write {
            try world.store.addedToday(to: home, with: id, on: world.occasion(actor, at: now), in: $0)
        }
    }

    private func history(_ id: ID<Person>, _ world: W, _ actor: Actor = W.officer) throws -> [String] {
        try world.write { try world.store.history(of: id, on: world.occasion(actor), in: $0) }.map(\.text)
    }

    @Test("Who left hides the address from nobody; who lives there does", arguments: TestDatabase.engines)
    func former(engine: Engine) throws {
        let world = try W(engine)
        let (ann, bea) = (try person("Ann", .victim, world), try person("Bea", .child, world))
        let home = try home(ann, world)
        for (from, until, isHidden) in [(-90, -1, false), (-90, 0, true), (30, nil, true)] as [(Int, Int?, Bool)] {
            let member = HouseholdMember(
                bea, .child, from: W.today.advanced(by: from), until: until.map { W.today.advanced(by: $0) })
            try world.write { try HouseholdRows.set(member, in: home, in: $0) }
            #expect(try (lines(ann, world) == nil) == isHidden)
        }
    }

    @Test(
        "Who does not see that someone lives there cannot say that they left, to see where it is",
        arguments: TestDatabase.engines)
    func unseen(engine: Engine) throws {
        let world = try W(engine)
        let (ann, bea) = (try person("Ann", .victim, world), try person("Bea", .child, world))
        let home = try home(ann, world)
        try world.write { try HouseholdRows.set(HouseholdMember(bea, .child), in: home, in: $0) }
        try set(HouseholdMember(bea, .child, until: W.today.advanced(by: -1)), home, with: ann, world)
        #expect(try lines(ann, world) == nil)
    }

    @Test(
        "Whom one added by mistake one takes back on the same day, and the address shows again",
        arguments: TestDatabase.engines)
    func mistake(engine: Engine) throws {
        let world = try W(engine)
        let (ann, bea) = (try person("Ann", .victim, world), try person("Bea", .child, world))
        let home = try home(ann, world)
        try set(HouseholdMember(bea, .child), home, with: ann, world)
        #expect(try lines(ann, world) == nil)
        #expect(try added(home, with: ann, world) == [bea] && added(home, with: ann, world, by: W.supervisor).isEmpty)
        let tomorrow = W.now.advanced(bySeconds: 86_400)
        #expect(try added(home, with: ann, world, at: tomorrow).isEmpty)
        #expect(throws: PartRefusal.register(.absent)) {
            try takeBack(bea, home, with: ann, world, at: tomorrow).get()
        }
        #expect(throws: PartRefusal.register(.absent)) {
            try takeBack(bea, home, with: ann, world, by: W.supervisor).get()
        }
        let acts = try world.entries { try takeBack(bea, home, with: ann, world).get() }
        #expect(acts.contains { $0.hasPrefix("update|") && $0.contains("household") })
        #expect(try lines(ann, world) == "4 Hil\nObbwade")
        #expect(try added(home, with: ann, world).isEmpty)
        #expect(try history(ann, world).isEmpty)
        let rows = try world.write { try HistoryRows.former(of: bea, in: $0) }
        #expect(rows.map(\.text) == ["household: child; added by mistake"])
    }

    @Test(
        "Taking back takes nothing that was there before, or that a colleague said, and tells nothing of it",
        arguments: TestDatabase.engines)
    func colleague(engine: Engine) throws {
        let world = try W(engine)
        let (ann, bea) = (try person("Ann", .victim, world), try person("Bea", .child, world))
        let home = try home(ann, world)
        func member() throws -> HouseholdMember? {
            try world.write { try HouseholdRows.household(home, in: $0) }?.members.first { $0.person == bea }
        }
        let before = HouseholdMember(bea, .child, from: W.today.advanced(by: -9))
        try world.write { try HouseholdRows.set(before, in: home, in: $0) }
        try set(HouseholdMember(bea, .visitor), home, with: ann, world)
        try set(HouseholdMember(bea, .lodger), home, with: ann, world, second: 1)
        #expect(try added(home, with: ann, world) == [bea])
        try takeBack(bea, home, with: ann, world).get()
        #expect(try member() == before && added(home, with: ann, world).isEmpty)
        // A colleague who does not see them either says the same of them.
        try set(HouseholdMember(bea, .lodger), home, with: ann, world, second: 2)
        let said = try member()
        try set(HouseholdMember(bea, .lodger), home, with: ann, world, by: W.supervisor, second: 3)
        #expect(try added(home, with: ann, world) == [bea])
        try takeBack(bea, home, with: ann, world).get()
        #expect(try member() == said && added(home, with: ann, world).isEmpty)
    }

    @Test(
        "Whom one sees there one takes back also after putting the entry right, and not after a colleague did",
        arguments: TestDatabase.engines)
    func shown(engine: Engine) throws {
        let world = try W(engine)
        let (ann, bea) = (try person("Ann", .victim, world), try person("Bea", .victim, world))
        let home = try home(ann, world)
        try set(HouseholdMember(bea, .lodger), home, with: ann, world)
        try set(HouseholdMember(bea, .adult), home, with: ann, world, seen: HouseholdMember(bea, .lodger), second: 1)
        #expect(try added(home, with: ann, world) == [bea])
        try takeBack(bea, home, with: ann, world).get()
        #expect(try world.write { try HouseholdRows.households(of: bea, in: $0) }.isEmpty)
        #expect(try history(bea, world).contains("household: adult; added by mistake"))
        #expect(try history(bea, world, W.chaser).isEmpty)
        try set(HouseholdMember(bea, .lodger), home, with: ann, world, second: 2)
        try set(
            HouseholdMember(bea, .adult), home, with: ann, world, seen: HouseholdMember(bea, .lodger),
            by: W.supervisor, second: 3)
        #expect(try added(home, with: ann, world).isEmpty)
        #expect(throws: PartRefusal.changedMeanwhile) { try takeBack(bea, home, with: ann, world).get() }
    }

    @Test(
        "Where a household is can be put right by who sees it, and by nobody who did not see the last word",
        arguments: TestDatabase.engines)
    func address(engine: Engine) throws {
        let world = try W(engine)
        let (ann, bea) = (try person("Ann", .victim, world), try person("Bea", .child, world))
        let home = try home(ann, world)
        func change(_ lines: String, seen: String, _ actor: Actor = W.officer) throws {
            try world.write {
                try world.store.changeLines(
                    lines, of: home, with: ann, seen: seen, on: world.occasion(actor), in: $0)
            }.get()
        }
        #expect(throws: PartRefusal.problems([PartProblem("lines", "Enter the address")])) {
            try change(" ", seen: "4 Hil\nObbwade")
        }
        try change(" 4  Hill \r\nObbwade", seen: "4 Hil\r\nObbwade")
        #expect(try lines(ann, world) == "4 Hill\nObbwade")
        #expect(try history(ann, world) == ["household: 4 Hil, Obbwade"])
        #expect(throws: PartRefusal.changedMeanwhile) { try change("5 Hill", seen: "4 Hil\nObbwade") }
        #expect(throws: PartRefusal.register(.absent)) { try change("5 Hill", seen: "4 Hill\nObbwade", W.chaser) }
        // Where someone lives there whom they do not see they neither change it nor learn where it was.
        try set(HouseholdMember(bea, .child), home, with: ann, world)
        #expect(throws: PartRefusal.register(.absent)) { try change("5 Hill", seen: "4 Hill\nObbwade") }
        #expect(try history(ann, world).isEmpty)
        #expect(try world.write { try HouseholdRows.household(home, in: $0) }?.lines == "4 Hill\nObbwade")
    }

    @Test(
        "An address that was written down wrongly makes no former home, unless it is withheld",
        arguments: TestDatabase.engines)
    func slip(engine: Engine) throws {
        for secrecy in [AddressSecrecy.ordinary, .safety] {
            let world = try W(engine)
            let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team"), secrecy: secrecy))
            let old = try #require(try world.found(id, W.officer).addresses.first)
            var right = old.content
            right.lines = "11 High Street\nObbwade"
            right.source = "the tenancy"
            try world.write {
                try world.store.changeAddress(
                    old.id, of: id, version: 1, to: right, isSlip: true, on: world.occasion(W.officer), in: $0)
            }.get()
            let former = secrecy == .ordinary ? 0 : 1
            #expect(try world.found(id, W.officer).addresses.count == 1 + former)
            #expect(try history(id, world) == ["home: 1 High Street, Obbwade; takes letters"])
            // On the form of the whole record the same; what is known of the place stays.
            var details = PersonDetails()
            details[.address] = "111 High Street\nObbwade"
            let version = try world.found(id, W.officer).version
            try world.write {
                try world.store.change(
                    id, version: version, to: details, fields: [.address], isSlip: true, on: world.occasion(W.officer),
                    in: $0)
            }.get()
            right.lines = "111 High Street\nObbwade"
            let addresses = try world.found(id, W.officer).addresses
            #expect(addresses.first?.content == right && addresses.count == 1 + 2 * former)
        }
    }
}
