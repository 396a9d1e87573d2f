internal import Kernel

extension AssessmentTable.Cell {
    static func integer(_ value: Int?) -> AssessmentTable.Cell { value.map { .integer($0) } ?? .missing }
    static func number(_ value: Double?) -> AssessmentTable.Cell {
        guard let value, value.isFinite else { return .missing }
        return .number(value)
    }
    /// Hundredths of a day as days.
    static func days(_ hundredths: Int64?) -> AssessmentTable.Cell { number(hundredths.map { Double($0) / 100 }) }

    /// The number in it, or nil.
    var asNumber: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The text in it, or nil.
    var asText: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

extension AssessmentTable.Column {
    static let category = Self("category", "Category")
    static let code = Self("code", "Code")
    static let name = Self("name", "Area")
    static let count = Self("count", "Count", .count)
    static let rate = Self("ratePer1000", "Rate per 1,000", .decimal(1))
    static let harm = Self("harm", "Harm (days)", .days)
    static let rank = Self("rank", "Rank", .rank)
}

/// Ranks 1, 2, 2, 4…: 1 for the highest; equal values share the better rank; nil values have none.
func ranks(_ values: [Double?]) -> [Int?] {
    let sorted = values.compactMap { $0 }.sorted(by: >)
    var first: [Double: Int] = [:]
    for (index, value) in sorted.enumerated() where first[value] == nil { first[value] = index + 1 }
    return values.map { $0.flatMap { first[$0] } }
}

/// A change in percent of the earlier value; nil when that is zero.
func percentChange(from old: Double, to new: Double) -> Double? {
    old == 0 ? nil : (new - old) / old * 100
}

/// Months in words: "March, April and May 2025".
func listed(_ months: [Month]) -> String {
    let names = months.sorted().map(\.inWords)
    guard names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
}
