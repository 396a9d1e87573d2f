internal import Graphics
internal import HTML

/// A chart or map of the report, drawn for wide and narrow screens.
struct Drawing {
    /// What readers see above it.
    let title: String
    let wide: [UInt8]
    let narrow: [UInt8]

    /// A chart drawn at both widths.
    /// - Parameters:
    ///   - id: unique in the report.
    ///   - description: what a reader would see in it.
    static func chart(
        _ id: String, _ title: String, _ description: String, _ draw: (Figure) -> [UInt8]
    ) -> Drawing {
        let wide = Figure(id: id, title: title, description: description, width: 720)
        let narrow = Figure(id: id + "-n", title: title, description: description, width: 330)
        return Drawing(title: title, wide: draw(wide), narrow: draw(narrow))
    }

    /// A drawing whose shape does not depend on the screen.
    static func map(_ id: String, _ title: String, _ description: String, _ draw: (Figure) -> [UInt8]) -> Drawing {
        Drawing(
            title: title, wide: draw(Figure(id: id, title: title, description: description, width: 400)), narrow: [])
    }

    /// The drawing with its number and title.
    func html(number: Int) -> Html {
        // The drawings come from Graphics, which escapes all text.
        let drawn: Html =
            narrow.isEmpty
            ? "\(raw: wide)" : "<div class=\"wide\">\(raw: wide)</div><div class=\"narrow\">\(raw: narrow)</div>"
        return """
            <figure id="figure-\(number)"\(if: narrow.isEmpty, " class=\"map\"")>
            <figcaption><b>Figure \(number)</b> \(title)</figcaption>
            \(drawn)
            </figure>
            """
    }
}
