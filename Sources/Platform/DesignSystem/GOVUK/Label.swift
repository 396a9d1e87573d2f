public import HTML

/// Says what a control is for: <https://design-system.service.gov.uk/components/text-input/>.
public struct Label: Component, Hashable, ExpressibleByStringInterpolation {
    /// The label; nothing is written when it is empty.
    public var text: Content
    /// The id of the control.
    public var controlID: String?
    /// Whether the label is the page's first heading too.
    public var isPageHeading: Bool
    /// Further classes, such as `govuk-label--l`.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A label.
    public init(
        text: Content, for controlID: String? = nil, isPageHeading: Bool = false, classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.text = text
        self.controlID = controlID
        self.isPageHeading = isPageHeading
        self.classes = classes
        self.attributes = attributes
    }

    /// A label of that text.
    public init(stringLiteral text: String) { self.init(text: .text(text)) }

    /// The same label for another control.
    func labelling(_ id: String) -> Label {
        var label = self
        label.controlID = id
        return label
    }

    /// The markup.
    public var html: Html {
        guard !text.isEmpty else { return "" }
        let label: Html = """
            <label class="\(classNames("govuk-label", classes))"\(attributes)\("for", optional: controlID)>
            \(text)
            </label>
            """
        return isPageHeading ? "<h1 class=\"govuk-label-wrapper\">\(label)</h1>" : label
    }
}
