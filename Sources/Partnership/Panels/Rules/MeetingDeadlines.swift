public import Kernel
public import Rules

/// The days that follow from the day of a meeting.
public struct MeetingDeadlines: Hashable, Sendable {
    /// The last day on which a referral comes onto its agenda.
    public let referral: LocalDate
    /// The last day for research; later research is marked late.
    public let research: LocalDate
    /// The last day for the minutes.
    public let minutes: LocalDate

    /// The days of a meeting, by the rules that hold on its day.
    /// - Throws: a `Fault` when a rule is missing or counts in a way that has no day before.
    public init(
        of day: LocalDate, under rules: PanelDeadlineRules, _ policy: PolicyRules, on calendar: ClockCalendar
    ) throws(Fault) {
        referral = try calendar.day(before: day, by: policy.required(rules.referral, on: day))
        research = try calendar.day(before: day, by: policy.required(rules.research, on: day))
        minutes = calendar.lastDay(try policy.length(rules.minutes, on: day), from: day)
    }
}

extension ClockCalendar {
    /// The day that lies so long before a day as a rule says: days of the calendar, or working days, of which the first
    /// is the working day before.
    func day(before day: LocalDate, by rule: PolicyRule) throws(Fault) -> LocalDate {
        switch rule.value {
        case .days(let count): return day.advanced(by: -count)
        case .clock(let length) where length.counting == .daysFollowing: return day.advanced(by: -length.count)
        case .clock(let length) where length.counting == .workingDaysAfter:
            var earlier = day
            var left = length.count
            while left > 0 {
                earlier = earlier.advanced(by: -1)
                if holidays.isWorkingDay(earlier) { left -= 1 }
            }
            return earlier
        case .number, .flag, .choice, .months, .pence, .clock:
            throw Fault(
                "A rule cannot be used", at: rule.key.text,
                because: "it says \(rule.value.inWords), and days or working days before a meeting are needed",
                remedy: "Correct it in the partnership's rules.")
        }
    }
}
