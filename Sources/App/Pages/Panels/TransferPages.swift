internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// A case that goes to another area's panel.
enum TransferPages {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func referral(_ visit: Visit) throws -> (referral: PanelReferral, panel: KnownPanel) {
        let (id, occasion): (ID<PanelReferral>, Occasion) = (try visit.id("referral"), try visit.occasion())
        guard let referral = try visit.write({ try visit.panels.referral(id, on: occasion, in: $0) }),
            let panel = visit.panels.panel(referral.panel, in: visit)
        else { throw Refusal.notFound }
        guard try visit.panels.rights(at: referral.panel, on: occasion).prepares else {
            throw visit.ended(.noPermission)
        }
        return (referral, panel)
    }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let (referral, panel) = try referral(visit)
        let sent = visit.request.form
        let occasion = try visit.occasion()
        let earlier = try visit.write {
            try visit.panels.transfers(of: referral.caseID, on: occasion, in: $0)
        }.filter { $0.panel == referral.panel }
        let content: Html = """
            \(Input(
                name: "area", label: "Which area takes it over?", errorMessage: errors.message("area"),
                value: sent["area"] ?? "", autocomplete: "off"))
            \(Input(
                name: "contact", label: "Who there?", hint: "A person’s name and how to reach them.",
                value: sent["contact"] ?? "", autocomplete: "off"))
            \(Checkboxes(
                name: "agreed",
                items: panel.definition.agencies.map { .item(.init(value: $0.text, text: .text(visit.site.partnership.name(of: $0)))) },
                values: sent.all("agreed"),
                fieldset: Fieldset(legend: .init(text: "Which agencies agree that what they gave is handed on?", classes: "govuk-fieldset__legend--s")),
                hint: Hint(text: "What others gave stays here.")))
            \(Input(
                name: "reason", label: "Why does it go?", errorMessage: errors.message("reason"), value: sent["reason"] ?? "",
                autocomplete: "off"))
            \(Button(text: "Make the package", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                "Hand the case to another area", in: .panels,
                above: [
                    (panel.definition.name, PanelPlace.panel(referral.panel)),
                    ("Referral", PanelPlace.referral(referral.id)),
                ],
                errors: errors, canBeLeftQuickly: true,
                """
                <p class="govuk-body">The package holds the approved minutes and the plan, as far as you may see them. It \
                stays as it is. When the other area has acknowledged it, the case is frozen here.</p>
                \(each: earlier, { transfer in
                    "<p class=\"govuk-body\">\(PanelPlace.link("Package for \(transfer.area), \(transfer.madeAt.ukDate.inWords)", "/transfers/\(transfer.id.text)"))</p>"
                })
                \(if: referral.state == .planOpen, visit.form("\(PanelPlace.referral(referral.id))/transfer", content))
                """))
    }

    static func send(_ visit: Visit) throws -> Response {
        let (referral, _) = try referral(visit)
        let sent = visit.request.form
        let occasion = try visit.occasion()
        let new = NewTransfer(
            referral.id, to: sent["area"] ?? "", contact: sent["contact"] ?? "",
            agreed: Set(sent.all("agreed").compactMap { Code<Agency>($0) }), reason: visit.reason ?? "")
        switch try visit.write({ try visit.panels.transferOut(new, on: occasion, in: $0) }) {
        case .success(let made):
            return visit.redirect(
                "/transfers/\(made.id.text)?left=\(made.leftOut)&actions=\(made.actionsLeftOut)&unseen=\(made.unseen)")
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "area"))
        }
    }

    // MARK: - The package

    static func transferPage(_ visit: Visit) throws -> Response {
        let (id, occasion): (ID<PanelTransfer>, Occasion) = (try visit.id("transfer"), try visit.occasion())
        guard let transfer = try visit.write({ try visit.panels.transfer(id, on: occasion, in: $0) }) else {
            throw Refusal.notFound
        }
        let isOut = transfer.direction == .out
        var rows: [SummaryList.Row] = [
            .init(key: .text(isOut ? "To" : "From"), value: .text(transfer.area)),
            .init(key: "Who there", value: .text(transfer.contact)),
            .init(key: "Case", value: .html(PanelPlace.link("Open the case", "/cases/\(transfer.caseID.text)"))),
            .init(key: "First referred on", value: .text(transfer.firstReferredOn.inWords)),
            .init(key: "Made", value: .text(transfer.madeAt.inWords)),
            .init(
                key: "Acknowledged",
                value: .text(transfer.acknowledgedAt?.inWords ?? "Not yet, due \(transfer.acknowledgeBy.inWords)")),
            .init(
                key: "Digest of what was sent",
                value: .html("<code class=\"govuk-!-text-break-word\">\(transfer.digest)</code>")),
        ]
        for (name, one, many) in [("left", "line", "lines"), ("actions", "action", "actions")] {
            guard let left = visit.request.query[name].flatMap(Int.init), left > 0 else { continue }
            rows.append(
                .init(key: "Left out", value: .text("\(left) \(left == 1 ? one : many) whose agency did not agree")))
        }
        if let unseen = visit.request.query["unseen"].flatMap(Int.init), unseen > 0 {
            let what = unseen == 1 ? "1 line or action" : "\(unseen) lines and actions"
            let who = "Ask a colleague on the panel who may see everything to tell the other area"
            rows.append(.init(key: "Left out", value: .text("\(what) that you may not see. \(who).")))
        }
        let lines = transfer.lines.map { [Content.text($0.heardOn.inWords), .text($0.text), .text($0.agency)] }
        let actions = transfer.actions.map {
            [Content.text($0.text), .text($0.agency), .text($0.due.inWords), .text($0.status.inWords)]
        }
        // What came in belongs to its case; what goes out is the panel's.
        let mayChange = isOut ? visit.may(.update, "minutes", .p0) : visit.may(.update, "case", .p0)
        let mayAcknowledge = transfer.acknowledgedAt == nil && mayChange
        let acknowledge: Content = isOut ? "The other area has acknowledged it" : "Acknowledge it"
        return visit.page(
            Page(
                isOut ? "A case for another area" : "A case from another area", in: .panels,
                above: [("Panels", "/panels")],
                canBeLeftQuickly: true, isWide: true,
                """
                \(SummaryList(rows: rows))
                \(SortableTable(
                    id: "lines", caption: "Minutes", columns: ["Heard on", "What it says", "Whose information"].map { .init(.text($0)) },
                    rows: lines, emptyText: "No line that you may see.", address: { _, _ in "/panels" }))
                \(SortableTable(
                    id: "plan", caption: "Plan", columns: ["What", "Agency", "Due", "How it stood"].map { .init(.text($0)) },
                    rows: actions, emptyText: "No action.", address: { _, _ in "/panels" }))
                \(if: mayAcknowledge, visit.form(
                    "/transfers/\(transfer.id.text)",
                    "\(Button(text: acknowledge, preventsDoubleClick: true))"))
                """))
    }

    static func acknowledge(_ visit: Visit) throws -> Response {
        let (id, occasion): (ID<PanelTransfer>, Occasion) = (try visit.id("transfer"), try visit.occasion())
        switch try visit.write({ try visit.panels.acknowledge(id, on: occasion, in: $0) }) {
        case .success, .failure(.closedAlready): return visit.redirect("/transfers/\(id.text)")
        case .failure(.register(.denied(let reason))): throw visit.ended(reason)
        case .failure: throw Refusal.notFound
        }
    }

    // MARK: - What another area sent

    static func receivePage(_ visit: Visit) throws -> Response { try receivePage(visit, errors: []) }

    private static func place(_ visit: Visit) throws -> (view: CaseView, panel: KnownPanel) {
        let view = try CaseReferralPages.openCase(visit)
        guard view.rights.mayWrite else { throw visit.ended(.noPermission) }
        let panel = try visit.openPanel()
        guard
            CaseReferralPages.panels(for: view, visit).contains(where: {
                $0.definition.code == panel.definition.code
            })
        else { throw Refusal.notFound }
        return (view, panel)
    }

    private static func receivePage(_ visit: Visit, errors: [FormError]) throws -> Response {
        let (view, panel) = try place(visit)
        let sent = visit.request.form
        let address = "/cases/\(view.record.id.text)"
        let content: Html = """
            \(Input(
                name: "area", label: "Which area sent it?", errorMessage: errors.message("area"), value: sent["area"] ?? "",
                autocomplete: "off"))
            \(Input(name: "contact", label: "Who there handed it over?", value: sent["contact"] ?? "", autocomplete: "off"))
            \(DayControl("first", sent.isEmpty ? nil : sent).html(
                "When was it first referred there?", hint: "Repeats are counted from that day.", errors.message("first")))
            \(Textarea(
                name: "lines", label: "What their minutes say", hint: "One thing on each line.", value: sent["lines"] ?? "",
                rows: 8, checksSpelling: true))
            \(Button(text: "Take it in", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                "Take a case in from another area", in: .cases,
                above: [(view.record.reference, address), ("Panels", "\(address)/panels")], errors: errors,
                canBeLeftQuickly: true, visit.form("\(address)/received/\(panel.definition.code)", content)))
    }

    static func receive(_ visit: Visit) throws -> Response {
        let (view, panel) = try place(visit)
        let sent = visit.request.form
        guard let day = DayControl("first", sent).date else {
            return try receivePage(visit, errors: [FormError("first", "Enter the day, such as 27 3 2026")])
        }
        let area = sent["area"] ?? ""
        // Nobody here knows how deep each of their lines lies: all are kept as safety of the victim's side.
        let lines = (sent["lines"] ?? "").split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty }.map {
            TransferLine(heardOn: day, $0, .p3, side: .victim, agency: area)
        }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.panels.transferIn(
                view.record.id, to: panel.definition.code, from: area, contact: sent["contact"] ?? "",
                firstReferredOn: day, lines: lines, actions: [], on: occasion, in: $0)
        }
        switch result {
        case .success(let id): return visit.redirect("/transfers/\(id.text)")
        case .failure(let refusal): return try receivePage(visit, errors: visit.errors(refusal, at: "area"))
        }
    }
}
