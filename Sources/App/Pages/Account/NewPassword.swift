internal import DesignSystem
internal import Governance
internal import Kernel
internal import Site

/// The field for a new password.
enum NewPassword {
    static let name = "new-password"

    /// What is wrong with a password, in the words of the rules.
    static func error(_ refusal: PasswordRefusal) -> FormError {
        let fault = refusal.fault
        let why = fault.why.isEmpty ? "" : ": \(fault.why)"
        return FormError(name, [fault.what + why, fault.remedy].filter { !$0.isEmpty }.joined(separator: ". "))
    }

    static func control(_ rules: PasswordRules, _ errors: [FormError]) -> PasswordInput {
        PasswordInput(
            name: name, label: "New password",
            hint: """
                At least \(rules.shortest) characters. Three random words make a good password. Do not use one that you \
                have elsewhere.
                """,
            errorMessage: errors.message(name), autocomplete: "new-password", classes: "govuk-!-width-two-thirds")
    }
}
