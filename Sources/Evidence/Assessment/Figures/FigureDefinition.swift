public import Kernel

/// What a figure is: what it counts, how it is made, from what, and what limits it.
public struct FigureDefinition: Hashable, Sendable {
    /// Where it stands; the row's key as the table gives it now.
    public let address: FigureAddress
    /// The table's title.
    public let table: String
    /// What the row is about ("Burglary").
    public let row: String
    /// The column's heading ("Rate per 1,000").
    public let column: String
    /// The figure as people read it; "no figure" when it is missing.
    public let value: String
    /// The figure unrounded.
    public let cell: AssessmentTable.Cell
    /// What it is.
    public let meaning: FigureMeaning
    /// The area assessed.
    public let area: StrategicAssessment.AreaName
    /// The months assessed.
    public let period: MonthRange
    /// The earlier months.
    public let previous: MonthRange
    /// How many incidents stand behind it, where its row says so: the row's count.
    public let recordsCounted: Int?
    /// The files read, with their digests.
    public let inputs: [StrategicAssessment.Input]
    /// The definitions that shape it, with their versions.
    public let definitions: [StrategicAssessment.DefinitionUsed]
    /// The notes of its table.
    public let notes: [String]
    /// The sentences that rest on it.
    public let statements: [StrategicAssessment.Statement]
    /// The other figures of its row, each with its heading and its value as people read it.
    public let rowFigures: [Companion]

    /// A figure beside another.
    public struct Companion: Hashable, Sendable {
        /// Where it stands.
        public let address: FigureAddress
        /// Its column's heading.
        public let title: String
        /// The figure as people read it.
        public let value: String
    }

    /// "Burglary: rate per 1,000".
    public var title: String { row.isEmpty ? column : "\(row): \(column.lowercasedFirst)" }

    /// The definition of the figure at an address.
    /// - Throws: a `Fault` that says which of table, row and column is not there.
    public static func of(_ address: FigureAddress, in assessment: StrategicAssessment) throws(Fault)
        -> FigureDefinition
    {
        let figure = try LocatedFigure(address, in: assessment)
        let meaning = figure.meaning
        let own = figure.address
        return FigureDefinition(
            address: own, table: figure.table.title, row: figure.rowTitle, column: figure.column.title,
            value: figure.text, cell: figure.cell, meaning: meaning, area: assessment.area, period: assessment.period,
            previous: assessment.previous, recordsCounted: counted(figure), inputs: assessment.inputs,
            definitions: definitions(of: figure, in: assessment), notes: figure.table.notes,
            statements: assessment.statements.filter { statement in
                statement.figures.contains { rests($0, on: own, figure, assessment) }
            },
            rowFigures: companions(figure))
    }

    private static func rests(
        _ text: String, on address: FigureAddress, _ figure: LocatedFigure, _ assessment: StrategicAssessment
    ) -> Bool {
        guard text.hasPrefix(address.table + "/"), text.hasSuffix("/" + address.column),
            let other = FigureAddress(text)
        else { return false }
        return RowKeys(figure.table).position(of: other.row) == figure.position && other.column == address.column
    }

    private static func counted(_ figure: LocatedFigure) -> Int? {
        if figure.meaning.kind == .sum, figure.meaning.unit == "incidents", case .integer(let number) = figure.cell {
            return abs(number)
        }
        guard let column = figure.table.column("count"), case .integer(let number) = figure.row[column] else {
            return nil
        }
        return number
    }

    private static func companions(_ figure: LocatedFigure) -> [Companion] {
        zip(figure.row, figure.table.columns).compactMap { cell, column in
            guard column.id != figure.column.id, column.format != .text else { return nil }
            let address = FigureAddress(table: figure.table.id, row: figure.address.row, column: column.id)
            let isSigned = CellText.isSigned(column.id)
            return CellText.text(cell, column.format, labels: figure.labels, isSigned: isSigned).map {
                Companion(address: address, title: column.title, value: $0)
            }
        }
    }

    /// Weights shape harm and nothing else; groups shape the tables of groups and the titles of categories.
    private static func definitions(of figure: LocatedFigure, in assessment: StrategicAssessment)
        -> [StrategicAssessment.DefinitionUsed]
    {
        let isHarm = figure.meaning.unit == "days" || figure.table.kind == "B2.harm" || figure.word("measure") == "harm"
        let hasGroups = !figure.table.id.hasPrefix("A2")
        return assessment.definitions.filter { definition in
            if definition.name.hasPrefix("harm weights") { return isHarm }
            if definition.name.hasPrefix("offence groups") { return hasGroups }
            return true
        }
    }
}
