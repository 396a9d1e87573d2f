import Documents
import Files
import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

/// Who asked under the disclosure scheme is known to those who keep them safe, and to nobody who reads no deeper than
/// P2 (casework.md §2.6, §5.6: the enquirer stays hidden).
@Suite("Disclosure scheme: who asks is hidden", .serialized)
struct EnquirerTests {
    typealias W = CaseWorld

    /// Ada may be in danger from Ben; Mia asked for her. The police have it up to P2.
    private struct Asked {
        let world: W
        let cases: CaseStore
        let id: ID<CaseRecord>
        let ada: ID<Person>
        let mia: ID<Person>
        let ben: ID<Person>

        init(_ engine: Engine) throws {
            let world = try W(engine)
            let letter = try LetterTemplate(DefinitionFile(bytes: Array(EnquirerTests.letter.utf8), path: "x.json"))
            let shipped = try LetterCatalogue(folder: "\(W.definitions)/letters").templates
            cases = try CaseStore(
                roles: world.store.register.roles, catalogue: world.store.catalogue,
                instruments: world.store.instruments, policy: world.store.policy, calendar: world.store.calendar,
                letters: LetterCatalogue(shipped + [letter]))
            (ada, mia) = (try world.person("Ada", "Nwosu"), try world.person("Mia", "Osei"))
            ben = try world.person("Ben", "Field")
            guard let type = world.store.catalogue.type(W.word("dvds")) else { throw Fault("no type") }
            let application = CaseJourney.entry(
                "application", ["route": "ask", "why": "She heard of a trial", "danger-now": "no"], of: type, at: W.now)
            let new = NewCase(
                type.code, heading: "A worry about a partner",
                parties: [
                    NewParty(W.word("at-risk"), ada), NewParty(W.word("applicant"), mia),
                    NewParty(W.word("subject"), ben),
                ], entries: [application])
            let (store, officer) = (cases, world.occasion(W.officer))
            id = try world.write { try store.open(new, on: officer, in: $0).get() }
            self.world = world
            let opened = id
            // Of the people, the one who asked lies deeper than what is shared, and stays unshared.
            try world.write {
                _ = try store.share(
                    opened, with: W.word("police"), until: nil, highest: .p2, gateway: "cda-115", reason: "Research",
                    on: officer, in: $0
                ).get()
            }
            _ = try world.fill(
                id, "safe-contact",
                ["channel": "through", "number": "Through Mia Osei", "voicemail": "no", "say": "no"]
            ).get()
        }

        /// Who reads P2 and no deeper: a colleague on the other side, and the police by what is shared.
        static let readers = [W.chaser, W.police]

        func party(_ role: String) throws -> ID<CaseParty> {
            try #require(try world.view(id).parties.first { $0.role.text == role }).id
        }

        var store: AttachmentStore { AttachmentStore(cases: cases, sealing: AttachmentTests.sealing, largest: 1 << 20) }

        func papers(_ withSafety: Bool, by actor: Actor) throws -> Result<CasePapers.Content, CaseRefusal> {
            let choice = CasePapers.Choice(withSafety: withSafety, reason: "Panel")
            return try world.write {
                try CasePapers(attachments: store).content(
                    of: id, choice, for: .print, on: world.occasion(actor), in: $0)
            }
        }

        func compose(
            _ template: String, to party: ID<CaseParty>, _ answers: [String: String], by actor: Actor
        ) throws -> Result<ComposedLetter, CaseRefusal> {
            var draft = LetterDraft(W.word(template), to: party)
            draft.delivery = .hand
            draft.answers = answers
            return try world.write {
                try LetterStore(attachments: store, people: world.people).compose(
                    draft, for: id, from: LetterWorld.sender, on: world.occasion(actor), in: $0)
            }
        }
    }

    /// A partnership's own letter to whoever is asked about: the shipped ones go to nobody who is said to harm here.
    private static let letter = """
        {"code": "subject-note", "name": "Note", "purpose": "p", "version": "1", "caseTypes": ["dvds"],
         "to": ["subject"], "class": "P2", "subject": "A note", "fields": [{"code": "what", "label": "What?", "kind": "text"}],
         "text": ["Dear {addressee}", "{what}"]}
        """

    /// All that a view holds of the case, without what every case of its type has.
    private static func words(_ view: CaseView) -> String {
        let parts: [Any] = [
            view.record, view.parties, view.entries, view.actions, view.assessments, view.clocks, view.flags,
            view.moves,
        ]
        return parts.map { String(describing: $0) }.joined(separator: "\n")
    }

    @Test(
        "Who reads no deeper than P2 sees neither the name nor the part of who asked", arguments: TestDatabase.engines)
    func reading(_ engine: Engine) throws {
        let asked = try Asked(engine)
        let world = asked.world
        let whole = try world.view(asked.id)
        #expect(whole.parties.map(\.role.text) == ["at-risk", "applicant", "subject"])
        #expect(Self.words(whole).contains(asked.mia.text) && Self.words(whole).contains("Through Mia Osei"))
        for reader in Asked.readers {
            let view = try world.view(asked.id, reader)
            #expect(view.rights.reads == [.p0, .p1, .p2], "\(reader.name)")
            #expect(view.parties.map(\.person) == [asked.ada, asked.ben], "\(reader.name)")
            let words = Self.words(view)
            for secret in [asked.mia.text, "Mia", "Osei", "applicant"] {
                #expect(!words.contains(secret), "\(reader.name): \(secret)")
            }
        }
        // The police know of those who were shared with the case, and of her not even that there is a record.
        for (person, isKnown) in [(asked.ada, true), (asked.ben, true), (asked.mia, false)] {
            let found = try world.write { try world.people.read(person, on: world.occasion(W.police), in: $0) }
            #expect((found != .absent) == isKnown)
        }
        // Named in an answer, she is not found by it either.
        _ = try world.fill(
            asked.id, "contact", ["with": asked.mia.text, "how": "phone", "reached": "yes"], on: W.today
        ).get()
        for reader in Asked.readers {
            #expect(try !Self.words(world.view(asked.id, reader)).contains(asked.mia.text), "\(reader.name)")
        }
    }

    @Test(
        "The cases of who asked do not name it to those who may not know that they asked",
        arguments: TestDatabase.engines)
    func listing(_ engine: Engine) throws {
        let asked = try Asked(engine)
        let world = asked.world
        func found(_ person: ID<Person>, _ actor: Actor) throws -> [ID<CaseRecord>] {
            var filter = CaseFilter()
            filter.people = [person]
            return try world.write { try world.store.list(filter, on: world.occasion(actor), in: $0) }.items.map(
                \.record.id)
        }
        #expect(try found(asked.mia, W.officer) == [asked.id] && found(asked.ada, W.officer) == [asked.id])
        for reader in Asked.readers {
            #expect(try found(asked.ada, reader) == [asked.id], "\(reader.name)")
            #expect(try found(asked.mia, reader) == [], "\(reader.name)")
        }
    }

    @Test("Papers leave out who asked unless the victim’s safety is asked for", arguments: TestDatabase.engines)
    func papers(_ engine: Engine) throws {
        let asked = try Asked(engine)
        let full = try asked.papers(true, by: W.officer).get()
        #expect(full.view.parties.map(\.role.text).contains("applicant") && full.leftOut.isEmpty)
        let plain = try asked.papers(false, by: W.officer).get()
        #expect(plain.view.parties.map(\.person) == [asked.ada, asked.ben])
        // Who asked, and the four answers on how to reach them.
        #expect(plain.leftOut == [.p3: 5])
        for secret in [asked.mia.text, "Osei", "applicant"] { #expect(!Self.words(plain.view).contains(secret)) }
        // Who may not know cannot take it along either.
        let own = try asked.papers(false, by: W.chaser).get()
        #expect(own.view.parties.map(\.person) == [asked.ada, asked.ben] && own.leftOut.isEmpty)
        #expect(try asked.papers(true, by: W.chaser).refusal != nil)
    }

    @Test(
        "No letter goes to who asked, or names them to the other side, unbeknown to who keeps them safe",
        arguments: TestDatabase.engines)
    func letters(_ engine: Engine) throws {
        let asked = try Asked(engine)
        let (world, name) = (asked.world, "victim-acknowledgement")
        func addressees(_ actor: Actor) throws -> [String] {
            let template = try #require(asked.cases.letters.template(W.word(name)))
            let view = try world.view(asked.id, actor)
            return try world.write {
                try LetterStore(attachments: asked.store, people: world.people).addressees(
                    of: template, in: view, on: world.occasion(actor), in: $0)
            }.map(\.name)
        }
        #expect(try addressees(W.officer) == ["Ada Nwosu", "Mia Osei"])
        for reader in Asked.readers { #expect(try addressees(reader) == ["Ada Nwosu"], "\(reader.name)") }
        let answers = ["next": "We meet", "update": "2026-06-08"]
        let applicant = try asked.party("applicant")
        let letter = try asked.compose(name, to: applicant, answers, by: W.officer).get()
        #expect(letter.addressee == "Mia Osei")
        // Asked for by her part, she is answered for as somebody who has no part in it.
        func says(_ party: ID<CaseParty>) throws -> [AnswerProblem] {
            let letter = try asked.compose(name, to: party, answers, by: W.chaser)
            guard case .failure(.problems(let problems)) = letter else { return [] }
            return problems
        }
        let nobody = ID<CaseParty>(at: W.now)
        #expect(try says(applicant) == says(nobody))
        #expect(try says(applicant).map(\.field) == ["party"])
        #expect(try asked.compose(name, to: asked.party("at-risk"), answers, by: W.chaser).refusal == nil)
        // Nor does a letter to whoever is asked about name her.
        let subject = try asked.party("subject")
        for text in ["Mia Osei asked about you", "It was Mrs Osei"] {
            let leak = try asked.compose("subject-note", to: subject, ["what": text], by: W.officer)
            #expect(leak.refusal?.fields == ["what"], "\(text)")
        }
        #expect(try asked.compose("subject-note", to: subject, ["what": "We met"], by: W.officer).refusal == nil)
    }

    @Test("A letter to who asked is kept as deep as their part lies", arguments: TestDatabase.engines)
    func kept(_ engine: Engine) throws {
        let asked = try Asked(engine)
        let world = asked.world
        let answers = ["next": "We meet", "update": "2026-06-08"]
        let applicant = try asked.party("applicant")
        let letter = try asked.compose("victim-acknowledgement", to: applicant, answers, by: W.officer).get()
        var draft = LetterDraft(W.word("victim-acknowledgement"), to: applicant)
        draft.delivery = .hand
        draft.answers = answers
        let made = try world.write {
            try LetterStore(attachments: asked.store, people: world.people).keep(
                letter, draft, pdf: Array("%PDF-".utf8), word: Array("PK".utf8), for: asked.id,
                from: LetterWorld.sender, on: world.occasion(W.officer), in: $0
            ).get()
        }
        #expect(made != nil)
        for reader in Asked.readers {
            let seen = try world.write { try asked.store.list(of: asked.id, on: world.occasion(reader), in: $0) }
            #expect(seen?.map(\.description) == [], "\(reader.name)")
        }
    }
}
