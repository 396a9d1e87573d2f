internal import Graphics
internal import Kernel

extension ReportDrawings {
    /// Months against the same months of earlier years, each category so, and the whole series when it is longer
    /// than two years.
    func months() -> [Drawing] {
        guard reading.has("month", "category", "count") else { return [] }
        let series = MonthlySeries(reading)
        guard let range = series.range else { return [] }
        var drawings = [againstEarlier(series, range)]
        if range.count > 24 {
            let text = "A line of \(range.count) months, which starts at zero. \(sameFigures)"
            drawings.append(
                .chart(id("all"), "Number recorded each month, \(range.inWords)", text) {
                    LineChart($0, months: range, values: range.months.map { series.total[$0] }, measure: "Recorded")
                        .svg()
                })
        }
        if (2...40).contains(series.categories.count) { drawings.append(eachCategory(series, range)) }
        return drawings
    }

    private func againstEarlier(_ series: MonthlySeries, _ range: MonthRange) -> Drawing {
        let panel = panel(period, series.total, range)
        let text = "A line over the months of the period, dashed for the earlier period. \(sameFigures)"
        return .chart(id("year"), "Number recorded each month, \(period) beside earlier years", text) {
            var chart = LineChart($0, months: assessment.period, values: panel.values, measure: period)
            chart.comparison = panel.comparison
            chart.comparisonTitle = previous
            chart.band = panel.band
            chart.bandTitle = bandTitle(range)
            return chart.svg()
        }
    }

    private func eachCategory(_ series: MonthlySeries, _ range: MonthRange) -> Drawing {
        let panels = series.categories.map { key in
            panel(assessment.labels[key] ?? key, series.byCategory[key] ?? [:], range)
        }
        let text = "A small chart for each of \(panels.count) categories, each with its own scale. \(sameFigures)"
        return .chart(
            id("each"), "Number recorded each month by category, \(period); each chart has its own scale", text
        ) {
            var charts = SmallMultiples($0, months: assessment.period, panels: panels, measure: period)
            charts.comparisonTitle = previous
            charts.bandTitle = bandTitle(range)
            return charts.svg()
        }
    }

    private func bandTitle(_ range: MonthRange) -> String { "Range of the same months since \(range.first.year)" }

    /// The months of the period, those of the earlier period, and the range of the same months of all earlier years.
    private func panel(_ label: String, _ series: [Month: Double], _ range: MonthRange) -> SmallMultiples.Panel {
        let months = assessment.period.months
        let shift = Int(assessment.previous.first.index - assessment.period.first.index)
        let bands = months.map { month -> ClosedRange<Double>? in
            let earlier = stride(from: -12, through: Int(range.first.index - month.index), by: -12)
                .compactMap { series[month.advanced(by: $0)] }
            guard earlier.count > 1, let low = earlier.min(), let high = earlier.max() else { return nil }
            return low...high
        }
        return SmallMultiples.Panel(
            label, values: months.map { series[$0] }, band: bands.contains { $0 != nil } ? bands : [],
            comparison: months.map { series[$0.advanced(by: shift)] })
    }

    /// Columns over a natural order.
    func columns(_ column: String) -> [Drawing] {
        guard reading.has(column, "count") else { return [] }
        let bars = reading.parts.map {
            BarChart.Bar(reading.label($0, column), reading.number($0, "count"))
        }
        let write = reading.writer("count")
        let text = "\(bars.count) columns. \(highest(bars, write))\(sameFigures)"
        return [
            .chart(id("columns"), "\(table.title), \(period)", text) {
                // Upright columns have no room for words on a telephone.
                $0.width < 500
                    ? BarChart($0, bars: bars, measure: reading.title("count"), text: write).svg()
                    : ColumnChart($0, columns: bars, measure: reading.title("count"), text: write).svg()
            }
        ]
    }

    func weekdayBand() -> [Drawing] {
        guard reading.has("weekday", "band", "count") else { return [] }
        let days = ordered(reading.parts.map { reading.key($0, "weekday") })
        let bands = ordered(reading.parts.map { reading.key($0, "band") })
        var values = Array(repeating: [Double?](repeating: nil, count: bands.count), count: days.count)
        for row in reading.parts {
            guard let i = days.firstIndex(of: reading.key(row, "weekday")),
                let j = bands.firstIndex(of: reading.key(row, "band"))
            else { continue }
            values[i][j] = reading.number(row, "count")
        }
        let write = reading.writer("count")
        let name: (String) -> String = { assessment.labels[$0] ?? $0 }
        let text = "A grid of \(days.count) days by \(bands.count) times, darker for more. \(sameFigures)"
        return [
            .chart(id("grid"), "\(table.title), \(period)", text) {
                HeatGrid(
                    $0, rows: days.map(name), columns: bands.map(name), values: values,
                    measure: reading.title("count"), text: write
                ).svg()
            }
        ]
    }

    /// Each word once, as they come.
    private func ordered(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }

    /// Months of the period over the range of the earlier years, each a column of the table.
    func season() -> [Drawing] {
        guard reading.has("month", "count") else { return [] }
        let rows = reading.parts
        guard rows.count == assessment.period.count else { return columns("month") }
        let others = table.columns.filter { $0.id != "month" && $0.id != "count" && $0.format == .count }
        let earlier = rows.map { row in others.compactMap { reading.number(row, $0.id) } }
        let bands = earlier.map { values -> ClosedRange<Double>? in
            guard values.count > 1, let low = values.min(), let high = values.max() else { return nil }
            return low...high
        }
        let single = others.count == 1 ? others.first : nil
        let text = "A line over \(rows.count) months, over the range of earlier years. \(sameFigures)"
        return [
            .chart(id("season"), "\(table.title), \(period)", text) {
                var chart = LineChart(
                    $0, months: assessment.period, values: rows.map { reading.number($0, "count") }, measure: period)
                chart.band = bands.contains { $0 != nil } ? bands : []
                chart.bandTitle = "Range of \(others.map(\.title).joined(separator: ", "))"
                chart.comparison = single.map { column in rows.map { reading.number($0, column.id) } } ?? []
                chart.comparisonTitle = single?.title ?? ""
                return chart.svg()
            }
        ]
    }
}
