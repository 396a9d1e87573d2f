internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Documents
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Rules
internal import Site

/// A letter to the applicant: read as the review words it, put in other words where they do not fit, and made like every
/// letter of a case: looked at for what must not reach them, and kept with the case.
enum LetterPage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openReview()
        return try page(letter(open, visit), open, visit, errors: [])
    }

    private static func letter(_ open: OpenReview, _ visit: Visit) throws -> CaseReviewLetter {
        guard let kind = CaseReviewLetter.Kind(rawValue: try visit.text("letter")), open.record.letters.contains(kind),
            open.view.rights.reads.isSuperset(of: [.p1, .p2])
        else { throw Refusal.notFound }
        let (today, site) = (visit.now.ukDate, visit.site)
        let partnership = site.partnership
        let next = try open.record.state.next(site.policy, on: today)
        return open.record.letter(
            kind,
            CaseReviewLetterFacts(
                applicant: open.applicant, partnership: partnership.name,
                contact: partnership.agency(open.view.facts.agency)?.contact,
                appealWindow: try site.policy.length("caseReview.appealWindow", on: today).inWords,
                hasPolicingBody: next.contains(.policingBody), name: { partnership.name(of: $0) }))
    }

    // MARK: - Making it

    static func make(_ visit: Visit) throws -> Response {
        let open = try visit.workingReview()
        let letter = try letter(open, visit)
        guard isRead(letter, visit) else {
            let below = left(letter, visit).isEmpty ? "" : ": what you typed into it stands below"
            let why = "The review changed while you wrote. Read the letter again\(below)"
            return try page(letter, open, visit, errors: [FormError("letter", why)])
        }
        guard let party = open.applicantParty, let template = template(letter, open, visit) else {
            let why = "You may not see the record of whoever applied. Ask a colleague who works with them"
            return try page(letter, open, visit, errors: [FormError("delivery", why)])
        }
        var draft = LetterDraft(template, to: party.id)
        let sent = visit.request.form
        draft.delivery = sent["delivery"].flatMap { LetterDraft.Delivery(rawValue: $0) } ?? .post
        draft.whySafe = sent["why-safe"] ?? ""
        for (code, text) in said(letter, visit) { draft.answers[code] = text }
        let actor = try visit.actor()
        let sender = LetterSender(agency: visit.site.partnership.name(of: actor.agency), writer: actor.name)
        let (id, occasion, chosen) = (open.view.record.id, try visit.occasion(), draft)
        let letters = LetterStore(
            // Nothing is uploaded here.
            attachments: AttachmentStore(cases: visit.site.cases, sealing: visit.site.sealing, largest: 0),
            people: visit.people)
        func refused(_ refusal: CaseRefusal) throws -> Response {
            let errors = try visit.errors(refusal, prefix: "letter", at: "delivery").map {
                FormError(control($0.field), $0.text)
            }
            return try page(letter, open, visit, errors: errors)
        }
        let composed: ComposedLetter
        switch try visit.write({ try letters.compose(chosen, for: id, from: sender, on: occasion, in: $0) }) {
        case .success(let made): composed = made
        case .failure(let refusal): return try refused(refusal)
        }
        let (pdf, word): ([UInt8], [UInt8])
        do throws(Fault) {
            let maker = DocumentMaker()
            (pdf, word) = (try maker.pdf(composed.document), try maker.word(composed.document))
        } catch {
            return try page(letter, open, visit, errors: [FormError("delivery", error.description)])
        }
        let kept = try visit.write {
            try letters.keep(composed, chosen, pdf: pdf, word: word, for: id, from: sender, on: occasion, in: $0)
        }
        switch kept {
        case .success(let made?): return visit.redirect("\(open.caseAddress)/attachments/\(made)")
        case .success(nil):
            throw Refusal.conflict(
                "Someone changed this person’s record while the letter was being made. Go back, and look at it again.")
        case .failure(let refusal): return try refused(refusal)
        }
    }

    private static func template(_ letter: CaseReviewLetter, _ open: OpenReview, _ visit: Visit) -> LetterTemplate? {
        guard let code = Code<LetterTemplate>("case-review-\(letter.kind.rawValue)"), let party = open.applicantParty
        else { return nil }
        let fields = letter.passages.map {
            LetterTemplate.Field(code: $0.code, label: $0.label, kind: .text, isRequired: true)
        }
        let parts = letter.parts.flatMap { part -> [LetterTemplate.Part] in
            (part.heading.isEmpty ? [] : [.heading(part.heading)]) + part.paragraphs.map { .paragraph($0) }
        }
        return LetterTemplate(
            code: code, name: letter.kind.title, to: [party.role], fieldClass: .p2, subject: letter.kind.subject,
            fields: fields, parts: parts)
    }

    // MARK: - The page

    /// Whether what was sent was written on this letter. Places have numbers: what was written on an earlier one may belong
    /// elsewhere now.
    private static func isRead(_ letter: CaseReviewLetter, _ visit: Visit) -> Bool {
        // A browser sends the ends of lines in its own way.
        visit.request.form["read"]?.singleSpaced == letter.wording
    }

    /// What stands at each place: what was sent with this letter, or what the review says.
    private static func said(_ letter: CaseReviewLetter, _ visit: Visit) -> [String: String] {
        let isRead = isRead(letter, visit)
        return Dictionary(
            letter.passages.map { passage in
                let sent = isRead ? visit.request.form["letter-\(passage.code)"] : nil
                return (passage.code, sent ?? passage.text)
            }
        ) { first, _ in first }
    }

    /// What was sent with an earlier letter and does not stand in this one.
    private static func left(_ letter: CaseReviewLetter, _ visit: Visit) -> [String] {
        guard !isRead(letter, visit) else { return [] }
        let now = Set(letter.passages.map(\.text.singleSpaced))
        return visit.request.form.fields.filter { $0.name.hasPrefix("letter-words-") }.map(\.value)
            .filter { !$0.singleSpaced.isEmpty && !now.contains($0.singleSpaced) }
    }

    private static func inset(_ left: [String]) -> Html {
        guard !left.isEmpty else { return "" }
        return InsetText(
            text: .html(
                """
                <p class="govuk-body">This stood in the letter that you sent, and does not stand in it now. Copy what still \
                holds to its place below. It is not kept.</p>
                \(each: left, { "<p class=\"govuk-body\">\(ReviewPlace.lines($0))</p>" })
                """)
        ).html
    }

    /// The id of the question to which a problem belongs.
    private static func control(_ field: String) -> String {
        let own = ["letter-delivery": "delivery", "letter-why-safe": "why-safe", "letter-party": "delivery"]
        return own[field] ?? field
    }

    private static func page(
        _ letter: CaseReviewLetter, _ open: OpenReview, _ visit: Visit, errors: [FormError]
    ) throws -> Response {
        let mayMake = open.view.rights.writes.contains(.p2)
        let said = said(letter, visit)
        return visit.page(
            Page(
                letter.kind.title, in: .cases, above: ReviewPlace.above(open), errors: errors, canBeLeftQuickly: true,
                """
                \(if: mayMake, InsetText(text: "Nothing is made or sent yet. Read it as the person who gets it would, and change the words below where they do not fit.").html)
                \(inset(left(letter, visit)))
                <div id="letter">
                \(each: letter.parts, { part in
                    """
                    \(if: !part.heading.isEmpty, "<h2 class=\"govuk-heading-m\">\(part.heading)</h2>")
                    \(each: part.paragraphs, { "<p class=\"govuk-body\">\(ReviewPlace.lines(filled($0, said)))</p>" })
                    """
                })
                </div>
                \(if: mayMake, visit.form("\(open.address)/letter/\(letter.kind.rawValue)", form(letter, said, visit, errors)))
                """))
    }

    /// A paragraph with what stands at its places. What is put in is not looked at again.
    private static func filled(_ paragraph: String, _ said: [String: String]) -> String {
        var pieces = paragraph.split(separator: "{", omittingEmptySubsequences: false).map(String.init)
        guard !pieces.isEmpty else { return "" }
        var text = pieces.removeFirst()
        for piece in pieces {
            let parts = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            text += parts.first.flatMap { said[$0] } ?? ""
            text += parts.count > 1 ? parts[1] : ""
        }
        return text
    }

    private static func form(
        _ letter: CaseReviewLetter, _ said: [String: String], _ visit: Visit, _ errors: [FormError]
    ) -> Html {
        let sent = visit.request.form
        let delivery = Radios(
            name: "delivery",
            items: [
                .item(
                    .init(
                        value: "post", text: "By post",
                        hint: Hint(text: "To the address on record, when it may be written to"))),
                .item(
                    .init(
                        value: "hand", text: "Handed over in person, or by another way that they called safe",
                        hint: Hint(text: "No address stands on it"))),
            ], value: sent["delivery"] ?? "post",
            fieldset: Fieldset(legend: .init(text: "How does it get there?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message("delivery"), classes: "govuk-radios--small")
        let why = Textarea(
            name: "why-safe", label: "Why is a letter safe for them?",
            hint: "For a letter by post. Ask them, and write what they said. It is kept with the letter.",
            errorMessage: errors.message("why-safe"), value: sent["why-safe"] ?? "", rows: 2, checksSpelling: true)
        return """
            \(HiddenField(name: "read", value: letter.wording))
            <h2 class="govuk-heading-m">Make the letter</h2>
            \(delivery)
            \(why)
            \(each: letter.passages, { passage in
                Textarea(
                    name: "letter-\(passage.code)", label: Label(text: .text(passage.label)),
                    errorMessage: errors.message("letter-\(passage.code)"), value: said[passage.code] ?? "",
                    rows: 4, checksSpelling: true, autocomplete: "off"
                ).html
            })
            \(Button(text: "Make the letter", preventsDoubleClick: true))
            """
    }
}

extension CaseReviewLetter.Kind {
    /// What it is about, above its text.
    fileprivate var subject: String {
        switch self {
        case .acknowledgement: "We have your application"
        case .decision: "Our decision on your application"
        case .outcome: "The outcome of the review"
        case .appeal: "The decision on your appeal"
        }
    }
}
