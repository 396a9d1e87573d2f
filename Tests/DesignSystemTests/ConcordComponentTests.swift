import DesignSystem
import HTML
import Kernel
import Testing

@Suite("The product's own components")
struct ConcordComponentTests {
    private let table = SortableTable(
        id: "wards", caption: "Crimes by ward",
        columns: [
            .init("Ward", key: "ward"), .init("Crimes", key: "crimes", isNumeric: true),
            .init("Rate", key: "rate", isNumeric: true, firstDirection: .ascending), .init("Note"),
        ],
        rows: [["North", "12", "3.4", "a < b"], ["South", "7", "1.2", .html("<b>b</b>")]],
        order: ("crimes", .descending), address: { key, direction in "/wards?sort=\(key)&way=\(direction.rawValue)" })

    @Test("A sortable table tells its order and links to the others")
    func sortable() {
        let html = table.html.string

        #expect(problems(table.html) == [])
        #expect(html.components("aria-sort=\"none\"") == 2)
        #expect(html.components("aria-sort=\"descending\"") == 1)
        #expect(html.contains("href=\"/wards?sort=crimes&amp;way=ascending\""))
        #expect(html.contains("href=\"/wards?sort=ward&amp;way=ascending\""))
        #expect(html.contains("href=\"/wards?sort=rate&amp;way=ascending\""))
        #expect(html.contains("<th scope=\"row\" class=\"govuk-table__header\">North</th>"))
        #expect(html.contains("<td class=\"govuk-table__cell govuk-table__cell--numeric\">12</td>"))
        #expect(html.contains("a &lt; b") && html.contains("<b>b</b>"))
        #expect(html.contains("role=\"region\" aria-labelledby=\"wards-caption\" tabindex=\"0\""))
    }

    @Test("A sortable table without rows says so over all its columns")
    func empty() {
        var empty = table
        empty.rows = []

        #expect(problems(empty.html) == [])
        #expect(
            empty.html.string.contains("<td class=\"govuk-table__cell\" colspan=\"4\">There is nothing to show.</td>"))
    }

    @Test("A filter shows what is chosen with a link that takes each away")
    func filter() {
        let filter = FilterPanel(
            action: "/wards",
            chosen: [
                .init("Ward", [.init("North", removeHref: "/wards?b=1"), .init("South", removeHref: "/wards?a=1")])
            ],
            clearHref: "/wards", controls: Input(name: "ward", label: "Ward").html,
            hidden: [.init(name: "sort", value: "rate")])
        let html = filter.html.string

        #expect(problems("<h1>Wards</h1>\(filter)") == [])
        #expect(html.contains("method=\"get\" action=\"/wards\""))
        #expect(
            html.contains("href=\"/wards?b=1\"><span class=\"govuk-visually-hidden\">Remove this filter: </span>North"))
        #expect(html.contains("<input type=\"hidden\" name=\"sort\" value=\"rate\">"))
        #expect(!FilterPanel(action: "/", clearHref: "/", controls: "").html.string.contains("Selected filters"))
    }

    @Test("A chart and a map carry their figures as tables")
    func graphics() {
        let drawing: Html = "<svg role=\"img\" aria-labelledby=\"t\"><title id=\"t\">Crimes</title></svg>"
        let list = Table(caption: "Crimes", head: ["Ward", "Crimes"], rows: [["North", .numeric("12")]])
        let chart = ChartWithTable(
            title: "Crimes by ward", headingLevel: 2, chart: drawing, note: "Police.uk", table: list,
            downloads: [.init(text: "Figures (CSV)", href: "/wards.csv")])
        let map = MapWithList(
            title: "Where", id: "map", geoJSON: "/wards.geojson", settings: ["data-value": "crimes"],
            drawing: "<svg role=\"img\"><title>Map</title></svg>", list: list)

        #expect(problems("<h1>Crime</h1>\(chart)\(map)") == [])
        #expect(chart.html.string.contains("<a class=\"govuk-link\" href=\"/wards.csv\" download>Figures (CSV)</a>"))
        #expect(
            map.html.string.contains(
                "data-module=\"map\" data-geojson=\"/wards.geojson\" data-list=\"map-list\" data-value=\"crimes\""))
        #expect(map.html.string.contains("<td class=\"govuk-table__cell govuk-table__cell--numeric\">12</td>"))
    }

    @Test("Progress is told in per cent and read out", arguments: [(0.5, 50), (-1, 0), (7, 100), (1, 100), (.nan, 0)])
    func progress(done: Double, percent: Int) {
        let progress = Progress(
            label: "Assessing", done: done, message: "Reading crimes", source: "/runs/1/events", pageHref: "/runs/1")

        #expect(problems(progress.html) == [])
        #expect(progress.html.string.contains("max=\"100\" value=\"\(percent)\">\(percent)%</progress>"))
        #expect(progress.html.string.contains("data-module=\"event-progress\" data-src=\"/runs/1/events\""))
        #expect(progress.html.string.contains("role=\"status\">Reading crimes<"))
    }

    @Test("Progress of an unknown share has no value")
    func unknownProgress() {
        let progress = Progress(label: "Assessing", message: "", source: "/e", pageHref: "/")

        #expect(progress.html.string.contains("max=\"100\"></progress>"))
    }

    @Test("A search box is a search landmark with a labelled line")
    func search() {
        let box = SearchBox(action: "/uploads", label: "Search uploads", hidesLabel: true, value: "a \"b\"")

        #expect(problems(box.html) == [])
        #expect(box.html.string.contains("role=\"search\" aria-label=\"Search uploads\""))
        #expect(box.html.string.contains("type=\"search\" spellcheck=\"false\" value=\"a &quot;b&quot;\""))
    }

    @Test("Metadata leave out what is not known")
    func metadata() {
        let list = MetadataList([.init("By", "Ada"), .init("Version", ""), .init("State", .html("<b>live</b>"))])

        #expect(problems(list.html) == [])
        #expect(list.html.string.components("<dt ") == 2)
        #expect(MetadataList([]).html.isEmpty)
    }

    @Test("A timeline gives times to people and programs")
    func timeline() throws {
        let time = Instant(milliseconds: 1_751_371_200_000)
        let timeline = Timeline(
            [.init(title: "Published", time: time, author: "Ada", content: "Version 2")], label: "History")
        let html = timeline.html.string

        #expect(problems("<h1>a</h1><h2>b</h2>\(timeline)") == [])
        #expect(html.contains("<time datetime=\"2025-07-01T12:00:00"))
        #expect(html.contains("by Ada") && html.contains("<p class=\"govuk-body\">Version 2</p>"))
    }

    @Test("A state's tone is a class of its tag", arguments: StatusTag.Tone.allCases)
    func status(tone: StatusTag.Tone) {
        let expected = DesignSystem.Tag(text: "Open", classes: "govuk-tag--" + tone.rawValue)

        #expect(StatusTag("Open", tone: tone).html == expected.html)
    }

    @Test("A confirmation posts with the token, asks for the reason and offers the way back")
    func confirmation() {
        let form = ConfirmationForm(
            question: "Delete this upload?", consequence: "Its rows go too.", confirm: "Delete upload",
            cancelHref: "/uploads", action: "/uploads/1/delete", csrf: "t0k\"en",
            hidden: [.init(name: "v", value: "3")],
            reason: Textarea(name: "reason", label: "Why?"), isDestructive: true)
        let html = form.html.string

        #expect(problems(form.html) == [])
        #expect(html.contains("method=\"post\" action=\"/uploads/1/delete\" novalidate"))
        #expect(html.contains("name=\"csrf\" value=\"t0k&quot;en\""))
        #expect(html.contains("govuk-button--warning") && html.contains("govuk-warning-text"))
        #expect(html.contains("href=\"/uploads\">Cancel</a>"))
    }
}

extension String {
    /// How often a part occurs.
    func components(_ part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
