public import Kernel

/// A figure found in its assessment.
struct LocatedFigure {
    let address: FigureAddress
    let table: AssessmentTable
    let column: AssessmentTable.Column
    let row: [AssessmentTable.Cell]
    /// The row's position in the table.
    let position: Int
    let cell: AssessmentTable.Cell
    let labels: [String: String]

    init(_ address: FigureAddress, in assessment: StrategicAssessment) throws(Fault) {
        guard let table = assessment.table(address.table) else {
            let near = Spelling.nearest(address.table, among: assessment.tables.map(\.id))
            throw LocatedFigure.absent(
                address, "the assessment has no table “\(address.table)”", near.map { "Did you mean \($0)?" })
        }
        let keys = RowKeys(table)
        guard let position = keys.position(of: address.row) else {
            let near = Spelling.nearest(address.row, among: keys.keys)
            let some = keys.keys.prefix(5).joined(separator: ", ")
            throw LocatedFigure.absent(
                address, "table \(table.id) has no row “\(address.row)”",
                near.map { "Did you mean \($0)?" } ?? (some.isEmpty ? nil : "Its rows begin with: \(some)."))
        }
        guard let column = table.column(address.column), column < table.rows[position].count else {
            throw LocatedFigure.absent(
                address, "table \(table.id) has no column “\(address.column)”",
                "Its columns are: \(table.columns.map(\.id).joined(separator: ", ")).")
        }
        self.address = FigureAddress(table: table.id, row: keys.keys[position], column: table.columns[column].id)
        self.table = table
        self.column = table.columns[column]
        row = table.rows[position]
        self.position = position
        cell = table.rows[position][column]
        labels = assessment.labels
    }

    private static func absent(_ address: FigureAddress, _ why: String, _ remedy: String?) -> Fault {
        Fault("There is no such figure", at: address.description, because: why, remedy: remedy ?? "")
    }

    /// The word in a column of the figure's row, as it stands in the table.
    func word(_ column: String) -> String { TableReading(table: table, labels: labels).key(row, column) }

    /// The figure as people read it.
    var text: String {
        CellText.text(cell, column.format, labels: labels, isSigned: CellText.isSigned(column.id)) ?? "no figure"
    }

    /// What the row is about, for people: "Burglary", "January 2025, Burglary".
    var rowTitle: String {
        let hasName = table.columns.count > 1 && table.columns[0].id == "code" && table.columns[1].id == "name"
        let cells = hasName ? [row[1]] : Array(row.prefix(RowKeys(table).width))
        return cells.compactMap { CellText.text($0, .text, labels: labels) }.joined(separator: ", ")
    }

    /// What kind of figure it is.
    var meaning: FigureMeaning { FigureMeaning.of(table, column.id) }
}

extension StrategicAssessment {
    /// The value at an address.
    /// - Throws: a `Fault` that says which of table, row and column is not there.
    public func cell(at address: FigureAddress) throws(Fault) -> AssessmentTable.Cell {
        try LocatedFigure(address, in: self).cell
    }

    /// The addresses of all figures of a table: the cells that hold numbers or yes and no, missing ones left out.
    public func addresses(of table: String) -> [FigureAddress] {
        guard let table = self.table(table) else { return [] }
        let keys = RowKeys(table).keys
        return zip(table.rows, keys).flatMap { row, key in
            zip(row, table.columns).compactMap { cell, column -> FigureAddress? in
                switch cell {
                case .text, .missing: nil
                case .integer, .number, .flag: FigureAddress(table: table.id, row: key, column: column.id)
                }
            }
        }
    }
}
