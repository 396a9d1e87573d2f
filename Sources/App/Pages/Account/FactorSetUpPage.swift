internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Secrets
internal import Site

/// The page with the picture that an authenticator app reads, at the first sign-in and to replace a telephone.
struct FactorSetUpPage {
    let title: String
    let action: String
    let next: NextPage
    var back: String?

    /// The page with a new secret.
    func page(_ visit: Visit, _ setUp: FactorSetUp) -> Page {
        Page(
            title, back: back,
            """
            <p class="govuk-body">An authenticator app on your telephone shows a new code every 30 seconds. You enter \
            one when you sign in, so that a stolen password alone opens nothing.</p>
            <ol class="govuk-list govuk-list--number">
            <li>Install an authenticator app, if you have none. Your agency’s IT team can say which.</li>
            <li>In the app, add an account by scanning this picture.</li>
            <li>Enter the 6 digits that the app shows.</li>
            </ol>
            \(picture(setUp))
            \(Details(summary: "I cannot scan the picture", content: .html(byHand(setUp))))
            \(form(visit, []))
            """)
    }

    /// The page after a wrong code. The secret is not shown again: the app has it already.
    func page(_ visit: Visit, wrong: FormError) -> Page {
        Page(
            title, back: back, errors: [wrong],
            """
            <p class="govuk-body">Enter the code that your app shows now for the account that you have just added. \
            Your telephone’s clock must be right: let it set the time by itself.</p>
            \(form(visit, [wrong]))
            <p class="govuk-body"><a class="govuk-link" href="\(href: next.address(action))">Start again with a new \
            picture</a>. Remove the account from your app first.</p>
            """)
    }

    private func form(_ visit: Visit, _ errors: [FormError]) -> Html {
        visit.form(
            action,
            """
            \(next.field)
            \(ProofField(false).control(errors))
            \(Button(text: "Continue", preventsDoubleClick: true))
            """)
    }

    /// The QR code; one with shorter names when the partnership's is too long for it; none when even that fails, for
    /// the secret can be typed.
    private func picture(_ setUp: FactorSetUp) -> Html {
        let short = TOTP.uri(secret: setUp.secret, account: "account", issuer: "Concord")
        guard let code = (try? QRCode(setUp.uri)) ?? (try? QRCode(short)) else { return "" }
        // The drawing is made of numbers and of the title, which it escapes.
        return "<p class=\"govuk-body\">\(raw: code.svg(title: "Picture for your authenticator app"))</p>"
    }

    private func byHand(_ setUp: FactorSetUp) -> Html {
        """
        <p class="govuk-body">In the app, choose to enter a key by hand. The account is called Concord, the kind is \
        time-based, and the key is:</p>
        <p class="govuk-body"><code>\(FactorSetUpPage.groups(TOTP.base32(setUp.secret)))</code></p>
        """
    }

    /// A text in groups of four, as people copy it.
    static func groups(_ text: String) -> String {
        let letters = Array(text)
        return stride(from: 0, to: letters.count, by: 4)
            .map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: " ")
    }
}

/// Setting up the second factor at the first sign-in.
enum EnrolmentPage {
    private static func frame(_ next: NextPage) -> FactorSetUpPage {
        FactorSetUpPage(
            title: "Set up your telephone for signing in", action: "/sign-in/set-up-second-factor", next: next)
    }

    static func show(_ visit: Visit) throws -> Response {
        let next = NextPage(visit)
        if let other = SigningIn.elsewhere(than: .enrolment, visit, next) { return other }
        guard let setUp = try FactorWork.begin(visit) else { return SigningIn.startAgain(visit) }
        return visit.page(frame(next).page(visit, setUp))
    }

    static func take(_ visit: Visit) throws -> Response {
        let next = NextPage(visit)
        if let other = SigningIn.elsewhere(than: .enrolment, visit, next) { return other }
        return try FactorWork.confirm(visit, frame(next)) { SigningIn.startAgain(visit) }
    }
}

/// Replacing one's second factor, or setting up one that the roles do not ask for.
enum OwnFactorPage {
    private static func frame(_ visit: Visit) -> FactorSetUpPage {
        FactorSetUpPage(
            title: "Set up a telephone for signing in", action: "/account/second-factor",
            next: NextPage(visit), back: "/account")
    }

    static func show(_ visit: Visit) throws -> Response {
        guard let setUp = try FactorWork.begin(visit) else {
            if try visit.actor().secondFactorAt != nil { throw Refusal.confirm }
            return visit.page(ConfirmPage.signInAgain(visit))
        }
        return visit.page(frame(visit).page(visit, setUp))
    }

    static func take(_ visit: Visit) throws -> Response {
        try FactorWork.confirm(visit, frame(visit)) { visit.redirect("/account/second-factor") }
    }
}

/// What both ways of setting up a second factor do.
enum FactorWork {
    static func begin(_ visit: Visit) throws -> FactorSetUp? {
        guard let token = visit.sessionToken else { return nil }
        return try visit.write { connection in
            try visit.site.signIn.setUpFactor(token: token, visitor: visit.visitor, in: connection)
        }
    }

    /// Takes the first code. When it is right, the page of recovery codes follows at once: they are shown only then.
    /// - Parameter refused: the answer when the session does not allow it any more.
    static func confirm(
        _ visit: Visit, _ frame: FactorSetUpPage, refused: () -> Response
    ) throws -> Response {
        guard let token = visit.sessionToken else { return refused() }
        guard let code = ProofField.digits(visit.request.form["code"] ?? "") else {
            let missing = FormError("code", "Enter the 6 digits that your app shows")
            return visit.page(frame.page(visit, wrong: missing))
        }
        let result = try visit.write { connection in
            try visit.site.signIn.confirmFactor(code, token: token, visitor: visit.visitor, in: connection)
        }
        switch result {
        case .success(let ready):
            let page = visit.page(RecoveryCodesPage.codes(ready.recoveryCodes, next: frame.next.path))
            return SigningIn.keep(ready.session, in: page, visit)
        case .failure(.wrong): return visit.page(frame.page(visit, wrong: ProofField(false).wrong))
        case .failure(.startAgain): return refused()
        }
    }
}
