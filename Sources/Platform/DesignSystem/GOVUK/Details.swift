public import HTML

/// Help that readers open: <https://design-system.service.gov.uk/components/details/>.
public struct Details: Component, Hashable {
    /// What is shown while it is closed.
    public var summary: Content
    /// What is shown when it is open.
    public var content: Content
    /// Whether it is open at first.
    public var isOpen: Bool
    /// The id.
    public var id: String?
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// Details.
    public init(
        summary: Content, content: Content, isOpen: Bool = false, id: String? = nil, classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.summary = summary
        self.content = content
        self.isOpen = isOpen
        self.id = id
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <details\("id", optional: id) class="\(classNames("govuk-details", classes))"\(attributes)\
        \("open", if: isOpen)>
        <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
        \(summary)
        </span>
        </summary>
        <div class="govuk-details__text">
        \(content)
        </div>
        </details>
        """
    }
}
