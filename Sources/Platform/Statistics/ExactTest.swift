/// Exact tests for small tables, two-sided by adding up all outcomes that are no likelier than the one observed, as R's
/// `fisher.test`, `binom.test` and `poisson.test` do.
public enum ExactTest {
    /// Fisher's exact test of a two-by-two table: `a` of `a + b` against `c` of `c + d`.
    public static func fisher(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Double {
        precondition(min(a, b, c, d) >= 0, "counts are not negative")
        let (row, column, all) = (a + b, a + c, a + b + c + d)
        let low = max(0, row + column - all)
        let high = min(row, column)
        return Masses(low...high) { x in
            let up = Double(row - x) * Double(column - x)
            return up / (Double(x + 1) * Double(all - row - column + x + 1))
        }.twoSided(a)
    }

    /// The exact binomial test of `successes` in `trials` against a probability, 0 < probability < 1.
    public static func binomial(_ successes: Int, of trials: Int, probability: Double) -> Double {
        binomialMasses(trials, probability).twoSided(successes)
    }

    /// The same with half the weight for the observed outcome's own probability.
    public static func binomialMidP(_ successes: Int, of trials: Int, probability: Double) -> Double {
        let masses = binomialMasses(trials, probability)
        return max(0, masses.twoSided(successes) - masses.probability(of: successes) / 2)
    }

    private static func binomialMasses(_ trials: Int, _ probability: Double) -> Masses {
        precondition(trials >= 0 && probability > 0 && probability < 1, "a probability strictly between 0 and 1")
        let odds = probability / (1 - probability)
        return Masses(0...trials) { x in odds * Double(trials - x) / Double(x + 1) }
    }
}

/// The probabilities of consecutive whole numbers, from the ratios of each to the one before. Built outwards from the
/// likeliest, so that nothing overflows and all terms are positive.
struct Masses {
    private let first: Int
    private let values: [Double]

    /// - Parameters:
    ///   - range: the possible values.
    ///   - ratio: P(x + 1)/P(x), falling in x.
    init(_ range: ClosedRange<Int>, ratio: (Int) -> Double) {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = low + (high - low) / 2
            if ratio(middle) > 1 { low = middle + 1 } else { high = middle }
        }
        let first = range.lowerBound
        let mode = low - first
        var values: [Double] = Array(repeating: 1, count: range.count)
        for i in values.indices.dropFirst(mode + 1) { values[i] = values[i - 1] * ratio(first + i - 1) }
        for i in values.indices.prefix(mode).reversed() { values[i] = values[i + 1] / ratio(first + i) }
        let total = values[..<mode].reduce(0, +) + values[mode...].reversed().reduce(0, +)
        self.first = first
        self.values = values.map { $0 / total }
    }

    func probability(of x: Int) -> Double { values.indices.contains(x - first) ? values[x - first] : 0 }

    /// The probability of all values no likelier than x, ties found to within 1e-7 as in R.
    func twoSided(_ x: Int) -> Double {
        let limit = probability(of: x) * (1 + 1e-7)
        return min(1, values.reduce(0.0) { $1 <= limit ? $0 + $1 : $0 })
    }

    /// P(X ≤ x) for each x from the first on.
    var lowerSums: [Double] {
        var sum = 0.0
        return values.map { value in
            sum += value
            return sum
        }
    }

    /// P(X ≥ x) for each x from the first on.
    var upperSums: [Double] {
        var sum = 0.0
        let fromTop = values.reversed().map { value in
            sum += value
            return sum
        }
        return fromTop.reversed()
    }
}
