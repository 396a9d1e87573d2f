internal import Kernel
internal import Records

/// Sums of harm, exact in hundredths of a day.
struct HarmSum {
    /// The harm with the weights used.
    var days: Int64 = 0
    /// The harm with the lowest and highest weights that the records' codes can stand for.
    var low: Int64 = 0
    var high: Int64 = 0
    /// Incidents with a weight.
    var weighted = 0
    /// Incidents without one.
    var unweighted = 0

    mutating func add(_ weight: HarmWeights.Weight?, count: Int) {
        guard let weight else {
            unweighted += count
            return
        }
        let n = Int64(count)
        days &+= n &* weight.days
        low &+= n &* weight.low
        high &+= n &* weight.high
        weighted += count
    }

    /// The harm, or nil when no incident has a weight though there are incidents.
    var known: Int64? { weighted == 0 && unweighted > 0 ? nil : days }
}

/// The weight of each pair of category and offence of a table.
struct WeightIndex {
    private let weights: [HarmWeights.Weight?]
    private let stride: Int

    /// - Parameter groups: gives the titles of categories, by which a set may know them ("violent-crime" is "Violence
    ///   and sexual offences").
    init(_ table: RecordTable, _ weights: HarmWeights, _ groups: OffenceGroups) {
        let offences = [""] + table.offences
        stride = offences.count
        self.weights = table.categories.flatMap { category in
            offences.map { offence in
                weights.weight(scheme: table.source.scheme, category: category, offence: offence)
                    ?? weights.weight(
                        scheme: table.source.scheme, category: groups.title(of: category), offence: offence)
            }
        }
    }

    subscript(category: Int32, offence: Int32) -> HarmWeights.Weight? {
        weights[Int(category) * stride + Int(offence) + 1]
    }
}

/// B2: harm by category in two periods.
struct HarmTables {
    let context: AssessmentContext
    let source: PlacedRecords
    let coverage: Coverage
    let index: WeightIndex

    init(_ context: AssessmentContext, _ source: PlacedRecords) {
        self.context = context
        self.source = source
        coverage = Coverage(of: source, in: context)
        index = WeightIndex(source.table, context.weights, context.groups)
    }

    func harm(id: String) -> AssessmentTable {
        let now = sums(context.period)
        let before = sums(context.previous)
        let kinds = kinds()
        let table = source.table
        let codes = table.categories.indices.filter {
            now[$0].weighted + now[$0].unweighted + before[$0].weighted + before[$0].unweighted > 0
        }
        var rows = codes.sorted { table.categories[$0] < table.categories[$1] }
            .map { row(table.categories[$0], before[$0], now[$0], kinds[$0]) }
        let all = codes.reduce(into: [Int64: Int]()) { $0.merge(kinds[$1], uniquingKeysWith: +) }
        rows.append(row("Total", HarmTables.total(before), HarmTables.total(now), all))
        return AssessmentTable(
            id: id, title: "Harm by category", columns: columns, rows: rows,
            notes: notes(HarmTables.total(now), withoutWeight: codes.filter { now[$0].known == nil }))
    }

    private var columns: [AssessmentTable.Column] {
        [
            .category, .init("countPrevious", "Count, previous", .count), .count,
            .init("harmPrevious", "Harm, previous (days)", .days), .harm,
            .init("difference", "Difference (days)", .days),
            .init("differencePercent", "Difference %", .percent(signed: true)),
            .init("harmLow", "Harm, lowest weights", .days), .init("harmHigh", "Harm, highest weights", .days),
            .init("intervalLow", "Harm, low (95 %)", .days), .init("intervalHigh", "Harm, high (95 %)", .days),
            .init("unweighted", "Without weight", .count),
        ]
    }

    private func row(_ name: String, _ before: HarmSum, _ now: HarmSum, _ kinds: [Int64: Int])
        -> [AssessmentTable.Cell]
    {
        let old = coverage.hasPrevious ? before.known : nil
        let pair = coverage.isComparable ? zip2(old, now.known) : nil
        let interval = now.known == nil ? nil : Figures.harmInterval(kinds)
        return [
            .text(name), .integer(coverage.hasPrevious ? before.weighted + before.unweighted : nil),
            .integer(now.weighted + now.unweighted), .days(old), .days(now.known),
            .days(pair.map { $1 - $0 }), .number(pair.flatMap { percentChange(from: Double($0), to: Double($1)) }),
            .days(now.known == nil ? nil : now.low), .days(now.known == nil ? nil : now.high),
            .number(interval?.low), .number(interval?.high), .integer(now.unweighted),
        ]
    }

    private func sums(_ range: MonthRange) -> [HarmSum] {
        var sums = [HarmSum](repeating: HarmSum(), count: source.table.categories.count)
        let table = source.table
        for row in source.rows(in: context.area, range) {
            let category = table.category[row]
            let offence = table.offence.isEmpty ? -1 : table.offence[row]
            sums[Int(category)].add(index[category, offence], count: Int(table.count[row]))
        }
        return sums
    }

    /// Of each category the incidents of the period by weight, with the weights that did not occur at 0.
    private func kinds() -> [[Int64: Int]] {
        let table = source.table
        var kinds = table.categories.map { _ in [Int64: Int]() }
        for row in 0..<table.rowCount {
            let category = table.category[row]
            guard let weight = index[category, table.offence.isEmpty ? -1 : table.offence[row]] else { continue }
            kinds[Int(category)][weight.days, default: 0] += 0
        }
        for row in source.rows(in: context.area, context.period) {
            let category = table.category[row]
            guard let weight = index[category, table.offence.isEmpty ? -1 : table.offence[row]] else { continue }
            kinds[Int(category)][weight.days, default: 0] += Int(table.count[row])
        }
        return kinds
    }

    static func total(_ sums: [HarmSum]) -> HarmSum {
        sums.reduce(into: HarmSum()) { total, sum in
            total.days += sum.days
            total.low += sum.low
            total.high += sum.high
            total.weighted += sum.weighted
            total.unweighted += sum.unweighted
        }
    }

    private func notes(_ total: HarmSum, withoutWeight: [Int]) -> [String] {
        var notes = [
            "Harm is in days, weighted with “\(context.weights.title)”, version \(context.weights.version). Sums are exact."
        ]
        if total.low != total.high {
            notes.append(
                "Some codes or categories stand for offences of different weight. “Lowest” and “highest weights” are what "
                    + "the same records give if each stood for its least or most harmful offence.")
        }
        notes.append(
            "The 95 % interval is that of a compound Poisson sum: it is wide where few grave offences make most of the "
                + "harm, so that one homicide more or less is seen to be one.")
        if !withoutWeight.isEmpty {
            notes.append(
                "These have no weight in this set and no harm is given for them: "
                    + withoutWeight.map { source.table.categories[$0] }.joined(separator: ", ") + ".")
        }
        return notes + coverage.notes + source.table.source.notes
    }
}
