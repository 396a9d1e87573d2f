import Glibc
import Kernel
import Statistics
import Testing

@Suite struct GetisOrdReferenceTests {
    static let present: Bool = Reference.isPresent

    @Test(
        "Gi* and its q values are those of esda and spdep", .enabled(if: present, "no reference folder"),
        arguments: ["columbus_CRIME_queen", "grid20_sparse_queen"])
    func star(name: String) throws {
        let expected = try Reference.table("gistar/\(name)_out.csv")
        let y = try expected.numbers("y")
        let neighbours = try Reference.neighbours("gistar/\(name)_edges.csv", count: y.count)

        let star = try GetisOrd.star(values: y, neighbours: neighbours)
        let twoSided = star.z.map { 2 * Distributions.normalUpper(abs($0)) }
        let bh = FalseDiscovery.benjaminiHochberg(twoSided)
        let by = FalseDiscovery.benjaminiYekutieli(twoSided)

        let columns: [String: [Double]] = ["p_two_sided": twoSided, "q_bh": bh, "q_by": by]
        for (i, z) in try expected.numbers("gistar_z_formula").enumerated() {
            #expect(agree(star.z[i], z, absolute: 1e-12))
        }
        for (heading, values) in columns {
            for (i, value) in try expected.numbers(heading).enumerated() {
                #expect(agree(values[i], value, relative: 1e-10), "\(heading) of \(i)")
            }
        }
    }

    @Test(
        "The exact p and q are those of the independent programme", .enabled(if: present, "no reference folder"),
        arguments: [
            ["gistar/grid20_sparse_exact.csv", "gistar/grid20_sparse_queen_edges.csv"],
            ["london/gistar_exact_robbery.csv", "london/queen_edges.csv"],
        ])
    func exact(files: [String]) throws {
        let expected = try Reference.table(files[0])
        let counts = try expected.integers("y")
        let neighbours = try Reference.neighbours(files[1], count: counts.count)

        let p = try GetisOrd.exactP(counts: counts, neighbours: neighbours)
        let q = FalseDiscovery.benjaminiHochberg(p)
        let star = try GetisOrd.star(values: counts.map(Double.init), neighbours: neighbours)

        let columns: [String: [Double]] = [
            "p_exact": p, "q_exact": q, "p_normal": star.p, "q_normal": FalseDiscovery.benjaminiHochberg(star.p),
        ]
        for (heading, values) in columns {
            // The files give 12 significant digits.
            let wrong = zip(values, try expected.numbers(heading)).filter { !agree($0, $1, relative: 1e-10) }
            #expect(wrong.isEmpty, "\(heading): \(wrong.prefix(3))")
        }
        let z = zip(star.z, try expected.numbers("z")).filter { !agree($0, $1, absolute: 1e-11, relative: 1e-11) }
        #expect(z.isEmpty)
    }

    @Test(
        "London's hot spots are as many as the independent programme found",
        .enabled(if: present, "no reference folder"),
        arguments: ["robbery", "possession_of_weapons", "burglary"])
    func london(category: String) throws {
        let counts = try Reference.table("london/lsoa_counts_12m.csv").integers(category)
        let neighbours = try Reference.neighbours("london/queen_edges.csv", count: counts.count)
        let e = try Reference.json("london/gistar_exact_summary.json").at(category)

        let p = try GetisOrd.exactP(counts: counts, neighbours: neighbours)
        let normal = try GetisOrd.star(values: counts.map(Double.init), neighbours: neighbours).p

        let bonferroni = 0.05 / Double(counts.count)
        let found: [(String, [Double])] = [("exact", p), ("normal", normal)]
        for (name, p) in found {
            #expect(p.count { $0 < 0.05 } == Int(e.at("hot_p05_\(name)").double))
            #expect(
                FalseDiscovery.benjaminiHochberg(p).count { $0 <= 0.05 } == Int(e.at("hot_bh05_\(name)").double))
            #expect(p.count { $0 < bonferroni } == Int(e.at("bonf_\(name)").double))
        }
        #expect(agree(p.min() ?? .nan, e.at("min_p_exact").double, relative: 1e-12))
    }
}

@Suite struct GetisOrdExactTests {
    /// P(S ≥ s) over all subsets of k of the counts, by listing them.
    private func listed(_ counts: [Int], size: Int, atLeast s: Int) -> Double {
        var hits = 0
        var all = 0
        for subset in 0..<(1 << counts.count) where subset.nonzeroBitCount == size {
            let sum = counts.indices.reduce(0) { $0 + (subset >> $1 & 1) * counts[$1] }
            all += 1
            if sum >= s { hits += 1 }
        }
        return Double(hits) / Double(all)
    }

    @Test("The exact p is the share of all relabellings that reach the sum", arguments: 1...20)
    func bruteForce(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let n = 2 + random.below(10)
        let counts = (0..<n).map { _ in random.below(3) == 0 ? random.below(40) : random.below(3) }
        let lists = (0..<n).map { area in (0..<n).filter { $0 != area && random.chance(0.4) } }
        let neighbours = Neighbours(lists: lists)

        let p = try GetisOrd.exactP(counts: counts, neighbours: neighbours)

        for area in 0..<n {
            let sum = lists[area].reduce(counts[area]) { $0 + counts[$1] }
            let expected = listed(counts, size: lists[area].count + 1, atLeast: sum)
            #expect(agree(p[area], expected, relative: 1e-13), "area \(area) of \(counts)")
        }
    }

    @Test("Counts of 0 and 1 have a hypergeometric p, far into the tail") func hypergeometric() throws {
        // 1,000 areas of which 12 have one crime, and one neighbourhood holds ten of them.
        var counts: [Int] = Array(repeating: 0, count: 1000)
        for i in 0..<12 { counts[i] = 1 }
        var lists: [[Int]] = Array(repeating: [], count: 1000)
        lists[0] = Array(1..<10)

        let p = try GetisOrd.exactP(counts: counts, neighbours: Neighbours(lists: lists))

        // C(12,10)·C(988,0)/C(1000,10), whole numbers.
        #expect(agree(p[0], 66.0 / 263_409_560_461_970_212_832_400.0, relative: 1e-12))
        #expect(p[999] == 1)
        #expect(agree(p[11], 0.012, relative: 1e-12))
    }

    @Test("An area beside all others, equal counts and no crimes have p = 1") func certain() throws {
        let all = Neighbours(lists: (0..<5).map { i in (0..<5).filter { $0 != i } })
        #expect(try GetisOrd.exactP(counts: [4, 0, 9, 2, 7], neighbours: all) == [1, 1, 1, 1, 1])
        let line = Neighbours(lists: [[1], [0, 2], [1]])
        #expect(try GetisOrd.exactP(counts: [0, 0, 0], neighbours: line) == [1, 1, 1])
        #expect(try GetisOrd.exactP(counts: [5, 5, 5], neighbours: line) == [1, 1, 1])
        #expect(try GetisOrd.exactP(counts: [], neighbours: Neighbours(lists: [])).isEmpty)
    }

    @Test("On maps without hot spots the exact p finds one in at most 1 of 20, the normal p in most") func calibration()
        throws
    {
        let side = 20
        let lists = (0..<side * side).map { cell in
            (0..<side * side).filter { other in
                other != cell && abs(other % side - cell % side) <= 1 && abs(other / side - cell / side) <= 1
            }
        }
        let neighbours = Neighbours(lists: lists)
        var random = SeededRandom(seed: 30)
        var counts = (0..<side * side).map { _ in random.poisson(exp2(random.normal() * 2)) }
        var found = (exact: 0, normal: 0)
        for _ in 0..<200 {
            counts.shuffle(using: &random)
            let exact = try GetisOrd.exactP(counts: counts, neighbours: neighbours)
            let normal = try GetisOrd.star(values: counts.map(Double.init), neighbours: neighbours).p
            if FalseDiscovery.benjaminiHochberg(exact).contains(where: { $0 <= 0.05 }) { found.exact += 1 }
            if FalseDiscovery.benjaminiHochberg(normal).contains(where: { $0 <= 0.05 }) { found.normal += 1 }
        }
        // 10 of 200 expected at most; more than 18 has probability 0.005.
        #expect(found.exact <= 18)
        #expect(found.normal > 100)
    }

    @Test("The p values do not depend on the order of the areas") func relabelled() throws {
        var random = SeededRandom(seed: 8)
        let n = 60
        let counts = (0..<n).map { _ in random.poisson(3) * random.below(4) }
        let lists = (0..<n).map { i in [(i + 1) % n, (i + n - 1) % n, (i + 7) % n] }
        let order = Array(0..<n).shuffled(using: &random)
        let place = (0..<n).map { order.firstIndex(of: $0) ?? 0 }

        let p = try GetisOrd.exactP(counts: counts, neighbours: Neighbours(lists: lists))
        let moved = try GetisOrd.exactP(
            counts: order.map { counts[$0] }, neighbours: Neighbours(lists: order.map { lists[$0].map { place[$0] } }))

        for i in 0..<n { #expect(moved[i] == p[order[i]]) }
    }

    @Test("Work beyond the limit is refused with its size") func limit() {
        let line = Neighbours(lists: [[1], [0, 2], [1]])
        #expect(throws: Undefined.self) {
            try GetisOrd.exactP(counts: [900_000_000, 5, 800_000_000], neighbours: line)
        }
    }

    @Test("Gi* of equal values is undefined, and of an area beside all others 0") func undefined() throws {
        let line = Neighbours(lists: [[1], [0, 2], [1]])
        #expect(throws: Undefined.noVariation) { try GetisOrd.star(values: [2, 2, 2], neighbours: line) }
        #expect(throws: Undefined.tooFew(needed: 2, given: 1)) {
            try GetisOrd.star(values: [2], neighbours: Neighbours(lists: [[]]))
        }
        #expect(try GetisOrd.star(values: [1, 2, 6], neighbours: line).z[1] == 0)
    }

    @Test("Against the population a neighbourhood's p is binomial") func population() throws {
        let line = Neighbours(lists: [[1], [0], []])
        let p = try GetisOrd.populationP(counts: [2, 1, 0], populations: [100, 100, 200], neighbours: line)
        #expect(agree(p[0], 0.125, relative: 1e-14))
        #expect(p[2] == 1)
        #expect(throws: Undefined.zeroTotal) {
            try GetisOrd.populationP(counts: [1, 0, 0], populations: [0, 0, 0], neighbours: line)
        }
    }
}

@Suite struct NeighboursTests {
    @Test("Repeats and self links are dropped, one-way links and islands found") func cleaning() {
        let neighbours = Neighbours(count: 4, pairs: [(0, 2), (0, 1), (0, 1), (1, 0), (1, 1)])

        #expect(Array(neighbours[0]) == [1, 2])
        #expect(Array(neighbours[1]) == [0])
        #expect(neighbours.linkCount == 3)
        #expect(neighbours.islands == [2, 3])
        #expect(neighbours.isSymmetric == false)
        #expect(neighbours.firstOneWayLink.map { [$0.area, $0.neighbour] } == [0, 2])
        #expect(Neighbours(count: 4, pairs: [(3, 1), (1, 3)]).isSymmetric)
        #expect(Neighbours(lists: [[1, 2], [0], []]) == Neighbours(count: 3, pairs: [(1, 0), (0, 2), (0, 1)]))
    }
}
