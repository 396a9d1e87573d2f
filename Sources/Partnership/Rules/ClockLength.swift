/// How long something may take, with the way in which the law or the partnership counts it.
public struct ClockLength: Hashable, Sendable {
    /// The ways of counting. Which one holds is part of the rule: they differ by a day or more.
    public enum Counting: String, CaseIterable, Sendable {
        /// The day it starts on is the first: 21 days beginning with 1 March end with 21 March.
        case daysBeginningWith = "days-beginning-with"
        /// The day after is the first: 14 days following 1 March end with 15 March.
        case daysFollowing = "days-following"
        /// Ends with the day before the corresponding date, or with the month's last day where it has no such date.
        case monthsBeginningWith = "months-beginning-with"
        /// The next working day is the first.
        case workingDaysAfter = "working-days-after"
        /// Hours as they pass, also when clocks change, without the days that are left out.
        case hoursExcluding = "hours-excluding"
    }

    /// Days that a count of hours leaves out, from midnight to midnight.
    public enum DayOff: String, CaseIterable, Sendable {
        case sundays
        case christmasDay = "christmas-day"
        case goodFriday = "good-friday"
        case bankHolidays = "bank-holidays"
    }

    /// How many.
    public var count: Int
    /// Of what, and from when.
    public var counting: Counting
    /// What hours leave out.
    public var without: Set<DayOff>

    /// A length.
    public init(_ count: Int, _ counting: Counting, without: Set<DayOff> = []) {
        self.count = count
        self.counting = counting
        self.without = without
    }
}

extension ClockLength {
    /// "21 days beginning with the day", "48 hours, without Sundays and bank holidays".
    public var inWords: String {
        func of(_ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
        switch counting {
        case .daysBeginningWith: return "\(of("day")) beginning with the day"
        case .daysFollowing: return "\(of("day")) following the day"
        case .monthsBeginningWith: return "\(of("month")) beginning with the day"
        case .workingDaysAfter: return "\(of("working day")) after the day"
        case .hoursExcluding:
            let left = DayOff.allCases.filter(without.contains).map(\.inWords)
            guard let last = left.last else { return of("hour") }
            let list = left.count == 1 ? last : left.dropLast().joined(separator: ", ") + " and " + last
            return "\(of("hour")), without \(list)"
        }
    }
}

extension ClockLength.DayOff {
    /// "Sundays".
    public var inWords: String {
        switch self {
        case .sundays: "Sundays"
        case .christmasDay: "Christmas Day"
        case .goodFriday: "Good Friday"
        case .bankHolidays: "bank holidays"
        }
    }
}
