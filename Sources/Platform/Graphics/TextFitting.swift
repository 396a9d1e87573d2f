/// How wide text is, roughly, and how it is made to fit.
enum TextFitting {
    /// Width in the units of the drawing. After DejaVu Sans, the widest of the usual system typefaces, so rather too much.
    static func width(_ text: String, size: Double = 14) -> Double {
        var units: Double = 0
        for character in text.unicodeScalars {
            switch character {
            case "i", "j", "l", "'": units += 0.28
            case "I", ".", ",", ":", ";", "|", " ", "/": units += 0.335
            case "f", "t", "r", "(", ")", "-", "!": units += 0.4
            case "c", "s", "z", "k", "v", "x", "y": units += 0.58
            case "m", "w", "M", "W", "%", "@", "+", "−", "…": units += 0.95
            case "A"..."Z": units += 0.72
            default: units += character.value > 0x2E80 ? 1.05 : 0.635
            }
        }
        return units * size
    }

    /// The text, or as much of it as fits followed by "…".
    static func truncated(_ text: String, to width: Double, size: Double = 14) -> String {
        guard self.width(text, size: size) > width else { return text }
        var kept = text
        while !kept.isEmpty && self.width(kept + "…", size: size) > width { kept.removeLast() }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }

    /// The text in at most so many lines, broken between words; what does not fit is cut with "…".
    static func wrapped(_ text: String, to width: Double, lines limit: Int = 2, size: Double = 14) -> [String] {
        var lines: [String] = []
        var line = ""
        var words = text.split(separator: " ").map(String.init)[...]
        while let word = words.first {
            let longer = line.isEmpty ? word : line + " " + word
            if self.width(longer, size: size) <= width || line.isEmpty && lines.count + 1 < limit {
                line = longer
                words.removeFirst()
            } else if lines.count + 1 == limit {
                line = ([line] + words).filter { !$0.isEmpty }.joined(separator: " ")
                words = []
            } else {
                lines.append(line)
                line = ""
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map { truncated($0, to: width, size: size) }
    }
}

/// Where text hangs on its point.
enum Anchor: String {
    case start, middle, end
}

extension SVG {
    /// A line of text, its baseline at y.
    static func text(
        _ text: String, x: Double, y: Double, _ anchor: Anchor = .start, paint: Paint = .ink, size: Double = 14,
        bold: Bool = false
    ) -> SVG {
        let place: SVG = "x=\"\(x)\" y=\"\(y)\""
        let hang: SVG = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        let high: SVG = size == 14 ? "" : " font-size=\"\(size)\""
        let weight: SVG = bold ? " font-weight=\"600\"" : ""
        return "<text \(place)\(hang)\(high)\(weight) \(fill: paint)>\(text)</text>"
    }

    /// A label in as many lines as it needs, centred about y, with the whole text as a title when some is cut.
    static func label(
        _ text: String, x: Double, y: Double, width: Double, _ anchor: Anchor = .start, lines limit: Int = 2,
        size: Double = 14
    ) -> SVG {
        let lines = TextFitting.wrapped(text, to: width, lines: limit, size: size)
        let top = y + size * 0.36 - size * 0.58 * Double(lines.count - 1)
        var svg = SVG()
        for (i, line) in lines.enumerated() {
            svg += .text(line, x: x, y: top + Double(i) * size * 1.16, anchor, size: size)
        }
        let isCut = lines.contains { $0.hasSuffix("…") }
        return isCut ? "<g><title>\(text)</title>\(svg)</g>" : svg
    }

    /// Text with a rim of paper, so that it can be read across lines and shades.
    static func rimmed(_ text: SVG, width: Double = 4) -> SVG {
        """
        <g stroke-width="\(width)" stroke-linejoin="round" paint-order="stroke" class="s-paper" \
        stroke="\(Theme.light.colour(.paper).css)">\(text)</g>
        """
    }

    /// A straight line.
    static func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ stroke: Paint, width: Double = 1, dash: String = ""
    ) -> SVG {
        let dashes: SVG = dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
        return """
            <line x1="\(x1)" y1="\(y1)" x2="\(x2)" y2="\(y2)" \(fill: nil, stroke: stroke) stroke-width="\(width)"\
            \(dashes)/>
            """
    }

    /// A rectangle.
    static func rect(x: Double, y: Double, width: Double, height: Double, fill: Paint, stroke: Paint? = nil) -> SVG {
        """
        <rect x="\(x)" y="\(y)" width="\(max(width, 0))" height="\(max(height, 0))" \(fill: fill, stroke: stroke)/>
        """
    }
}
