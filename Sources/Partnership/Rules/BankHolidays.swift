public import Files
public import Kernel

/// The bank holidays of England and Wales: for the years that a definition lists, those it lists, because a holiday may
/// be moved or proclaimed for one year; for other years those of the Banking and Financial Dealings Act 1971, Schedule 1,
/// with Good Friday and Christmas Day, which common law keeps, and the first Monday of May, which is proclaimed every year.
public struct BankHolidays: Hashable, Sendable {
    private let listed: [Int: Set<LocalDate>]

    /// The rule of the Act alone.
    public static let statutory = BankHolidays(listed: [:])

    private init(listed: [Int: Set<LocalDate>]) { self.listed = listed }

    /// Reads `Definitions/rules/bank-holidays.json`: by year, the days with their names.
    /// - Throws: a `Fault` that names the place in the file.
    public init(_ file: DefinitionFile) throws(Fault) {
        try file.root.allow(only: ["name", "version", "source", "notes", "years"])
        var listed: [Int: Set<LocalDate>] = [:]
        for (name, node) in try file.root.required("years").members() {
            guard let year = Int(name), (1975...2200).contains(year) else {
                throw node.fault("a year from 1975 to 2200 is needed here")
            }
            var days: Set<LocalDate> = []
            for (text, holiday) in try node.members() {
                guard let day = LocalDate(text), day.civil.year == year else {
                    throw holiday.fault("a day of \(year), written \(year)-12-25, is needed here")
                }
                _ = try holiday.text()
                days.insert(day)
            }
            listed[year] = days
        }
        self.listed = listed
    }

    /// The holidays of a year, those that fell on a weekend on the day that they were moved to.
    public func days(of year: Int) -> Set<LocalDate> { listed[year] ?? BankHolidays.byRule(year) }

    /// Whether that day is a bank holiday.
    public func contains(_ day: LocalDate) -> Bool { days(of: day.civil.year).contains(day) }

    /// Whether people are at work: no Saturday, no Sunday, no bank holiday.
    public func isWorkingDay(_ day: LocalDate) -> Bool { day.weekday < 5 && !contains(day) }

    /// The working day that is so many working days after this day. The day itself is not counted.
    public func workingDay(_ count: Int, after start: LocalDate) -> LocalDate {
        var day = start
        var left = count
        while left > 0 {
            day = day.advanced(by: 1)
            if isWorkingDay(day) { left -= 1 }
        }
        return day
    }
}

extension BankHolidays {
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

    private static func byRule(_ year: Int) -> Set<LocalDate> {
        let easter = easter(of: year)
        var days: Set<LocalDate> = [easter.advanced(by: -2), easter.advanced(by: 1)]
        days.formUnion(moved([date(year, 1, 1)]))
        days.formUnion(moved([date(year, 12, 25), date(year, 12, 26)]))
        days.insert(monday(onOrAfter: date(year, 5, 1)))
        days.insert(monday(onOrAfter: date(year, 5, 25)))
        days.insert(monday(onOrAfter: date(year, 8, 25)))
        return days
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
