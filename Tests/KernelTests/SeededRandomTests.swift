import Kernel
import Testing

@Suite struct SeededRandomTests {
    @Test("A seed gives the sequence of the published algorithm") func pinned() {
        // From a separate programme of xoshiro256** seeded by SplitMix64, written in Python from the authors' C code.
        let expected: [(UInt64, [UInt64])] = [
            (0, [0x99ec_5f36_cb75_f2b4, 0xbf6e_1f78_4956_452a, 0x1a5f_849d_4933_e6e0]),
            (1, [0xb3f2_af6d_0fc7_10c5, 0x853b_5596_4736_4cea, 0x92f8_9756_082a_4514]),
            (42, [0x1578_0b2e_0c2e_c716, 0x6104_d986_6d11_3a7e, 0xae17_5332_39e4_99a1]),
            (.max, [0x8f55_20d5_2a7e_ad08, 0xc476_a018_caa1_802d, 0x81de_31c0_d260_469e]),
        ]
        for (seed, values) in expected {
            var random = SeededRandom(seed: seed)
            #expect(values == [random.next(), random.next(), random.next()])
        }
        var random = SeededRandom(seed: 42)
        #expect(random.uniform() == 0.08386297105988216)
        #expect(random.uniform() == 0.3789802506626686)
        #expect(random.uniform() == 0.6800434110281394)
    }

    @Test("A copy goes on with the same sequence") func copied() {
        var one = SeededRandom(seed: 9)
        _ = one.normal()
        var other = one
        #expect((0..<20).allSatisfy { _ in one.next() == other.next() })
    }

    /// Mean and variance of draws.
    private func moments(_ count: Int, _ draw: (inout SeededRandom) -> Double) -> (mean: Double, variance: Double) {
        var random = SeededRandom(seed: 77)
        let values = (0..<count).map { _ in draw(&random) }
        let mean = values.reduce(0, +) / Double(count)
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count))
    }

    @Test("Draws have the mean and variance of their distribution") func distributions() {
        // Limits are about five standard errors of 20,000 draws.
        let uniform = moments(20_000) { $0.uniform() }
        #expect(abs(uniform.mean - 0.5) < 0.011 && abs(uniform.variance - 1.0 / 12) < 0.003)
        let normal = moments(20_000) { $0.normal() }
        #expect(abs(normal.mean) < 0.036 && abs(normal.variance - 1) < 0.05)
        let exponential = moments(20_000) { $0.exponential() }
        #expect(abs(exponential.mean - 1) < 0.036 && abs(exponential.variance - 1) < 0.1)
        for mean in [0.3, 4, 29.5, 75] {
            let poisson = moments(20_000) { Double($0.poisson(mean)) }
            #expect(abs(poisson.mean - mean) < 0.036 * mean.squareRoot(), "\(mean)")
            #expect(abs(poisson.variance - mean) < 0.06 * mean + 0.03, "\(mean)")
        }
        let chance = moments(20_000) { $0.chance(0.2) ? 1 : 0 }
        #expect(abs(chance.mean - 0.2) < 0.015)
        #expect(moments(100) { Double($0.poisson(0)) }.mean == 0)
    }

    @Test("Bounded draws reach every number about equally often, and none outside") func bounded() {
        var random = SeededRandom(seed: 6)
        var counts: [Int] = Array(repeating: 0, count: 7)
        for _ in 0..<14_000 { counts[random.below(7)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 2000) < 210 })
        #expect(random.below(1) == 0)
    }

    @Test("A weighted index follows its weights and never takes a weight of 0") func weighted() {
        var random = SeededRandom(seed: 2)
        var counts: [Int] = Array(repeating: 0, count: 4)
        for _ in 0..<10_000 { counts[random.index(weightedBy: [1, 0, 3, 0])] += 1 }
        #expect(counts[1] == 0 && counts[3] == 0)
        #expect(abs(counts[0] - 2500) < 220)
    }
}
