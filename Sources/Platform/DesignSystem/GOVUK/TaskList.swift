public import HTML

/// Tasks with their states: <https://design-system.service.gov.uk/components/task-list/>.
public struct TaskList: Component, Hashable {
    /// The state of a task.
    public enum Status: Hashable, Sendable {
        /// Plain words, for tasks that need nothing more.
        case text(Content)
        /// A tag, for tasks that need something.
        case tag(Tag)
    }

    /// A task.
    public struct Item: Hashable, Sendable {
        /// The task.
        public var title: Content
        /// Where it is done; nowhere yet when nil.
        public var href: String?
        /// A hint to it.
        public var hint: Content?
        /// Its state.
        public var status: Status
        /// Further classes of the title.
        public var titleClasses: String
        /// Further classes of the state.
        public var statusClasses: String
        /// Further classes of the item.
        public var classes: String

        /// A task.
        public init(
            title: Content, href: String? = nil, hint: Content? = nil, status: Status, titleClasses: String = "",
            statusClasses: String = "", classes: String = ""
        ) {
            self.title = title
            self.href = href
            self.hint = hint
            self.status = status
            self.titleClasses = titleClasses
            self.statusClasses = statusClasses
            self.classes = classes
        }
    }

    /// The tasks. A place left empty counts in the numbers of the ids.
    public var items: [Item?]
    /// What the ids begin with.
    public var idPrefix: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A task list.
    public init(items: [Item?], idPrefix: String = "task-list", classes: String = "", attributes: Attributes = [:]) {
        self.items = items
        self.idPrefix = idPrefix
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <ul class="\(classNames("govuk-task-list", classes))"\(attributes)>
        \(each: items.enumerated(), { index, item in item.map { task($0, id: "\(idPrefix)-\(index + 1)") } ?? "" })
        </ul>
        """
    }

    private func task(_ item: Item, id: String) -> Html {
        let link = item.href == nil ? "" : "govuk-task-list__item--with-link"
        return """
            <li class="\(classNames("govuk-task-list__item", link, item.classes))">
            <div class="govuk-task-list__name-and-hint">
            \(title(of: item, id: id))
            \(some: item.hint, { "<div id=\"\(id)-hint\" class=\"govuk-task-list__hint\">\n\($0)\n</div>" })
            </div>
            <div class="\(classNames("govuk-task-list__status", item.statusClasses))" id="\(id)-status">
            \(TaskList.status(item.status))
            </div>
            </li>

            """
    }

    private func title(of item: Item, id: String) -> Html {
        guard let href = item.href else {
            let names = item.titleClasses.isEmpty ? nil : item.titleClasses
            return "<div\("class", optional: names)>\n\(item.title)\n</div>"
        }
        return """
            <a class="\(classNames("govuk-link govuk-task-list__link", item.titleClasses))" href="\(href: href)" \
            aria-describedby="\(classNames(item.hint == nil ? "" : id + "-hint", id + "-status"))">
            \(item.title)
            </a>
            """
    }

    private static func status(_ status: Status) -> Html {
        switch status {
        case .text(let content): content.html
        case .tag(let tag): tag.html
        }
    }
}
