/// A calendar month of the Gregorian calendar.
public struct Month: Hashable, Comparable, Sendable {
    /// Months since January of year 0: `year * 12 + (month - 1)`.
    public let index: Int32

    /// The month with this index (`year * 12 + month - 1`).
    @inlinable
    public init(index: Int32) {
        self.index = index
    }

    /// The month of a year, or nil when `month` is not 1…12 or `year` not 1…9999.
    @inlinable
    public init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.index = Int32(year * 12 + month - 1)
    }

    /// The month written `YYYY-MM`, or nil.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"),
            let year = decimalNumber(bytes[0..<4]), let month = decimalNumber(bytes[5..<7])
        else { return nil }
        self.init(year: year, month: month)
    }

    /// The calendar year.
    public var year: Int { Int(index) / 12 }
    /// 1 for January … 12 for December.
    public var monthOfYear: Int { Int(index) % 12 + 1 }
    /// The month `count` months later (earlier when negative).
    public func advanced(by count: Int) -> Month { Month(index: index + Int32(clamping: count)) }
    /// Its first day.
    public var firstDay: LocalDate { LocalDate(validYear: year, month: monthOfYear, day: 1) }
    /// Its last day.
    public var lastDay: LocalDate { LocalDate(day: advanced(by: 1).firstDay.day - 1) }
    /// How many days it has.
    public var length: Int { Int(lastDay.day - firstDay.day) + 1 }

    /// Earlier than.
    @inlinable
    public static func < (a: Month, b: Month) -> Bool { a.index < b.index }
}

extension Month: CustomStringConvertible {
    /// `YYYY-MM`.
    public var description: String { "\(padded(year, to: 4))-\(padded(monthOfYear, to: 2))" }
    /// British plain English: "March 2025".
    public var inWords: String { "\(monthNames[monthOfYear - 1]) \(year)" }
    /// "Mar 2025".
    public var inShort: String { "\(monthNames[monthOfYear - 1].prefix(3)) \(year)" }
}

/// The names of the months in English, January first.
public let monthNames: [String] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]

/// The number written with at least `width` digits.
public func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// The value of a run of ASCII digits, or nil when it is empty, too long or holds anything else.
public func decimalNumber(_ digits: some Collection<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    var value = 0
    for digit in digits {
        guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
}

/// Consecutive months, both ends included.
public struct MonthRange: Hashable, Sendable {
    /// The first month.
    public let first: Month
    /// The last month, not before the first.
    public let last: Month

    /// The months from `first` to `last`, or nil when they are the wrong way round.
    public init?(from first: Month, to last: Month) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// How many months.
    public var count: Int { Int(last.index - first.index) + 1 }
    /// Each month in order.
    public var months: [Month] { (first.index...last.index).map(Month.init(index:)) }
    /// Whether it holds the month.
    public func contains(_ month: Month) -> Bool { first <= month && month <= last }
    /// The same range moved by whole months.
    public func advanced(by count: Int) -> MonthRange {
        MonthRange(shifting: self, by: count)
    }

    private init(shifting range: MonthRange, by count: Int) {
        first = range.first.advanced(by: count)
        last = range.last.advanced(by: count)
    }

    /// The same months of an earlier year that do not overlap this range: moved back by whole years.
    public var sameMonthsBefore: MonthRange { advanced(by: -((count + 11) / 12) * 12) }
}

extension MonthRange: CustomStringConvertible {
    /// `YYYY-MM to YYYY-MM`.
    public var description: String { first == last ? "\(first)" : "\(first) to \(last)" }
    /// A calendar year as `2024`, otherwise "March 2024 to February 2025".
    public var inWords: String {
        if count == 12, first.monthOfYear == 1 { return "\(first.year)" }
        return first == last ? first.inWords : "\(first.inWords) to \(last.inWords)"
    }
}
