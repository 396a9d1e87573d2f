import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Letters that were posted hold where someone lived", .serialized)
struct PostedLetterTests {
    typealias W = CaseWorld
    private static let template = "victim-acknowledgement"
    private static let warning = "asb-warning"
    /// They may read and share what is of class P2 and no deeper.
    private static let clerk = W.actor(31, "case-officer", teams: ["asb-team"], side: .perpetrator)

    private func keep(_ draft: LetterDraft, in world: LetterWorld) throws -> ID<CaseAttachment> {
        let letter = try world.compose(draft).get()
        let kept = try world.world.write {
            try world.letters.keep(
                letter, draft, pdf: Array("%PDF-".utf8), word: Array("PK".utf8), for: world.id,
                from: LetterWorld.sender, on: world.world.occasion(W.officer), in: $0
            ).get()
        }
        return try #require(kept)
    }

    private func listed(_ world: LetterWorld, _ actor: Actor = W.officer) throws -> [ID<CaseAttachment>: FieldClass] {
        let store = AttachmentStore(cases: world.cases, sealing: AttachmentTests.sealing, largest: 1 << 20)
        let all = try world.world.write {
            try store.list(of: world.id, on: world.world.occasion(actor), in: $0) ?? []
        }
        return Dictionary(all.map { ($0.id, $0.fieldClass) }) { first, _ in first }
    }

    @Test(
        "A letter posted to a victim is of class P3 at once: in lists, when it is opened, and in papers",
        arguments: TestDatabase.engines)
    func victims(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        let posted = try keep(world.draft(Self.template, to: "victim"), in: world)
        var draft = try world.draft(Self.template, to: "victim")
        draft.delivery = .hand
        let handed = try keep(draft, in: world)
        // The people register has a victim's ordinary address as P3.
        let classes = try listed(world)
        #expect(classes[posted] == .p3 && classes[handed] != .p3)
        let kept = try world.world.write {
            try $0.first("SELECT class FROM case_attachments WHERE id = \(posted)")?.get("class", as: String.self)
        }
        #expect(kept == "P3")
        #expect(try listed(world, Self.clerk)[posted] == nil && listed(world, Self.clerk)[handed] != nil)
        for form in [AttachmentForm.original, .word] {
            let opened = try AttachmentTests.bytes(posted, form, of: world.id, world.world, by: Self.clerk)
            #expect(opened.refusal?.isAbsent == true)
            _ = try AttachmentTests.bytes(handed, form, of: world.id, world.world, by: Self.clerk).get()
        }
        // One from before that was kept as its template says.
        try world.world.write {
            _ = try $0.run("UPDATE case_attachments SET class = 'P2' WHERE id = \(posted)")
        }
        #expect(try listed(world, Self.clerk)[posted] == nil)
        let papers = CasePapers(
            attachments: AttachmentStore(cases: world.cases, sealing: AttachmentTests.sealing, largest: 1 << 20))
        for (withSafety, expected) in [(false, [handed]), (true, [posted, handed])] {
            let content = try world.world.write {
                try papers.content(
                    of: world.id, .init(withSafety: withSafety, reason: "Panel"), for: .print,
                    on: world.world.occasion(W.officer), in: $0
                ).get()
            }
            #expect(content.attachments.map(\.id) == expected)
        }
    }

    @Test(
        "From when an address is withheld the letter that was posted there is of class P3",
        arguments: TestDatabase.engines)
    func withheldLater(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        let posted = try keep(world.draft(Self.warning, to: "alleged-perpetrator"), in: world)
        // Where someone who harms lives is P2.
        #expect(try listed(world)[posted] == .p2 && listed(world, Self.clerk)[posted] != nil)
        // Where someone else in the case lives is no matter here.
        try world.world.write {
            _ = try $0.run("UPDATE people SET address_secrecy = 'safety' WHERE id = \(world.victim)")
        }
        #expect(try listed(world)[posted] == .p2)
        // A former address counts like the present one.
        try world.world.write {
            _ = try $0.run("UPDATE person_addresses SET secrecy = 'sealed' WHERE person = \(world.harmer)")
        }
        #expect(try listed(world)[posted] == .p3)
        try world.world.write {
            _ = try $0.run("UPDATE person_addresses SET secrecy = 'ordinary' WHERE person = \(world.harmer)")
            _ = try $0.run("UPDATE people SET address_secrecy = 'safety' WHERE id = \(world.harmer)")
        }
        #expect(try listed(world)[posted] == .p3 && listed(world, Self.clerk)[posted] == nil)
    }

    @Test("A letter from before this was written down counts as one that was posted", arguments: TestDatabase.engines)
    func older(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        var draft = try world.draft(Self.warning, to: "alleged-perpetrator")
        draft.delivery = .hand
        let letter = try keep(draft, in: world)
        #expect(try listed(world)[letter] != .p3)
        // To anyone in the case, of whom the victim is one.
        try world.world.write {
            _ = try $0.run(
                "UPDATE case_attachments SET source = 'Sent by post because: she asked' WHERE id = \(letter)")
        }
        #expect(try listed(world)[letter] == .p3)
        #expect(
            try AttachmentTests.bytes(letter, .original, of: world.id, world.world).get().attachment.source == nil)
    }

    @Test(
        "A letter to someone whose former address is withheld is kept as P3 at once", arguments: TestDatabase.engines)
    func withheldBefore(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        try world.world.write {
            _ = try $0.run(
                """
                INSERT INTO person_addresses
                    (id, person, kind, lines, until_day, secrecy, takes_letters, version, changed_at, changed_by)
                VALUES (\(ID<PersonAddress>(at: W.now)), \(world.harmer), 'refuge', '77 Harbour Walk',
                    \(W.today.advanced(by: -1)), 'safety', 0, 1, \(W.now), \(W.officer.account))
                """)
        }
        let letter = try keep(world.draft(Self.warning, to: "alleged-perpetrator"), in: world)
        let kept = try world.world.write {
            try $0.first("SELECT class FROM case_attachments WHERE id = \(letter)")?.get("class", as: String.self)
        }
        #expect(kept == "P3")
    }

    @Test("Whoever may not write the victim’s safety posts no letter to a victim", arguments: TestDatabase.engines)
    func shallow(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        let draft = try world.draft(Self.template, to: "victim")
        let refusal = try world.compose(draft, by: Self.clerk).refusal
        #expect(refusal?.fields == ["delivery"])
    }

    @Test(
        "Why a letter was safe to send stands in its chain of custody as P2, and not beside the file",
        arguments: TestDatabase.engines)
    func whySafe(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        var draft = try world.draft(Self.template, to: "victim")
        draft.whySafe = "He moved out, she opens the post"
        let letter = try keep(draft, in: world)
        let store = AttachmentStore(cases: world.cases, sealing: AttachmentTests.sealing, largest: 1 << 20)
        let (file, custody) = try world.world.write {
            try store.read(letter, of: world.id, on: world.world.occasion(W.officer), in: $0).get()
        }
        #expect(file.source == nil && !file.description.contains("moved"))
        #expect(custody.map(\.reason) == ["Sent by post because: He moved out, she opens the post"])
    }
}
