extension GetisOrd {
    /// The exact one-sided permutation p value of Gi* for counts: P(S ≥ s), where s is the area's count plus its
    /// neighbours' counts, k areas in all, and S the sum of k counts drawn from all areas without replacement.
    ///
    /// With binary weights Gi* grows with s alone, so this is its p value under random relabelling, without simulation
    /// and without a smallest possible p. Relative error about (areas) × 1e-16, also for p values of 1e-18.
    ///
    /// Method: with counts taken in ascending order, the chance that k of the first t make s obeys
    /// P_t(k,s) = (1 − k/t) P_{t−1}(k,s) + (k/t) P_{t−1}(k−1, s − x_t). All terms are positive, so nothing cancels;
    /// what reaches the largest sum of interest is kept in one "at least that much" state for each k. Ascending order
    /// keeps the reachable sums small: at most (total count) × K²/2 steps for neighbourhoods of at most K areas.
    /// - Parameters:
    ///   - counts: one count ≥ 0 for each area.
    ///   - neighbours: who is next to whom; the area itself is added here.
    ///   - limit: the most multiply-adds to spend (about 2e9 a second) and, divided by 100, the most numbers to hold.
    /// - Throws: `Undefined.tooLarge` when that is not enough. Show the normal p value with a warning, or none.
    public static func exactP(
        counts: [Int], neighbours: Neighbours, limit: Int = 10_000_000_000
    ) throws(Undefined) -> [Double] {
        precondition(counts.allSatisfy { $0 >= 0 }, "counts are not negative")
        guard !counts.isEmpty else { return [] }
        let sums = neighbours.sumsWithSelf(of: counts)
        let sizes = sums.indices.map { neighbours.degree(of: $0) + 1 }
        var distribution = try SumDistribution(
            counts: counts, largestSums: largestSums(sums, sizes), limit: limit)
        distribution.fill()
        return distribution.tails(of: sums, sizes: sizes)
    }

    /// For each k the largest sum seen in a neighbourhood of k or more areas; index 0 … the largest k.
    private static func largestSums(_ sums: [Int], _ sizes: [Int]) -> [Int] {
        var largest: [Int] = Array(repeating: 0, count: (sizes.max() ?? 0) + 1)
        for (sum, size) in zip(sums, sizes) { largest[size] = max(largest[size], sum) }
        for k in largest.indices.dropLast().reversed() { largest[k] = max(largest[k], largest[k + 1]) }
        return largest
    }
}

/// The distribution of the sum of k counts drawn without replacement, for every k up to a largest.
private struct SumDistribution {
    /// The counts, ascending.
    private let counts: [Int]
    /// Sums of the first t counts.
    private let prefixSums: [Int]
    /// For each k, sums of `caps[k]` and more are lumped together.
    private let caps: [Int]
    /// Where the row of each k begins in `cells`.
    private let starts: [Int]
    /// P(k, s) for s < caps[k], row after row.
    private var cells: [Double]
    /// P(S ≥ caps[k]) for each k.
    private var overflow: [Double]

    init(counts: [Int], largestSums: [Int], limit: Int) throws(Undefined) {
        self.counts = counts.sorted()
        var sum = 0
        prefixSums =
            [0]
            + self.counts.map { count in
                sum += count
                return sum
            }
        caps = largestSums
        var starts: [Int] = []
        var size = 0
        for cap in largestSums {
            starts.append(size)
            size += cap
        }
        self.starts = starts
        cells = []
        overflow = Array(repeating: 0, count: largestSums.count)
        guard size <= limit / 100 else { throw Undefined.tooLarge(work: size, limit: limit / 100) }
        let work = self.work(stoppingAbove: limit)
        guard work <= limit else { throw Undefined.tooLarge(work: work, limit: limit) }
        cells = Array(repeating: 0, count: size)
    }

    /// How many sums of k of the first t counts are kept apart: those not above the largest possible.
    private func width(_ k: Int, _ t: Int) -> Int {
        guard t >= k else { return 0 }
        return min(caps[k], prefixSums[t] - prefixSums[t - k] + 1)
    }

    private func work(stoppingAbove limit: Int) -> Int {
        var work = 0
        for t in 1...counts.count where work <= limit {
            for k in 1..<caps.count { work += width(k, t) }
        }
        return work
    }

    /// Takes in the counts one by one.
    mutating func fill() {
        var cells = cells
        self.cells = []
        // Nothing drawn: the sum is 0, which is "at least the cap" only when every sum of interest is 0.
        if caps[0] > 0 { cells[0] = 1 } else { overflow[0] = 1 }
        cells.withUnsafeMutableBufferPointer { cells in
            for t in 1...counts.count {
                // Descending, so that row k − 1 is still that of t − 1.
                for k in (1..<caps.count).reversed() where k <= t { takeIn(t, intoRow: k, cells) }
            }
        }
        self.cells = cells
    }

    /// One step of the recursion for one k. `cells` is passed as a buffer because this is the inner loop: with array
    /// bounds checks it does not vectorise.
    private mutating func takeIn(_ t: Int, intoRow k: Int, _ cells: UnsafeMutableBufferPointer<Double>) {
        let x = counts[t - 1]
        let taken = Double(k) / Double(t)
        let kept = Double(t - k) / Double(t)
        let width = width(k, t)
        let sourceWidth = self.width(k - 1, t - 1)
        let source = UnsafeMutableBufferPointer(rebasing: cells[starts[k - 1]..<starts[k - 1] + sourceWidth])
        let row = UnsafeMutableBufferPointer(rebasing: cells[starts[k]..<starts[k] + caps[k]])

        var beyond = overflow[k - 1]
        for u in min(max(0, caps[k] - x), sourceWidth)..<sourceWidth { beyond += source[u] }
        overflow[k] = kept * overflow[k] + taken * beyond

        scale(row, upTo: min(x, width), by: kept)
        // width ≤ x + sourceWidth, because caps fall with k.
        if width > x { blend(row, from: x, count: width - x, kept: kept, source: source, taken: taken) }
    }

    private func scale(_ row: UnsafeMutableBufferPointer<Double>, upTo end: Int, by factor: Double) {
        for u in 0..<end { row[u] *= factor }
    }

    private func blend(
        _ row: UnsafeMutableBufferPointer<Double>, from x: Int, count: Int, kept: Double,
        source: UnsafeMutableBufferPointer<Double>, taken: Double
    ) {
        guard let into = row.baseAddress, let from = source.baseAddress else { return }
        let target = into + x
        for u in 0..<count { target[u] = kept * target[u] + taken * from[u] }
    }

    /// P(S ≥ sum) for each (sum, size).
    func tails(of sums: [Int], sizes: [Int]) -> [Double] {
        var result: [Double] = Array(repeating: 1, count: sums.count)
        let order = sums.indices.sorted { (sizes[$0], sums[$1]) < (sizes[$1], sums[$0]) }
        var k = -1
        var s = 0
        var tail = 0.0
        for i in order {
            if sizes[i] != k { (k, s, tail) = (sizes[i], caps[sizes[i]], overflow[sizes[i]]) }
            while s > sums[i] {
                s -= 1
                tail += cells[starts[k] + s]
            }
            // The k smallest counts make prefixSums[k]: no draw gives less.
            result[i] = sums[i] <= prefixSums[k] ? 1 : min(1, tail)
        }
        return result
    }
}
