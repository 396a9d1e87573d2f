#if canImport(Glibc)
    internal import Glibc
#endif
internal import Graphics
internal import Kernel

/// Values as people read them.
enum CellText {
    /// The text of a value; nil when it is missing.
    static func text(
        _ cell: AssessmentTable.Cell, _ format: AssessmentTable.Format, labels: [String: String]
    ) -> String? {
        switch cell {
        case .missing: nil
        case .flag(let flag): flag ? "Yes" : "No"
        case .text(let text): labels[text] ?? Month(text)?.inShort ?? text
        case .integer(let number):
            format == .text ? String(number) : self.number(Double(number), format)
        case .number(let number): number.isFinite ? self.number(number, format) : nil
        }
    }

    /// A number as its column's format has it.
    static func number(_ value: Double, _ format: AssessmentTable.Format) -> String {
        switch format {
        case .text: NumberText.trimmed(value, 6)
        case .count: NumberText.trimmed(value, 1)
        case .rank: NumberText.trimmed(value, 1)
        case .decimal(let places): NumberText.decimal(value, places)
        case .percent(let signed): (signed ? NumberText.signed(value, 1) : NumberText.decimal(value, 1)) + "%"
        case .change: value == value.rounded() ? NumberText.signed(value, 0) : NumberText.signed(value, 1)
        case .days: NumberText.trimmed(value, 2)
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
