import Kernel
import Statistics
import Testing

@Suite struct IntervalReferenceTests {
    static let present: Bool = Reference.isPresent

    private func expect(_ interval: Interval, _ expected: JSON, _ what: String, _ tolerance: Double = 1e-12) {
        let (lower, upper) = (expected.doubles[0], expected.doubles[1])
        #expect(agree(interval.lower, lower, absolute: 1e-14, relative: tolerance), "\(what) lower")
        #expect(agree(interval.upper, upper, absolute: 1e-14, relative: tolerance), "\(what) upper")
    }

    @Test("Intervals of proportions and counts are those of R", .enabled(if: present, "no reference folder"))
    func proportions() throws {
        for e in try Reference.json("intervals/binomial_poisson.json").items {
            let (x, n) = (Int(e.at("x").double), Int(e.at("n").double))
            expect(try ProportionInterval.wilson(x, of: n), e.at("wilson"), "wilson \(x)/\(n)")
            expect(try ProportionInterval.wilsonCorrected(x, of: n), e.at("wilson_cc"), "wilson cc \(x)/\(n)")
            expect(try ProportionInterval.clopperPearson(x, of: n), e.at("clopper_pearson"), "exact \(x)/\(n)")
            expect(try ProportionInterval.jeffreys(x, of: n), e.at("jeffreys"), "jeffreys \(x)/\(n)")
            expect(CountInterval.exact(x), e.at("poisson_exact_count"), "poisson \(x)")
            let rate = try CountInterval.rate(x, population: Double(n))
            expect(rate.interval, e.at("rate_ci_per_1000"), "rate \(x)/\(n)")
            #expect(agree(rate.value, e.at("rate_per_1000").double, relative: 1e-14))
        }
    }

    @Test("Newcombe's difference and Fisher's test are those of R", .enabled(if: present, "no reference folder"))
    func differences() throws {
        for e in try Reference.json("intervals/newcombe_diff.json").items {
            let first = (successes: Int(e.at("x1").double), trials: Int(e.at("n1").double))
            let second = (successes: Int(e.at("x2").double), trials: Int(e.at("n2").double))
            let difference = try ProportionInterval.newcombeDifference(first, second)
            expect(difference.interval, e.at("newcombe"), "newcombe")
            #expect(agree(difference.value, e.at("diff").double, absolute: 1e-14))
            let fisher = ExactTest.fisher(
                first.successes, first.trials - first.successes, second.successes, second.trials - second.successes)
            #expect(agree(fisher, e.at("fisher_p").double, relative: 1e-11))
        }
    }

    @Test("The E-test is that of an independent exact programme", .enabled(if: present, "no reference folder"))
    func eTest() throws {
        for e in try Reference.json("etest/etest_fast_exact.json").items {
            let first = (count: Int(e.at("k1").double), exposure: e.at("n1").double)
            let second = (count: Int(e.at("k2").double), exposure: e.at("n2").double)
            let p = ExactTest.eTest(first, second)
            #expect(agree(p, e.at("p").double, relative: 1e-9), "\(first) \(second)")
        }
    }

    @Test("Two Poisson counts compare as in statsmodels", .enabled(if: present, "no reference folder"))
    func statsmodels() throws {
        for e in try Reference.json("etest/statsmodels_poisson_2indep.json").items {
            let change = CountChange(
                from: Int(e.at("y1").double), to: Int(e.at("y2").double), earlierExposure: e.at("e1").double,
                laterExposure: e.at("e2").double)
            #expect(agree(change.p, e.at("exact-cond", "p").double, relative: 1e-11))
            #expect(agree(change.midP, e.at("cond-midp", "p").double, relative: 1e-11))
            let p = ExactTest.eTest(
                (Int(e.at("y1").double), e.at("e1").double), (Int(e.at("y2").double), e.at("e2").double))
            #expect(agree(p, e.at("etest-score", "p").double, relative: 1e-9))
        }
    }
}

/// Expected numbers here are from scipy 1.17.1 where not said otherwise.
@Suite struct IntervalTests {
    @Test("Quantiles and tails are those of scipy") func distributions() {
        let gamma: [(Double, Double, Double)] = [
            (0.001, 0.5, 7.853985746312461e-07), (0.9999, 0.5, 7.568352613311803), (0.025, 2500.5, 2403.4425657628017),
            (1e-9, 3, 0.0018179466000270133), (0.5, 1e6, 999999.6666666864),
        ]
        for (p, shape, x) in gamma {
            #expect(agree(Distributions.gammaQuantile(p, shape: shape), x, relative: 1e-12), "\(p) \(shape)")
        }
        let beta: [(Double, Double, Double, Double)] = [
            (0.025, 0.5, 10.5, 4.7890433157581876e-05), (0.975, 3, 4000, 0.0018040912597476573),
            (0.999, 0.5, 0.5, 0.999997532600929), (0.025, 1e5, 2e5, 0.3316475215506993),
        ]
        for (p, a, b, x) in beta {
            #expect(agree(Distributions.betaQuantile(p, a, b), x, relative: 1e-12), "\(p) \(a) \(b)")
        }
        let binomial = Distributions.binomialUpper(60, trials: 1000, probability: 0.01)
        #expect(agree(binomial, 1.843827984012186e-27, relative: 1e-11))
        #expect(agree(Distributions.poissonUpper(60, mean: 10), 6.521903327818604e-27, relative: 1e-11))
        #expect(agree(Distributions.normalUpper(8), 6.22096057427174e-16, relative: 1e-12))
    }

    @Test("Byar's limits follow the formula and lie near the exact ones") func byar() {
        let ten = CountInterval.byar(10)
        #expect(agree(ten.lower, 4.787449913967563, relative: 1e-12))
        #expect(agree(ten.upper, 18.391458605756473, relative: 1e-12))
        for count in 5...400 {
            let (byar, exact) = (CountInterval.byar(count), CountInterval.exact(count))
            #expect(agree(byar.lower, exact.lower, absolute: 0.1) && agree(byar.upper, exact.upper, absolute: 0.1))
        }
        #expect(CountInterval.byar(0).lower == 0)
    }

    @Test("A weighted sum has Fay and Feuer's interval, the exact one when weights are equal") func weighted() {
        let harm = CountInterval.weightedSum(counts: [2, 30, 400], weights: [5475, 365, 10])
        #expect(harm.value == 25900)
        #expect(agree(harm.interval.lower, 12673.774786264694, relative: 1e-12))
        #expect(agree(harm.interval.upper, 53034.379842982155, relative: 1e-12))
        let none = CountInterval.weightedSum(counts: [0, 30, 400], weights: [5475, 365, 10], level: 0.99)
        #expect(agree(none.interval.lower, 10281.794276191227, relative: 1e-12))
        #expect(agree(none.interval.upper, 38539.09925234304, relative: 1e-12))

        let equal = CountInterval.weightedSum(counts: [3, 4], weights: [2, 2]).interval
        let exact = CountInterval.exact(7).scaled(by: 2)
        #expect(agree(equal.lower, exact.lower, relative: 1e-12) && agree(equal.upper, exact.upper, relative: 1e-12))
        #expect(CountInterval.weightedSum(counts: [0], weights: [5]).interval.lower == 0)
        let normal = CountInterval.weightedSumNormal(counts: [100], weights: [10]).interval
        #expect(agree(normal.lower, 1000 - 1.959963984540054 * 100, relative: 1e-13))
    }

    @Test("Intervals for harm cover the true harm at least as often as they say") func coverage() {
        var random = SeededRandom(seed: 20)
        let (means, weights): ([Double], [Double]) = ([0.8, 12, 60], [5475, 365, 10])
        let truth = zip(means, weights).reduce(0) { $0 + $1.0 * $1.1 }
        var covered = 0
        for _ in 0..<1000 {
            let counts = means.map { random.poisson($0) }
            if CountInterval.weightedSum(counts: counts, weights: weights).interval.contains(truth) { covered += 1 }
        }
        // Fewer than 936 of 1,000 have probability 0.02 if 95% is true.
        #expect(covered >= 936)
    }

    @Test("Exact binomial and Fisher tests are those of scipy") func exactTests() {
        let cases: [(Int, Int, Double, Double)] = [
            (20, 30, 0.5, 0.09873714670538905), (3, 12, 0.25, 1), (1000, 1930, 0.5, 0.11624839948422161),
            (0, 5, 0.5, 0.0625),
        ]
        for (k, n, p, expected) in cases {
            #expect(agree(ExactTest.binomial(k, of: n, probability: p), expected, relative: 1e-12))
        }
        #expect(agree(ExactTest.fisher(8, 2, 1, 5), 0.034965034965034975, relative: 1e-13))
        #expect(agree(ExactTest.fisher(120, 480, 90, 510), 0.027414462239761794, relative: 1e-11))
        #expect(agree(ExactTest.fisher(0, 7, 3, 0), 1.0 / 120, relative: 1e-13))
        #expect(ExactTest.fisher(0, 0, 0, 0) == 1)
    }

    @Test("A ratio's interval holds 1 just when both one-sided tests agree with it") func ratios() {
        let doubled = CountChange(from: 10, to: 20)
        #expect(doubled.ratio == 2)
        // Both limits are odds of Clopper and Pearson's limits for 20 of 30 (R: 0.4718800, 0.8271258).
        #expect(agree(doubled.interval.lower, 0.4718800 / 0.5281200, relative: 1e-6))
        #expect(agree(doubled.interval.upper, 0.8271258 / 0.1728742, relative: 1e-6))
        let started = CountChange(from: 0, to: 3)
        #expect(started.ratio == nil && started.interval.upper == .infinity && started.interval.lower > 0)
        let ended = CountChange(from: 4, to: 0)
        #expect(ended.ratio == 0 && ended.interval.lower == 0 && ended.p == 0.125)
        let nothing = CountChange(from: 0, to: 0)
        #expect(nothing.ratio == nil && nothing.p == 1 && nothing.interval.lower == 0)
        #expect(CountChange(from: 28, to: 31, earlierExposure: 28, laterExposure: 31).ratio == 1)
        #expect(ExactTest.eTest((0, 1), (0, 1)) == 1)
    }

    @Test("No trials and no population have no interval") func nothing() {
        #expect(throws: Undefined.tooFew(needed: 1, given: 0)) { try ProportionInterval.wilson(0, of: 0) }
        #expect(throws: Undefined.zeroTotal) { try CountInterval.rate(3, population: 0) }
    }
}

@Suite struct RankUncertaintyTests {
    @Test("Two units swap ranks as often as the beta distribution says") func twoUnits() {
        let ranks = RankUncertainty(counts: [12, 20], exposures: [100, 130], draws: 20_000, seed: 5)

        #expect(ranks.observed == [2, 1])
        // scipy: beta.sf(100/230, 12.5, 20.5) = 0.24923; standard error 0.003.
        #expect(agree(ranks.chance(of: 0, atMost: 1), 0.24923471912361084, absolute: 0.012))
        #expect(ranks.chance(of: 0, atMost: 2) == 1)
        #expect(ranks.range(of: 0) == 1...2)
        #expect(ranks.median(of: 1) == 1)
    }

    @Test("Clear differences leave no doubt, equal rates much, and a seed repeats itself") func extremes() {
        let counts = [10_000, 5000, 20, 20, 20, 20, 20, 20]
        let exposures: [Double] = Array(repeating: 1000, count: 8)
        let ranks = RankUncertainty(counts: counts, exposures: exposures, draws: 500, seed: 1)

        #expect(ranks.range(of: 0) == 1...1 && ranks.range(of: 1) == 2...2)
        #expect(ranks.range(of: 4) == 3...8)
        #expect(ranks.observed == [1, 2, 3, 3, 3, 3, 3, 3])
        let again = RankUncertainty(counts: counts, exposures: exposures, draws: 500, seed: 1)
        for unit in counts.indices {
            #expect(again.chance(of: unit, atMost: 4) == ranks.chance(of: unit, atMost: 4))
        }
    }
}
