public import HTML

/// Parts of a page of which one is shown: <https://design-system.service.gov.uk/components/tabs/>.
public struct Tabs: Component, Hashable {
    /// A part.
    public struct Item: Hashable, Sendable {
        /// The name of the part.
        public var label: String
        /// The id of the part; made from the prefix and the place when nil.
        public var id: String?
        /// The part. Text becomes a paragraph.
        public var panel: Content
        /// Further attributes of the part.
        public var panelAttributes: Attributes
        /// Further attributes of the tab.
        public var attributes: Attributes

        /// A part.
        public init(
            label: String, id: String? = nil, panel: Content, panelAttributes: Attributes = [:],
            attributes: Attributes = [:]
        ) {
            self.label = label
            self.id = id
            self.panel = panel
            self.panelAttributes = panelAttributes
            self.attributes = attributes
        }
    }

    /// The parts. A place left empty counts in the numbers of the ids.
    public var items: [Item?]
    /// The heading above the list when there is no script.
    public var title: String
    /// What the ids of the parts begin with.
    public var idPrefix: String
    /// The id.
    public var id: String?
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// Tabs.
    public init(
        items: [Item?], title: String = "Contents", idPrefix: String = "", id: String? = nil, classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.items = items
        self.title = title
        self.idPrefix = idPrefix
        self.id = id
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <div\("id", optional: id) class="\(classNames("govuk-tabs", classes))"\(attributes) data-module="govuk-tabs">
        <h2 class="govuk-tabs__title">
        \(title)
        </h2>
        \(if: !items.isEmpty, list)
        </div>
        """
    }

    private var list: Html {
        """
        <ul class="govuk-tabs__list">
        \(each: items.enumerated(), { index, item in item.map { tab($0, at: index) } ?? "" })
        </ul>
        \(each: items.enumerated(), { index, item in item.map { panel($0, at: index) } ?? "" })
        """
    }

    private func id(of item: Item, at index: Int) -> String { item.id ?? "\(idPrefix)-\(index + 1)" }

    private func tab(_ item: Item, at index: Int) -> Html {
        let selected = index == 0 ? "govuk-tabs__list-item--selected" : ""
        return """
            <li class="\(classNames("govuk-tabs__list-item", selected))">
            <a class="govuk-tabs__tab" href="#\(id(of: item, at: index))"\(item.attributes)>
            \(item.label)
            </a>
            </li>

            """
    }

    private func panel(_ item: Item, at index: Int) -> Html {
        let hidden = index == 0 ? "" : "govuk-tabs__panel--hidden"
        return """
            <div class="\(classNames("govuk-tabs__panel", hidden))" id="\(id(of: item, at: index))"\
            \(item.panelAttributes)>
            \(item.panel.isEmpty ? "" : item.panel.paragraph())
            </div>

            """
    }
}
