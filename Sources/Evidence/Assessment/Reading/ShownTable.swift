/// A table as pages show it: in its readers' form, each figure with its address.
struct ShownTable {
    /// The table in its readers' form.
    let reading: TableReading
    /// Of each cell shown the address of its figure; nil for words and for what is missing.
    let addresses: [[FigureAddress?]]

    var table: AssessmentTable { reading.table }

    init(_ filtered: FilteredTable, of whole: AssessmentTable, in assessment: StrategicAssessment) {
        let form = ReaderTable.form(of: filtered.table, in: assessment)
        reading = TableReading(table: form, labels: assessment.labels)
        let keys = RowKeys(whole).keys
        let kept = filtered.positions.map { keys[$0] }
        addresses =
            form.columns == filtered.table.columns
            ? ShownTable.addresses(of: form, from: filtered.table, keys: kept)
            : ShownTable.crossed(form, from: filtered.table, keys: kept)
    }

    private static func addresses(of form: AssessmentTable, from table: AssessmentTable, keys: [String])
        -> [[FigureAddress?]]
    {
        var keyOfRow: [[AssessmentTable.Cell]: [String]] = [:]
        for (row, key) in zip(table.rows, keys).reversed() { keyOfRow[row, default: []].append(key) }
        return form.rows.map { row in
            let key = keyOfRow[row]?.popLast()
            return zip(row, form.columns).map { cell, column in
                isFigure(cell) ? key.map { FigureAddress(table: table.id, row: $0, column: column.id) } : nil
            }
        }
    }

    private static func crossed(_ form: AssessmentTable, from table: AssessmentTable, keys: [String])
        -> [[FigureAddress?]]
    {
        guard let crossing = ReaderTable.crossing(of: table.kind), let row = table.column(crossing.row),
            let column = table.column(crossing.column)
        else { return form.rows.map { $0.map { _ in nil } } }
        var found: [AssessmentTable.Cell: [String: String]] = [:]
        for (cells, key) in zip(table.rows, keys) {
            let title = CellText.text(cells[column], .text, labels: [:]) ?? "–"
            found[cells[row], default: [:]][title] = key
        }
        return form.rows.map { cells in
            zip(cells, form.columns).enumerated().map { position, pair in
                guard position > 0, isFigure(pair.0), let key = found[cells[0]]?[pair.1.title] else { return nil }
                return FigureAddress(table: table.id, row: key, column: crossing.value)
            }
        }
    }

    private static func isFigure(_ cell: AssessmentTable.Cell) -> Bool {
        switch cell {
        case .integer, .number, .flag: true
        case .text, .missing: false
        }
    }
}
