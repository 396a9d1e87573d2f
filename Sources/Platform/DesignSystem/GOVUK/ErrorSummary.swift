public import HTML

/// Lists at the top of a page what is wrong on it:
/// <https://design-system.service.gov.uk/components/error-summary/>.
public struct ErrorSummary: Component, Hashable {
    /// A fault.
    public struct Item: Hashable, Sendable {
        /// What is wrong, in the words used beside the control.
        public var text: Content
        /// The control, as `#id`.
        public var href: String?
        /// Further attributes of the link.
        public var attributes: Attributes

        /// A fault.
        public init(text: Content, href: String? = nil, attributes: Attributes = [:]) {
            self.text = text
            self.href = href
            self.attributes = attributes
        }
    }

    /// The heading.
    public var title: Content
    /// A line above the list.
    public var description: Content?
    /// The faults.
    public var items: [Item]
    /// Whether the script leaves the focus where it is; the script's default when nil, which is to move it here.
    public var disablesAutoFocus: Bool?
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// An error summary.
    public init(
        title: Content = "There is a problem", description: Content? = nil, items: [Item],
        disablesAutoFocus: Bool? = nil, classes: String = "", attributes: Attributes = [:]
    ) {
        self.title = title
        self.description = description
        self.items = items
        self.disablesAutoFocus = disablesAutoFocus
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <div class="\(classNames("govuk-error-summary", classes))"\(attributes)\
        \("data-disable-auto-focus", optional: disablesAutoFocus.map(String.init)) data-module="govuk-error-summary">
        <div role="alert">
        <h2 class="govuk-error-summary__title">
        \(title)
        </h2>
        <div class="govuk-error-summary__body">
        \(some: description.filled, { "<p>\n\($0)\n</p>" })
        \(if: !items.isEmpty, list)
        </div>
        </div>
        </div>
        """
    }

    private var list: Html {
        """
        <ul class="govuk-list govuk-error-summary__list">
        \(each: items, ErrorSummary.line)
        </ul>
        """
    }

    private static func line(_ item: Item) -> Html {
        guard let href = item.href, !href.isEmpty else { return "<li>\n\(item.text)\n</li>\n" }
        return "<li>\n<a href=\"\(href: href)\"\(item.attributes)>\(item.text)</a>\n</li>\n"
    }
}
