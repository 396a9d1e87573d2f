internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import People
internal import Site
internal import Storage

/// A case at panels: where it was referred, and referring it.
enum CaseReferralPages {
    static func page(_ visit: Visit) throws -> Response {
        let view = try openCase(visit)
        let occasion = try visit.occasion()
        let referrals = try visit.write {
            try visit.panels.referrals(of: view.record.id, on: occasion, in: $0)
        }
        let address = "/cases/\(view.record.id.text)"
        let rows = referrals.map { referral -> [Content] in
            let panel = visit.panels.panel(referral.panel, in: visit)
            return [
                .html(PanelPlace.link(referral.referredAt.ukDate.inWords, PanelPlace.referral(referral.id))),
                .text(panel?.definition.name ?? referral.panel.text),
                .html(ReferralTable.due(referral, visit.now.ukDate)), .html(PanelPlace.tag(referral.state).html),
            ]
        }
        let table = SortableTable(
            id: "referrals", caption: "Referrals of this case", captionClasses: "govuk-visually-hidden",
            columns: ["Referred on", "To", "Answer due", "How it stands"].map { .init(.text($0)) }, rows: rows,
            emptyText: "The case was not referred to a panel.", address: { _, _ in "\(address)/panels" })
        let open = view.rights.mayWrite ? panels(for: view, visit) : []
        let hearings = try visit.write { try visit.panels.hearings(of: view.record.id, on: occasion, in: $0) }
        return visit.page(
            Page(
                "Panels", in: .cases, above: [(view.record.reference, address)], canBeLeftQuickly: true, isWide: true,
                """
                \(CaseParts.navigation(view, on: "/panels"))
                \(table)
                \(hearingTable(hearings, address, visit))
                \(try actionTable(hearings, address, visit))
                \(if: !open.isEmpty, "<h2 class=\"govuk-heading-m\">Refer the case</h2>")
                \(each: open, { panel in
                    "<p class=\"govuk-body\">\(PanelPlace.link("Refer to the \(panel.definition.name)", "\(address)/refer/\(panel.definition.code)"))<br>\(panel.definition.purpose)</p>"
                })
                """))
    }

    private static func hearingTable(_ hearings: [PanelHearing], _ address: String, _ visit: Visit) -> Html {
        guard !hearings.isEmpty else { return "" }
        let rows = hearings.map { hearing -> [Content] in
            let panel = visit.panels.panel(hearing.meeting.panel, in: visit)
            return [
                hearing.isOpen
                    ? .html(PanelPlace.link(hearing.meeting.day.inWords, PanelPlace.meeting(hearing.meeting.id)))
                    : .text(hearing.meeting.day.inWords),
                .text(panel?.definition.name ?? hearing.meeting.panel.text),
                .text(hearing.item.kind.inWords), .text(hearing.item.decision ?? "Not written down yet"),
            ]
        }
        return SortableTable(
            id: "hearings", caption: "At meetings",
            columns: ["Meeting", "Panel", "As", "What was decided"].map { .init(.text($0)) }, rows: rows,
            emptyText: "", address: { _, _ in "\(address)/panels" }
        ).html
    }

    private static func actionTable(
        _ hearings: [PanelHearing], _ address: String, _ visit: Visit
    ) throws -> Html {
        let actions = hearings.flatMap { hearing in hearing.actions.map { (action: $0, isOpen: hearing.isOpen) } }
            .sorted { $0.action.due < $1.action.due }
        guard !actions.isEmpty else { return "" }
        let own = try visit.actor().account
        let names = try visit.accountNames(actions.map(\.action.owner))
        let rows = actions.map { action, isOpen -> [Content] in
            [
                isOpen || action.owner == own
                    ? .html(PanelPlace.link(action.text, PanelPlace.action(action.id))) : .text(action.text),
                .text(
                    "\(names[action.owner] ?? "Someone who has left"), \(visit.site.partnership.name(of: action.agency))"
                ),
                .text(action.due.inWords), .html(PanelPlace.tag(action, on: visit.now.ukDate).html),
            ]
        }
        return SortableTable(
            id: "panel-actions", caption: "Actions agreed at panels",
            columns: ["Action", "Who", "Due", "How it stands"].map { .init(.text($0)) }, rows: rows, emptyText: "",
            address: { _, _ in "\(address)/panels" }
        ).html
    }

    /// The case in the path, as far as the visitor may see.
    static func openCase(_ visit: Visit) throws -> CaseView {
        let (id, occasion): (ID<CaseRecord>, Occasion) = (try visit.id("case"), try visit.occasion())
        switch try visit.write({ try visit.site.cases.read(id, on: occasion, in: $0) }) {
        case .found(let view): return view
        case .absent: throw Refusal.notFound
        case .refused(_, let reason): throw visit.ended(reason)
        }
    }

    /// The panels that hear cases of this type.
    static func panels(for view: CaseView, _ visit: Visit) -> [KnownPanel] {
        visit.site.partnership.panels.compactMap { visit.panels.panel($0.code, in: visit) }.filter {
            $0.type.caseTypes.contains(view.type.code) || view.type.panels.contains($0.type.code)
        }
    }

    // MARK: - Referring

    static func referPage(_ visit: Visit) throws -> Response { try referPage(visit, errors: []) }

    private static func place(_ visit: Visit) throws -> (view: CaseView, panel: KnownPanel) {
        let view = try openCase(visit)
        guard view.rights.mayWrite else { throw visit.ended(.noPermission) }
        let panel = try visit.openPanel()
        guard panels(for: view, visit).contains(where: { $0.definition.code == panel.definition.code }) else {
            throw Refusal.notFound
        }
        return (view, panel)
    }

    private static func referPage(_ visit: Visit, errors: [FormError]) throws -> Response {
        let (view, panel) = try place(visit)
        let sent = visit.request.form
        let address = "/cases/\(view.record.id.text)"
        let route = Radios(
            name: "route",
            items: panel.type.routes.map { .item(.init(value: $0.code.text, text: .text($0.text))) },
            value: sent["route"],
            fieldset: Fieldset(legend: .init(text: "Why does it come?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message("route"))
        let asked: Html = panel.type.asksPair ? try pair(view, visit, errors) : ""
        let content: Html = """
            \(route)
            \(Textarea(
                name: "why", label: "What should the panel know first?",
                hint: "Facts and who told them. Whoever prepares the panel reads this.",
                errorMessage: errors.message("why"), value: sent["why"] ?? "", checksSpelling: true))
            \(asked)
            \(Checkboxes(
                name: "emergency",
                items: [.item(.init(
                    value: "yes", text: "It cannot wait for the next meeting",
                    hint: "It may be listed after the last day for referrals.", isChecked: sent["emergency"] == "yes"))],
                fieldset: nil, errorMessage: errors.message("panel")))
            \(Button(text: "Refer the case", preventsDoubleClick: true))
            """
        let office = panel.office.map { visit.site.partnership.name(of: $0) } ?? "The panel’s agencies"
        return visit.page(
            Page(
                "Refer to the \(panel.definition.name)", in: .cases,
                above: [(view.record.reference, address), ("Panels", "\(address)/panels")], errors: errors,
                canBeLeftQuickly: true,
                """
                <p class="govuk-body">\(office) prepares this panel and sees the case and its people from now on. Nobody \
                else does until it is listed. The risk stays with you until the referral is accepted.</p>
                \(visit.form("\(address)/refer/\(panel.definition.code)", content))
                """))
    }

    /// What is sent for a side of which nobody can be named.
    private static let nobody = "nobody"

    /// The people of a side of the case whom the visitor may name.
    private static func choices(
        _ side: SubjectSide, _ view: CaseView, _ visit: Visit
    ) throws -> [(person: ID<Person>, name: String)] {
        let parties = view.parties.filter { $0.until == nil && view.type.party($0.role)?.side == side }
        let names = try visit.personNames(parties.map(\.person))
        return names.map { (person: $0.key, name: $0.value) }.sorted { ($0.name, $0.person) < ($1.name, $1.person) }
    }

    /// The victim, who harms, and the incident: what a repeat is found by. Where nobody can be named on one of the sides
    /// the referral goes all the same, and no repeat is looked for.
    private static func pair(_ view: CaseView, _ visit: Visit, _ errors: [FormError]) throws -> Html {
        let sent = visit.request.form
        let (victims, harming) = (try choices(.victim, view, visit), try choices(.perpetrator, view, visit))
        guard !victims.isEmpty, !harming.isEmpty else {
            let missing = victims.isEmpty ? "the victim" : "who is said to do harm"
            return InsetText(
                text: .text(
                    "You can refer the case although you cannot name \(missing). Whether it is a repeat is not looked for then."
                )
            ).html
        }
        func items(_ people: [(person: ID<Person>, name: String)]) -> [Select.Item] {
            [.init(value: "", text: "Choose")] + people.map { .init(value: $0.person.text, text: $0.name) }
                + [.init(value: nobody, text: "Not known yet, or none of these")]
        }
        return """
            \(Select(
                name: "victim", id: "pair", label: "Who is the victim?", items: items(victims),
                value: sent["victim"] ?? "", errorMessage: errors.message("pair")))
            \(Select(
                name: "perpetrator", label: "Who is said to do harm?",
                items: items(harming), value: sent["perpetrator"] ?? "",
                hint: "Where one of the two is not known, no repeat is looked for, and the next two questions are not needed."))
            \(DayControl("happened-on", sent.isEmpty ? nil : sent).html(
                "When did the incident happen that leads to this?", hint: nil, errors.message("happened-on")))
            \(Radios(
                name: "criminal",
                items: [.item(.init(value: "yes", text: "Yes")), .item(.init(value: "no", text: "No, or not known"))],
                value: sent["criminal"],
                fieldset: Fieldset(legend: .init(text: "Was it a crime?", classes: "govuk-fieldset__legend--s")),
                errorMessage: errors.message("criminal"), classes: "govuk-radios--inline"))
            """
    }

    static func refer(_ visit: Visit) throws -> Response {
        let (view, panel) = try place(visit)
        let sent = visit.request.form
        var errors: [FormError] = []
        var pair: ReferredPair?
        if panel.type.asksPair, try !choices(.victim, view, visit).isEmpty,
            try !choices(.perpetrator, view, visit).isEmpty
        {
            switch enteredPair(sent) {
            case .success(let entered): pair = entered
            case .failure(let wrong): errors = wrong.errors
            }
        }
        let route = sent["route"].flatMap { Code<PanelRoute>($0) }
        if route == nil { errors.insert(FormError("route", "Choose why it comes"), at: 0) }
        guard errors.isEmpty, let route else { return try referPage(visit, errors: errors) }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.panels.refer(
                NewReferral(
                    view.record.id, to: panel.definition.code, route, why: sent["why"] ?? "",
                    isEmergency: sent["emergency"] == "yes", pair: pair), on: occasion, in: $0)
        }
        switch result {
        case .success(let made):
            let query = made.unlisted > 0 ? "?unlisted=\(made.unlisted)" : ""
            return visit.redirect(PanelPlace.referral(made.id) + query)
        case .failure(let refusal): return try referPage(visit, errors: visit.errors(refusal, at: "panel"))
        }
    }

    private struct Wrong: Error {
        let errors: [FormError]
    }

    /// The two and the incident; nil when someone said that one of the two cannot be named.
    private static func enteredPair(_ sent: FormFields) -> Result<ReferredPair?, Wrong> {
        let sides = [sent["victim"] ?? "", sent["perpetrator"] ?? ""]
        if sides.contains(nobody), !sides.contains("") { return .success(nil) }
        var errors: [FormError] = []
        let victim = sent["victim"].flatMap { ID<Person>($0) }
        let perpetrator = sent["perpetrator"].flatMap { ID<Person>($0) }
        if victim == nil || perpetrator == nil {
            errors.append(
                FormError("pair", "Choose the victim and who is said to do harm, or say that they are not known"))
        }
        let day = DayControl("happened-on", sent).date
        if day == nil { errors.append(FormError("happened-on", "Enter the day of the incident, such as 27 3 2026")) }
        let criminal = sent["criminal"]
        if criminal != "yes" && criminal != "no" {
            errors.append(FormError("criminal", "Choose whether it was a crime"))
        }
        guard errors.isEmpty, let victim, let perpetrator, let day else { return .failure(Wrong(errors: errors)) }
        return .success(
            ReferredPair(victim: victim, perpetrator: perpetrator, happenedOn: day, isCriminal: criminal == "yes"))
    }
}
