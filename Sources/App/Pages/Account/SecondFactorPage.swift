internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The second step of signing in: a code from the authenticator app, or a recovery code instead.
enum SecondFactorPage {
    case code
    case recoveryCode

    var show: @Sendable (Visit) throws -> Response {
        { visit in
            let next = NextPage(visit)
            return SigningIn.elsewhere(than: .secondFactor, visit, next) ?? visit.page(page(visit, next))
        }
    }

    var take: @Sendable (Visit) throws -> Response { { try answer($0) } }

    private func answer(_ visit: Visit) throws -> Response {
        let next = NextPage(visit)
        if let other = SigningIn.elsewhere(than: .secondFactor, visit, next) { return other }
        guard let token = visit.sessionToken else { return SigningIn.startAgain(visit) }
        let field = ProofField(self == .recoveryCode)
        let proof: SignIn.Proof
        switch field.proof(in: visit) {
        case .success(let found): proof = found
        case .failure(let missing): return visit.page(page(visit, next, [missing.error]))
        }
        let result = try visit.write { connection in
            try visit.site.signIn.secondFactor(proof, token: token, visitor: visit.visitor, in: connection)
        }
        switch result {
        case .session(let new): return SigningIn.keep(new, in: visit.redirect(next.path), visit)
        case .wrong: return visit.page(page(visit, next, [field.wrong]))
        case .wait(let seconds):
            return SigningIn.wait(seconds, on: page(visit, next), field: field.name, visit)
        case .startAgain: return SigningIn.startAgain(visit)
        }
    }

    private func page(_ visit: Visit, _ next: NextPage, _ errors: [FormError] = []) -> Page {
        let field = ProofField(self == .recoveryCode)
        let form: Html = "\(next.field)\(field.control(errors))\(Button(text: "Continue", preventsDoubleClick: true))"
        switch self {
        case .code:
            return Page(
                "Enter the code from your telephone", back: "/sign-in", errors: errors,
                """
                \(visit.form("/sign-in/second-factor", form))
                <p class="govuk-body"><a class="govuk-link" href="\(href: next.address("/sign-in/recovery-code"))">\
                I do not have my telephone: use a recovery code</a></p>
                """)
        case .recoveryCode:
            return Page(
                "Enter a recovery code", back: next.address("/sign-in/second-factor"), errors: errors,
                """
                <p class="govuk-body">You were given recovery codes when you set up your telephone. Each works once. If \
                you have none left, ask your partnership’s administrator.</p>
                \(visit.form("/sign-in/recovery-code", form))
                """)
        }
    }
}

/// The field for a second factor.
struct ProofField {
    let isRecoveryCode: Bool

    init(_ isRecoveryCode: Bool) { self.isRecoveryCode = isRecoveryCode }

    /// Nothing that could be a proof was typed.
    struct Missing: Error { let error: FormError }

    var name: String { isRecoveryCode ? "recovery-code" : "code" }

    var wrong: FormError {
        isRecoveryCode
            ? FormError(name, "This code is not right or was used before. Enter one of your other recovery codes")
            : FormError(name, "The code is not right. Wait for the next one in your app and enter that")
    }

    /// What was typed, if it can be one at all: what cannot is no wrong guess.
    func proof(in visit: Visit) -> Result<SignIn.Proof, Missing> {
        let typed = visit.request.form[name] ?? ""
        if isRecoveryCode {
            let count = typed.utf8.count { $0 != 0x20 && $0 != 0x2D }
            guard (1...200).contains(count) else {
                return .failure(Missing(error: FormError(name, "Enter one of your recovery codes")))
            }
            return .success(.recoveryCode(typed))
        }
        guard let code = ProofField.digits(typed) else {
            return .failure(Missing(error: FormError(name, "Enter the 6 digits that your app shows")))
        }
        return .success(.code(code))
    }

    /// Six digits without the blanks and dashes between, or nil.
    static func digits(_ typed: String) -> String? {
        let kept = typed.utf8.filter { $0 != 0x20 && $0 != 0x2D && $0 != 0x09 }
        guard kept.count == 6, kept.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return String(decoding: kept, as: UTF8.self)
    }

    func control(_ errors: [FormError]) -> Input {
        if isRecoveryCode {
            return Input(
                name: name, label: "Recovery code",
                hint: "24 letters and digits, such as 7KQ2-M9XP-4HVD-ZR3T-B8WN-5CYF",
                errorMessage: errors.message(name), autocomplete: "off", autocapitalize: "characters",
                checksSpelling: false, classes: "govuk-input--width-30 govuk-input--extra-letter-spacing")
        }
        return Input(
            name: name, label: "Code", hint: "The 6 digits that your authenticator app shows for this service",
            errorMessage: errors.message(name), inputMode: "numeric", autocomplete: "one-time-code",
            checksSpelling: false, classes: "govuk-input--width-10 govuk-input--extra-letter-spacing")
    }
}
