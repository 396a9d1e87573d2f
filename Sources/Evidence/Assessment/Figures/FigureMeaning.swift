/// What a column's figures are: what they count, how they are made, in which unit, and by whose method.
public struct FigureMeaning: Hashable, Sendable {
    /// How a figure comes from records.
    public enum Kind: Hashable, Sendable {
        /// It is the sum of what each row of the records adds.
        case sum
        /// It is calculated from such sums.
        case derived
        /// It comes from no record: residents, numbers of areas, of files.
        case elsewhere
        /// It is a word or a name.
        case label
    }

    /// How it comes from records.
    public let kind: Kind
    /// What it counts or measures.
    public let counts: String
    /// How it is made, in words.
    public let formula: String
    /// The unit ("incidents", "incidents per 1,000 residents").
    public let unit: String
    /// The publication that the method is from; empty for counting.
    public let method: String

    init(_ kind: Kind, _ counts: String, _ formula: String, unit: String = "incidents", method: String = "") {
        self.kind = kind
        self.counts = counts
        self.formula = formula
        self.unit = unit
        self.method = method
    }

    /// The meaning of a table's column. Of a column that is not known, only that its table says more.
    static func of(_ table: AssessmentTable, _ column: String) -> FigureMeaning {
        if let known = known(table, column) { return known }
        let isLabel = table.column(column).map { table.columns[$0].format == .text } ?? false
        return FigureMeaning(
            isLabel ? .label : .elsewhere, isLabel ? "What the row is about." : "The table’s notes say what this is.",
            "", unit: "")
    }

    /// The meaning of a column that is known here, or nil.
    static func known(_ table: AssessmentTable, _ column: String) -> FigureMeaning? {
        guard let columns = all[table.kind] else { return nil }
        if let exact = columns[column] { return exact }
        return column.firstIndex(of: " ").flatMap { columns[String(column[...$0])] }
    }

    /// Meanings by kind of table and column.
    private static let all: [String: [String: FigureMeaning]] = {
        var all: [String: [String: FigureMeaning]] = [:]
        for entry in level + places + hotspots + time + quality {
            for table in entry.tables { all[table, default: [:]][entry.column] = entry.meaning }
        }
        return all
    }()

    /// A column of some kinds of table; an identifier that ends in a space stands for all that begin so.
    struct Entry: Sendable {
        let tables: [String]
        let column: String
        let meaning: FigureMeaning

        init(_ tables: [String], _ column: String, _ meaning: FigureMeaning) {
            self.tables = tables
            self.column = column
            self.meaning = meaning
        }
    }
}
