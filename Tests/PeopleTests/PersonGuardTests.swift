import Kernel
import Storage
import Testing

@testable import Governance
@testable import People

@Suite("Guarded people", .serialized)
struct PersonGuardTests {
    typealias W = PeopleWorld
    static let administrators: Code<Role> = W.word("administrator")

    @Test(
        "A protected person is found masked with a reason, opened for three hours by one, and the owner is told",
        arguments: [Engine.sqlite, .postgreSQL])
    func breakGlass(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, recordClass: .protected))
        let advocate = W.actor(7, "advocate", agency: "haven")
        #expect(try world.search("zoe", advocate).masked.isEmpty)
        let page = try world.search("zoe", advocate, reason: "she asked for a refuge place")
        #expect(page.items.isEmpty)
        #expect(page.masked == [PersonItem(id: id, agency: W.word("council"), name: nil, birth: nil, otherNames: [])])
        #expect(try world.read(id, advocate) == .refused(agency: W.word("council"), .glass))

        func open(_ reason: String) throws -> Result<BrokenGlass, RegisterRefusal> {
            try world.write {
                try world.store.register.breakGlass(
                    of: ID(id), .riskToLife, reason: reason, administrators: Self.administrators,
                    on: world.occasion(advocate), in: $0)
            }
        }
        #expect(try open("urgent") == .failure(.reasonTooShort))
        let entries = try world.entries { _ = try open("Threatened tonight, needs a place to go").get() }
        #expect(entries.map { $0.prefix(19) } == ["break-glass|permit|"])
        let person = try world.found(id, advocate)
        #expect(person.details == W.whole)
        #expect(person.changeable.isEmpty)
        #expect(person.openUntil(for: advocate, now: W.now) == W.now.advanced(bySeconds: 3 * 3600))
        // For one person, for one record, for three hours.
        let colleague = W.actor(8, "advocate", agency: "haven")
        #expect(try world.read(id, colleague) == .refused(agency: W.word("council"), .glass))
        let other = try world.make(NewPerson(W.details("Una", "Other"), recordClass: .protected))
        #expect(try world.read(other, advocate) == .refused(agency: W.word("council"), .glass))
        let last = W.now.advanced(bySeconds: 3 * 3600 - 1)
        #expect(try world.found(id, advocate, at: last).details == W.whole)
        #expect(
            try world.read(id, advocate, at: last.advanced(bySeconds: 1)) == .refused(agency: W.word("council"), .glass)
        )
        let told = try world.write {
            try RegisterNotice.sent(to: W.word("council"), roles: [], since: W.now, in: $0)
        }
        #expect(told.map(\.kind) == [.glassBroken])
        #expect(told.first?.record == ID(id))
        #expect(told.first?.at == W.now)
    }

    @Test("Misuse of a glass is told to who supervises the one who broke it", arguments: [Engine.sqlite, .postgreSQL])
    func misuse(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, recordClass: .protected))
        let advocate = W.actor(7, "advocate", agency: "haven")
        try world.write { connection in
            let glass = try world.store.register.breakGlass(
                of: ID(id), .riskToLife, reason: "Threatened tonight, needs a place to go",
                administrators: Self.administrators, on: world.occasion(advocate), in: connection
            ).get()
            _ = try world.store.register.review(
                glass.id, .misuse, note: "She is his sister", on: world.occasion(W.actor(9, "administrator")),
                in: connection
            ).get()
        }
        func notices(_ actor: Actor) throws -> [RegisterNotice.Kind] {
            try world.write { try world.store.notices(since: W.now, on: world.occasion(actor), in: $0) }.map(\.kind)
        }
        #expect(try notices(W.actor(10, "supervisor", agency: "haven")) == [.misuse])
        #expect(try notices(W.actor(11, "advocate", agency: "haven")).isEmpty)
        #expect(try notices(W.actor(12, "supervisor", agency: "health")).isEmpty)
    }

    @Test("A sealed person exists only for those granted, and has no glass", arguments: [Engine.sqlite, .postgreSQL])
    func sealed(engine: Engine) throws {
        let world = try W(engine)
        let grant = RecordFacts.Grant(account: W.officer.account, until: W.now.advanced(bySeconds: 3600))
        let id = try world.make(NewPerson(W.whole, side: .victim, recordClass: .sealed, grants: [grant]))
        #expect(try world.found(id, W.officer).details.phone == "07700 900123")
        for actor in [W.supervisor, W.intake, W.police] {
            #expect(try world.read(id, actor) == .absent)
            let page = try world.search("zoe", actor, reason: "a reason")
            #expect(page == PeoplePage(items: [], masked: [], next: nil))
            let glass = try world.write {
                try world.store.register.breakGlass(
                    of: ID(id), .riskToLife, reason: "Threatened tonight, needs a place to go",
                    administrators: Self.administrators, on: world.occasion(actor), in: $0)
            }
            #expect(glass == .failure(.absent))
        }
        #expect(try world.read(id, W.officer, at: W.now.advanced(bySeconds: 3600)) == .absent)
    }

    @Test(
        "A restricted person exists for the owner and those named; a conflict of interest hides from anyone",
        arguments: [Engine.sqlite, .postgreSQL])
    func restrictedAndConflict(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(
            NewPerson(W.whole, side: .victim, recordClass: .restricted, named: [W.officer.account]))
        #expect(try world.found(id, W.officer).details.phone != nil)
        #expect(try world.found(id, W.intake).details.familyName == "O’Brien")
        #expect(try world.read(id, W.supervisor) == .absent)
        #expect(try world.names("zoe", W.supervisor).isEmpty)
        let entries = try world.entries {
            try world.write {
                try world.store.register.declareConflict(with: ID(id), on: world.occasion(W.officer), in: $0)
            }
        }
        #expect(entries == ["update|permit|conflict-declared|record|conflicts|-"])
        #expect(try world.read(id, W.officer) == .absent)
        #expect(try world.names("zoe", W.officer).isEmpty)
    }

    @Test(
        "Only who may guard a record changes its class, with a reason; only a chair seals it",
        arguments: [Engine.sqlite, .postgreSQL])
    func guarding(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team")))
        func guardRecord(_ actor: Actor, _ reason: String, _ body: (inout RecordFacts) -> Void) throws -> PersonRefusal?
        {
            let result = try world.write {
                try world.store.guardRecord(id, reason: reason, on: world.occasion(actor), in: $0, body)
            }
            if case .failure(let refusal) = result { return refusal }
            return nil
        }
        #expect(try guardRecord(W.officer, "why", { $0.recordClass = .protected }) == .register(.denied(.noPermission)))
        #expect(try guardRecord(W.police, "why", { $0.recordClass = .protected }) == .register(.absent))
        #expect(try guardRecord(W.supervisor, " ", { $0.recordClass = .protected }) == .register(.reasonNeeded))
        #expect(try guardRecord(W.supervisor, "why", { $0.recordClass = .sealed }) == .register(.denied(.sealed)))
        let entries = try world.entries {
            let refusal = try guardRecord(W.supervisor, "He asks for her", { $0.recordClass = .protected })
            #expect(refusal == nil)
        }
        #expect(entries == ["permission|permit|-|person|class:normal:protected|protected"])
        #expect(try world.found(id, W.supervisor).facts.recordClass == .protected)
        // A supervisor on the other side cannot make the victim's record one of those who harm.
        let other = W.actor(11, "supervisor", teams: [], side: .perpetrator)
        let plain = try world.make(NewPerson(W.whole, side: .victim))
        let result = try world.write {
            try world.store.guardRecord(plain, reason: "why", on: world.occasion(other), in: $0) {
                $0.side = .perpetrator
            }
        }
        guard case .failure(.register(.denied(.wall))) = result else { throw Fault("The wall was passed") }
        #expect(try world.found(plain, other).details.phone == nil)
    }

    @Test(
        "The audit says what a change of guards did, to whom, and that it did nothing",
        arguments: [Engine.sqlite, .postgreSQL])
    func guardsInAudit(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team")))
        func guardRecord(_ actor: Actor, _ body: (inout RecordFacts) -> Void) throws -> Result<Void, PersonRefusal> {
            try world.write {
                try world.store.guardRecord(id, reason: "He asks for her", on: world.occasion(actor), in: $0, body)
            }
        }
        #expect(try world.entries { try guardRecord(W.supervisor) { _ in }.get() } == [])
        guard case .failure(.register(.denied(.noPermission))) = try guardRecord(W.officer, { _ in }) else {
            throw Fault("Someone who may not guard the record was let through where nothing differed")
        }
        let entries = try world.entries {
            try guardRecord(W.supervisor) {
                $0.recordClass = .restricted
                $0.side = nil
                $0.named = [W.supervisor.account, W.officer.account]
            }.get()
        }
        #expect(entries == ["permission|permit|-|person|class:normal:restricted side:victim:none named|restricted"])
        let last = try world.database.read { connection in
            try AuditView.records(
                connection.rows(
                    "SELECT \(AuditTables.columns) FROM audit_entries e ORDER BY e.seq DESC LIMIT 1"), in: connection)
        }
        let entry = try #require(last.first?.entry)
        #expect(
            entry.subjects == [AuditSubject(id), AuditSubject(W.officer.account), AuditSubject(W.supervisor.account)])
        #expect(entry.before?.count == 32 && entry.after?.count == 32 && entry.before != entry.after)
    }

    @Test(
        "A sealed address is for those granted it by a chair, and they say why",
        arguments: [Engine.sqlite, .postgreSQL])
    func sealedAddress(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim))
        func guardAddress(_ actor: Actor, _ secrecy: AddressSecrecy) throws -> PersonRefusal? {
            let result = try world.write {
                try world.store.guardAddress(
                    id, as: secrecy, reason: "He looks for her", on: world.occasion(actor), in: $0)
            }
            if case .failure(let refusal) = result { return refusal }
            return nil
        }
        #expect(try guardAddress(W.officer, .sealed) == .register(.denied(.noPermission)))
        let guarded = try world.entries {
            let refusal = try guardAddress(W.supervisor, .sealed)
            #expect(refusal == nil)
        }
        #expect(guarded == ["permission|permit|-|person|address-secrecy:ordinary:sealed|P3"])
        #expect(try world.found(id, W.supervisor).details.address == nil)
        #expect(try world.found(id, W.supervisor).details.phone == "07700 900123")
        #expect(try !world.found(id, W.supervisor).changeable.contains(.address))
        guard case .register(.denied) = try guardAddress(W.supervisor, .ordinary) else {
            throw Fault("What was sealed was opened by someone who may not see it")
        }
        let chair = W.actor(12, "panel-chair", agency: "police", panels: ["marac"])
        var facts = RecordFacts(kind: W.word("person"), agency: W.word("council"))
        facts.side = .victim
        facts.listings = [.init(panel: W.word("marac"), from: W.today)]
        facts.grants = [.init(account: chair.account, until: W.now.advanced(bySeconds: 3600))]
        try world.put(W.person(50), W.whole, facts, .sealed)
        #expect(try world.found(W.person(50), chair).details.address == nil)
        #expect(try world.found(W.person(50), chair).mayAskForSealed)
        let entries = try world.entries {
            guard case .found(let person) = try world.read(W.person(50), chair, reason: "To plan the visit") else {
                throw Fault("The person was not found")
            }
            #expect(person.details.address == "1 High Street\nObbwade")
        }
        #expect(entries == ["read|permit|-|person|given-name family-name other-names birth needs phone address|P4"])
    }
}
