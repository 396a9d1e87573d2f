public import HTML

/// Leads through the pages of a list: <https://design-system.service.gov.uk/components/pagination/>.
public struct Pagination: Component, Hashable {
    /// A link to the page before or after.
    public struct Step: Hashable, Sendable {
        /// Where it is.
        public var href: String
        /// The link's text; “Previous page” or “Next page” when nil.
        public var text: Content?
        /// The name of that page, shown where there are no numbers.
        public var label: String
        /// Further attributes.
        public var attributes: Attributes

        /// A link to the page before or after.
        public init(href: String, text: Content? = nil, label: String = "", attributes: Attributes = [:]) {
            self.href = href
            self.text = text
            self.label = label
            self.attributes = attributes
        }
    }

    /// A place in the list of pages.
    public enum Item: Hashable, Sendable {
        /// A page: its number, where it is, whether it is the one shown, and what screen readers call it (“Page 1”
        /// when nil).
        case page(
            String, href: String, isCurrent: Bool = false, label: String? = nil, attributes: Attributes = [:])
        /// Pages left out.
        case ellipsis
    }

    /// The page before.
    public var previous: Step?
    /// The page after.
    public var next: Step?
    /// The pages; nil for no numbers.
    public var items: [Item]?
    /// What screen readers call this part of the page.
    public var landmarkLabel: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A pagination.
    public init(
        previous: Step? = nil, next: Step? = nil, items: [Item]? = nil, landmarkLabel: String = "Pagination",
        classes: String = "", attributes: Attributes = [:]
    ) {
        self.previous = previous
        self.next = next
        self.items = items
        self.landmarkLabel = landmarkLabel
        self.classes = classes
        self.attributes = attributes
    }

    /// Whether the links stand below each other, with the names of the pages.
    private var isBlock: Bool { items == nil && (previous != nil || next != nil) }

    /// The markup.
    public var html: Html {
        let block = isBlock ? "govuk-pagination--block" : ""
        return """
            <nav class="\(classNames("govuk-pagination", block, classes))" aria-label="\(landmarkLabel)"\(attributes)>
            \(some: previous, { link($0, isPrevious: true) })
            \(some: items, { "<ul class=\"govuk-pagination__list\">\n\(each: $0, Pagination.place)</ul>" })
            \(some: next, { link($0, isPrevious: false) })
            </nav>
            """
    }

    private static func place(_ item: Item) -> Html {
        guard case .page(let number, let href, let isCurrent, let label, let attributes) = item else {
            return "<li class=\"govuk-pagination__item govuk-pagination__item--ellipsis\">\n\u{22EF}\n</li>\n"
        }
        let current = isCurrent ? "govuk-pagination__item--current" : ""
        return """
            <li class="\(classNames("govuk-pagination__item", current))">
            <a class="govuk-link govuk-pagination__link" href="\(href: href)" aria-label="\(label ?? "Page " + number)"\
            \(if: isCurrent, " aria-current=\"page\"")\(attributes)>
            \(number)
            </a>
            </li>

            """
    }

    private func link(_ step: Step, isPrevious: Bool) -> Html {
        let relation: Html = isPrevious ? "prev" : "next"
        let word: Html = isPrevious ? "Previous" : "Next"
        let decorated = isBlock && step.label.isEmpty ? "govuk-pagination__link-title--decorated" : ""
        let usual: Html = "\(word)<span class=\"govuk-visually-hidden\"> page</span>"
        let title: Html = """
            <span class="\(classNames("govuk-pagination__link-title", decorated))">
            \(step.text ?? .html(usual))
            </span>
            """
        let icon = Pagination.icon(relation, isPrevious ? Pagination.leftArrow : Pagination.rightArrow)
        let arrowIsFirst = isBlock || isPrevious
        return """
            <div class="govuk-pagination__\(relation)">
            <a class="govuk-link govuk-pagination__link" href="\(href: step.href)" rel="\(relation)"\
            \(step.attributes)>
            \(if: arrowIsFirst, icon)
            \(title)
            \(if: isBlock && !step.label.isEmpty, Pagination.label(step.label))
            \(if: !arrowIsFirst, icon)
            </a>
            </div>
            """
    }

    private static func label(_ text: String) -> Html {
        """
        <span class="govuk-visually-hidden">:</span>
        <span class="govuk-pagination__link-label">\(text)</span>
        """
    }

    private static func icon(_ relation: Html, _ path: Html) -> Html {
        """
        <svg class="govuk-pagination__icon govuk-pagination__icon--\(relation)" xmlns="http://www.w3.org/2000/svg" \
        height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13">
        <path d="\(path)"></path>
        </svg>
        """
    }

    private static let leftArrow: Html = """
        m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293\
        -1.414-1.414z
        """
    private static let rightArrow: Html = """
        m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062\
        -6.7246-6.7266z
        """
}
