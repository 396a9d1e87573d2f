import Geography
import Kernel
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct GridTests {
    @Test("The worked example of Ordnance Survey's guide comes out to the centimetre") func guide() throws {
        // "A guide to coordinate systems in Great Britain", annexe C: 53°36'43.1653"N 1°39'51.9920"W.
        let grid = try BritishNationalGrid(.helmert)
        let latitude = 53 + 36.0 / 60 + 43.1653 / 3600
        let longitude = -(1 + 39.0 / 60 + 51.9920 / 3600)

        let point = try grid.project(longitude: longitude, latitude: latitude)

        #expect(abs(point.easting - 422_297.792) < 0.02)
        #expect(abs(point.northing - 412_878.741) < 0.02)
    }

    /// Ordnance Survey's test points for OSTN15: ETRS89 latitude and longitude, National Grid easting and northing.
    static let testPoints: [(String, Double, Double, Double, Double)] = [
        ("TP03", 50.43885825610, -4.10864563561, 250359.811, 62016.569),
        ("TP04", 50.57563665000, -1.29782277240, 449816.371, 75335.861),
        ("TP05", 50.93127937910, -1.45051433700, 438710.920, 114792.250),
        ("TP06", 51.40078220140, -3.55128349240, 292184.870, 168003.465),
        ("TP07", 51.37447025550, 1.44454730409, 639821.835, 169565.858),
        ("TP08", 51.42754743020, -2.54407618349, 362269.991, 169978.690),
        ("TP09", 51.48936564950, -0.11992557180, 530624.974, 178388.464),
        ("TP10", 51.85890896400, -4.30852476960, 241124.584, 220332.641),
        ("TP11", 51.89436637350, 0.89724327012, 599445.590, 225722.826),
        ("TP12", 52.25529381630, -2.15458614387, 389544.190, 261912.153),
        ("TP20", 53.80021519630, -1.66379168242, 422242.186, 433818.701),
        ("TP27", 55.92478265510, -3.29479219337, 319188.434, 670947.534),
    ]

    @Test("Ordnance Survey's test points lie within the stated accuracy") func points() throws {
        let methods: [BritishNationalGrid.Method?] = [.helmert, nil]
        for method in methods {
            let grid = try BritishNationalGrid(method)
            var worst = 0.0
            for (name, latitude, longitude, easting, northing) in GridTests.testPoints {
                let point = try grid.project(longitude: longitude, latitude: latitude)
                let error = hypot(point.easting - easting, point.northing - northing)
                worst = max(worst, error)
                #expect(error < grid.method.accuracy, "\(name)")
            }
            print("\(grid.method.rawValue): worst of \(GridTests.testPoints.count) test points \(worst) m")
        }
    }

    @Test("There and back is the same point to 2 mm") func roundTrip() throws {
        let grid = try BritishNationalGrid()
        var random = SeededRandom(seed: 11)
        var degrees: [Double] = []
        for _ in 0..<2000 { degrees += [random.uniform() * 8 - 6, 50 + random.uniform() * 9] }
        var moved = degrees

        try grid.project(&moved)
        let first = try grid.project(longitude: degrees[0], latitude: degrees[1])
        #expect(moved[0] == first.easting && moved[1] == first.northing)
        try grid.unproject(&moved)

        for (a, b) in zip(degrees, moved) { #expect(abs(a - b) < 2e-8) }
    }

    @Test("Points that cannot be projected are refused") func refused() throws {
        let grid = try BritishNationalGrid()

        #expect(faultOf { _ = try grid.project(longitude: .nan, latitude: 51) } != nil)
        #expect(faultOf { _ = try grid.project(longitude: 0, latitude: .infinity) } != nil)
        var none: [Double] = []
        try grid.project(&none)
        #expect(none.isEmpty)
    }

    @Test("The ONS label points agree within 5 m", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func labels() throws {
        // The ward and borough files hold both LONG, LAT and BNG_E, BNG_N as the ONS made them.
        let grid = try BritishNationalGrid(.helmert)
        var worst = 0.0
        var count = 0
        for name in ["london_ward_2024_generalised", "london_borough_2024_ultrageneralised"] {
            let path = "\(Shared.root)/data/geo/\(name).geojson"
            let json = try JSON(parsing: readBytes(path), from: path)
            guard case .array(let features) = json["features"] else { continue }
            for properties in features.compactMap({ $0["properties"] }) {
                guard let long = properties["LONG"]?.double, let lat = properties["LAT"]?.double,
                    let e = properties["BNG_E"]?.double, let n = properties["BNG_N"]?.double
                else { continue }
                let point = try grid.project(longitude: long, latitude: lat)
                worst = max(worst, hypot(point.easting - e, point.northing - n))
                count += 1
            }
        }
        print("\(count) ONS label points: worst difference \(worst) m")

        #expect(count == 717)
        #expect(worst < 5)
    }
}

extension JSON {
    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}

func readBytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk.prefix(count) }
    return bytes
}
