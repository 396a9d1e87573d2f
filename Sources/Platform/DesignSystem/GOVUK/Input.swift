public import HTML

/// A line of text to fill in: <https://design-system.service.gov.uk/components/text-input/>.
public struct Input: Component, Hashable {
    /// What stands before or after the line, such as a unit. Screen readers leave it out: say it in the label too.
    public struct Affix: Hashable, Sendable, ExpressibleByStringLiteral {
        /// The unit.
        public var text: Content
        /// Further classes.
        public var classes: String
        /// Further attributes.
        public var attributes: Attributes

        /// An affix.
        public init(text: Content, classes: String = "", attributes: Attributes = [:]) {
            self.text = text
            self.classes = classes
            self.attributes = attributes
        }

        /// An affix of that text.
        public init(stringLiteral text: String) { self.init(text: .text(text)) }
    }

    /// The box around the line and its affixes.
    public struct Wrapper: Hashable, Sendable {
        /// Further classes.
        public var classes: String
        /// Further attributes.
        public var attributes: Attributes

        /// A wrapper.
        public init(classes: String = "", attributes: Attributes = [:]) {
            self.classes = classes
            self.attributes = attributes
        }
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
    /// What is filled in already.
    public var value: String?
    /// The type of the control, such as `text`, `email`, `tel`.
    public var type: String
    /// The keyboard that devices show, such as `numeric`.
    public var inputMode: String?
    /// What browsers may fill in, such as `email`: the purposes of HTML Standard 4.10.18.7.
    public var autocomplete: String?
    /// Whether devices set capitals of themselves, such as `none`.
    public var autocapitalize: String?
    /// The regular expression that browsers check.
    public var pattern: String?
    /// Whether browsers check the spelling; their own choice when nil.
    public var checksSpelling: Bool?
    /// Whether it cannot be used.
    public var isDisabled: Bool
    /// What stands before the line.
    public var prefix: Affix?
    /// What stands after the line.
    public var suffix: Affix?
    /// The ids of further elements that describe the control.
    public var describedBy: String
    /// The box around all parts.
    public var formGroup: FormGroup
    /// The box around the line and what stands beside it; there is none when nothing does.
    public var wrapper: Wrapper
    /// Further classes, such as `govuk-input--width-10`.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// An input.
    public init(
        name: String, id: String? = nil, label: Label?, hint: Hint? = nil, errorMessage: ErrorMessage? = nil,
        value: String? = nil, type: String = "text", inputMode: String? = nil, autocomplete: String? = nil,
        autocapitalize: String? = nil, pattern: String? = nil, checksSpelling: Bool? = nil, isDisabled: Bool = false,
        prefix: Affix? = nil, suffix: Affix? = nil, describedBy: String = "", formGroup: FormGroup = FormGroup(),
        wrapper: Wrapper = Wrapper(), classes: String = "", attributes: Attributes = [:]
    ) {
        self.name = name
        self.id = id
        self.label = label
        self.hint = hint
        self.errorMessage = errorMessage
        self.value = value
        self.type = type
        self.inputMode = inputMode
        self.autocomplete = autocomplete
        self.autocapitalize = autocapitalize
        self.pattern = pattern
        self.checksSpelling = checksSpelling
        self.isDisabled = isDisabled
        self.prefix = prefix
        self.suffix = suffix
        self.describedBy = describedBy
        self.formGroup = formGroup
        self.wrapper = wrapper
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        let id = id ?? name
        let texts = FieldTexts(id: id, label: label, hint: hint, errorMessage: errorMessage, describedBy: describedBy)
        let line = element(id: id, describedBy: texts.describedBy)
        return formGroup.wrap("\(texts.html)\n\(wrapped(line))", hasError: errorMessage != nil)
    }

    private func element(id: String, describedBy: String?) -> Html {
        let names = classNames("govuk-input", classes, errorMessage == nil ? "" : "govuk-input--error")
        return """
            <input class="\(names)" id="\(id)" name="\(name)" type="\(type)"\
            \("spellcheck", optional: checksSpelling.map(String.init))\("value", optional: value)\
            \("disabled", if: isDisabled)\("aria-describedby", optional: describedBy)\
            \("autocomplete", optional: autocomplete)\("autocapitalize", optional: autocapitalize)\
            \("pattern", optional: pattern)\("inputmode", optional: inputMode)\(attributes)>
            """
    }

    private func wrapped(_ line: Html) -> Html {
        let prefix = prefix.flatMap { $0.text.isEmpty ? nil : $0 }
        let suffix = suffix.flatMap { $0.text.isEmpty ? nil : $0 }
        guard prefix != nil || suffix != nil || formGroup.hasNeighbours else { return line }
        let inner: Html = """
            \(some: prefix, { Input.affix($0, class: "govuk-input__prefix") })
            \(line)
            \(some: suffix, { Input.affix($0, class: "govuk-input__suffix") })
            """
        return """
            <div class="\(classNames("govuk-input__wrapper", wrapper.classes))"\(wrapper.attributes)>
            \(formGroup.surround(inner))
            </div>
            """
    }

    private static func affix(_ affix: Affix, class name: String) -> Html {
        """
        <div class="\(classNames(name, affix.classes))" aria-hidden="true"\(affix.attributes)>\(affix.text)</div>
        """
    }
}
