internal import Casework
internal import DesignSystem
internal import Documents
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// One attachment: what it is, the picture or the file, who had it, and taking it out of use.
enum CaseAttachmentPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let first = try visit.openCase()
        let (attachment, custody) = try visit.attachment(first)
        let open = try visit.withKeepers(first, custody)
        let address = "\(open.address)/attachments/\(attachment.id)"
        let mayAttach = try visit.may(.attach, open, attachment.fieldClass)
        let isHeld = attachment.check == .quarantined
        let mayExport = try !isHeld && attachment.letter == nil && visit.may(.export, open, attachment.fieldClass)
        let canBeScanned =
            mayAttach && visit.scanner.isThere && (isHeld || attachment.check == .unscanned)
        return visit.page(
            Page(
                "Attachment", in: .cases,
                above: CasePlace.above(open) + [(title: "Attachments", address: "\(open.address)/attachments")],
                errors: errors, canBeLeftQuickly: true, isWide: true,
                """
                <p class="govuk-body">\(CaseAttachmentPages.tags(attachment))</p>
                \(some: attachment.supersededReason, { reason in
                    InsetText(text: .text("Taken out of use \(attachment.supersededAt?.inWords ?? "") by \(open.name(attachment.supersededBy)): \(reason)")).html
                })
                \(if: isHeld, WarningText(text: "The scanner could not look at this file. Nobody can open it until it has been scanned.").html)
                \(if: !isHeld, content(attachment, address))
                \(summary(attachment, open, visit))
                \(if: canBeScanned, visit.form("\(address)/scan", Button(text: "Scan it now", preventsDoubleClick: true, classes: "govuk-button--secondary").html))
                \(if: mayExport, original(address, visit, errors))
                \(custodyTable(custody, open))
                \(if: mayAttach && attachment.supersededAt == nil, withdrawal(address, visit, errors))
                """))
    }

    private static func content(_ attachment: CaseAttachment, _ address: String) -> Html {
        guard attachment.shown != nil else {
            return InsetText(
                text:
                    "A picture of this kind cannot be cleaned of what it tells of its camera and place, so that only the original is kept. Ask whoever sent it for a JPEG to show it here."
            ).html
        }
        let isPicture = attachment.kind.isShown
        // The width fits the smallest screens; the link leads to all of it.
        let picture: Html = """
            <p class="govuk-body"><a class="govuk-link" href="\(href: "\(address)/picture")">\
            <img src="\(href: "\(address)/picture")" width="280" alt="\(attachment.description)">\
            <br>Look at the whole picture</a></p>
            """
        return """
            \(if: isPicture, picture)
            <p class="govuk-body"><a class="govuk-link" href="\(href: "\(address)/file")">Save \
            \(attachment.letter == nil ? attachment.kind.name : "the letter as PDF")\
            <span class="govuk-visually-hidden">: \(attachment.description)</span></a></p>
            \(if: attachment.letter != nil, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "\(address)/word")\">Save the letter as Word</a></p>")
            """
    }

    private static func summary(_ attachment: CaseAttachment, _ open: OpenCase, _ visit: Visit) -> Html {
        var rows: [SummaryList.Row] = [
            .init(key: "What it shows", value: .text(attachment.description)),
            .init(key: "Name of the file", value: .text(attachment.name)),
            .init(key: "Kind", value: .text("\(attachment.kind.name), \(size(attachment.size))")),
        ]
        if let evidence = attachment.evidence { rows.append(.init(key: "Evidence", value: .text(evidence.inWords))) }
        if let source = attachment.source { rows.append(.init(key: "Source", value: .text(source))) }
        rows += [
            .init(
                key: "Added",
                value: .text(
                    "\(attachment.madeAt.inWords) by \(open.name(attachment.madeBy)), \(visit.site.partnership.name(of: attachment.agency))"
                )),
            .init(key: "Harmful content", value: .text(check(attachment.check))),
            .init(key: "SHA-256 of the original", value: .html(digest(attachment.sha256))),
        ]
        if let copy = attachment.copySHA256 {
            rows.append(.init(key: "SHA-256 of the copy shown", value: .html(digest(copy))))
        }
        return SummaryList(rows: rows).html
    }

    /// A digest that can break on narrow screens.
    private static func digest(_ text: String) -> Html {
        let groups = CaseDocument.grouped(text).split(separator: " ").map(String.init)
        return "\(each: groups, { "\($0)<wbr>" })"
    }

    private static func check(_ check: CaseAttachment.Check) -> String {
        switch check {
        case .clean: "Scanned, and nothing was found"
        case .unscanned: "Not scanned: no scanner was set up"
        case .quarantined: "In quarantine until it is scanned"
        case .own: "Made here"
        }
    }

    /// A length in words: 1.4 MB.
    static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1024: "\(bytes) bytes"
        case ..<(1 << 20): "\((bytes + 512) >> 10) kB"
        default: "\(bytes >> 20).\((bytes >> 10 & 1023) * 10 >> 10) MB"
        }
    }

    private static func original(_ address: String, _ visit: Visit, _ errors: [FormError]) -> Html {
        let content: Html = """
            \(Textarea(
                name: "reason", label: "What is the original needed for?",
                hint: "A picture’s original tells of its camera, its place and its time. What you write is kept.",
                errorMessage: errors.message("reason"), rows: 2, checksSpelling: true))
            \(Button(text: "Export the original", classes: "govuk-button--secondary"))
            """
        return """
            <h2 class="govuk-heading-m">The sealed original</h2>
            \(visit.form("\(address)/original", content))
            """
    }

    private static func custodyTable(_ custody: [CustodyEvent], _ open: OpenCase) -> Html {
        let rows = custody.map { event -> [Content] in
            let form = event.form == .original && event.act == .exported ? " (original)" : ""
            return [
                .text(event.act.inWords + form), .text(event.at.inWords), .text(open.name(event.by)),
                .text(event.reason ?? ""),
            ]
        }
        return SortableTable(
            id: "custody", caption: "Chain of custody",
            columns: ["What", "When", "Who", "Why"].map { .init(.text($0)) }, rows: rows, emptyText: "",
            address: { _, _ in open.address }
        ).html
    }

    // MARK: - Changing

    private static func withdrawal(_ address: String, _ visit: Visit, _ errors: [FormError]) -> Html {
        let content: Html = """
            \(Textarea(
                name: "why", label: "Why is it taken out of use?", hint: "It stays readable, with your reason.",
                errorMessage: errors.message("why"), rows: 2, checksSpelling: true))
            \(Button(text: "Take it out of use", preventsDoubleClick: true, classes: "govuk-button--warning"))
            """
        return """
            <h2 class="govuk-heading-m">Take it out of use</h2>
            \(visit.form("\(address)/withdraw", content))
            """
    }

    static func withdraw(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        let (attachment, _) = try visit.attachment(open)
        let (id, occasion, files) = (open.view.record.id, try visit.occasion(), visit.files)
        let why = (visit.request.form["why"] ?? "").singleSpaced
        let result = try visit.write {
            try files.supersede(attachment.id, of: id, reason: why, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("\(open.address)/attachments/\(attachment.id)")
        case .failure(.closedAlready):
            return try page(visit, errors: [FormError("why", "Someone else took it out of use already")])
        case .failure(let refusal):
            return try page(visit, errors: visit.errors(refusal, at: "why").map { FormError("why", $0.text) })
        }
    }

    static func scan(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        let (attachment, _) = try visit.attachment(open)
        let (id, occasion, files) = (open.view.record.id, try visit.occasion(), visit.files)
        guard visit.scanner.isThere else { throw Refusal.notFound }
        switch try visit.write({ try files.forScanning(attachment.id, of: id, on: occasion, in: $0) }) {
        case .success(let bytes):
            let found = visit.scanner.scan(bytes)
            let settled = try visit.write { try files.settle(attachment.id, of: id, found, on: occasion, in: $0) }
            if case .failure(let refusal) = settled { _ = try visit.errors(refusal, at: "file") }
        case .failure(.closedAlready): break
        case .failure(let refusal): _ = try visit.errors(refusal, at: "file")
        }
        return visit.redirect("\(open.address)/attachments/\(attachment.id)")
    }
}
