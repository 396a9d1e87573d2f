public import HTML

/// A password to fill in, which can be shown: <https://design-system.service.gov.uk/components/password-input/>.
public struct PasswordInput: Component, Hashable {
    /// The texts of the button, where they are not the English ones.
    public struct Texts: Hashable, Sendable {
        /// “Show”.
        public var showPassword: String?
        /// “Hide”.
        public var hidePassword: String?
        /// “Show password”, for screen readers.
        public var showPasswordAriaLabel: String?
        /// “Hide password”, for screen readers.
        public var hidePasswordAriaLabel: String?
        /// “Your password is visible”, for screen readers.
        public var passwordShownAnnouncement: String?
        /// “Your password is hidden”, for screen readers.
        public var passwordHiddenAnnouncement: String?

        /// The English texts, until others are set.
        public init() {}
    }

    /// The name sent with the form.
    public var name: String
    /// The id; the name when nil.
    public var id: String?
    /// The label.
    public var label: Label?
    /// The hint.
    public var hint: Hint?
    /// What is wrong with the value.
    public var errorMessage: ErrorMessage?
    /// What is filled in already; best nothing.
    public var value: String?
    /// What browsers may fill in: `current-password` or `new-password`.
    public var autocomplete: String
    /// Whether it cannot be used.
    public var isDisabled: Bool
    /// The ids of further elements that describe the control.
    public var describedBy: String
    /// The texts of the button.
    public var texts: Texts
    /// Further classes of the button.
    public var buttonClasses: String
    /// The box around all parts.
    public var formGroup: FormGroup
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A password input.
    public init(
        name: String, id: String? = nil, label: Label?, hint: Hint? = nil, errorMessage: ErrorMessage? = nil,
        value: String? = nil, autocomplete: String = "current-password", isDisabled: Bool = false,
        describedBy: String = "", texts: Texts = Texts(), buttonClasses: String = "",
        formGroup: FormGroup = FormGroup(), classes: String = "", attributes: Attributes = [:]
    ) {
        self.name = name
        self.id = id
        self.label = label
        self.hint = hint
        self.errorMessage = errorMessage
        self.value = value
        self.autocomplete = autocomplete
        self.isDisabled = isDisabled
        self.describedBy = describedBy
        self.texts = texts
        self.buttonClasses = buttonClasses
        self.formGroup = formGroup
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        var group = formGroup
        group.classes = classNames("govuk-password-input", formGroup.classes)
        group.attributes = settings.adding(formGroup.attributes)
        group.afterInput = .html("\(button)\n\(formGroup.afterInput)")
        return Input(
            name: name, id: id, label: label, hint: hint, errorMessage: errorMessage, value: value, type: "password",
            autocomplete: autocomplete, autocapitalize: "none", checksSpelling: false, isDisabled: isDisabled,
            describedBy: describedBy, formGroup: group, wrapper: .init(classes: "govuk-password-input__wrapper"),
            classes: classNames("govuk-password-input__input govuk-js-password-input-input", classes),
            attributes: attributes
        ).html
    }

    private var button: Button {
        let names = "govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
        return Button(
            text: .text(texts.showPassword ?? "Show"), type: "button", classes: classNames(names, buttonClasses),
            attributes: [
                "aria-controls": .text(id ?? name),
                "aria-label": .text(texts.showPasswordAriaLabel ?? "Show password"), "hidden": .present,
            ])
    }

    private var settings: Attributes {
        var all: Attributes = ["data-module": "govuk-password-input"]
        all.translate("show-password", texts.showPassword)
        all.translate("hide-password", texts.hidePassword)
        all.translate("show-password-aria-label", texts.showPasswordAriaLabel)
        all.translate("hide-password-aria-label", texts.hidePasswordAriaLabel)
        all.translate("password-shown-announcement", texts.passwordShownAnnouncement)
        all.translate("password-hidden-announcement", texts.passwordHiddenAnnouncement)
        return all
    }
}
