public import Kernel
public import Rules

/// A clock of an order as it stands.
public struct OrderClockView: Hashable, Sendable {
    /// What it is for.
    public let purpose: OrderType.Clock.Purpose
    /// Its rule.
    public let rule: RuleKey
    /// How it stands.
    public let state: RunningClock.State
    /// Whether someone must say why it was late.
    public let needsReason: Bool
}

extension Order {
    /// How its clocks stand, in the order in which they began.
    public func clocks(at now: Instant, on calendar: ClockCalendar) -> [OrderClockView] {
        clocks.map {
            OrderClockView(
                purpose: $0.purpose, rule: $0.clock.rule, state: $0.clock.state(at: now, on: calendar),
                needsReason: $0.clock.needsReason(at: now, on: calendar))
        }
    }

    /// The end of the last clock for a purpose; nil when there is none or it stands still.
    public func deadline(_ purpose: OrderType.Clock.Purpose, on calendar: ClockCalendar) -> Deadline? {
        clocks.last { $0.purpose == purpose }.flatMap {
            calendar.deadline($0.clock.length, from: $0.clock.startedAt, pauses: $0.clock.pauses)
        }
    }

    /// Notes that what a clock waits for was done. A clock that was met stays as it is.
    public mutating func meet(_ purpose: OrderType.Clock.Purpose, at moment: Instant) {
        guard let last = clocks.lastIndex(where: { $0.purpose == purpose && $0.clock.metAt == nil }) else { return }
        clocks[last].clock.metAt = moment
    }

    /// Says why a clock for a purpose was late: the first that needs a reason now. Without one, nothing changes.
    public mutating func explain(
        _ purpose: OrderType.Clock.Purpose, _ reason: String, at now: Instant, on calendar: ClockCalendar
    ) {
        let late = clocks.firstIndex { $0.purpose == purpose && $0.clock.needsReason(at: now, on: calendar) }
        if let late { clocks[late].clock.breachReason = reason }
    }

    /// Which warning of its end is due on a day: 1 for the first, 2 for the last; nil when none is or it has ended.
    /// - Throws: a `Fault` when a rule is missing.
    public func expiryWarning(on day: LocalDate, _ rules: PolicyRules) throws(Fault) -> Int? {
        guard let last = lastDay, isLive(on: day) else { return nil }
        if day >= (try rules.windowStart("order.expiryWarning.second", endingOn: last)) { return 2 }
        return day >= (try rules.windowStart("order.expiryWarning.first", endingOn: last)) ? 1 : nil
    }

    // MARK: - Starting

    /// Starts the clocks that begin with an event.
    mutating func start(
        _ event: OrderType.Event, at moment: Instant, _ type: OrderType, _ law: OrderLaw
    ) throws(OrderRefusal) {
        for clock in type.clocks where clock.from == event && applies(clock) {
            try begin(clock, at: moment, law)
        }
    }

    private mutating func begin(_ clock: OrderType.Clock, at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        let running: RunningClock
        do { running = try law.rules.start(clock.rule, at: moment) } catch { throw OrderRefusal(error) }
        guard !clock.repeats || isReviewed(running, on: law.calendar) else { return }
        keep(try rule(clock.rule, on: moment.ukDate, law))
        clocks.append(OrderClock(purpose: clock.purpose, clock: running))
    }

    /// Clocks that come back begin again when the order is varied; those that wait are over, and those that were late by
    /// then stay.
    mutating func restart(at moment: Instant, _ type: OrderType, _ law: OrderLaw) throws(OrderRefusal) {
        for clock in type.clocks where clock.repeats && applies(clock) {
            clocks.removeAll {
                $0.purpose == clock.purpose && $0.clock.metAt == nil
                    && !Order.isLate($0.clock, at: moment, on: law.calendar)
            }
            try begin(clock, at: moment, law)
        }
    }

    private static func isLate(_ clock: RunningClock, at moment: Instant, on calendar: ClockCalendar) -> Bool {
        switch clock.state(at: moment, on: calendar) {
        case .late: true
        case .running, .paused, .met: false
        }
    }

    /// Meets the oldest review that waits and starts the next, on the day after the period that it was for. A second
    /// review in a period meets nothing: the next is owed all the same.
    mutating func nextReview(at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        let type = try self.type(law)
        for clock in type.clocks where clock.repeats && applies(clock) {
            let waiting = clocks.firstIndex {
                $0.purpose == clock.purpose && $0.clock.metAt == nil && $0.clock.startedAt <= moment
            }
            guard let waiting else { continue }
            clocks[waiting].clock.metAt = moment
            let old = clocks[waiting].clock
            // Where the order was varied since, the period that runs began with that.
            guard !dates.varied.contains(where: { $0 > old.startedAt }),
                let end = law.calendar.deadline(old.length, from: old.startedAt, pauses: old.pauses)
            else { continue }
            try begin(clock, at: end.at, law)
        }
    }

    private func applies(_ clock: OrderType.Clock) -> Bool {
        guard let day = (dates.decided ?? dates.served ?? dates.issued)?.ukDate else { return clock.who == .anyone }
        switch clock.who {
        case .anyone: return true
        case .adults: return isUnder18(on: day) == false
        case .under18: return isUnder18(on: day) == true
        }
    }

    /// A review is owed only for a period at whose end the person is still under 18 and the order still holds
    /// (Sentencing Act 2020, s.337(1)).
    private func isReviewed(_ clock: RunningClock, on calendar: ClockCalendar) -> Bool {
        guard let end = calendar.deadline(clock.length, from: clock.startedAt) else { return false }
        let lasts = dates.to.map { end.at <= $0 } ?? true
        return lasts && end.lastDay.flatMap { isUnder18(on: $0) } ?? true
    }
}
