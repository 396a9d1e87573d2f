/// A straight line through values at equal steps: value ≈ intercept + slope × step, steps from 0.
public struct Trend: Hashable, Sendable {
    /// Change for each step.
    public let slope: Double
    /// Value at step 0.
    public let intercept: Double

    /// The line of least squares.
    /// - Throws: `Undefined` for fewer than two values.
    public static func leastSquares(_ values: [Double]) throws(Undefined) -> Trend {
        guard values.count >= 2 else { throw Undefined.tooFew(needed: 2, given: values.count) }
        let n = Double(values.count)
        let middle = (n - 1) / 2
        let mean = values.reduce(0, +) / n
        var cross = 0.0
        for (step, value) in values.enumerated() { cross += (Double(step) - middle) * (value - mean) }
        let slope = cross / (n * (n * n - 1) / 12)
        return Trend(slope: slope, intercept: mean - slope * middle)
    }

    /// The line of Theil and Sen: the median of the slopes between all pairs, and the median of what it leaves. One month
    /// in four can be wild without moving it far. O(n²).
    /// - Throws: `Undefined` for fewer than two values.
    public static func theilSen(_ values: [Double]) throws(Undefined) -> Trend {
        var slopes: [Double] = []
        for later in values.indices {
            for earlier in 0..<later { slopes.append((values[later] - values[earlier]) / Double(later - earlier)) }
        }
        guard let slope = median(slopes) else { throw Undefined.tooFew(needed: 2, given: values.count) }
        let rests = values.enumerated().map { $1 - slope * Double($0) }
        return Trend(slope: slope, intercept: median(rests) ?? 0)
    }
}

/// How much of the year's average each month of the year usually has.
public enum Season {
    /// Factors of the 12 months by classical multiplicative decomposition: each value over its centred moving average
    /// of 12 months, averaged over the years, and scaled to average 1 (Kendall and Stuart; R's `decompose`).
    /// - Parameters:
    ///   - values: one value for each month, without gaps.
    ///   - firstMonth: the month of the year of the first value, 1 for January.
    /// - Returns: factors for January … December.
    /// - Throws: `Undefined` for fewer than 24 values, or a year of zeros.
    public static func factors(_ values: [Double], firstMonth: Int) throws(Undefined) -> [Double] {
        precondition((1...12).contains(firstMonth), "a month of the year")
        guard values.count >= 24 else { throw Undefined.tooFew(needed: 24, given: values.count) }
        var sums: [Double] = Array(repeating: 0, count: 12)
        var counts = sums
        for i in 6..<(values.count - 6) {
            let ends = (values[i - 6] + values[i + 6]) / 2
            let average = (ends + values[(i - 5)...(i + 5)].reduce(0, +)) / 12
            guard average > 0 else { throw Undefined.zeroTotal }
            let month = (firstMonth - 1 + i) % 12
            sums[month] += values[i] / average
            counts[month] += 1
        }
        let raw = zip(sums, counts).map { $0 / $1 }
        let mean = raw.reduce(0, +) / 12
        guard mean > 0 else { throw Undefined.zeroTotal }
        return raw.map { $0 / mean }
    }
}
