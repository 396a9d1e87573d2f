#if canImport(Glibc)
    internal import Glibc
#endif

/// A random number generator that gives the same sequence for a seed on every machine: xoshiro256** seeded by
/// SplitMix64 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021).
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64

    /// The generator for a seed.
    public init(seed: UInt64) {
        var state = seed
        s0 = SeededRandom.splitMix(&state)
        s1 = SeededRandom.splitMix(&state)
        s2 = SeededRandom.splitMix(&state)
        s3 = SeededRandom.splitMix(&state)
    }

    private static func splitMix(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let product = s1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let t = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= t
        s3 = (s3 << 45) | (s3 >> 19)
        return result
    }

    /// Uniform in 0 ..< 1, with 53 random bits.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform whole number in 0 ..< bound, without bias. `bound` must be positive.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "bound must be positive")
        return Int(next(upperBound: UInt64(bound)))
    }

    /// Whether an event of this probability happens.
    public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

    /// Standard normal, by Marsaglia's polar method.
    public mutating func normal() -> Double {
        while true {
            let u = 2 * uniform() - 1
            let v = 2 * uniform() - 1
            let s = u * u + v * v
            if s > 0, s < 1 { return u * (-2 * log(s) / s).squareRoot() }
        }
    }

    /// Exponential with mean 1.
    public mutating func exponential() -> Double { -log(1 - uniform()) }

    /// Poisson with this mean (0 ≤ mean), by inversion in steps of at most 30.
    public mutating func poisson(_ mean: Double) -> Int {
        var remaining = mean
        var count = 0
        while remaining > 0 {
            let step = min(remaining, 30)
            remaining -= step
            let limit = exp(-step)
            var product = uniform()
            while product > limit {
                count += 1
                product *= uniform()
            }
        }
        return count
    }

    /// An index chosen with probability proportional to its weight. Weights must be ≥ 0 with a positive sum.
    public mutating func index(weightedBy weights: [Double]) -> Int {
        var target = uniform() * weights.reduce(0, +)
        for (i, weight) in weights.enumerated() {
            target -= weight
            if target < 0 { return i }
        }
        return weights.lastIndex { $0 > 0 } ?? 0
    }
}
