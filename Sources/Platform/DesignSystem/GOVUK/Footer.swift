/// The footer of a page: <https://design-system.service.gov.uk/components/footer/>.
public struct Footer: Component, Hashable {
    /// A link.
    public struct Link: Hashable, Sendable {
        /// The link's text.
        public var text: String
        /// Where it leads.
        public var href: String
        /// Further attributes.
        public var attributes: Attributes

        /// A link.
        public init(text: String, href: String, attributes: Attributes = [:]) {
            self.text = text
            self.href = href
            self.attributes = attributes
        }
    }

    /// A part with links.
    public struct Section: Hashable, Sendable {
        /// The heading.
        public var title: String
        /// The links.
        public var items: [Link]
        /// The number of columns the links stand in.
        public var columns: Int?
        /// The share of the width, such as `two-thirds`.
        public var width: String

        /// A part with links.
        public init(title: String, items: [Link] = [], columns: Int? = nil, width: String = "full") {
            self.title = title
            self.items = items
            self.columns = columns
            self.width = width
        }
    }

    /// The links and the text of the line at the bottom.
    public struct Meta: Hashable, Sendable {
        /// The heading, for screen readers.
        public var title: String
        /// The links.
        public var items: [Link]
        /// Further text.
        public var text: Content?

        /// The links and the text.
        public init(title: String = "Support links", items: [Link] = [], text: Content? = nil) {
            self.title = title
            self.items = items
            self.text = text
        }
    }

    /// The parts with links.
    public var navigation: [Section]
    /// The links and the text of the line at the bottom.
    public var meta: Meta?
    /// Under which licence the content stands; the Open Government Licence when nil.
    public var contentLicence: Content?
    /// Whose the copyright is; the Crown's when nil.
    public var copyright: Content?
    /// Whether it shows the crown, licence and crown copyright, as services on GOV.UK do and others may not.
    public var showsCrown: Bool
    /// Classes of the inner box.
    public var containerClasses: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A footer.
    public init(
        navigation: [Section] = [], meta: Meta? = nil, contentLicence: Content? = nil, copyright: Content? = nil,
        showsCrown: Bool = true, containerClasses: String = "", classes: String = "", attributes: Attributes = [:]
    ) {
        self.navigation = navigation
        self.meta = meta
        self.contentLicence = contentLicence
        self.copyright = copyright
        self.showsCrown = showsCrown
        self.containerClasses = containerClasses
        self.classes = classes
        self.attributes = attributes
    }
}
