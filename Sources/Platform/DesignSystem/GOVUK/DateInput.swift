public import HTML

/// A date to fill in, in parts: <https://design-system.service.gov.uk/components/date-input/>.
public struct DateInput: Component, Hashable {
    /// A part of the date.
    public struct Item: Hashable, Sendable {
        /// The name sent with the form, behind the prefix.
        public var name: String
        /// The label; the name with a capital when nil.
        public var label: String?
        /// The id; made from the date's and the name when nil.
        public var id: String?
        /// What is filled in already.
        public var value: String?
        /// The keyboard that devices show.
        public var inputMode: String
        /// What browsers may fill in, such as `bday-day`.
        public var autocomplete: String?
        /// The regular expression that browsers check.
        public var pattern: String?
        /// Further classes, such as `govuk-input--error`.
        public var classes: String
        /// Further attributes.
        public var attributes: Attributes

        /// A part.
        public init(
            name: String, label: String? = nil, id: String? = nil, value: String? = nil,
            inputMode: String = "numeric", autocomplete: String? = nil, pattern: String? = nil, classes: String = "",
            attributes: Attributes = [:]
        ) {
            self.name = name
            self.label = label
            self.id = id
            self.value = value
            self.inputMode = inputMode
            self.autocomplete = autocomplete
            self.pattern = pattern
            self.classes = classes
            self.attributes = attributes
        }
    }

    /// Day, month and year.
    public static let dayMonthYear: [Item] = [
        Item(name: "day", classes: "govuk-input--width-2"), Item(name: "month", classes: "govuk-input--width-2"),
        Item(name: "year", classes: "govuk-input--width-4"),
    ]

    /// The id.
    public var id: String
    /// What the names begin with, before a hyphen.
    public var namePrefix: String?
    /// The parts.
    public var items: [Item]
    /// The question.
    public var fieldset: Fieldset?
    /// The hint, with an example.
    public var hint: Hint?
    /// What is wrong with the date.
    public var errorMessage: ErrorMessage?
    /// The box around all parts.
    public var formGroup: FormGroup
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A date input.
    public init(
        id: String, namePrefix: String? = nil, items: [Item] = DateInput.dayMonthYear, fieldset: Fieldset?,
        hint: Hint? = nil, errorMessage: ErrorMessage? = nil, formGroup: FormGroup = FormGroup(),
        classes: String = "", attributes: Attributes = [:]
    ) {
        self.id = id
        self.namePrefix = namePrefix
        self.items = items
        self.fieldset = fieldset
        self.hint = hint
        self.errorMessage = errorMessage
        self.formGroup = formGroup
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        let texts = FieldTexts(
            id: id, hint: hint, errorMessage: errorMessage, describedBy: fieldset?.describedBy ?? "")
        let inner: Html = """
            \(texts.html)
            <div class="\(classNames("govuk-date-input", classes))"\(attributes) id="\(id)">
            \(formGroup.surround("\(each: items, part)"))
            </div>
            """
        var group = fieldset
        group?.role = "group"
        let grouped = group?.holding(inner, describedBy: texts.describedBy).html ?? inner
        return formGroup.wrap(grouped, hasError: errorMessage != nil)
    }

    private func part(_ item: Item) -> Html {
        let label = item.label ?? item.name.prefix(1).uppercased() + item.name.dropFirst().lowercased()
        let input = Input(
            name: namePrefix.map { $0 + "-" + item.name } ?? item.name, id: item.id ?? id + "-" + item.name,
            label: Label(text: .text(label), classes: "govuk-date-input__label"), value: item.value,
            inputMode: item.inputMode, autocomplete: item.autocomplete, pattern: item.pattern,
            classes: classNames("govuk-date-input__input", item.classes), attributes: item.attributes)
        return """
            <div class="govuk-date-input__item">
            \(input)
            </div>

            """
    }
}
