internal import Kernel
internal import Records

/// Records of one source that go into a figure, and what each adds to it.
struct FigurePart: Sendable {
    /// What these records are to the figure: "Period", "Earlier period".
    let title: String
    let table: RecordTable
    /// The same with its areas; nil for records that are counted without regard to areas.
    let placed: PlacedRecords?
    /// What a row adds; nil when it is not part of the figure.
    let adds: @Sendable (Int) -> Double?

    /// Rows of a source in some boroughs and months.
    /// - Parameter adds: what a row within them adds; nil to leave it out.
    init(
        _ title: String, _ source: PlacedRecords, in mask: BoroughMask, _ range: MonthRange,
        adds: @escaping @Sendable (Int) -> Double?
    ) {
        self.title = title
        table = source.table
        placed = source
        let (first, last) = (range.first.index, range.last.index)
        self.adds = { row in
            guard source.table.month[row] >= first, source.table.month[row] <= last, mask.holds(source.borough[row])
            else { return nil }
            return adds(row)
        }
    }

    /// Rows of a table, wherever they lie.
    init(_ title: String, _ table: RecordTable, placed: PlacedRecords?, adds: @escaping @Sendable (Int) -> Double?) {
        self.title = title
        self.table = table
        self.placed = placed
        self.adds = adds
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

extension PlacedRecords {
    /// How many incidents a row stands for.
    func count(_ row: Int) -> Double { Double(table.count[row]) }
    /// The offence of a row, −1 when unknown.
    func offence(_ row: Int) -> Int32 { table.offence.isEmpty ? -1 : table.offence[row] }
}
