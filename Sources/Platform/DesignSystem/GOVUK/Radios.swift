public import HTML

/// Options of which one is chosen: <https://design-system.service.gov.uk/components/radios/>.
public struct Radios: Component, Hashable {
    /// An option.
    public struct Item: Hashable, Sendable {
        /// What is sent when it is chosen.
        public var value: String
        /// The option.
        public var text: Content
        /// A hint to this option.
        public var hint: Hint?
        /// The id; made from the prefix and the place when nil.
        public var id: String?
        /// Whether it is chosen; by the value chosen when nil.
        public var isChecked: Bool?
        /// What is asked when it is chosen.
        public var conditional: Html?
        /// Whether it cannot be chosen.
        public var isDisabled: Bool
        /// Further classes of the label.
        public var labelClasses: String
        /// Further attributes of the label.
        public var labelAttributes: Attributes
        /// Further attributes of the control.
        public var attributes: Attributes

        /// An option.
        public init(
            value: String, text: Content, hint: Hint? = nil, id: String? = nil,
            isChecked: Bool? = nil, conditional: Html? = nil, isDisabled: Bool = false,
            labelClasses: String = "", labelAttributes: Attributes = [:], attributes: Attributes = [:]
        ) {
            self.value = value
            self.text = text
            self.hint = hint
            self.id = id
            self.isChecked = isChecked
            self.conditional = conditional
            self.isDisabled = isDisabled
            self.labelClasses = labelClasses
            self.labelAttributes = labelAttributes
            self.attributes = attributes
        }
    }

    /// An option, or a word between options.
    public enum Entry: Hashable, Sendable {
        /// An option.
        case item(Item)
        /// A word between options, such as “or”.
        case divider(Content)
    }

    /// The name sent with the form.
    public var name: String
    /// The options. A place left empty counts in the numbers of the ids.
    public var items: [Entry?]
    /// The value of the option chosen.
    public var value: String?
    /// What the ids begin with; the name when nil.
    public var idPrefix: String?
    /// The question.
    public var fieldset: Fieldset?
    /// The hint to the question.
    public var hint: Hint?
    /// What is wrong with the answer.
    public var errorMessage: ErrorMessage?
    /// The box around all parts.
    public var formGroup: FormGroup
    /// Further classes, such as `govuk-radios--inline`.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// Radios.
    public init(
        name: String, items: [Entry?], value: String? = nil, idPrefix: String? = nil, fieldset: Fieldset?,
        hint: Hint? = nil, errorMessage: ErrorMessage? = nil,
        formGroup: FormGroup = FormGroup(), classes: String = "", attributes: Attributes = [:]
    ) {
        self.name = name
        self.items = items
        self.value = value
        self.idPrefix = idPrefix
        self.fieldset = fieldset
        self.hint = hint
        self.errorMessage = errorMessage
        self.formGroup = formGroup
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        let given = fieldset?.describedBy ?? ""
        let texts = FieldTexts(id: idPrefix ?? name, hint: hint, errorMessage: errorMessage, describedBy: given)
        let choices = Choices(
            kind: "radios", formGroup: formGroup, hasError: errorMessage != nil, classes: classes,
            attributes: attributes)
        let entries = items.enumerated().map { index, entry in
            switch entry {
            case .item(let item): option(item, at: index, in: choices)
            case .divider(let word): choices.divider(word)
            case nil: "" as Html
            }
        }
        return choices.html(entries, texts: texts, fieldset: fieldset)
    }

    private func option(_ item: Item, at index: Int, in choices: Choices) -> Html {
        let id = Choices.id(item.id, at: index, prefix: idPrefix ?? name)
        let isChecked = item.isChecked ?? (item.value == value)
        let input: Html = """
             name="\(name)" type="radio" value="\(item.value)"\("checked", if: isChecked)\
            \("disabled", if: item.isDisabled)\
            \("data-aria-controls", optional: item.conditional == nil ? nil : "conditional-" + id)\
            \("aria-describedby", optional: item.hint == nil ? nil : id + "-item-hint")\(item.attributes)
            """
        return choices.option(
            id: id, input: input,
            label: Label(text: item.text, classes: item.labelClasses, attributes: item.labelAttributes),
            hint: item.hint, conditional: item.conditional, isChecked: isChecked)
    }
}
