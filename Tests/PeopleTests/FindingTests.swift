import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance
@testable import People

@Suite("Finding people by more than their names", .serialized)
struct FindingTests {
    typealias W = PeopleWorld

    @Test(
        "What is a telephone number, an address or a name is told apart",
        arguments: [
            ("07700 900123", SoughtReach.phone("700900123")), ("+44 7700 900123", .phone("700900123")),
            ("OB1 2CD", .address("ob12cd")), ("ob12cd", .address("ob12cd")), ("4 Hill Row", .address("4hillrow")),
            ("Zoë O’Brien", nil), ("1984", nil), ("Reed 1984", nil), ("Ann", nil),
        ] as [(String, SoughtReach?)])
    func told(text: String, sought: SoughtReach?) {
        #expect(SoughtReach(text) == sought)
    }

    @Test("A year among the words is that of the birth, known or guessed", arguments: TestDatabase.engines)
    func year(engine: Engine) throws {
        let world = try W(engine)
        for (name, birth) in [("Ann", "1984-03-02"), ("Bea", "1984"), ("Cat", "~1984"), ("Dan", "1985")] {
            _ = try world.make(
                NewPerson(W.details(name, "Reed", birth: birth), side: .victim, team: W.word("asb-team")))
        }
        #expect(Set(try world.names("reed 1984")) == ["Ann Reed", "Bea Reed", "Cat Reed"])
        #expect(try world.names("ann 1985").isEmpty)
        #expect(try world.names("1985") == ["Dan Reed"])
    }

    @Test(
        "A telephone number, an address and a postcode find only people of whom they may be seen",
        arguments: TestDatabase.engines)
    func reach(engine: Engine) throws {
        let world = try W(engine)
        let team: Code<Team> = W.word("asb-team")
        let her = try world.make(
            NewPerson(
                W.details("Ann", "Reed", phone: "07700 900123", address: "4 Hill Row\nObbwade OB1 2CD"), side: .victim,
                team: team))
        let him = try world.make(
            NewPerson(
                W.details("Dan", "Cole", phone: "07700-900456", address: "4, Hill Row, OB1 2CD"), side: .perpetrator,
                team: team))
        func found(_ text: String, _ actor: Actor) throws -> Set<ID<Person>> {
            Set(try world.search(text, actor).items.map(\.id))
        }
        #expect(try found("+44 7700 900 123", W.officer) == [her])
        #expect(try found("4 hill row", W.officer) == [her, him])
        #expect(try found("ob1 2cd", W.officer) == [her, him])
        #expect(try found("ob1 2cd", W.chaser) == [him])
        #expect(try found("07700900123", W.chaser).isEmpty)
        #expect(try found("07700900456", W.chaser) == [him])
        #expect(try found("ob1 2cd", W.police).isEmpty)
        // A former address finds too; a number among the ways of contact as well.
        try world.write {
            _ = try world.store.addAddress(
                AddressContent(.home, "9 Mill Lane", until: W.today.advanced(by: -9)), to: her,
                on: world.occasion(W.officer), in: $0
            ).get()
            try world.store.setContact(
                nil, of: her, to: ContactContent(.text, "01632 960 999"), on: world.occasion(W.officer), in: $0
            ).get()
        }
        #expect(try found("9 mill lane", W.officer) == [her])
        #expect(try found("01632960999", W.officer) == [her])
        // What is sealed is never found by.
        try world.write { connection in
            _ = try connection.run("UPDATE person_addresses SET secrecy = 'sealed' WHERE person = \(him)")
        }
        #expect(try found("ob1 2cd", W.officer) == [her])
    }
}
