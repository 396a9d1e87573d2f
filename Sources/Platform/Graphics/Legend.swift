/// The key to the marks of a drawing.
struct Legend {
    enum Mark {
        case box(Paint)
        case tick
        case line(dash: String)
        case dot
        case ring
        case hatched(pattern: String)
        case outlined
    }

    var items: [(mark: Mark, text: String)]

    /// The key, its items side by side as far as they fit, and its height.
    func drawn(x left: Double = 0, y top: Double, width: Double) -> (svg: SVG, height: Double) {
        guard !items.isEmpty else { return (SVG(), 0) }
        var svg = SVG()
        var (x, y) = (left, top)
        for (mark, text) in items {
            let length = 26 + TextFitting.width(text)
            if x > left && x + length > left + width {
                x = left
                y += 22
            }
            svg += Legend.swatch(mark, x: x, y: y)
            let shown = TextFitting.truncated(text, to: left + width - x - 26)
            svg += .text(shown, x: x + 26, y: y + 13)
            x += length + 20
        }
        return (svg, y - top + 30)
    }

    /// The mark of an item, in a box 18 wide and 16 high.
    static func swatch(_ mark: Mark, x: Double, y: Double) -> SVG {
        switch mark {
        case .box(let paint): .rect(x: x, y: y + 1, width: 18, height: 14, fill: paint, stroke: .border)
        case .tick: marker(x: x + 9, from: y, to: y + 16)
        case .line(let dash): .line(x, y + 8, x + 20, y + 8, dash.isEmpty ? .main : .soft, width: 2.5, dash: dash)
        case .dot: dot(x: x + 9, y: y + 8)
        case .ring: ring(x: x + 9, y: y + 8)
        case .hatched(let pattern):
            """
            <rect x="\(x)" y="\(y + 1)" width="18" height="14" fill="url(#\(pattern))" class="s-border" \
            stroke="\(Theme.light.colour(.border).css)"/>
            """
        case .outlined:
            """
            <rect x="\(x + 1)" y="\(y + 2)" width="16" height="12" \(fill: .paper, stroke: .ink) stroke-width="2.5"/>
            """
        }
    }

    /// A bold stroke across a bar: the figure compared with.
    static func marker(x: Double, from top: Double, to bottom: Double) -> SVG {
        """
        <path d="M\(x) \(top)V\(bottom)" \(fill: nil, stroke: .paper) stroke-width="6"/>\
        <path d="M\(x) \(top)V\(bottom)" \(fill: nil, stroke: .ink) stroke-width="3"/>
        """
    }

    static func dot(x: Double, y: Double) -> SVG {
        "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"6\" \(fill: .main, stroke: .main) stroke-width=\"2\"/>"
    }

    static func ring(x: Double, y: Double) -> SVG {
        "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"5.5\" \(fill: .paper, stroke: .soft) stroke-width=\"2.5\"/>"
    }
}
