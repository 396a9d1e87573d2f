internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Showing the second factor again, before something that asks for a fresh one.
enum ConfirmPage {
    static func show(_ visit: Visit) throws -> Response {
        guard try visit.actor().secondFactorAt != nil else { return visit.page(signInAgain(visit)) }
        return visit.page(page(visit, field(visit)))
    }

    static func take(_ visit: Visit) throws -> Response {
        guard let token = visit.sessionToken else { throw Refusal.signIn }
        let field = field(visit)
        let proof: SignIn.Proof
        switch field.proof(in: visit) {
        case .success(let found): proof = found
        case .failure(let missing): return visit.page(page(visit, field, [missing.error]))
        }
        let result = try visit.write { connection in
            try visit.site.signIn.stepUp(proof, token: token, visitor: visit.visitor, in: connection)
        }
        switch result {
        case .session(let new): return SigningIn.keep(new, in: visit.redirect(NextPage(visit).path), visit)
        case .wrong: return visit.page(page(visit, field, [field.wrong]))
        case .wait(let seconds): return SigningIn.wait(seconds, on: page(visit, field), field: field.name, visit)
        case .startAgain: return SigningIn.startAgain(visit)
        }
    }

    /// The page for someone who has no second factor, and whose sign-in is too long ago to set one up.
    static func signInAgain(_ visit: Visit) -> Page {
        Page(
            "Sign in again", back: "/account",
            """
            <p class="govuk-body">This needs a telephone for signing in, which your account does not have. To set one up \
            you must have signed in within the last 15 minutes: sign out, sign in again, and choose “Set up a \
            telephone” on the page of your account.</p>
            \(visit.form("/sign-out", "\(Button(text: "Sign out"))"))
            """)
    }

    private static func field(_ visit: Visit) -> ProofField {
        let with = visit.request.form["with"] ?? visit.request.query["with"]
        return ProofField(with == "recovery-code")
    }

    private static func page(_ visit: Visit, _ field: ProofField, _ errors: [FormError] = []) -> Page {
        let next = NextPage(visit)
        let form: Html = """
            \(next.field)
            \(HiddenField(name: "with", value: field.name))
            \(field.control(errors))
            \(Button(text: "Continue", preventsDoubleClick: true))
            """
        let other = "/confirm?with=\(field.isRecoveryCode ? "code" : "recovery-code")"
        let address = "\(other)&next=\(PercentCoding.encodeForm(next.path))"
        let words = field.isRecoveryCode ? "Use my telephone" : "I do not have my telephone: use a recovery code"
        return Page(
            "Confirm that it is you", back: "/", errors: errors,
            """
            <p class="govuk-body">What you want to do needs a code again, so that nobody else does it at a screen that \
            you have left open. After that you will not be asked for 15 minutes.</p>
            \(visit.form("/confirm", form))
            <p class="govuk-body"><a class="govuk-link" href="\(href: address)">\(words)</a></p>
            """)
    }
}
