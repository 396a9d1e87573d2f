internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The first step of signing in: e-mail address and password.
enum SignInPage {
    /// Why someone was led here.
    enum Why: String {
        case signedOut = "signed-out"
        case passwordSet = "password-set"
        case startAgain = "start-again"
    }

    static func show(_ visit: Visit) throws -> Response {
        let next = NextPage(visit)
        guard visit.knownActor == nil else { return visit.redirect(next.path) }
        return visit.page(page(visit, next))
    }

    static func take(_ visit: Visit) throws -> Response {
        let next = NextPage(visit)
        guard visit.knownActor == nil else { return visit.redirect(next.path) }
        let email = visit.request.form["email"] ?? ""
        let password = visit.request.form["password"] ?? ""
        var errors: [FormError] = []
        if email.allSatisfy(\.isWhitespace) { errors.append(FormError("email", "Enter your email address")) }
        if password.isEmpty { errors.append(FormError("password", "Enter your password")) }
        guard errors.isEmpty else { return visit.page(page(visit, next, email: email, errors)) }
        let result = try visit.site.passwordGate.pass {
            try visit.site.signIn.password(password, email: email, visitor: visit.visitor, in: visit.site.database)
        }
        switch result {
        case .session(let new):
            return SigningIn.keep(new, in: visit.redirect(SigningIn.address(of: new.session.stage, next)), visit)
        case .wait(let seconds):
            return SigningIn.wait(seconds, on: page(visit, next, email: email), field: "email", visit)
        case .wrong, .startAgain:
            // One message whatever was wrong: it must not tell strangers who has an account.
            let text =
                "The email address or the password is not right, or the account is not open. "
                + "Check both and try again"
            return visit.page(page(visit, next, email: email, [FormError("email", text)]))
        }
    }

    private static func page(
        _ visit: Visit, _ next: NextPage, email: String = "", _ errors: [FormError] = []
    ) -> Page {
        let why = visit.request.method.isSafe ? visit.request.query["why"].flatMap(Why.init) : nil
        let form: Html = """
            \(next.field)
            \(Input(name: "email", label: "Email address", errorMessage: errors.message("email"), value: email,
                type: "email", autocomplete: "username", autocapitalize: "none", checksSpelling: false,
                classes: "govuk-!-width-two-thirds"))
            \(PasswordInput(name: "password", label: "Password", errorMessage: errors.message("password"),
                classes: "govuk-!-width-two-thirds"))
            \(Button(text: "Sign in", preventsDoubleClick: true))
            """
        let main: Html = """
            \(if: why == .startAgain, startAgain)
            \(providers(visit, next))
            \(visit.form("/sign-in", form))
            \(Details(summary: "I cannot sign in", content: .html(help)))
            """
        return Page("Sign in", errors: errors, notice: notice(why), main)
    }

    /// One button for each organisation's own sign-in. Links, because browsers do not let forms lead to other sites.
    private static func providers(_ visit: Visit, _ next: NextPage) -> Html {
        let all = visit.site.providers
        guard !all.isEmpty else { return "" }
        return """
            <div class="concord-providers">
            \(each: all, { provider in
                let address = next.address("/sign-in/provider/\(provider.slug)")
                return Button(text: "Sign in with \(provider.name)", href: address).html
            })
            </div>
            <h2 class="govuk-heading-m">Or sign in with your password</h2>
            """
    }

    private static func notice(_ why: Why?) -> String? {
        switch why {
        case .signedOut: "You have signed out."
        case .passwordSet: "Your password is set. Sign in with it now."
        case .startAgain, nil: nil
        }
    }

    private static let startAgain: Html = """
        \(InsetText(text: "The sign-in took too long or had too many wrong codes. Start again."))
        """

    private static let help: Html = """
        <p class="govuk-body">If you have forgotten your password, or have lost both your telephone and your recovery \
        codes, ask your partnership’s administrator. They can give you a link by which you choose a new password, and \
        they can let you set up a new telephone.</p>
        """
}
