internal import Graphics
internal import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// Values as people read them.
enum CellText {
    /// The text of a value; nil when it is missing.
    /// - Parameter isSigned: whether positive numbers have a sign, as differences do.
    static func text(
        _ cell: AssessmentTable.Cell, _ format: AssessmentTable.Format, labels: [String: String],
        isSigned: Bool = false
    ) -> String? {
        switch cell {
        case .missing: nil
        case .flag(let flag): flag ? "Yes" : "No"
        case .text(let text): labels[text] ?? Month(text)?.inShort ?? text
        case .integer(let number):
            format == .text ? String(number) : self.number(Double(number), format, isSigned: isSigned)
        case .number(let number): number.isFinite ? self.number(number, format, isSigned: isSigned) : nil
        }
    }

    /// A number as its column's format has it.
    static func number(_ value: Double, _ format: AssessmentTable.Format, isSigned: Bool = false) -> String {
        let text = number(value, as: format)
        return isSigned && value > 0 && !text.hasPrefix("+") && text.contains { ("1"..."9").contains($0) }
            ? "+" + text : text
    }

    /// Whether a column holds differences, whose sign matters.
    static func isSigned(_ column: String) -> Bool { ["change", "difference", "gap"].contains(column) }

    private static func number(_ value: Double, as format: AssessmentTable.Format) -> String {
        switch format {
        case .text: NumberText.trimmed(value, 6)
        case .count: NumberText.trimmed(value, 1)
        case .rank: NumberText.trimmed(value, 1)
        case .decimal(let places): NumberText.decimal(value, places)
        case .percent(let signed): (signed ? NumberText.signed(value, 1) : NumberText.decimal(value, 1)) + "%"
        case .change: value == value.rounded() ? NumberText.signed(value, 0) : NumberText.signed(value, 1)
        case .days: NumberText.trimmed(value, abs(value) >= 100 ? 0 : 2)
        case .probability: probability(value)
        case .yesNo: value == 0 ? "No" : "Yes"
        }
    }

    /// Three significant figures; "< 0.0001" below that.
    static func probability(_ value: Double) -> String {
        if value < 0.0001 { return value < 0 ? "–" : "< 0.0001" }
        return NumberText.decimal(value, 2 - Int(floor(log10(min(value, 1)))))
    }

    /// Whether the column's values are set to the right.
    static func isNumeric(_ format: AssessmentTable.Format) -> Bool {
        format != .text && format != .yesNo
    }
}
