public import Kernel

/// When something must be done by.
public struct Deadline: Hashable, Sendable {
    /// The first moment at which it is late.
    public let at: Instant
    /// The last day, where days are counted; nil where hours are.
    public let lastDay: LocalDate?

    /// The end of a day in the United Kingdom.
    public init(endOf day: LocalDate) {
        at = day.advanced(by: 1).startInUK
        lastDay = day
    }

    /// A moment.
    public init(at moment: Instant) {
        at = moment
        lastDay = nil
    }

    /// "21 March 2025", "27 December 2024 at 3:00pm".
    public var inWords: String { lastDay?.inWords ?? at.inWords }
}

/// A time in which a clock stands still.
public struct ClockPause: Hashable, Sendable {
    /// Since when.
    public var from: Instant
    /// Until when, or nil while it lasts.
    public var until: Instant?
    /// Why.
    public var reason: String

    /// A pause.
    public init(from: Instant, until: Instant? = nil, reason: String) {
        self.from = from
        self.until = until
        self.reason = reason
    }

    func covers(_ moment: Instant) -> Bool { from <= moment && until.map { moment < $0 } ?? true }
}

extension LocalDate {
    /// Midnight at which the day begins in the United Kingdom.
    public var startInUK: Instant {
        Instant(milliseconds: UKTime.utc(atWallClock: Int64(day) * 86_400) * 1000)
    }

    /// The corresponding date so many months later, or the month's last day where it has none (31 January → 28 February).
    public func addingMonths(_ count: Int) -> LocalDate {
        let target = month.advanced(by: count)
        let day = min(civil.day, target.length)
        return target.firstDay.advanced(by: day - 1)
    }
}
