internal import HTML

/// A table of the assessment for readers, long ones in two pieces.
struct TableHtml {
    let reading: TableReading
    /// Addresses (`TABLE/ROW KEY`) that sentences point at; their rows get that identifier.
    let linked: Set<String>

    static let longest = 60
    static let shown = 25

    private var table: AssessmentTable { reading.table }

    /// The table with its notes.
    func html() -> Html {
        guard !table.rows.isEmpty else { return "<p class=\"none\">This table has no rows.</p>\(notes())" }
        guard table.rows.count > TableHtml.longest else { return "\(piece(table.rows[...]))\(notes())" }
        let rest = table.rows.count - TableHtml.shown
        return """
            \(piece(table.rows.prefix(TableHtml.shown)))
            <details><summary>Show the other \(rest) rows</summary>
            \(piece(table.rows.dropFirst(TableHtml.shown), continued: true))
            </details>
            <p class="in-print">Rows 1 to \(TableHtml.shown) of \(table.rows.count). All rows are in the file \
            \(table.id).csv.</p>
            \(notes())
            """
    }

    private func piece(_ rows: ArraySlice<[AssessmentTable.Cell]>, continued: Bool = false) -> Html {
        let id = ReportAnchor.id(table.id) + (continued ? "-more" : "-table")
        let many: Html = table.columns.count > 8 ? "small" : table.columns.count < 5 ? "few" : "some"
        let short: Html = rows.count < 16 ? " short" : ""
        return """
            <div class="scroll" role="region" aria-labelledby="\(id)" tabindex="0">
            <table class="\(many)\(short)"><caption id="\(id)">Table \(table.id)<span class="vh">: \(table.title)</span>\
            \(if: continued, " (continued)")</caption>
            <thead><tr>\(each: table.columns, heading)</tr></thead>
            <tbody>
            \(each: rows, row)</tbody></table>
            </div>
            """
    }

    private func heading(_ column: AssessmentTable.Column) -> Html {
        let isNumeric = CellText.isNumeric(column.format)
        return "<th scope=\"col\"\(if: isNumeric, " class=\"n\"")>\(column.title)</th>"
    }

    private func row(_ row: [AssessmentTable.Cell]) -> Html {
        var html: Html = "<tr"
        if let id = anchor(row) { html.append(" id=\"\(id)\"") }
        html.append(reading.isTotal(row) ? " class=\"total\">" : ">")
        for (i, column) in table.columns.enumerated() {
            html.append(cell(i < row.count ? row[i] : .missing, column, isFirst: i == 0))
        }
        html.append("</tr>\n")
        return html
    }

    private func cell(_ cell: AssessmentTable.Cell, _ column: AssessmentTable.Column, isFirst: Bool) -> Html {
        let text = CellText.text(
            cell, column.format, labels: reading.labels,
            isSigned: CellText.isSigned(column.id))
        let words: Html =
            text.map { "\($0)" } ?? "<span aria-hidden=\"true\">–</span><span class=\"vh\">no figure</span>"
        let isNumeric = CellText.isNumeric(column.format)
        if isFirst { return "<th scope=\"row\"\(if: isNumeric, " class=\"n\"")>\(words)</th>" }
        if cell == .flag(true) { return "<td><b>\(words)</b></td>" }
        return "<td\(if: isNumeric, " class=\"n\"")>\(words)</td>"
    }

    /// The identifier of a row that a sentence points at: by its first cell, or its first cells with "/" between.
    private func anchor(_ row: [AssessmentTable.Cell]) -> String? {
        var key = table.id
        for column in table.columns.prefix(3) {
            key += "/" + reading.key(row, column.id)
            if linked.contains(key) { return ReportAnchor.id(key) }
        }
        return nil
    }

    private func notes() -> Html {
        var notes = table.notes
        if table.rows.joined().contains(.missing) {
            notes.append("“–” means that there is no figure: it was not recorded or cannot be calculated.")
        }
        guard !notes.isEmpty else { return "" }
        return "<ul class=\"notes\">\(each: notes, { "<li>\($0)</li>" })</ul>"
    }
}
