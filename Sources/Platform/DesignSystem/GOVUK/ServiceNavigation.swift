public import HTML

/// The name of a service and the ways to its parts:
/// <https://design-system.service.gov.uk/components/service-navigation/>.
public struct ServiceNavigation: Component, Hashable {
    /// A part of the service.
    public struct Item: Hashable, Sendable {
        /// How an item stands to the page shown.
        public enum State: Hashable, Sendable {
            /// Elsewhere.
            case other
            /// The page shown is in this part.
            case active
            /// It is the page shown.
            case current
        }

        /// The name of the part.
        public var text: Content
        /// Where it is; no link when nil.
        public var href: String?
        /// How it stands to the page shown.
        public var state: State
        /// Further attributes of the link.
        public var attributes: Attributes

        /// A part.
        public init(text: Content, href: String? = nil, state: State = .other, attributes: Attributes = [:]) {
            self.text = text
            self.href = href
            self.state = state
            self.attributes = attributes
        }
    }

    /// HTML in places of the component.
    public struct Slots: Hashable, Sendable {
        /// Before everything.
        public var start: Html
        /// After everything.
        public var end: Html
        /// `li` elements before the items.
        public var navigationStart: Html
        /// `li` elements after the items.
        public var navigationEnd: Html

        /// The slots.
        public init(start: Html = "", end: Html = "", navigationStart: Html = "", navigationEnd: Html = "") {
            self.start = start
            self.end = end
            self.navigationStart = navigationStart
            self.navigationEnd = navigationEnd
        }
    }

    /// The name of the service.
    public var serviceName: String?
    /// Where it begins.
    public var serviceURL: String?
    /// The parts.
    public var items: [Item]
    /// The text of the button that opens the list on small screens.
    public var menuButtonText: String
    /// What screen readers call that button, if not its text.
    public var menuButtonLabel: String?
    /// What screen readers call the list; the button's text when nil.
    public var navigationLabel: String?
    /// The id of the list.
    public var navigationID: String
    /// Further classes of the list.
    public var navigationClasses: String
    /// Whether the list is behind the button on small screens; when it has more than one item when nil.
    public var collapsesOnMobile: Bool?
    /// What screen readers call the whole.
    public var label: String
    /// HTML in places of the component.
    public var slots: Slots
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A service navigation.
    public init(
        serviceName: String? = nil, serviceURL: String? = nil, items: [Item] = [], menuButtonText: String = "Menu",
        menuButtonLabel: String? = nil, navigationLabel: String? = nil, navigationID: String = "navigation",
        navigationClasses: String = "", collapsesOnMobile: Bool? = nil, label: String = "Service information",
        slots: Slots = Slots(), classes: String = "", attributes: Attributes = [:]
    ) {
        self.serviceName = serviceName
        self.serviceURL = serviceURL
        self.items = items
        self.menuButtonText = menuButtonText
        self.menuButtonLabel = menuButtonLabel
        self.navigationLabel = navigationLabel
        self.navigationID = navigationID
        self.navigationClasses = navigationClasses
        self.collapsesOnMobile = collapsesOnMobile
        self.label = label
        self.slots = slots
        self.classes = classes
        self.attributes = attributes
    }
}
