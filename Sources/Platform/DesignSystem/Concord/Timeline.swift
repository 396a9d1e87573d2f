public import HTML
public import Kernel

/// What happened, in order of time.
public struct Timeline: Component, Hashable {
    /// Something that happened.
    public struct Event: Hashable, Sendable {
        /// What happened.
        public var title: Content
        /// When.
        public var time: Instant
        /// Who did it.
        public var author: String
        /// More about it. Text becomes a paragraph.
        public var content: Content?

        /// Something that happened.
        public init(title: Content, time: Instant, author: String = "", content: Content? = nil) {
            self.title = title
            self.time = time
            self.author = author
            self.content = content
        }
    }

    /// What happened, in the order shown.
    public var events: [Event]
    /// The level of the headings, 2…6.
    public var headingLevel: Int
    /// What screen readers call the list.
    public var label: String

    /// A timeline.
    public init(_ events: [Event], label: String, headingLevel: Int = 3) {
        self.events = events
        self.label = label
        self.headingLevel = headingLevel
    }

    /// The markup.
    public var html: Html {
        """
        <ol class="concord-timeline" aria-label="\(label)">
        \(each: events, item)
        </ol>
        """
    }

    private func item(_ event: Event) -> Html {
        let author: Html =
            event.author.isEmpty ? "" : " <span class=\"concord-timeline__author\">by \(event.author)</span>"
        return """
            <li class="concord-timeline__item">
            <h\(headingLevel) class="concord-timeline__title">\(event.title)</h\(headingLevel)>
            <p class="concord-timeline__byline">\
            <time datetime="\(event.time.description)">\(event.time.inWords)</time>\(author)</p>
            \(some: event.content.filled, { $0.paragraph() })
            </li>

            """
    }
}
