/// A day of the Gregorian calendar, without time or zone.
public struct LocalDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let day: Int32

    /// The date that many days after 1970-01-01.
    @inlinable
    public init(day: Int32) {
        self.day = day
    }

    /// The date, or nil when there is no such day (31 April) or the year is not 1…9999.
    @inlinable
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= LocalDate.length(ofMonth: month, year: year)
        else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    /// The date written `YYYY-MM-DD`, or nil.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = decimalNumber(bytes[0..<4]), let month = decimalNumber(bytes[5..<7]),
            let day = decimalNumber(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date of numbers known to be one. Days from civil date: Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms" (2013).
    @inlinable
    init(validYear year: Int, month: Int, day: Int) {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.day = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// How many days a month has.
    @inlinable
    public static func length(ofMonth month: Int, year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
    }

    /// Year, month 1…12 and day of month.
    @inlinable
    public var civil: (year: Int, month: Int, day: Int) {
        let z = Int(day) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// 0 for Monday … 6 for Sunday.
    @inlinable
    public var weekday: Int { ((Int(day) + 3) % 7 + 7) % 7 }

    /// The month it lies in.
    @inlinable
    public var month: Month {
        let (year, month, _) = civil
        return Month(index: Int32(year * 12 + month - 1))
    }

    /// The date `days` later.
    public func advanced(by days: Int) -> LocalDate { LocalDate(day: day + Int32(clamping: days)) }

    /// Earlier than.
    @inlinable
    public static func < (a: LocalDate, b: LocalDate) -> Bool { a.day < b.day }
}

extension LocalDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = civil
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
    /// British plain English: "3 March 2025".
    public var inWords: String {
        let (year, month, day) = civil
        return "\(day) \(monthNames[month - 1]) \(year)"
    }
}

/// The names of the weekdays in English, Monday first.
public let weekdayNames: [String] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
