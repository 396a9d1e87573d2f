internal import CGSL

/// Probability distributions, from the GNU Scientific Library. Arguments outside a distribution's domain are a
/// programming error; impossible events give 0 and certain ones 1.
public enum Distributions {
    private static let ready: Void = gsl_errors_as_values()

    /// P(Z > z) for a standard normal Z.
    public static func normalUpper(_ z: Double) -> Double {
        _ = ready
        return gsl_cdf_ugaussian_Q(z)
    }

    /// The z with P(Z ≤ z) = p for a standard normal Z, 0 < p < 1.
    public static func normalQuantile(_ p: Double) -> Double {
        precondition(p > 0 && p < 1, "a probability strictly between 0 and 1")
        _ = ready
        return gsl_cdf_ugaussian_Pinv(p)
    }

    /// The x with P(X ≤ x) = p for a gamma variable of this shape and scale 1. Zero for shape 0.
    public static func gammaQuantile(_ p: Double, shape: Double) -> Double {
        precondition(p >= 0 && p < 1 && shape >= 0, "a probability and a shape not below 0")
        guard shape > 0, p > 0 else { return 0 }
        _ = ready
        let start = gammaStart(p, shape)
        return polish(start, within: 0...Double.infinity) { x in
            let excess = p < 0.5 ? gsl_cdf_gamma_P(x, shape, 1) - p : (1 - p) - gsl_cdf_gamma_Q(x, shape, 1)
            let density = gammaDensity(x, shape: shape)
            return (excess, density)
        }
    }

    /// The x with P(X ≤ x) = p for a beta variable. Degenerate shapes: 0 when `a` is 0, 1 when `b` is 0.
    public static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
        precondition(p >= 0 && p <= 1 && a >= 0 && b >= 0, "a probability and shapes not below 0")
        if a == 0 || p == 0 { return 0 }
        if b == 0 || p == 1 { return 1 }
        _ = ready
        return polish(betaStart(p, a, b), within: 0...1) { x in
            let excess = p < 0.5 ? gsl_cdf_beta_P(x, a, b) - p : (1 - p) - gsl_cdf_beta_Q(x, a, b)
            return (excess, betaDensity(x, a, b))
        }
    }

    /// P(X ≤ x) for a beta variable.
    public static func betaLower(_ x: Double, _ a: Double, _ b: Double) -> Double {
        _ = ready
        return gsl_cdf_beta_P(min(max(x, 0), 1), a, b)
    }

    /// P(X ≥ count) for a binomial variable of `trials` trials, with relative accuracy far into the tail.
    public static func binomialUpper(_ count: Int, trials: Int, probability: Double) -> Double {
        if count <= 0 { return 1 }
        if count > trials || probability <= 0 { return 0 }
        if probability >= 1 { return 1 }
        _ = ready
        return gsl_cdf_beta_P(probability, Double(count), Double(trials - count + 1))
    }

    /// P(X ≥ count) for a Poisson variable of this mean.
    public static func poissonUpper(_ count: Int, mean: Double) -> Double {
        if count <= 0 { return 1 }
        if mean <= 0 { return 0 }
        _ = ready
        return gsl_cdf_gamma_P(mean, Double(count), 1)
    }

    /// The natural logarithm of the gamma function of x > 0.
    static func logGamma(_ x: Double) -> Double {
        _ = ready
        return gsl_sf_lngamma(x)
    }

    /// log of the binomial coefficient "n choose k".
    static func logChoose(_ n: Int, _ k: Int) -> Double {
        logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
    }
}

// MARK: - Quantiles

extension Distributions {
    /// GSL's quantiles stop at a relative step of 1e-10 and may not converge; a safeguarded Newton iteration on its
    /// distribution functions finishes the work.
    private static func polish(
        _ start: Double, within range: ClosedRange<Double>, excess: (Double) -> (excess: Double, density: Double)
    ) -> Double {
        var low = range.lowerBound
        var high = range.upperBound
        var x = start.isFinite && range.contains(start) ? start : (high.isFinite ? (low + high) / 2 : 1)
        for _ in 0..<200 {
            let (error, density) = excess(x)
            if error == 0 { return x }
            if error > 0 { high = x } else { low = x }
            var next = x - error / density
            if !(next > low && next < high) { next = high.isFinite ? (low + high) / 2 : 2 * x + 1 }
            let change = abs(next - x)
            x = next
            if change <= 4e-16 * x { break }
        }
        return x
    }

    // GSL's quantile can run away for large shapes (p = 0.025, shape = 150: 1e217); Wilson and Hilferty (1931) cannot.
    private static func gammaStart(_ p: Double, _ shape: Double) -> Double {
        guard shape >= 1 else {
            return p < 0.5 ? gsl_cdf_gamma_Pinv(p, shape, 1) : gsl_cdf_gamma_Qinv(1 - p, shape, 1)
        }
        let root = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * shape.squareRoot())
        return root > 0 ? shape * root * root * root : shape
    }

    // GSL's quantile can run for minutes where one shape is in the millions and the other small; a gamma variable is
    // near there, and anywhere a start for the safeguarded iteration.
    private static func betaStart(_ p: Double, _ a: Double, _ b: Double) -> Double {
        if a <= b { return gammaQuantile(p, shape: a) / (a + b) }
        return 1 - gammaQuantile(min(1 - p, 0x1.fffffffffffffp-1), shape: b) / (a + b)
    }

    private static func gammaDensity(_ x: Double, shape: Double) -> Double {
        gsl_sf_exp((shape - 1) * gsl_sf_log(x) - x - gsl_sf_lngamma(shape))
    }

    private static func betaDensity(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let logBeta = gsl_sf_lngamma(a) + gsl_sf_lngamma(b) - gsl_sf_lngamma(a + b)
        return gsl_sf_exp((a - 1) * gsl_sf_log(x) + (b - 1) * gsl_sf_log_1plusx(-x) - logBeta)
    }
}
