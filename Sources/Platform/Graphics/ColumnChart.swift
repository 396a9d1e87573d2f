internal import Kernel

/// Upright columns, one a class in its natural order: weekdays, hours, years.
public struct ColumnChart: Sendable {
    /// Name, description and width.
    public var figure: Figure
    /// The columns from left to right; the comparison is drawn as a stroke across the column.
    public var columns: [BarChart.Bar]
    /// What the columns' height means, with its unit.
    public var measure: String
    /// What the stroke across the columns means.
    public var comparison: String
    /// How figures are written above the columns.
    public var text: @Sendable (Double) -> String

    /// A column chart.
    public init(
        _ figure: Figure, columns: [BarChart.Bar], measure: String, comparison: String = "",
        text: @escaping @Sendable (Double) -> String = { NumberText.trimmed($0, 1) }
    ) {
        self.figure = figure
        self.columns = columns
        self.measure = measure
        self.comparison = comparison
        self.text = text
    }

    /// The drawing as SVG.
    public func svg() -> [UInt8] {
        let values = columns.compactMap(\.value).filter(\.isFinite)
        guard !values.isEmpty else { return figure.empty() }
        let (key, top) = legend()
        let bottom = top + (figure.isNarrow ? 210 : 260)
        let scale = Scale(values + columns.compactMap(\.comparison), from: bottom, to: top + 20, about: 4)
        let left = 8 + (scale.ticks.map { TextFitting.width(scale.text($0), size: 13) }.max() ?? 0)
        var svg = key
        for tick in scale.ticks {
            svg += .line(left, scale(tick), figure.width, scale(tick), .grid)
            svg += .text(scale.text(tick), x: left - 6, y: scale(tick) + 4.5, .end, paint: .soft, size: 13)
        }
        let step = (figure.width - left) / Double(columns.count)
        let widest = values.map { TextFitting.width(text($0), size: 13) }.max() ?? 0
        for (i, column) in columns.enumerated() {
            svg += drawn(column, x: left + step * (Double(i) + 0.5), step: step, scale, showsText: widest <= step)
            svg += label(column, at: i, x: left + step * (Double(i) + 0.5), y: bottom + 14, step: step)
        }
        svg += .line(left, scale(0), figure.width, scale(0), .ink, width: 1.5)
        return figure.drawing(height: bottom + 42, svg)
    }

    private func legend() -> (SVG, Double) {
        var items: [(Legend.Mark, String)] = [(.box(.main), measure)]
        if columns.contains(where: { $0.comparison?.isFinite == true }) {
            items.append((.line(dash: "5 3"), comparison))
        }
        let (svg, height) = Legend(items: items).drawn(y: 0, width: figure.width)
        return (svg, height)
    }

    private func drawn(_ column: BarChart.Bar, x: Double, step: Double, _ scale: Scale, showsText: Bool) -> SVG {
        guard let value = column.value, value.isFinite else {
            return .text("–", x: x, y: scale(0) - 6, .middle, paint: .soft)
        }
        let half = min(step * 0.38, 44)
        let (top, bottom) = (min(scale(value), scale(0)), max(scale(value), scale(0)))
        var svg: SVG = """
            <g><title>\(column.label): \(text(value))</title>\
            \(SVG.rect(x: x - half, y: top, width: half * 2, height: bottom - top, fill: .main))</g>
            """
        var edge = value < 0 ? bottom : top
        if let comparison = column.comparison, comparison.isFinite {
            let y = scale(comparison)
            svg += .line(x - half - 3, y, x + half + 3, y, .paper, width: 5)
            svg += .line(x - half - 3, y, x + half + 3, y, .ink, width: 2.5, dash: "5 3")
            if value >= 0 && y < edge && y > edge - 20 { edge = y }
        }
        guard showsText else { return svg }
        svg += .text(text(value), x: x, y: value < 0 ? edge + 15 : edge - 6, .middle, size: 13)
        return svg
    }

    /// The label below a column; where columns are thin, every second, third … one.
    private func label(_ column: BarChart.Bar, at index: Int, x: Double, y: Double, step: Double) -> SVG {
        let short = columns.allSatisfy { TextFitting.width($0.label, size: 13) <= max(step * 1.9, 30) }
        let every = short ? max(1, Int((34 / step).rounded(.up))) : 1
        guard index % every == 0 else { return SVG() }
        let width = step * Double(every) - 3
        let isName = weekdayNames.contains(column.label) || monthNames.contains(column.label)
        let label =
            isName && TextFitting.width(column.label, size: 13) > width
            ? String(column.label.prefix(3)) : column.label
        let lines = TextFitting.wrapped(label, to: width, size: 13).count
        return .label(label, x: x, y: y + 7.5 * Double(lines - 1), width: width, .middle, size: 13)
    }
}
