internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Recovery codes: shown once, and made anew.
enum RecoveryCodesPage {
    /// The page that shows them, and leads on.
    static func codes(_ codes: [String], next: String) -> Page {
        Page(
            "Keep your recovery codes",
            """
            \(WarningText(text: "These codes are shown only now. Print this page or write them down."))
            <p class="govuk-body">When you do not have your telephone, enter one of them to sign in. Each works once. \
            Keep them where only you can get at them, and not beside your computer.</p>
            <ol class="govuk-list govuk-list--number govuk-list--spaced">
            \(each: codes, { "<li><code>\($0)</code></li>\n" })
            </ol>
            \(Button(text: "I have kept my codes: continue", href: next))
            """)
    }

    static func show(_ visit: Visit) throws -> Response {
        guard try visit.actor().secondFactorAt != nil else { return visit.redirect("/account/second-factor") }
        return visit.page(
            Page(
                "Make new recovery codes", back: "/account",
                """
                <p class="govuk-body">You get ten new codes. The ones that you have now stop working at once.</p>
                \(visit.form("/account/recovery-codes", "\(Button(text: "Make new codes", preventsDoubleClick: true))"))
                """))
    }

    static func take(_ visit: Visit) throws -> Response {
        guard try visit.actor().secondFactorAt != nil else { return visit.redirect("/account/second-factor") }
        guard let token = visit.sessionToken else { throw Refusal.signIn }
        let made = try visit.write { connection in
            try visit.site.signIn.renewRecoveryCodes(token: token, visitor: visit.visitor, in: connection)
        }
        guard let made else { return visit.redirect("/confirm?next=/account/recovery-codes") }
        return visit.page(codes(made, next: "/account"))
    }
}
