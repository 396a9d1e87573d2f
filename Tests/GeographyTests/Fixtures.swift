import Geography
import Kernel

#if canImport(Glibc)
    import Glibc
#endif

/// The folder of published data beside the repository, when it is there.
enum Shared {
    static let root: String = {
        if let path = getenv("CONCORD_SHARED") { return String(cString: path) }
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/") + "/../shared"
    }()

    static var isThere: Bool { access(root + "/data/geo/london_lsoa_2021_20m.geojson", R_OK) == 0 }
    static let comment = "the shared data folder is not beside the repository"

    /// The lines of a file, gunzipped by the system's `gzip` when its name ends in `.gz`, in fields.
    static func rows(_ path: String) -> [[String]] {
        let full = "\(root)/\(path)"
        guard let pipe = popen(path.hasSuffix(".gz") ? "gzip -dc '\(full)'" : "cat '\(full)'", "r") else { return [] }
        defer { pclose(pipe) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { content += chunk.prefix(count) }
        return content.split(separator: 0x0A).map(fields)
    }

    /// The fields of a line; quotes keep a comma from dividing.
    private static func fields(_ line: ArraySlice<UInt8>) -> [String] {
        var fields: [[UInt8]] = [[]]
        var isQuoted = false
        for byte in line where byte != 0x0D {
            switch byte {
            case 0x22: isQuoted.toggle()
            case 0x2C where !isQuoted: fields.append([])
            default: fields[fields.count - 1].append(byte)
            }
        }
        return fields.map { String(decoding: $0, as: UTF8.self) }
    }

    static func boundaries(_ name: String) throws -> Boundaries {
        try Boundaries(contentsOf: "\(root)/data/geo/\(name).geojson")
    }
}

/// A square with its lower left corner at x, y.
func square(_ x: Double, _ y: Double, side: Double = 1) -> Ring {
    Ring([x, y, x + side, y, x + side, y + side, x, y + side, x, y])
}

/// Boundaries of squares A, B, … of 0.01 degrees near London, by their column and row.
func squares(_ places: [(Int, Int)]) -> Boundaries {
    let areas = places.enumerated().map { i, place in
        let ring = square(Double(place.0) / 100, 51.5 + Double(place.1) / 100, side: 0.01)
        let exact = ring.coordinates.map { ($0 * 100).rounded() / 100 }
        let code = String(UnicodeScalar(UInt8(65 + i)))
        return Boundaries.Area(code: code, name: "Square \(code)", shape: Shape([.init(outer: Ring(exact))]))
    }
    return Boundaries(areas, level: .other)
}

/// A FeatureCollection of one-line features.
func collection(_ features: [String], head: String = "") -> [UInt8] {
    Array("{\"type\":\"FeatureCollection\",\(head)\"features\":[\(features.joined(separator: ","))]}".utf8)
}

/// A square feature with these properties.
func feature(_ properties: String, x: Double = -0.1, y: Double = 51.5, side: Double = 0.01) -> String {
    let ring = square(x, y, side: side)
    let points = (0..<ring.count).map { "[\(ring[$0].x),\(ring[$0].y)]" }.joined(separator: ",")
    return """
        {"type":"Feature","properties":{\(properties)},"geometry":{"type":"Polygon","coordinates":[[\(points)]]}}
        """
}

/// The fault that a body throws.
func faultOf(_ body: () throws -> Void) -> Fault? {
    do {
        try body()
        return nil
    } catch {
        return error as? Fault
    }
}

/// Whether a point lies inside by counting crossings of a ray to the east, the way that needs no library.
func rayCast(_ shape: Shape, _ x: Double, _ y: Double) -> Bool {
    var isInside = false
    for ring in shape.rings {
        for i in 1..<ring.count {
            let (a, b) = (ring[i - 1], ring[i])
            if (a.y > y) != (b.y > y), x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x { isInside.toggle() }
        }
    }
    return isInside
}
