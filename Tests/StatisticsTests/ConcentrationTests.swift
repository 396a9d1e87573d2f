import Kernel
import Statistics
import Testing

@Suite struct ConcentrationTests {
    static let present: Bool = Reference.isPresent

    @Test("The few, the shares, Gini and repeats are those of numpy", .enabled(if: present, "no reference folder"))
    func reference() throws {
        let events = try Reference.table("concentration/suspect_events.csv")
        let expected = try Reference.json("concentration/suspect_concentration.json")
        let suspects = try #require(events["suspect_id"])
        let harms = try events.numbers("harm")
        let ids = Set(suspects).sorted()
        let place = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        let n = Int(expected.at("n_suspects").double)
        var count: [Int64] = Array(repeating: 0, count: n)
        var harm = count
        for (suspect, days) in zip(suspects, harms) {
            let i = try #require(place[suspect])
            count[i] += 1
            harm[i] += Int64((days * 100).rounded())
        }

        for (key, values) in [("count", count), ("harm", harm)] {
            let concentration = Concentration(values)
            let e = expected.at(key)
            for percent in [20, 50, 80] {
                let few = concentration.smallestCount(holdingPercent: percent)
                #expect(few == Int(e.at("smallest_k_for_\(percent)pct").double))
                let share = try #require(concentration.share(ofTop: few))
                #expect(agree(100 * share, e.at("share_reached_\(percent)").double, relative: 1e-14))
            }
            for percent in [1, 5, 10, 20] {
                let share = try #require(concentration.share(ofTopPercent: percent))
                #expect(agree(100 * share, e.at("share_of_top_\(percent)pct_ceil").double, relative: 1e-14))
            }
            #expect(agree(try Gini.coefficient(values), e.at("gini").double, relative: 1e-13))
        }
        let repeats = Concentration(count).repeats()
        #expect(repeats.units == Int(expected.at("repeat", "n").double))
        let percent = 100 * Double(repeats.events) / Double(repeats.allEvents)
        #expect(agree(percent, expected.at("repeat", "pct_of_crimes").double, relative: 1e-14))
        let curve = Concentration(harm).curve(steps: 20)
        for (i, value) in try Reference.table("concentration/lorenz_harm_5pct.csv").numbers("pct_harm").enumerated() {
            #expect(agree(100 * Double(curve[i + 1].held) / Double(Concentration(harm).total), value, relative: 1e-14))
        }
    }

    @Test("Gini and its generalisation are those of lorenzgini", .enabled(if: present, "no reference folder"))
    func gini() throws {
        for name in ["a", "c", "e"] {
            let e = try Reference.json("gini/gini_cases.json").at(name)
            let x = e.at("x").doubles.map { Int64($0) }
            #expect(agree(try Gini.coefficient(x), e.at("gini").double, relative: 1e-13))
            #expect(agree(try Gini.unbiased(x), e.at("gini_unbiased").double, relative: 1e-13))
            #expect(agree(try Gini.generalised(x), e.at("generalised").double, relative: 1e-13))
            #expect(agree(try Gini.generalisedUnbiased(x), e.at("generalised_unbiased").double, relative: 1e-13))
        }
    }

    @Test("Gini is half the relative mean difference") func meanDifference() throws {
        var random = SeededRandom(seed: 3)
        for _ in 0..<20 {
            let x = (0..<(2 + random.below(30))).map { _ in Int64(random.below(9) * random.below(50)) } + [7]
            let differences = x.reduce(0) { sum, a in sum + x.reduce(0) { $0 + abs(a - $1) } }
            let mean = Double(differences) / Double(x.count * x.count)
            let expected = mean / (2 * Double(x.reduce(0, +)) / Double(x.count))
            #expect(agree(try Gini.coefficient(x), expected, absolute: 1e-14))
        }
    }

    @Test("Ties go to the lower index, and shares are compared without rounding") func ties() {
        let concentration = Concentration([5, 9, 5, 0, 5])
        #expect(concentration.order == [1, 0, 2, 4, 3])
        // 24 × 7/12 = 14 exactly: the first two units hold just that.
        #expect(concentration.smallestCount(holding: 7, of: 12) == 2)
        #expect(concentration.smallestCount(holdingPercent: 0) == 0)
        #expect(concentration.smallestCount(holdingPercent: 100) == 4)
        #expect(concentration.repeats(atLeast: 9).units == 1)
        let huge = Concentration([Int64.max / 4, Int64.max / 4, 1])
        // All but 1/(2^63 − 1) of nearly 2^62 is more than all but the last 1.
        #expect(huge.smallestCount(holding: Int64.max - 1, of: Int64.max) == 3)
        #expect(huge.smallestCount(holding: Int64.max - 3, of: Int64.max) == 2)
    }

    @Test("Nothing to share has no coefficient and no share") func empty() {
        #expect(Concentration([0, 0]).share(ofTop: 1) == nil)
        #expect(Concentration([]).smallestCount(holdingPercent: 50) == 0)
        #expect(throws: Undefined.zeroTotal) { try Gini.coefficient([0, 0]) }
        #expect(throws: Undefined.tooFew(needed: 1, given: 0)) { try Gini.coefficient([]) }
        #expect(throws: Undefined.tooFew(needed: 2, given: 1)) { try Gini.generalisedUnbiased([1, 0, 0]) }
    }

    @Test("Chance alone concentrates as much as a simulation says", arguments: [0.1, 1.3, 9])
    func chance(mean: Double) throws {
        var random = SeededRandom(seed: 12)
        let counts = (0..<50_000).map { _ in Int64(random.poisson(mean)) }
        let concentration = Concentration(counts)
        for percent in [20, 50, 80, 100] {
            let simulated = Double(concentration.smallestCount(holdingPercent: percent)) / 50_000
            let share = Double(percent) / 100
            let expected = try #require(Concentration.unitShareByChance(holding: share, meanPerUnit: mean))
            #expect(agree(expected, simulated, absolute: 0.004), "\(percent)%")
        }
        #expect(Concentration.unitShareByChance(holding: 0.5, meanPerUnit: 0) == nil)
    }
}
