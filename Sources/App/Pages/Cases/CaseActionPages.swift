internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// What people undertook on a case: verb, owner, day; and what came of it.
enum CaseActionPages {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.openCase()
        let view = open.view
        let actor = try visit.actor()
        let rows = view.actions.sorted { ($0.status == .open ? 0 : 1, $0.due) < ($1.status == .open ? 0 : 1, $1.due) }
            .map { action -> [Content] in
                let mayClose = action.status == .open && (view.rights.mayWrite || action.owner == actor.account)
                let who = who(action, open, visit)
                let close: Html = """
                    <a class="govuk-link" href="\(href: "\(open.address)/actions/\(action.id)")">Close\
                    \(if: view.rights.mayWrite, " or hand on")<span class="govuk-visually-hidden"> the action: \(action.text)</span></a>
                    """
                return [
                    .html("\(action.text)\(some: action.outcome, { "<br><span class=\"govuk-hint\">\($0)</span>" })"),
                    .text(who),
                    .text(action.due.inWords), .html(tag(action, on: visit.now.ukDate).html),
                    .html(mayClose ? close : ""),
                ]
            }
        let table = SortableTable(
            id: "actions", caption: "Actions", captionClasses: "govuk-visually-hidden",
            columns: ["What", "Who", "Due", "How it stands", "What you can do"].map { .init(.text($0)) }, rows: rows,
            emptyText: "Nobody has undertaken anything yet.", address: { _, _ in "\(open.address)/actions" })
        return visit.page(
            Page(
                "Actions", in: .cases, above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
                isWide: true,
                """
                \(CasePlace.navigation(open, on: "/actions"))
                \(table)
                \(if: view.rights.mayWrite, form(open, visit, errors))
                """))
    }

    private static func tag(_ action: CaseAction, on day: LocalDate) -> StatusTag {
        switch action.status {
        case .open: day > action.due ? StatusTag("Late", tone: .urgent) : StatusTag("Open", tone: .underWay)
        case .done: StatusTag(action.status.inWords, tone: .good)
        case .doneLate: StatusTag(action.status.inWords, tone: .attention)
        case .notUndertaken: StatusTag(action.status.inWords, tone: .attention)
        case .notPossibleChanged, .superseded: StatusTag(action.status.inWords, tone: .neutral)
        }
    }

    private static func form(_ open: OpenCase, _ visit: Visit, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let agencies = visit.site.partnership.agencies
        let due = DayControl("due", sent.isEmpty ? nil : sent)
        let content: Html = """
            \(Input(
                name: "text", label: "What is to be done?", hint: "Begin with a verb: ask, visit, write, arrange.",
                errorMessage: errors.message("text"), value: sent["text"] ?? "", autocomplete: "off"))
            \(Select(
                name: "agency", label: "Which agency?", items: agencies.map { .init(value: $0.code.text, text: $0.name) },
                value: sent["agency"] ?? open.view.facts.agency.text, errorMessage: errors.message("agency")))
            \(Input(
                name: "owner", label: "Who there? (optional)",
                hint: """
                    Their e-mail address here. They see the case from then on; someone of another agency until the action is \
                    closed. Leave it empty for yourself, where it is your own agency.
                    """,
                errorMessage: errors.message("owner"), value: sent["owner"] ?? "", type: "email", autocomplete: "off",
                checksSpelling: false))
            \(due.html("By when?", hint: nil, errors.message("due")))
            \(Button(text: "Add the action", preventsDoubleClick: true))
            """
        return """
            <h2 class="govuk-heading-m">Add an action</h2>
            \(visit.form("\(open.address)/actions", content))
            """
    }

    static func add(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        let sent = visit.request.form
        let actor = try visit.actor()
        var errors: [FormError] = []
        let text = (sent["text"] ?? "").singleSpaced
        if text.isEmpty { errors.append(FormError("text", "Enter what is to be done, beginning with a verb")) }
        let agency = sent["agency"].flatMap { Code<Agency>($0) }.flatMap(visit.site.partnership.agency)
        if agency == nil { errors.append(FormError("agency", "Choose the agency that does it")) }
        let due = DayControl("due", sent).date
        if due == nil { errors.append(FormError("due", "Enter the last day, such as 27 3 2026")) }
        var owner: ID<Account>?
        let address = (sent["owner"] ?? "").trimmed
        if !address.isEmpty {
            owner = try visit.colleague(address, of: agency?.code)
            if owner == nil { errors.append(FormError("owner", "Nobody of this agency signs in with this address")) }
        } else if agency?.code == actor.agency {
            owner = actor.account
        } else if agency != nil {
            errors.append(FormError("owner", "Enter who does it there: nobody else there would hear of it"))
        }
        guard errors.isEmpty, let agency, let due else { return try page(visit, errors: errors) }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write {
            try visit.cases.addAction(text, agency: agency.code, owner: owner, due: due, to: id, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("\(open.address)/actions")
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "text"))
        }
    }

    static func closePage(_ visit: Visit) throws -> Response { try closePage(visit, errors: []) }

    private static func closePage(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.openCase()
        let action = try action(open, visit)
        let sent = visit.request.form
        let ends: [CaseAction.Status] = [.done, .notPossibleChanged, .notUndertaken, .superseded]
        let content: Html = """
            \(Radios(
                name: "status", items: ends.map { .item(.init(value: $0.rawValue, text: .text($0.inWords))) },
                value: sent["status"],
                fieldset: Fieldset(legend: .init(text: "How did it end?", classes: "govuk-fieldset__legend--s")),
                errorMessage: errors.message("status")))
            \(Textarea(
                name: "outcome", label: "What came of it?", errorMessage: errors.message("outcome"),
                value: sent["outcome"] ?? "", rows: 3, checksSpelling: true))
            \(Button(text: "Close the action", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                open.view.rights.mayWrite ? "Close an action, or hand it on" : "Close an action", in: .cases,
                above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
                """
                <p class="govuk-body-l">\(action.text)</p>
                <p class="govuk-body">Due \(action.due.inWords).</p>
                \(visit.form("\(open.address)/actions/\(action.id)", content))
                \(if: open.view.rights.mayWrite, handingOn(action, open, visit, errors))
                """))
    }

    private static func handingOn(
        _ action: CaseAction, _ open: OpenCase, _ visit: Visit, _ errors: [FormError]
    ) -> Html {
        let sent = visit.request.form
        let content: Html = """
            <input type="hidden" name="from" value="\(action.owner?.text ?? "")">
            \(Select(
                name: "agency", label: "Which agency?",
                items: visit.site.partnership.agencies.map { .init(value: $0.code.text, text: $0.name) },
                value: sent["agency"] ?? action.agency.text, errorMessage: errors.message("agency")))
            \(Input(
                name: "owner", label: "Who does it from now on?",
                hint: "Their e-mail address here. They see the case from then on.",
                errorMessage: errors.message("owner"), value: sent["owner"] ?? "", type: "email", autocomplete: "off",
                checksSpelling: false))
            \(Button(text: "Hand the action on", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        return """
            <h2 class="govuk-heading-m">Hand it on</h2>
            <p class="govuk-body">It is with \(who(action, open, visit)) now.</p>
            \(visit.form("\(open.address)/actions/\(action.id)/owner", content))
            """
    }

    private static func who(_ action: CaseAction, _ open: OpenCase, _ visit: Visit) -> String {
        action.owner.map { open.name($0) } ?? visit.site.partnership.name(of: action.agency)
    }

    static func handOn(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        let action = try action(open, visit)
        let sent = visit.request.form
        let agency = sent["agency"].flatMap { Code<Agency>($0) }.flatMap(visit.site.partnership.agency)
        guard let agency else {
            return try closePage(visit, errors: [FormError("agency", "Choose the agency that does it")])
        }
        let owner = try visit.colleague(sent["owner"] ?? "", of: agency.code)
        guard let owner else {
            return try closePage(
                visit, errors: [FormError("owner", "Nobody of this agency signs in with this address")])
        }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let from = sent["from"].flatMap { ID<Account>($0) }
        let result = try visit.write {
            try visit.cases.handOn(
                action.id, of: id, from: from, to: owner, agency: agency.code, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("\(open.address)/actions")
        case .failure(let refusal): return try closePage(visit, errors: visit.errors(refusal, at: "owner"))
        }
    }

    static func close(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        let action = try action(open, visit)
        let sent = visit.request.form
        guard let status = sent["status"].flatMap(CaseAction.Status.init), status != .open else {
            return try closePage(visit, errors: [FormError("status", "Choose how it ended")])
        }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write {
            try visit.cases.closeAction(
                action.id, of: id, as: status, outcome: sent["outcome"] ?? "", on: occasion, in: $0)
        }
        switch result {
        // Whoever saw the case for this action alone no longer does.
        case .success: return visit.redirect(open.view.rights.mayWrite ? "\(open.address)/actions" : "/")
        case .failure(let refusal): return try closePage(visit, errors: visit.errors(refusal, at: "outcome"))
        }
    }

    /// An open action that the visitor may close.
    private static func action(_ open: OpenCase, _ visit: Visit) throws -> CaseAction {
        let id: ID<CaseAction> = try visit.id("action")
        let actor = try visit.actor()
        guard let action = open.view.actions.first(where: { $0.id == id && $0.status == .open }),
            open.view.rights.mayWrite || action.owner == actor.account
        else { throw Refusal.notFound }
        return action
    }
}
