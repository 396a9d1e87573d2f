/// Confidence intervals for a proportion, `successes` of `trials`. `level` is the confidence, 0.95 unless said.
/// All throw `Undefined` for no trials.
public enum ProportionInterval {
    /// Wilson's score interval (Wilson 1927; Newcombe 1998, Statistics in Medicine 17, method 3): the one to print.
    public static func wilson(_ successes: Int, of trials: Int, level: Double = 0.95) throws(Undefined) -> Interval {
        try score(successes, of: trials, correction: 0, level: level)
    }

    /// Wilson's interval with continuity correction, as R's `prop.test`: the correction is ½, but no more than the
    /// distance of `successes` from half the trials.
    public static func wilsonCorrected(
        _ successes: Int, of trials: Int, level: Double = 0.95
    ) throws(Undefined) -> Interval {
        let correction = min(0.5, abs(Double(successes) - Double(trials) / 2))
        return try score(successes, of: trials, correction: correction, level: level)
    }

    /// The exact interval of Clopper and Pearson (1934): at least the stated confidence, often more.
    public static func clopperPearson(
        _ successes: Int, of trials: Int, level: Double = 0.95
    ) throws(Undefined) -> Interval {
        try check(successes, of: trials)
        let (x, n) = (Double(successes), Double(trials))
        let side = tail(of: level)
        return Interval(
            lower: Distributions.betaQuantile(side, x, n - x + 1),
            upper: Distributions.betaQuantile(1 - side, x + 1, n - x))
    }

    /// The interval by Jeffreys' prior Beta(½, ½), with 0 and 1 as limits where nothing or everything succeeded
    /// (Brown, Cai and DasGupta 2001, Statistical Science 16).
    public static func jeffreys(_ successes: Int, of trials: Int, level: Double = 0.95) throws(Undefined) -> Interval {
        try check(successes, of: trials)
        let (x, n) = (Double(successes), Double(trials))
        let side = tail(of: level)
        return Interval(
            lower: successes == 0 ? 0 : Distributions.betaQuantile(side, x + 0.5, n - x + 0.5),
            upper: successes == trials ? 1 : Distributions.betaQuantile(1 - side, x + 0.5, n - x + 0.5))
    }

    /// The difference of two independent proportions, first less second: Newcombe (1998), Statistics in Medicine 17,
    /// 873–890, method 10 (from Wilson's intervals).
    public static func newcombeDifference(
        _ first: (successes: Int, trials: Int), _ second: (successes: Int, trials: Int), level: Double = 0.95
    ) throws(Undefined) -> Estimate {
        let a = try wilson(first.successes, of: first.trials, level: level)
        let b = try wilson(second.successes, of: second.trials, level: level)
        let p = Double(first.successes) / Double(first.trials)
        let q = Double(second.successes) / Double(second.trials)
        let down = ((p - a.lower) * (p - a.lower) + (b.upper - q) * (b.upper - q)).squareRoot()
        let up = ((a.upper - p) * (a.upper - p) + (q - b.lower) * (q - b.lower)).squareRoot()
        return Estimate(value: p - q, interval: Interval(lower: p - q - down, upper: p - q + up))
    }

    private static func check(_ successes: Int, of trials: Int) throws(Undefined) {
        precondition(successes >= 0 && successes <= max(trials, 0), "between 0 and the trials")
        guard trials > 0 else { throw Undefined.tooFew(needed: 1, given: trials) }
    }

    private static func score(
        _ successes: Int, of trials: Int, correction: Double, level: Double
    ) throws(Undefined) -> Interval {
        try check(successes, of: trials)
        let (x, n) = (Double(successes), Double(trials))
        let z = Distributions.normalQuantile(1 - tail(of: level))
        let half = z * z / (2 * n)
        func limit(_ p: Double, _ sign: Double) -> Double {
            let spread = (p * (1 - p) / n + half / (2 * n)).squareRoot()
            return (p + half + sign * z * spread) / (1 + 2 * half)
        }
        let below = (x - correction) / n
        let above = (x + correction) / n
        return Interval(
            lower: below <= 0 ? 0 : max(0, limit(below, -1)), upper: above >= 1 ? 1 : min(1, limit(above, 1)))
    }
}
