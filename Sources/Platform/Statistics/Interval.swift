/// A confidence interval.
public struct Interval: Hashable, Sendable {
    /// The lower limit.
    public let lower: Double
    /// The upper limit, infinite where the data set none.
    public let upper: Double

    /// An interval.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// Both limits times a positive factor.
    public func scaled(by factor: Double) -> Interval { Interval(lower: lower * factor, upper: upper * factor) }
    /// Whether the value lies in it, limits included.
    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// A value with its confidence interval.
public struct Estimate: Hashable, Sendable {
    /// The value observed.
    public let value: Double
    /// Its confidence interval.
    public let interval: Interval

    /// A value and its interval.
    public init(value: Double, interval: Interval) {
        self.value = value
        self.interval = interval
    }
}

/// The probability outside a confidence interval on each side: (1 − level)/2.
func tail(of level: Double) -> Double {
    precondition(level > 0 && level < 1, "a confidence level strictly between 0 and 1")
    return (1 - level) / 2
}
