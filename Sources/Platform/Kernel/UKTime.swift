/// Wall-clock time in the United Kingdom (`Europe/London`), by rule and not by the platform's time zones, which are
/// missing in static builds.
///
/// British Summer Time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October
/// (Summer Time Act 1972 as amended by the Summer Time Order 2002; the same rule has held since 1996). Earlier years
/// follow the same rule here, which is wrong by up to four weeks in October for 1981–1995.
public enum UKTime {
    /// Seconds that UK clocks are ahead of UTC at this instant (0 or 3,600).
    /// - Parameter utc: seconds since 1970-01-01T00:00:00Z.
    @inlinable
    public static func offset(atUTC utc: Int64) -> Int64 {
        let day = Int32(truncatingIfNeeded: floorDivide(utc, 86_400))
        let (year, month, _) = LocalDate(day: day).civil
        if month < 3 || month > 10 { return 0 }
        if month > 3 && month < 10 { return 3600 }
        let change = Int64(lastSunday(ofMonth: month, year: year)) * 86_400 + 3600
        return (month == 3) == (utc >= change) ? 3600 : 0
    }

    /// The UK wall-clock reading at an instant, as seconds since 1970-01-01T00:00 of that clock.
    @inlinable
    public static func wallClock(atUTC utc: Int64) -> Int64 { utc + offset(atUTC: utc) }

    /// The instant at which UK clocks show this reading. A reading that occurs twice (the hour that clocks go back)
    /// is taken as the first; one that never occurs (clocks go forward) as if clocks had not yet changed.
    public static func utc(atWallClock wall: Int64) -> Int64 {
        let early = wall - 3600
        if offset(atUTC: early) == 3600 { return early }
        return wall
    }

    /// The day number (since 1970-01-01) of the last Sunday of a month of 31 days.
    @inlinable
    static func lastSunday(ofMonth month: Int, year: Int) -> Int32 {
        let last = LocalDate(validYear: year, month: month, day: 31)
        return last.day - Int32((last.weekday + 1) % 7)
    }

    /// Division rounding towards minus infinity.
    @inlinable
    public static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
        let quotient = a / b
        return a % b < 0 ? quotient - 1 : quotient
    }
}
