internal import Casework
internal import DesignSystem
internal import Documents
internal import Files
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The files that lie with a case, and adding one.
enum CaseAttachmentPages {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.withKeepers(visit.openCase())
        let attachments = try visit.attachments(of: open)
        let rows = attachments.reversed().map { row($0, open) }
        let table = SortableTable(
            id: "attachments", caption: "Attachments", captionClasses: "govuk-visually-hidden",
            columns: ["What it shows", "Kind", "Added", "How it stands"].map { .init(.text($0)) }, rows: rows,
            emptyText: "There are no attachments that you may see.", address: { _, _ in "\(open.address)/attachments" })
        return visit.page(
            Page(
                "Attachments", in: .cases, above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
                isWide: true,
                """
                \(CasePlace.navigation(open, on: "/attachments"))
                \(table)
                \(if: try visit.may(.attach, open), form(open, visit, errors))
                """))
    }

    private static func row(_ attachment: CaseAttachment, _ open: OpenCase) -> [Content] {
        let link: Html = """
            <a class="govuk-link" href="\(href: "\(open.address)/attachments/\(attachment.id)")">\
            \(attachment.description)</a>
            """
        return [
            .html(link), .text(attachment.kind.name),
            .text("\(attachment.madeAt.inWords), by \(open.name(attachment.madeBy))"),
            .html(tags(attachment)),
        ]
    }

    /// How an attachment stands, in a few words.
    static func tags(_ attachment: CaseAttachment) -> Html {
        let check: StatusTag? =
            switch attachment.check {
            case .quarantined: StatusTag("In quarantine", tone: .urgent)
            case .unscanned: StatusTag("Not scanned", tone: .attention)
            case .clean, .own: nil
            }
        return """
            \(if: attachment.supersededAt != nil, StatusTag("Out of use", tone: .neutral).html) \
            \(some: check, { $0.html }) \
            \(if: attachment.fieldClass == .p3, StatusTag("Victim’s safety", tone: .attention).html) \
            \(if: attachment.handling == .ownAgency, StatusTag("Within the agency", tone: .attention).html)
            """
    }

    // MARK: - Adding

    private static func form(_ open: OpenCase, _ visit: Visit, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let writes = FieldClass.allCases.filter { open.view.rights.reads.contains($0) }
        let classes = classChoices.filter { writes.contains($0.fieldClass) }
        let kinds = EvidenceKind.allCases.map {
            Radios.Entry.item(
                .init(value: $0.rawValue, text: .text($0.inWords), hint: Hint(text: .text($0.meaning))))
        }
        let upload = FileUpload(
            name: "file", label: Label(text: "Which file?"),
            hint: Hint(
                text: .text(
                    "A PDF, a picture, a Word, Excel or OpenDocument file, text, an e-mail, a sound or a film, of at most "
                        + "\(visit.files.largest >> 20) MB. What a picture tells of its camera and place is taken out of "
                        + "the copy that people see here. Films, sounds and documents keep what they tell.")),
            errorMessage: errors.message("file"))
        let content: Html = """
            \(upload)
            \(Input(
                name: "description", label: "What does it show?",
                hint: "In words, also for people who cannot see it. Leave out names and addresses where you can.",
                errorMessage: errors.message("description"), value: sent["description"] ?? "", autocomplete: "off"))
            \(Radios(
                name: "class",
                items: classes.map { .item(.init(value: $0.fieldClass.text, text: .text($0.name), hint: Hint(text: .text($0.hint)))) },
                value: sent["class"] ?? FieldClass.p2.text,
                fieldset: Fieldset(legend: .init(text: "How sensitive is it?", classes: "govuk-fieldset__legend--s")),
                errorMessage: errors.message("class"), classes: "govuk-radios--small"))
            \(Radios(
                name: "evidence", items: kinds, value: sent["evidence"] ?? "",
                fieldset: Fieldset(
                    legend: .init(text: "What kind of evidence is it?", classes: "govuk-fieldset__legend--s")),
                errorMessage: errors.message("evidence"), classes: "govuk-radios--small"))
            \(Input(
                name: "source", label: "Where does it come from?",
                hint: "For example: the victim, sent by e-mail on 3 May", errorMessage: errors.message("source"),
                value: sent["source"] ?? "", autocomplete: "off"))
            \(Checkboxes(
                name: "own",
                items: [
                    .item(.init(value: "yes", text: "Keep it within our agency", isChecked: sent["own"] == "yes"))
                ], fieldset: nil, classes: "govuk-checkboxes--small"))
            \(Button(text: "Add the attachment", preventsDoubleClick: true))
            """
        return """
            <h2 class="govuk-heading-m">Add an attachment</h2>
            \(if: !visit.scanner.isThere, InsetText(text: "No scanner against harmful files is set up here. Open files only when you know where they come from.").html)
            \(PostForm(
                action: "\(open.address)/attachments", csrf: visit.formToken, sendsFiles: true, content: content))
            """
    }

    private static let classChoices: [(fieldClass: FieldClass, name: String, hint: String)] = [
        (.p1, "Personal", "It tells who someone is, and no more"),
        (.p2, "Sensitive", "It tells of health, offences, or what was done to whom"),
        (.p3, "Victim’s safety", "It tells where a victim lives or how they are reached"),
    ]

    static func add(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        guard try visit.may(.attach, open) else { throw visit.ended(.noPermission) }
        let sent = visit.request.form
        var errors: [FormError] = []
        var bytes: [UInt8] = []
        let file = visit.request.files.first { $0.field == "file" }
        if let file {
            bytes = try FileSystem.read(file.file.path, limit: visit.files.largest)
        } else {
            errors.append(FormError("file", "Choose a file"))
        }
        var new = NewAttachment(name: file?.name ?? "", bytes: bytes)
        new.description = sent["description"] ?? ""
        new.fieldClass = sent["class"].flatMap { FieldClass($0) } ?? .p4
        new.evidence = sent["evidence"].flatMap { EvidenceKind(rawValue: $0) }
        new.source = sent["source"] ?? ""
        new.handling = sent["own"] == "yes" ? .ownAgency : .general
        if errors.isEmpty { new.scan = visit.scanner.scan(bytes) }
        let (id, occasion, files) = (open.view.record.id, try visit.occasion(), visit.files)
        let attachment = new
        let result = try visit.write { try files.add(attachment, to: id, on: occasion, in: $0) }
        switch result {
        case .success(let made): return visit.redirect("\(open.address)/attachments/\(made)")
        case .failure(let refusal):
            // A file that is missing is empty too: one message says it.
            let others = try visit.errors(refusal, at: "file").filter { $0.field != "file" || errors.isEmpty }
            errors += others
            if !errors.contains(where: { $0.field == "file" }) {
                errors.append(FormError("file", "Choose the file again: browsers do not keep it"))
            }
            return try page(visit, errors: errors)
        }
    }
}
