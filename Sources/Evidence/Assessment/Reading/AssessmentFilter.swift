public import Kernel

/// What a reader wants to see of an assessment: an area, a group of offences, some months.
public struct AssessmentFilter: Hashable, Sendable {
    /// The code of a ward or small area; nil for all.
    public var area: String?
    /// A category, or an offence group; nil for all.
    public var group: String?
    /// Months; nil for all.
    public var period: MonthRange?

    /// A filter; without arguments one that leaves everything.
    public init(area: String? = nil, group: String? = nil, period: MonthRange? = nil) {
        self.area = area
        self.group = group
        self.period = period
    }

    /// Whether it leaves everything.
    public var isEmpty: Bool { area == nil && group == nil && period == nil }
}

/// A table with the rows that a filter leaves.
public struct FilteredTable: Hashable, Sendable {
    /// The table with these rows.
    public let table: AssessmentTable
    /// What was left: "Shown: Burglary."
    public let applied: [String]
    /// What could not be filtered, and why: "This table has no months: it is of 2025 as a whole."
    public let unavailable: [String]
    /// Whether it is of another group than the one asked for, and need not be shown.
    public let isOther: Bool
    /// The positions of the rows in the whole table.
    let positions: [Int]

    /// The whole table.
    init(whole table: AssessmentTable) {
        self.init(table: table, applied: [], unavailable: [], isOther: false, positions: Array(table.rows.indices))
    }

    init(table: AssessmentTable, applied: [String], unavailable: [String], isOther: Bool, positions: [Int]) {
        self.table = table
        self.applied = applied
        self.unavailable = unavailable
        self.isOther = isOther
        self.positions = positions
    }
}

extension StrategicAssessment {
    /// A table with the rows that a filter leaves. Where the table has nothing of what was asked for, it stays whole and
    /// says so.
    public func filtered(_ table: AssessmentTable, by filter: AssessmentFilter) -> FilteredTable {
        guard !filter.isEmpty, !table.rows.isEmpty else { return FilteredTable(whole: table) }
        var filtering = Filtering(assessment: self, table: table)
        if let area = filter.area { filtering.keep(area: area) }
        if let group = filter.group { filtering.keep(group: group) }
        if let months = filter.period { filtering.keep(months: months) }
        return filtering.result
    }
}

/// A table being filtered.
private struct Filtering {
    let assessment: StrategicAssessment
    let table: AssessmentTable
    private var positions: [Int]
    private var applied: [String] = []
    private var unavailable: [String] = []
    private var isOther = false

    init(assessment: StrategicAssessment, table: AssessmentTable) {
        self.assessment = assessment
        self.table = table
        positions = Array(table.rows.indices)
    }

    var result: FilteredTable {
        var kept = table
        kept.rows = positions.map { table.rows[$0] }
        return FilteredTable(
            table: kept, applied: applied, unavailable: unavailable, isOther: isOther, positions: positions)
    }

    private var reading: TableReading { TableReading(table: table, labels: assessment.labels) }

    mutating func keep(area: String) {
        let name = assessment.areaTitle(area)
        guard table.column("code") != nil else {
            return unavailable.append("This table has no areas: it is of \(assessment.area.name) as a whole.")
        }
        let codes = assessment.codes(within: area)
        let reading = reading
        keep("Shown: \(name).", orWhole: "This table has no row of \(name), so it is shown whole.") {
            codes.contains(reading.key($0, "code"))
        }
    }

    mutating func keep(group: String) {
        let title = assessment.groupTitle(group)
        let suffix = table.id.dropFirst(table.kind.count).drop { $0 == "." }
        if table.kind == "B3.hotspots", !suffix.isEmpty {
            isOther = suffix != group
            return applied.append(isOther ? "This table is of another group." : "This table is of \(title).")
        }
        let reading = reading
        let whole = "This table has no figures of \(title) alone, so it is shown whole."
        if table.column("category") != nil {
            keep("Shown: \(title).", orWhole: whole) { reading.key($0, "category") == group }
        } else if table.column("groups") != nil {
            keep("Shown: areas in the list of \(title).", orWhole: whole) {
                reading.key($0, "groups").replacing("; ", with: ";").split(separator: ";").contains { $0 == group }
            }
        } else {
            unavailable.append(whole)
        }
    }

    mutating func keep(months: MonthRange) {
        guard table.column("month") != nil else {
            return unavailable.append("This table has no months: it is of \(assessment.period.inWords) as a whole.")
        }
        let reading = reading
        keep(
            "Shown: \(months.inWords).", orWhole: "This table has no row of \(months.inWords), so it is shown whole."
        ) { row in
            Month(reading.key(row, "month")).map(months.contains) ?? false
        }
    }

    private mutating func keep(
        _ shown: String, orWhole whole: String, where isWanted: ([AssessmentTable.Cell]) -> Bool
    ) {
        let kept = positions.filter { isWanted(table.rows[$0]) }
        if kept.isEmpty {
            unavailable.append(whole)
        } else {
            positions = kept
            applied.append(shown)
        }
    }
}
