import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Letters and papers guard all records of the same person", .serialized)
struct MergedLetterTests {
    typealias W = CaseWorld
    private static let second = W.actor(12, "supervisor", teams: ["asb-team"])

    /// The victim has a second record: there she lives in a refuge, withheld.
    private func world(_ engine: Engine) throws -> LetterWorld {
        let world = try LetterWorld(engine)
        _ = try add(
            [
                "given-name": "Zoë", "family-name": "Marsh", "address": "77 Harbour Walk\nObbwade\nOB9 9ZZ",
                "phone": "07700 900456",
            ], .safety, in: world)
        return world
    }

    private func add(
        _ fields: [String: String], _ secrecy: AddressSecrecy = .ordinary, in world: LetterWorld
    ) throws -> ID<Person> {
        let other = try LetterWorld.person(world.world, fields, .victim, secrecy)
        let merge = try world.world.write {
            try world.world.people.proposeMerge(
                of: other, into: world.victim, choices: [], reason: "Same day of birth",
                on: world.world.occasion(W.officer), in: $0)
        }.get()
        let isDone = try world.world.write {
            try world.world.people.confirmMerge(
                merge, reason: "Asked her", on: world.world.occasion(Self.second), in: $0)
        }.get()
        #expect(isDone)
        return other
    }

    @Test(
        "No letter is posted to the old address of whom another record knows in a refuge",
        arguments: TestDatabase.engines)
    func toHer(_ engine: Engine) throws {
        let world = try world(engine)
        var draft = try world.draft("victim-acknowledgement", to: "victim")
        let refused = try world.compose(draft).refusal
        #expect(refused?.fields == ["delivery"])
        if case .problems(let problems) = refused {
            // Where it is known from, and that there is another address, is not told.
            #expect(problems.allSatisfy { !$0.says.contains("Harbour") && !$0.says.contains("record") })
        }
        #expect(try world.world.audit().last == "denied|deny|letter-unsafe|case|-|-")
        draft.delivery = .hand
        _ = try world.compose(draft).get()
        // Once she has left the refuge, letters go to where her own record says.
        try world.world.write {
            _ = try $0.run("UPDATE people SET address = NULL WHERE address LIKE '77 Harbour%'")
            _ = try $0.run(
                "UPDATE person_addresses SET until_day = \(W.today.advanced(by: -1)) WHERE lines LIKE '77 Harbour%'")
        }
        draft.delivery = .post
        _ = try world.compose(draft).get()
    }

    @Test(
        "Words on another record that leave letters out hold for the person; their school does not bar a letter",
        arguments: TestDatabase.engines)
    func words(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        let draft = try world.draft("victim-acknowledgement", to: "victim")
        let other = try add(["given-name": "Zoë", "family-name": "Marsh"], in: world)
        try world.world.write {
            _ = try world.world.people.addAddress(
                AddressContent(.school, "Hill School\nOB1 7AA"), to: other, on: world.world.occasion(W.officer), in: $0
            ).get()
        }
        _ = try world.compose(draft).get()
        try world.world.write {
            _ = try $0.run("UPDATE people SET safe_contact = 'He opens her post' WHERE id = \(other)")
        }
        #expect(try world.compose(draft).refusal?.fields == ["delivery"])
        let letter = ContactContent(.letter, safety: .no)
        try world.world.write {
            _ = try $0.run("UPDATE people SET safe_contact = NULL WHERE id = \(other)")
            _ = try world.world.people.setContact(
                nil, of: other, to: letter, on: world.world.occasion(W.officer), in: $0
            ).get()
        }
        #expect(try world.compose(draft).refusal?.fields == ["delivery"])
    }

    @Test(
        "A letter to who harms her takes nothing of her other record, nor one to a third person its withheld address",
        arguments: TestDatabase.engines)
    func toHim(_ engine: Engine) throws {
        let world = try world(engine)
        for text in ["She is at 77 Harbour Walk", "OB9 9ZZ", "Ring 07700900456", "Mrs Marsh", "12 Acacia Road"] {
            let draft = try world.draft("asb-warning", to: "alleged-perpetrator", ["behaviour": text])
            #expect(try world.compose(draft).refusal?.fields == ["behaviour"], "\(text)")
        }
        let third = try world.draft("panel-acknowledgement", to: "professional", ["free": "She is at Harbour Walk"])
        #expect(try world.compose(third).refusal?.fields == ["free"])
        // What is hers by either record may stand in a letter to her.
        var own = try world.draft("victim-acknowledgement", to: "victim", ["next": "We meet at Harbour Walk"])
        own.delivery = .hand
        _ = try world.compose(own).get()
    }

    @Test("A pack and an export for a court withhold it too", arguments: TestDatabase.engines)
    func papers(_ engine: Engine) throws {
        let world = try world(engine)
        let papers = CasePapers(
            attachments: AttachmentStore(cases: world.cases, sealing: AttachmentTests.sealing, largest: 1 << 20))
        let ways: [(AccessAction, Actor, Bool)] = [
            (.print, W.officer, false), (.print, W.officer, true), (.export, W.supervisor, false),
        ]
        for (action, actor, withSafety) in ways {
            let content = try world.world.write {
                try papers.content(
                    of: world.id, .init(withSafety: withSafety, reason: "Panel"), for: action,
                    on: world.world.occasion(actor), in: $0
                ).get()
            }
            #expect(
                content.guarded.redacted("She moved to 77 Harbour Walk, OB9 9ZZ")
                    == "She moved to [withheld], [withheld]")
        }
    }
}
