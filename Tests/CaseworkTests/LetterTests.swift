import Documents
import Files
import Governance
import Kernel
import People
import Secrets
import Storage
import TestDatabases
import Testing

@testable import Casework

/// A case with a victim, someone who is said to harm, and a professional, each with where they live.
struct LetterWorld {
    typealias W = CaseWorld
    let world: W
    let id: ID<CaseRecord>
    let letters: LetterStore
    let cases: CaseStore
    let victim: ID<Person>
    let harmer: ID<Person>
    static let sender = LetterSender(agency: "Obbwade Council", writer: "Orla Officer")

    init(_ engine: Engine, secrecy: AddressSecrecy = .ordinary, safe: String? = nil) throws {
        world = try W(engine)
        cases = try CaseStore(
            roles: world.store.register.roles, catalogue: world.store.catalogue, instruments: world.store.instruments,
            policy: world.store.policy, calendar: world.store.calendar,
            letters: LetterCatalogue(folder: "\(W.definitions)/letters"))
        letters = LetterStore(
            attachments: AttachmentStore(cases: cases, sealing: AttachmentTests.sealing, largest: 1 << 20),
            people: world.people)
        victim = try Self.person(
            world,
            [
                "given-name": "Zoë", "family-name": "O’Brien", "address": "12 Acacia Road\nOBBWADE\nOB1 2CD",
                "phone": "07700 900123", "safe-contact": safe ?? "",
            ], .victim, secrecy)
        harmer = try Self.person(
            world, ["given-name": "Tom", "family-name": "Field", "address": "9 Mill Lane\nObbwade\nOB1 3EF"],
            .perpetrator)
        let professional = try Self.person(
            world, ["given-name": "Pat", "family-name": "Nurse", "address": "Health Centre\nOB1 4GH"], nil)
        let new = NewCase(
            W.word("asb"), heading: "Shouting",
            parties: [
                NewParty(W.word("victim"), victim), NewParty(W.word("alleged-perpetrator"), harmer),
                NewParty(W.word("professional"), professional),
            ], entries: [W.incident()], team: W.word("asb-team"))
        let (store, occasion) = (cases, world.occasion(W.officer))
        id = try world.write { try store.open(new, on: occasion, in: $0).get() }
    }

    static func person(
        _ world: W, _ fields: [String: String], _ side: SubjectSide?, _ secrecy: AddressSecrecy = .ordinary
    ) throws -> ID<Person> {
        var details = PersonDetails()
        for (name, text) in fields { if let field = PersonField(rawValue: name) { details[field] = text } }
        let new = NewPerson(details, side: side, secrecy: secrecy)
        // Who takes reports in writes down what they were told, also what only the victim's side sees afterwards.
        let intake = W.actor(20, "intake", teams: ["asb-team"])
        return try world.write {
            try world.people.create(new, isChecked: true, on: world.occasion(intake), in: $0).get()
        }
    }

    func party(_ role: String) throws -> ID<CaseParty> {
        guard let party = try world.view(id).parties.first(where: { $0.role.text == role }) else {
            throw Fault("no party")
        }
        return party.id
    }

    static let answers: [String: [String: String]] = [
        "asb-warning": [
            "behaviour": "Shouting at night", "from": "2026-05-01", "until": "2026-05-31", "request": "Stop shouting",
            "reply": "2026-06-15",
        ],
        "victim-acknowledgement": ["next": "We visit", "update": "2026-06-08"],
        "panel-acknowledgement": ["panel": "Risk panel", "day": "2026-06-20", "research": "2026-06-15"],
    ]

    func draft(_ template: String, to role: String, _ changes: [String: String] = [:]) throws -> LetterDraft {
        var draft = LetterDraft(W.word(template), to: try party(role))
        draft.answers = (Self.answers[template] ?? [:]).merging(changes) { $1 }
        draft.whySafe = "They asked for a letter"
        return draft
    }

    func compose(_ draft: LetterDraft, by actor: Actor = W.officer) throws -> Result<ComposedLetter, CaseRefusal> {
        try world.write {
            try letters.compose(draft, for: id, from: Self.sender, on: world.occasion(actor), in: $0)
        }
    }
}

extension Document {
    /// All its words.
    var words: String {
        blocks.map { block in
            switch block {
            case .heading(_, let text), .paragraph(let text), .notice(let text): text
            case .list(let items, _): items.joined(separator: "\n")
            case .lines(let lines): lines.joined(separator: "\n")
            case .facts(let facts): facts.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            case .table(let caption, let columns, let rows):
                ([caption] + columns + rows.flatMap { $0 }).joined(separator: "\n")
            case .newPage: ""
            }
        }.joined(separator: "\n")
    }
}

@Suite("Letters of cases", .serialized)
struct LetterTests {
    typealias W = CaseWorld

    @Test("Every shipped letter is whole, and goes to parts that case types have")
    func shipped() throws {
        let catalogue = try LetterCatalogue(folder: "\(W.definitions)/letters")
        let types = try CaseCatalogue(folder: "\(W.definitions)/case-types").types
        let roles = Set(types.flatMap { $0.parties.map(\.code) })
        #expect(catalogue.templates.count >= 7)
        for template in catalogue.templates {
            #expect(!template.to.isDisjoint(with: roles), "\(template.code)")
            #expect(template.caseTypes.isSubset(of: Set(types.map(\.code))), "\(template.code)")
        }
    }

    @Test("A file that is wrong names the place in it")
    func wrongFiles() {
        let right: [(String, String)] = [
            ("code", "\"x\""), ("name", "\"X\""), ("purpose", "\"p\""), ("version", "\"1\""), ("to", "[\"victim\"]"),
            ("class", "\"P2\""), ("subject", "\"s\""), ("text", "[\"Dear {addressee}\"]"),
        ]
        func fault(_ member: String, _ value: String) -> String {
            let text = right.map { "\"\($0.0)\": \($0.0 == member ? value : $0.1)" }.joined(separator: ", ")
            do throws(Fault) {
                _ = try LetterTemplate(DefinitionFile(bytes: Array("{\(text)}".utf8), path: "x.json"))
            } catch { return error.description }
            return ""
        }
        #expect(fault("", "") == "")
        #expect(fault("text", "[\"Dear {adressee}\"]").contains("text[0]"))
        #expect(fault("class", "\"P4\"").contains("class") && fault("to", "[]").contains("nobody"))
        #expect(fault("text", "[{\"list\": [\"{nobody}\"]}]").contains("list[0]"))
    }

    @Test("A letter says what was answered, to the name and address on record", arguments: TestDatabase.engines)
    func composing(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        let letter = try world.compose(world.draft("asb-warning", to: "alleged-perpetrator")).get()
        let words = letter.document.words
        #expect(words.contains("Tom Field\n9 Mill Lane\nObbwade\nOB1 3EF") && words.contains("1 June 2026"))
        #expect(words.contains("Dear Tom Field") && words.contains("Shouting at night"))
        #expect(words.contains("between 1 May 2026 and 31 May 2026") && words.contains("ASB-2026-000001"))
        #expect(words.hasSuffix("Orla Officer\nObbwade Council") && !words.contains("{"))
        var draft = try world.draft("asb-warning", to: "alleged-perpetrator", ["behaviour": "{reply} and {nonsense}"])
        draft.delivery = .hand
        let byHand = try world.compose(draft).get().document.words
        #expect(byHand.contains("{reply} and {nonsense}") && !byHand.contains("Mill Lane"))
        let missing = try world.draft("asb-warning", to: "alleged-perpetrator", ["behaviour": " ", "from": "31 2"])
        #expect(try world.compose(missing).refusal?.fields == ["behaviour", "from"])
        // It goes to nobody but whom it is for.
        #expect(try world.compose(world.draft("asb-warning", to: "victim")).refusal?.fields == ["party"])
        #expect(try world.compose(world.draft("asb-warning", to: "alleged-perpetrator"), by: W.police).refusal != nil)
    }

    @Test("No letter goes to a withheld address, nor by a way that is not safe", arguments: TestDatabase.engines)
    func withheld(_ engine: Engine) throws {
        let name = "victim-acknowledgement"
        let safety = try LetterWorld(engine, secrecy: .safety)
        let refused = try safety.compose(safety.draft(name, to: "victim")).refusal
        #expect(refused?.fields == ["delivery"])
        if case .problems(let problems) = refused { #expect(problems.allSatisfy { !$0.says.contains("Acacia") }) }
        var byHand = try safety.draft(name, to: "victim")
        byHand.delivery = .hand
        #expect(try !safety.compose(byHand).get().document.words.contains("Acacia"))
        let forbidden = try LetterWorld(engine, safe: "He opens her post. Ring in the morning.")
        #expect(try forbidden.compose(forbidden.draft(name, to: "victim")).refusal?.fields == ["delivery"])
        let careful = try LetterWorld(engine, safe: "Ring in the morning")
        var draft = try careful.draft(name, to: "victim")
        draft.whySafe = " "
        #expect(try careful.compose(draft).refusal?.fields == ["why-safe"])
        draft.whySafe = "She asked for a letter on 30 May"
        #expect(try careful.compose(draft).get().document.words.contains("12 Acacia Road"))
        // Nobody asked a victim of whom nothing is known either.
        let untold = try LetterWorld(engine)
        var silent = try untold.draft(name, to: "victim")
        silent.whySafe = ""
        #expect(try untold.compose(silent).refusal?.fields == ["why-safe"])
        // The case's own form leaves letters out.
        _ = try careful.world.fill(
            careful.id, "safe-contact", ["channel": "phone", "voicemail": "no", "say": "no"]
        ).get()
        #expect(try careful.compose(draft).refusal?.fields == ["delivery"])
    }

    @Test(
        "What belongs to the other side is refused in every answer, and the refusal names no more than the question",
        arguments: TestDatabase.engines)
    func otherSide(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        for text in [
            "You shouted at Zoe O'Brien", "outside 12 acacia rd", "Ring +44 7700 900123", "OB1 2CD", "Mrs O’Brien",
        ] {
            for field in ["behaviour", "free"] {
                let draft = try world.draft("asb-warning", to: "alleged-perpetrator", [field: text])
                guard case .problems(let problems) = try world.compose(draft).refusal else {
                    Issue.record("\(field) took: \(text)")
                    continue
                }
                #expect(problems.map(\.field) == [field])
                #expect(!problems[0].says.contains("Acacia") && !problems[0].says.contains("Brien"))
            }
        }
        #expect(try world.world.audit().last == "denied|deny|letter-guarded|case|-|-")
        // To the victim's side, nothing of who is said to harm; what is theirs is theirs.
        let own = try world.draft("victim-acknowledgement", to: "victim", ["next": "We visit you at 12 Acacia Road"])
        #expect(try world.compose(own).get().document.words.contains("We visit you"))
        let other = try world.draft("victim-acknowledgement", to: "victim", ["free": "Tom Field will be told"])
        #expect(try world.compose(other).refusal?.fields == ["free"])
        // A telephone number that stands only on the case's form for safety is guarded too.
        _ = try world.world.fill(
            world.id, "safe-contact", ["channel": "phone", "number": "020 7946 0123", "voicemail": "no", "say": "no"]
        ).get()
        let leak = try world.draft("asb-warning", to: "alleged-perpetrator", ["request": "Do not ring 02079460123"])
        #expect(try world.compose(leak).refusal?.fields == ["request"])
        // Where she stays besides, and how she is reached there, is guarded like where she lives.
        let refuge = AddressContent(.refuge, "77 Harbour Walk\nOB9 9ZZ")
        let officer = world.world.occasion(W.officer)
        try world.world.write {
            _ = try world.world.people.addAddress(refuge, to: world.victim, on: officer, in: $0).get()
            _ = try world.world.people.setContact(
                nil, of: world.victim, to: ContactContent(.telephone, "01632 960 001"), on: officer, in: $0
            ).get()
        }
        for text in ["near Harbour Walk", "OB9 9ZZ", "(01632) 960001"] {
            let draft = try world.draft("asb-warning", to: "alleged-perpetrator", ["request": text])
            #expect(try world.compose(draft).refusal?.fields == ["request"], "\(text)")
        }
        // A withheld address reaches no third person.
        let safe = try LetterWorld(engine, secrecy: .safety)
        let third = try safe.draft("panel-acknowledgement", to: "professional", ["free": "She is at 12 Acacia Road"])
        #expect(try safe.compose(third).refusal?.fields == ["free"])
    }

    @Test(
        "A letter that was made is kept as PDF and Word; one whose address was withheld meanwhile is not",
        arguments: TestDatabase.engines)
    func keeping(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        let draft = try world.draft("victim-acknowledgement", to: "victim")
        let letter = try world.compose(draft).get()
        func keep() throws -> Result<ID<CaseAttachment>?, CaseRefusal> {
            try world.world.write {
                try world.letters.keep(
                    letter, draft, pdf: Array("%PDF-".utf8), word: Array("PK".utf8), for: world.id,
                    from: LetterWorld.sender, on: world.world.occasion(W.officer), in: $0)
            }
        }
        let made = try #require(try keep().get())
        let word = try AttachmentTests.bytes(made, .word, of: world.id, world.world).get()
        #expect(
            word.bytes == Array("PK".utf8) && word.attachment.fileName(.word).hasSuffix("victim-acknowledgement.docx"))
        #expect(word.attachment.letter == "victim-acknowledgement" && word.attachment.check == .own)
        #expect(!word.attachment.name.contains("Brien"))
        try world.world.write {
            _ = try $0.run("UPDATE people SET address_secrecy = 'safety' WHERE id = \(world.victim)")
            _ = try $0.run("UPDATE person_addresses SET secrecy = 'safety' WHERE person = \(world.victim)")
        }
        #expect(try keep().refusal?.fields == ["delivery"])
        try world.world.write {
            _ = try $0.run(
                "UPDATE people SET address_secrecy = 'ordinary', address = '1 New Street' WHERE id = \(world.victim)")
            _ = try $0.run(
                "UPDATE person_addresses SET secrecy = 'ordinary', lines = '1 New Street' WHERE person = \(world.victim)"
            )
        }
        #expect(try keep().get() == nil)
    }

    @Test(
        "Papers leave the victim’s safety out, in answers and in free text, unless it is asked for",
        arguments: TestDatabase.engines)
    func papers(_ engine: Engine) throws {
        let world = try LetterWorld(engine, secrecy: .safety)
        _ = try world.world.fill(
            world.id, "safe-contact", ["channel": "phone", "number": "020 7946 0123", "voicemail": "no", "say": "no"]
        ).get()
        let papers = CasePapers(
            attachments: AttachmentStore(cases: world.cases, sealing: AttachmentTests.sealing, largest: 1 << 20))
        func content(
            _ withSafety: Bool, _ action: AccessAction = .print, by actor: Actor = W.officer, _ reason: String = "Panel"
        ) throws -> Result<CasePapers.Content, CaseRefusal> {
            let choice = CasePapers.Choice(withSafety: withSafety, reason: reason)
            return try world.world.write {
                try papers.content(of: world.id, choice, for: action, on: world.world.occasion(actor), in: $0)
            }
        }
        let plain = try content(false).get()
        #expect(!plain.view.entries.contains { $0.form.text == "safe-contact" })
        // The four answers of the form: channel, number, voicemail, say.
        #expect(plain.leftOut == [.p3: 4])
        #expect(plain.guarded.redacted("At 12 Acacia Road, 020 7946 0123") == "At [withheld], [withheld]")
        let full = try content(true).get()
        #expect(full.view.entries.contains { $0.form.text == "safe-contact" } && full.leftOut.isEmpty)
        // What is withheld stays so, and the rest is there.
        #expect(full.guarded.redacted("At 12 Acacia Road, 020 7946 0123") == "At [withheld], 020 7946 0123")
        #expect(try content(false, by: W.officer, " ").refusal?.fields == ["reason"])
        #expect(try content(false, .export).refusal != nil)
        _ = try content(false, .export, by: W.supervisor).get()
        #expect(try content(true, by: W.chaser).refusal != nil)
        #expect(try content(false, by: W.police).refusal?.isAbsent == true)
        let audit = try world.world.audit()
        #expect(audit.contains("print|permit|-|case|papers|P2") && audit.contains("print|permit|-|case|papers|P3"))
        #expect(audit.contains("export|permit|-|case|papers|P2"))
    }
}
