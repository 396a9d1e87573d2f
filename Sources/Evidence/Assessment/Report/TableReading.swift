internal import Graphics

/// Reads a table by the identifiers of its columns, as drawings do.
struct TableReading {
    let table: AssessmentTable
    let labels: [String: String]

    /// Keys of rows that add up the others.
    static let totals: Set<String> = ["total", "all", "all-crime", "All", "Total"]

    /// Whether the table has all these columns.
    func has(_ columns: String...) -> Bool { columns.allSatisfy { table.column($0) != nil } }

    /// The rows that are no total.
    var parts: [[AssessmentTable.Cell]] { table.rows.filter { !isTotal($0) } }

    /// The row that adds up the others.
    var total: [AssessmentTable.Cell]? { table.rows.first(where: isTotal) }

    /// Whether some row's word in a column says that it adds up others.
    func total(in column: String) -> Bool {
        table.rows.contains { TableReading.totals.contains(key($0, column)) }
    }

    func isTotal(_ row: [AssessmentTable.Cell]) -> Bool {
        if case .text(let key)? = row.first { return TableReading.totals.contains(key) }
        return false
    }

    func cell(_ row: [AssessmentTable.Cell], _ column: String) -> AssessmentTable.Cell {
        guard let index = table.column(column), index < row.count else { return .missing }
        return row[index]
    }

    /// The number in a column, or nil.
    func number(_ row: [AssessmentTable.Cell], _ column: String) -> Double? {
        switch cell(row, column) {
        case .integer(let number): Double(number)
        case .number(let number): number.isFinite ? number : nil
        case .text, .flag, .missing: nil
        }
    }

    /// The words in a column as they stand in the table.
    func key(_ row: [AssessmentTable.Cell], _ column: String) -> String {
        switch cell(row, column) {
        case .text(let text): text
        case .integer(let number): String(number)
        case .number, .flag, .missing: ""
        }
    }

    /// The words in a column as people read them.
    func label(_ row: [AssessmentTable.Cell], _ column: String) -> String {
        CellText.text(cell(row, column), .text, labels: labels) ?? "–"
    }

    func isTrue(_ row: [AssessmentTable.Cell], _ column: String) -> Bool {
        switch cell(row, column) {
        case .flag(let flag): flag
        case .integer(let number): number != 0
        case .text, .number, .missing: false
        }
    }

    /// The heading of a column.
    func title(_ column: String) -> String { table.column(column).map { table.columns[$0].title } ?? column }

    /// How a column's numbers are written.
    func writer(_ column: String) -> @Sendable (Double) -> String {
        let format = table.column(column).map { table.columns[$0].format } ?? .count
        return { CellText.number($0, format, isSigned: CellText.isSigned(column)) }
    }

    /// Whether a column has any number.
    func hasNumbers(_ column: String) -> Bool { table.rows.contains { number($0, column) != nil } }
}
