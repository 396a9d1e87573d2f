public import Kernel

/// How fast guesses are slowed down: a score of failures that halves with time, and a delay that doubles with every
/// failure above the free ones. Nothing is ever locked for good, so there is nothing that an attacker could lock.
public struct ThrottleRule: Hashable, Sendable {
    /// Failures that cost nothing.
    public let free: Double
    /// The delay after the first failure above the free ones, in seconds; it doubles with each further one.
    public let firstDelay: Double
    /// The longest delay, in seconds.
    public let longestDelay: Double
    /// The time after which half of the score is forgotten, in seconds.
    public let halfLife: Double

    /// A rule.
    public init(free: Double, firstDelay: Double, longestDelay: Double, halfLife: Double) {
        self.free = free
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.halfLife = halfLife
    }

    /// Password guesses at one account from one network address: 5 free, then 2 s, 4 s, 8 s … 15 minutes.
    public static let accountFromAddress = ThrottleRule(free: 5, firstDelay: 2, longestDelay: 900, halfLife: 900)
    /// Password guesses at one account from one device that has signed in to it before.
    public static let knownDevice = ThrottleRule(free: 5, firstDelay: 2, longestDelay: 900, halfLife: 900)
    /// Password guesses at any account from one network address. An office has one address for all its people, so
    /// many are free.
    public static let address = ThrottleRule(free: 50, firstDelay: 1, longestDelay: 300, halfLife: 600)
    /// Second-factor guesses at one account from anywhere but its known devices. Who makes them has the password.
    /// The delays leave some 35 guesses a day: one chance in 10,000 to hit one of three codes of six digits.
    public static let secondFactor = ThrottleRule(free: 20, firstDelay: 60, longestDelay: 14_400, halfLife: 43_200)
    /// Guesses at the passphrases of files by one account: each keeps a processor busy. 5 free, then 2 s, 4 s … 15 minutes.
    public static let sealedFile = ThrottleRule(free: 5, firstDelay: 2, longestDelay: 900, halfLife: 900)
    /// All failures at one account: counted, never delayed.
    static let alarm = ThrottleRule(free: .infinity, firstDelay: 0, longestDelay: 0, halfLife: 3600)
}

/// What is remembered of the failures under one key.
public struct ThrottleState: Hashable, Sendable {
    /// Failures, older ones counting less.
    public var score: Double
    /// When the score was last brought up to date.
    public var at: Instant
    /// No attempt before then.
    public var notBefore: Instant

    /// No failure yet.
    public init(at now: Instant) {
        score = 0
        at = now
        notBefore = now
    }

    /// A remembered state.
    public init(score: Double, at: Instant, notBefore: Instant) {
        self.score = score
        self.at = at
        self.notBefore = notBefore
    }

    /// Seconds to wait before the next attempt, 0 when it may be made now. A clock that was set back never makes
    /// the wait longer than the rule's longest delay.
    public func wait(_ rule: ThrottleRule, at now: Instant) -> Double {
        min(max(0, notBefore.seconds(since: now)), rule.longestDelay)
    }

    /// The score as it stands now.
    public func score(_ rule: ThrottleRule, at now: Instant) -> Double {
        let seconds = max(0, now.seconds(since: at))
        return score * power(2, -seconds / rule.halfLife)
    }

    /// The state after a failure. Attempts are counted as failures when they begin, and taken back when they succeed,
    /// so that attempts made side by side cannot pass together.
    public func failed(_ rule: ThrottleRule, at now: Instant) -> ThrottleState {
        let score = score(rule, at: now) + 1
        let excess = (score - rule.free).rounded(.up) - 1
        let delay = excess < 0 ? 0 : min(rule.longestDelay, rule.firstDelay * power(2, min(excess, 40)))
        return ThrottleState(score: score, at: now, notBefore: now.advanced(byMilliseconds: Int64(delay * 1000)))
    }

    /// The state after the last attempt turned out not to be a failure.
    public func takenBack(_ rule: ThrottleRule, at now: Instant) -> ThrottleState {
        ThrottleState(score: max(0, score(rule, at: now) - 1), at: now, notBefore: now)
    }
}

extension Instant {
    func advanced(byMilliseconds count: Int64) -> Instant { Instant(milliseconds: milliseconds + count) }
}
