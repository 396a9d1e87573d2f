/// A map of areas shaded by a figure in up to five classes. North is up.
public struct Choropleth: Sendable {
    /// An area.
    public struct Area: Hashable, Sendable {
        /// Its code.
        public var code: String
        /// Its name.
        public var name: String
        /// Its rings, outer and inner alike (even-odd rule), in metres east and north on a plane.
        public var rings: [[PlanePoint]]
        /// Its figure; nil is drawn hatched.
        public var value: Double?
        /// Whether it has a bold outline.
        public var isOutlined: Bool

        /// An area.
        public init(
            code: String, name: String, rings: [[PlanePoint]], value: Double? = nil, isOutlined: Bool = false
        ) {
            self.code = code
            self.name = name
            self.rings = rings
            self.value = value
            self.isOutlined = isOutlined
        }
    }

    /// How the limits of the classes are chosen.
    public enum Classing: Sendable {
        /// About as many areas in each class.
        case quantiles
        /// Steps of equal width.
        case equalSteps
    }

    /// Name, description and width.
    public var figure: Figure
    /// The areas.
    public var areas: [Area]
    /// What the shading means, with its unit.
    public var measure: String
    /// What a bold outline means.
    public var outlineTitle: String
    /// How classes are chosen.
    public var classing: Classing
    /// Whether areas are named where the name fits.
    public var showsNames: Bool
    /// What areas are called in the key ("wards").
    public var areaNoun: String
    /// How figures are written in titles.
    public var text: @Sendable (Double) -> String

    /// A map.
    public init(
        _ figure: Figure, areas: [Area], measure: String, areaNoun: String = "areas", outlineTitle: String = "",
        classing: Classing = .quantiles, showsNames: Bool = false,
        text: @escaping @Sendable (Double) -> String = { NumberText.trimmed($0, 2) }
    ) {
        self.figure = figure
        self.areas = areas
        self.measure = measure
        self.areaNoun = areaNoun
        self.outlineTitle = outlineTitle
        self.classing = classing
        self.showsNames = showsNames
        self.text = text
    }

    /// The drawing as SVG.
    public func svg() -> [UInt8] {
        guard let plane = MapPlane(areas, width: figure.width) else { return figure.empty() }
        let values = areas.compactMap(\.value).filter(\.isFinite)
        let classes = classing == .quantiles ? ClassBreaks(quantiles: values) : ClassBreaks(equalSteps: values)
        var svg = hatching
        svg += """
            <g stroke-width="0.6" stroke-linejoin="round" fill-rule="evenodd" class="s-border" \
            stroke="\(Theme.light.colour(.border).css)">
            """
        for area in areas { svg += shape(area, plane, classes) }
        svg += "</g>"
        svg += outlines(plane)
        if showsNames { svg += names(plane) }
        svg += plane.scaleBar(y: plane.height + 24)
        svg += northArrow(y: plane.height + 4)
        let (key, height) = legend(classes, values, y: plane.height + 46)
        svg += key
        return figure.drawing(height: plane.height + 46 + height, svg)
    }

    private var pattern: String { "\(figure.id)-none" }

    private var hatching: SVG {
        """
        <defs><pattern id="\(pattern)" width="6" height="6" patternUnits="userSpaceOnUse" \
        patternTransform="rotate(45)"><rect width="6" height="6" \(fill: .paper)/>\
        <path d="M1.5 0V6" \(fill: nil, stroke: .soft) stroke-width="1.2"/></pattern></defs>
        """
    }

    private func shape(_ area: Area, _ plane: MapPlane, _ classes: ClassBreaks) -> SVG {
        let words = area.value.map(text) ?? "no figure"
        let mark = area.isOutlined && !outlineTitle.isEmpty ? " (\(outlineTitle))" : ""
        var paint: SVG = "fill=\"url(#\(pattern))\""
        if let value = area.value, value.isFinite {
            paint = "\(fill: classes.paints[classes.index(of: value)])"
        }
        return """
            <path \(paint) d="\(plane.path(area.rings))"><title>\(area.name): \(words)\(mark)</title></path>
            """
    }

    private func outlines(_ plane: MapPlane) -> SVG {
        let paths = areas.filter(\.isOutlined).map { plane.path($0.rings) }
        var svg = SVG()
        for (paint, width) in [(Paint.paper, 5.0), (.ink, 2.4)] {
            for path in paths {
                svg += """
                    <path d="\(path)" \(fill: nil, stroke: paint) stroke-width="\(width)" stroke-linejoin="round"/>
                    """
            }
        }
        return svg
    }

    private func names(_ plane: MapPlane) -> SVG {
        var svg: SVG = """
            <g paint-order="stroke" stroke-width="3.5" stroke-linejoin="round" class="s-paper" \
            stroke="\(Theme.light.colour(.paper).css)" aria-hidden="true">
            """
        for area in areas {
            guard let place = plane.labelPlace(area.rings) else { continue }
            let lines = TextFitting.wrapped(area.name, to: place.width * 0.94, lines: 2, size: 11)
            guard !lines.contains(where: { $0.hasSuffix("…") }), Double(lines.count) * 14 < place.height else {
                continue
            }
            for (i, line) in lines.enumerated() {
                let y = place.y + 4 + (Double(i) - Double(lines.count - 1) / 2) * 12.5
                svg += .text(line, x: place.x, y: y, .middle, size: 11)
            }
        }
        svg += "</g>"
        return svg
    }

    private func northArrow(y: Double) -> SVG {
        let x = figure.width - 10
        return """
            <g><path d="M\(x) \(y)l7 20-7-5-7 5z" \(fill: .ink)/>\
            \(SVG.text("N", x: x - 12, y: y + 19, .end, size: 13, bold: true))</g>
            """
    }

    private func legend(_ classes: ClassBreaks, _ values: [Double], y top: Double) -> (SVG, Double) {
        var y = top + 14
        var svg = SVG()
        let noun = TextFitting.truncated("Number of \(areaNoun)", to: figure.width * 0.5, size: 13)
        let room = figure.width - TextFitting.width(noun, size: 13) - 16
        svg += .text(noun, x: figure.width, y: y, .end, paint: .soft, size: 13)
        for line in TextFitting.wrapped(measure, to: room * 0.95, lines: 3) {
            svg += .text(line, x: 0, y: y, bold: true)
            y += 18
        }
        y += 6
        var items: [(Legend.Mark, String, Int)] = []
        let counts = classes.counts(of: values)
        if !values.isEmpty {
            items = classes.labels.indices.map { (.box(classes.paints[$0]), classes.labels[$0], counts[$0]) }
        }
        let missing = areas.count - values.count
        if missing > 0 { items.append((.hatched(pattern: pattern), "No figure", missing)) }
        let outlined = areas.filter(\.isOutlined).count
        if outlined > 0 { items.append((.outlined, outlineTitle, outlined)) }
        for (mark, words, count) in items {
            svg += Legend.swatch(mark, x: 0, y: y - 8)
            svg += .text("\(words)", x: 28, y: y + 5)
            svg += .text(NumberText.whole(count), x: figure.width, y: y + 5, .end)
            y += 24
        }
        return (svg, y - top)
    }
}
