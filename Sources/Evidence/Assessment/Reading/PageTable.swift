internal import DesignSystem
internal import HTML

/// A table of the assessment in the site's pages.
struct PageTable {
    let shown: ShownTable
    let links: AssessmentLinks
    /// Which rows.
    let rows: Range<Int>

    private var table: AssessmentTable { shown.table }

    /// The table in a box that scrolls where it is wider than the page.
    func html() -> Html {
        guard !table.rows.isEmpty else { return "<p class=\"govuk-body none\">This table has no rows.</p>" }
        let id = ReportAnchor.id(table.id) + "-table"
        return """
            <div class="concord-scroll" role="region" aria-labelledby="\(id)" tabindex="0">
            <table class="govuk-table govuk-table--small-text-until-tablet">
            <caption class="govuk-table__caption" id="\(id)">Table \(table.id)\
            <span class="govuk-visually-hidden">: \(table.title)</span></caption>
            <thead class="govuk-table__head"><tr class="govuk-table__row">\(each: table.columns, heading)</tr></thead>
            <tbody class="govuk-table__body">
            \(each: rows, row)</tbody>
            </table>
            </div>

            """
    }

    private func heading(_ column: AssessmentTable.Column) -> Html {
        let isNumeric = CellText.isNumeric(column.format)
        return """
            <th scope="col" class="govuk-table__header\(if: isNumeric, " govuk-table__header--numeric")">\
            \(column.title)</th>
            """
    }

    private func row(_ position: Int) -> Html {
        let row = table.rows[position]
        var html: Html = "<tr class=\"govuk-table__row\(if: shown.reading.isTotal(row), " total")\">"
        for (i, column) in table.columns.enumerated() {
            let cell = i < row.count ? row[i] : .missing
            html.append(self.cell(cell, column, shown.addresses[position][i], isFirst: i == 0))
        }
        html.append("</tr>\n")
        return html
    }

    private func cell(
        _ cell: AssessmentTable.Cell, _ column: AssessmentTable.Column, _ address: FigureAddress?, isFirst: Bool
    ) -> Html {
        let words = PageTable.words(cell, column, shown.reading.labels, link: address.flatMap { links.figure?($0) })
        let isNumeric = CellText.isNumeric(column.format)
        if isFirst {
            return """
                <th scope="row" class="govuk-table__header\(if: isNumeric, " govuk-table__header--numeric")">\
                \(words)</th>
                """
        }
        return "<td class=\"govuk-table__cell\(if: isNumeric, " govuk-table__cell--numeric")\">\(words)</td>"
    }

    /// A cell as people read it, a figure with a link to what it is.
    static func words(
        _ cell: AssessmentTable.Cell, _ column: AssessmentTable.Column, _ labels: [String: String], link: String? = nil
    ) -> Html {
        let text = CellText.text(cell, column.format, labels: labels, isSigned: CellText.isSigned(column.id))
        guard let text else {
            return "<span aria-hidden=\"true\">–</span><span class=\"govuk-visually-hidden\">no figure</span>"
        }
        guard let link else { return "\(text)" }
        return "<a class=\"govuk-link govuk-link--no-visited-state concord-figure\" href=\"\(href: link)\">\(text)</a>"
    }

    /// The notes of a table, behind a summary; before the reader's eyes where there is nothing but them.
    static func notes(_ table: AssessmentTable) -> Html {
        var notes = table.notes
        if table.rows.joined().contains(.missing) {
            notes.append("“–” means that there is no figure: it was not recorded or cannot be calculated.")
        }
        guard !notes.isEmpty else { return "" }
        let list: Html = "<ul class=\"govuk-list govuk-list--bullet\">\(each: notes, { "<li>\($0)</li>\n" })</ul>"
        guard !table.rows.isEmpty else { return list }
        return Details(
            summary: .html(
                "Source, method and cautions<span class=\"govuk-visually-hidden\"> of table \(table.id)</span>"),
            content: .html(list)
        ).html
    }
}
