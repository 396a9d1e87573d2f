public import HTML

/// Leads keyboards past the top of a page: <https://design-system.service.gov.uk/components/skip-link/>.
public struct SkipLink: Component, Hashable {
    /// The link's text.
    public var text: Content
    /// The main part of the page, as `#id`.
    public var href: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A skip link.
    public init(
        text: Content = "Skip to main content", href: String = "#content", classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.text = text
        self.href = href
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <a href="\(href: href)" class="\(classNames("govuk-skip-link", classes))"\(attributes) \
        data-module="govuk-skip-link">\(text)</a>
        """
    }
}
