import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("What a case shares of the people in it ends with it, and narrows no other case", .serialized)
struct SharedPartyTests {
    typealias W = CaseWorld
    private static let advocate = W.actor(41, "advocate", agency: "police")
    private static let police: Code<Agency> = W.word("police")

    private func victim(in world: W) throws -> ID<Person> {
        try LetterWorld.person(
            world, ["given-name": "Ada", "family-name": "Achebe", "address": "12 Acacia Road\nOB1 2CD"], .victim,
            .safety)
    }

    private func share(
        _ id: ID<CaseRecord>, _ highest: FieldClass, until: LocalDate? = nil, in world: W,
        at now: Instant = W.now
    ) throws -> Int {
        try world.write {
            try world.store.share(
                id, with: Self.police, until: until, highest: highest, gateway: "cda-115", reason: "They patrol there",
                on: world.occasion(W.officer, at: now), in: $0)
        }.get()
    }

    private func end(_ id: ID<CaseRecord>, in world: W) throws {
        try world.write {
            try world.store.unshare(
                id, with: Self.police, reason: "It is over", on: world.occasion(W.officer), in: $0)
        }.get()
    }

    /// What the other agency's advocate sees: her address, her name alone, or nothing.
    private func sees(_ person: ID<Person>, _ world: W, at now: Instant = W.now) throws -> (name: Bool, address: Bool) {
        let found = try world.write {
            try world.people.read(person, on: world.occasion(Self.advocate, at: now), in: $0)
        }
        guard case .found(let person) = found else { return (false, false) }
        return (person.details[.familyName] != nil, person.details[.address] != nil)
    }

    @Test(
        "When the sharing ends nothing of her is open, also when her part was over before",
        arguments: TestDatabase.engines)
    func ended(_ engine: Engine) throws {
        let world = try W(engine)
        let ada = try victim(in: world)
        let id = try world.open(victim: ada)
        #expect(try share(id, .p3, in: world) == 0)
        #expect(try sees(ada, world) == (true, true))
        try end(id, in: world)
        #expect(try world.audit().last == "disclose|permit|-|person|shares.police|P0")
        #expect(try sees(ada, world) == (false, false))
        _ = try share(id, .p3, in: world)
        let party = try #require(try world.view(id).parties.first)
        try world.write {
            try world.store.endParty(
                party.id, in: id, reason: "Moved away", on: world.occasion(W.officer), in: $0)
        }.get()
        try end(id, in: world)
        #expect(try sees(ada, world) == (false, false))
    }

    @Test(
        "A second case that shares less narrows nothing, and ending one leaves what the other shares",
        arguments: TestDatabase.engines)
    func two(_ engine: Engine) throws {
        let world = try W(engine)
        let ada = try victim(in: world)
        let (wide, narrow) = (try world.open(victim: ada), try world.open(victim: ada))
        _ = try share(wide, .p3, in: world)
        _ = try share(narrow, .p1, until: W.today.advanced(by: 10), in: world)
        #expect(try sees(ada, world) == (true, true))
        // It does not end with the shorter one either.
        #expect(try sees(ada, world, at: W.now.advanced(bySeconds: 20 * 86_400)) == (true, true))
        try end(wide, in: world)
        #expect(try sees(ada, world) == (true, false))
        _ = try share(wide, .p3, in: world)
        try end(narrow, in: world)
        #expect(try sees(ada, world) == (true, true))
        try end(wide, in: world)
        #expect(try sees(ada, world) == (false, false))
    }

    @Test(
        "Two cases that share in the same words end each for itself; sharing a case anew less deep narrows what it gave",
        arguments: TestDatabase.engines)
    func same(_ engine: Engine) throws {
        let world = try W(engine)
        let ada = try victim(in: world)
        let (first, second) = (try world.open(victim: ada), try world.open(victim: ada))
        _ = try share(first, .p3, in: world)
        _ = try share(second, .p3, in: world)
        try end(first, in: world)
        #expect(try sees(ada, world) == (true, true))
        _ = try share(second, .p1, in: world)
        #expect(try sees(ada, world) == (true, false))
        try end(second, in: world)
        #expect(try sees(ada, world) == (false, false))
    }

    @Test("What was shared of the person alone stays", arguments: TestDatabase.engines)
    func alone(_ engine: Engine) throws {
        let world = try W(engine)
        let ada = try victim(in: world)
        let id = try world.open(victim: ada)
        let own = RecordFacts.Share(agency: Self.police, from: W.today, highest: .p1, gateway: "safeguarding")
        _ = try world.write {
            try world.store.register.change(ID(ada), .p1, on: world.occasion(W.officer), in: $0) {
                $0.facts.shares.append(own)
            }.get()
        }
        _ = try share(id, .p3, in: world)
        try end(id, in: world)
        #expect(try sees(ada, world) == (true, false))
    }
}
