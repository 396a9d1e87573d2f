public import HTML

/// A line to search by.
public struct SearchBox: Component, Hashable {
    /// Where the search is answered.
    public var action: String
    /// What is searched, such as “Search uploads”: the label and the name of the landmark.
    public var label: String
    /// Whether the label is read out only.
    public var hidesLabel: Bool
    /// The name sent with the form.
    public var name: String
    /// The id of the control.
    public var id: String
    /// What was searched for.
    public var value: String
    /// A hint.
    public var hint: Hint?
    /// Further values sent along, such as the order of the results.
    public var hidden: [HiddenField]

    /// A search box.
    public init(
        action: String, label: String, hidesLabel: Bool = false, name: String = "q", id: String = "search",
        value: String = "", hint: Hint? = nil, hidden: [HiddenField] = []
    ) {
        self.action = action
        self.label = label
        self.hidesLabel = hidesLabel
        self.name = name
        self.id = id
        self.value = value
        self.hint = hint
        self.hidden = hidden
    }

    /// The markup.
    public var html: Html {
        let button: Html = "<button type=\"submit\" class=\"govuk-button\" data-module=\"govuk-button\">Search</button>"
        let input = Input(
            name: name, id: id,
            label: Label(text: .text(label), classes: hidesLabel ? "govuk-visually-hidden" : "govuk-label--s"),
            hint: hint, value: value, type: "search", checksSpelling: false,
            formGroup: FormGroup(afterInput: .html(button)), wrapper: .init(classes: "concord-search__line"))
        return """
            <form class="concord-search" method="get" action="\(href: action)" role="search" aria-label="\(label)">
            \(each: hidden, { $0.html })
            \(input)
            </form>
            """
    }
}
