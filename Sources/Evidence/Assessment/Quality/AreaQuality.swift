internal import Kernel
internal import Records

/// A2: what can be said of the records' quality once their areas are known: where they lie, and how sources of the same
/// thing agree.
struct AreaQuality {
    let context: AssessmentContext

    init(_ context: AssessmentContext) {
        self.context = context
    }

    func tables() -> [AssessmentTable] { [placement()] + [reconciliation()].compactMap { $0 } }

    /// Where a record lies; the cases are called as the columns of the table are.
    enum Whereabouts: Int, CaseIterable {
        case inArea, compared, elsewhere, unknown, noLocation
    }

    /// The area and those that it is compared with.
    var comparedMask: BoroughMask {
        BoroughMask(Array(Set(context.compared.flatMap(\.mask.positions))), of: context.frame.boroughs.count)
    }

    func whereabouts(_ row: Int, of source: PlacedRecords, compared: BoroughMask) -> Whereabouts {
        if context.area.holds(source.borough[row]) { return .inArea }
        if compared.holds(source.borough[row]) { return .compared }
        if source.borough[row] >= 0 { return .elsewhere }
        return source.level == .lsoa && source.table.lsoa[row] < 0 ? .noLocation : .unknown
    }

    private func placement() -> AssessmentTable {
        let compared = comparedMask
        var rows: [[AssessmentTable.Cell]] = []
        for source in context.sources {
            var counts = [Int](repeating: 0, count: Whereabouts.allCases.count)
            let (first, last) = (context.period.first.index, context.period.last.index)
            for row in 0..<source.table.rowCount
            where source.table.month[row] >= first && source.table.month[row] <= last {
                let kind = whereabouts(row, of: source, compared: compared).rawValue
                counts[kind] += Int(source.table.count[row])
            }
            rows.append([.text(source.table.source.title)] + counts.map { .integer($0) })
        }
        return AssessmentTable(
            id: "A2.areas", title: "Where the records of the period lie",
            columns: [
                .init("source", "Source"), .init("inArea", "In the area", .count),
                .init("compared", "In areas compared", .count), .init("elsewhere", "Elsewhere", .count),
                .init("unknown", "In an unknown area", .count), .init("noLocation", "Without location", .count),
            ], rows: rows,
            notes: [
                "Records without location cannot be given to an area and are in none of its figures.",
                "“Elsewhere” are records of places that the source does not cover as a whole, such as those just over a "
                    + "force’s border.",
            ])
    }

    /// Categories that one source of a scheme never has and another does: groups of offences that it omits.
    private static func omitted(_ sources: [PlacedRecords]) -> [String] {
        sources.compactMap { source in
            let others = sources.filter { $0.table.source.scheme == source.table.source.scheme }
            let missing = Set(others.flatMap(\.table.categories)).subtracting(source.table.categories).sorted()
            return missing.isEmpty
                ? nil : "\(source.table.source.title) has no records of: \(missing.joined(separator: ", "))."
        }
    }

    /// The months that all sources cover, and the range that they lie in; nil when there is none.
    static func sharedMonths(_ sources: [PlacedRecords]) -> (months: Set<Month>, range: MonthRange)? {
        guard let first = sources.first else { return nil }
        let months = sources.reduce(Set(first.table.months)) { $0.intersection($1.table.months) }
        guard let least = months.min(), let last = months.max(), let range = MonthRange(from: least, to: last) else {
            return nil
        }
        return (months, range)
    }

    /// Totals of sources of the same subject, over the months that all of them cover.
    private func reconciliation() -> AssessmentTable? {
        var rows: [[AssessmentTable.Cell]] = []
        var notes: [String] = []
        for subject in Set(context.sources.map(\.table.source.subject)).sorted() {
            let sources = context.sources(of: subject)
            guard sources.count > 1 else { continue }
            guard let (months, range) = AreaQuality.sharedMonths(sources) else {
                notes.append("The sources of \(subject) have no month in common.")
                continue
            }
            notes += AreaQuality.omitted(sources)
            for area in context.compared {
                let totals = sources.map { source in
                    source.rows(in: area.mask, range).reduce(0) { sum, row in
                        months.contains(Month(index: source.table.month[row]))
                            ? sum + Int(source.table.count[row]) : sum
                    }
                }
                let most = totals.max() ?? 0
                guard totals.count(where: { $0 > 0 }) > 1 else { continue }
                for (source, total) in zip(sources, totals) where total > 0 {
                    rows.append([
                        .text(area.name), .text(source.table.source.title), .text("\(range.first)"),
                        .text("\(range.last)"),
                        .integer(months.count), .integer(total), .integer(total - most),
                        .number(most > 0 ? Double(total - most) / Double(most) * 100 : nil),
                    ])
                }
            }
        }
        guard !rows.isEmpty || !notes.isEmpty else { return nil }
        return AssessmentTable(
            id: "A2.reconciliation", title: "Sources of the same thing compared",
            columns: [
                .init("area", "Area"), .init("source", "Source"), .init("from", "From"), .init("to", "To"),
                .init("months", "Months in common", .count), .init("count", "Count", .count),
                .init("difference", "Against the largest", .change),
                .init("differencePercent", "Difference %", .percent(signed: true)),
            ], rows: rows,
            notes: notes + [
                "Only months that all sources cover are compared. Sources of one subject are never added together: each table "
                    + "says which one it uses. Differences are usually records without a usable location, and offences that "
                    + "are not published for small areas."
            ])
    }
}
