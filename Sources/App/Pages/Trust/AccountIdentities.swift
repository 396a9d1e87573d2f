internal import Configuration
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// The sign-ins of other organisations that open an account.
enum AccountIdentities {
    static func link(_ visit: Visit) throws -> Response {
        let occasion = try visit.require(.administer, "account", .p1)
        let id: ID<Account> = try visit.id("account")
        if let confirm = try visit.askToConfirm(next: "/trust/accounts/\(id.text)") { return confirm }
        let sent = visit.request.form
        guard let provider = visit.site.configuration.providers.first(where: { $0.slug == sent["provider"] }) else {
            return try refused(visit, "provider", "Choose whose sign-in it is")
        }
        let subject = (sent["subject"] ?? "").trimmed
        guard let identity = OutsideIdentity(issuer: provider.issuer, subject: subject) else {
            return try refused(visit, "subject", "Enter the identifier that \(provider.name) shows them here")
        }
        guard let reason = visit.reason else {
            return try refused(visit, "identity-reason", "Enter how you know that it is theirs")
        }
        let store = AccountStore(rules: visit.site.accountRules)
        switch try visit.write({ try store.link(identity, with: id, reason: reason, by: occasion, in: $0) }) {
        case .success: return visit.redirect("/trust/accounts/\(id.text)")
        case .failure(.noSuchAccount): throw Refusal.notFound
        case .failure(let refusal): return try refused(visit, "subject", refusal.fault.inForm)
        }
    }

    static func unlink(_ visit: Visit) throws -> Response {
        let occasion = try visit.require(.administer, "account", .p1)
        let id: ID<Account> = try visit.id("account")
        let sent = visit.request.form
        guard let identity = OutsideIdentity(issuer: sent["issuer"] ?? "", subject: sent["subject"] ?? "") else {
            throw Refusal.notFound
        }
        let store = AccountStore(rules: visit.site.accountRules)
        switch try visit.write({ try store.unlink(identity, from: id, by: occasion, in: $0) }) {
        case .success: return visit.redirect("/trust/accounts/\(id.text)")
        case .failure(.noSuchAccount): throw Refusal.notFound
        case .failure(let refusal): return try refused(visit, "subject", refusal.fault.inForm)
        }
    }

    private static func refused(_ visit: Visit, _ field: String, _ text: String) throws -> Response {
        try AccountPages.show(visit, errors: [FormError(field, text)])
    }

    /// The part of an account's page; nothing where no other organisation signs people in.
    static func section(
        _ identities: [OutsideIdentity], of account: AccountRecord, _ errors: [FormError], _ visit: Visit
    ) -> Html {
        let providers = visit.site.configuration.providers
        guard !providers.isEmpty || !identities.isEmpty else { return "" }
        let base = "/trust/accounts/\(account.id.text)/identity"
        let linked = identities.map { identity -> SummaryList.Row in
            let name = providers.first { $0.issuer == identity.issuer }?.name ?? identity.issuer
            let remove: Html = """
                \(HiddenField(name: "issuer", value: identity.issuer))
                \(HiddenField(name: "subject", value: identity.subject))
                \(Button(text: .text("Remove the link with \(name)"), classes: "govuk-button--secondary"))
                """
            return .init(
                key: .text(name),
                value: .html("<p class=\"govuk-body\">\(identity.subject)</p>\(visit.form("\(base)/remove", remove))"))
        }
        let fields: Html = """
            \(Select(
                name: "provider", label: "Whose sign-in",
                items: providers.map { .init(value: $0.slug, text: $0.name) }, errorMessage: errors.message("provider")))
            \(Input(
                name: "subject", label: "Their identifier there",
                hint: "It is shown to them when they try to sign in that way. Make sure that it is them who tell you.",
                errorMessage: errors.message("subject"), autocomplete: "off", checksSpelling: false))
            \(Input(
                name: "reason", id: "identity-reason", label: "How you know that it is theirs",
                errorMessage: errors.message("identity-reason"), checksSpelling: true))
            \(Button(text: "Link it with this account", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        return """
            <h2 class="govuk-heading-m">Sign-in by another organisation</h2>
            \(linked.isEmpty ? "<p class=\"govuk-body\">None is linked with this account.</p>" : SummaryList(rows: linked).html)
            \(if: !providers.isEmpty && account.status != .disabled, visit.form(base, fields))
            """
    }
}
