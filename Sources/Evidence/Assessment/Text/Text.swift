internal import Kernel

/// Numbers and words for sentences.
enum Text {
    /// A number with this many decimals and thousands separators.
    static func decimals(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "–" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * scale).rounded()
        let whole = Int64(scaled / scale)
        let rest = Int64(scaled) - whole * Int64(scale)
        let fraction = decimals > 0 ? "." + padded(Int(rest), to: decimals) : ""
        return (value < 0 && scaled > 0 ? "−" : "") + thousands(Int(whole)) + fraction
    }

    /// A whole number with thousands separators.
    static func thousands(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "−" : ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A change in percent without sign, whole from ten on: "9", "0.4".
    static func percent(_ value: Double) -> String {
        let size = abs(value)
        return size >= 10 ? decimals(size, 0) : decimals(size, size < 1 ? 1 : 0)
    }

    /// A probability: "0.034", "below 0.0001".
    static func probability(_ value: Double) -> String {
        value < 0.0001 ? "below 0.0001" : decimals(value, value < 0.01 ? 4 : 3)
    }

    /// "1st", "22nd", "13th".
    static func ordinal(_ number: Int) -> String {
        let suffix: String =
            switch (number % 100, number % 10) {
            case (11...13, _): "th"
            case (_, 1): "st"
            case (_, 2): "nd"
            case (_, 3): "rd"
            default: "th"
            }
        return "\(number)\(suffix)"
    }

    /// "highest", "2nd highest", "lowest": from whichever end is nearer.
    static func place(_ rank: Int, of count: Int) -> String {
        let fromEnd = count - rank + 1
        if rank <= fromEnd { return rank == 1 ? "highest" : "\(ordinal(rank)) highest" }
        return fromEnd == 1 ? "lowest" : "\(ordinal(fromEnd)) lowest"
    }

    /// The first letter in upper case.
    static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// "a, b and c".
    static func list(_ items: [String]) -> String {
        guard items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + items[items.count - 1]
    }

    /// "1 incident", "2 incidents".
    static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
        "\(thousands(number)) \(number == 1 ? singular : plural ?? singular + "s")"
    }
}
