internal import Kernel

/// Text for spreadsheets, which take a cell that begins like a formula for one (OWASP, "CSV Injection"; ASVS 1.2.10).
public enum Spreadsheet {
    /// The text, with an apostrophe before it when a spreadsheet might compute it: when its first visible character,
    /// after any that do not show, is one of `= + - @` in ASCII or full width, or when it begins with a tab or a
    /// carriage return or line feed.
    public static func safe(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        if first == "\t" || first == "\r" || first == "\n" { return "'" + text }
        let visible = text.unicodeScalars.first { !isInvisible($0) }
        return visible.map { starters.contains($0.value) } == true ? "'" + text : text
    }

    // = + - @, their full-width and small forms, and the minus sign.
    private static let starters: Set<UInt32> = [
        0x3D, 0x2B, 0x2D, 0x40, 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20, 0xFE66, 0xFE62, 0xFE63, 0xFE6B, 0x2212,
    ]

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        if properties.isWhitespace || properties.isDefaultIgnorableCodePoint { return true }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .nonspacingMark, .enclosingMark: return true
        default: return scalar.value == 0x27 || scalar.value == 0x22 || scalar.value == 0x2800
        }
    }
}

/// Text for logs and line-based files: no character of it can end a line, hide others or turn the direction of
/// reading (ASVS 16.4.1).
enum LogText {
    /// JSON text with every character that does not show written as `\uXXXX`. The value it stands for is the same.
    static func escaping(_ json: [UInt8]) -> [UInt8] {
        guard json.contains(where: { $0 >= 0x7F }) else { return json }
        var out: [UInt8] = []
        out.reserveCapacity(json.count + 32)
        for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
            if needsEscape(scalar) {
                for unit in String(scalar).utf16 { out.append(contentsOf: escape(unit)) }
            } else {
                out.append(contentsOf: String(scalar).utf8)
            }
        }
        return out
    }

    /// The text with a space for every control character and line separator.
    static func oneLine(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x7F else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: return true
        default: return scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func escape(_ unit: UInt16) -> [UInt8] {
        let hex = Hexadecimal.text([UInt8(unit >> 8), UInt8(unit & 0xFF)])
        return Array("\\u\(hex)".utf8)
    }
}
