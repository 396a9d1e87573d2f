public import Kernel

/// A clock on a record: what started it, under which rule, and whether it was met. It keeps the length it was started
/// with, so that a later rule never judges it again.
public struct RunningClock: Hashable, Sendable {
    /// How it stands.
    public enum State: Hashable, Sendable {
        /// Time is left.
        case running(Deadline)
        /// It stands still.
        case paused
        /// Time has run out, and it was not met. A reason must be given.
        case late(Deadline)
        /// It was met, in time or not.
        case met(Deadline, inTime: Bool)
    }

    /// The rule's key.
    public let rule: RuleKey
    /// From when the rule held that it was started under.
    public let ruleFrom: LocalDate
    /// How long it runs.
    public let length: ClockLength
    /// When it began.
    public let startedAt: Instant
    /// The times in which it stood still.
    public var pauses: [ClockPause] = []
    /// When what it waits for was done.
    public var metAt: Instant?
    /// Why it was late, in the words of whoever answers for it.
    public var breachReason: String?

    /// A clock that begins to run.
    public init(_ rule: PolicyRule, _ length: ClockLength, startedAt: Instant) {
        self.rule = rule.key
        ruleFrom = rule.from
        self.length = length
        self.startedAt = startedAt
    }

    /// A clock as it was kept.
    public init(rule: RuleKey, ruleFrom: LocalDate, length: ClockLength, startedAt: Instant) {
        self.rule = rule
        self.ruleFrom = ruleFrom
        self.length = length
        self.startedAt = startedAt
    }

    /// How it stands now.
    public func state(at now: Instant, on calendar: ClockCalendar) -> State {
        guard let deadline = calendar.deadline(length, from: startedAt, pauses: pauses) else {
            guard let metAt else { return .paused }
            // Met while it stood still: in time, by the length it had left.
            return .met(Deadline(at: metAt), inTime: true)
        }
        if let metAt { return .met(deadline, inTime: metAt < deadline.at) }
        return now < deadline.at ? .running(deadline) : .late(deadline)
    }

    /// Whether someone must say why it was late: a breach never stops what is saved, it asks for a reason.
    public func needsReason(at now: Instant, on calendar: ClockCalendar) -> Bool {
        guard breachReason == nil else { return false }
        switch state(at: now, on: calendar) {
        case .late, .met(_, inTime: false): return true
        case .running, .paused, .met(_, inTime: true): return false
        }
    }
}
