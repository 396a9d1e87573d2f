internal import Configuration
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// One account: adding, looking at and changing it.
enum AccountPages {
    static let above = [(title: "Accounts", address: "/trust/accounts")]

    static func new(_ visit: Visit) throws -> Response { visit.page(newPage(AccountForm(visit.site), visit)) }

    static func create(_ visit: Visit) throws -> Response {
        var form = AccountForm(sent: visit.request.form, visit.site)
        guard let details = form.details(on: visit.now.ukDate) else { return visit.page(newPage(form, visit)) }
        let occasion = try visit.require(.administer, "account", .p1)
        let store = AccountStore(rules: visit.site.accountRules)
        let made = try visit.write { connection -> Result<(AccountRecord, String), AccountRefusal> in
            switch try store.create(details, by: occasion, in: connection) {
            case .failure(let refusal): return .failure(refusal)
            case .success(let account):
                return try store.makeLink(for: account.id, by: occasion, in: connection).map { (account, $0) }
            }
        }
        switch made {
        case .success(let (account, link)): return linkPage(account, link, "The account was added", visit)
        case .failure(let refusal):
            form.add(refusal)
            return visit.page(newPage(form, visit))
        }
    }

    static func show(_ visit: Visit) throws -> Response { try show(visit, errors: []) }

    /// The account's page, again after an act that was refused.
    static func show(_ visit: Visit, errors: [FormError], notice: String? = nil) throws -> Response {
        let occasion = try visit.require(.administer, "account", .p1)
        let id: ID<Account> = try visit.id("account")
        let store = AccountStore(rules: visit.site.accountRules)
        let found = try visit.write { connection -> AccountView? in
            guard case .success(let account) = try store.account(id, by: occasion, in: connection) else { return nil }
            return AccountView(
                account: account, sessions: try visit.site.sessions.sessions(of: id, by: occasion, in: connection),
                identities: try store.identities(of: id, in: connection), visit: visit, errors: errors)
        }
        guard let view = found else { throw Refusal.notFound }
        return visit.page(
            Page(view.account.details.name, in: .trust, above: above, errors: errors, notice: notice, view.html))
    }

    static func edit(_ visit: Visit) throws -> Response {
        let account = try account(visit)
        let form = AccountForm(account.details, on: visit.now.ukDate, visit.site)
        return visit.page(editPage(form, of: account, account.version, visit))
    }

    static func change(_ visit: Visit) throws -> Response {
        let version = try version(visit)
        var form = AccountForm(sent: visit.request.form, visit.site)
        let account = try account(visit)
        guard let details = form.details(changing: account.details, on: visit.now.ukDate) else {
            return visit.page(editPage(form, of: account, version, visit))
        }
        let occasion = try visit.require(.administer, "account", .p1)
        let store = AccountStore(rules: visit.site.accountRules)
        let changed = try visit.write {
            try store.change(account.id, to: details, version: version, by: occasion, in: $0)
        }
        switch changed {
        case .success: return visit.redirect("/trust/accounts/\(account.id.text)")
        case .failure(let refusal):
            form.add(refusal)
            return visit.page(editPage(form, of: account, version, visit))
        }
    }

    /// The version of the account that the form was made from.
    static func version(_ visit: Visit) throws -> Int64 {
        guard let version = visit.request.form["version"].flatMap({ Int64($0) }) else {
            throw Refusal.badRequest("The form is not whole. Open the account again.")
        }
        return version
    }

    /// The page on which a link is shown, once.
    static func linkPage(_ account: AccountRecord, _ token: String, _ title: String, _ visit: Visit) -> Response {
        let link = "\(visit.site.configuration.publicAddress)/set-up/\(token)"
        var response = visit.page(
            Page(
                title, in: .trust, above: above,
                """
                <p class="govuk-body">Give this link to \(account.details.name), by a way on which nobody else reads
                it. With it they set their password. It works once and for 72 hours, and it is shown only now.</p>
                \(InsetText(text: .html("<code>\(link)</code>"), id: "set-up-link"))
                <p class="govuk-body">
                <a class="govuk-link" href="/trust/accounts/\(account.id.text)">Go to the account</a></p>
                """))
        response.headers["Cache-Control"] = "no-store"
        return response
    }

    private static func account(_ visit: Visit) throws -> AccountRecord {
        let occasion = try visit.require(.administer, "account", .p1)
        let id: ID<Account> = try visit.id("account")
        let store = AccountStore(rules: visit.site.accountRules)
        guard case .success(let account) = try visit.write({ try store.account(id, by: occasion, in: $0) }) else {
            throw Refusal.notFound
        }
        return account
    }

    private static func newPage(_ form: AccountForm, _ visit: Visit) -> Page {
        let content: Html = "\(form.controls)\(Button(text: "Add the account", preventsDoubleClick: true))"
        return Page(
            "Add an account", in: .trust, above: above, errors: form.errors,
            visit.form("/trust/accounts/new", content))
    }

    private static func editPage(
        _ form: AccountForm, of account: AccountRecord, _ version: Int64, _ visit: Visit
    ) -> Page {
        let address = "/trust/accounts/\(account.id.text)"
        let content: Html = """
            \(HiddenField(name: "version", value: String(version)).html)
            \(form.controls)
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return Page(
            "Change an account", in: .trust, above: above + [(account.details.name, address)],
            errors: form.errors,
            """
            <p class="govuk-body">When roles, teams, places, agency or side change, the person is signed out
            everywhere.</p>
            \(visit.form("\(address)/change", content))
            """)
    }
}
