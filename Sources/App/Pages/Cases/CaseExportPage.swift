internal import Casework
internal import DesignSystem
internal import Digests
internal import Documents
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Chosen entries and exhibits for a court: a ZIP of one PDF, the originals and what proves them.
enum CaseExportPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.openCase()
        guard try visit.may(.export, open) else { throw visit.ended(.noPermission) }
        let attachments = try visit.attachments(of: open).filter { $0.check != .quarantined }
        return visit.page(
            Page(
                "Export for a court", in: .cases,
                above: CasePlace.above(open) + [(title: "Print the case", address: "\(open.address)/pack")],
                errors: errors, canBeLeftQuickly: true,
                """
                <p class="govuk-body">A ZIP file with a PDF of what you choose, the originals of the exhibits, the SHA-256 of \
                each, and who had them when. The paper says how much was left out, and not what.</p>
                \(WarningText(text: "Withheld addresses are taken out of texts. Nobody can take them out of the exhibits: look at each one before you choose it."))
                \(visit.form("\(open.address)/export", form(open, attachments, visit, errors)))
                """))
    }

    private static func form(
        _ open: OpenCase, _ attachments: [CaseAttachment], _ visit: Visit, _ errors: [FormError]
    ) -> Html {
        let sent = visit.request.form
        let entries = open.view.entries.filter { $0.supersededAt == nil }.map { entry -> Checkboxes.Entry in
            let name = open.view.type.form(entry.form)?.name ?? entry.form.text
            let day = entry.happenedOn?.inWords ?? entry.madeAt.inWords
            return .item(
                .init(
                    value: entry.id.text, text: .text("\(name), \(day)"),
                    isChecked: sent.all("entry").contains(entry.id.text)))
        }
        let exhibits = attachments.map { attachment -> Checkboxes.Entry in
            .item(
                .init(
                    value: attachment.id.text, text: .text(attachment.description),
                    hint: Hint(text: .text("\(attachment.kind.name), \(attachment.madeAt.inWords)")),
                    isChecked: sent.all("exhibit").contains(attachment.id.text)))
        }
        func legend(_ text: String) -> Fieldset {
            Fieldset(legend: .init(text: .text(text), classes: "govuk-fieldset__legend--s"))
        }
        return """
            \(if: !entries.isEmpty, Checkboxes(
                name: "entry", items: entries, fieldset: legend("Which entries?"),
                errorMessage: errors.message("entry"), classes: "govuk-checkboxes--small").html)
            \(if: !exhibits.isEmpty, Checkboxes(
                name: "exhibit", items: exhibits, fieldset: legend("Which exhibits?"),
                errorMessage: errors.message("exhibit"), classes: "govuk-checkboxes--small").html)
            \(Input(
                name: "mark", label: "What do exhibit numbers begin with?",
                hint: "The witness’s initials, for example", errorMessage: errors.message("mark"),
                value: sent["mark"] ?? "EX", autocomplete: "off"))
            \(Textarea(
                name: "reason", label: "Which proceedings is it for, and why?",
                hint: "It stands on the paper, and is kept.", errorMessage: errors.message("reason"),
                value: sent["reason"] ?? "", rows: 2, checksSpelling: true))
            \(if: open.view.rights.reads.contains(.p3), PapersForm.safety(visit, errors))
            \(Button(text: "Make the export", preventsDoubleClick: true))
            """
    }

    private static let deepExhibit = AnswerProblem(
        "exhibit",
        "An exhibit holds the victim’s safety, or cannot be exported. Leave it out, or say why that must be in the export"
    )

    static func make(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        guard try visit.may(.export, open) else { throw visit.ended(.noPermission) }
        let sent = visit.request.form
        var (choice, errors) = PapersForm.choice(visit)
        let mark = (sent["mark"] ?? "").singleSpaced
        if mark.isEmpty || mark.count > 10 || !mark.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            errors.append(FormError("mark", "Enter up to 10 letters and digits"))
        }
        let (entries, exhibits) = (Set(sent.all("entry")), Set(sent.all("exhibit")))
        if entries.isEmpty, exhibits.isEmpty {
            let field = open.view.entries.isEmpty ? "exhibit" : "entry"
            errors.append(FormError(field, "Choose what goes out"))
        }
        guard errors.isEmpty else { return try page(visit, errors: errors) }
        let (id, occasion, papers) = (open.view.record.id, try visit.occasion(), visit.papers)
        choice.reason = String(choice.reason.prefix(1800))
        let released = try visit.write {
            connection -> Result<(CasePapers.Content, [CasePapers.Exhibit]), CaseRefusal> in
            let content: CasePapers.Content
            switch try papers.content(of: id, choice, for: .export, on: occasion, in: connection) {
            case .success(let found): content = found
            case .failure(let refusal): return .failure(refusal)
            }
            let chosen = content.attachments.filter { exhibits.contains($0.id.text) }
            // All or nothing: what is not given to the court must not stand as given in its chain of custody.
            guard chosen.count == exhibits.count else { return .failure(.problems([deepExhibit])) }
            var released: [CasePapers.Exhibit] = []
            for attachment in chosen {
                guard
                    let exhibit = try papers.exhibit(
                        attachment, of: id, reason: choice.reason, on: occasion, in: connection)
                else { throw visit.ended(.noPermission) }
                released.append(exhibit)
            }
            return .success((content, released))
        }
        switch released {
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "reason"))
        case .success(let (content, released)):
            let keepers = try visit.withKeepers(
                open.showing(content.view, also: [:]), released.flatMap(\.custody))
            let bundle = CourtBundle(
                open: keepers, content: content, exhibits: released, entries: entries, mark: mark,
                purpose: choice.reason, visit: visit)
            let paper = try bundle.document()
            do throws(Fault) {
                return bundle.response(try DocumentMaker().pdf(paper))
            } catch {
                return try page(visit, errors: [FormError("reason", error.description)])
            }
        }
    }
}
