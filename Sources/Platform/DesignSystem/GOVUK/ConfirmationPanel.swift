public import HTML

/// Says at the end of a journey that it is done: <https://design-system.service.gov.uk/components/panel/>.
/// The design system calls it a panel, a word that has another meaning in partnerships.
public struct ConfirmationPanel: Component, Hashable {
    /// What is done.
    public var title: Content
    /// What follows, such as a reference number.
    public var content: Content?
    /// The level of the heading, 1…6.
    public var headingLevel: Int
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A panel.
    public init(
        title: Content, content: Content? = nil, headingLevel: Int = 1, classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.title = title
        self.content = content
        self.headingLevel = headingLevel
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <div class="\(classNames("govuk-panel govuk-panel--confirmation", classes))"\(attributes)>
        <h\(headingLevel) class="govuk-panel__title">
        \(title)
        </h\(headingLevel)>
        \(some: content.filled, { "<div class=\"govuk-panel__body\">\n\($0)\n</div>" })
        </div>
        """
    }
}
