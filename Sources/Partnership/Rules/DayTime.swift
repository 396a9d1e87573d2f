internal import Kernel

/// The time of a day as people type it.
public enum DayTime {
    /// Minutes from midnight of "14:30", "14.30", "1430", "9:05", "2:30pm" or "24:00"; nil for what is none.
    public static func minute(_ text: String) -> Int? {
        var text = text.lowercased().filter { !$0.isWhitespace }
        var half: Int?
        for (ending, minutes) in [("am", 0), ("pm", 720)] where text.hasSuffix(ending) {
            text.removeLast(2)
            half = minutes
        }
        var digits = text.split(whereSeparator: { $0 == ":" || $0 == "." }).map(String.init)
        if digits.count == 1, let only = digits.first, only.count == 4 {
            digits = [String(only.prefix(2)), String(only.suffix(2))]
        }
        guard (1...2).contains(digits.count), digits.count == 2 || half != nil, let first = digits.first,
            let hour = Int(first), let minute = digits.count == 2 ? Int(digits[1]) : 0, (0..<60).contains(minute),
            (0...24).contains(hour), digits.allSatisfy({ $0.allSatisfy(\.isNumber) })
        else { return nil }
        guard let half else { return hour == 24 && minute > 0 ? nil : hour * 60 + minute }
        return (1...12).contains(hour) ? hour % 12 * 60 + half + minute : nil
    }

    /// "14:30" of minutes from midnight, as it is kept.
    public static func text(_ minute: Int) -> String { "\(padded(minute / 60, to: 2)):\(padded(minute % 60, to: 2))" }
}
