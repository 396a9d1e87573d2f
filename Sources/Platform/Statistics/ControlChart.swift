/// Limits of control charts: values within them are ordinary variation (Shewhart; Montgomery, "Introduction to
/// Statistical Quality Control"). Limits come from a baseline, which should not hold the months under question.
public enum ControlChart {
    /// A centre line with limits, three standard deviations away.
    public struct Limits: Hashable, Sendable {
        /// The centre line.
        public let centre: Double
        /// The lower limit. May be negative for counts: then nothing is too low.
        public let lower: Double
        /// The upper limit.
        public let upper: Double

        /// Whether a value lies outside.
        public func signals(_ value: Double) -> Bool { value < lower || value > upper }
    }

    /// The XmR chart for single values, by their moving ranges.
    public struct XmR: Hashable, Sendable {
        /// Limits of the values: mean ± 2.66 × mean moving range.
        public let values: Limits
        /// Limits of the moving ranges: 0 to 3.267 × their mean.
        public let movingRanges: Limits
    }

    /// The XmR chart of a baseline.
    /// - Throws: `Undefined` for fewer than two values.
    public static func xmr(_ baseline: [Double]) throws(Undefined) -> XmR {
        guard baseline.count >= 2 else { throw Undefined.tooFew(needed: 2, given: baseline.count) }
        let mean = baseline.reduce(0, +) / Double(baseline.count)
        let ranges = zip(baseline, baseline.dropFirst()).map { abs($1 - $0) }
        let range = ranges.reduce(0, +) / Double(ranges.count)
        return XmR(
            values: Limits(centre: mean, lower: mean - 2.66 * range, upper: mean + 2.66 * range),
            movingRanges: Limits(centre: range, lower: 0, upper: 3.267 * range))
    }

    /// The c chart of counts over equal periods: mean ± 3 √mean.
    /// - Throws: `Undefined` for no values.
    public static func c(_ baseline: [Double]) throws(Undefined) -> Limits {
        guard !baseline.isEmpty else { throw Undefined.tooFew(needed: 1, given: 0) }
        let mean = baseline.reduce(0, +) / Double(baseline.count)
        return Limits(centre: mean, lower: mean - 3 * mean.squareRoot(), upper: mean + 3 * mean.squareRoot())
    }

    /// The u chart of rates over unequal exposures, as months of 28 to 31 days: limits for each exposure of `exposures`.
    /// - Parameters:
    ///   - counts: events in each baseline period.
    ///   - baselineExposures: the length of each; positive.
    ///   - exposures: the exposures to give limits for.
    /// - Throws: `Undefined` for no baseline.
    public static func u(
        counts: [Double], exposures baselineExposures: [Double], limitsFor exposures: [Double]
    ) throws(Undefined) -> [Limits] {
        precondition(counts.count == baselineExposures.count, "one exposure for each count")
        precondition(baselineExposures.allSatisfy { $0 > 0 } && exposures.allSatisfy { $0 > 0 }, "positive exposures")
        guard !counts.isEmpty else { throw Undefined.tooFew(needed: 1, given: 0) }
        let rate = counts.reduce(0, +) / baselineExposures.reduce(0, +)
        return exposures.map { exposure in
            let reach = 3 * (rate / exposure).squareRoot()
            return Limits(centre: rate, lower: rate - reach, upper: rate + reach)
        }
    }

    /// The exponentially weighted moving average of counts, starting at the mean, with its upper limit for Poisson
    /// counts when it has long run: mean + 3 √(mean · λ/(2 − λ)).
    public static func ewma(
        _ values: [Double], mean: Double, weight: Double = 0.2
    ) -> (averages: [Double], upper: Double) {
        precondition(mean >= 0 && weight > 0 && weight <= 1, "a mean and a weight of at most 1")
        var average = mean
        let averages = values.map { value in
            average = weight * value + (1 - weight) * average
            return average
        }
        return (averages, mean + 3 * (mean * weight / (2 - weight)).squareRoot())
    }

    /// The upper CUSUM of counts, starting at 0, for a rise of one standard deviation √mean: it adds up what exceeds
    /// the mean by more than half of it, and signals above five of them.
    public static func cusum(_ values: [Double], mean: Double) -> (sums: [Double], limit: Double) {
        precondition(mean >= 0, "a mean of counts")
        let deviation = mean.squareRoot()
        var sum = 0.0
        let sums = values.map { value in
            sum = max(0, sum + value - mean - deviation / 2)
            return sum
        }
        return (sums, 5 * deviation)
    }
}
