internal import Kernel
internal import Records
internal import Statistics

/// B5: when things happen.
struct TimeTables {
    let context: AssessmentContext
    let source: PlacedRecords

    /// The tables of weekday and time band; empty tables with the reason where times are unknown.
    func weekTables(suffix: String) -> [AssessmentTable] {
        guard source.table.hasTimes else {
            let why =
                "\(source.table.source.title) says only in which month things happened, so there is no weekday or time."
            return [
                weekday("B5.weekday\(suffix)", nil, [why]), band("B5.band\(suffix)", nil, [why]),
                weekdayBand("B5.weekdayBand\(suffix)", nil, [why]),
            ]
        }
        var totals = AoristicTotals()
        var spread = 0
        var unknown = 0
        let table = source.table
        for row in source.rows(in: context.area, context.period) {
            let from = table.from[row]
            guard from != .min else {
                unknown += Int(table.count[row])
                continue
            }
            let to = table.to.isEmpty || table.to[row] == .min ? from : table.to[row]
            if to > from { spread += Int(table.count[row]) }
            totals.add(begin: from, end: to, count: Int(table.count[row]))
        }
        var notes = ["Source: \(table.source.title), UK time."]
        if spread > 0 {
            notes.append(
                "\(spread) incidents are known only to lie between two times; each is spread evenly over its interval "
                    + "(aoristic), so counts need not be whole.")
        }
        if unknown > 0 { notes.append("\(unknown) incidents without a time are left out.") }
        let flat = totals.threeHourBands
        let cells = (0..<7).map { day in Array(flat[day * 8..<day * 8 + 8]) }
        return [
            weekday("B5.weekday\(suffix)", cells, notes), band("B5.band\(suffix)", cells, notes),
            weekdayBand("B5.weekdayBand\(suffix)", cells, notes),
        ]
    }

    private static let bands: [String] = (0..<8).map { "\(padded($0 * 3, to: 2)):00-\(padded($0 * 3 + 2, to: 2)):59" }

    private func weekday(_ id: String, _ cells: [[Double]]?, _ notes: [String]) -> AssessmentTable {
        let totals = cells?.map { $0.reduce(0, +) }
        return shares(id, "By weekday", .init("weekday", "Weekday"), weekdayNames, totals, notes)
    }

    private func band(_ id: String, _ cells: [[Double]]?, _ notes: [String]) -> AssessmentTable {
        let totals = cells.map { cells in (0..<8).map { band in cells.reduce(0) { $0 + $1[band] } } }
        return shares(id, "By three-hour band", .init("band", "Time"), TimeTables.bands, totals, notes)
    }

    private func shares(
        _ id: String, _ title: String, _ column: AssessmentTable.Column, _ names: [String], _ totals: [Double]?,
        _ notes: [String]
    ) -> AssessmentTable {
        let sum = totals?.reduce(0, +) ?? 0
        let rows: [[AssessmentTable.Cell]] = (totals ?? []).enumerated().map { position, total in
            [.text(names[position]), .number(total), .number(sum > 0 ? total / sum * 100 : nil)]
        }
        return AssessmentTable(
            id: id, title: title,
            columns: [column, .init("count", "Count", .decimal(1)), .init("share", "Share", .percent(signed: false))],
            rows: rows, notes: notes)
    }

    private func weekdayBand(_ id: String, _ cells: [[Double]]?, _ notes: [String]) -> AssessmentTable {
        var rows: [[AssessmentTable.Cell]] = []
        for (day, bands) in (cells ?? []).enumerated() {
            for (band, count) in bands.enumerated() {
                rows.append([.text(weekdayNames[day]), .text(TimeTables.bands[band]), .number(count)])
            }
        }
        return AssessmentTable(
            id: id, title: "By weekday and three-hour band",
            columns: [.init("weekday", "Weekday"), .init("band", "Time"), .init("count", "Count", .decimal(1))],
            rows: rows, notes: notes)
    }

    // MARK: - Months

    /// Each month of the period against the same month of earlier years.
    func month(id: String) -> AssessmentTable {
        let covered = source.months(in: context.area)
        let earlier = context.earlierPeriods(of: source)
        var counts: [Int32: Int] = [:]
        if let first = covered.min(), let range = MonthRange(from: first, to: max(first, context.period.last)) {
            for row in source.rows(in: context.area, range) {
                counts[source.table.month[row], default: 0] += Int(source.table.count[row])
            }
        }
        func count(_ month: Month) -> Int? { covered.contains(month) ? counts[month.index] ?? 0 : nil }
        let shift = Int(context.period.first.index - context.period.sameMonthsBefore.first.index)
        let rows: [[AssessmentTable.Cell]] = context.period.months.map { month in
            let before = earlier.indices.map { count(month.advanced(by: -shift * ($0 + 1))) }
            let known = before.compactMap { $0 }
            let mean = known.isEmpty ? nil : Double(known.reduce(0, +)) / Double(known.count)
            let now = count(month)
            return [
                .text(month.description), .integer(now), .number(mean),
                .number(zip2(now, mean).flatMap { percentChange(from: $1, to: Double($0)) }),
            ] + before.map { .integer($0) }
        }
        return AssessmentTable(
            id: id, title: "By month, against the same months of earlier years",
            columns: [
                .init("month", "Month"), .count, .init("earlierMean", "Mean of earlier years", .decimal(1)),
                .init("changePercent", "Change %", .percent(signed: true)),
            ] + earlier.map { .init("count \($0)", $0.inWords, .count) },
            rows: rows,
            notes: ["Source: \(source.table.source.title). A month without records is missing, not zero."])
    }
}
