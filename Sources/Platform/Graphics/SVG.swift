/// SVG text as a literal: literal segments are copied, text is escaped, numbers are written with at most two decimals.
struct SVG: ExpressibleByStringInterpolation {
    var bytes: [UInt8] = []

    init() {}
    init(stringLiteral text: StaticString) { bytes = text.withUTF8Buffer(Array.init) }
    init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    static func += (all: inout SVG, more: SVG) { all.bytes.append(contentsOf: more.bytes) }

    struct StringInterpolation: StringInterpolationProtocol {
        var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 8)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        mutating func appendInterpolation(_ text: String) { SVG.escape(text, into: &bytes) }
        mutating func appendInterpolation(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }
        mutating func appendInterpolation(_ number: Double) { SVG.write(number, into: &bytes) }
        mutating func appendInterpolation(_ svg: SVG) { bytes.append(contentsOf: svg.bytes) }

        /// Attributes for fill and stroke: colours for white paper, and classes by which a page can change them.
        mutating func appendInterpolation(fill: Paint?, stroke: Paint? = nil) {
            let classes = [fill.map { "f-\($0.rawValue)" }, stroke.map { "s-\($0.rawValue)" }].compactMap { $0 }
            bytes.append(contentsOf: "class=\"\(classes.joined(separator: " "))\" fill=\"".utf8)
            bytes.append(contentsOf: (fill.map { Theme.light.colour($0).css } ?? "none").utf8)
            bytes.append(0x22)
            if let stroke { bytes.append(contentsOf: " stroke=\"\(Theme.light.colour(stroke).css)\"".utf8) }
        }
    }

    static func escape(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case 0x26: bytes.append(contentsOf: "&amp;".utf8)
            case 0x3C: bytes.append(contentsOf: "&lt;".utf8)
            case 0x3E: bytes.append(contentsOf: "&gt;".utf8)
            case 0x22: bytes.append(contentsOf: "&quot;".utf8)
            case 0..<0x20: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
    }

    /// Writes a coordinate with at most two decimals. What is no coordinate is written as 0.
    static func write(_ number: Double, into bytes: inout [UInt8]) {
        guard number.isFinite, abs(number) < 1e9 else { return bytes.append(0x30) }
        let hundredths = Int((number * 100).rounded())
        if hundredths < 0 { bytes.append(0x2D) }
        let (whole, part) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        bytes.append(contentsOf: String(whole).utf8)
        guard part > 0 else { return }
        bytes.append(0x2E)
        bytes.append(0x30 + UInt8(part / 10))
        if part % 10 > 0 { bytes.append(0x30 + UInt8(part % 10)) }
    }
}

/// The frame of every drawing: its name for people and machines, and its width.
public struct Figure: Hashable, Sendable {
    /// Prefix of every `id` in the drawing; unique in the page; letters, digits, "-", "_" and ".".
    public var id: String
    /// What the drawing shows, in a few words.
    public var title: String
    /// What a reader would see in it, for those who cannot.
    public var description: String
    /// Width of the drawing in its own units, in which text is 14 high. 720 suits a page, 340 a telephone.
    public var width: Double

    /// A frame.
    public init(id: String, title: String, description: String, width: Double = 720) {
        self.id = id
        self.title = title
        self.description = description
        self.width = width
    }

    /// Whether the drawing is for a narrow screen.
    var isNarrow: Bool { width < 500 }

    /// The whole drawing around its content.
    func drawing(height: Double, _ content: SVG) -> [UInt8] {
        let svg: SVG = """
            <svg xmlns="http://www.w3.org/2000/svg" id="\(id)" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" role="img" aria-labelledby="\(id)-title" aria-describedby="\(id)-desc" \
            font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif" \
            font-size="14" \(fill: .ink)><title id="\(id)-title">\(title)</title><desc id="\(id)-desc">\(description)\
            </desc>\(content)</svg>
            """
        return svg.bytes
    }

    /// What is drawn when there is nothing to draw.
    func empty() -> [UInt8] {
        drawing(
            height: 60,
            "<text x=\"0\" y=\"36\" \(fill: .soft)>There are no figures to draw.</text>")
    }
}
