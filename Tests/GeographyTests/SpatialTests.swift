import Geography
import Kernel
import Testing

@Suite struct SpatialTests {
    @Test("Queen neighbours share a side or a corner; an island is reported") func queen() throws {
        // A B .
        // C . E      D lies alone.
        let boundaries = squares([(0, 1), (1, 1), (0, 0), (5, 5), (2, 0)])

        for definition in [Contiguity.Definition.sharedPoint, .touching] {
            let contiguity = try Contiguity.queen(boundaries, by: definition)
            #expect(contiguity.neighbours == [[1, 2], [0, 2, 4], [0, 1], [], [1]])
            #expect(contiguity.islands == [3])
        }
    }

    @Test("Borders with bends at different places, or that do not quite meet, need touching or snapping")
    func imperfect() throws {
        func area(_ code: String, _ x: Double, _ y: Double, _ side: Double) -> Boundaries.Area {
            Boundaries.Area(code: code, name: code, shape: Shape([.init(outer: square(x, y, side: side))]))
        }
        let inset = Boundaries([area("A", 0, 51, 0.5), area("B", 0.5, 51.125, 0.25)], level: .other)
        let apart = Boundaries([area("A", 0, 51, 0.01), area("B", 0.010004, 51, 0.01)], level: .other)

        #expect(try Contiguity.queen(inset).pairs.isEmpty)
        #expect(try Contiguity.queen(inset, by: .touching).pairs.count == 1)
        #expect(try Contiguity.queen(apart, by: .touching).pairs.isEmpty)
        #expect(try Contiguity.queen(apart, snapping: 0.5).pairs.count == 1)
        #expect(try Contiguity.queen(apart, snapping: 0.2).pairs.isEmpty)
    }

    @Test("London's neighbours are PySAL's", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func london() throws {
        let boundaries = try Shared.boundaries("london_lsoa_2021_20m")
        let codes = Shared.rows("reference/london/lsoa_counts_12m.csv").dropFirst().map { $0[0] }
        let ordered = try boundaries.ordered(by: codes)
        let clock = ContinuousClock()
        var shared: Set<[Int]> = []
        var touching: Set<[Int]> = []

        let time = try clock.measure {
            shared = Set(try Contiguity.queen(ordered).pairs.map { [$0.first, $0.second] })
        }
        let timeTouching = try clock.measure {
            touching = Set(try Contiguity.queen(ordered, by: .touching).pairs.map { [$0.first, $0.second] })
        }
        print("queen by shared points \(time), touching \(timeTouching)")
        let reference = Set(
            Shared.rows("reference/london/queen_edges.csv").dropFirst().compactMap { row -> [Int]? in
                guard let i = Int(row[0]), let j = Int(row[1]) else { return nil }
                return [min(i, j), max(i, j)]
            })

        // libpysal 4.14.1 Queen.from_dataframe and Graph.build_contiguity on this file: 14,743 pairs, no islands.
        #expect(shared.count == 14_743)
        #expect(shared == touching)
        #expect(try Contiguity.queen(ordered).islands.isEmpty)
        // The stored reference was made from other coordinates than those published to five decimals: eight pairs
        // that meet in one point of this file are not in it, and one pair lies 100 m apart here.
        let named = Set(shared.symmetricDifference(reference).map { $0.map { codes[$0] }.joined(separator: " ") })
        #expect(
            named == [
                "E01001998 E01002014", "E01002038 E01002077", "E01002573 E01002575", "E01002852 E01004679",
                "E01003383 E01003400", "E01003438 E01003448", "E01004289 E01004324", "E01004543 E01004625",
                "E01004276 E01032783",
            ])
        #expect(reference.subtracting(shared).count == 1)
    }

    @Test("A point on a border belongs to the first area, one outside to none") func border() throws {
        let locator = try PointLocator(squares([(1, 0), (0, 0)]))

        #expect(locator.locate(longitude: 0.015, latitude: 51.505) == 0)
        #expect(locator.locate(longitude: 0.005, latitude: 51.505) == 1)
        #expect(locator.locate(longitude: 0.01, latitude: 51.505) == 0)
        #expect(locator.locate(longitude: 0.02, latitude: 51.51) == 0)
        #expect(locator.locate(longitude: 0.03, latitude: 51.505) == nil)
        #expect(locator.locate(longitude: .nan, latitude: 51.505) == nil)
        #expect(locator.locate(longitudes: [0.015, 1], latitudes: [51.505, 51]) == [0, nil])
    }

    @Test("Points in holes are outside, and star-shaped areas agree with counting rays") func stars() throws {
        var random = SeededRandom(seed: 3)
        let shapes = (0..<30).map { _ in star(&random) }
        let locator = try PointLocator(shapes)

        for _ in 0..<3000 {
            let (x, y) = (random.uniform() * 12 - 1, random.uniform() * 12 - 1)
            #expect(locator.locate(longitude: x, latitude: y) == shapes.firstIndex { rayCast($0, x, y) })
        }
    }

    /// A star with 5 to 14 points round a random centre, every other one with a hole.
    private func star(_ random: inout SeededRandom) -> Shape {
        let (x, y) = (random.uniform() * 10, random.uniform() * 10)
        let count = 5 + random.below(10)
        func ring(_ size: Double) -> Ring {
            var points: [Double] = []
            for i in 0..<count {
                let angle = 2 * Double.pi * Double(i) / Double(count)
                let length = size * (0.5 + random.uniform() / 2)
                points += [x + length * cosine(angle), y + length * sine(angle)]
            }
            return Ring(points + points.prefix(2))
        }
        return Shape([.init(outer: ring(2), holes: random.chance(0.5) ? [ring(0.4)] : [])])
    }

    @Test("Random points in London lie where counting rays says", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func londonPoints() throws {
        let boundaries = try Shared.boundaries("london_lsoa_2021_20m")
        let boxes = boundaries.areas.map(\.shape.bounds)
        let locator = try PointLocator(boundaries)
        var random = SeededRandom(seed: 5)
        let box = boundaries.bounds
        var found = 0

        for _ in 0..<400 {
            let x = box.minX + box.width * random.uniform()
            let y = box.minY + box.height * random.uniform()
            let expected = boxes.indices.first {
                boxes[$0].contains(x: x, y: y) && rayCast(boundaries.areas[$0].shape, x, y)
            }
            #expect(locator.locate(longitude: x, latitude: y) == expected)
            if expected != nil { found += 1 }
        }
        let longitudes = (0..<20_000).map { _ in box.minX + box.width * random.uniform() }
        let latitudes = (0..<20_000).map { _ in box.minY + box.height * random.uniform() }
        let time = ContinuousClock().measure { _ = locator.locate(longitudes: longitudes, latitudes: latitudes) }
        print("\(found) of 400 points in London; 20,000 points located in \(time)")

        #expect(found > 100)
    }

    @Test("The population's centre of most LSOAs lies in the LSOA", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func centroids() throws {
        let boundaries = try Shared.boundaries("london_lsoa_2021_20m")
        let locator = try PointLocator(boundaries)
        let grid = try BritishNationalGrid()
        var (inside, all) = (0, 0)

        for row in Shared.rows("data/geo/LSOA21_popweighted_centroids_EW.csv.gz").dropFirst() {
            guard let index = boundaries.index(of: row[1]), let e = Double(row[3]), let n = Double(row[4])
            else { continue }
            let point = try grid.unproject(easting: e, northing: n)
            all += 1
            if locator.locate(longitude: point.longitude, latitude: point.latitude) == index { inside += 1 }
        }
        print("population centres in their own LSOA: \(inside) of \(all)")

        #expect(all == 4994)
        #expect(Double(inside) / Double(all) > 0.99)
    }
}

/// Sine by its series, so that the fixtures need no library.
func sine(_ x: Double) -> Double {
    var term = x
    var sum = x
    for i in 1..<25 {
        term *= -x * x / Double((2 * i) * (2 * i + 1))
        sum += term
    }
    return sum
}

func cosine(_ x: Double) -> Double { sine(x + .pi / 2) }
