public import HTML

/// Asks about cookies: <https://design-system.service.gov.uk/components/cookie-banner/>.
public struct CookieBanner: Component, Hashable {
    /// What a reader can do about a message.
    public struct Action: Hashable, Sendable {
        /// The text of the button or link.
        public var text: String
        /// Where the link leads; a button when nil.
        public var href: String?
        /// The type of the button: a link with the type `button` is a link that looks like a button.
        public var type: String?
        /// The name sent when the button is used.
        public var name: String?
        /// The value sent when the button is used.
        public var value: String?
        /// Further classes.
        public var classes: String
        /// Further attributes.
        public var attributes: Attributes

        /// An action.
        public init(
            text: String, href: String? = nil, type: String? = nil, name: String? = nil, value: String? = nil,
            classes: String = "", attributes: Attributes = [:]
        ) {
            self.text = text
            self.href = href
            self.type = type
            self.name = name
            self.value = value
            self.classes = classes
            self.attributes = attributes
        }

        var html: Html {
            if let href, !href.isEmpty, type != "button" {
                return """
                    <a class="\(classNames("govuk-link", classes))" href="\(href: href)"\(attributes)>\(text)</a>

                    """
            }
            let button = Button(
                text: .text(text), href: href, type: type ?? "button", name: name, value: value, classes: classes,
                attributes: attributes)
            return "\(button)\n"
        }
    }

    /// A message of the banner.
    public struct Message: Hashable, Sendable {
        /// The heading.
        public var heading: Content?
        /// The message. Text becomes a paragraph.
        public var content: Content?
        /// What a reader can do.
        public var actions: [Action]
        /// Whether it is hidden at first.
        public var isHidden: Bool
        /// The role, such as `alert`.
        public var role: String?
        /// Further classes.
        public var classes: String
        /// Further attributes.
        public var attributes: Attributes

        /// A message.
        public init(
            heading: Content? = nil, content: Content? = nil, actions: [Action] = [], isHidden: Bool = false,
            role: String? = nil, classes: String = "", attributes: Attributes = [:]
        ) {
            self.heading = heading
            self.content = content
            self.actions = actions
            self.isHidden = isHidden
            self.role = role
            self.classes = classes
            self.attributes = attributes
        }

        var html: Html {
            let names = classNames("govuk-cookie-banner__message", classes, "govuk-width-container")
            return """
                <div class="\(names)"\("role", optional: role)\(attributes)\("hidden", if: isHidden)>
                <div class="govuk-grid-row">
                <div class="govuk-grid-column-two-thirds">
                \(some: heading.filled, Message.title)
                <div class="govuk-cookie-banner__content">
                \(some: content.filled, { $0.paragraph() })
                </div>
                </div>
                </div>
                \(if: !actions.isEmpty, "<div class=\"govuk-button-group\">\n\(each: actions, { $0.html })</div>")
                </div>

                """
        }

        private static func title(_ content: Content) -> Html {
            """
            <h2 class="govuk-cookie-banner__heading govuk-heading-m">
            \(content)
            </h2>
            """
        }
    }

    /// The messages.
    public var messages: [Message]
    /// What screen readers call the banner.
    public var label: String
    /// Whether the whole banner is hidden at first.
    public var isHidden: Bool
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A cookie banner.
    public init(
        messages: [Message], label: String = "Cookie banner", isHidden: Bool = false, classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.messages = messages
        self.label = label
        self.isHidden = isHidden
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <div class="\(classNames("govuk-cookie-banner", classes))" data-nosnippet role="region" \
        aria-label="\(label)"\("hidden", if: isHidden)\(attributes)>
        \(each: messages, { $0.html })
        </div>
        """
    }
}
