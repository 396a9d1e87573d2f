internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Client programs and their tokens.
enum ClientPages {
    private static let above = [(title: "Client programs", address: "/trust/clients")]

    static func list(_ visit: Visit) throws -> Response { try list(visit, errors: []) }

    static func new(_ visit: Visit) throws -> Response { visit.page(newPage(ClientForm(visit.site), visit)) }

    static func create(_ visit: Visit) throws -> Response {
        var form = ClientForm(sent: visit.request.form, visit.site)
        guard let details = form.details() else { return visit.page(newPage(form, visit)) }
        let occasion = try visit.require(.administer, "client", .p1)
        let store = ClientStore(rules: visit.site.accountRules)
        switch try visit.write({ try store.create(details, by: occasion, in: $0) }) {
        case .success(let (client, token)): return tokenPage(client, token, visit)
        case .failure(let refusal):
            form.add(refusal)
            return visit.page(newPage(form, visit))
        }
    }

    static func revoke(_ visit: Visit) throws -> Response {
        let occasion = try visit.require(.administer, "client", .p1)
        let id: ID<Client> = try visit.id("client")
        guard let reason = visit.reason else {
            return try list(visit, errors: [FormError("reason-\(id.text)", "Enter why the token is withdrawn")])
        }
        let store = ClientStore(rules: visit.site.accountRules)
        let result = try visit.write {
            try store.revoke(id, reason: reason, by: occasion, in: $0)
        }
        guard case .success = result else { throw Refusal.notFound }
        return visit.redirect("/trust/clients")
    }

    private static func list(_ visit: Visit, errors: [FormError]) throws -> Response {
        let occasion = try visit.require(.administer, "client", .p1)
        let store = ClientStore(rules: visit.site.accountRules)
        let clients = try visit.write { try store.list(by: occasion, in: $0) }
        return visit.page(
            Page(
                "Client programs", in: .trust, errors: errors,
                """
                <p class="govuk-body">Programs of the agencies that call the interface for programs, each with a token
                of its own.</p>
                <p class="govuk-body">\(Button(text: "Add a client program", href: "/trust/clients/new"))</p>
                \(if: clients.isEmpty, "<p class=\"govuk-body\">There is none.</p>")
                \(each: clients, { summary($0, errors, visit) })
                """))
    }

    private static func summary(_ client: ClientRecord, _ errors: [FormError], _ visit: Visit) -> Html {
        let details = client.details
        let works = client.works(at: visit.now)
        let status =
            client.revokedAt.map { "Withdrawn on \($0.inWords)" } ?? (works ? "Works" : "Has ended")
        let roles = details.roles.sorted().map { visit.site.roles.role($0)?.name ?? $0.text }
        let scopes = details.scopes.sorted().map { scope in
            ClientScopes.all.first { $0.code == scope.text }?.text ?? scope.text
        }
        let rows: [SummaryList.Row] = [
            .init(key: "Token", value: .html(StatusTag(status, tone: works ? .good : .neutral).html)),
            .init(key: "Agency", value: .text(visit.site.partnership.name(of: details.agency))),
            .init(key: "May", value: .text(scopes.joined(separator: "; "))),
            .init(key: "Roles", value: .text(roles.joined(separator: ", "))),
            .init(key: "Token ends", value: .text(details.expiresAt.inWords)),
            .init(key: "Last called", value: .text(client.usedAt?.inWords ?? "Never")),
        ]
        return """
            \(SummaryList(rows: rows, card: .init(title: .text(details.name))))
            \(if: client.revokedAt == nil, withdrawal(client, errors, visit))
            """
    }

    private static func withdrawal(_ client: ClientRecord, _ errors: [FormError], _ visit: Visit) -> Html {
        let field = "reason-\(client.id.text)"
        let content: Html = """
            \(Input(name: "reason", id: field, label: "Why", errorMessage: errors.message(field)))
            \(Button(text: .html(
                "Withdraw the token<span class=\"govuk-visually-hidden\"> of \(client.details.name)</span>"),
                preventsDoubleClick: true, classes: "govuk-button--warning"))
            """
        let problem = errors.contains { $0.field == field }
        return Details(
            summary: .html("Withdraw the token<span class=\"govuk-visually-hidden\"> of \(client.details.name)</span>"),
            content: .html(visit.form("/trust/clients/\(client.id.text)/revoke", content)), isOpen: problem
        ).html
    }

    private static func newPage(_ form: ClientForm, _ visit: Visit) -> Page {
        let content: Html = "\(form.controls)\(Button(text: "Add the client program", preventsDoubleClick: true))"
        return Page(
            "Add a client program", in: .trust, above: above, errors: form.errors,
            visit.form("/trust/clients/new", content))
    }

    private static func tokenPage(_ client: ClientRecord, _ token: String, _ visit: Visit) -> Response {
        var response = visit.page(
            Page(
                "The client program was added", in: .trust, above: above,
                """
                <p class="govuk-body">This is the token of \(client.details.name). It is shown only now. Whoever has it
                can do what the program may do: keep it where passwords are kept.</p>
                \(InsetText(text: .html("<code>\(token)</code>"), id: "token"))
                <p class="govuk-body">The program sends it with each request: <code>Authorization: Bearer TOKEN</code>.
                It ends on \(client.details.expiresAt.inWords).</p>
                <p class="govuk-body"><a class="govuk-link" href="/trust/clients">Go to the client programs</a></p>
                """))
        response.headers["Cache-Control"] = "no-store"
        return response
    }
}
