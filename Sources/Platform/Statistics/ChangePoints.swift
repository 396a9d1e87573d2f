internal import Glibc

/// Where the level of a series changes, exactly: of all ways to cut the series into segments, the one of least cost.
///
/// Results are the index after the last value of each segment, ascending; the last is the length of the series (as the
/// Python package ruptures returns them). Every segment has at least two values.
public struct ChangePoints: Sendable {
    /// What a segment costs.
    public enum Cost: Sendable {
        /// Sum of squared deviations from the segment's mean.
        case squares
        /// −2 × log likelihood of Poisson counts with one rate in the segment, less a constant of the series. The values
        /// must be ≥ 0.
        case poisson
    }

    private let count: Int
    private let cost: Cost
    private let sums: [Double]
    private let squares: [Double]
    private let exposures: [Double]
    private let shortest = 2

    /// A series to search.
    /// - Parameters:
    ///   - values: finite values in time order.
    ///   - cost: what a segment costs.
    ///   - exposures: for `poisson`, the length of each period, as days of the month; all 1 when nil.
    public init(_ values: [Double], cost: Cost = .squares, exposures: [Double]? = nil) {
        precondition(cost == .squares || values.allSatisfy { $0 >= 0 }, "counts are not negative")
        precondition(exposures == nil || exposures?.count == values.count, "one exposure for each value")
        precondition(exposures?.allSatisfy { $0 > 0 } ?? true, "exposures are positive")
        count = values.count
        self.cost = cost
        // Deviations from the mean have the same segment costs and lose fewer digits.
        let mean = cost == .squares && count > 0 ? values.reduce(0, +) / Double(count) : 0
        let centred = values.map { $0 - mean }
        sums = ChangePoints.runningSums(centred)
        squares = ChangePoints.runningSums(centred.map { $0 * $0 })
        self.exposures = ChangePoints.runningSums(exposures ?? Array(repeating: 1, count: count))
    }

    private static func runningSums(_ values: [Double]) -> [Double] {
        var sum = 0.0
        return [0]
            + values.map { value in
                sum += value
                return sum
            }
    }

    /// The cost of the segment of values start ..< end.
    public func cost(from start: Int, to end: Int) -> Double {
        let sum = sums[end] - sums[start]
        switch cost {
        case .squares:
            return squares[end] - squares[start] - sum * sum / Double(end - start)
        case .poisson:
            return sum > 0 ? -2 * sum * log(sum / (exposures[end] - exposures[start])) : 0
        }
    }

    /// The best segments when each costs `penalty` besides, by PELT: Killick, Fearnhead and Eckley (2012), "Optimal
    /// detection of changepoints with a linear computational cost", JASA 107. For Poisson counts 2–3 × log(n) is usual.
    /// - Throws: `Undefined` for fewer than two values.
    public func pelt(penalty: Double) throws(Undefined) -> [Int] {
        precondition(penalty >= 0, "a penalty is not negative")
        guard count >= shortest else { throw Undefined.tooFew(needed: shortest, given: count) }
        var best: [Double] = Array(repeating: .infinity, count: count + 1)
        var previous: [Int] = Array(repeating: 0, count: count + 1)
        best[0] = 0
        // Starts of the last segment still in the race, each with the end from which it is out.
        var candidates: [(start: Int, outFrom: Int)] = []
        for end in shortest...count {
            candidates.append((end - shortest, .max))
            candidates.removeAll { $0.outFrom <= end }
            for candidate in candidates {
                let total = best[candidate.start] + cost(from: candidate.start, to: end) + penalty
                if total < best[end] { (best[end], previous[end]) = (total, candidate.start) }
            }
            for i in candidates.indices where candidates[i].outFrom == .max {
                let reached = best[candidates[i].start] + cost(from: candidates[i].start, to: end)
                // Cutting at `end` beats this start for every later end that leaves a full segment after `end`.
                if reached > best[end] { candidates[i].outFrom = end + shortest }
            }
        }
        return traced(previous)
    }

    /// The best segments with exactly `changes` changes, by dynamic programming. O(changes × n²).
    /// - Throws: `Undefined` when the series is too short for that many segments of two values.
    public func exactly(changes: Int) throws(Undefined) -> [Int] {
        precondition(changes >= 0, "a number of changes")
        let least = shortest * (changes + 1)
        guard count >= least else { throw Undefined.tooFew(needed: least, given: count) }
        var best: [Double] = (0...count).map { $0 >= shortest ? cost(from: 0, to: $0) : .infinity }
        var previous: [[Int]] = [Array(repeating: 0, count: count + 1)]
        for segment in 0..<changes {
            var next: [Double] = Array(repeating: .infinity, count: count + 1)
            var cut: [Int] = Array(repeating: 0, count: count + 1)
            let first = shortest * (segment + 2)
            for end in first...count {
                for start in (first - shortest)...(end - shortest) {
                    let total = best[start] + cost(from: start, to: end)
                    if total < next[end] { (next[end], cut[end]) = (total, start) }
                }
            }
            best = next
            previous.append(cut)
        }
        var ends: [Int] = [count]
        for cut in previous.dropFirst().reversed() { ends.append(cut[ends[ends.count - 1]]) }
        return ends.reversed()
    }

    private func traced(_ previous: [Int]) -> [Int] {
        var ends: [Int] = []
        var end = count
        while end > 0 {
            ends.append(end)
            end = previous[end]
        }
        return ends.reversed()
    }
}
