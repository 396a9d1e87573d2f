internal import Files
public import Kernel

/// Counts lengths of time on the calendar of England and Wales (casework.md §2.0).
public struct ClockCalendar: Sendable {
    /// Its bank holidays.
    public let holidays: BankHolidays

    /// A calendar.
    public init(_ holidays: BankHolidays) { self.holidays = holidays }

    /// The calendar of a folder such as `Definitions/rules`.
    /// - Throws: a `Fault` that names the place in `bank-holidays.json`.
    public init(folder: String) throws(Fault) {
        self.init(try BankHolidays(DefinitionFile(path: "\(folder)/bank-holidays.json")))
    }

    /// When a length that begins at a moment ends.
    ///
    /// A pause takes the days out whose midnight lies in it, and for hours the time that it lasts. One that begins when
    /// the time has run out changes nothing.
    /// - Returns: nil while a pause lasts: then there is no end yet.
    public func deadline(_ length: ClockLength, from start: Instant, pauses: [ClockPause] = []) -> Deadline? {
        let over = end(length, from: start, pauses.filter { $0.until != nil })
        return pauses.contains { $0.until == nil && $0.from < over.at } ? nil : over
    }

    private func end(_ length: ClockLength, from start: Instant, _ pauses: [ClockPause]) -> Deadline {
        length.counting == .hoursExcluding
            ? Deadline(at: hours(length, from: start, pauses))
            : Deadline(endOf: lastDay(length, from: start.ukDate, pauses))
    }

    /// The last day of a length of days, working days or months that begins on a day.
    public func lastDay(_ length: ClockLength, from day: LocalDate) -> LocalDate { lastDay(length, from: day, []) }

    private func lastDay(_ length: ClockLength, from day: LocalDate, _ pauses: [ClockPause]) -> LocalDate {
        func counts(_ day: LocalDate) -> Bool {
            length.counting == .workingDaysAfter ? holidays.isWorkingDay(day) : true
        }
        func isPaused(_ day: LocalDate) -> Bool { pauses.contains { $0.covers(day.startInUK) } }
        var end = unpaused(length, from: day)
        guard !pauses.isEmpty, end > day else { return end }
        var owed = (1...Int(end.day - day.day)).count { offset in
            let next = day.advanced(by: offset)
            return counts(next) && isPaused(next)
        }
        while owed > 0 {
            end = end.advanced(by: 1)
            if counts(end), !isPaused(end) { owed -= 1 }
        }
        return end
    }

    private func unpaused(_ length: ClockLength, from day: LocalDate) -> LocalDate {
        switch length.counting {
        case .daysBeginningWith: day.advanced(by: length.count - 1)
        case .daysFollowing: day.advanced(by: length.count)
        case .workingDaysAfter: holidays.workingDay(length.count, after: day)
        case .monthsBeginningWith: ClockCalendar.lastDay(ofMonths: length.count, beginningWith: day)
        // Hours have no last day; whoever asks for one gets the days that they fill.
        case .hoursExcluding: day.advanced(by: (length.count + 23) / 24)
        }
    }

    /// The day before the corresponding date, or the month's last day where it has no such date: a month beginning with
    /// 31 January ends with 28 February, six months beginning with 30 August too.
    static func lastDay(ofMonths count: Int, beginningWith day: LocalDate) -> LocalDate {
        let same = day.addingMonths(count)
        return same.civil.day == day.civil.day ? same.advanced(by: -1) : same
    }

    private func hours(_ length: ClockLength, from start: Instant, _ pauses: [ClockPause]) -> Instant {
        var moment = start
        var left = Int64(length.count) * 3_600_000
        while true {
            if let until = pauses.first(where: { $0.covers(moment) })?.until {
                moment = until
                continue
            }
            let midnight = moment.ukDate.advanced(by: 1).startInUK
            if isLeftOut(moment.ukDate, length.without) {
                moment = midnight
                continue
            }
            let pause = pauses.map(\.from).filter { $0 > moment }.min()
            let end = pause.map { min($0, midnight) } ?? midnight
            let span = end.milliseconds - moment.milliseconds
            if span >= left { return Instant(milliseconds: moment.milliseconds + left) }
            left -= span
            moment = end
        }
    }

    private func isLeftOut(_ day: LocalDate, _ without: Set<ClockLength.DayOff>) -> Bool {
        without.contains { kind in
            switch kind {
            case .sundays: day.weekday == 6
            case .christmasDay: day.civil.month == 12 && day.civil.day == 25
            case .goodFriday: day == BankHolidays.easter(of: day.civil.year).advanced(by: -2)
            case .bankHolidays: holidays.contains(day)
            }
        }
    }
}
