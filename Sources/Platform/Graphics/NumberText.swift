#if canImport(Glibc)
    internal import Glibc
#endif

/// Numbers as British readers expect them: thousands separators, a true minus sign, fixed decimals.
public enum NumberText {
    /// A whole number: `12,345`, `−7`.
    public static func whole(_ number: Int) -> String {
        (number < 0 ? "−" : "") + grouped(String(number.magnitude))
    }

    /// A number rounded half away from zero to so many decimals (0…9): `1,234.50`. Numbers of 10¹⁵ and more have none.
    public static func decimal(_ number: Double, _ places: Int) -> String {
        guard number.isFinite else { return "–" }
        guard abs(number) < 1e15 else { return (number < 0 ? "−" : "") + grouped(digits(ofHuge: abs(number))) }
        let places = min(max(places, 0), 9)
        let scale = pow(10, Double(places))
        let scaled = (abs(number) * scale).rounded()
        guard scaled < 9e18 else { return decimal(number, 0) }
        let (whole, part) = UInt64(scaled).quotientAndRemainder(dividingBy: UInt64(scale))
        let sign = number < 0 && scaled > 0 ? "−" : ""
        guard places > 0 else { return sign + grouped(String(whole)) }
        let fraction = String(part)
        return sign + grouped(String(whole)) + "." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// A number with its sign: `+5`, `−5`, `0`.
    public static func signed(_ number: Double, _ places: Int) -> String {
        let text = decimal(number, places)
        return number > 0 && text.contains { $0 != "0" && $0 != "." && $0 != "," } ? "+" + text : text
    }

    /// A number with up to `places` decimals, without trailing zeros: `12.5`, `12`.
    public static func trimmed(_ number: Double, _ places: Int) -> String {
        var text = decimal(number, places)
        guard text.contains(".") else { return text }
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    /// A short text for axes: `950`, `1,200`, `12,000`, `2.5m`, `3bn`.
    public static func short(_ number: Double) -> String {
        let size = abs(number)
        if size >= 1e15 { return scientific(number) }
        if size >= 1e12 { return trimmed(number / 1e12, 2) + "tn" }
        if size >= 1e9 { return trimmed(number / 1e9, 2) + "bn" }
        if size >= 1e6 { return trimmed(number / 1e6, 2) + "m" }
        return trimmed(number, size >= 100 ? 0 : size >= 1 ? 2 : 6)
    }

    private static func scientific(_ number: Double) -> String {
        let power = floor(log10(abs(number)))
        return trimmed(number / pow(10, power), 1) + "e" + String(Int(power))
    }

    private static func grouped(_ digits: String) -> String {
        guard digits.utf8.count > 3 else { return digits }
        var text = ""
        for (i, digit) in digits.enumerated() {
            if i > 0 && (digits.utf8.count - i) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// The digits of a number of 10¹⁵ or more, to 15 figures.
    private static func digits(ofHuge number: Double) -> String {
        let power = Int(floor(log10(number))) - 14
        let head = UInt64((number / pow(10, Double(power))).rounded())
        return String(head) + String(repeating: "0", count: power)
    }
}
