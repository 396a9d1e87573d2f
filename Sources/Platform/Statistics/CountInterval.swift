/// Confidence intervals for counts of independent events (Poisson). `level` is the confidence, 0.95 unless said.
public enum CountInterval {
    /// The exact interval of Garwood (1936), Biometrika 28, for the expected count.
    public static func exact(_ count: Int, level: Double = 0.95) -> Interval {
        precondition(count >= 0, "a count is not negative")
        let side = tail(of: level)
        return Interval(
            lower: Distributions.gammaQuantile(side, shape: Double(count)),
            upper: Distributions.gammaQuantile(1 - side, shape: Double(count) + 1))
    }

    /// Byar's approximation (Breslow and Day 1987, "Statistical Methods in Cancer Research" II), which English public
    /// health profiles print. Within 0.1 of the exact limits from a count of 5 on.
    public static func byar(_ count: Int, level: Double = 0.95) -> Interval {
        precondition(count >= 0, "a count is not negative")
        let z = Distributions.normalQuantile(1 - tail(of: level))
        func limit(_ x: Double, _ sign: Double) -> Double {
            let root = 1 - 1 / (9 * x) + sign * z / (3 * x.squareRoot())
            return x * root * root * root
        }
        return Interval(
            lower: count == 0 ? 0 : max(0, limit(Double(count), -1)), upper: limit(Double(count) + 1, 1))
    }

    /// A rate with its exact interval.
    /// - Parameters:
    ///   - count: events.
    ///   - population: people (or other units at risk) over the time in which the events were counted.
    ///   - unit: how many people the rate is for.
    ///   - level: confidence.
    /// - Throws: `Undefined.zeroTotal` for a population of 0.
    public static func rate(
        _ count: Int, population: Double, per unit: Double = 1000, level: Double = 0.95
    ) throws(Undefined) -> Estimate {
        precondition(population >= 0 && unit > 0, "a population is not negative")
        guard population > 0 else { throw Undefined.zeroTotal }
        return Estimate(
            value: Double(count) / population * unit,
            interval: exact(count, level: level).scaled(by: unit / population))
    }

    /// The interval for a weighted sum of counts, Σ n_k w_k with each n_k Poisson: total harm, where w_k is the harm of
    /// one crime of offence k, or a standardised rate. By scaled gamma distributions: Fay and Feuer (1997), "Confidence
    /// intervals for directly standardized rates", Statistics in Medicine 16, 791–801. With equal weights it is the
    /// exact interval; with unequal ones at least the stated confidence in all their simulations.
    /// - Parameters:
    ///   - counts: events of each kind.
    ///   - weights: the weight of each kind, ≥ 0. Kinds with no events belong in the list: the heaviest of them widens
    ///     the upper limit, because one more such event could have happened.
    ///   - level: confidence.
    public static func weightedSum(counts: [Int], weights: [Double], level: Double = 0.95) -> Estimate {
        let (value, variance) = weightedMoments(counts, weights)
        let side = tail(of: level)
        let heaviest = weights.max() ?? 0
        let lower =
            value > 0
            ? variance / value * Distributions.gammaQuantile(side, shape: value * value / variance)
            : 0
        let nextValue = value + heaviest
        let nextVariance = variance + heaviest * heaviest
        let upper =
            nextValue > 0
            ? nextVariance / nextValue
                * Distributions.gammaQuantile(1 - side, shape: nextValue * nextValue / nextVariance)
            : 0
        return Estimate(value: value, interval: Interval(lower: lower, upper: upper))
    }

    /// The same by the normal approximation of the compound Poisson, value ± z √(Σ n_k w_k²), not below 0. Too short for
    /// few heavy events; for comparison.
    public static func weightedSumNormal(counts: [Int], weights: [Double], level: Double = 0.95) -> Estimate {
        let (value, variance) = weightedMoments(counts, weights)
        let reach = Distributions.normalQuantile(1 - tail(of: level)) * variance.squareRoot()
        return Estimate(value: value, interval: Interval(lower: max(0, value - reach), upper: value + reach))
    }

    private static func weightedMoments(_ counts: [Int], _ weights: [Double]) -> (value: Double, variance: Double) {
        precondition(counts.count == weights.count, "one weight for each count")
        precondition(counts.allSatisfy { $0 >= 0 } && weights.allSatisfy { $0 >= 0 }, "no negative numbers")
        var value = 0.0
        var variance = 0.0
        for (count, weight) in zip(counts, weights) {
            value += Double(count) * weight
            variance += Double(count) * weight * weight
        }
        return (value, variance)
    }
}
