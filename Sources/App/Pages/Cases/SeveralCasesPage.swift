internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Work on several cases at once, under the same policy as on each alone: all of them, or none.
enum SeveralCasesPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let actor = try visit.actor()
        let query = visit.request.query
        let filter = try CaseListPage.filter(query, actor, visit)
        let occasion = try visit.occasion()
        let cursor = query["after"].flatMap { ID<CaseRecord>($0) }
        let cases = try visit.write { try visit.cases.list(filter, after: cursor, on: occasion, in: $0) }
        let sent = visit.request.form
        let items = cases.items.map { item -> Checkboxes.Entry in
            let heading = item.record.heading.isEmpty ? "" : ": \(item.record.heading)"
            let state = visit.cases.catalogue.type(item.record.type)?.state(item.record.state)?.name
            return .item(
                .init(
                    value: item.record.id.text, text: .text(item.record.reference + heading),
                    hint: state.map { Hint(text: .text($0)) }))
        }
        let content: Html = """
            \(Checkboxes(
                name: "case", items: items, values: sent.all("case"),
                fieldset: Fieldset(legend: .init(text: "Which cases?", classes: "govuk-fieldset__legend--m")),
                errorMessage: errors.message("case"), classes: "govuk-checkboxes--small"))
            \(Radios(
                name: "act",
                items: [
                    .item(.init(value: "assign", text: "Hand them on", conditional: assigning(actor, sent, visit, errors))),
                    .item(.init(value: "action", text: "Add an action to each", conditional: acting(sent, errors))),
                ], value: sent["act"],
                fieldset: Fieldset(legend: .init(text: "What is to be done?", classes: "govuk-fieldset__legend--m")),
                errorMessage: errors.message("act")))
            \(Button(text: "Do it to all that are chosen", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                "Several cases", in: .cases, errors: errors, canBeLeftQuickly: true,
                """
                <p class="govuk-body">It is done to all that you choose, or to none.</p>
                \(if: cases.items.isEmpty, "<p class=\"govuk-body\">No case that you may see is like this.</p>")
                \(if: !cases.items.isEmpty, visit.form("/cases/several?\(query.encoded)", content))
                """))
    }

    private static func assigning(_ actor: Actor, _ sent: FormFields, _ visit: Visit, _ errors: [FormError]) -> Html {
        let teams = visit.site.partnership.teams.filter { $0.agency == actor.agency }
        return """
            \(Input(
                name: "owner", label: "Who answers for them?", hint: "Their e-mail address here. Leave it empty for nobody yet.",
                errorMessage: errors.message("owner"), value: sent["owner"] ?? "", type: "email", autocomplete: "off",
                checksSpelling: false))
            \(Select(
                name: "team", label: "Which team?",
                items: [.init(value: "", text: "No team")] + teams.map { .init(value: $0.code.text, text: $0.name) },
                value: sent["team"] ?? actor.teams.min()?.text ?? ""))
            """
    }

    private static func acting(_ sent: FormFields, _ errors: [FormError]) -> Html {
        """
        \(Input(
            name: "text", label: "What is to be done?", hint: "Begin with a verb. You do it yourself.",
            errorMessage: errors.message("text"), value: sent["text"] ?? "", autocomplete: "off"))
        \(DayControl("due", sent.isEmpty ? nil : sent).html("By when?", hint: nil, errors.message("due")))
        """
    }

    static func act(_ visit: Visit) throws -> Response {
        let sent = visit.request.form
        let actor = try visit.actor()
        let cases = Array(Set(sent.all("case").compactMap { ID<CaseRecord>($0) })).sorted()
        guard !cases.isEmpty else { return try page(visit, errors: [FormError("case", "Choose at least one case")]) }
        guard cases.count <= AccessRegister.longestPage else { throw Refusal.badRequest("Choose fewer cases.") }
        let deed: CaseDeed
        switch sent["act"] {
        case "assign":
            let address = (sent["owner"] ?? "").trimmed
            let owner = address.isEmpty ? nil : try visit.colleague(address, of: actor.agency)
            if !address.isEmpty, owner == nil {
                return try page(
                    visit, errors: [FormError("owner", "Nobody of your agency signs in with this address")])
            }
            let team = visit.site.partnership.teams.first { $0.agency == actor.agency && $0.code.text == sent["team"] }
            deed = .assign(to: owner, team: team?.code)
        case "action":
            guard let due = DayControl("due", sent).date else {
                return try page(visit, errors: [FormError("due", "Enter the last day, such as 27 3 2026")])
            }
            deed = .addAction(sent["text"] ?? "", agency: actor.agency, owner: actor.account, due: due)
        default: return try page(visit, errors: [FormError("act", "Choose what is to be done")])
        }
        let occasion = try visit.occasion()
        // What is refused is kept in the audit before anything is tried: what is undone takes its entries with it.
        let closed = try visit.write { connection in
            try cases.filter {
                guard
                    case .found = try visit.cases.register.find(ID($0), for: .update, .p1, on: occasion, in: connection)
                else { return true }
                return false
            }
        }
        guard closed.isEmpty else {
            let count = closed.count
            let words = count == 1 ? "One of them is" : "\(count) of them are"
            return try page(
                visit, errors: [FormError("case", "\(words) not yours to change, so nothing was done. Choose others")])
        }
        do {
            try visit.write { try visit.cases.doToAll(deed, of: cases, on: occasion, in: $0) }
        } catch let refused as CaseDeedRefusal {
            return try page(visit, errors: visit.errors(refused.refusal, at: "case"))
        }
        return visit.redirect("/cases?\(visit.request.query.encoded)")
    }
}
