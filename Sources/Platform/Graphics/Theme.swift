/// What a colour is for. Drawings name the purpose; the theme gives the colour.
public enum Paint: String, CaseIterable, Sendable {
    /// The page behind the drawing.
    case paper
    /// Text and strong marks.
    case ink
    /// Secondary text, axes.
    case soft
    /// Grid lines.
    case grid
    /// The figures of the period: bars, lines, points.
    case main
    /// The figures compared with: earlier bars, bands.
    case second
    /// The range behind a line.
    case band
    /// Lines between areas of a map.
    case border
    /// The classes of a sequence, from few to many.
    case q1, q2, q3, q4, q5
    /// Text upon those classes.
    case on1, on2, on3, on4, on5

    /// The classes of a sequence, from few to many.
    public static let sequence: [Paint] = [.q1, .q2, .q3, .q4, .q5]
    /// Text upon the classes of a sequence.
    public static let onSequence: [Paint] = [.on1, .on2, .on3, .on4, .on5]

    /// Text upon this colour.
    public var on: Paint {
        Paint.sequence.firstIndex(of: self).map { Paint.onSequence[$0] } ?? .ink
    }
}

/// The colours of drawings. One hue whose luminance alone tells the order, so that print in grey and colour-blind
/// readers lose nothing; every distinction is also carried by position, length, pattern, dash or text.
public struct Theme: Sendable {
    /// The colour for each purpose.
    public let colours: [Paint: Colour]

    /// The colour for a purpose.
    public func colour(_ paint: Paint) -> Colour { colours[paint] ?? Colour(0) }

    /// For white paper: the darker, the more.
    public static let light = Theme(colours: [
        .paper: Colour(0xFFFFFF), .ink: Colour(0x0B0C0C), .soft: Colour(0x50575D), .grid: Colour(0xD5DADE),
        .main: Colour(0x206095), .second: Colour(0x7F8B95), .band: Colour(0xD3DCE4), .border: Colour(0x5F6D78),
        .q1: Colour(0xE6F0F8), .q2: Colour(0xB5D2EA), .q3: Colour(0x74AAD4), .q4: Colour(0x2F73AE),
        .q5: Colour(0x0C3663), .on1: Colour(0x0B0C0C), .on2: Colour(0x0B0C0C), .on3: Colour(0x0B0C0C),
        .on4: Colour(0xFFFFFF), .on5: Colour(0xFFFFFF),
    ])

    /// For dark screens: the lighter, the more.
    public static let dark = Theme(colours: [
        .paper: Colour(0x12171C), .ink: Colour(0xF1F4F6), .soft: Colour(0xAEB8C0), .grid: Colour(0x36404A),
        .main: Colour(0x6BB1EA), .second: Colour(0x8996A1), .band: Colour(0x323E49), .border: Colour(0x7D8B97),
        .q1: Colour(0x1C2C3C), .q2: Colour(0x22486B), .q3: Colour(0x3A75A9), .q4: Colour(0x80B5E0),
        .q5: Colour(0xE2F0FB), .on1: Colour(0xFFFFFF), .on2: Colour(0xFFFFFF), .on3: Colour(0xFFFFFF),
        .on4: Colour(0x0B0C0C), .on5: Colour(0x0B0C0C),
    ])

    /// A style sheet that gives drawings within a page these colours on dark screens. Printing stays light.
    public static let darkStyleSheet: String = {
        let rules = Paint.allCases.map { paint in
            let colour = dark.colour(paint).css
            return ".f-\(paint.rawValue){fill:\(colour)}.s-\(paint.rawValue){stroke:\(colour)}"
        }
        return "@media screen and (prefers-color-scheme:dark){\(rules.joined())}"
    }()
}
