import Governance
import Kernel
import Storage
import Testing

@testable import People

@Suite("The people register", .serialized)
struct PersonStoreTests {
    typealias W = PeopleWorld

    @Test(
        "What was recorded is read back by those who may see it, and the audit says which fields",
        arguments: [Engine.sqlite, .postgreSQL])
    func recordAndRead(engine: Engine) throws {
        let world = try W(engine)
        var id = ID<Person>(at: W.now)
        let made = try world.entries { id = try world.make(NewPerson(W.whole, side: .victim)) }
        #expect(made == ["create|permit|-|person|given-name family-name other-names birth needs phone address|P3"])
        var person: Person?
        let read = try world.entries { person = try world.found(id, W.supervisor) }
        #expect(person?.details == W.whole)
        #expect(person?.version == 1)
        #expect(read == ["read|permit|-|person|given-name family-name other-names birth needs phone address|P3"])
    }

    @Test("Fields above what a role may see are as if they were not there", arguments: [Engine.sqlite, .postgreSQL])
    func withheld(engine: Engine) throws {
        let world = try W(engine)
        let full = try world.make(NewPerson(W.whole, side: .victim))
        let bare = try world.make(
            NewPerson(
                W.details("Zoë", "O’Brien", others: "Zee", birth: "1984-03-02", needs: "Signs BSL"), side: .victim))
        // Intake sees up to P2: with and without a telephone number and an address look the same.
        #expect(try world.found(full, W.intake).details == world.found(bare, W.intake).details)
        #expect(
            try world.found(full, W.intake).changeable == [
                .givenName, .familyName, .otherNames, .birth, .pronouns, .needs,
            ])
        // Who works with people who harm never sees what keeps a victim safe.
        #expect(try world.found(full, W.chaser).details.phone == nil)
        #expect(try world.found(full, W.officer).details.phone == "07700 900123")
        let read = try world.entries { _ = try world.found(full, W.intake) }
        #expect(read == ["read|permit|-|person|given-name family-name other-names birth needs|P2"])
    }

    @Test("A case officer who may not write down how to reach someone is refused, and nothing is kept")
    func createRefused() throws {
        let world = try W(.sqlite)
        let entries = try world.entries {
            let made = try world.write {
                try world.store.create(
                    NewPerson(W.whole, side: .victim), isChecked: true, on: world.occasion(W.officer), in: $0)
            }
            #expect(made == .failure(.register(.denied(.noPermission))))
        }
        #expect(entries == ["denied|deny|no-permission|record|-|-"])
        #expect(try world.database.read { try $0.rows("SELECT id FROM people").count } == 0)
    }

    @Test(
        "Nobody of another agency and nobody without a role finds or reads a person",
        arguments: [Engine.sqlite, .postgreSQL])
    func strangers(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim))
        for actor in [W.police, W.member] {
            #expect(try world.read(id, actor) == .absent)
            #expect(try world.search("zoe", actor, reason: "because").items.isEmpty)
            #expect(try world.search("zoe", actor, reason: "because").masked.isEmpty)
            #expect(try world.write { try world.store.list(on: world.occasion(actor), in: $0).items.isEmpty })
            #expect(try world.write { try world.store.count(on: world.occasion(actor), in: $0) } == 0)
        }
        let entries = try world.entries { _ = try world.read(id, W.police) }
        #expect(entries == ["denied|deny|no-permission|record|-|-"])
        let nobody = try world.entries { _ = try world.read(W.person(99), W.police) }
        #expect(nobody == ["denied|deny|absent|record|-|-"])
    }

    @Test(
        "A search finds by accentless words, beginnings, other names and sound, the nearest first",
        arguments: [Engine.sqlite, .postgreSQL])
    func searching(engine: Engine) throws {
        let world = try W(engine)
        _ = try world.make(NewPerson(W.details("Catherine", "Smythe-Nowak")))
        _ = try world.make(NewPerson(W.details("Katherine", "Nowak", others: "Kitty\nKatya Łuc")))
        _ = try world.make(NewPerson(W.whole))
        #expect(try world.names("ZOE obrien") == ["Zoë O’Brien"])
        #expect(try world.names("O'Brian") == ["Zoë O’Brien"])
        #expect(try world.names("catherine") == ["Catherine Smythe-Nowak", "Katherine Nowak"])
        #expect(try world.names("katherine") == ["Katherine Nowak", "Catherine Smythe-Nowak"])
        #expect(try world.names("kat now") == ["Katherine Nowak"])
        #expect(try world.names("luc") == ["Katherine Nowak"])
        #expect(try world.names("kitty nowak") == ["Katherine Nowak"])
        for nothing in ["", " ", "z", "%%", "__", "zoe nowak", "7700", "'; DROP TABLE people; --"] {
            #expect(try world.names(nothing).isEmpty, "\(nothing)")
        }
        let entries = try world.entries { _ = try world.names("zoe") }
        #expect(entries == ["search|permit|-|person|-|-"])
    }

    @Test(
        "Before a person is recorded, those who may be the same are shown; of hidden ones nothing is",
        arguments: [Engine.sqlite, .postgreSQL])
    func possibleMatches(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim))
        func attempt(_ details: PersonDetails, by actor: Actor) throws -> Result<ID<Person>, PersonRefusal> {
            try world.write {
                try world.store.create(NewPerson(details), isChecked: false, on: world.occasion(actor), in: $0)
            }
        }
        guard
            case .failure(.possibleMatches(let items)) = try attempt(
                W.details("Zoe", "OBrien", birth: "1984-02-03"), by: W.intake)
        else { throw Fault("No match was shown") }
        #expect(items.map(\.id) == [id])
        #expect(items.first?.birth == Birth("1984-03-02"))
        // Born in other years: someone else of the same name.
        #expect(throws: Never.self) { try attempt(W.details("Zoe", "OBrien", birth: "1990-11-30"), by: W.intake).get() }
        // A page full of namesakes who were recorded later does not hide her.
        for number in 1...205 as ClosedRange<Int64> {
            var facts = RecordFacts(kind: W.word("person"), agency: W.word("council"))
            facts.side = .victim
            let namesake = ID<Person>(at: W.now.advanced(bySeconds: number))
            try world.put(namesake, W.details("Zoe", "OBrien", birth: "1990-11-30"), facts, .ordinary)
        }
        let found = try world.write {
            try world.store.matches(
                W.details("Zoe", "OBrien", birth: "1984-02-03"), on: world.occasion(W.intake), in: $0)
        }
        #expect(found.map(\.id) == [id])
        let many = try world.write {
            try world.store.matches(W.details("Zoe", "OBrien"), on: world.occasion(W.intake), in: $0)
        }
        #expect(many.count == 20)
        // The police may not find her, so for them there is none.
        let police = W.actor(9, "intake", agency: "police")
        #expect(throws: Never.self) { try attempt(W.details("Zoë", "O’Brien", birth: "1984-03-02"), by: police).get() }
    }

    @Test("The second of two editors sees both versions, and nothing is lost", arguments: [Engine.sqlite, .postgreSQL])
    func twoEditors(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim))
        func change(_ field: PersonField, _ text: String, version: Int64, by actor: Actor) throws -> Result<
            Void, PersonRefusal
        > {
            var details = W.whole
            details[field] = text
            return try world.write {
                try world.store.change(
                    id, version: version, to: details, fields: [field], on: world.occasion(actor), in: $0)
            }
        }
        let first = try world.entries { try change(.familyName, "O’Brien-Lee", version: 1, by: W.officer).get() }
        #expect(first == ["update|permit|-|person|family-name|P1"])
        guard
            case .failure(.changedMeanwhile(let now)) = try change(.phone, "07700 900999", version: 1, by: W.supervisor)
        else { throw Fault("The second change was not stopped") }
        #expect(now.details.familyName == "O’Brien-Lee")
        #expect(now.details.phone == "07700 900123")
        #expect(now.version == 2)
        let second = try world.entries { try change(.phone, "07700 900999", version: 2, by: W.supervisor).get() }
        #expect(second == ["update|permit|-|person|phone|P3"])
        let person = try world.found(id, W.supervisor)
        #expect(person.details.familyName == "O’Brien-Lee")
        #expect(person.details.phone == "07700 900999")
        #expect(try world.names("lee") == ["Zoë O’Brien-Lee"])
    }

    @Test(
        "A change of a field that one may not see is refused, and its present text is not told by the answer",
        arguments: [Engine.sqlite, .postgreSQL])
    func blindChange(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim))
        for guess in ["07700 900123", "07700 900999"] {
            for version: Int64 in [1, 7] {
                var details = PersonDetails()
                details[.phone] = guess
                let entries = try world.entries {
                    let result = try world.write {
                        try world.store.change(
                            id, version: version, to: details, fields: [.phone], on: world.occasion(W.intake), in: $0)
                    }
                    guard case .failure(.register(.denied(.noPermission))) = result else {
                        Issue.record("\(guess) \(version): \(result)")
                        return
                    }
                }
                #expect(entries == ["denied|deny|no-permission|record|-|-"])
            }
        }
        #expect(try world.found(id, W.officer).details.phone == "07700 900123")
    }

    @Test("Taking the name away, and a wrong telephone number, are refused")
    func wrongChanges() throws {
        let world = try W(.sqlite)
        let id = try world.make(NewPerson(W.whole, side: .victim))
        var details = W.whole
        details[.givenName] = nil
        details[.familyName] = nil
        details[.phone] = "none"
        let result = try world.write {
            try world.store.change(
                id, version: 1, to: details, fields: [.givenName, .familyName, .phone], on: world.occasion(W.officer),
                in: $0)
        }
        guard case .failure(.problems(let problems)) = result else { throw Fault("It was not refused") }
        #expect(problems == [.nameMissing, .phone])
        #expect(try world.found(id, W.officer).version == 1)
    }
}
