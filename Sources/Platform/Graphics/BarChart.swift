/// Horizontal bars, one a category, with an optional stroke across each for the figure it is compared with.
public struct BarChart: Sendable {
    /// A bar.
    public struct Bar: Hashable, Sendable {
        /// What it stands for.
        public var label: String
        /// Its figure; nil when there is none.
        public var value: Double?
        /// The figure it is compared with.
        public var comparison: Double?

        /// A bar.
        public init(_ label: String, _ value: Double?, comparedWith comparison: Double? = nil) {
            self.label = label
            self.value = value
            self.comparison = comparison
        }
    }

    /// Name, description and width.
    public var figure: Figure
    /// The bars from top to bottom.
    public var bars: [Bar]
    /// What the bars' length means, with its unit.
    public var measure: String
    /// What the stroke across the bars means; shown when a bar has one.
    public var comparison: String
    /// How figures are written beside the bars.
    public var text: @Sendable (Double) -> String

    /// A bar chart.
    public init(
        _ figure: Figure, bars: [Bar], measure: String, comparison: String = "",
        text: @escaping @Sendable (Double) -> String = { NumberText.trimmed($0, 1) }
    ) {
        self.figure = figure
        self.bars = bars
        self.measure = measure
        self.comparison = comparison
        self.text = text
    }

    private static let barHeight: Double = 18

    /// The drawing as SVG.
    public func svg() -> [UInt8] {
        guard bars.contains(where: { $0.value?.isFinite == true }) else { return figure.empty() }
        let (key, top) = legend()
        let layout = Layout(self, top: top)
        var svg = key
        svg += grid(layout)
        svg += .line(layout.scale(0), top, layout.scale(0), layout.bottom, .ink, width: 1.5)
        for (i, bar) in bars.enumerated() { svg += drawn(bar, at: layout.centre(of: i), layout) }
        return figure.drawing(height: layout.bottom + 26, svg)
    }

    private func legend() -> (SVG, Double) {
        var items: [(Legend.Mark, String)] = [(.box(.main), measure)]
        if bars.contains(where: { $0.comparison?.isFinite == true }) { items.append((.tick, comparison)) }
        let (svg, height) = Legend(items: items).drawn(y: 0, width: figure.width)
        return (svg, height + 4)
    }

    /// Where things lie: labels left of the bars, or above them on narrow drawings.
    private struct Layout {
        let scale: Scale
        let top: Double
        let rowHeight: Double
        let labelWidth: Double
        let bottom: Double
        let isNarrow: Bool

        init(_ chart: BarChart, top: Double) {
            isNarrow = chart.figure.isNarrow
            let width = chart.figure.width
            let widest = chart.bars.map { TextFitting.width($0.label) }.max() ?? 0
            labelWidth = isNarrow ? 0 : min(widest, width * 0.32)
            let values = chart.bars.compactMap(\.value)
            let figures = values.map { TextFitting.width(chart.text($0)) }.max() ?? 0
            let left = (isNarrow ? 1 : labelWidth + 12) + (values.contains { $0 < 0 } ? figures + 8 : 0)
            scale = Scale(
                values + chart.bars.compactMap(\.comparison), from: left, to: width - figures - 10,
                about: isNarrow ? 3 : 5)
            self.top = top
            rowHeight = isNarrow ? 46 : 34
            bottom = top + rowHeight * Double(chart.bars.count)
        }

        func centre(of row: Int) -> Double { top + rowHeight * (Double(row) + 0.5) + (isNarrow ? 8 : 0) }
    }

    private func grid(_ layout: Layout) -> SVG {
        var svg = SVG()
        for tick in layout.scale.ticks {
            let x = layout.scale(tick)
            svg += .line(x, layout.top, x, layout.bottom, .grid)
            guard layout.scale.named.contains(tick) else { continue }
            let isLast = tick == layout.scale.ticks.last
            let isFirst = tick == layout.scale.ticks.first && layout.isNarrow
            svg += .text(
                layout.scale.text(tick), x: isLast && layout.isNarrow ? x + 8 : x, y: layout.bottom + 18,
                isFirst ? .start : isLast && layout.isNarrow ? .end : .middle, paint: .soft, size: 13)
        }
        return svg
    }

    private func drawn(_ bar: Bar, at y: Double, _ layout: Layout) -> SVG {
        var svg = SVG()
        if layout.isNarrow {
            svg += .rimmed(.label(bar.label, x: 0, y: y - 20, width: figure.width, lines: 1))
        } else {
            svg += .label(bar.label, x: layout.labelWidth, y: y, width: layout.labelWidth, .end)
        }
        let zero = layout.scale(0)
        let end = bar.value.map { layout.scale($0) } ?? zero
        if bar.value != nil { svg += shape(bar, from: min(zero, end), to: max(zero, end), y: y) }
        if let comparison = bar.comparison, comparison.isFinite {
            let x = layout.scale(comparison)
            svg += Legend.marker(x: x, from: y - 12, to: y + 12)
        }
        svg += valueText(bar, end: end, y: y, layout)
        return svg
    }

    private func shape(_ bar: Bar, from left: Double, to right: Double, y: Double) -> SVG {
        let size = BarChart.barHeight
        return """
            <g><title>\(bar.label): \(bar.value.map(text) ?? "–")</title>\
            \(SVG.rect(x: left, y: y - size / 2, width: right - left, height: size, fill: .main))</g>
            """
    }

    /// The figure beyond the end of the bar, and beyond the stroke where that would cover it.
    private func valueText(_ bar: Bar, end: Double, y: Double, _ layout: Layout) -> SVG {
        let words = bar.value.map(text) ?? "no figure"
        let room = TextFitting.width(words) + 10
        let stroke = bar.comparison.map { layout.scale($0) } ?? end
        if let value = bar.value, value < 0 {
            let x = stroke < end && stroke > end - room ? stroke : end
            return .text(words, x: x - 7, y: y + 5, .end)
        }
        let x = stroke > end && stroke < end + room ? stroke : end
        return .text(words, x: x + 7, y: y + 5)
    }
}
