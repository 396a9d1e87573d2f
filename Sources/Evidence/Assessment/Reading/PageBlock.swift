internal import DesignSystem
internal import Graphics
internal import HTML

/// A table of the assessment with its charts and maps, in the site's pages.
struct PageBlock {
    /// How many rows a table has at most that is shown whole among others.
    static let longest = 60
    /// How many rows are shown of a longer one.
    static let first = 25

    let sections: AssessmentSections
    let whole: AssessmentTable
    let filtered: FilteredTable
    let shown: ShownTable
    let headingLevel: Int
    private let drawings: ReportDrawings

    init(_ sections: AssessmentSections, _ table: AssessmentTable, headingLevel: Int) {
        let assessment = sections.stored.assessment
        self.sections = sections
        self.headingLevel = headingLevel
        whole = table
        filtered = assessment.filtered(table, by: sections.filter)
        shown = ShownTable(filtered, of: table, in: assessment)
        let reading = TableReading(table: filtered.table, labels: assessment.labels)
        drawings = ReportDrawings(reading: reading, assessment: assessment, maps: sections.stored.maps)
    }

    private var id: String { ReportAnchor.id(whole.id) }

    /// The block among others: of a long table its first rows and a link to all. Hotspots by group come in a dozen maps of
    /// hundreds of areas each: their maps stand on their own pages.
    func html() -> Html {
        let rows = shown.table.rows.count
        return block(rows: 0..<(rows > PageBlock.longest ? PageBlock.first : rows), isPage: false)
    }

    private var isMapElsewhere: Bool { whole.kind == "B3.hotspots" && whole.id != whole.kind }

    /// The block on a page of its own, with some rows.
    func html(offset: Int, limit: Int) -> Html {
        let rows = shown.table.rows.count
        let start = min(max(0, offset), rows)
        return block(rows: start..<min(rows, start + max(0, min(limit, rows))), isPage: true)
    }

    private func block(rows: Range<Int>, isPage: Bool) -> Html {
        """
        <section class="block" id="\(id)" aria-labelledby="\(id)-title">
        <h\(headingLevel) class="govuk-heading-m" id="\(id)-title">\(whole.title)</h\(headingLevel)>
        \(filterWords)\
        \(if: !filtered.isOther && (!isPage || rows.lowerBound == 0), drawn(isPage: isPage))\
        \(if: !filtered.isOther, "\(PageTable(shown: shown, links: sections.links, rows: rows).html())\(extent(rows, isPage))")\
        \(PageTable.notes(shown.table))\
        \(downloads)
        </section>

        """
    }

    private var filterWords: Html {
        let words = filtered.applied + filtered.unavailable
        guard !words.isEmpty else { return "" }
        return InsetText(text: .text(words.joined(separator: " "))).html
    }

    private func extent(_ rows: Range<Int>, _ isPage: Bool) -> Html {
        let count = shown.table.rows.count
        guard rows.count < count else { return "" }
        let all = NumberText.whole(count)
        guard !isPage else {
            let range = "\(NumberText.whole(rows.lowerBound + 1)) to \(NumberText.whole(rows.upperBound))"
            return rows.isEmpty
                ? "<p class=\"govuk-body\">The table has \(all) rows, and none beyond them.</p>\n"
                : "<p class=\"govuk-body\">Rows \(range) of \(all).</p>\n"
        }
        return """
            <p class="govuk-body">Rows 1 to \(rows.upperBound) of \(all). \
            <a class="govuk-link" href="\(href: sections.links.tablePage(whole.id))">Show all rows\
            <span class="govuk-visually-hidden"> of table \(whole.id)</span></a></p>

            """
    }

    private var downloads: Html {
        guard let csv = sections.links.csv else { return "" }
        return """
            <p class="govuk-body-s"><a class="govuk-link" href="\(href: csv(whole.id))" download>Download table \
            \(whole.id) (CSV)</a></p>
            """
    }

    // MARK: - Drawings

    private func drawn(isPage: Bool) -> Html {
        let plans = drawings.mapPlans()
        if !isPage, isMapElsewhere, !plans.isEmpty {
            return """
                <p class="govuk-body"><a class="govuk-link" href="\(href: sections.links.tablePage(whole.id))">Show the map\
                <span class="govuk-visually-hidden"> of table \(whole.id)</span></a></p>

                """
        }
        guard plans.isEmpty else { return Html.joined(plans.map { PageMap($0, self, drawings).html() }) }
        let charts = drawings.all()
        guard !charts.isEmpty else { return "" }
        return "<div class=\"figures\">\(each: charts, PageBlock.chart)</div>\n"
    }

    private static func chart(_ drawing: Drawing) -> Html {
        // The drawings come from Graphics, which escapes all text.
        let drawn: Html =
            drawing.narrow.isEmpty
            ? "\(raw: drawing.wide)"
            : "<div class=\"wide\">\(raw: drawing.wide)</div><div class=\"narrow\">\(raw: drawing.narrow)</div>"
        return """
            <figure class="concord-chart\(if: drawing.narrow.isEmpty, " map")">
            <figcaption class="concord-chart__caption">\(drawing.title)</figcaption>
            \(drawn)
            </figure>

            """
    }
}
