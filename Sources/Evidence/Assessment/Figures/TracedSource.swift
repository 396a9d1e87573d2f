internal import Kernel
internal import Records

/// A source with what tracing asks of it again and again: its rows of the area by month and place, and how definitions
/// apply to it. Looking at one figure then touches the rows that can be part of it, and not all of London's.
struct TracedSource: Sendable {
    let placed: PlacedRecords
    let coverage: Coverage
    /// The months with records of the area.
    let months: Set<Month>
    let earlierPeriods: [MonthRange]
    let weights: WeightIndex
    let groups: [GroupMembers]
    /// Of each row the position of its category, and the month.
    let category: [Int32]
    let month: [Int32]
    private let counts: [Int32]
    private let offences: [Int32]
    private let ofMonth: [Int32: [Int32]]
    private let ofUnit: [Int32: [Int32]]
    private let ofWard: [Int32: [Int32]]

    var table: RecordTable { placed.table }

    init(_ placed: PlacedRecords, _ context: AssessmentContext) {
        self.placed = placed
        category = placed.table.category
        month = placed.table.month
        counts = placed.table.count
        offences = placed.table.offence
        coverage = Coverage(of: placed, in: context)
        months = placed.months(in: context.area)
        earlierPeriods = context.earlierPeriods(of: placed)
        weights = WeightIndex(placed.table, context.weights, context.groups)
        groups = context.groups.members(of: placed.table, people: context.people)
        var ofMonth: [Int32: [Int32]] = [:]
        var ofUnit: [Int32: [Int32]] = [:]
        var ofWard: [Int32: [Int32]] = [:]
        for row in 0..<placed.table.rowCount where context.area.holds(placed.borough[row]) {
            ofMonth[placed.table.month[row], default: []].append(Int32(row))
            if placed.unit[row] >= 0 { ofUnit[placed.unit[row], default: []].append(Int32(row)) }
            if placed.ward[row] >= 0 { ofWard[placed.ward[row], default: []].append(Int32(row)) }
        }
        self.ofMonth = ofMonth
        self.ofUnit = ofUnit
        self.ofWard = ofWard
    }

    /// How many incidents a row stands for.
    func count(_ row: Int) -> Double { Double(counts[row]) }
    /// The offence of a row, −1 when unknown.
    func offence(_ row: Int) -> Int32 { offences.isEmpty ? -1 : offences[row] }
    /// The weight of a row's offence or category.
    func weight(_ row: Int) -> HarmWeights.Weight? { weights[category[row], offence(row)] }

    /// The area's rows of some months, in the order of the files.
    func part(_ title: String, _ range: MonthRange, adds: @escaping @Sendable (Int) -> Double?) -> FigurePart {
        let rows = range.months.flatMap { ofMonth[$0.index] ?? [] }
        return FigurePart(title, table, placed: placed, rows: range.count > 1 ? rows.sorted() : rows, adds: adds)
    }

    /// The rows of a small area in some months.
    func part(_ title: String, unit: Int32, _ range: MonthRange, adds: @escaping @Sendable (Int) -> Double?)
        -> FigurePart
    {
        part(title, ofUnit[unit] ?? [], range, adds: adds)
    }

    /// The rows of a ward in some months.
    func part(_ title: String, ward: Int32, _ range: MonthRange, adds: @escaping @Sendable (Int) -> Double?)
        -> FigurePart
    {
        part(title, ofWard[ward] ?? [], range, adds: adds)
    }

    private func part(
        _ title: String, _ rows: [Int32], _ range: MonthRange, adds: @escaping @Sendable (Int) -> Double?
    ) -> FigurePart {
        let (first, last) = (range.first.index, range.last.index)
        let months = month
        return FigurePart(title, table, placed: placed, rows: rows) { row in
            months[row] >= first && months[row] <= last ? adds(row) : nil
        }
    }
}
