/// Hot spots by the local statistic Gi* of Getis and Ord, with binary weights that include the area itself.
///
/// Source: Ord and Getis (1995), "Local Spatial Autocorrelation Statistics", Geographical Analysis 27. The normal
/// p value is badly wrong for skewed counts such as crimes; use `exactP` for counts.
public enum GetisOrd {
    /// Gi* of every area.
    public struct Star: Sendable {
        /// Standard scores, high where high values cluster. 0 for an area whose neighbourhood is all areas.
        public let z: [Double]
        /// One-sided p values of `z` by the normal approximation: P(Z ≥ z).
        public let p: [Double]
    }

    /// Gi* of every area by its closed form (divisor n in the variance, as in esda and spdep). An island is compared
    /// by its own value alone.
    /// - Parameters:
    ///   - values: one finite value for each area.
    ///   - neighbours: who is next to whom.
    /// - Throws: `Undefined` for fewer than two areas or equal values.
    public static func star(values: [Double], neighbours: Neighbours) throws(Undefined) -> Star {
        let n = Double(values.count)
        let centred = try Deviations(values, needing: 2)
        let sums = neighbours.sumsWithSelf(of: centred.deviations)
        let z: [Double] = sums.indices.map { i in
            let size = Double(neighbours.degree(of: i) + 1)
            guard size < n else { return 0 }
            let spread = (centred.variance * size * (n - size) / (n - 1)).squareRoot()
            return sums[i] / spread
        }
        return Star(z: z, p: z.map(Distributions.normalUpper))
    }

    /// P values of each neighbourhood's count against the resident (or other) population: P(X ≥ observed) when every
    /// crime falls on each area with probability in proportion to `populations`, given the total (exact binomial).
    ///
    /// This is another null hypothesis than that of `exactP`: the rate is the same everywhere. Both should be named
    /// where they are shown.
    /// - Throws: `Undefined.zeroTotal` when there are no people.
    public static func populationP(
        counts: [Int], populations: [Double], neighbours: Neighbours
    ) throws(Undefined) -> [Double] {
        precondition(counts.allSatisfy { $0 >= 0 } && populations.allSatisfy { $0 >= 0 }, "no negative numbers")
        let people = populations.reduce(0, +)
        guard people > 0 else { throw Undefined.zeroTotal }
        let crimes = counts.reduce(0, +)
        let observed = neighbours.sumsWithSelf(of: counts)
        let exposed = neighbours.sumsWithSelf(of: populations)
        return observed.indices.map { i in
            Distributions.binomialUpper(observed[i], trials: crimes, probability: exposed[i] / people)
        }
    }
}

/// Values less their mean, with the moments that spatial statistics need.
struct Deviations {
    let deviations: [Double]
    /// Mean square deviation (divisor n).
    let variance: Double
    /// Mean fourth power of the deviations over the squared variance.
    let kurtosis: Double

    init(_ values: [Double], needing least: Int) throws(Undefined) {
        precondition(values.allSatisfy(\.isFinite), "finite values")
        guard values.count >= least else { throw Undefined.tooFew(needed: least, given: values.count) }
        guard let first = values.first, values.contains(where: { $0 != first }) else { throw Undefined.noVariation }
        let n = Double(values.count)
        let rough = values.reduce(0, +) / n
        let mean = rough + values.reduce(0.0) { $0 + ($1 - rough) } / n
        let deviations = values.map { $0 - mean }
        let variance = deviations.reduce(0.0) { $0 + $1 * $1 } / n
        guard variance > 0 else { throw Undefined.noVariation }
        self.deviations = deviations
        self.variance = variance
        kurtosis = deviations.reduce(0.0) { $0 + $1 * $1 * $1 * $1 } / n / (variance * variance)
    }
}
