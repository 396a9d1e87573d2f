public import HTML

/// How far long work is. The script of the module `event-progress` listens to `data-src` and moves the bar; without it
/// the link shows the page again.
public struct Progress: Component, Hashable {
    /// What is being done: the bar's label.
    public var label: String
    /// The id of the bar.
    public var id: String
    /// The share done, 0…1; nil while it is unknown.
    public var done: Double?
    /// What is happening now, read out when it changes.
    public var message: String
    /// Where the script hears of progress: a stream of server-sent events.
    public var source: String
    /// The page to show again without the script, and when the work is over.
    public var pageHref: String

    /// Progress.
    public init(
        label: String, id: String = "progress", done: Double? = nil, message: String, source: String,
        pageHref: String
    ) {
        self.label = label
        self.id = id
        self.done = done
        self.message = message
        self.source = source
        self.pageHref = pageHref
    }

    /// The markup.
    public var html: Html {
        let percent = done.map { Int(((0...1).contains($0) ? $0 : $0 > 1 ? 1 : 0) * 100) }
        return """
            <div class="concord-progress" data-module="event-progress" data-src="\(href: source)" \
            data-page="\(href: pageHref)">
            <label class="govuk-label govuk-label--s" for="\(id)">\(label)</label>
            <progress class="concord-progress__bar" id="\(id)" max="100"\("value", optional: percent.map(String.init))>\
            \(percent.map { "\($0)%" } ?? "")</progress>
            <p class="govuk-body concord-progress__message" role="status">\(message)</p>
            <p class="govuk-body concord-progress__again"><a class="govuk-link" href="\(href: pageHref)">\
            Show how far it is now</a></p>
            </div>
            """
    }
}
