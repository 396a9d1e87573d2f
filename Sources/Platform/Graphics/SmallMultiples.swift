public import Kernel

/// Many small line charts of the same months, each with its own height, for comparing shapes and not levels.
public struct SmallMultiples: Sendable {
    /// A panel.
    public struct Panel: Sendable {
        /// What it shows.
        public var label: String
        /// A figure a month; nil is a gap.
        public var values: [Double?]
        /// The range behind the line for each month; empty for none.
        public var band: [ClosedRange<Double>?]
        /// The figure each month is compared with; empty for none.
        public var comparison: [Double?]

        /// A panel.
        public init(
            _ label: String, values: [Double?], band: [ClosedRange<Double>?] = [], comparison: [Double?] = []
        ) {
            self.label = label
            self.values = values
            self.band = band
            self.comparison = comparison
        }
    }

    /// Name, description and width.
    public var figure: Figure
    /// The months of every panel.
    public var months: MonthRange
    /// The panels in reading order.
    public var panels: [Panel]
    /// What the lines mean.
    public var measure: String
    /// What the dashed lines mean.
    public var comparisonTitle = ""
    /// What the ranges mean.
    public var bandTitle = ""

    /// Small charts.
    public init(_ figure: Figure, months: MonthRange, panels: [Panel], measure: String) {
        self.figure = figure
        self.months = months
        self.panels = panels
        self.measure = measure
    }

    /// The drawing as SVG.
    public func svg() -> [UInt8] {
        guard panels.contains(where: { $0.values.contains { $0?.isFinite == true } }) else { return figure.empty() }
        let key = legend()
        let across = figure.isNarrow ? 1 : 3
        let gap: Double = 28
        let width = (figure.width - gap * Double(across - 1)) / Double(across)
        let height: Double = 148
        var svg = key.svg
        for (i, panel) in panels.enumerated() {
            let x = Double(i % across) * (width + gap)
            svg += drawn(panel, x: x, y: key.height + height * Double(i / across), width: width)
        }
        let rows = (panels.count + across - 1) / across
        return figure.drawing(height: key.height + height * Double(rows), svg)
    }

    private func legend() -> (svg: SVG, height: Double) {
        var items: [(Legend.Mark, String)] = [(.line(dash: ""), measure)]
        if panels.contains(where: { $0.comparison.contains { $0 != nil } }) {
            items.append((.line(dash: "5 4"), comparisonTitle))
        }
        if panels.contains(where: { $0.band.contains { $0 != nil } }) { items.append((.box(.band), bandTitle)) }
        let (svg, height) = Legend(items: items).drawn(y: 0, width: figure.width)
        return (svg, height + 4)
    }

    private func drawn(_ panel: Panel, x: Double, y: Double, width: Double) -> SVG {
        var chart = LineChart(figure, months: months, values: panel.values, measure: panel.label)
        chart.band = panel.band
        let limits = panel.band.compactMap { $0?.upperBound }
        let all = (panel.values + panel.comparison).compactMap { $0 } + limits
        let scale = Scale(all, from: y + 118, to: y + 32, about: 2, whole: true)
        let left = 8 + (scale.ticks.map { TextFitting.width(scale.text($0), size: 12) }.max() ?? 0)
        let plot = LineChart.Plot(left: x + left, step: (width - left) / Double(months.count), y: scale)
        var svg = SVG.text(TextFitting.truncated(panel.label, to: width), x: x, y: y + 14, bold: true)
        for tick in scale.ticks {
            svg += .line(x + left, scale(tick), x + width, scale(tick), tick == 0 ? .ink : .grid)
            svg += .text(scale.text(tick), x: x + left - 5, y: scale(tick) + 4, .end, paint: .soft, size: 12)
        }
        svg += chart.ranges(plot)
        if !panel.comparison.isEmpty {
            svg += chart.lines(panel.comparison, plot, paint: .soft, width: 1.5, dash: "4 3")
        }
        svg += chart.lines(panel.values, plot, paint: .main, width: 2.5, dash: "")
        svg += .text(months.first.inShort, x: x + left, y: y + 133, paint: .soft, size: 12)
        svg += .text(months.last.inShort, x: x + width, y: y + 133, .end, paint: .soft, size: 12)
        return "<g><title>\(panel.label)</title>\(svg)</g>"
    }
}
