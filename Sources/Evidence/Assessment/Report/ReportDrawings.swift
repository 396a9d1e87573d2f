internal import Graphics
internal import Kernel

/// Chooses the drawings of a table by its identifier and columns. A table that is not known, or lacks a column,
/// has no drawing.
struct ReportDrawings {
    let reading: TableReading
    let assessment: StrategicAssessment
    let maps: [ReportMap]

    var table: AssessmentTable { reading.table }
    var period: String { assessment.period.inWords }
    var previous: String { assessment.previous.inWords }

    /// The drawings in order.
    func all() -> [Drawing] {
        guard !table.rows.isEmpty else { return [] }
        switch table.kind {
        case "B1.level": return level()
        case "B1.months": return months()
        case "B2.harm": return harm()
        case "B3.wards", "B3.lsoas", "B3.overlap", "B3.hotspots": return places()
        case "B3.concentration": return concentration()
        case "B5.weekday": return columns("weekday")
        case "B5.band": return columns("band")
        case "B5.weekdayBand": return weekdayBand()
        case "B5.month": return season()
        default: return []
        }
    }

    func id(_ suffix: String) -> String {
        let plain = table.id.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" }
        return "drawing-" + String(plain) + "-" + suffix
    }

    /// Ends a description.
    var sameFigures: String { "The same figures are in table \(table.id)." }

    /// "Highest: Violence, 1,234. "
    func highest(_ bars: [BarChart.Bar], _ text: (Double) -> String) -> String {
        guard let top = bars.max(by: { ($0.value ?? -.infinity) < ($1.value ?? -.infinity) }), let value = top.value
        else { return "" }
        return "Highest: \(top.label), \(text(value)). "
    }
}

// MARK: - Level and harm

extension ReportDrawings {
    private func level() -> [Drawing] {
        [counts(), changes(), region()].compactMap { $0 }
    }

    private func counts() -> Drawing? {
        guard reading.has("category", "count") else { return nil }
        let bars = reading.parts.map {
            BarChart.Bar(
                reading.label($0, "category"), reading.number($0, "count"),
                comparedWith: reading.number($0, "previous"))
        }.sorted { ($0.value ?? -1) > ($1.value ?? -1) }
        guard !bars.isEmpty else { return nil }
        let write = reading.writer("count")
        return .chart(
            id("count"), "Number recorded by category, \(period) and \(previous)",
            "Bars for \(bars.count) categories with a stroke for the earlier period. \(highest(bars, write))\(sameFigures)"
        ) {
            BarChart($0, bars: bars, measure: period, comparison: previous, text: write).svg()
        }
    }

    private func changes() -> Drawing? {
        guard reading.has("category", "changePercent"), reading.hasNumbers("changePercent") else { return nil }
        let bars = reading.parts.map {
            BarChart.Bar(reading.label($0, "category"), reading.number($0, "changePercent"))
        }.sorted { ($0.value ?? -.infinity) > ($1.value ?? -.infinity) }
        let write = reading.writer("changePercent")
        return .chart(
            id("change"), "Change by category, \(previous) to \(period)",
            "Bars to the right are increases, to the left decreases. \(highest(bars, write))\(sameFigures)"
        ) {
            BarChart($0, bars: bars, measure: "Change in per cent", text: write).svg()
        }
    }

    private func region() -> Drawing? {
        guard reading.has("category", "ratePer1000", "regionRatePer1000"), reading.hasNumbers("regionRatePer1000")
        else { return nil }
        let bars = reading.parts.map {
            BarChart.Bar(
                reading.label($0, "category"), reading.number($0, "ratePer1000"),
                comparedWith: reading.number($0, "regionRatePer1000"))
        }.sorted { ($0.value ?? -1) > ($1.value ?? -1) }
        let write = reading.writer("ratePer1000")
        return .chart(
            id("region"), "Rate per 1,000 residents by category, beside the region, \(period)",
            "Bars for this area with a stroke for the region. \(highest(bars, write))\(sameFigures)"
        ) {
            BarChart($0, bars: bars, measure: assessment.area.name, comparison: "Region", text: write).svg()
        }
    }

    private func harm() -> [Drawing] {
        guard reading.has("category", "harm", "harmPrevious") else { return [] }
        let pairs = reading.parts.map {
            BarChart.Bar(
                reading.label($0, "category"), reading.number($0, "harm"),
                comparedWith: reading.number($0, "harmPrevious"))
        }.sorted { ($0.value ?? -1) > ($1.value ?? -1) }
        guard !pairs.isEmpty else { return [] }
        let changes = pairs.compactMap { pair in
            pair.value.flatMap { value in pair.comparison.map { BarChart.Bar(pair.label, value - $0) } }
        }.sorted { ($0.value ?? 0) > ($1.value ?? 0) }
        let write: @Sendable (Double) -> String = { CellText.number($0, .days, isSigned: true) }
        let description = "A ring for the earlier period, a dot for the later, the difference at the right. "
        return [
            .chart(
                id("difference"), "Harm by category in days, \(previous) and \(period), and the difference",
                description + highest(pairs, reading.writer("harm")) + sameFigures
            ) {
                DumbbellChart($0, pairs: pairs, later: period, earlier: previous).svg()
            },
            .chart(
                id("change"), "Difference in harm by category in days, \(previous) to \(period)",
                "Bars to the right are more harm, to the left less. \(highest(changes, write))\(sameFigures)"
            ) {
                BarChart($0, bars: changes, measure: "Difference in days", text: write).svg()
            },
        ]
    }
}
