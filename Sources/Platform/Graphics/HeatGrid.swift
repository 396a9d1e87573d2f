/// A grid of figures, shaded by size, with the figure in each cell: weekday by time of day.
public struct HeatGrid: Sendable {
    /// Name, description and width.
    public var figure: Figure
    /// The rows' labels.
    public var rows: [String]
    /// The columns' labels.
    public var columns: [String]
    /// The figures, a list for each row; nil where there is none.
    public var values: [[Double?]]
    /// What the figures mean.
    public var measure: String
    /// How figures are written in the cells.
    public var text: @Sendable (Double) -> String

    /// A heat grid.
    public init(
        _ figure: Figure, rows: [String], columns: [String], values: [[Double?]], measure: String,
        text: @escaping @Sendable (Double) -> String = { NumberText.trimmed($0, 1) }
    ) {
        self.figure = figure
        self.rows = rows
        self.columns = columns
        self.values = values
        self.measure = measure
        self.text = text
    }

    /// The drawing as SVG.
    public func svg() -> [UInt8] {
        let known = values.joined().compactMap { $0 }.filter(\.isFinite)
        guard !known.isEmpty, !rows.isEmpty, !columns.isEmpty else { return figure.empty() }
        let classes = ClassBreaks(equalSteps: known, classes: 5)
        let shownRows = figure.isNarrow ? rows.map { String($0.prefix(3)) } : rows
        let left = 10 + (shownRows.map { TextFitting.width($0) }.max() ?? 0)
        let cell = (width: (figure.width - left) / Double(columns.count), height: figure.isNarrow ? 30.0 : 36.0)
        let size = textSize(known, fitting: cell.width)
        let head = headSize(fitting: cell.width)
        let lines = columns.map { TextFitting.wrapped($0, to: cell.width - 2, lines: 3, size: head).count }.max() ?? 1
        let top = Double(lines) * 16 + 8
        var svg = SVG()
        for (j, column) in columns.enumerated() {
            svg += .label(
                column, x: left + cell.width * (Double(j) + 0.5), y: top / 2 - 2, width: cell.width - 2, .middle,
                lines: 3, size: head)
        }
        for (i, row) in shownRows.enumerated() {
            let y = top + cell.height * Double(i)
            svg += .text(row, x: left - 10, y: y + cell.height / 2 + 5, .end)
            for j in columns.indices {
                svg += drawn(
                    i, j, x: left + cell.width * Double(j), y: y, width: cell.width, height: cell.height, classes,
                    size: size)
            }
        }
        let bottom = top + cell.height * Double(rows.count)
        let (key, height) = legend(classes, y: bottom + 14)
        svg += key
        return figure.drawing(height: bottom + 14 + height, svg)
    }

    /// The size of text at which the widest figure fits a cell, 8…14.
    private func textSize(_ known: [Double], fitting width: Double) -> Double {
        let widest = known.map { TextFitting.width(text($0), size: 1) }.max() ?? 1
        return min(14, max(8, (width - 4) / max(widest, 0.1)))
    }

    /// The size of text at which the longest word above a column fits, 8…14.
    private func headSize(fitting width: Double) -> Double {
        let words = columns.flatMap { $0.split(separator: " ") }
        let widest = words.map { TextFitting.width(String($0), size: 1) }.max() ?? 1
        return min(14, max(8, (width - 3) / max(widest, 0.1)))
    }

    private func drawn(
        _ row: Int, _ column: Int, x: Double, y: Double, width: Double, height: Double, _ classes: ClassBreaks,
        size: Double
    ) -> SVG {
        let value = row < values.count && column < values[row].count ? values[row][column] : nil
        let shade = value.flatMap { $0.isFinite ? classes.paints[classes.index(of: $0)] : nil }
        let words = value.map(text) ?? "–"
        return """
            <g><title>\(rows[row]), \(columns[column]): \(words)</title>\
            \(SVG.rect(x: x + 1, y: y + 1, width: width - 2, height: height - 2, fill: shade ?? .paper))\
            \(SVG.text(words, x: x + width / 2, y: y + height / 2 + size * 0.36, .middle,
                paint: shade?.on ?? .soft, size: size))</g>
            """
    }

    private func legend(_ classes: ClassBreaks, y: Double) -> (SVG, Double) {
        var svg = SVG.text(measure, x: 0, y: y + 13, paint: .soft)
        let items = classes.labels.enumerated().map { (Legend.Mark.box(classes.paints[$0]), $1) }
        let (key, height) = Legend(items: items).drawn(y: y + 24, width: figure.width)
        svg += key
        return (svg, height + 24)
    }
}
