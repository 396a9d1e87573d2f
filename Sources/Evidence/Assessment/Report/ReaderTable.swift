internal import Kernel

/// The form of a table in which people read it best. JSON and CSV keep the table as it is.
enum ReaderTable {
    /// The table as the page shows it.
    static func form(of table: AssessmentTable, in assessment: StrategicAssessment) -> AssessmentTable {
        switch table.kind {
        case "B1.months": months(table, assessment.period)
        case "B5.weekdayBand": crossed(table, row: "weekday", column: "band", value: "count") ?? table
        default:
            table.kind == "B3.hotspots" ? significantFirst(table) : table
        }
    }

    /// The columns that become rows, columns and values of the form shown; nil for tables that keep their columns.
    static func crossing(of kind: String) -> (row: String, column: String, value: String)? {
        switch kind {
        case "B1.months": ("category", "month", "count")
        case "B5.weekdayBand": ("weekday", "band", "count")
        default: nil
        }
    }

    /// Categories by the months of the period.
    private static func months(_ table: AssessmentTable, _ period: MonthRange) -> AssessmentTable {
        guard period.count <= 24, let month = table.column("month") else { return table }
        var shown = table
        shown.rows = table.rows.filter { row in
            if month < row.count, case .text(let text) = row[month], let value = Month(text) {
                return period.contains(value)
            }
            return false
        }
        guard var crossed = crossed(shown, row: "category", column: "month", value: "count") else { return table }
        if shown.rows.count < table.rows.count {
            crossed.notes.append("The table shows \(period.inWords); the file \(table.id).csv has every month.")
        }
        return crossed
    }

    /// Rows and columns crossed, or nil when the table lacks one of them or has other columns.
    private static func crossed(
        _ table: AssessmentTable, row: String, column: String, value: String
    ) -> AssessmentTable? {
        guard table.columns.count == 3, let i = table.column(row), let j = table.column(column),
            let k = table.column(value), table.rows.allSatisfy({ $0.count == 3 })
        else { return nil }
        let across = distinct(table.rows.map { $0[j] })
        var cells: [AssessmentTable.Cell: [AssessmentTable.Cell: AssessmentTable.Cell]] = [:]
        for row in table.rows { cells[row[i], default: [:]][row[j]] = row[k] }
        var crossed = table
        crossed.columns = [table.columns[i]]
        for cell in across {
            let title = CellText.text(cell, .text, labels: [:]) ?? "–"
            crossed.columns.append(.init(title, title, table.columns[k].format))
        }
        crossed.rows = distinct(table.rows.map { $0[i] }).map { key in
            [key] + across.map { cells[key]?[$0] ?? .missing }
        }
        return crossed
    }

    private static func distinct(_ cells: [AssessmentTable.Cell]) -> [AssessmentTable.Cell] {
        var seen: Set<AssessmentTable.Cell> = []
        return cells.filter { seen.insert($0).inserted }
    }

    /// The highest scores first, when the table is too long to be read whole.
    private static func significantFirst(_ table: AssessmentTable) -> AssessmentTable {
        guard table.rows.count > TableHtml.longest, table.column("z") != nil else { return table }
        let reading = TableReading(table: table, labels: [:])
        var sorted = table
        let scores = table.rows.enumerated().map { ($0, reading.number($1, "z") ?? -.infinity) }
        sorted.rows = scores.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { table.rows[$0.0] }
        return sorted
    }
}
