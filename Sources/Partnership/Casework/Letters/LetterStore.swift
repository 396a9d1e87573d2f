internal import Digests
public import Documents
public import Governance
public import Kernel
public import People
public import Storage

/// A letter that passed its checks.
public struct ComposedLetter: Hashable, Sendable {
    /// The template.
    public let template: LetterTemplate
    /// The case's reference.
    public let reference: String
    /// Who it goes to, by name.
    public let addressee: String
    /// The letter.
    public let document: Document
    /// What the addressee needs to be understood and to understand, for the writer to mind; nil when nothing is known.
    public let needs: String?
}

/// Who may get a letter: a person in a part of the case that a template goes to.
public struct LetterAddressee: Hashable, Sendable {
    /// The part.
    public let party: CaseParty
    /// Their name.
    public let name: String
    /// What is known of reaching them safely, for who may see it.
    public let safeContact: String?
    /// What they need, for who may see it.
    public let needs: String?
    /// Whether the writer must say why a letter by post is safe.
    public let asksWhy: Bool
}

/// Makes letters to people in cases. A letter that would go to a withheld address, by a way that is not safe, or with
/// something of a person on the other side in it, is refused and the refusal is in the audit.
public struct LetterStore: Sendable {
    private let attachments: AttachmentStore
    private let people: PersonStore

    /// A store.
    public init(attachments: AttachmentStore, people: PersonStore) {
        self.attachments = attachments
        self.people = people
    }

    private var cases: CaseStore { attachments.cases }

    /// The people to whom a letter can go.
    /// - Throws: `StorageError`.
    public func addressees(
        of template: LetterTemplate, in view: CaseView, on occasion: Occasion, in connection: Connection
    ) throws -> [LetterAddressee] {
        let parties = view.parties.filter { $0.until == nil && template.goes(to: $0.role, in: view.record.type) }
        return try parties.compactMap { party in
            guard case .found(let person) = try people.read(party.person, on: occasion, in: connection),
                !person.details.name.isEmpty
            else { return nil }
            return LetterAddressee(
                party: party, name: person.details.name, safeContact: person.details.safeContact,
                needs: person.details.needs,
                asksWhy: person.details.safeContact != nil
                    || !person.contact(.letter, confirmedSince: nil, now: occasion.now).bars.isEmpty)
        }
    }

    /// Checks a letter and puts it together.
    /// - Throws: `StorageError`.
    public func compose(
        _ draft: LetterDraft, for id: ID<CaseRecord>, from sender: LetterSender, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<ComposedLetter, CaseRefusal> {
        let finding = try cases.read(id, on: occasion, in: connection)
        guard case .found(let view) = finding,
            let template = draft.written ?? cases.letters.template(draft.template)
        else {
            if case .refused(_, let reason) = finding { return .failure(.register(.denied(reason))) }
            return .failure(.register(.absent))
        }
        guard view.rights.writes.contains(template.fieldClass) else {
            return .failure(.register(.denied(.noPermission)))
        }
        guard let party = view.parties.first(where: { $0.id == draft.party && $0.until == nil }),
            template.goes(to: party.role, in: view.record.type)
        else { return .failure(.problems([AnswerProblem("party", "Choose whom the letter goes to")])) }
        guard case .found(let person) = try people.read(party.person, on: occasion, in: connection),
            !person.details.name.isEmpty
        else {
            return .failure(
                .problems([
                    AnswerProblem("party", "You may not see this person’s record. Ask a colleague who works with them")
                ]))
        }
        var problems = LetterText.problems(template, draft)
        if draft.delivery == .post {
            problems += try unsafe(draft, person, party, view, on: occasion, in: connection)
        }
        problems += try guardedProblems(template, draft, person.id, view, on: occasion, in: connection)
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        let known = [
            "addressee": person.details.name, "reference": view.record.reference, "agency": sender.agency,
            "writer": sender.writer, "today": occasion.now.ukDate.inWords,
        ]
        let text = LetterText(template, draft, known: known)
        let needs = person.details.needs
        let isLarge = draft.isLarge || needs?.lowercased().contains("large print") == true
        let address = draft.delivery == .post ? person.details.address?.split(whereSeparator: \.isNewline) ?? [] : []
        return .success(
            ComposedLetter(
                template: template, reference: view.record.reference, addressee: person.details.name,
                document: LetterStore.document(
                    text, to: person.details.name, at: address.map(String.init), from: sender, isLarge: isLarge,
                    on: occasion.now.ukDate), needs: needs))
    }

    /// Why a letter by post would not be safe. What only the person's word is missing for, the writer may answer for.
    private func unsafe(
        _ draft: LetterDraft, _ person: Person, _ party: CaseParty, _ view: CaseView, on occasion: Occasion,
        in connection: Connection
    ) throws -> [AnswerProblem] {
        let byHand = "Hand it over in person at a safe meeting, or ask your supervisor"
        let bars = person.contact(.letter, confirmedSince: nil, now: occasion.now).bars
        if bars.contains(.notForYou) || person.secrecy == nil {
            return [AnswerProblem("delivery", "You may not see where they live, so you cannot write there. \(byHand)")]
        }
        if bars.contains(.withheld) || person.secrecy != .ordinary {
            return [AnswerProblem("delivery", "Where they live is withheld, so no letter goes there. \(byHand)")]
        }
        if bars.contains(.noWay) || person.details.address == nil {
            return [
                AnswerProblem("delivery", "No address is recorded. Record it first, or hand the letter over in person")
            ]
        }
        let isHarmed = view.type.party(party.role)?.side != .perpetrator
        if isHarmed, try caseForbidsPost(view, in: connection) {
            return [AnswerProblem("delivery", "The case says that letters are no safe way to reach them. \(byHand)")]
        }
        let words = person.details.safeContact
        if bars.contains(.unsafe) || words.map(SafeContact.forbidsPost) == true {
            return [
                AnswerProblem("delivery", "Their record says that letters are no safe way to reach them. \(byHand)")
            ]
        }
        // It says nothing of where that stands: the writer may not know of the other record or address. A letter that
        // would lie deeper than they may write they could not keep either.
        let isKept = view.rights.writes.contains(try LetterWay.post(person.id).depth(in: view.record.id, connection))
        let isBarred = try SafePost.isBarred(
            to: person.id, under: cases.policy, on: occasion.now.ukDate, in: connection)
        if isBarred || !isKept {
            try attachments.refuse("letter-unsafe", view.record.id, on: occasion, in: connection)
            return [AnswerProblem("delivery", "A letter by post may not be safe for them. \(byHand)")]
        }
        guard !bars.isEmpty || words != nil, AnswerText.given(draft.whySafe) == nil else { return [] }
        return [
            AnswerProblem(
                "why-safe", "Nobody has written down that a letter is safe for them. Ask them, and say why it is")
        ]
    }

    /// Whether the case's own form on safe contact leaves letters out. It is read as a whole: a writer who may not see it
    /// must not write there either.
    private func caseForbidsPost(_ view: CaseView, in connection: Connection) throws -> Bool {
        let entries = try EntryRows.entries(view.record.id, in: connection)
        guard let last = entries.last(where: { $0.form.text == "safe-contact" && $0.supersededAt == nil }) else {
            return false
        }
        let ways = last.answers["channel"]
        let words = last.answers["cautions"].joined(separator: " ")
        return (!ways.isEmpty && !ways.contains("letter")) || SafeContact.forbidsPost(words)
    }

    /// What stands in the answers that must not reach this addressee. It names the question and the kind of thing, never
    /// the thing.
    private func guardedProblems(
        _ template: LetterTemplate, _ draft: LetterDraft, _ addressee: ID<Person>, _ view: CaseView,
        on occasion: Occasion, in connection: Connection
    ) throws -> [AnswerProblem] {
        let guarded = try LetterGuards.guarded(for: addressee, of: view.record.id, view.type, in: connection)
        let fields = template.fields.filter { $0.kind != .date } + (template.free.map { [$0] } ?? [])
        let problems = fields.compactMap { field -> AnswerProblem? in
            let kinds = guarded.kinds(in: draft.answers[field.code] ?? "")
            guard !kinds.isEmpty else { return nil }
            let what = kinds.map(\.inWords).joined(separator: " and ")
            return AnswerProblem(
                field.code,
                "This holds \(what) of someone else in the case that must not reach this person. Take it out")
        }
        if !problems.isEmpty {
            try attachments.refuse("letter-guarded", view.record.id, on: occasion, in: connection)
        }
        return problems
    }

    private static func document(
        _ text: LetterText, to name: String, at address: [String], from sender: LetterSender, isLarge: Bool,
        on day: LocalDate
    ) -> Document {
        var blocks: [Document.Block] = [
            .lines([sender.agency]), .lines([name] + address), .paragraph(day.inWords), .heading(1, text.subject),
        ]
        for part in text.parts {
            switch part {
            case .heading(let words): blocks.append(.heading(2, words))
            case .paragraph(let words): blocks.append(.paragraph(words))
            case .list(let items, let isNumbered): blocks.append(.list(items, isNumbered: isNumbered))
            }
        }
        blocks.append(.lines([sender.writer, sender.agency]))
        return Document(
            title: text.subject, author: sender.agency, isLarge: isLarge, showsTitle: false, blocks: blocks)
    }

    /// Keeps a letter that was made, as an attachment of its case.
    /// - Parameters:
    ///   - letter: as `compose` gave it.
    ///   - draft: what it was made of: it is checked again, for someone may have withheld the address in between.
    /// - Returns: the attachment; nil when the checks now give another letter.
    /// - Throws: `StorageError`, `SecretError`.
    public func keep(
        _ letter: ComposedLetter, _ draft: LetterDraft, pdf: [UInt8], word: [UInt8], for id: ID<CaseRecord>,
        from sender: LetterSender, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<CaseAttachment>?, CaseRefusal> {
        switch try compose(draft, for: id, from: sender, on: occasion, in: connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let now): if now != letter { return .success(nil) }
        }
        let party = try CaseRows.parties(id, in: connection).first { $0.id == draft.party }
        let way: LetterWay = draft.delivery == .post ? party.map { .post($0.person) } ?? .unknown : .hand
        // Who it went to is known to those who may know of their part.
        let type = try CaseRows.record(id, in: connection).map(cases.type(of:))
        let part = party.map { type?.party($0.role)?.fieldClass ?? .p3 } ?? .p1
        let depth = max(letter.template.fieldClass, part, try way.depth(in: id, connection))
        let attachment = CaseAttachment(
            id: ID(at: occasion.now), name: "\(letter.reference) \(letter.template.code).pdf", kind: .pdf,
            fieldClass: depth,
            description: "\(letter.template.name), to \(letter.addressee)", evidence: nil, source: nil,
            handling: .general, letter: letter.template.code.text, way: way, size: pdf.count, sha256: SHA256.hex(pdf),
            copySHA256: nil, check: .own, agency: occasion.actor.agency, madeBy: occasion.actor.account,
            madeAt: occasion.now, supersededAt: nil, supersededBy: nil, supersededReason: nil)
        let kept = try attachments.keep(
            attachment, [(.original, pdf), (.word, word)], of: id, as: .made,
            reason: draft.delivery == .post
                ? AnswerText.given(draft.whySafe).map { "Sent by post because: \($0)" } : nil, on: occasion,
            in: connection)
        switch kept {
        case .success(let made): return .success(made)
        case .failure(let refusal): return .failure(refusal)
        }
    }
}
