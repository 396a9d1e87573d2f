internal import Statistics

#if canImport(Glibc)
    internal import Glibc
#endif

/// The statistics that the tables show, from Statistics, with nil where a statistic has no value.
enum Figures {
    /// The exact 95 % interval of a rate per 1,000.
    static func rateInterval(count: Int, residents: Int) -> (low: Double, high: Double)? {
        guard residents > 0 else { return nil }
        let interval = CountInterval.exact(count)
        return (interval.lower / Double(residents) * 1000, interval.upper / Double(residents) * 1000)
    }

    /// Two-sided p of the exact conditional test that two counts have one level.
    static func chanceOfChange(from old: Int, to new: Int) -> Double? {
        old + new == 0 ? nil : CountChange(from: old, to: new).p
    }

    /// The 95 % interval of a sum of harm, in days.
    static func harmInterval(_ kinds: [Int64: Int]) -> (low: Double, high: Double)? {
        let sorted = kinds.filter { $0.key > 0 }.sorted { $0.key < $1.key }
        guard !sorted.isEmpty else { return nil }
        let interval = CountInterval.weightedSum(
            counts: sorted.map(\.value), weights: sorted.map { Double($0.key) / 100 }
        ).interval
        return (interval.lower, interval.upper)
    }

    // MARK: - Places

    struct Gini {
        var gini: Double?
        var generalised: Double?
    }

    static func gini(_ values: [Int64]) -> Gini {
        Gini(
            gini: try? Statistics.Gini.coefficient(values), generalised: try? Statistics.Gini.generalised(values))
    }

    /// The fewest units that hold a share in percent.
    static func places(holding percent: Int, of values: [Int64]) -> Int {
        Concentration(values).smallestCount(holdingPercent: percent)
    }

    struct Hotspots {
        var z: [Double]?
        var p: [Double]?
        var pExact: [Double]?
        var qExact: [Double]?
        var moran: (i: Double, expected: Double, z: Double, p: Double)?
        var notes: [String] = []
    }

    /// Gi* with normal and exact p, the false-discovery q of the exact p, and global Moran's I.
    static func hotspots(counts: [Int], neighbours pairs: [(Int, Int)]) -> Hotspots {
        let neighbours = Neighbours(count: counts.count, pairs: pairs.flatMap { [$0, ($0.1, $0.0)] })
        let values = counts.map(Double.init)
        var result = Hotspots()
        do {
            let star = try GetisOrd.star(values: values, neighbours: neighbours)
            result.z = star.z
            result.p = star.p
            let exact = try GetisOrd.exactP(counts: counts, neighbours: neighbours)
            result.pExact = exact
            result.qExact = FalseDiscovery.benjaminiHochberg(exact)
        } catch {
            result.notes.append("Not all figures could be computed: \(error).")
        }
        if let moran = try? Moran.global(values: values, neighbours: neighbours) {
            result.moran = (moran.i, moran.expected, moran.randomised.z, moran.randomised.pTwoSided)
        }
        let islands = neighbours.islands.count
        if islands > 0 { result.notes.append("\(islands) areas have no neighbour.") }
        return result
    }

    // MARK: - Series

    /// Positions from which a monthly series has another level, with the means before and after.
    static func breaks(in values: [Double]) -> [(position: Int, before: Double, after: Double)] {
        let season = seasonless(values)
        guard let spread = medianAbsoluteDeviation(zip(season, season.dropFirst()).map { $1 - $0 }) else { return [] }
        let variance = max(spread * spread / 2, 1)
        let penalty = 8 * variance * log(Double(values.count))
        guard let ends = try? ChangePoints(season).pelt(penalty: penalty) else { return [] }
        let bounds = [0] + ends
        var found: [(position: Int, before: Double, after: Double)] = []
        for cut in bounds.indices.dropFirst().dropLast() {
            let before = values[bounds[cut - 1]..<bounds[cut]]
            let after = values[bounds[cut]..<bounds[cut + 1]]
            guard before.count >= 6, after.count >= 6 else { continue }
            let old = before.reduce(0, +) / Double(before.count)
            let new = after.reduce(0, +) / Double(after.count)
            guard abs(new - old) >= 0.25 * max(old, 1) else { continue }
            found.append((bounds[cut], old, new))
        }
        return found
    }

    // Each value less the median difference of its month of the year from the whole, where there are two years or more.
    private static func seasonless(_ values: [Double]) -> [Double] {
        guard values.count >= 24, let whole = median(values) else { return values }
        let months = (0..<12).map { month in
            (median(stride(from: month, to: values.count, by: 12).map { values[$0] }) ?? whole) - whole
        }
        return values.enumerated().map { $1 - months[$0 % 12] }
    }
}
