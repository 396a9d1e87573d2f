internal import Kernel
internal import Records
internal import Statistics

/// Finds months that are missing, cut short or out of line, and lasting changes of level.
enum MonthChecks {
    struct Finding {
        let source: String
        let month: Month
        let finding: String
        let count: Int?
        let usual: Double?
    }

    static func findings(_ table: RecordTable) -> [Finding] {
        guard let first = table.months.first, let last = table.months.last else { return [] }
        var counts: [Int32: Int] = [:]
        for row in 0..<table.rowCount { counts[table.month[row], default: 0] += Int(table.count[row]) }
        let held = Set(table.months)
        let gaps = longGaps(table.months)
        var found: [Finding] = []
        for index in first.index...last.index where !isInLongGap(index, gaps) {
            let month = Month(index: index)
            guard held.contains(month) else {
                found.append(
                    Finding(source: table.source.title, month: month, finding: "missing", count: nil, usual: nil))
                continue
            }
            let count = counts[index] ?? 0
            let usual = usual(around: index, counts)
            if let day = lastDay(of: month, table), isCutShort(day, month, count: count) {
                found.append(
                    Finding(
                        source: table.source.title, month: month, finding: "records stop on \(day.inWords)",
                        count: count,
                        usual: usual))
            } else if let usual, Double(count) < 0.8 * usual, isFarBelow(count, usual) {
                found.append(
                    Finding(
                        source: table.source.title, month: month, finding: "low: cut short, or a real fall",
                        count: count,
                        usual: usual))
            }
        }
        return found
    }

    // Gaps of more than ten years lie before or after a stray date: they are not months that a file lacks.
    private static func longGaps(_ months: [Month]) -> [Range<Int32>] {
        zip(months, months.dropFirst()).filter { $1.index - $0.index > 120 }.map { $0.index + 1..<$1.index }
    }

    private static func isInLongGap(_ index: Int32, _ gaps: [Range<Int32>]) -> Bool {
        gaps.contains { $0.contains(index) }
    }

    /// The median of the up to three nearest months held on either side, at most half a year away; nil with fewer than
    /// three.
    private static func usual(around index: Int32, _ counts: [Int32: Int]) -> Double? {
        let near = [-1, 1].flatMap { side in
            (1...6).compactMap { counts[index + Int32(side * $0)] }.prefix(3)
        }.sorted()
        guard near.count >= 3 else { return nil }
        let middle = near.count / 2
        return near.count % 2 == 1 ? Double(near[middle]) : Double(near[middle - 1] + near[middle]) / 2
    }

    // Further below than chance: five standard deviations of a Poisson count, at an overdispersion of four.
    private static func isFarBelow(_ count: Int, _ usual: Double) -> Bool {
        Double(count) < usual - 5 * (4 * usual).squareRoot()
    }

    private static func lastDay(of month: Month, _ table: RecordTable) -> LocalDate? {
        guard table.hasTimes else { return nil }
        var last: Int64 = .min
        for row in 0..<table.rowCount where table.month[row] == month.index { last = max(last, table.from[row]) }
        return last == .min ? nil : LocalDate(day: Int32(clamping: UKTime.floorDivide(last, 86_400)))
    }

    // Empty days at a month's end that chance would leave less than once in ten thousand months.
    private static func isCutShort(_ day: LocalDate, _ month: Month, count: Int) -> Bool {
        let days = Double(day.day - month.firstDay.day + 1)
        let emptyDays = Double(month.lastDay.day - day.day)
        return emptyDays >= 2 && Double(count) / days * emptyDays > 9.2
    }

    struct Break {
        let category: String
        let month: Month
        let before: Double
        let after: Double
    }

    /// Lasting changes of level of each category's monthly series without its season.
    static func breaks(_ table: RecordTable) -> [Break] {
        guard let first = table.months.first, let last = table.months.last, table.months.count >= 18 else { return [] }
        var series = [[Double]](
            repeating: [Double](repeating: 0, count: Int(last.index - first.index) + 1), count: table.categories.count)
        for row in 0..<table.rowCount where table.month[row] >= first.index && table.month[row] <= last.index {
            series[Int(table.category[row])][Int(table.month[row] - first.index)] += Double(table.count[row])
        }
        let held = table.months.map { Int($0.index - first.index) }
        return zip(table.categories, series).flatMap { category, counts -> [Break] in
            let values = held.map { counts[$0] }
            guard values.reduce(0, +) >= 10 * Double(values.count) else { return [] }
            return Figures.breaks(in: values).map { position, before, after in
                Break(category: category, month: table.months[position], before: before, after: after)
            }
        }.sorted { ($0.month, $0.category) < ($1.month, $1.category) }
    }
}
