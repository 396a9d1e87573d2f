internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// An action of a panel, and closing it with what came of it.
enum PanelActionPages {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    /// An action that is the visitor's own, or of a meeting whose actions they may see.
    private static func action(_ visit: Visit) throws -> PanelAction {
        let (id, occasion): (ID<PanelAction>, Occasion) = (try visit.id("action"), try visit.occasion())
        guard let action = try visit.write({ try visit.panels.action(id, on: occasion, in: $0) }) else {
            throw Refusal.notFound
        }
        return action
    }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let action = try action(visit)
        let actor = try visit.actor()
        let names = try visit.accountNames([action.owner])
        var rows: [SummaryList.Row] = [
            .init(key: "Agency", value: .text(visit.site.partnership.name(of: action.agency))),
            .init(key: "Who", value: .text(names[action.owner] ?? "Someone who has left")),
            .init(key: "Due", value: .text(action.due.inWords)),
            .init(key: "How it stands", value: .html(PanelPlace.tag(action, on: visit.now.ukDate).html)),
        ]
        if let factor = action.riskFactor { rows.append(.init(key: "Lowers the risk of", value: .text(factor))) }
        if let outcome = action.outcome { rows.append(.init(key: "What came of it", value: .text(outcome))) }
        let mayClose = action.status == .open && (action.owner == actor.account || visit.may(.update, "minutes", .p2))
        return visit.page(
            Page(
                "An action of a panel", in: .panels, errors: errors,
                canBeLeftQuickly: true,
                """
                <p class="govuk-body-l">\(action.text)</p>
                \(SummaryList(rows: rows))
                \(if: mayClose, form(action, visit, errors))
                """))
    }

    private static func form(_ action: PanelAction, _ visit: Visit, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let ends: [CaseAction.Status] = [.done, .notPossibleChanged, .notUndertaken, .superseded]
        let content: Html = """
            \(Radios(
                name: "status", items: ends.map { .item(.init(value: $0.rawValue, text: .text($0.inWords))) },
                value: sent["status"],
                fieldset: Fieldset(legend: .init(text: "How did it end?", classes: "govuk-fieldset__legend--m")),
                errorMessage: errors.message("status")))
            \(Textarea(
                name: "outcome", label: "What came of it?", errorMessage: errors.message("outcome"),
                value: sent["outcome"] ?? "", rows: 3, checksSpelling: true))
            \(Button(text: "Close the action", preventsDoubleClick: true))
            """
        return visit.form(PanelPlace.action(action.id), content)
    }

    static func close(_ visit: Visit) throws -> Response {
        let action = try action(visit)
        let sent = visit.request.form
        guard let status = sent["status"].flatMap(CaseAction.Status.init(rawValue:)), status != .open,
            status != .doneLate
        else { return try page(visit, errors: [FormError("status", "Choose how it ended")]) }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.panels.closeAction(
                action.id, as: status, outcome: sent["outcome"] ?? "", on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect(PanelPlace.action(action.id))
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "outcome"))
        }
    }
}
