public import HTML

/// Leads back to the page before: <https://design-system.service.gov.uk/components/back-link/>.
public struct BackLink: Component, Hashable {
    /// The link's text.
    public var text: Content
    /// Where it leads.
    public var href: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A back link.
    public init(text: Content = "Back", href: String = "#", classes: String = "", attributes: Attributes = [:]) {
        self.text = text
        self.href = href
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        "<a href=\"\(href: href)\" class=\"\(classNames("govuk-back-link", classes))\"\(attributes)>\(text)</a>"
    }
}
