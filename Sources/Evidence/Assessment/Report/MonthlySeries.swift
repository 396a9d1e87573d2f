internal import Kernel

/// The counts of months by category, out of a table of month, category and count.
struct MonthlySeries {
    /// All categories: the rows that add them up where there are such, else their sum.
    private(set) var total: [Month: Double] = [:]
    private(set) var byCategory: [String: [Month: Double]] = [:]
    /// The categories as they come, without those that add up others.
    private(set) var categories: [String] = []

    init(_ reading: TableReading) {
        let hasTotal = reading.total(in: "category")
        for row in reading.table.rows {
            guard let month = Month(reading.key(row, "month")), let count = reading.number(row, "count") else {
                continue
            }
            let category = reading.key(row, "category")
            let addsUp = TableReading.totals.contains(category)
            if addsUp == hasTotal { total[month, default: 0] += count }
            guard !addsUp else { continue }
            if byCategory[category] == nil { categories.append(category) }
            byCategory[category, default: [:]][month] = count
        }
    }

    /// From the first month to the last, or nil when there is none.
    var range: MonthRange? {
        guard let first = total.keys.min(), let last = total.keys.max() else { return nil }
        return MonthRange(from: first, to: last)
    }
}
