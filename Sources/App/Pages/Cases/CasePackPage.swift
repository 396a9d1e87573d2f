internal import Casework
internal import DesignSystem
internal import Documents
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The case as one PDF or Word document for a meeting room without a network: what the visitor may see, and the victim's safety only when
/// they ask for it and say why.
enum CasePackPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.openCase()
        let link: Html = """
            <h2 class="govuk-heading-m">For a court</h2>
            <p class="govuk-body"><a class="govuk-link" href="\(href: "\(open.address)/export")">Export chosen entries and \
            exhibits for a court</a></p>
            """
        return visit.page(
            Page(
                "Print the case", in: .cases, above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
                isWide: true,
                """
                \(CasePlace.navigation(open, on: "/pack"))
                \(if: try visit.may(.print, open), form(open, visit, errors), else: """
                    <p class="govuk-body">Your role does not include printing this case. The agency that holds it can \
                    make a pack for you.</p>
                    """)
                \(if: try visit.may(.export, open), link)
                """))
    }

    private static func form(_ open: OpenCase, _ visit: Visit, _ errors: [FormError]) -> Html {
        let content: Html = """
            \(Textarea(
                name: "reason", label: "What is it for?",
                hint: "For example: risk panel of 4 June. It stands at the foot of each page, and is kept.",
                errorMessage: errors.message("reason"), value: visit.request.form["reason"] ?? "", rows: 2,
                checksSpelling: true))
            \(if: open.view.rights.reads.contains(.p3), PapersForm.safety(visit, errors))
            <div class="govuk-button-group">
                \(Button(text: "Make the PDF", name: "format", value: "pdf"))
                \(Button(text: "Make a Word document", name: "format", value: "docx", classes: "govuk-button--secondary"))
            </div>
            """
        return """
            <h2 class="govuk-heading-m">Pack for a meeting room</h2>
            <p class="govuk-body">One document with what you may see of the case, to be read without a network. Your name, the \
            time and what it is for stand on each page. It has no attachments. Keep it on a device of your agency.</p>
            \(visit.form("\(open.address)/pack", content))
            """
    }

    static func make(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        let (choice, errors) = PapersForm.choice(visit)
        guard errors.isEmpty else { return try page(visit, errors: errors) }
        let (id, occasion, papers) = (open.view.record.id, try visit.occasion(), visit.papers)
        let content: CasePapers.Content
        switch try visit.write({ try papers.content(of: id, choice, for: .print, on: occasion, in: $0) }) {
        case .success(let found): content = found
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "reason"))
        }
        let shown = try visit.withKeepers(open.showing(content.view, also: [:]))
        let paper = CaseDocument(shown, content.guarded, visit)
        var blocks = paper.summary() + paper.people() + paper.risk() + paper.actions()
        blocks += paper.entries(content.view.entries.filter { $0.supersededAt == nil })
        blocks += attachments(content.attachments, shown, paper) + paper.steps()
        let document = Document(
            title: "Case \(open.view.record.reference)", author: visit.site.partnership.name,
            footer: try CaseDocument.footer(visit, purpose: choice.reason), blocks: blocks)
        let kind: FileKind = visit.request.form["format"] == "docx" ? .docx : .pdf
        let name = "\(open.view.record.reference)-pack.\(kind.rawValue)"
        do throws(Fault) {
            let maker = DocumentMaker()
            let bytes = try kind == .docx ? maker.word(document) : maker.pdf(document)
            return CaseFiles.download(bytes, kind, as: name)
        } catch {
            return try page(visit, errors: [FormError("reason", error.description)])
        }
    }

    private static func attachments(
        _ attachments: [CaseAttachment], _ open: OpenCase, _ paper: CaseDocument
    ) -> [Document.Block] {
        let rows = attachments.filter { $0.supersededAt == nil }.map { attachment in
            [
                paper.clean(attachment.description), attachment.kind.name, attachment.madeAt.inWords,
                open.name(attachment.madeBy),
            ]
        }
        guard !rows.isEmpty else { return [] }
        return [
            .heading(1, "Attachments"),
            .table(caption: "What lies with the case", columns: ["What", "Kind", "Added", "By"], rows: rows),
        ]
    }
}

/// What the forms of packs and exports have in common.
enum PapersForm {
    /// The choice to take the victim's safety along.
    static func safety(_ visit: Visit, _ errors: [FormError]) -> Html {
        let why = Textarea(
            name: "why-safety", label: "Why must it be in it?", errorMessage: errors.message("why-safety"),
            value: visit.request.form["why-safety"] ?? "", rows: 2, checksSpelling: true)
        return Checkboxes(
            name: "safety",
            items: [
                .item(
                    .init(
                        value: "yes", text: "With the victim’s safety",
                        hint: Hint(
                            text:
                                "How and where a victim is reached, and what protects them. Otherwise it is left out, and taken out of texts."
                        ), isChecked: visit.request.form["safety"] == "yes", conditional: why.html))
            ], fieldset: nil, classes: "govuk-checkboxes--small"
        ).html
    }

    /// What was chosen, with what is wrong.
    static func choice(_ visit: Visit) -> (CasePapers.Choice, [FormError]) {
        var errors: [FormError] = []
        var reason = visit.reason ?? ""
        if reason.isEmpty { errors.append(FormError("reason", "Enter what it is for")) }
        let isSafe = visit.request.form["safety"] == "yes"
        let why = (visit.request.form["why-safety"] ?? "").singleSpaced
        if isSafe {
            if why.isEmpty { errors.append(FormError("why-safety", "Enter why the victim’s safety must be in it")) }
            reason += ". With the victim’s safety because: \(why.prefix(500))"
        }
        return (CasePapers.Choice(withSafety: isSafe, reason: reason), errors)
    }
}
