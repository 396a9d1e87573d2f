internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// Putting cases on an agenda and taking them off.
enum AgendaPages {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.preparedMeeting()
        let occasion = try visit.occasion()
        let (referrals, onIt): ([PanelReferral], Set<ID<CaseRecord>>) = try visit.write { connection in
            let all = try visit.panels.referrals(to: open.meeting.panel, on: occasion, in: connection)
            let agenda = try visit.panels.agenda(of: open.meeting.id, on: occasion, in: connection)
            return (all, Set(agenda?.items.map(\.caseID) ?? []))
        }
        let waiting = referrals.filter { $0.state == .accepted }
        let planned = referrals.filter { $0.state == .planOpen && !onIt.contains($0.caseID) }
        let references = try references(planned.map(\.caseID), visit)
        let plans: Html =
            !planned.isEmpty && open.meeting.state.takesItems
            ? try again(open, planned, references, visit, errors) : ""
        return visit.page(
            Page(
                "Put a case on the agenda", in: .panels, above: open.above, errors: errors, canBeLeftQuickly: true,
                isWide: true,
                """
                \(ReferralTable.html("Accepted, and on no agenda yet: open one to list it", waiting, visit, id: "waiting"))
                \(plans)
                """))
    }

    private static func references(_ ids: [ID<CaseRecord>], _ visit: Visit) throws -> [ID<CaseRecord>: String] {
        let occasion = try visit.occasion()
        var found: [ID<CaseRecord>: String] = [:]
        for id in Set(ids).sorted() {
            if case .found(let view) = try visit.write({ try visit.site.cases.read(id, on: occasion, in: $0) }) {
                found[id] = view.record.reference
            }
        }
        return found
    }

    /// A case that has a plan comes again.
    private static func again(
        _ open: OpenMeeting, _ planned: [PanelReferral], _ references: [ID<CaseRecord>: String], _ visit: Visit,
        _ errors: [FormError]
    ) throws -> Html {
        let sent = visit.request.form
        let content: Html = """
            <h2 class="govuk-heading-m">Look at a plan again</h2>
            \(Select(
                name: "case", label: "Which case?",
                items: planned.compactMap { referral in
                    references[referral.caseID].map { .init(value: referral.caseID.text, text: $0) }
                }, value: sent["case"], errorMessage: errors.message("case")))
            \(Radios(
                name: "kind",
                items: [.item(.init(value: "review", text: "A review of the plan")), .item(.init(value: "update", text: "An update"))],
                value: sent["kind"], fieldset: Fieldset(legend: .init(text: "What is it?", classes: "govuk-fieldset__legend--s")),
                errorMessage: errors.message("kind"), classes: "govuk-radios--inline"))
            \(try ItemControls(open.panel, visit).html(errors))
            \(Button(text: "Put it on the agenda", preventsDoubleClick: true))
            """
        return visit.form("\(open.address)/agenda", content)
    }

    static func add(_ visit: Visit) throws -> Response {
        let open = try visit.preparedMeeting()
        let sent = visit.request.form
        guard let caseID = sent["case"].flatMap({ ID<CaseRecord>($0) }) else {
            return try page(visit, errors: [FormError("case", "Choose a case")])
        }
        guard let kind = sent["kind"].flatMap(AgendaKind.init(rawValue:)), !kind.isCase else {
            return try page(visit, errors: [FormError("kind", "Choose whether it is a review or an update")])
        }
        let (new, wrong) = ItemControls.item(sent)
        if let wrong { return try page(visit, errors: [wrong]) }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.panels.addItem(caseID, as: kind, to: open.meeting.id, new, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect(open.address)
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "case"))
        }
    }
}
