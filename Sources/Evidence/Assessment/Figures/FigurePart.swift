internal import Kernel
internal import Records

/// Records of one source that go into a figure, and what each adds to it.
struct FigurePart: Sendable {
    /// What these records are to the figure: "Period", "Earlier period".
    let title: String
    let table: RecordTable
    /// The same with its areas; nil for records that are counted without regard to areas.
    let placed: PlacedRecords?
    /// The rows that can be part of it, in order; nil for all.
    private let rows: [Int32]?
    private let adds: @Sendable (Int) -> Double?

    /// Rows of a table.
    /// - Parameters:
    ///   - rows: those that can be part of it, in order; nil for all.
    ///   - adds: what a row adds; nil when it is not part of the figure.
    init(
        _ title: String, _ table: RecordTable, placed: PlacedRecords?, rows: [Int32]? = nil,
        adds: @escaping @Sendable (Int) -> Double?
    ) {
        self.title = title
        self.table = table
        self.placed = placed
        self.rows = rows
        self.adds = adds
    }

    /// Rows of a source in some boroughs and months, wherever they are.
    init(
        _ title: String, _ source: PlacedRecords, in mask: BoroughMask, _ range: MonthRange,
        adds: @escaping @Sendable (Int) -> Double?
    ) {
        let (first, last) = (range.first.index, range.last.index)
        let (months, boroughs) = (source.table.month, source.borough)
        self.init(title, source.table, placed: source) { row in
            guard months[row] >= first, months[row] <= last, mask.holds(boroughs[row]) else { return nil }
            return adds(row)
        }
    }

    /// Goes through the rows of the figure, with what each adds, until told to stop.
    /// - Returns: whether it went through all.
    @discardableResult
    func visit(_ body: (_ row: Int, _ adds: Double) throws -> Bool) rethrows -> Bool {
        guard let rows else {
            for row in 0..<table.rowCount {
                if let adds = adds(row), try !body(row, adds) { return false }
            }
            return true
        }
        for row in rows {
            if let adds = adds(Int(row)), try !body(Int(row), adds) { return false }
        }
        return true
    }
}

/// The records of a figure, as parts, with what a reader must know.
struct FigureParts: Sendable {
    var parts: [FigurePart] = []
    /// How the records and the figure hang together.
    var notes: [String] = []

    init(_ parts: [FigurePart], _ notes: String...) {
        self.parts = parts
        self.notes = notes
    }

    /// A figure that no record goes into.
    static func none(_ why: String) -> FigureParts { FigureParts([], why) }
}
