public import HTML

/// Shows where the page is: <https://design-system.service.gov.uk/components/breadcrumbs/>.
public struct Breadcrumbs: Component, Hashable {
    /// A step of the way.
    public struct Item: Hashable, Sendable {
        /// The name of the page.
        public var text: Content
        /// Where it is; the page itself when nil.
        public var href: String?
        /// Further attributes of the link.
        public var attributes: Attributes

        /// A step.
        public init(text: Content, href: String? = nil, attributes: Attributes = [:]) {
            self.text = text
            self.href = href
            self.attributes = attributes
        }
    }

    /// The steps, the first page first.
    public var items: [Item]
    /// Whether small screens show the first and the last step only.
    public var collapsesOnMobile: Bool
    /// What screen readers call this part of the page.
    public var label: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// Breadcrumbs.
    public init(
        items: [Item], collapsesOnMobile: Bool = false, label: String = "Breadcrumb", classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.items = items
        self.collapsesOnMobile = collapsesOnMobile
        self.label = label
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        let collapse = collapsesOnMobile ? "govuk-breadcrumbs--collapse-on-mobile" : ""
        return """
            <nav class="\(classNames("govuk-breadcrumbs", classes, collapse))"\(attributes) aria-label="\(label)">
            <ol class="govuk-breadcrumbs__list">
            \(each: items, Breadcrumbs.step)
            </ol>
            </nav>
            """
    }

    private static func step(_ item: Item) -> Html {
        guard let href = item.href, !href.isEmpty else {
            return "<li class=\"govuk-breadcrumbs__list-item\" aria-current=\"page\">\(item.text)</li>\n"
        }
        return """
            <li class="govuk-breadcrumbs__list-item">
            <a class="govuk-breadcrumbs__link" href="\(href: href)"\(item.attributes)>\(item.text)</a>
            </li>

            """
    }
}
