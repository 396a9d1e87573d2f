internal import Casework
internal import DesignSystem
internal import Documents
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Letters to the people in a case: choosing one, filling it in, looking at it, and having it made.
enum CaseLetterPages {
    // MARK: - Which letter

    static func list(_ visit: Visit) throws -> Response {
        let open = try visit.withKeepers(visit.openCase())
        let roles = Set(open.current.map(\.role))
        let usable = visit.cases.letters.templates.filter { template in
            open.view.rights.writes.contains(template.fieldClass)
                && roles.contains { template.goes(to: $0, in: open.view.record.type) }
        }
        let made = try visit.attachments(of: open).filter { $0.letter != nil }
        let rows = made.reversed().map { letter -> [Content] in
            let address = "\(open.address)/attachments/\(letter.id)"
            return [
                .html("<a class=\"govuk-link\" href=\"\(href: address)\">\(letter.description)</a>"),
                .text(letter.madeAt.inWords), .text(open.name(letter.madeBy)),
                .html(CaseAttachmentPages.tags(letter)),
            ]
        }
        let table = SortableTable(
            id: "letters", caption: "Letters that were made",
            columns: ["Letter", "When", "By", "How it stands"].map { .init(.text($0)) }, rows: rows,
            emptyText: "No letter was made yet that you may see.", address: { _, _ in "\(open.address)/letters" })
        let choice: Html = """
            <h2 class="govuk-heading-m">Write a letter</h2>
            \(if: usable.isEmpty, "<p class=\"govuk-body\">There is no letter for the people in this case.</p>")
            <ul class="govuk-list">
            \(each: usable, { template in
                "<li><a class=\"govuk-link\" href=\"\(href: "\(open.address)/letters/\(template.code)")\">\(template.name)</a><br><span class=\"govuk-hint\">\(template.purpose)</span></li>"
            })
            </ul>
            """
        return visit.page(
            Page(
                "Letters", in: .cases, above: CasePlace.above(open), canBeLeftQuickly: true, isWide: true,
                """
                \(CasePlace.navigation(open, on: "/letters"))
                \(table)
                \(if: open.view.rights.mayWrite, choice)
                """))
    }

    // MARK: - Writing it

    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        return try form(open, template(open, visit), visit, sent: nil, errors: [])
    }

    private static func template(_ open: OpenCase, _ visit: Visit) throws -> LetterTemplate {
        guard let code = Code<LetterTemplate>(try visit.text("letter")),
            let template = visit.cases.letters.template(code),
            open.view.type.parties.contains(where: { template.goes(to: $0.code, in: open.view.record.type) }),
            open.view.rights.writes.contains(template.fieldClass)
        else { throw Refusal.notFound }
        return template
    }

    private static func form(
        _ open: OpenCase, _ template: LetterTemplate, _ visit: Visit, sent: FormFields?, errors: [FormError]
    ) throws -> Response {
        let (view, occasion) = (open.view, try visit.occasion())
        let people = try visit.write {
            try visit.letters.addressees(of: template, in: view, on: occasion, in: $0)
        }
        let controls = LetterControls(template, people, open, sent: sent)
        let empty: Html = """
            <p class="govuk-body">There is nobody in this case to whom it can go, as far as you may see. \
            <a class="govuk-link" href="\(href: "\(open.address)/people")">Look at the people in the case</a>.</p>
            """
        return visit.page(
            Page(
                template.name, in: .cases,
                above: CasePlace.above(open) + [(title: "Letters", address: "\(open.address)/letters")],
                errors: errors, canBeLeftQuickly: true,
                """
                <p class="govuk-body">\(template.purpose)</p>
                \(if: people.isEmpty, empty)
                \(if: !people.isEmpty, visit.form("\(open.address)/letters/\(template.code)", controls.html(errors)))
                """))
    }

    static func act(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        let template = try template(open, visit)
        let sent = visit.request.form
        if sent["do"] == "change" { return try form(open, template, visit, sent: sent, errors: []) }
        guard let draft = LetterControls.draft(template, sent) else {
            return try form(
                open, template, visit, sent: sent, errors: [FormError("party", "Choose whom the letter goes to")])
        }
        let actor = try visit.actor()
        let sender = LetterSender(agency: visit.site.partnership.name(of: actor.agency), writer: actor.name)
        let (id, occasion, letters) = (open.view.record.id, try visit.occasion(), visit.letters)
        switch try visit.write({ try letters.compose(draft, for: id, from: sender, on: occasion, in: $0) }) {
        case .failure(let refusal):
            let errors = try visit.errors(refusal, at: "party").map { FormError(LetterControls.id($0.field), $0.text) }
            return try form(open, template, visit, sent: sent, errors: errors)
        case .success(let letter):
            guard sent["do"] == "make" else { return preview(letter, open, visit) }
            return try make(letter, draft, sender, open, visit) { errors in
                try form(open, template, visit, sent: sent, errors: errors)
            }
        }
    }

    // MARK: - Looking at it

    private static func preview(_ letter: ComposedLetter, _ open: OpenCase, _ visit: Visit) -> Response {
        let kept = visit.request.form.fields.filter { $0.name != "csrf" && $0.name != "do" }
        let content: Html = """
            \(each: kept, { HiddenField(name: $0.name, value: $0.value).html })
            <div class="govuk-button-group">
            \(Button(text: "Make the letter", name: "do", value: "make", preventsDoubleClick: true))
            \(Button(text: "Change it", name: "do", value: "change", classes: "govuk-button--secondary"))
            </div>
            """
        let needs: Html =
            letter.needs.map { needs in
                InsetText(
                    text: .text(
                        "What they need: \(needs). Arrange an interpreter or another form of the letter where that helps."
                    )
                ).html
            } ?? ""
        return visit.page(
            Page(
                "Check the letter", in: .cases,
                above: CasePlace.above(open) + [(title: "Letters", address: "\(open.address)/letters")],
                canBeLeftQuickly: true,
                """
                <p class="govuk-body">\(letter.template.name). Nothing is made or sent yet. Read it as the person who \
                gets it would.</p>
                \(needs)
                \(if: letter.document.isLarge, "<p class=\"govuk-body\">It is printed large.</p>")
                <div class="govuk-inset-text">\(DocumentPreview.html(letter.document))</div>
                \(visit.form("\(open.address)/letters/\(letter.template.code)", content))
                """))
    }

    // MARK: - Making it

    private static func make(
        _ letter: ComposedLetter, _ draft: LetterDraft, _ sender: LetterSender, _ open: OpenCase, _ visit: Visit,
        else form: ([FormError]) throws -> Response
    ) throws -> Response {
        let maker = DocumentMaker()
        let (pdf, word): ([UInt8], [UInt8])
        do throws(Fault) {
            (pdf, word) = (try maker.pdf(letter.document), try maker.word(letter.document))
        } catch {
            return try form([FormError("party", error.description)])
        }
        let (id, occasion, letters) = (open.view.record.id, try visit.occasion(), visit.letters)
        let kept = try visit.write {
            try letters.keep(letter, draft, pdf: pdf, word: word, for: id, from: sender, on: occasion, in: $0)
        }
        switch kept {
        case .success(let made?): return visit.redirect("\(open.address)/attachments/\(made)")
        case .success(nil):
            throw Refusal.conflict(
                "Someone changed this person’s record while the letter was being made. Go back, and look at it again.")
        case .failure(let refusal):
            return try form(
                visit.errors(refusal, at: "party").map { FormError(LetterControls.id($0.field), $0.text) })
        }
    }
}

/// A document as part of a page.
enum DocumentPreview {
    static func html(_ document: Document) -> Html { "\(each: document.blocks, block)" }

    private static func block(_ block: Document.Block) -> Html {
        switch block {
        case .heading(1, let text): "<h2 class=\"govuk-heading-m\">\(text)</h2>"
        case .heading(_, let text): "<h3 class=\"govuk-heading-s\">\(text)</h3>"
        case .paragraph(let text), .notice(let text): "<p class=\"govuk-body\">\(lines(text))</p>"
        case .lines(let texts): "<p class=\"govuk-body\">\(lines(texts.joined(separator: "\n")))</p>"
        case .list(let items, let isNumbered):
            isNumbered
                ? "<ol class=\"govuk-list govuk-list--number\">\(each: items, { "<li>\($0)</li>" })</ol>"
                : "<ul class=\"govuk-list govuk-list--bullet\">\(each: items, { "<li>\($0)</li>" })</ul>"
        case .facts(let facts):
            SummaryList(rows: facts.map { .init(key: .text($0.name), value: .html(lines($0.value))) }).html
        case .table(let caption, let columns, let rows):
            SortableTable(
                id: "preview", caption: caption, columns: columns.map { .init(.text($0)) },
                rows: rows.map { $0.map { .html(lines($0)) } }, address: { _, _ in "" }
            ).html
        case .newPage: ""
        }
    }

    private static func lines(_ text: String) -> Html {
        let parts = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        return "\(each: Array(parts.enumerated()), { "\(if: $0.offset > 0, "<br>")\($0.element)" })"
    }
}
