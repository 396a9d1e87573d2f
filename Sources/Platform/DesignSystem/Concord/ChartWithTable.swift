public import HTML

/// A chart, and the figures it shows as a table for those who cannot see it or want the numbers.
public struct ChartWithTable: Component, Hashable {
    /// What the chart shows: its caption.
    public var title: Content
    /// The level of the caption as a heading, 2…6; no heading when nil.
    public var headingLevel: Int?
    /// The drawing, with its own name (`title` in SVG).
    public var chart: Html
    /// Source, period and caveats.
    public var note: Content?
    /// The figures.
    public var table: Table
    /// What opens the table.
    public var summary: String
    /// Links to the figures as files.
    public var downloads: [Footer.Link]
    /// The id.
    public var id: String?

    /// A chart with its figures.
    public init(
        title: Content, headingLevel: Int? = nil, chart: Html, note: Content? = nil, table: Table,
        summary: String = "Show these figures as a table", downloads: [Footer.Link] = [], id: String? = nil
    ) {
        self.title = title
        self.headingLevel = headingLevel
        self.chart = chart
        self.note = note
        self.table = table
        self.summary = summary
        self.downloads = downloads
        self.id = id
    }

    /// The markup.
    public var html: Html {
        let caption: Html = headingLevel.map { "<h\($0) class=\"govuk-heading-s\">\(title)</h\($0)>" } ?? title.html
        return """
            <figure class="concord-chart"\("id", optional: id)>
            <figcaption class="concord-chart__caption">\(caption)</figcaption>
            <div class="concord-chart__drawing">\(chart)</div>
            \(some: note.filled, { $0.paragraph(class: "govuk-body-s concord-chart__note") })
            \(Details(summary: .text(summary), content: .html("\(table)\(if: !downloads.isEmpty, files)")))
            </figure>
            """
    }

    private var files: Html {
        """
        <ul class="govuk-list concord-chart__downloads">
        \(each: downloads, { "<li><a class=\"govuk-link\" href=\"\(href: $0.href)\" download>\($0.text)</a></li>\n" })
        </ul>
        """
    }
}
