internal import Geography
internal import Kernel

/// Writes areas as a GeoJSON FeatureCollection.
struct FeatureWriter {
    private let grid: BritishNationalGrid
    private var bytes: [UInt8] = Array("{\"type\":\"FeatureCollection\",\"features\":[".utf8)
    private var isFirst = true

    init(grid: BritishNationalGrid) { self.grid = grid }

    /// Adds an area.
    /// - Parameter rings: outer borders and holes in metres of the National Grid, even-odd.
    mutating func add(_ area: AssessmentGeoJSON.Layer.Area, _ rings: [[(x: Double, y: Double)]]) throws(Fault) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes += Array("{\"type\":\"Feature\",\"properties\":".utf8)
        bytes += JSON.members(
            ("code", .string(area.code)), ("name", .string(area.name)), ("value", area.value.map(JSON.number) ?? .null),
            ("text", .string(area.text)), ("outlined", .bool(area.isOutlined))
        ).encoded(indented: false)
        bytes += Array(",\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[".utf8)
        let polygons = FeatureWriter.polygons(rings.filter { $0.count > 3 })
        for (position, polygon) in polygons.enumerated() {
            bytes += Array(position > 0 ? ",[".utf8 : "[".utf8)
            for (number, ring) in polygon.enumerated() {
                if number > 0 { bytes.append(UInt8(ascii: ",")) }
                try write(ring, isOuter: number == 0)
            }
            bytes.append(UInt8(ascii: "]"))
        }
        bytes += Array("]}}".utf8)
    }

    /// The text, UTF-8.
    mutating func finish() -> [UInt8] {
        bytes += Array("]}".utf8)
        return bytes
    }

    /// Outer borders run counterclockwise and holes clockwise (RFC 7946, 3.1.6).
    private mutating func write(_ ring: [(x: Double, y: Double)], isOuter: Bool) throws(Fault) {
        let turned = (FeatureWriter.area(ring) > 0) == isOuter ? ring : ring.reversed()
        var coordinates = turned.flatMap { [$0.x, $0.y] }
        try grid.unproject(&coordinates)
        bytes.append(UInt8(ascii: "["))
        for i in stride(from: 0, to: coordinates.count, by: 2) {
            bytes += Array("\(i > 0 ? "," : "")[\(FeatureWriter.short(coordinates[i])),".utf8)
            bytes += Array("\(FeatureWriter.short(coordinates[i + 1]))]".utf8)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// To five decimals.
    private static func short(_ degrees: Double) -> String { shortest((degrees * 100_000).rounded() / 100_000) }

    /// Twice the area, positive when the ring runs counterclockwise.
    private static func area(_ ring: [(x: Double, y: Double)]) -> Double {
        zip(ring, ring.dropFirst()).reduce(0) { $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) }
    }

    /// Rings as polygons: a ring within an odd number of others is a hole of the smallest that holds it.
    static func polygons(_ rings: [[(x: Double, y: Double)]]) -> [[[(x: Double, y: Double)]]] {
        guard rings.count > 1 else { return rings.map { [$0] } }
        let around = rings.indices.map { inner in
            rings.indices.filter { $0 != inner && holds(rings[$0], rings[inner]) }
        }
        var polygons: [Int: [[(x: Double, y: Double)]]] = [:]
        for ring in rings.indices where around[ring].count % 2 == 0 { polygons[ring] = [rings[ring]] }
        for ring in rings.indices where around[ring].count % 2 == 1 {
            let owner = around[ring].filter { polygons[$0] != nil }
                .min { abs(area(rings[$0])) < abs(area(rings[$1])) }
            if let owner { polygons[owner]?.append(rings[ring]) }
        }
        return polygons.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Whether a ring holds another: most of the other's points lie within it, as rings may touch in points.
    private static func holds(_ outer: [(x: Double, y: Double)], _ inner: [(x: Double, y: Double)]) -> Bool {
        guard abs(area(outer)) > abs(area(inner)) else { return false }
        let points = inner.dropLast()
        return points.count(where: { contains(outer, $0) }) * 2 > points.count
    }

    private static func contains(_ ring: [(x: Double, y: Double)], _ point: (x: Double, y: Double)) -> Bool {
        var isInside = false
        for (a, b) in zip(ring, ring.dropFirst()) where (a.y > point.y) != (b.y > point.y) {
            if point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x { isInside.toggle() }
        }
        return isInside
    }
}
