extension Moran {
    /// Which corner of Moran's scatter plot an area lies in: its own value against its neighbours' mean.
    public enum Quadrant: Int, Sendable {
        /// High among high: part of a hot spot.
        case highHigh = 1
        /// Low among high.
        case lowHigh = 2
        /// Low among low.
        case lowLow = 3
        /// High among low.
        case highLow = 4
    }

    /// Local Moran's I of every area.
    public struct Local: Sendable {
        /// I_i = z_i · lag_i / (Σz²/n), as in Anselin (1995) and spdep. The I_i of a row-standardised map average to I.
        public let i: [Double]
        /// The same with divisor n − 1, as esda prints it.
        public let esda: [Double]
        /// Corner of the scatter plot; nil for an island.
        public let quadrant: [Quadrant?]
        /// Moments of `i` when all values are relabelled.
        public let total: Moments
        /// Moments of `i` when the area keeps its value and the others are relabelled. These are the ones to test by.
        public let conditional: Moments
        /// Standard scores of `i` by the conditional moments; 0 where the variance is 0 (islands, mean values).
        public let z: [Double]
        /// P(|Z| ≥ |z|) by the normal distribution.
        public let pTwoSided: [Double]
    }

    /// Expectation and variance of each area's statistic.
    public struct Moments: Sendable {
        /// Expectations.
        public let expected: [Double]
        /// Variances.
        public let variance: [Double]
    }

    /// Local Moran's I of every area: Anselin (1995), "Local Indicators of Spatial Association", Geographical Analysis
    /// 27; conditional moments of Sokal, Oden and Thomson (1998), Geographical Analysis 30.
    /// - Throws: `Undefined` for fewer than three areas, equal values or a map without links.
    public static func local(
        values: [Double], neighbours: Neighbours, weights: LinkWeights = .rowStandardised
    ) throws(Undefined) -> Local {
        let centred = try Deviations(values, needing: 3)
        let links = try SpatialWeights(neighbours, weights)
        let d = centred.deviations
        let n = Double(values.count)
        let lags = d.indices.map { links.lag(of: d, at: $0) }
        let i = d.indices.map { d[$0] * lags[$0] / centred.variance }
        let conditional = conditionalMoments(centred, links)
        let z: [Double] = i.indices.map { area in
            let variance = conditional.variance[area]
            return variance > 0 ? (i[area] - conditional.expected[area]) / variance.squareRoot() : 0
        }
        return Local(
            i: i, esda: i.map { $0 * (n - 1) / n },
            quadrant: d.indices.map { neighbours.degree(of: $0) == 0 ? nil : quadrant(d[$0], lags[$0]) },
            total: totalMoments(centred, links), conditional: conditional, z: z,
            pTwoSided: z.map { min(1, 2 * Distributions.normalUpper(abs($0))) })
    }

    private static func quadrant(_ own: Double, _ lag: Double) -> Quadrant {
        if own > 0 { return lag > 0 ? .highHigh : .highLow }
        return lag > 0 ? .lowHigh : .lowLow
    }

    private static func rowSums(_ links: SpatialWeights, _ area: Int) -> (sum: Double, squares: Double) {
        let degree = Double(links.neighbours.degree(of: area))
        let weight = links.perLink[area]
        return (degree * weight, degree * weight * weight)
    }

    private static func totalMoments(_ centred: Deviations, _ links: SpatialWeights) -> Moments {
        let n = Double(centred.deviations.count)
        let b2 = centred.kurtosis
        var expected: [Double] = []
        var variance: [Double] = []
        for area in centred.deviations.indices {
            let (w, w2) = rowSums(links, area)
            let mean = -w / (n - 1)
            let own = w2 * (n - b2) / (n - 1)
            let shared = (w * w - w2) * (2 * b2 - n) / ((n - 1) * (n - 2))
            expected.append(mean)
            variance.append(own + shared - mean * mean)
        }
        return Moments(expected: expected, variance: variance)
    }

    private static func conditionalMoments(_ centred: Deviations, _ links: SpatialWeights) -> Moments {
        let n = Double(centred.deviations.count)
        let m2 = centred.variance
        var expected: [Double] = []
        var variance: [Double] = []
        for (area, z) in centred.deviations.enumerated() {
            let (w, w2) = rowSums(links, area)
            let square = z * z
            expected.append(-square * w / ((n - 1) * m2))
            let spread = w2 - w * w / (n - 1)
            variance.append(square / (m2 * m2) * n / (n - 2) * spread * (m2 - square / (n - 1)))
        }
        return Moments(expected: expected, variance: variance.map { max(0, $0) })
    }
}
