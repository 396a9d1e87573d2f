/// Gini's coefficient of concentration: 0 when all units have the same, near 1 when one has all.
public enum Gini {
    /// G = 2 Σ i·x_i / (n Σ x) − (n + 1)/n over ascending values, from whole numbers without rounding.
    /// - Parameter values: one value ≥ 0 for each unit, units with nothing included.
    /// - Throws: `Undefined` for no units or a total of 0.
    public static func coefficient(_ values: [Int64]) throws(Undefined) -> Double {
        let (excess, n, total) = try parts(values)
        return Double(excess) / (Double(n) * Double(total))
    }

    /// G × n/(n − 1), so that a single unit with everything has 1 (as DescTools).
    /// - Throws: `Undefined` for fewer than two units or a total of 0.
    public static func unbiased(_ values: [Int64]) throws(Undefined) -> Double {
        guard values.count > 1 else { throw Undefined.tooFew(needed: 2, given: values.count) }
        let (excess, n, total) = try parts(values)
        return Double(excess) / (Double(n - 1) * Double(total))
    }

    /// The generalised coefficient for fewer events than places, max(1, N/C)·(G − 1) + 1: Bernasco and Steenbeek (2017),
    /// "More Places than Crimes", Journal of Quantitative Criminology 33. Plain G calls few events on many places
    /// concentrated when they could not lie otherwise.
    /// - Parameter counts: the events of each of N places; C is their sum.
    /// - Throws: `Undefined` for no places or no events.
    public static func generalised(_ counts: [Int64]) throws(Undefined) -> Double {
        let (excess, n, total) = try parts(counts)
        let stretch = max(1, Double(n) / Double(total))
        let lacking = (Double(n) * Double(total) - Double(excess)) / (Double(n) * Double(total))
        return 1 - stretch * lacking
    }

    /// The generalised coefficient × m/(m − 1), m the smaller of places and events.
    /// - Throws: `Undefined` for fewer than two places or events.
    public static func generalisedUnbiased(_ counts: [Int64]) throws(Undefined) -> Double {
        let plain = try generalised(counts)
        let m = min(Int64(counts.count), counts.reduce(0, +))
        guard m > 1 else { throw Undefined.tooFew(needed: 2, given: Int(m)) }
        return plain * Double(m) / Double(m - 1)
    }

    /// 2 Σ i·x_i − (n + 1) Σ x, with n and Σ x.
    private static func parts(_ values: [Int64]) throws(Undefined) -> (excess: Int128, n: Int, total: Int64) {
        precondition(values.allSatisfy { $0 >= 0 }, "values are not negative")
        guard !values.isEmpty else { throw Undefined.tooFew(needed: 1, given: 0) }
        let total = values.reduce(0, +)
        guard total > 0 else { throw Undefined.zeroTotal }
        var ranked: Int128 = 0
        for (i, value) in values.sorted().enumerated() { ranked += Int128(i + 1) * Int128(value) }
        return (2 * ranked - Int128(values.count + 1) * Int128(total), values.count, total)
    }
}
