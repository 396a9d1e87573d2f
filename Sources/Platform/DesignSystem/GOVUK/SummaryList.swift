/// Facts with their names, and what can be done about them:
/// <https://design-system.service.gov.uk/components/summary-list/>.
public struct SummaryList: Component, Hashable {
    /// Something to do about a fact or about all of them.
    public struct Action: Hashable, Sendable {
        /// The link's text.
        public var text: Content
        /// Where it leads.
        public var href: String
        /// What screen readers say after the text, such as the name of the fact.
        public var visuallyHiddenText: String
        /// Further classes.
        public var classes: String
        /// Further attributes.
        public var attributes: Attributes

        /// An action.
        public init(
            text: Content, href: String, visuallyHiddenText: String = "", classes: String = "",
            attributes: Attributes = [:]
        ) {
            self.text = text
            self.href = href
            self.visuallyHiddenText = visuallyHiddenText
            self.classes = classes
            self.attributes = attributes
        }
    }

    /// A fact.
    public struct Row: Hashable, Sendable {
        /// The fact's name.
        public var key: Content
        /// The fact.
        public var value: Content
        /// What can be done about it.
        public var actions: [Action]
        /// Further classes of the name.
        public var keyClasses: String
        /// Further classes of the fact.
        public var valueClasses: String
        /// Further classes of the actions.
        public var actionsClasses: String
        /// Further classes of the row.
        public var classes: String

        /// A fact.
        public init(
            key: Content, value: Content, actions: [Action] = [], keyClasses: String = "", valueClasses: String = "",
            actionsClasses: String = "", classes: String = ""
        ) {
            self.key = key
            self.value = value
            self.actions = actions
            self.keyClasses = keyClasses
            self.valueClasses = valueClasses
            self.actionsClasses = actionsClasses
            self.classes = classes
        }
    }

    /// A box around the list with a title.
    public struct Card: Hashable, Sendable {
        /// The title, which screen readers say with every action too.
        public var title: Content?
        /// The level of the title, 1…6.
        public var headingLevel: Int
        /// Further classes of the title.
        public var titleClasses: String
        /// What can be done about all the facts.
        public var actions: [Action]
        /// Further classes of the actions.
        public var actionsClasses: String
        /// Further classes of the box.
        public var classes: String
        /// Further attributes of the box.
        public var attributes: Attributes

        /// A card.
        public init(
            title: Content? = nil, headingLevel: Int = 2, titleClasses: String = "", actions: [Action] = [],
            actionsClasses: String = "", classes: String = "", attributes: Attributes = [:]
        ) {
            self.title = title
            self.headingLevel = headingLevel
            self.titleClasses = titleClasses
            self.actions = actions
            self.actionsClasses = actionsClasses
            self.classes = classes
            self.attributes = attributes
        }
    }

    /// The facts.
    public var rows: [Row]
    /// The box around them; none when nil.
    public var card: Card?
    /// Further classes, such as `govuk-summary-list--no-border`.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A summary list.
    public init(rows: [Row], card: Card? = nil, classes: String = "", attributes: Attributes = [:]) {
        self.rows = rows
        self.card = card
        self.classes = classes
        self.attributes = attributes
    }
}
