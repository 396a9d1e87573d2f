public import Kernel

/// Working days in England and Wales: not Saturdays, Sundays and bank holidays (Banking and Financial Dealings Act 1971,
/// Schedule 1; New Year's Day and the May holiday by yearly proclamation since 1974 and 1978).
public enum WorkingDays {
    /// The day that is so many working days after this one.
    /// - Parameter extra: bank holidays proclaimed for one year only.
    public static func day(_ count: Int, after start: LocalDate, extra: Set<LocalDate> = []) -> LocalDate {
        var day = start
        var left = count
        while left > 0 {
            day = day.advanced(by: 1)
            if isWorkingDay(day, extra: extra) { left -= 1 }
        }
        return day
    }

    /// Whether people are at work.
    public static func isWorkingDay(_ day: LocalDate, extra: Set<LocalDate> = []) -> Bool {
        day.weekday < 5 && !extra.contains(day) && !holidays(of: day.civil.year).contains(day)
    }

    /// The bank holidays of a year, those moved from a weekend on the day they are moved to.
    public static func holidays(of year: Int) -> Set<LocalDate> {
        let easter = easter(of: year)
        var days: Set<LocalDate> = [easter.advanced(by: -2), easter.advanced(by: 1)]
        days.formUnion(moved([date(year, 1, 1)]))
        days.formUnion(moved([date(year, 12, 25), date(year, 12, 26)]))
        days.insert(monday(onOrAfter: date(year, 5, 1)))
        days.insert(monday(onOrAfter: date(year, 5, 25)))
        days.insert(monday(onOrAfter: date(year, 8, 25)))
        return days
    }

    /// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
    static func easter(of year: Int) -> LocalDate {
        let a = year % 19
        let (b, c) = (year / 100, year % 100)
        let g = (8 * b + 13) / 25
        let h = (19 * a + b - b / 4 - g + 15) % 30
        let m = (a + 11 * h) / 319
        let r = (2 * (b % 4) + 2 * (c / 4) - c % 4 - h + m + 32) % 7
        let month = (h - m + r + 90) / 25
        return date(year, month, (h - m + r + month + 19) % 32)
    }

    /// Holidays on a weekend are kept on the next days that are none.
    private static func moved(_ days: [LocalDate]) -> Set<LocalDate> {
        var kept = Set(days.filter { $0.weekday < 5 })
        for day in days where day.weekday >= 5 {
            var next = day
            while next.weekday >= 5 || kept.contains(next) { next = next.advanced(by: 1) }
            kept.insert(next)
        }
        return kept
    }

    private static func monday(onOrAfter day: LocalDate) -> LocalDate { day.advanced(by: (7 - day.weekday) % 7) }

    private static func date(_ year: Int, _ month: Int, _ day: Int) -> LocalDate {
        // All dates here exist in every year.
        LocalDate(year: year, month: month, day: day) ?? LocalDate(day: 0)
    }
}
