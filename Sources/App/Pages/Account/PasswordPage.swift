internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Changing one's own password.
enum PasswordPage {
    static func show(_ visit: Visit) throws -> Response { visit.page(page(visit)) }

    static func take(_ visit: Visit) throws -> Response {
        guard let token = visit.sessionToken else { throw Refusal.signIn }
        let present = visit.request.form["password"] ?? ""
        let new = visit.request.form[NewPassword.name] ?? ""
        var missing: [FormError] = []
        if present.isEmpty { missing.append(FormError("password", "Enter the password that you have now")) }
        if new.isEmpty { missing.append(FormError(NewPassword.name, "Enter a new password")) }
        guard missing.isEmpty else { return visit.page(page(visit, missing)) }
        let result = try visit.site.passwordGate.pass {
            try visit.site.signIn.changePassword(
                from: present, to: new, under: visit.site.passwordRules, token: token, visitor: visit.visitor,
                in: visit.site.database)
        }
        switch result {
        case .success(let session):
            return SigningIn.keep(session, in: visit.redirect(OwnAccountPage.Done.password.address), visit)
        case .failure(.wrong):
            return visit.page(page(visit, [FormError("password", "This is not the password that you have now")]))
        case .failure(.password(let refusal)): return visit.page(page(visit, [NewPassword.error(refusal)]))
        case .failure(.wait(let seconds)):
            return SigningIn.wait(Double(seconds), on: page(visit), field: "password", visit)
        case .failure(.startAgain): return SigningIn.startAgain(visit)
        }
    }

    private static func page(_ visit: Visit, _ errors: [FormError] = []) -> Page {
        let form: Html = """
            \(PasswordInput(name: "password", label: "Password that you have now",
                errorMessage: errors.message("password"), classes: "govuk-!-width-two-thirds"))
            \(NewPassword.control(visit.site.passwordRules, errors))
            \(Button(text: "Change password", preventsDoubleClick: true))
            """
        return Page(
            "Change your password", back: "/account", errors: errors,
            """
            <p class="govuk-body">Wherever else you are signed in, you will be signed out.</p>
            \(visit.form("/account/password", form))
            """)
    }
}
