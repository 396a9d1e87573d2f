public import Kernel

/// A group of residents. A property that is nil is not distinguished.
public struct PopulationGroup: Hashable, Sendable {
    /// The sex, as the source writes it.
    public let sex: String?
    /// The age band, as the source writes it.
    public let ageBand: String?
    /// The ethnic group, as the source writes it.
    public let ethnicity: String?

    /// A group; without arguments, everybody.
    public init(sex: String? = nil, ageBand: String? = nil, ethnicity: String? = nil) {
        self.sex = sex
        self.ageBand = ageBand
        self.ethnicity = ethnicity
    }

    /// Everybody.
    public static let everybody = PopulationGroup()

    /// Which properties are distinguished, one bit for each.
    var dimensions: Int { (sex == nil ? 0 : 1) | (ageBand == nil ? 0 : 2) | (ethnicity == nil ? 0 : 4) }

    /// Whether every member of `other` belongs to this group.
    func holds(_ other: PopulationGroup) -> Bool {
        (sex == nil || sex == other.sex) && (ageBand == nil || ageBand == other.ageBand)
            && (ethnicity == nil || ethnicity == other.ethnicity)
    }
}

/// A number of residents, with the years that were used for it.
public struct PopulationFigure: Hashable, Sendable {
    /// How many residents.
    public let count: Double
    /// The years of the numbers, sorted: one, unless areas have no year in common.
    public let years: [Int]
    /// The areas without any number, sorted. They are not in the count.
    public let missing: [String]

    /// A number with its years.
    public init(count: Double, years: [Int], missing: [String] = []) {
        self.count = count
        self.years = years
        self.missing = missing
    }
}

/// Residents by area, year and group.
public struct PopulationTable: Sendable {
    /// One number of residents.
    public struct Row: Hashable, Sendable {
        /// The area's code.
        public let area: String
        /// The calendar year (mid-year estimate or census).
        public let year: Int
        /// Who is counted.
        public let group: PopulationGroup
        /// How many.
        public let count: Double

        /// A number.
        public init(area: String, year: Int, group: PopulationGroup = .everybody, count: Double) {
            self.area = area
            self.year = year
            self.group = group
            self.count = count
        }
    }

    /// By area and year, the numbers of each group.
    private var numbers: [String: [Int: [PopulationGroup: Double]]] = [:]
    /// Where the numbers come from, for messages.
    public let source: String

    /// A table of these numbers.
    /// - Parameters:
    ///   - rows: the numbers, in any order; the same one may stand twice.
    ///   - source: the file they come from, for messages.
    /// - Throws: a `Fault` when a number is negative or not finite, or one area, year and group has two numbers.
    public init(_ rows: some Sequence<Row>, source: String = "") throws(Fault) {
        self.source = source
        for row in rows {
            guard row.count >= 0, row.count.isFinite else {
                throw PopulationTable.fault(
                    source, "\(row.area) has the population \(row.count) in \(row.year)",
                    "Populations are numbers from 0 upwards.")
            }
            let earlier = numbers[row.area, default: [:]][row.year, default: [:]].updateValue(
                row.count, forKey: row.group)
            if let earlier, earlier != row.count {
                throw PopulationTable.fault(
                    source,
                    "\(row.area) has two populations in \(row.year), \(shortest(earlier)) and \(shortest(row.count))",
                    "Keep one of the two, or say which sex, age band or ethnic group each counts.")
            }
        }
    }

    private static func fault(_ source: String, _ why: String, _ remedy: String) -> Fault {
        Fault("The population could not be used", at: source, because: why, remedy: remedy)
    }

    // MARK: - What there is

    /// The areas, sorted.
    public var areas: [String] { numbers.keys.sorted() }
    /// The years of any area, sorted.
    public var years: [Int] { Set(numbers.values.flatMap(\.keys)).sorted() }
    /// The groups that numbers are given for, in the order of sex, age band and ethnic group.
    public var groups: [PopulationGroup] {
        let all = Set(numbers.values.flatMap { $0.values.flatMap(\.keys) })
        return all.sorted { PopulationTable.key($0) < PopulationTable.key($1) }
    }
    /// The sexes, sorted.
    public var sexes: [String] { Set(groups.compactMap(\.sex)).sorted() }
    /// The age bands, sorted by the first number in them.
    public var ageBands: [String] {
        Set(groups.compactMap(\.ageBand)).sorted { (PopulationTable.start($0), $0) < (PopulationTable.start($1), $1) }
    }
    /// The ethnic groups, sorted.
    public var ethnicities: [String] { Set(groups.compactMap(\.ethnicity)).sorted() }

    private static func key(_ group: PopulationGroup) -> (String, Int, String, String) {
        (group.sex ?? "", start(group.ageBand ?? ""), group.ageBand ?? "", group.ethnicity ?? "")
    }

    /// The first whole number in a text ("16 to 24" gives 16, "Under 10" gives 0), -1 when there is none.
    private static func start(_ band: String) -> Int {
        let digits = band.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }
        let isBelow = ["under", "<", "less"].contains { band.lowercased().hasPrefix($0) }
        return isBelow ? 0 : Int(digits) ?? -1
    }

    // MARK: - Figures

    /// The residents of one area in a year, or in the nearest year that there is (the earlier of two); nil when the
    /// area has no number for the group.
    ///
    /// A group that is not given itself is added up from the coarsest breakdown that tells it: the total from the sexes
    /// when there is no row for everybody, but never from two breakdowns together.
    public func total(
        _ area: String, year: Int, group: PopulationGroup = .everybody
    ) -> PopulationFigure? {
        let figure = total([area], year: year, group: group)
        return figure.missing.isEmpty ? figure : nil
    }

    /// The residents of several areas together. They are taken from one year when there is one that all areas have,
    /// the nearest to the year asked for (the earlier of two); otherwise each area gives its nearest.
    public func total(
        _ areas: some Sequence<String>, year: Int, group: PopulationGroup = .everybody
    ) -> PopulationFigure {
        var byArea: [[Int: Double]] = []
        var missing: [String] = []
        for area in areas {
            let values = values(area, group)
            if values.isEmpty { missing.append(area) } else { byArea.append(values) }
        }
        let first = byArea.first.map { Set($0.keys) } ?? []
        let common = byArea.dropFirst().reduce(first) { $0.intersection($1.keys) }
        let together = PopulationTable.nearest(year, in: common)
        var count = 0.0
        var years: Set<Int> = []
        for values in byArea {
            guard let used = together ?? PopulationTable.nearest(year, in: Set(values.keys)) else { continue }
            count += values[used] ?? 0
            years.insert(used)
        }
        return PopulationFigure(count: count, years: years.sorted(), missing: missing.sorted())
    }

    private static func nearest(_ year: Int, in years: Set<Int>) -> Int? {
        years.min { (abs($0 - year), $0) < (abs($1 - year), $1) }
    }

    /// The numbers of a group in one area by year.
    private func values(_ area: String, _ group: PopulationGroup) -> [Int: Double] {
        (numbers[area] ?? [:]).compactMapValues { PopulationTable.sum($0, for: group) }
    }

    /// The sum over the coarsest breakdown that distinguishes at least what the group does.
    private static func sum(_ counts: [PopulationGroup: Double], for group: PopulationGroup) -> Double? {
        if let count = counts[group] { return count }
        let wanted = group.dimensions
        let breakdowns = Set(counts.keys.map(\.dimensions)).filter { $0 & wanted == wanted }
        let ordered = breakdowns.sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
        for breakdown in ordered {
            let parts = counts.filter { $0.key.dimensions == breakdown && group.holds($0.key) }
            if !parts.isEmpty { return parts.values.sorted().reduce(0, +) }
        }
        return nil
    }

    /// The table of larger areas, in which every area's numbers are added to its group's, such as LSOAs to wards.
    ///
    /// A year, and a breakdown such as by sex, is kept for a larger area only where all its members that have numbers
    /// have it; a group that a member's breakdown leaves out counts as nobody.
    /// - Parameter groups: the larger area of each area's code. Areas without one are left out.
    public func grouped(by groups: [String: String]) -> PopulationTable {
        var members: [String: [String]] = [:]
        for area in areas {
            if let group = groups[area] { members[group, default: []].append(area) }
        }
        var result = self
        result.numbers = members.mapValues { areas in
            let tables = areas.compactMap { numbers[$0] }
            let years = tables.dropFirst().reduce(Set(tables.first?.keys ?? [:].keys)) { $0.intersection($1.keys) }
            var sums: [Int: [PopulationGroup: Double]] = [:]
            for year in years { sums[year] = PopulationTable.sum(tables.map { $0[year] ?? [:] }) }
            return sums
        }
        return result
    }

    /// The sums of several areas' numbers in the breakdowns that all have.
    private static func sum(_ tables: [[PopulationGroup: Double]]) -> [PopulationGroup: Double] {
        let breakdowns = tables.map { Set($0.keys.map(\.dimensions)) }
        let common = breakdowns.dropFirst().reduce(breakdowns.first ?? []) { $0.intersection($1) }
        var sums: [PopulationGroup: Double] = [:]
        for table in tables {
            for (group, count) in table where common.contains(group.dimensions) { sums[group, default: 0] += count }
        }
        return sums
    }
}
