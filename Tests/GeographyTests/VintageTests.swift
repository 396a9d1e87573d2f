import Geography
import Kernel
import Testing

@Suite struct VintageTests {
    typealias Unit = LSOAVintage.Unit

    /// U: E01000001. Split: S → S1, S2. Merger: M1, M2 → M. Irregular: X1, X2 → Y1, Y2.
    private func vintage() throws -> LSOAVintage {
        func pair(_ old: String, _ new: String, _ change: LSOAVintage.Change) -> LSOAVintage.Pair {
            .init(lsoa11: old, lsoa21: new, change: change, name11: "old \(old)", name21: "new \(new)")
        }
        return try LSOAVintage([
            pair("E01000001", "E01000001", .unchanged), pair("S", "S1", .split), pair("S", "S2", .split),
            pair("M1", "M", .merged), pair("M2", "M", .merged), pair("X1", "Y1", .irregular),
            pair("X1", "Y2", .irregular), pair("X2", "Y2", .irregular),
        ])
    }

    @Test("Each code is classified") func classify() throws {
        let vintage = try vintage()

        #expect(vintage.vintage(of: "E01000001") == .unchanged)
        #expect(vintage.vintage(of: "S") == .only2011)
        #expect(vintage.vintage(of: "S1") == .only2021)
        #expect(vintage.vintage(of: "W01000001") == .unlisted(.notListed))
        #expect(vintage.vintage(of: "S01000001") == .unlisted(.scotland))
        #expect(vintage.vintage(of: "95GG01S1") == .unlisted(.northernIreland))
        #expect(vintage.vintage(of: "E05000001") == .unlisted(.otherArea))
        #expect(vintage.vintage(of: "E0100000") == .unlisted(.malformed))
        #expect(vintage.name(of: "S1") == "new S1")
    }

    @Test(
        "The finest areas that split no record are chosen",
        arguments: [
            // used, known, units
            (["E01000001"], nil, ["E01000001"]),
            (["S1"], nil, ["S1", "S2"]),
            (["S"], nil, ["S"]),
            (["S", "S1"], nil, ["S"]),
            (["S1", "S2"], ["S"], ["S"]),
            (["S"], ["S1", "S2"], ["S"]),
            (["M1"], nil, ["M1", "M2"]),
            (["M"], nil, ["M"]),
            (["M", "M1"], nil, ["M"]),
            (["M1", "M2"], ["M1", "M2"], ["M1", "M2"]),
            (["M1"], ["M"], ["M"]),
            (["M"], ["M1", "M2"], ["M"]),
            (["X1"], nil, ["X1", "X2"]),
            (["Y1"], nil, ["Y1", "Y2"]),
            (["X1", "Y2"], nil, ["Y1"]),
            (["X1"], ["Y1", "Y2"], ["Y1"]),
            (["Y1"], ["Y1"], ["Y1"]),
            ([], ["S1", "S2", "M", "E01000001"], ["E01000001", "M", "S1", "S2"]),
            ([], ["S", "M1", "M2"], ["M1", "M2", "S"]),
            (["Z9"], nil, ["Z9"]),
        ] as [([String], [String]?, [String])])
    func rule(used: [String], known: [String]?, units: [String]) throws {
        let result = try vintage().resolve(used: Set(used), known: known.map(Set.init))

        #expect(result.units.map(\.code) == units)
        for code in used { #expect(units.contains(result.unitOfCode[code] ?? "")) }
    }

    @Test("Units tell their parts, names and kinds, and notes say what was joined") func parts() throws {
        let result = try vintage().resolve(used: ["S", "S1", "M1", "M", "X1", "Y2", "Z9"])

        let units = Dictionary(uniqueKeysWithValues: result.units.map { ($0.code, $0) })
        #expect(units["S"] == Unit(code: "S", name: "old S", lsoa21: ["S1", "S2"], lsoa11: ["S"], kind: .lsoa2011))
        #expect(units["M"] == Unit(code: "M", name: "new M", lsoa21: ["M"], lsoa11: ["M1", "M2"], kind: .lsoa2021))
        #expect(units["Y1"]?.kind == .joined && units["Y1"]?.lsoa21 == ["Y1", "Y2"])
        #expect(units["Z9"]?.kind == .unlisted)
        #expect(result.unitOfCode["S2"] == "S" && result.unitOfCode["M2"] == "M" && result.unitOfCode["X2"] == "Y1")
        #expect(result.notes.count == 4)
        #expect(result.notes.contains { $0.contains("Z9") })
    }

    @Test("Look-ups that cannot be right are refused") func refused() {
        #expect(faultOf { _ = try LSOAVintage([]) } != nil)
        #expect(faultOf { _ = try LSOAVintage([.init(lsoa11: "", lsoa21: "A", change: .split)]) } != nil)
        #expect(faultOf { _ = try LSOAVintage([.init(lsoa11: "A", lsoa21: "B", change: .unchanged)]) } != nil)
    }

    @Test("For any codes used, each has one unit, no unit overlaps another and sums are kept") func property() throws {
        var random = SeededRandom(seed: 17)
        for _ in 0..<300 {
            let pairs = randomPairs(&random)
            let vintage = try LSOAVintage(pairs)
            let codes = Set(pairs.flatMap { [$0.lsoa11, $0.lsoa21] }).sorted()
            let share = random.uniform()
            let used = Set(codes.filter { _ in random.chance(share) })
            let sides: [Set<String>?] = [nil, Set(pairs.map(\.lsoa21)), Set(pairs.map(\.lsoa11))]
            let result = vintage.resolve(used: used, known: sides[random.below(3)])

            let units = Set(result.units.map(\.code))
            #expect(units.count == result.units.count)
            #expect(used.allSatisfy { units.contains(result.unitOfCode[$0] ?? "?") })
            let counts = Dictionary(uniqueKeysWithValues: used.map { ($0, random.below(9)) })
            var sums: [String: Int] = [:]
            for (code, count) in counts { sums[result.unitOfCode[code] ?? "", default: 0] += count }
            #expect(sums.values.reduce(0, +) == counts.values.reduce(0, +))
            #expect(Set(result.units.flatMap(\.lsoa21)).count == result.units.flatMap(\.lsoa21).count)
            #expect(Set(result.units.flatMap(\.lsoa11)).count == result.units.flatMap(\.lsoa11).count)
            #expect(noRecordIsSplit(result, used, pairs))
        }
    }

    /// Whether the ground of each used code lies in its unit alone. The ground is divided into the lines of the look-up:
    /// a code covers its lines, a unit the lines of its parts, or of its own code.
    private func noRecordIsSplit(
        _ result: LSOAVintage.Resolution, _ used: Set<String>, _ pairs: [LSOAVintage.Pair]
    ) -> Bool {
        func lines(_ unit: Unit) -> Set<Int> {
            Set(
                pairs.indices.filter { i in
                    unit.lsoa11.contains(pairs[i].lsoa11) || unit.lsoa21.contains(pairs[i].lsoa21)
                })
        }
        let ground = Dictionary(uniqueKeysWithValues: result.units.map { ($0.code, lines($0)) })
        return used.allSatisfy { code in
            let own = Set(pairs.indices.filter { pairs[$0].lsoa11 == code || pairs[$0].lsoa21 == code })
            return own.isSubset(of: ground[result.unitOfCode[code] ?? ""] ?? [])
        }
    }

    private func randomPairs(_ random: inout SeededRandom) -> [LSOAVintage.Pair] {
        var pairs: [LSOAVintage.Pair] = []
        for i in 0..<12 {
            let (a, b) = (1 + random.below(3), 1 + random.below(3))
            switch random.below(4) {
            case 0: pairs.append(.init(lsoa11: "U\(i)", lsoa21: "U\(i)", change: .unchanged))
            case 1: for k in 0...a { pairs.append(.init(lsoa11: "S\(i)", lsoa21: "s\(i)\(k)", change: .split)) }
            case 2: for k in 0...a { pairs.append(.init(lsoa11: "M\(i)\(k)", lsoa21: "m\(i)", change: .merged)) }
            default:
                for k in 0...a {
                    for l in 0...b where k == 0 || l == 0 {
                        pairs.append(.init(lsoa11: "X\(i)\(k)", lsoa21: "x\(i)\(l)", change: .irregular))
                    }
                }
            }
        }
        return pairs
    }

    @Test("The ONS look-up has the components counted apart", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func england() throws {
        let pairs = Shared.rows("data/geo/LSOA11_LSOA21_LAD22_exactfit_EW.csv.gz").dropFirst().compactMap { row in
            LSOAVintage.Change(rawValue: row[4]).map {
                LSOAVintage.Pair(lsoa11: row[0], lsoa21: row[2], change: $0, name11: row[1], name21: row[3])
            }
        }
        let clock = ContinuousClock()
        var vintage: LSOAVintage?
        let time = try clock.measure { vintage = try LSOAVintage(pairs) }
        let all = Set(pairs.flatMap { [$0.lsoa11, $0.lsoa21] })
        var mixed: LSOAVintage.Resolution?
        let timeResolve = clock.measure { mixed = vintage?.resolve(used: all) }
        print("look-up of \(pairs.count) lines read in \(time), resolved in \(timeResolve)")

        // Counted in Python by union-find: U 33,647; splits 728 + 133; mergers 118 + 1; irregular 3.
        let kinds = Dictionary(grouping: mixed?.units ?? [], by: \.kind).mapValues(\.count)
        #expect(kinds == [.unchanged: 33_647, .lsoa2011: 861, .lsoa2021: 119, .joined: 3])
        let only21 = vintage?.resolve(used: Set(pairs.map(\.lsoa21)))
        let only11 = vintage?.resolve(used: Set(pairs.map(\.lsoa11)))
        #expect(only21?.units.count == 35_672 && only21?.notes.isEmpty == true)
        #expect(only11?.units.count == 34_753 && only11?.notes.isEmpty == true)
    }
}
