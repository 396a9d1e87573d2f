internal import Glibc
internal import Kernel

/// How sure a rank by rate is, as of a borough among 33: ranks of rates drawn from what the counts leave open.
///
/// Each unit's true rate is drawn from its gamma posterior with Jeffreys' prior, Gamma(count + ½) / exposure, and the
/// drawn rates are ranked; rank 1 is the highest (Goldstein and Spiegelhalter 1996, "League tables and their
/// limitations", J. R. Statist. Soc. A 159).
public struct RankUncertainty: Sendable {
    /// The rank of each unit by its observed rate: 1 + how many have a higher one.
    public let observed: [Int]
    /// For each unit the ranks drawn, ascending.
    private let drawn: [[Int32]]

    /// Draws ranks.
    /// - Parameters:
    ///   - counts: events of each unit.
    ///   - exposures: population of each unit; positive.
    ///   - draws: how many times all rates are drawn and ranked.
    ///   - seed: the same seed gives the same ranks on every machine.
    public init(counts: [Int], exposures: [Double], draws: Int = 4000, seed: UInt64) {
        precondition(counts.count == exposures.count, "one exposure for each count")
        precondition(counts.allSatisfy { $0 >= 0 } && exposures.allSatisfy { $0 > 0 }, "positive exposures")
        precondition(draws > 0, "at least one draw")
        let rates = zip(counts, exposures).map { Double($0) / $1 }
        observed = rates.map { rate in 1 + rates.count { $0 > rate } }
        var random = SeededRandom(seed: seed)
        var ranks: [[Int32]] = Array(repeating: [], count: counts.count)
        for _ in 0..<draws {
            let rates = zip(counts, exposures).map { random.gamma(shape: Double($0) + 0.5) / $1 }
            let order = rates.indices.sorted { rates[$0] > rates[$1] }
            for (place, unit) in order.enumerated() { ranks[unit].append(Int32(place + 1)) }
        }
        drawn = ranks.map { $0.sorted() }
    }

    /// The probability that a unit's true rank is at most `rank` (among the highest `rank`).
    public func chance(of unit: Int, atMost rank: Int) -> Double {
        Double(drawn[unit].count { $0 <= rank }) / Double(drawn[unit].count)
    }

    /// The ranks between which a unit's true rank lies with this probability, equal tails.
    public func range(of unit: Int, level: Double = 0.95) -> ClosedRange<Int> {
        let side = tail(of: level)
        let ranks = drawn[unit]
        let low = min(ranks.count - 1, Int(side * Double(ranks.count)))
        return Int(ranks[low])...Int(ranks[ranks.count - 1 - low])
    }

    /// The median of a unit's rank.
    public func median(of unit: Int) -> Double { quantile(drawn[unit].map(Double.init), 0.5) ?? Double(observed[unit]) }
}

extension SeededRandom {
    /// Gamma with this shape (> 0) and scale 1: Marsaglia and Tsang (2000), "A simple method for generating gamma
    /// variables", ACM Trans. Math. Software 26.
    mutating func gamma(shape: Double) -> Double {
        if shape < 1 {
            let boost = pow(1 - uniform(), 1 / shape)
            return gamma(shape: shape + 1) * boost
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
        }
    }
}
