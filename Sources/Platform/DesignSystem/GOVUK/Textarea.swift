public import HTML

/// Lines of text to fill in: <https://design-system.service.gov.uk/components/textarea/>.
public struct Textarea: Component, Hashable {
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
    public var value: String
    /// The number of lines shown.
    public var rows: Int
    /// Whether browsers check the spelling; their own choice when nil.
    public var checksSpelling: Bool?
    /// What browsers may fill in.
    public var autocomplete: String?
    /// Whether it cannot be used.
    public var isDisabled: Bool
    /// The ids of further elements that describe the control.
    public var describedBy: String
    /// The box around all parts.
    public var formGroup: FormGroup
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A textarea.
    public init(
        name: String, id: String? = nil, label: Label?, hint: Hint? = nil, errorMessage: ErrorMessage? = nil,
        value: String = "", rows: Int = 5, checksSpelling: Bool? = nil, autocomplete: String? = nil,
        isDisabled: Bool = false, describedBy: String = "", formGroup: FormGroup = FormGroup(), classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.name = name
        self.id = id
        self.label = label
        self.hint = hint
        self.errorMessage = errorMessage
        self.value = value
        self.rows = rows
        self.checksSpelling = checksSpelling
        self.autocomplete = autocomplete
        self.isDisabled = isDisabled
        self.describedBy = describedBy
        self.formGroup = formGroup
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        let id = id ?? name
        let texts = FieldTexts(id: id, label: label, hint: hint, errorMessage: errorMessage, describedBy: describedBy)
        let names = classNames("govuk-textarea", errorMessage == nil ? "" : "govuk-textarea--error", classes)
        let area: Html = """
            <textarea class="\(names)" id="\(id)" name="\(name)" rows="\(rows)"\
            \("spellcheck", optional: checksSpelling.map(String.init))\("disabled", if: isDisabled)\
            \("aria-describedby", optional: texts.describedBy)\("autocomplete", optional: autocomplete)\
            \(attributes)>\(value)</textarea>
            """
        return formGroup.wrap("\(texts.html)\n\(formGroup.surround(area))", hasError: errorMessage != nil)
    }
}
