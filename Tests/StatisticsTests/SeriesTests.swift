import Kernel
import Statistics
import Testing

@Suite struct ChangePointTests {
    static let present: Bool = Reference.isPresent

    @Test("Change points are those of ruptures", .enabled(if: present, "no reference folder"))
    func reference() throws {
        let y = try Reference.table("changepoint/counts120.csv").numbers("y")
        let expected = try Reference.json("changepoint/ruptures.json")
        let points = ChangePoints(y)

        for penalty in [50, 100, 300, 800] {
            let ends = try points.pelt(penalty: Double(penalty))
            #expect(ends == expected.at("pelt_l2_pen\(penalty)").doubles.map { Int($0) })
        }
        for changes in 1...3 {
            #expect(try points.exactly(changes: changes) == expected.at("dynp_l2_k\(changes)").doubles.map { Int($0) })
        }
    }

    /// Every way to cut 0 ..< count into segments of at least two.
    private func cuts(_ count: Int) -> [[Int]] {
        if count == 0 { return [[]] }
        guard count >= 2 else { return [] }
        return (0...(count - 2)).flatMap { start in cuts(start).map { $0 + [count] } }
    }

    @Test("PELT and dynamic programming find the cheapest of all ways to cut", arguments: 1...12)
    func bruteForce(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let y = (0..<13).map { Double(random.poisson($0 < 6 ? 4 : 9)) }
        let days = (0..<13).map { Double(28 + $0 % 4) }

        for series in [
            ChangePoints(y), ChangePoints(y, cost: .poisson), ChangePoints(y, cost: .poisson, exposures: days),
        ] {
            func price(_ ends: [Int]) -> Double {
                zip([0] + ends, ends).reduce(0) { $0 + series.cost(from: $1.0, to: $1.1) }
            }
            for penalty in [0.5, 3, 10] {
                let best = cuts(13).map { price($0) + penalty * Double($0.count) }.min() ?? 0
                let found = try series.pelt(penalty: penalty)
                #expect(agree(price(found) + penalty * Double(found.count), best, absolute: 1e-9))
            }
            for changes in 0...3 {
                let best = cuts(13).filter { $0.count == changes + 1 }.map(price).min() ?? 0
                let found = try series.exactly(changes: changes)
                #expect(found.count == changes + 1 && agree(price(found), best, absolute: 1e-9))
            }
        }
    }

    @Test("Costs are the squared deviations and the Poisson deviance") func costs() {
        let y: [Double] = [3, 5, 0, 8, 9]
        let squares = ChangePoints(y).cost(from: 1, to: 4)
        let mean = 13.0 / 3
        #expect(agree(squares, (5 - mean) * (5 - mean) + mean * mean + (8 - mean) * (8 - mean), relative: 1e-13))
        // −2 · 13 · ln(13/90)
        let poisson = ChangePoints(y, cost: .poisson, exposures: [30, 30, 30, 30, 30]).cost(from: 1, to: 4)
        #expect(agree(poisson, 50.30636813458694, relative: 1e-13))
        #expect(ChangePoints([0, 0], cost: .poisson).cost(from: 0, to: 2) == 0)
    }

    @Test("A series too short for its segments has no answer") func short() {
        #expect(throws: Undefined.tooFew(needed: 2, given: 1)) { try ChangePoints([1]).pelt(penalty: 1) }
        #expect(throws: Undefined.tooFew(needed: 6, given: 5)) {
            try ChangePoints([1, 2, 3, 4, 5]).exactly(changes: 2)
        }
    }
}

@Suite struct ControlChartTests {
    static let present: Bool = Reference.isPresent

    @Test("Control limits and signals are those of the formula in numpy", .enabled(if: present, "no reference folder"))
    func reference() throws {
        let y = try Reference.table("spc/weekly300.csv").numbers("y")
        let e = try Reference.json("spc/shewhart.json")
        let baseline = Array(y.prefix(Int(e.at("baseline_weeks").double)))

        let xmr = try ControlChart.xmr(baseline)
        #expect(agree(xmr.values.centre, e.at("xmr", "mean").double, relative: 1e-14))
        #expect(agree(xmr.movingRanges.centre, e.at("xmr", "mr_mean").double, relative: 1e-14))
        #expect(agree(xmr.values.upper, e.at("xmr", "ucl").double, relative: 1e-13))
        #expect(agree(xmr.values.lower, e.at("xmr", "lcl").double, relative: 1e-12))
        #expect(agree(xmr.movingRanges.upper, e.at("xmr", "mr_ucl").double, relative: 1e-13))
        let c = try ControlChart.c(baseline)
        #expect(agree(c.upper, e.at("c_chart", "ucl").double, relative: 1e-13))
        #expect(agree(c.lower, e.at("c_chart", "lcl").double, relative: 1e-12))
        let ewma = ControlChart.ewma(y, mean: c.centre)
        for (value, expected) in zip(ewma.averages.suffix(5), e.at("ewma_last5").items) {
            #expect(agree(value, expected.doubles[0], relative: 1e-12))
            #expect(agree(ewma.upper, expected.doubles[1], relative: 1e-12))
        }
        #expect(signals(ewma.averages, above: ewma.upper) == e.at("ewma_signals").doubles.map { Int($0) })
        let cusum = ControlChart.cusum(y, mean: c.centre)
        #expect(agree(cusum.limit, e.at("cusum_h").double, relative: 1e-12))
        for (value, expected) in zip(cusum.sums.suffix(5), e.at("cusum_last5").doubles) {
            #expect(agree(value, expected, relative: 1e-11))
        }
        #expect(signals(cusum.sums, above: cusum.limit) == e.at("cusum_signals").doubles.map { Int($0) })
    }

    private func signals(_ values: [Double], above limit: Double) -> [Int] {
        values.indices.filter { values[$0] > limit }.map { $0 + 1 }
    }

    @Test("A u chart widens its limits for short periods") func u() throws {
        let limits = try ControlChart.u(counts: [56, 62], exposures: [28, 31], limitsFor: [28, 30, 31])
        #expect(limits.allSatisfy { $0.centre == 2 })
        #expect(agree(limits[0].upper, 2 + 3 * (2.0 / 28).squareRoot(), relative: 1e-14))
        #expect(limits[0].upper > limits[1].upper && limits[1].upper > limits[2].upper)
        #expect(limits[0].signals(2.9) && !limits[0].signals(2.8))
        #expect(throws: Undefined.tooFew(needed: 2, given: 1)) { try ControlChart.xmr([3]) }
    }
}

/// Expected numbers are from numpy 2.4.6 and scipy 1.17.1.
@Suite struct TrendTests {
    private let y: [Double] = [3, 9, 4, 1, 7, 7, 12, 30, 2, 8.5]

    @Test("Quantiles, median and MAD are numpy's") func quantiles() {
        let expected: [(Double, Double)] = [(0, 1), (0.1, 1.9), (0.25, 3.25), (0.5, 7), (0.9, 13.8), (1, 30)]
        for (p, value) in expected { #expect(agree(quantile(y, p) ?? .nan, value, relative: 1e-14)) }
        #expect(median([4, 1, 3]) == 3)
        #expect(medianAbsoluteDeviation(y, scale: 1) == 3.5)
        #expect(quantile([], 0.5) == nil && medianAbsoluteDeviation([]) == nil)
        #expect(quantile([7], 0.3) == 7)
    }

    @Test("Lines by least squares and by Theil and Sen are numpy's and scipy's") func lines() throws {
        let line = try Trend.leastSquares(y)
        #expect(agree(line.slope, 0.99090909090909, relative: 1e-13))
        #expect(agree(line.intercept, 3.89090909090909, relative: 1e-13))
        let robust = try Trend.theilSen(y)
        #expect(agree(robust.slope, 0.6111111111111112, relative: 1e-14))
        #expect(agree(robust.intercept, 3.4722222222222223, relative: 1e-14))
        #expect(throws: Undefined.tooFew(needed: 2, given: 1)) { try Trend.theilSen([1]) }
        #expect(throws: Undefined.tooFew(needed: 2, given: 0)) { try Trend.leastSquares([]) }
    }

    @Test("Season factors are those of the classical decomposition") func season() throws {
        let values: [Double] = [
            80, 94, 107, 116, 129, 108, 111, 114, 113, 122, 110, 118, 102, 110, 124, 132, 146, 130, 128, 132, 130, 138,
            132, 136, 119, 128, 141, 154, 163, 146, 145, 148, 152, 156, 149, 152,
        ]
        // numpy, with the series beginning in April.
        let expected: [Double] = [
            1.045394557981226, 0.9593745621351223, 0.9964323519897078, 0.8564232827912971, 0.9123045466830811,
            1.0048614273671297, 1.071217843046089, 1.1459332208087958, 1.0118088375826, 0.9959156974344799,
            1.011996520709262, 0.9883371514712085,
        ]
        let factors = try Season.factors(values, firstMonth: 4)
        for (a, b) in zip(factors, expected) { #expect(agree(a, b, relative: 1e-13)) }
        #expect(factors.count == 12)
        #expect(throws: Undefined.tooFew(needed: 24, given: 23)) {
            try Season.factors(Array(values.prefix(23)), firstMonth: 1)
        }
        let none: [Double] = Array(repeating: 0, count: 24)
        #expect(throws: Undefined.zeroTotal) { try Season.factors(none, firstMonth: 1) }
    }
}
