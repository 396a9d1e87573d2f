/// Geary's c: like Moran's I, from squared differences between neighbours. Below 1 when neighbours are alike.
public enum Geary {
    /// Geary's c of a map, with its randomisation variance (Cliff and Ord 1981). A positive z means alike neighbours.
    /// - Parameters:
    ///   - values: one finite value for each area; at least four.
    ///   - neighbours: who is next to whom.
    ///   - weights: how much each neighbour counts.
    /// - Throws: `Undefined` for fewer than four areas, equal values or a map without links.
    public static func c(
        values: [Double], neighbours: Neighbours, weights: LinkWeights = .rowStandardised
    ) throws(Undefined) -> (c: Double, score: Moran.Score) {
        let centred = try Deviations(values, needing: 4)
        let links = try SpatialWeights(neighbours, weights)
        let n = Double(values.count)
        let d = centred.deviations
        var squares = 0.0
        for i in d.indices {
            for j in neighbours[i] { squares += links.perLink[i] * (d[i] - d[j]) * (d[i] - d[j]) }
        }
        let c = (n - 1) * squares / (2 * links.s0 * centred.variance * n)
        let variance = variance(n, centred.kurtosis, links)
        return (c, Moran.Score(-c, expected: -1, variance: variance))
    }

    private static func variance(_ n: Double, _ k: Double, _ links: SpatialWeights) -> Double {
        let first = (n - 1) * links.s1 * (n * n - 3 * n + 3 - k * (n - 1))
        let second = (n - 1) * links.s2 * (n * n + 3 * n - 6 - k * (n * n - n + 2)) / 4
        let third = links.s0 * links.s0 * (n * n - 3 - k * (n - 1) * (n - 1))
        return (first - second + third) / (n * (n - 2) * (n - 3) * links.s0 * links.s0)
    }
}

extension GetisOrd {
    /// The general G of a map: whether high values lie together (above expectation) or low ones (below), with binary
    /// weights. Source: Getis and Ord (1992), Geographical Analysis 24.
    /// - Parameters:
    ///   - values: one value ≥ 0 for each area; at least four.
    ///   - neighbours: who is next to whom.
    /// - Throws: `Undefined` for fewer than four areas, equal values or a map without links.
    public static func general(
        values: [Double], neighbours: Neighbours
    ) throws(Undefined) -> (g: Double, expected: Double, score: Moran.Score) {
        _ = try Deviations(values, needing: 4)
        let links = try SpatialWeights(neighbours, .binary)
        let n = Double(values.count)
        let m1 = values.reduce(0, +)
        let m2 = values.reduce(0.0) { $0 + $1 * $1 }
        let m3 = values.reduce(0.0) { $0 + $1 * $1 * $1 }
        let m4 = values.reduce(0.0) { $0 + $1 * $1 * $1 * $1 }
        let pairs = m1 * m1 - m2
        guard pairs > 0 else { throw Undefined.zeroTotal }
        let g = values.indices.reduce(0.0) { $0 + values[$1] * links.lag(of: values, at: $1) } / pairs
        let (s0, s1, s2) = (links.s0, links.s1, links.s2)
        let b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0
        let b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
        let b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0)
        let b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0
        let b4 = s1 - s2 + s0 * s0
        let expected = s0 / (n * (n - 1))
        let high = b0 * m2 * m2 + b1 * m4
        let mixed = b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 * m1 * m1 * m1
        let square = (high + mixed) / (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3))
        return (g, expected, Moran.Score(g, expected: expected, variance: square - expected * expected))
    }
}
