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
        "From when the address is withheld the letter is of class P3: in lists, when it is opened, and in papers",
        arguments: TestDatabase.engines)
    func withheldLater(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        let posted = try keep(world.draft(Self.template, to: "victim"), in: world)
        var draft = try world.draft(Self.template, to: "victim")
        draft.delivery = .hand
        let handed = try keep(draft, in: world)
        let before = try listed(world)
        #expect(before[posted] == before[handed] && before[posted] != .p3)
        #expect(try listed(world, Self.clerk)[posted] != nil)
        // Whoever stays with the address of someone else in the case is no matter here.
        try world.world.write {
            _ = try $0.run("UPDATE people SET address_secrecy = 'safety' WHERE id = \(world.harmer)")
        }
        #expect(try listed(world) == before)
        // A former address counts like the present one.
        try world.world.write {
            _ = try $0.run("UPDATE people SET address_secrecy = 'ordinary' WHERE id = \(world.harmer)")
            _ = try $0.run("UPDATE person_addresses SET secrecy = 'sealed' WHERE person = \(world.victim)")
        }
        #expect(try listed(world)[posted] == .p3)
        try world.world.write {
            _ = try $0.run("UPDATE person_addresses SET secrecy = 'ordinary' WHERE person = \(world.victim)")
            _ = try $0.run("UPDATE people SET address_secrecy = 'safety' WHERE id = \(world.victim)")
        }
        let after = try listed(world)
        #expect(after[posted] == .p3 && after[handed] == before[handed])
        #expect(try listed(world, Self.clerk)[posted] == nil && listed(world, Self.clerk)[handed] != nil)
        for form in [AttachmentForm.original, .word] {
            let opened = try AttachmentTests.bytes(posted, form, of: world.id, world.world, by: Self.clerk)
            #expect(opened.refusal?.isAbsent == true)
            _ = try AttachmentTests.bytes(handed, form, of: world.id, world.world, by: Self.clerk).get()
        }
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

    @Test("A letter from before this was written down counts as one that was posted", arguments: TestDatabase.engines)
    func older(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        let letter = try keep(world.draft(Self.template, to: "victim"), in: world)
        try world.world.write {
            _ = try $0.run(
                "UPDATE case_attachments SET source = 'Sent by post because: she asked' WHERE id = \(letter)")
        }
        #expect(try listed(world)[letter] != .p3)
        try world.world.write {
            _ = try $0.run("UPDATE people SET address_secrecy = 'safety' WHERE id = \(world.victim)")
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
            _ = try world.world.people.addAddress(
                AddressContent(.refuge, "77 Harbour Walk\nOB9 9ZZ", until: W.today.advanced(by: -1)), to: world.victim,
                on: world.world.occasion(W.officer), in: $0
            ).get()
            _ = try $0.run("UPDATE person_addresses SET secrecy = 'safety' WHERE lines LIKE '77 Harbour%'")
        }
        let letter = try keep(world.draft(Self.template, to: "victim"), in: world)
        let kept = try world.world.write {
            try $0.first("SELECT class FROM case_attachments WHERE id = \(letter)")?.get("class", as: String.self)
        }
        #expect(kept == "P3")
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
