/// A place in the borough's own plane: whole decimetres east and north of its south-western corner.
struct DemoPoint: Hashable {
    var x: Int
    var y: Int

    /// The square of the distance to another place, in square decimetres.
    func squaredDistance(to other: DemoPoint) -> Int {
        let (dx, dy) = (x - other.x, y - other.y)
        return dx * dx + dy * dy
    }
}

/// The step from the borough's plane to longitude and latitude, in whole millionths of a degree and therefore the same
/// on every machine.
///
/// The corner lies in the English Channel, so that no real place is named by a point. The lengths of a degree are those
/// of the WGS 84 ellipsoid at 50.33° north: 71,204 m of longitude and 111,235 m of latitude.
enum DemoPlane {
    private static let west = -900_000
    private static let south = 50_300_000

    /// Longitude in millionths of a degree.
    static func longitude(_ point: DemoPoint) -> Int { west + point.x * 100_000 / 71_204 }
    /// Latitude in millionths of a degree.
    static func latitude(_ point: DemoPoint) -> Int { south + point.y * 100_000 / 111_235 }
}

/// A whole number of units of the last place written as a decimal number: `fixed(-900000, places: 6)` is `-0.900000`.
func fixed(_ units: Int, places: Int) -> String {
    var digits = Array(String(units.magnitude).utf8)
    if digits.count <= places {
        digits.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: places + 1 - digits.count), at: 0)
    }
    digits.insert(UInt8(ascii: "."), at: digits.count - places)
    if units < 0 { digits.insert(UInt8(ascii: "-"), at: 0) }
    return String(decoding: digits, as: UTF8.self)
}
