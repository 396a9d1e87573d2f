internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// The page to which an administrator's link leads: its owner chooses a password.
enum InvitationPage {
    static func show(_ visit: Visit) throws -> Response {
        let token = try visit.text("token")
        guard let account = try account(token, visit) else { return visit.page(used, status: .gone) }
        return visit.page(page(visit, token, account))
    }

    static func take(_ visit: Visit) throws -> Response {
        let token = try visit.text("token")
        guard let account = try account(token, visit) else { return visit.page(used, status: .gone) }
        let password = visit.request.form[NewPassword.name] ?? ""
        if let refusal = visit.site.passwordRules.refusal(of: password, for: account.details) {
            return visit.page(page(visit, token, account, [NewPassword.error(refusal)]))
        }
        // Slow, so before the transaction.
        let hash = try visit.site.passwordGate.pass { try PasswordWork.argon2id.hash(password) }
        let result = try visit.write { connection in
            try AccountStore(rules: visit.site.accountRules).useLink(
                token, passwordHash: hash, from: visit.request.remoteAddress, at: visit.now,
                request: visit.request.id, in: connection)
        }
        guard case .success = result else { return visit.page(used, status: .gone) }
        return visit.redirect("/sign-in?why=\(SignInPage.Why.passwordSet.rawValue)")
    }

    private static func account(_ token: String, _ visit: Visit) throws -> AccountRecord? {
        guard token.utf8.count <= 100 else { return nil }
        let result = try visit.read { connection in
            try AccountStore(rules: visit.site.accountRules).account(ofLink: token, at: visit.now, in: connection)
        }
        return try? result.get()
    }

    private static func page(
        _ visit: Visit, _ token: String, _ account: AccountRecord, _ errors: [FormError] = []
    ) -> Page {
        let form: Html = """
            \(Input(name: "email", label: "Email address", value: account.details.email.text, type: "email",
                autocomplete: "username", checksSpelling: false, classes: "govuk-!-width-two-thirds",
                attributes: ["readonly": "readonly"]))
            \(NewPassword.control(visit.site.passwordRules, errors))
            \(Button(text: "Save password", preventsDoubleClick: true))
            """
        return Page(
            "Choose a password", errors: errors,
            """
            <p class="govuk-body">Hello \(account.details.name). This is your account with \
            \(visit.site.partnership.name). Choose a password; after that you sign in with it.</p>
            \(visit.form("/set-up/\(PercentCoding.encodeForm(token))", form))
            """)
    }

    private static let used = Page(
        "This link can no longer be used",
        """
        <p class="govuk-body">A link works once and for 72 hours. If you have not chosen a password yet, or have \
        forgotten it, ask your partnership’s administrator for a new link.</p>
        <p class="govuk-body"><a class="govuk-link" href="/sign-in">Sign in</a></p>
        """)
}
