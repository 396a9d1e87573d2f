internal import Kernel

/// A neighbourhood of about 1,700 residents (an LSOA).
struct DemoArea {
    let code: String
    let name: String
    let ward: Int
    let block: DemoBlock
    /// A place in its middle.
    let middle: DemoPoint
    /// Residents in relative terms.
    let weight: Double
    /// 0 for the least deprived … 1 for the most.
    var deprivation: Double = 0
    /// Shares of the ethnic groups, in the order of `DemoPopulation.ethnicities`.
    var ethnicity: [Double] = []
    /// Areas that have a piece of border in common with it, in order.
    var neighbours: [Int] = []
    /// Where people live.
    var homes: [DemoPoint] = []
    /// Where people gather: shops, pubs, stops, corners. The first draw the most.
    var venues: [DemoPoint] = []
    /// Postcodes without the space.
    var postcodes: [String] = []
    /// What kind of hot spot it is.
    var hotspot: DemoTruth.HotspotKind?
}

/// The invented borough's areas.
struct DemoAreas {
    static let boroughCode = "E09000990"
    static let wardCount = 20
    static let homesPerArea = 80

    let boroughName: String
    let wardNames: [String]
    let grid: DemoGrid
    var areas: [DemoArea]

    init(seed: UInt64) {
        var random = SeededRandom(seed: seed, subject: "areas")
        var names = DemoPlaceNames(&random)
        boroughName = names.next()
        wardNames = (0..<Self.wardCount).map { _ in names.next() }
        grid = DemoGrid(&random)
        areas = []
        let whole = DemoBlock(columns: 0..<DemoGrid.columns, rows: 0..<DemoGrid.rows)
        for (ward, block) in grid.cut(whole, into: Self.wardCount).enumerated() {
            for (position, part) in grid.cut(block, into: 6).enumerated() { add(part, ward, position, &random) }
        }
        findNeighbours()
        setCharacter(&random)
        chooseHotspots()
    }

    static func wardCode(_ ward: Int) -> String { "E05990" + padded(ward + 1, to: 3) }

    private mutating func add(_ block: DemoBlock, _ ward: Int, _ position: Int, _ random: inout SeededRandom) {
        let number = areas.count + 1
        let letter = String(UnicodeScalar(UInt8(65 + position)))
        var area = DemoArea(
            code: "E01990" + padded(number, to: 3), name: "\(boroughName) \(padded(ward + 1, to: 3))\(letter)",
            ward: ward, block: block,
            middle: grid.corner(
                (block.columns.lowerBound + block.columns.upperBound) / 2,
                (block.rows.lowerBound + block.rows.upperBound) / 2),
            weight: grid.weight(block))
        area.homes = (0..<Self.homesPerArea).map { _ in grid.point(in: block, &random) }
        area.venues = (0..<12).map { _ in grid.point(in: block, &random) }
        area.postcodes = (0..<8).map { _ in
            let letters = Array("ABDEFGHJLNPQRSTUWXYZ")
            return "ZX\(ward + 1)\(position)\(random.one(of: letters))\(random.one(of: letters))"
        }
        areas.append(area)
    }

    private mutating func findNeighbours() {
        var owner = [Int](repeating: 0, count: DemoGrid.columns * DemoGrid.rows)
        for (index, area) in areas.enumerated() {
            for row in area.block.rows {
                for column in area.block.columns { owner[row * DemoGrid.columns + column] = index }
            }
        }
        for row in 0..<DemoGrid.rows {
            for column in 0..<DemoGrid.columns {
                let here = owner[row * DemoGrid.columns + column]
                if column + 1 < DemoGrid.columns { join(here, owner[row * DemoGrid.columns + column + 1]) }
                if row + 1 < DemoGrid.rows { join(here, owner[(row + 1) * DemoGrid.columns + column]) }
            }
        }
        for index in areas.indices { areas[index].neighbours.sort() }
    }

    private mutating func join(_ a: Int, _ b: Int) {
        guard a != b, !areas[a].neighbours.contains(b) else { return }
        areas[a].neighbours.append(b)
        areas[b].neighbours.append(a)
    }

    /// Deprivation and ethnicity vary smoothly over the borough, with chance on top.
    private mutating func setCharacter(_ random: inout SeededRandom) {
        let hardship = SmoothField(side: 5, &random)
        let mixes = (0..<5).map { _ in SmoothField(side: 4, &random) }
        let usual: [Double] = [0.18, 0.14, 0.06, 0.56, 0.06]
        let width = Double(DemoGrid.columns * DemoGrid.side)
        for index in areas.indices {
            let u = Double(areas[index].middle.x - DemoGrid.margin) / width
            let v = Double(areas[index].middle.y - DemoGrid.margin) / width
            areas[index].deprivation = 0.75 * hardship.at(u, v) + 0.25 * random.uniform()
            let shares = (0..<5).map { usual[$0] * (0.4 + 1.6 * mixes[$0].at(u, v)) }
            let total = shares.reduce(0, +)
            areas[index].ethnicity = shares.map { $0 / total }
        }
    }
}
