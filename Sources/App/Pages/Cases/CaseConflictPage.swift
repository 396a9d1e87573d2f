internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Conflicts of interest with a case: declaring one's own, recording a colleague's, lifting one.
enum CaseConflictPage {
    private static let declaration = ConflictDeclaration(
        "I know someone in this case privately, or have something of my own to do with it", isReasoned: true)

    static func page(_ visit: Visit) throws -> Response { try page(try visit.openCase(), visit, errors: []) }

    private static func page(_ open: OpenCase, _ visit: Visit, errors: [FormError]) throws -> Response {
        let rights = open.view.rights
        let guards = try RecordGuards(open.view.facts, visit)
        let action = "\(open.address)/access/conflict"
        let lift = guards.liftForm(to: action, hidden: HiddenField(name: "act", value: "lift").html, errors: errors)
        let own = declaration.form(
            to: action, hidden: HiddenField(name: "act", value: "declare").html, visit, errors: errors)
        return visit.page(
            Page(
                "Conflicts of interest", in: .cases, above: CaseAccessPlace.above(open), errors: errors,
                canBeLeftQuickly: true,
                """
                <h2 class="govuk-heading-m">Your own</h2>
                \(own)
                \(if: rights.mayGuard && rights.mayWrite, record(action, visit, errors))
                \(if: rights.mayGuard && !open.view.facts.conflicts.isEmpty, "<h2 class=\"govuk-heading-m\">Lift one</h2>\(lift)")
                """))
    }

    private static func record(_ action: String, _ visit: Visit, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let content: Html = """
            \(HiddenField(name: "act", value: "record"))
            \(Input(
                name: "colleague", label: "Email address of the colleague",
                hint: "The case will no longer exist for them.", errorMessage: errors.message("colleague"),
                value: sent["colleague"], type: "email", autocomplete: "off", checksSpelling: false))
            \(Input(
                name: "colleague-reason", label: "Why they should not see it", hint: "It is kept in the audit.",
                errorMessage: errors.message("colleague-reason"), value: sent["colleague-reason"], autocomplete: "off"))
            \(Button(text: "Record it for them", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        return "<h2 class=\"govuk-heading-m\">Of a colleague</h2>\(visit.form(action, content))"
    }

    static func act(_ visit: Visit) throws -> Response {
        switch visit.request.form["act"] {
        case "declare": return try declare(visit)
        case "record": return try record(visit)
        case "lift": return try lift(visit)
        default: throw Refusal.badRequest("The form is not whole. Open the case again.")
        }
    }

    /// The answer to a whole form is the same for every identifier, there or not, hidden or not.
    private static func declare(_ visit: Visit) throws -> Response {
        let sent = visit.request.form
        let reason = (sent["conflict-reason"] ?? "").singleSpaced
        var errors: [FormError] = []
        if sent["conflict"] != "yes" {
            errors.append(FormError("conflict", "Say that you have a conflict of interest, or leave this page"))
        }
        if reason.isEmpty { errors.append(FormError("conflict-reason", "Enter the reason")) }
        guard errors.isEmpty else { return try page(try visit.openCase(), visit, errors: errors) }
        let (id, occasion) = (try visit.caseID, try visit.occasion())
        let result = try visit.write { connection in
            let result = try visit.cases.declareConflict(with: id, reason: reason, on: occasion, in: connection)
            if case .success = result { try visit.closeOrders(of: id, on: occasion, in: connection) }
            return result
        }
        if case .failure(let refusal) = result {
            let errors = try visit.errors(refusal, at: "conflict-reason")
            return try page(try visit.openCase(), visit, errors: errors)
        }
        return declaration.thanks(above: [(title: "Cases", address: "/cases")], visit)
    }

    private static func guarded(_ visit: Visit) throws -> OpenCase {
        let open = try visit.openCase()
        guard open.view.rights.mayGuard else { throw visit.ended(.noPermission) }
        return open
    }

    private static func record(_ visit: Visit) throws -> Response {
        let open = try guarded(visit)
        let sent = visit.request.form
        let colleague = try EmailAddress((sent["colleague"] ?? "").trimmed).flatMap { email in
            try visit.read { try AccountNames.active(email, in: $0) }
        }
        guard let colleague else {
            return try page(
                open, visit, errors: [FormError("colleague", "Enter the email address of someone with an account")])
        }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write { connection in
            try visit.followConflicts(with: id, on: occasion, in: connection) {
                try visit.cases.recordConflict(
                    of: colleague, with: id, reason: sent["colleague-reason"] ?? "", on: occasion, in: connection)
            }
        }
        return try answer(result, "colleague-reason", open, visit)
    }

    private static func lift(_ visit: Visit) throws -> Response {
        let open = try guarded(visit)
        guard let account = try RecordGuards(open.view.facts, visit).lifted() else {
            return try page(open, visit, errors: [FormError("account", "Choose for whom the conflict is lifted")])
        }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write {
            try visit.cases.liftConflict(
                of: account, with: id, reason: visit.request.form["lift-reason"] ?? "", on: occasion, in: $0)
        }
        return try answer(result, "lift-reason", open, visit)
    }

    private static func answer(
        _ result: Result<Void, CaseRefusal>, _ field: String, _ open: OpenCase, _ visit: Visit
    ) throws -> Response {
        switch result {
        case .success: return visit.redirect("\(open.address)/access/conflict")
        case .failure(let refusal): return try page(open, visit, errors: visit.errors(refusal, at: field))
        }
    }
}
