import Foundation
import Kernel
import Testing

@testable import DemoBorough

/// A corner in millionths of a degree.
private struct Corner: Hashable {
    let x: Int
    let y: Int
}

/// A side of an area, from corner to corner.
private struct Side: Hashable {
    let from: Corner
    let to: Corner
}

/// Rings by LSOA code, read from the GeoJSON file.
private func rings(_ borough: Borough) throws -> [(code: String, ring: [Corner])] {
    let json = try JSONSerialization.jsonObject(with: Data(borough.bytes("lsoa.geojson")))
    let features = try #require((json as? [String: Any])?["features"] as? [[String: Any]])
    return try features.map { feature in
        let properties = try #require(feature["properties"] as? [String: String])
        let geometry = try #require(feature["geometry"] as? [String: Any])
        let coordinates = try #require(geometry["coordinates"] as? [[[Double]]])
        let ring = try #require(coordinates.first).map {
            Corner(x: Int(($0[0] * 1e6).rounded()), y: Int(($0[1] * 1e6).rounded()))
        }
        return (try #require(properties["LSOA21CD"]), ring)
    }
}

/// Twice the area of a ring that ends where it starts, positive when anticlockwise.
private func doubleArea(_ ring: [Corner]) -> Int {
    zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
}

/// Whether a point lies in a ring, by the crossings of a ray; points on a border may go either way.
private func contains(_ ring: [Corner], _ x: Double, _ y: Double) -> Bool {
    var inside = false
    for (a, b) in zip(ring, ring.dropFirst()) where (Double(a.y) > y) != (Double(b.y) > y) {
        let along = (y - Double(a.y)) / Double(b.y - a.y)
        if x < Double(a.x) + along * Double(b.x - a.x) { inside.toggle() }
    }
    return inside
}

@Suite("Demonstration borough: its map")
struct MapTests {
    @Test("Areas tile the borough: each inner side belongs to two areas, the rest make one outline of the same area")
    func tiling() throws {
        let areas = try rings(Made.small)
        #expect(areas.count == 120)
        var sides = Set<Side>()
        for area in areas {
            #expect(doubleArea(area.ring) > 0)
            #expect(area.ring.first == area.ring.last)
            for (a, b) in zip(area.ring, area.ring.dropFirst()) {
                #expect(sides.insert(Side(from: a, to: b)).inserted, "a side is used twice in the same direction")
            }
        }
        let outer = sides.filter { !sides.contains(Side(from: $0.to, to: $0.from)) }
        var next: [Corner: Corner] = [:]
        for side in outer { #expect(next.updateValue(side.to, forKey: side.from) == nil) }
        let start = try #require(outer.first?.from)
        var outline = [start]
        while let corner = next[outline[outline.count - 1]], outline.count <= outer.count { outline.append(corner) }
        #expect(outline.last == start && outline.count == outer.count + 1)
        #expect(areas.reduce(0) { $0 + doubleArea($1.ring) } == doubleArea(outline))
    }

    @Test("A point inside the outline lies in exactly one area")
    func noOverlap() throws {
        let areas = try rings(Made.other)
        let corners = areas.flatMap(\.ring)
        let (west, east) = (corners.map(\.x).min() ?? 0, corners.map(\.x).max() ?? 0)
        let (south, north) = (corners.map(\.y).min() ?? 0, corners.map(\.y).max() ?? 0)
        var random = SeededRandom(seed: 5)
        var hits = [0, 0, 0]
        for _ in 0..<2000 {
            let x = Double(west) + random.uniform() * Double(east - west) + 0.5
            let y = Double(south) + random.uniform() * Double(north - south) + 0.5
            hits[min(areas.count { contains($0.ring, x, y) }, 2)] += 1
        }
        #expect(hits[2] == 0)
        #expect(hits[1] > 1500)
    }

    @Test("An incident with a place lies in the area whose code it carries")
    func incidentsLieInTheirAreas() throws {
        let areas = Dictionary(uniqueKeysWithValues: try rings(Made.small).map { ($0.code, $0.ring) })
        let incidents = try Made.incidents()
        let longitudes = incidents.column("longitude")
        let latitudes = incidents.column("latitude")
        let codes = incidents.column("lsoa")
        var placed = 0
        for row in stride(from: 0, to: codes.count, by: 7) where !codes[row].isEmpty {
            let ring = try #require(areas[codes[row]])
            let x = try #require(Double(longitudes[row]))
            let y = try #require(Double(latitudes[row]))
            #expect(contains(ring, x * 1e6, y * 1e6), "row \(row)")
            placed += 1
        }
        #expect(placed > 4000)
    }

    @Test("Wards have six areas each and hang together")
    func wards() throws {
        let lookup = try Made.small.rows("lookup.csv")
        let ward = Dictionary(uniqueKeysWithValues: zip(lookup.column("LSOA21CD"), lookup.column("WD24CD")))
        #expect(Set(ward.values).count == 20)
        var owners: [Side: String] = [:]
        var areas: [String: Set<String>] = [:]
        for area in try rings(Made.small) {
            areas[ward[area.code] ?? "", default: []].insert(area.code)
            for (a, b) in zip(area.ring, area.ring.dropFirst()) { owners[Side(from: a, to: b)] = area.code }
        }
        for (code, members) in areas {
            var reached = Set([members.min() ?? ""])
            var grew = true
            while grew {
                grew = false
                for (side, owner) in owners where reached.contains(owner) {
                    guard let other = owners[Side(from: side.to, to: side.from)], members.contains(other),
                        reached.insert(other).inserted
                    else { continue }
                    grew = true
                }
            }
            #expect(members.count == 6 && reached == members, "\(code)")
        }
    }

    @Test(
        "Every seed gives 120 areas of 20 wards, blocks that do not fold over, and seven hot spots", arguments: 1...30)
    func manySeeds(seed: UInt64) {
        let borough = DemoAreas(seed: seed)
        #expect(borough.areas.count == 120)
        #expect(Set(borough.areas.map(\.ward)).count == 20)
        #expect(borough.areas.count { $0.hotspot != nil } == 7)
        var folded = 0
        for row in 0..<DemoGrid.rows {
            for column in 0..<DemoGrid.columns {
                let cell = borough.grid.ring(DemoBlock(columns: column..<column + 1, rows: row..<row + 1))
                for corner in cell.indices {
                    let (a, b, c) = (cell[corner], cell[(corner + 1) % 4], cell[(corner + 2) % 4])
                    let turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
                    if turn <= 0 { folded += 1 }
                }
            }
        }
        #expect(folded == 0)
    }

    @Test(
        "No code or name of an area is that of a real one", .enabled(if: Places.hasLookup, "needs the shared look-up"))
    func nothingIsReal() throws {
        let real = try CSVRows(Places.unzipped(Places.lookup))
        let codes = Set(real.column("LSOA21CD") + real.column("WD24CD") + real.column("LAD24CD"))
        let names = Set((real.column("WD24NM") + real.column("LAD24NM")).map { $0.lowercased() })
        #expect(codes.count > 35_000)
        for borough in [Made.small, Made.other] {
            let lookup = try borough.rows("lookup.csv")
            for row in lookup.rows { for code in [row[0], row[2], row[4]] { #expect(!codes.contains(code)) } }
            for name in Set(lookup.column("WD24NM") + lookup.column("LAD24NM")) {
                #expect(!names.contains(name.lowercased()))
            }
            let region = try borough.rows("region.csv")
            #expect(Set(region.column("lsoa_code")).isDisjoint(with: codes))
            #expect(Set(region.column("borough").map { $0.lowercased() }).isDisjoint(with: names))
        }
    }
}
