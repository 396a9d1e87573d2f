import Files
import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance
@testable import People

@Suite("Addresses of a person", .serialized)
struct AddressTests {
    typealias W = PeopleWorld

    private func add(_ content: AddressContent, to id: ID<Person>, _ world: W, by actor: Actor = W.officer) throws
        -> Result<ID<PersonAddress>, PartRefusal>
    {
        try world.write { try world.store.addAddress(content, to: id, on: world.occasion(actor), in: $0) }
    }

    @Test("The address of a record is the first of its addresses, and takes letters", arguments: TestDatabase.engines)
    func first(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team"), secrecy: .safety))
        let person = try world.found(id, W.officer)
        #expect(
            person.addresses.map(\.content) == [
                AddressContent(.home, "1 High Street\nObbwade", secrecy: .safety, takesLetters: true)
            ])
        #expect(person.addresses.first?.id.text == id.text)
    }

    @Test(
        "People recorded before addresses had dates keep theirs, with its class", arguments: TestDatabase.engines)
    func migrated(engine: Engine) throws {
        let all = AuditTables.migrations + RegisterTables.migrations
        let before = (all + PeopleTables.migrations).filter { $0.number <= 320 }
        let test = try TestDatabase(engine, migrations: before)
        let id = W.person(1)
        let nobody = W.person(2)
        try test.database.write { connection in
            for person in [id, nobody] {
                var facts = RecordFacts(kind: W.word("person"), agency: W.word("council"))
                facts.side = .victim
                try RegisterRows.insert(RegisterEntry(ID(person), facts, title: "Ann", titleClass: .p1), in: connection)
                try connection.run(
                    """
                    INSERT INTO people (id, given_name, address, address_secrecy, version, changed_at, changed_by)
                    VALUES (\(person), 'Ann', \(person == id ? "3 O'Hara Row\nObbwade" : nil), 'safety', 4, 1000,
                        \(W.account(1)))
                    """)
            }
        }
        _ = try Migrator.migrate(test.owner, all + PeopleTables.migrations, at: W.now)
        let store = PersonStore(
            roles: try RoleCatalogue(DefinitionFile(path: "\(W.root)/Definitions/roles/default.json")))
        let occasion = Occasion(W.officer, at: W.now, request: "req")
        let found = try test.owner.write { try store.read(id, on: occasion, in: $0) }
        guard case .found(let person) = found else { throw Fault("not found") }
        #expect(
            person.addresses.map(\.content) == [
                AddressContent(.home, "3 O'Hara Row\nObbwade", secrecy: .safety, takesLetters: true)
            ])
        #expect(try test.owner.write { try AddressRows.addresses(of: nobody, in: $0) }.isEmpty)
    }

    @Test(
        "Who moves keeps the former address with its dates; letters go to one address alone",
        arguments: TestDatabase.engines)
    func move(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team")))
        let old = try #require(try world.found(id, W.officer).addresses.first)
        var former = old.content
        former.until = W.today.advanced(by: -3)
        let late = PartProblem("letters", "Letters cannot go to an address that is over: choose no")
        #expect(throws: PartRefusal.problems([late])) {
            try world.write {
                try world.store.changeAddress(
                    old.id, of: id, version: 1, to: former, on: world.occasion(W.officer), in: $0)
            }.get()
        }
        former.takesLetters = false
        try world.write {
            try world.store.changeAddress(
                old.id, of: id, version: 1, to: former, on: world.occasion(W.officer), in: $0)
        }.get()
        #expect(try world.found(id, W.officer).details.address == nil)
        _ = try add(AddressContent(.temporary, "  9  Mill Lane \n\nObbwade OB1 2CD", takesLetters: true), to: id, world)
            .get()
        _ = try add(AddressContent(.correspondence, "c/o Kay, 4 Hill", takesLetters: true), to: id, world).get()
        let now = try world.found(id, W.officer)
        #expect(now.details.address == "c/o Kay, 4 Hill")
        #expect(
            now.addresses.map(\.content.lines) == [
                "c/o Kay, 4 Hill", "9 Mill Lane\nObbwade OB1 2CD", "1 High Street\nObbwade",
            ])
        #expect(now.addresses.map(\.content.takesLetters) == [true, false, false])
        let history = try world.write { try world.store.history(of: id, on: world.occasion(W.officer), in: $0) }
        #expect(history.map(\.text).contains("home: 1 High Street, Obbwade; takes letters"))
    }

    @Test(
        "A refuge is kept for those who keep the person safe, whatever was chosen; who works with those who harm never sees it, nor that it was there",
        arguments: TestDatabase.engines)
    func refuge(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team")))
        let address = try add(AddressContent(.refuge, "The haven", secrecy: .ordinary), to: id, world).get()
        let seen = try #require(try world.found(id, W.officer).addresses.first { $0.id == address })
        #expect(seen.content.secrecy == .safety)
        let chaser = try world.found(id, W.chaser)
        #expect(chaser.addresses.isEmpty && chaser.contacts.isEmpty)
        #expect(try world.write { try world.store.history(of: id, on: world.occasion(W.chaser), in: $0) }.isEmpty)
        // Of a person who harms the home may be seen by their worker, the refuge of theirs not by a colleague.
        let harms = try world.make(NewPerson(W.whole, side: .perpetrator, team: W.word("asb-team")))
        #expect(try world.found(harms, W.chaser).addresses.count == 1)
        let child = try add(AddressContent(.school, "Hill School"), to: id, world, by: W.chaser)
        #expect(child == .failure(.register(.denied(.wall))))
        #expect(try add(AddressContent(.home, "x"), to: W.person(99), world) == .failure(.register(.absent)))
    }

    @Test("Guarding an address less takes a supervisor and a reason; more does not", arguments: TestDatabase.engines)
    func guarded(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team"), secrecy: .safety))
        let old = try #require(try world.found(id, W.officer).addresses.first)
        var open = old.content
        open.secrecy = .ordinary
        func change(_ to: AddressContent, _ version: Int64, _ reason: String?, _ actor: Actor) throws
            -> Result<Void, PartRefusal>
        {
            try world.write {
                try world.store.changeAddress(
                    old.id, of: id, version: version, to: to, reason: reason, on: world.occasion(actor), in: $0)
            }
        }
        #expect(throws: PartRefusal.register(.denied(.noPermission))) { try change(open, 1, "why", W.officer).get() }
        #expect(throws: PartRefusal.register(.reasonNeeded)) { try change(open, 1, " ", W.supervisor).get() }
        try change(open, 1, "She asked for it", W.supervisor).get()
        #expect(try world.found(id, W.officer).secrecy == .ordinary)
        #expect(throws: PartRefusal.changedMeanwhile) { try change(old.content, 1, nil, W.officer).get() }
        try change(old.content, 2, nil, W.officer).get()
        #expect(try world.found(id, W.officer).secrecy == .safety)
    }

    @Test("A former address in the form stays in the list when the form is emptied", arguments: TestDatabase.engines)
    func emptied(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team")))
        func change(_ address: String?, _ version: Int64) throws {
            var details = PersonDetails()
            details[.address] = address
            try world.write {
                try world.store.change(
                    id, version: version, to: details, fields: [.address], on: world.occasion(W.officer), in: $0)
            }.get()
        }
        try change("2 High Street", 1)
        let first = AddressContent(.home, "1 High Street\nObbwade", until: W.today)
        #expect(
            try world.found(id, W.officer).addresses.map(\.content) == [
                AddressContent(.home, "2 High Street", takesLetters: true), first,
            ])
        try change(nil, 2)
        let left = try world.found(id, W.officer)
        #expect(left.details.address == nil)
        let second = AddressContent(.home, "2 High Street", until: W.today)
        #expect(Set(left.addresses.map(\.content)) == [first, second])
        try change("5 New Row", 3)
        let all = try world.found(id, W.officer).addresses.map(\.content)
        #expect(all.first?.lines == "5 New Row" && Set(all.dropFirst()) == [first, second])
    }

    @Test(
        "An address that is withheld or sealed later is withheld in the history too, whatever it was before",
        arguments: TestDatabase.engines)
    func raised(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .perpetrator, team: W.word("asb-team")))
        let address = try #require(try world.found(id, W.officer).addresses.first)
        func change(_ version: Int64, _ body: (inout AddressContent) -> Void) throws {
            let old = try #require(try world.found(id, W.officer).addresses.first { $0.id == address.id })
            var content = old.content
            body(&content)
            try world.write {
                try world.store.changeAddress(
                    address.id, of: id, version: version, to: content, on: world.occasion(W.officer), in: $0)
            }.get()
        }
        func history(_ actor: Actor) throws -> [String] {
            try world.write { try world.store.history(of: id, on: world.occasion(actor), in: $0) }.map(\.text)
        }
        // How someone who harms is reached is open to a victim's worker until it is guarded, and so is what it was.
        try change(1) { $0.source = "his mother" }
        #expect(try history(W.officer) == ["home: 1 High Street, Obbwade; takes letters"])
        let guardian = W.actor(8, "supervisor", teams: ["asb-team"], side: .perpetrator)
        func guardAs(_ secrecy: AddressSecrecy) throws {
            try world.write {
                try world.store.guardAddress(
                    id, as: secrecy, reason: "The panel asks", on: world.occasion(guardian), in: $0)
            }.get()
        }
        try change(2) { $0.secrecy = .safety }
        #expect(try history(W.officer).isEmpty)
        #expect(try history(W.chaser).count == 2)
        // The page that guards the letter address of the record does the same.
        try guardAs(.sealed)
        #expect(try history(W.chaser).isEmpty)
    }

    @Test(
        "Another address in the form takes no dates, source or kind from the one before",
        arguments: TestDatabase.engines)
    func replaced(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team")))
        let old = try #require(try world.found(id, W.officer).addresses.first)
        var content = old.content
        content.kind = .temporary
        content.from = W.today.advanced(by: -30)
        content.until = W.today.advanced(by: 30)
        content.source = "the landlord"
        content.verifiedOn = W.today
        try world.write {
            try world.store.changeAddress(
                old.id, of: id, version: 1, to: content, on: world.occasion(W.officer), in: $0)
        }.get()
        var details = PersonDetails()
        details[.address] = "2 High Street"
        let version = try world.found(id, W.officer).version
        try world.write {
            try world.store.change(
                id, version: version, to: details, fields: [.address], on: world.occasion(W.officer), in: $0)
        }.get()
        // The place before stays known, with what was known of it, until today.
        content.until = W.today
        content.takesLetters = false
        #expect(
            try world.found(id, W.officer).addresses.map(\.content) == [
                AddressContent(.home, "2 High Street", takesLetters: true), content,
            ])
    }

    @Test(
        "Another place in place of an address leaves the one before as an address that is over, guarded as it was",
        arguments: TestDatabase.engines)
    func overwritten(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team"), secrecy: .safety))
        let old = try #require(try world.found(id, W.officer).addresses.first)
        var moved = old.content
        moved.lines = "9 Mill Lane"
        moved.from = W.today
        func change(_ version: Int64) throws {
            try world.write {
                try world.store.changeAddress(
                    old.id, of: id, version: version, to: moved, on: world.occasion(W.officer), in: $0)
            }.get()
        }
        try change(1)
        var former = old.content
        former.until = W.today
        former.takesLetters = false
        #expect(try world.found(id, W.officer).addresses.map(\.content) == [moved, former])
        // What is no other place makes no other address.
        moved.source = "her sister"
        try change(2)
        #expect(try world.found(id, W.officer).addresses.map(\.content) == [moved, former])
    }

    @Test(
        "A refuge and a school cannot be opened by guarding the letter address less", arguments: TestDatabase.engines)
    func leastSecrecy(engine: Engine) throws {
        let world = try W(engine)
        for kind in [AddressKind.refuge, .school] {
            let id = try world.make(NewPerson(W.details("Ann", "Reed"), side: .victim, team: W.word("asb-team")))
            _ = try add(AddressContent(kind, "The haven", takesLetters: true), to: id, world).get()
            func guardAs(_ secrecy: AddressSecrecy, _ actor: Actor) throws -> Result<Void, PersonRefusal> {
                try world.write {
                    try world.store.guardAddress(id, as: secrecy, reason: "why", on: world.occasion(actor), in: $0)
                }
            }
            #expect(throws: PersonRefusal.problems([.leastSecrecy])) { try guardAs(.ordinary, W.supervisor).get() }
            #expect(throws: PersonRefusal.register(.denied(.noPermission))) { try guardAs(.ordinary, W.officer).get() }
            // Not by the row of the person either.
            try world.write { connection in
                _ = try connection.run("UPDATE people SET address_secrecy = 'ordinary' WHERE id = \(id)")
            }
            var details = PersonDetails()
            details[.phone] = "07700 900123"
            let version = try world.found(id, W.officer).version
            try world.write {
                try world.store.change(
                    id, version: version, to: details, fields: [.phone], on: world.occasion(W.officer), in: $0)
            }.get()
            let found = try world.found(id, W.officer)
            #expect(found.secrecy == .safety && found.addresses.map(\.content.secrecy) == [.safety])
            try guardAs(.sealed, W.supervisor).get()
        }
    }

    @Test("Days in the wrong order and empty addresses are said beside their fields")
    func problems() {
        let day = W.today
        let wrong = AddressContent(
            .home, " \n ", from: day, until: day.advanced(by: -1), verifiedOn: day.advanced(by: 1))
        #expect(wrong.problems(on: day).map(\.field) == ["lines", "until", "verified"])
        #expect(AddressContent(.home, "1 Row", from: day, until: day).problems(on: day).isEmpty)
    }
}
