public import Kernel

/// A figure for each month as a line, over the range of the same months of other years. Months without a figure are
/// gaps; the axis starts at zero.
public struct LineChart: Sendable {
    /// Name, description and width.
    public var figure: Figure
    /// The months from left to right.
    public var months: MonthRange
    /// A figure a month; nil is a gap.
    public var values: [Double?]
    /// The figure each month is compared with, drawn dashed; empty for none.
    public var comparison: [Double?] = []
    /// The range behind the line for each month; empty for none.
    public var band: [ClosedRange<Double>?] = []
    /// What the line means, with its unit.
    public var measure: String
    /// What the dashed line means.
    public var comparisonTitle = ""
    /// What the range means.
    public var bandTitle = ""

    /// A line chart.
    public init(_ figure: Figure, months: MonthRange, values: [Double?], measure: String) {
        self.figure = figure
        self.months = months
        self.values = values
        self.measure = measure
    }

    /// The drawing as SVG.
    public func svg() -> [UInt8] {
        guard values.contains(where: { $0?.isFinite == true }) else { return figure.empty() }
        let (key, top) = legend()
        let bottom = top + (figure.isNarrow ? 200 : 260)
        let plot = plot(top: top, bottom: bottom)
        var svg = key
        for tick in plot.y.ticks {
            svg += .line(plot.left, plot.y(tick), figure.width, plot.y(tick), .grid)
            svg += .text(plot.y.text(tick), x: plot.left - 6, y: plot.y(tick) + 4.5, .end, paint: .soft, size: 13)
        }
        svg += ranges(plot)
        svg += monthAxis(plot, y: bottom)
        if !comparison.isEmpty { svg += lines(comparison, plot, paint: .soft, width: 2, dash: "5 4") }
        svg += lines(values, plot, paint: .main, width: 3, dash: "")
        svg += points(plot)
        svg += .line(plot.left, plot.y(0), figure.width, plot.y(0), .ink, width: 1.5)
        return figure.drawing(height: bottom + 46, svg)
    }

    private func legend() -> (SVG, Double) {
        var items: [(Legend.Mark, String)] = [(.line(dash: ""), measure)]
        if comparison.contains(where: { $0 != nil }) { items.append((.line(dash: "5 4"), comparisonTitle)) }
        if band.contains(where: { $0 != nil }) { items.append((.box(.band), bandTitle)) }
        let (svg, height) = Legend(items: items).drawn(y: 0, width: figure.width)
        return (svg, height + 8)
    }

    /// Where months and figures lie.
    struct Plot {
        let left: Double
        let step: Double
        let y: Scale

        func x(_ index: Int) -> Double { left + step * (Double(index) + 0.5) }
    }

    private func plot(top: Double, bottom: Double) -> Plot {
        let limits = band.compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }
        let all = (values + comparison).compactMap { $0 } + limits
        let scale = Scale(all, from: bottom, to: top, about: figure.isNarrow ? 4 : 5)
        let left = 10 + (scale.ticks.map { TextFitting.width(scale.text($0), size: 13) }.max() ?? 0)
        return Plot(left: left, step: (figure.width - left) / Double(months.count), y: scale)
    }

    private func monthAxis(_ plot: Plot, y: Double) -> SVG {
        let every = [1, 2, 3, 4, 6, 12, 24, 60, 120].first { Double($0) * plot.step >= 34 } ?? 240
        var svg = SVG()
        var isFirst = true
        for (i, month) in months.months.enumerated() where Int(month.index) % every == 0 {
            let x = plot.x(i)
            svg += .line(x, y, x, y + 5, .soft)
            let name = every >= 12 ? String(month.year) : String(monthNames[month.monthOfYear - 1].prefix(3))
            svg += .text(name, x: x, y: y + 19, .middle, paint: .soft, size: 13)
            if every < 12 && (isFirst || month.monthOfYear == 1) {
                svg += .text(String(month.year), x: x, y: y + 36, .middle, paint: .soft, size: 13)
            }
            isFirst = false
        }
        return svg
    }

    /// The runs of months that have a figure.
    private func runs(_ values: [some Any], _ has: (Int) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for i in 0...min(values.count, months.count) {
            let present = i < min(values.count, months.count) && has(i)
            if present, start == nil { start = i }
            if !present, let first = start {
                runs.append(first..<i)
                start = nil
            }
        }
        return runs
    }

    func lines(_ values: [Double?], _ plot: Plot, paint: Paint, width: Double, dash: String) -> SVG {
        var svg = SVG()
        let dashes: SVG = dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
        for run in runs(values, { values[$0]?.isFinite == true }) where run.count > 1 {
            var path = SVG()
            for i in run { path += "\(i == run.lowerBound ? "M" : "L")\(plot.x(i)) \(plot.y(values[i] ?? 0))" }
            svg += """
                <path d="\(path)" \(fill: nil, stroke: paint) stroke-width="\(width)" stroke-linejoin="round" \
                stroke-linecap="round"\(dashes)/>
                """
        }
        return svg
    }

    func ranges(_ plot: Plot) -> SVG {
        var svg = SVG()
        for run in runs(band, { band[$0] != nil }) {
            var path = SVG()
            let ranges = run.map { (plot.x($0), band[$0] ?? 0...0) }
            let (first, last) = (plot.x(run.lowerBound) - plot.step / 2, plot.x(run.upperBound - 1) + plot.step / 2)
            path += "M\(first) \(plot.y(ranges[0].1.upperBound))"
            for (x, range) in ranges { path += "L\(x) \(plot.y(range.upperBound))" }
            path += "L\(last) \(plot.y(ranges[ranges.count - 1].1.upperBound))"
            path += "L\(last) \(plot.y(ranges[ranges.count - 1].1.lowerBound))"
            for (x, range) in ranges.reversed() { path += "L\(x) \(plot.y(range.lowerBound))" }
            path += "L\(first) \(plot.y(ranges[0].1.lowerBound))Z"
            svg += "<path d=\"\(path)\" \(fill: .band)/>"
        }
        return svg
    }

    /// A point for each month, which shows its figure, and the highest and lowest written out.
    private func points(_ plot: Plot) -> SVG {
        var svg = SVG()
        let known = values.prefix(months.count).enumerated().compactMap { i, value in
            value.flatMap { $0.isFinite ? (i, $0) : nil }
        }
        for (i, value) in known {
            let month = months.first.advanced(by: i)
            svg += """
                <circle cx="\(plot.x(i))" cy="\(plot.y(value))" r="\(min(4, plot.step / 3))" \
                \(fill: .main, stroke: .paper)><title>\(month.inWords): \(NumberText.trimmed(value, 1))</title></circle>
                """
        }
        guard let high = known.max(by: { $0.1 < $1.1 }), let low = known.min(by: { $0.1 < $1.1 }) else { return svg }
        svg += note(high, above: true, plot)
        if low.1 < high.1 { svg += note(low, above: false, plot) }
        return svg
    }

    private func note(_ point: (Int, Double), above: Bool, _ plot: Plot) -> SVG {
        let words = NumberText.trimmed(point.1, 1)
        let half = TextFitting.width(words, size: 13) / 2
        let x = min(max(plot.x(point.0), plot.left + half), figure.width - half)
        return .rimmed(.text(words, x: x, y: plot.y(point.1) + (above ? -10 : 20), .middle, size: 13, bold: true))
    }
}
