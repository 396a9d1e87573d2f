public import HTML

/// One of many options, in a list that opens: <https://design-system.service.gov.uk/components/select/>.
public struct Select: Component, Hashable {
    /// An option.
    public struct Item: Hashable, Sendable {
        /// What is sent when it is chosen; the text when nil.
        public var value: String?
        /// The option.
        public var text: String
        /// Whether it is chosen; by the value chosen when nil.
        public var isSelected: Bool?
        /// Whether it cannot be chosen.
        public var isDisabled: Bool
        /// Further attributes.
        public var attributes: Attributes

        /// An option.
        public init(
            value: String? = nil, text: String, isSelected: Bool? = nil, isDisabled: Bool = false,
            attributes: Attributes = [:]
        ) {
            self.value = value
            self.text = text
            self.isSelected = isSelected
            self.isDisabled = isDisabled
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
    /// What is wrong with the choice.
    public var errorMessage: ErrorMessage?
    /// The options.
    public var items: [Item]
    /// The value of the option chosen.
    public var value: String?
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

    /// A select.
    public init(
        name: String, id: String? = nil, label: Label?, items: [Item], value: String? = nil, hint: Hint? = nil,
        errorMessage: ErrorMessage? = nil, isDisabled: Bool = false, describedBy: String = "",
        formGroup: FormGroup = FormGroup(), classes: String = "", attributes: Attributes = [:]
    ) {
        self.name = name
        self.id = id
        self.label = label
        self.items = items
        self.value = value
        self.hint = hint
        self.errorMessage = errorMessage
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
        let names = classNames("govuk-select", classes, errorMessage == nil ? "" : "govuk-select--error")
        let list: Html = """
            <select class="\(names)" id="\(id)" name="\(name)"\("disabled", if: isDisabled)\
            \("aria-describedby", optional: texts.describedBy)\(attributes)>
            \(each: items, option)
            </select>
            """
        return formGroup.wrap("\(texts.html)\n\(formGroup.surround(list))", hasError: errorMessage != nil)
    }

    private func option(_ item: Item) -> Html {
        let isSelected = item.isSelected ?? (value != nil && (item.value ?? item.text) == value)
        return """
            <option\("value", optional: item.value)\("selected", if: isSelected)\("disabled", if: item.isDisabled)\
            \(item.attributes)>\(item.text)</option>

            """
    }
}
