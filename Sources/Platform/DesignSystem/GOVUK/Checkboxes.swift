public import HTML

/// Options of which any number is chosen: <https://design-system.service.gov.uk/components/checkboxes/>.
public struct Checkboxes: Component, Hashable {
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
        /// The name sent with the form; that of all the options when nil.
        public var name: String?
        /// Whether it is chosen; by `values` when nil.
        public var isChecked: Bool?
        /// What is asked when it is chosen.
        public var conditional: Html?
        /// Whether choosing it unchooses the others, as “None of these” does.
        public var isExclusive: Bool
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
            value: String, text: Content, hint: Hint? = nil, id: String? = nil, name: String? = nil,
            isChecked: Bool? = nil, conditional: Html? = nil, isExclusive: Bool = false, isDisabled: Bool = false,
            labelClasses: String = "", labelAttributes: Attributes = [:], attributes: Attributes = [:]
        ) {
            self.value = value
            self.text = text
            self.hint = hint
            self.id = id
            self.name = name
            self.isChecked = isChecked
            self.conditional = conditional
            self.isExclusive = isExclusive
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
    /// The values of the options chosen.
    public var values: [String]
    /// What the ids begin with; the name when nil.
    public var idPrefix: String?
    /// The question.
    public var fieldset: Fieldset?
    /// The hint to the question.
    public var hint: Hint?
    /// What is wrong with the answer.
    public var errorMessage: ErrorMessage?
    /// The ids of further elements that describe the controls; those of the fieldset come first.
    public var describedBy: String
    /// The box around all parts.
    public var formGroup: FormGroup
    /// Further classes, such as `govuk-checkboxes--small`.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// Checkboxes.
    public init(
        name: String, items: [Entry?], values: [String] = [], idPrefix: String? = nil, fieldset: Fieldset?,
        hint: Hint? = nil, errorMessage: ErrorMessage? = nil, describedBy: String = "",
        formGroup: FormGroup = FormGroup(), classes: String = "", attributes: Attributes = [:]
    ) {
        self.name = name
        self.items = items
        self.values = values
        self.idPrefix = idPrefix
        self.fieldset = fieldset
        self.hint = hint
        self.errorMessage = errorMessage
        self.describedBy = describedBy
        self.formGroup = formGroup
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        let given = fieldset.flatMap { $0.describedBy.isEmpty ? nil : $0.describedBy } ?? describedBy
        let texts = FieldTexts(id: idPrefix ?? name, hint: hint, errorMessage: errorMessage, describedBy: given)
        let choices = Choices(
            kind: "checkboxes", formGroup: formGroup, hasError: errorMessage != nil, classes: classes,
            attributes: attributes)
        let entries = items.enumerated().map { index, entry in
            switch entry {
            case .item(let item): option(item, at: index, in: choices, describedBy: texts.describedBy)
            case .divider(let word): choices.divider(word)
            case nil: "" as Html
            }
        }
        return choices.html(entries, texts: texts, fieldset: fieldset)
    }

    private func option(_ item: Item, at index: Int, in choices: Choices, describedBy: String?) -> Html {
        let id = Choices.id(item.id, at: index, prefix: idPrefix ?? name)
        let isChecked = item.isChecked ?? values.contains(item.value)
        // Without a fieldset that names them, each control names what describes the question.
        let outside = fieldset == nil ? describedBy ?? "" : ""
        let described = classNames(outside, item.hint == nil ? "" : id + "-item-hint")
        let input: Html = """
             name="\(item.name ?? name)" type="checkbox" value="\(item.value)"\("checked", if: isChecked)\
            \("disabled", if: item.isDisabled)\
            \("data-aria-controls", optional: item.conditional == nil ? nil : "conditional-" + id)\
            \(if: item.isExclusive, " data-behaviour=\"exclusive\"")\
            \("aria-describedby", optional: described.isEmpty ? nil : described)\(item.attributes)
            """
        return choices.option(
            id: id, input: input,
            label: Label(text: item.text, classes: item.labelClasses, attributes: item.labelAttributes),
            hint: item.hint, conditional: item.conditional, isChecked: isChecked)
    }
}
