/// How much of a total lies in the fewest places: cumulative share of places against cumulative share of the total,
/// beside the line on which every place would have the same.
public struct ConcentrationCurve: Sendable {
    /// A curve.
    public struct Curve: Hashable, Sendable {
        /// What is added up.
        public var label: String
        /// Points: percentage of places 0…100, percentage of the total 0…100. The ends are added.
        public var points: [PlanePoint]

        /// A curve.
        public init(_ label: String, points: [PlanePoint]) {
            self.label = label
            self.points = points
        }
    }

    /// Name, description and width.
    public var figure: Figure
    /// The curves, at most four, told apart by dashes.
    public var curves: [Curve]
    /// What the places are ("neighbourhoods").
    public var places: String
    /// What the total is.
    public var total: String

    /// A concentration drawing.
    public init(_ figure: Figure, curves: [Curve], places: String, total: String) {
        self.figure = figure
        self.curves = curves
        self.places = places
        self.total = total
    }

    private static let styles: [(paint: Paint, dash: String)] = [
        (.main, ""), (.ink, "8 4"), (.soft, "2 4"), (.main, "10 4 2 4"),
    ]

    /// The drawing as SVG.
    public func svg() -> [UInt8] {
        let shown = curves.filter { !$0.points.isEmpty }.prefix(ConcentrationCurve.styles.count)
        guard !shown.isEmpty else { return figure.empty() }
        var svg = SVG()
        var y = 8.0
        for (i, curve) in shown.enumerated() {
            svg += line(i, "M0 \(y)H30")
            svg += .text(TextFitting.truncated(curve.label, to: figure.width - 40), x: 38, y: y + 5)
            y += 22
        }
        svg += .line(0, y, 30, y, .soft, width: 1)
        svg += .text("The same in every place", x: 38, y: y + 5)
        let plot = (left: 48.0, top: y + 40, size: min(figure.width - 66, 380))
        svg += .text(total, x: 0, y: y + 28, paint: .soft, size: 13)
        svg += grid(plot)
        for (i, curve) in shown.enumerated() {
            svg += line(i, path(curve, plot))
            for point in curve.points where point.x.isFinite && point.y.isFinite { svg += dot(point, curve, i, plot) }
        }
        return figure.drawing(height: plot.top + plot.size + 46, svg)
    }

    private typealias Plot = (left: Double, top: Double, size: Double)

    private func grid(_ plot: Plot) -> SVG {
        var svg = SVG()
        let (right, bottom) = (plot.left + plot.size, plot.top + plot.size)
        for share in [0, 25, 50, 75, 100] {
            let offset = plot.size * Double(share) / 100
            svg += .line(plot.left, bottom - offset, right, bottom - offset, share == 0 ? .ink : .grid)
            svg += .line(plot.left + offset, plot.top, plot.left + offset, bottom, share == 0 ? .ink : .grid)
            svg += .text("\(share)%", x: plot.left - 6, y: bottom - offset + 4.5, .end, paint: .soft, size: 13)
            svg += .text("\(share)%", x: plot.left + offset, y: bottom + 18, .middle, paint: .soft, size: 13)
        }
        svg += .line(plot.left, bottom, right, plot.top, .soft)
        svg += .text(places, x: right, y: bottom + 38, .end, paint: .soft, size: 13)
        return svg
    }

    /// A known point; between them the curve is a guess.
    private func dot(_ point: PlanePoint, _ curve: Curve, _ index: Int, _ plot: Plot) -> SVG {
        let place = place(point, plot)
        let words = "\(curve.label): \(NumberText.trimmed(point.y, 1))% in \(NumberText.trimmed(point.x, 1))%"
        return """
            <circle cx="\(place.x)" cy="\(place.y)" r="4" \(fill: .paper, stroke: ConcentrationCurve.styles[index].paint) \
            stroke-width="2.5"><title>\(words)</title></circle>
            """
    }

    private func place(_ point: PlanePoint, _ plot: Plot) -> (x: Double, y: Double) {
        (
            plot.left + plot.size * min(max(point.x, 0), 100) / 100,
            plot.top + plot.size * (1 - min(max(point.y, 0), 100) / 100)
        )
    }

    private func path(_ curve: Curve, _ plot: Plot) -> SVG {
        let ends = [PlanePoint(0, 0), PlanePoint(100, 100)]
        let points = (curve.points.filter { $0.x.isFinite && $0.y.isFinite } + ends)
            .sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        var path = SVG()
        for (i, point) in points.enumerated() {
            let (x, y) = place(point, plot)
            path += "\(i == 0 ? "M" : "L")\(x) \(y)"
        }
        return path
    }

    private func line(_ index: Int, _ path: SVG) -> SVG {
        let style = ConcentrationCurve.styles[index]
        let dashes: SVG = style.dash.isEmpty ? "" : " stroke-dasharray=\"\(style.dash)\""
        return """
            <path d="\(path)" \(fill: nil, stroke: style.paint) stroke-width="3" stroke-linejoin="round"\(dashes)/>
            """
    }
}
