internal import Kernel

/// Spatial autocorrelation by Moran's I: whether neighbours are alike.
///
/// Sources: Cliff and Ord (1981), "Spatial Processes"; same definitions as esda and spdep. Islands keep their value in
/// the mean and variance and add nothing to the cross products (as esda; spdep by default leaves them out of n).
public enum Moran {
    /// I of a map with its moments under normality and under random relabelling.
    public struct Global: Sendable {
        /// How many areas.
        public let n: Int
        /// How many of them have no neighbour.
        public let islands: Int
        /// Moran's I.
        public let i: Double
        /// Its expectation without autocorrelation, −1/(n−1).
        public let expected: Double
        /// Under the assumption of independent normal values.
        public let normal: Score
        /// Under random relabelling of the values.
        public let randomised: Score
    }

    /// A variance with its standard score and p values by the normal distribution.
    public struct Score: Sendable {
        /// Variance of the statistic.
        public let variance: Double
        /// (statistic − expectation) / standard deviation.
        public let z: Double
        /// P(Z ≥ z): neighbours more alike than by chance.
        public let pGreater: Double
        /// P(|Z| ≥ |z|).
        public let pTwoSided: Double

        init(_ statistic: Double, expected: Double, variance: Double) {
            self.variance = variance
            z = variance > 0 ? (statistic - expected) / variance.squareRoot() : 0
            pGreater = Distributions.normalUpper(z)
            pTwoSided = min(1, 2 * Distributions.normalUpper(abs(z)))
        }
    }

    /// Moran's I of a map.
    /// - Parameters:
    ///   - values: one finite value for each area; at least four.
    ///   - neighbours: who is next to whom.
    ///   - weights: how much each neighbour counts.
    /// - Throws: `Undefined` for fewer than four areas, equal values or a map without links.
    public static func global(
        values: [Double], neighbours: Neighbours, weights: LinkWeights = .rowStandardised
    ) throws(Undefined) -> Global {
        let centred = try Deviations(values, needing: 4)
        let links = try SpatialWeights(neighbours, weights)
        let i = statistic(centred, links)
        let n = Double(values.count)
        let expected = -1 / (n - 1)
        let (s0, s1, s2) = (links.s0, links.s1, links.s2)
        let s0Squared = s0 * s0
        let normal = (n * n * s1 - n * s2 + 3 * s0Squared) / ((n * n - 1) * s0Squared) - expected * expected
        let first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0Squared)
        let second = centred.kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0Squared)
        let randomised =
            (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0Squared) - expected * expected
        return Global(
            n: values.count, islands: neighbours.islands.count, i: i, expected: expected,
            normal: Score(i, expected: expected, variance: normal),
            randomised: Score(i, expected: expected, variance: randomised))
    }

    private static func statistic(_ centred: Deviations, _ links: SpatialWeights) -> Double {
        crossProduct(centred.deviations, links) / (links.s0 * centred.variance)
    }

    private static func crossProduct(_ z: [Double], _ links: SpatialWeights) -> Double {
        z.indices.reduce(0.0) { $0 + z[$1] * links.lag(of: z, at: $1) }
    }
}

// MARK: - Permutations

extension Moran {
    /// I of a map and of relabelled maps.
    public struct Permuted: Sendable {
        /// I of the map itself.
        public let observed: Double
        /// I of each relabelled map.
        public let simulated: [Double]
        /// (1 + how many simulated are at least the observed) / (1 + how many simulated). Never below that 1/(R+1).
        public let pGreater: Double
        /// The same for simulated at most the observed.
        public let pLess: Double
    }

    /// I under given relabellings: in relabelling r, area a gets the value of area r[a].
    /// - Throws: as `global`.
    public static func permuted(
        values: [Double], neighbours: Neighbours, weights: LinkWeights = .rowStandardised, permutations: [[Int]]
    ) throws(Undefined) -> Permuted {
        let centred = try Deviations(values, needing: 4)
        let links = try SpatialWeights(neighbours, weights)
        let scale = links.s0 * centred.variance
        let observed = statistic(centred, links)
        let simulated = permutations.map { order in
            crossProduct(order.map { centred.deviations[$0] }, links) / scale
        }
        return Permuted(
            observed: observed, simulated: simulated,
            pGreater: pseudoP(simulated.count { $0 >= observed }, of: simulated.count),
            pLess: pseudoP(simulated.count { $0 <= observed }, of: simulated.count))
    }

    /// I under random relabellings.
    /// - Parameters:
    ///   - values: one finite value for each area; at least four.
    ///   - neighbours: who is next to whom.
    ///   - weights: how much each neighbour counts.
    ///   - count: how many relabellings.
    ///   - seed: the same seed gives the same relabellings on every machine.
    /// - Throws: as `global`.
    public static func permuted(
        values: [Double], neighbours: Neighbours, weights: LinkWeights = .rowStandardised, count: Int, seed: UInt64
    ) throws(Undefined) -> Permuted {
        var random = SeededRandom(seed: seed)
        let areas = Array(values.indices)
        let permutations = (0..<count).map { _ in random.permutation(of: areas) }
        return try permuted(values: values, neighbours: neighbours, weights: weights, permutations: permutations)
    }

    private static func pseudoP(_ hits: Int, of draws: Int) -> Double { Double(hits + 1) / Double(draws + 1) }
}

extension SeededRandom {
    /// The items in random order (Fisher and Yates).
    mutating func permutation<Item>(of items: [Item]) -> [Item] {
        var items = items
        for last in items.indices.dropFirst().reversed() { items.swapAt(last, below(last + 1)) }
        return items
    }
}
