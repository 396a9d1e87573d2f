/// How much each neighbour counts.
public enum LinkWeights: Sendable {
    /// Every neighbour counts 1.
    case binary
    /// The neighbours of an area count 1 together. An island's row is all zeros.
    case rowStandardised
}

/// Weighted links with the sums that the moments of spatial statistics need (Cliff and Ord 1981, "Spatial Processes").
struct SpatialWeights {
    let neighbours: Neighbours
    /// The weight of each area's every neighbour.
    let perLink: [Double]
    /// Sum of all weights.
    let s0: Double
    /// Half the sum over ordered pairs of (w_ij + w_ji)².
    let s1: Double
    /// Sum over areas of (row sum + column sum)².
    let s2: Double

    init(_ neighbours: Neighbours, _ kind: LinkWeights) throws(Undefined) {
        guard neighbours.linkCount > 0 else { throw Undefined.noLinks }
        self.neighbours = neighbours
        let perLink: [Double] = (0..<neighbours.count).map { area in
            kind == .binary ? 1 : 1 / Double(max(1, neighbours.degree(of: area)))
        }
        self.perLink = perLink
        var s0 = 0.0
        var s1 = 0.0
        var margins: [Double] = Array(repeating: 0, count: neighbours.count)
        for i in 0..<neighbours.count {
            for j in neighbours[i] {
                s0 += perLink[i]
                margins[i] += perLink[i]
                margins[j] += perLink[i]
                // A link without its reverse stands for both ordered pairs.
                let isMutual = neighbours.contains(j, i)
                let both = perLink[i] + (isMutual ? perLink[j] : 0)
                s1 += isMutual ? both * both / 2 : both * both
            }
        }
        self.s0 = s0
        self.s1 = s1
        s2 = margins.reduce(0.0) { $0 + $1 * $1 }
    }

    /// The weighted sum of the neighbours' values of an area.
    func lag(of values: [Double], at area: Int) -> Double {
        neighbours[area].reduce(0.0) { $0 + values[$1] } * perLink[area]
    }
}
