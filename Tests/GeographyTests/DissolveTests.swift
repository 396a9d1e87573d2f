import Geography
import Kernel
import Testing

@Suite struct DissolveTests {
    @Test("Joined squares have the sum of their areas and one border") func squaresJoin() throws {
        let boundaries = squares([(0, 0), (1, 0), (0, 1), (5, 5)])

        let joined = try boundaries.dissolved(
            by: ["A": "X", "B": "X", "C": "X", "D": "Y"], names: ["X": "Ex"], level: .ward)
        let parts = try boundaries.measures()
        let wholes = try joined.measures()

        #expect(joined.codes == ["X", "Y"])
        #expect(joined.areas.map(\.name) == ["Ex", "Y"])
        #expect(joined.areas[0].shape.polygons.count == 1)
        #expect(joined.areas[0].shape.rings.count == 1)
        let sum = parts[0].squareKilometres + parts[1].squareKilometres + parts[2].squareKilometres
        #expect(abs(wholes[0].squareKilometres - sum) < 1e-9)
        #expect(faultOf { _ = try boundaries.dissolved(by: ["Z": "X"]) } != nil)
    }

    @Test("A gap thinner than the tolerance is closed and a real hole is kept") func gaps() throws {
        func frame(_ hole: Ring) -> Boundaries {
            let outer = square(0, 51.5, side: 0.01)
            let shape = Shape([.init(outer: outer, holes: [hole])])
            let other = Shape([.init(outer: square(0.01, 51.5, side: 0.01))])
            return Boundaries(
                [.init(code: "A", name: "A", shape: shape), .init(code: "B", name: "B", shape: other)], level: .other)
        }
        let thin = Ring([0.002, 51.505, 0.008, 51.505, 0.008, 51.505005, 0.002, 51.505005, 0.002, 51.505])
        let wide = square(0.004, 51.504, side: 0.002)

        let closed = try frame(thin).dissolved(by: ["A": "X", "B": "X"])
        let open = try frame(wide).dissolved(by: ["A": "X", "B": "X"])

        #expect(closed.areas[0].shape.polygons[0].holes.isEmpty)
        #expect(open.areas[0].shape.polygons[0].holes.count == 1)
    }

    @Test("Surface and centre follow the closed form, holes taken off") func closedForm() {
        let hole = square(530_010, 180_010, side: 20)
        let shape = Shape([.init(outer: square(530_000, 180_000, side: 100), holes: [hole])])

        #expect(shape.area == 9600)
        let expected = (10_000.0 * 50 - 400.0 * 20) / 9600
        #expect(abs((shape.centroid?.x ?? 0) - (530_000 + expected)) < 1e-6)
        #expect(abs((shape.centroid?.y ?? 0) - (180_000 + expected)) < 1e-6)
    }

    @Test("London's LSOAs make its wards and boroughs", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func london() throws {
        let boundaries = try Shared.boundaries("london_lsoa_2021_20m")
        var wards: [String: String] = [:]
        for row in Shared.rows("data/geo/LSOA21_WD24_LAD24_bestfit_EW.csv.gz").dropFirst() { wards[row[0]] = row[3] }
        let boroughs = Dictionary(uniqueKeysWithValues: boundaries.areas.map { ($0.code, $0.parents[.borough] ?? "") })
        let clock = ContinuousClock()

        var joined: [Boundaries] = []
        let time = try clock.measure {
            joined = [
                try boundaries.dissolved(by: wards, level: .ward),
                try boundaries.dissolved(by: boroughs, level: .borough),
            ]
        }
        var parts: [AreaMeasure] = []
        let timeMeasure = try clock.measure { parts = try boundaries.measures() }
        print("dissolved into \(joined.map(\.count)) in \(time), measured in \(timeMeasure)")

        let total = parts.reduce(0) { $0 + $1.squareKilometres }
        for (groups, result) in zip([wards, boroughs], joined) {
            var sums: [String: Double] = [:]
            for (area, part) in zip(boundaries.areas, parts) {
                sums[groups[area.code] ?? "", default: 0] += part.squareKilometres
            }
            let wholes = try result.measures()
            for (area, whole) in zip(result.areas, wholes) {
                // The published LSOAs overlap by 36 square metres in one place.
                #expect(abs(whole.squareKilometres - (sums[area.code] ?? 0)) < 4e-5, "\(area.code)")
            }
        }
        // The ONS gives 1,573 km² for Greater London.
        #expect(abs(total - 1573) < 1)
        #expect(joined[0].areas.allSatisfy { $0.parents[.borough] != nil })
        #expect(joined[0].count == 684 && joined[1].count == 33)
    }

    @Test("Surfaces and centres are those published", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func published() throws {
        // Surface: ONS, Area Sq Km (full resolution, so 20 m generalised shapes differ a little). Centre: GeoPandas.
        let boundaries = try Shared.boundaries("london_lsoa_2021_20m")
        let measures = try boundaries.measures(on: try BritishNationalGrid(.helmert))
        let density = "data/deprivation_population/london_LSOA21_population_density_mid2011-2022.csv.gz"
        var (ours, theirs, worst) = (0.0, 0.0, 0.0)

        for row in Shared.rows(density).dropFirst() {
            guard let i = boundaries.index(of: row[0]), let surface = Double(row[2]) else { continue }
            ours += measures[i].squareKilometres
            theirs += surface
        }
        for row in Shared.rows("reference/london/lsoa_counts_12m.csv").dropFirst() {
            guard let i = boundaries.index(of: row[0]), let e = Double(row[2]), let n = Double(row[3]) else { continue }
            worst = max(worst, abs(measures[i].easting - e), abs(measures[i].northing - n))
        }
        print("surface \(ours) km², published \(theirs) km²; centres differ by at most \(worst) m")

        #expect(theirs > 1500)
        #expect(abs(ours / theirs - 1) < 0.002)
        #expect(worst < 5)
    }

    @Test("Simplified neighbours keep a common border") func simplify() throws {
        let boundaries = squares([(0, 0), (1, 0), (0, 1), (1, 1), (3, 3)])

        let shapes = try boundaries.mapShapes(tolerance: 50)

        #expect(shapes.map(\.code) == ["A", "B", "C", "D", "E"])
        #expect(shapes.allSatisfy { $0.rings.count == 1 && $0.rings[0].count == 5 })
        #expect(shapes[0].rings[0].contains { point in shapes[3].rings[0].contains { $0 == point } })
        #expect(shapes.bounds.width > 2000)
        #expect(try squares([]).mapShapes().isEmpty)
    }

    @Test("Simplified London has few points and no gaps", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func simplifyLondon() throws {
        let boundaries = try Shared.boundaries("london_lsoa_2021_20m")
        let clock = ContinuousClock()
        let before = try boundaries.mapShapes(tolerance: 0)
        var shapes: [MapShape] = []
        let time = try clock.measure { shapes = try boundaries.mapShapes(tolerance: 50) }
        func points(_ shapes: [MapShape]) -> Int { shapes.reduce(0) { $0 + $1.rings.reduce(0) { $0 + $1.count } } }
        func surface(_ shapes: [MapShape]) -> Double {
            shapes.reduce(0) { $0 + Shape($1.rings.map { .init(outer: Ring($0.flatMap { [$0.x, $0.y] })) }).area }
        }
        // An edge inside London is drawn by two areas. The edges drawn once are the outer border: where a gap opened,
        // an edge drawn once would end at a point that was not on the border before.
        func border(_ shapes: [MapShape]) -> Set<[Double]> {
            var counts: [[Double]: Int] = [:]
            for ring in shapes.flatMap(\.rings) {
                for i in 1..<ring.count {
                    let (a, b) = ([ring[i - 1].x, ring[i - 1].y], [ring[i].x, ring[i].y])
                    counts[a.lexicographicallyPrecedes(b) ? a + b : b + a, default: 0] += 1
                }
            }
            return Set(counts.filter { $0.value == 1 }.keys.flatMap { [Array($0[..<2]), Array($0[2...])] })
        }
        let (borderBefore, borderAfter) = (border(before), border(shapes))
        print("simplified \(points(before)) to \(points(shapes)) points in \(time)")
        #expect(points(shapes) * 2 < points(before))
        #expect(shapes.count == 4994 && shapes.allSatisfy { !$0.rings.isEmpty })
        #expect(abs(surface(shapes) / surface(before) - 1) < 0.001)
        #expect(borderAfter.count < borderBefore.count)
        #expect(borderAfter.isSubset(of: borderBefore))
    }
}
