/// A moment, as whole milliseconds of UTC.
public struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let milliseconds: Int64

    /// The moment that many milliseconds after 1970-01-01T00:00:00Z.
    @inlinable
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    public var seconds: Int64 { UKTime.floorDivide(milliseconds, 1000) }

    /// The moment `seconds` later.
    public func advanced(bySeconds seconds: Int64) -> Instant { Instant(milliseconds: milliseconds + seconds * 1000) }

    /// The seconds from an earlier moment to this one.
    public func seconds(since earlier: Instant) -> Double { Double(milliseconds - earlier.milliseconds) / 1000 }

    /// The day that UK calendars show.
    public var ukDate: LocalDate {
        LocalDate(day: Int32(clamping: UKTime.floorDivide(UKTime.wallClock(atUTC: seconds), 86_400)))
    }

    /// Earlier than.
    @inlinable
    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC: `2026-03-01T14:05:09.120Z`.
    public var description: String {
        let day = LocalDate(day: Int32(clamping: UKTime.floorDivide(seconds, 86_400)))
        let time = milliseconds - Int64(day.day) * 86_400_000
        let clock = "\(two(time / 3_600_000)):\(two(time / 60_000 % 60)):\(two(time / 1000 % 60))"
        let thousandths = String(time % 1000)
        return "\(day)T\(clock).\(String(repeating: "0", count: 3 - thousandths.utf8.count))\(thousandths)Z"
    }

    /// UK time in words, as the GOV.UK style writes it: "3 March 2026 at 2:05pm".
    public var inWords: String { "\(ukDate.inWords) at \(timeInWords)" }

    /// The time of day that UK clocks show, as the GOV.UK style writes it: "2:05pm".
    public var timeInWords: String {
        let (hour, minute) = ukTime
        return "\((hour + 11) % 12 + 1):\(two(Int64(minute)))\(hour < 12 ? "am" : "pm")"
    }

    /// The hour and the minute that UK clocks show.
    public var ukTime: (hour: Int, minute: Int) {
        let wall = UKTime.wallClock(atUTC: seconds)
        let minute = Int(UKTime.floorDivide(wall, 60) - Int64(ukDate.day) * 1440)
        return (minute / 60, minute % 60)
    }

    /// The moment at which UK clocks show a time on a day. One that occurs twice is the first; of one that never occurs,
    /// when the clocks go forward, the moment is as if they had not yet.
    public init(_ day: LocalDate, hour: Int, minute: Int) {
        let wall = Int64(day.day) * 86_400 + Int64(hour) * 3600 + Int64(minute) * 60
        self.init(milliseconds: UKTime.utc(atWallClock: wall) * 1000)
    }

    private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
}

/// Where rules and stores learn what time it is. Rules take an `Instant`; only the outside holds a clock.
public struct Clock: Sendable {
    /// The present moment.
    public let now: @Sendable () -> Instant

    /// A clock of one's own, for tests.
    public init(now: @escaping @Sendable () -> Instant) { self.now = now }
}
