public import HTML

/// Narrows a list: what is chosen already, each with a link that takes it away, and the controls to choose more. All
/// of it is in the address, so that a page can be sent to someone else.
public struct FilterPanel: Component, Hashable {
    /// What is chosen of one kind.
    public struct Chosen: Hashable, Sendable {
        /// A value chosen.
        public struct Value: Hashable, Sendable {
            /// The value.
            public var text: String
            /// The list without this value.
            public var removeHref: String

            /// A value chosen.
            public init(_ text: String, removeHref: String) {
                self.text = text
                self.removeHref = removeHref
            }
        }

        /// The kind, such as “Ward”.
        public var heading: String
        /// The values.
        public var values: [Value]

        /// What is chosen of one kind.
        public init(_ heading: String, _ values: [Value]) {
            self.heading = heading
            self.values = values
        }
    }

    /// The heading.
    public var title: String
    /// The level of the heading, 2…5.
    public var headingLevel: Int
    /// Where the list is.
    public var action: String
    /// What is chosen.
    public var chosen: [Chosen]
    /// The list with nothing chosen.
    public var clearHref: String
    /// The controls.
    public var controls: Html
    /// Further values sent along, such as the order of the list.
    public var hidden: [HiddenField]
    /// The text of the button.
    public var applyText: String

    /// A filter.
    public init(
        title: String = "Filter", headingLevel: Int = 2, action: String, chosen: [Chosen] = [], clearHref: String,
        controls: Html, hidden: [HiddenField] = [], applyText: String = "Apply filters"
    ) {
        self.title = title
        self.headingLevel = headingLevel
        self.action = action
        self.chosen = chosen
        self.clearHref = clearHref
        self.controls = controls
        self.hidden = hidden
        self.applyText = applyText
    }

    /// The markup.
    public var html: Html {
        """
        <div class="concord-filter">
        <h\(headingLevel) class="govuk-heading-m">\(title)</h\(headingLevel)>
        \(if: chosen.contains { !$0.values.isEmpty }, selected)
        <form class="concord-filter__form" method="get" action="\(href: action)" aria-label="\(title)">
        \(each: hidden, { $0.html })
        \(controls)
        \(Button(text: .text(applyText)))
        </form>
        </div>
        """
    }

    private var selected: Html {
        """
        <div class="concord-filter__selected">
        <h\(headingLevel + 1) class="govuk-heading-s">Selected filters</h\(headingLevel + 1)>
        \(each: chosen.filter { !$0.values.isEmpty }, kind)
        <p class="govuk-body"><a class="govuk-link govuk-link--no-visited-state" href="\(href: clearHref)">\
        Clear filters</a></p>
        </div>
        """
    }

    private func kind(_ chosen: Chosen) -> Html {
        """
        <h\(headingLevel + 2) class="concord-filter__kind">\(chosen.heading)</h\(headingLevel + 2)>
        <ul class="concord-filter__tags">
        \(each: chosen.values, FilterPanel.tag)
        </ul>

        """
    }

    private static func tag(_ value: Chosen.Value) -> Html {
        """
        <li><a class="concord-filter__tag" href="\(href: value.removeHref)">\
        <span class="govuk-visually-hidden">Remove this filter: </span>\(value.text)</a></li>

        """
    }
}
