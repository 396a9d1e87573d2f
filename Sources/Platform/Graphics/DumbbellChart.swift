/// Before and after: a ring for the earlier figure, a dot for the later one, and the line between them.
public struct DumbbellChart: Sendable {
    /// Name, description and width.
    public var figure: Figure
    /// The pairs from top to bottom: the value is the later figure, the comparison the earlier one.
    public var pairs: [BarChart.Bar]
    /// What the dots mean ("2024").
    public var later: String
    /// What the rings mean ("2023").
    public var earlier: String
    /// How differences are written at the right.
    public var difference: @Sendable (Double) -> String

    /// A dumbbell chart.
    public init(
        _ figure: Figure, pairs: [BarChart.Bar], later: String, earlier: String,
        difference: @escaping @Sendable (Double) -> String = { NumberText.signed($0, 0) }
    ) {
        self.figure = figure
        self.pairs = pairs
        self.later = later
        self.earlier = earlier
        self.difference = difference
    }

    /// The drawing as SVG.
    public func svg() -> [UInt8] {
        let values = pairs.flatMap { [$0.value, $0.comparison] }.compactMap { $0 }.filter(\.isFinite)
        guard !values.isEmpty else { return figure.empty() }
        let key = Legend(items: [(.dot, later), (.ring, earlier)]).drawn(y: 0, width: figure.width)
        let top = key.height + 4
        let row: Double = figure.isNarrow ? 46 : 34
        let bottom = top + row * Double(pairs.count)
        let changes = pairs.map(change)
        let right = figure.width - (changes.map { TextFitting.width($0) }.max() ?? 0) - 18
        let widest = pairs.map { TextFitting.width($0.label) }.max() ?? 0
        let labels = figure.isNarrow ? 0 : min(widest, figure.width * 0.32)
        let scale = Scale(
            values, from: labels + (figure.isNarrow ? 8 : 20), to: right, about: figure.isNarrow ? 3 : 5)
        var svg = key.svg
        for tick in scale.ticks {
            svg += .line(scale(tick), top, scale(tick), bottom, .grid)
            guard scale.named.contains(tick) else { continue }
            let isFirst = figure.isNarrow && tick == scale.ticks.first
            svg += .text(
                scale.text(tick), x: isFirst ? 0 : scale(tick), y: bottom + 18, isFirst ? .start : .middle,
                paint: .soft, size: 13)
        }
        for (i, pair) in pairs.enumerated() {
            let y = top + row * (Double(i) + 0.5) + (figure.isNarrow ? 8 : 0)
            svg += drawn(pair, y: y, labels: labels, scale)
            svg += .text(changes[i], x: figure.width, y: y + 5, .end)
        }
        return figure.drawing(height: bottom + 26, svg)
    }

    private func change(_ pair: BarChart.Bar) -> String {
        guard let value = pair.value, let before = pair.comparison else { return "–" }
        return difference(value - before)
    }

    private func drawn(_ pair: BarChart.Bar, y: Double, labels: Double, _ scale: Scale) -> SVG {
        var svg = SVG()
        if figure.isNarrow {
            svg += .rimmed(.label(pair.label, x: 0, y: y - 20, width: figure.width, lines: 1))
        } else {
            svg += .label(pair.label, x: labels, y: y, width: labels, .end)
        }
        if let value = pair.value, let before = pair.comparison {
            svg += .line(scale(before), y, scale(value), y, .main, width: 4)
        }
        if let before = pair.comparison { svg += Legend.ring(x: scale(before), y: y) }
        if let value = pair.value { svg += Legend.dot(x: scale(value), y: y) }
        return svg
    }
}
