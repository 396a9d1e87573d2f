/// The change from one count of events to another, as from one year to the next, with an exact test of whether the rate
/// is the same.
public struct CountChange: Sendable {
    /// Later rate over earlier rate; nil when the earlier count is 0.
    public let ratio: Double?
    /// The confidence interval of the ratio; its upper limit is infinite when the earlier count is 0, and it is 0 to
    /// infinity when both are.
    public let interval: Interval
    /// Two-sided p value of the exact conditional test: given both together, the later count is binomial (Przyborowski
    /// and Wilenski 1940, Biometrika 31). Never too small.
    public let p: Double
    /// The same with half the weight for the observed outcome (mid-p), nearer its nominal level.
    public let midP: Double

    /// Compares two counts.
    /// - Parameters:
    ///   - earlier: events in the earlier period.
    ///   - later: events in the later period.
    ///   - earlierExposure: length of the earlier period, or people × time; positive.
    ///   - laterExposure: the same for the later period.
    ///   - level: confidence of the interval.
    public init(
        from earlier: Int, to later: Int, earlierExposure: Double = 1, laterExposure: Double = 1, level: Double = 0.95
    ) {
        precondition(earlier >= 0 && later >= 0, "counts are not negative")
        precondition(earlierExposure > 0 && laterExposure > 0, "exposures are positive")
        let exposureRatio = earlierExposure / laterExposure
        ratio = earlier > 0 ? Double(later) / Double(earlier) * exposureRatio : nil
        let both = earlier + later
        guard let share = try? ProportionInterval.clopperPearson(later, of: both, level: level) else {
            interval = Interval(lower: 0, upper: .infinity)
            p = 1
            midP = 1
            return
        }
        interval = Interval(
            lower: share.lower / (1 - share.lower) * exposureRatio,
            upper: earlier == 0 ? .infinity : share.upper / (1 - share.upper) * exposureRatio)
        let expectedShare = laterExposure / (earlierExposure + laterExposure)
        p = ExactTest.binomial(later, of: both, probability: expectedShare)
        midP = ExactTest.binomialMidP(later, of: both, probability: expectedShare)
    }
}

// MARK: - E-test

extension ExactTest {
    /// Two-sided p value of the E-test that two Poisson rates are equal: Krishnamoorthy and Thomson (2004), "A more
    /// powerful test for comparing two Poisson means", J. Statistical Planning and Inference 119. More powerful than
    /// the conditional test of `CountChange`. The variance in the statistic is the pooled one (the score form, as in
    /// ptools and in statsmodels' `etest-score`); with equal exposures it is that of the paper.
    ///
    /// The test statistic falls with the second count and rises with the first, so the outcomes at least as extreme are
    /// two tails for each first count, found by moving two marks: about √(events) steps instead of (events).
    /// Two counts of 0 count as no difference.
    /// - Parameters:
    ///   - first: a count and its exposure (positive).
    ///   - second: the other.
    public static func eTest(_ first: (count: Int, exposure: Double), _ second: (count: Int, exposure: Double))
        -> Double
    {
        precondition(first.count >= 0 && second.count >= 0, "counts are not negative")
        precondition(first.exposure > 0 && second.exposure > 0, "exposures are positive")
        guard first.count + second.count > 0 else { return 1 }
        let pooled = Double(first.count + second.count) / (first.exposure + second.exposure)
        let observed = abs(statistic(first.count, first.exposure, second.count, second.exposure))
        let limit = observed * (1 - 1e-12)
        guard limit > 0 else { return 1 }
        let ranges = (window(pooled * first.exposure), window(pooled * second.exposure))
        let outer = poissonMasses(pooled * first.exposure, ranges.0)
        let inner = poissonMasses(pooled * second.exposure, ranges.1)
        let (lower, upper) = (inner.lowerSums, inner.upperSums)
        let base = ranges.1.lowerBound
        var below = 0  // how many second counts from `base` on make the first significantly higher
        var above = 0  // index of the first second count that makes the first significantly lower
        var p = 0.0
        for x in ranges.0 {
            let t = { (y: Int) in statistic(x, first.exposure, base + y, second.exposure) }
            while below < lower.count, t(below) >= limit { below += 1 }
            while above < upper.count, t(above) > -limit { above += 1 }
            let tails = (below > 0 ? lower[below - 1] : 0) + (above < upper.count ? upper[above] : 0)
            p += outer.probability(of: x) * tails
        }
        return min(1, p)
    }

    private static func statistic(_ x: Int, _ n: Double, _ y: Int, _ m: Double) -> Double {
        guard x + y > 0 else { return 0 }
        let pooledVariance = Double(x + y) / (n + m) * (1 / n + 1 / m)
        return (Double(x) / n - Double(y) / m) / pooledVariance.squareRoot()
    }

    /// Counts outside this range have a probability far below the smallest p value of interest.
    private static func window(_ mean: Double) -> ClosedRange<Int> {
        let reach = 40 * mean.squareRoot() + 200
        return max(0, Int(mean - reach))...Int(mean + reach)
    }

    private static func poissonMasses(_ mean: Double, _ range: ClosedRange<Int>) -> Masses {
        Masses(range) { mean / Double($0 + 1) }
    }
}
