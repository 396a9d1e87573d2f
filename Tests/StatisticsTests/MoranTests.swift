import Kernel
import Statistics
import Testing

@Suite struct MoranReferenceTests {
    static let present: Bool = Reference.isPresent
    static let names: [String] = ["columbus_CRIME_queen", "grid20_sparse_queen"]

    private func map(_ name: String) throws -> (values: [Double], neighbours: Neighbours) {
        let y = try Reference.table("moran/\(name)_local.csv").numbers("y")
        return (y, try Reference.neighbours("moran/\(name)_edges.csv", count: y.count))
    }

    @Test("Global I is esda's for both weights", .enabled(if: present, "no reference folder"), arguments: names)
    func global(name: String) throws {
        let (y, neighbours) = try map(name)
        let expected = try Reference.json("moran/\(name)_global.json")

        for (key, weights) in [("row_standardised", LinkWeights.rowStandardised), ("binary", .binary)] {
            let moran = try Moran.global(values: y, neighbours: neighbours, weights: weights)
            let e = expected.at(key)
            #expect(agree(moran.i, e.at("I").double, absolute: 1e-12))
            #expect(agree(moran.expected, e.at("EI").double, absolute: 1e-15))
            #expect(agree(moran.normal.variance, e.at("VI_norm").double, relative: 1e-12))
            #expect(agree(moran.normal.z, e.at("z_norm").double, relative: 1e-12))
            #expect(agree(moran.randomised.variance, e.at("VI_rand").double, relative: 1e-12))
            #expect(agree(moran.randomised.z, e.at("z_rand").double, relative: 1e-12))
            if key == "row_standardised" {
                #expect(agree(moran.randomised.pTwoSided, e.at("p_rand").double, relative: 1e-10))
                // The file's "one" is two-sided, as its note says.
                #expect(agree(moran.normal.pTwoSided, e.at("p_norm_one").double, relative: 1e-10))
            }
            #expect(moran.islands == 0)
        }
    }

    @Test("Replayed permutations give esda's values", .enabled(if: present, "no reference folder"), arguments: names)
    func permutations(name: String) throws {
        let (y, neighbours) = try map(name)
        let expected = try Reference.json("moran/\(name)_perm99.json")
        let lines = try Reference.text("moran/\(name)_perm99_indices.csv").split(separator: "\n")
        let orders = lines.map { line in line.split(separator: ",").compactMap { Int($0) } }

        let permuted = try Moran.permuted(values: y, neighbours: neighbours, permutations: orders)

        let simulated = expected.at("I_perm").doubles
        #expect(permuted.simulated.count == 99)
        for (a, b) in zip(permuted.simulated, simulated) { #expect(agree(a, b, absolute: 1e-12)) }
        #expect(permuted.pGreater == expected.at("p_right").double)
    }

    @Test(
        "Local I and its moments are esda's and spdep's", .enabled(if: present, "no reference folder"), arguments: names
    )
    func local(name: String) throws {
        let (y, neighbours) = try map(name)
        let esda = try Reference.table("moran/\(name)_local.csv")
        let spdep = try Reference.table("gistar/\(name)_spdep.csv")

        let local = try Moran.local(values: y, neighbours: neighbours)

        let columns: [(String, [String: [String]], [Double])] = [
            ("Ii_esda", esda, local.esda), ("EI", esda, local.total.expected), ("VI", esda, local.total.variance),
            ("EIc", esda, local.conditional.expected), ("VIc", esda, local.conditional.variance),
            ("quadrant", esda, local.quadrant.map { Double($0?.rawValue ?? 0) }),
            ("Ii", spdep, local.i), ("E_Ii", spdep, local.conditional.expected),
            ("Var_Ii", spdep, local.conditional.variance), ("Z_Ii", spdep, local.z),
        ]
        for (heading, table, values) in columns {
            let wrong = zip(values, try table.numbers(heading)).filter {
                !agree($0, $1, absolute: 1e-12, relative: 1e-11)
            }
            #expect(wrong.isEmpty, "\(heading): \(wrong.prefix(3))")
        }
    }

    @Test("Geary's c and general G are spdep's", .enabled(if: present, "no reference folder"), arguments: names)
    func others(name: String) throws {
        let (y, neighbours) = try map(name)
        let expected = try Reference.json("moran/\(name)_spdep_global.json")

        let geary = try Geary.c(values: y, neighbours: neighbours)
        let general = try GetisOrd.general(values: y, neighbours: neighbours)

        #expect(agree(geary.c, expected.at("geary", "Geary C statistic").double, relative: 1e-12))
        #expect(agree(geary.score.variance, expected.at("geary", "Variance").double, relative: 1e-11))
        #expect(agree(geary.score.z, expected.at("geary_z").double, relative: 1e-11))
        #expect(agree(general.g, expected.at("globalG", "Global G statistic").double, relative: 1e-12))
        #expect(agree(general.expected, expected.at("globalG", "Expectation").double, relative: 1e-12))
        #expect(agree(general.score.variance, expected.at("globalG", "Variance").double, relative: 1e-9))
        #expect(agree(general.score.z, expected.at("globalG_z").double, relative: 1e-9))
    }
}

@Suite struct MoranTests {
    @Test("Over all relabellings I has the stated mean and variance") func allPermutations() throws {
        // One-way links and an island, which the reference maps do not have.
        let neighbours = Neighbours(lists: [[1, 2], [0], [1, 3], [2], [3], []])
        let values: [Double] = [3, 0, 7, 1, 1, 12]
        var orders: [[Int]] = [[]]
        for _ in values { orders = orders.flatMap { o in values.indices.filter { !o.contains($0) }.map { o + [$0] } } }

        for weights in [LinkWeights.binary, .rowStandardised] {
            let moran = try Moran.global(values: values, neighbours: neighbours, weights: weights)
            let all = try Moran.permuted(
                values: values, neighbours: neighbours, weights: weights, permutations: orders
            ).simulated
            let mean = all.reduce(0, +) / 720
            let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 720
            #expect(agree(moran.expected, mean, absolute: 1e-12))
            #expect(agree(moran.randomised.variance, variance, relative: 1e-12))
            #expect(moran.islands == 1)
        }
    }

    @Test("Local I has the stated moments over all relabellings of the others") func localMoments() throws {
        let neighbours = Neighbours(lists: [[1, 2], [0], [1, 3], [2], [0, 1, 2, 3], []])
        let values: [Double] = [3, 0, 7, 1, 1, 12]
        var orders: [[Int]] = [[]]
        for _ in values { orders = orders.flatMap { o in values.indices.filter { !o.contains($0) }.map { o + [$0] } } }
        let local = try Moran.local(values: values, neighbours: neighbours)
        let maps = try orders.map { order in
            try Moran.local(values: order.map { values[$0] }, neighbours: neighbours).i
        }

        for area in values.indices {
            let fixed = zip(orders, maps).filter { $0.0[area] == area }.map { $0.1[area] }
            let total = maps.map { $0[area] }
            for (draws, moments) in [(fixed, local.conditional), (total, local.total)] {
                let mean = draws.reduce(0, +) / Double(draws.count)
                let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws.count)
                #expect(agree(moments.expected[area], mean, absolute: 1e-12))
                #expect(agree(moments.variance[area], variance, absolute: 1e-12, relative: 1e-11))
            }
        }
        #expect(local.z[5] == 0 && local.quadrant[5] == nil)
    }

    @Test("Without variation, links or enough areas there is a reason and no number") func undefined() {
        let line = Neighbours(lists: [[1], [0, 2], [1, 3], [2]])
        #expect(throws: Undefined.noVariation) { try Moran.global(values: [1, 1, 1, 1], neighbours: line) }
        #expect(throws: Undefined.tooFew(needed: 4, given: 2)) { try Moran.global(values: [1, 2], neighbours: line) }
        #expect(throws: Undefined.noLinks) {
            try Moran.local(values: [1, 2, 3], neighbours: Neighbours(lists: [[], [], []]))
        }
    }

    @Test("A seed gives the same relabellings each time") func seeded() throws {
        let line = Neighbours(lists: [[1], [0, 2], [1, 3], [2]])
        let first = try Moran.permuted(values: [1, 2, 5, 9], neighbours: line, count: 20, seed: 4)
        let second = try Moran.permuted(values: [1, 2, 5, 9], neighbours: line, count: 20, seed: 4)
        #expect(first.simulated == second.simulated)
        #expect(first.pGreater >= 1.0 / 21)
    }
}
