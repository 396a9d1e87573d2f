import Geography
import Kernel
import Testing

@testable import Assessment

@Suite("Layers of maps")
struct AssessmentGeoJSONTests {
    private func features(_ bytes: [UInt8]) throws -> [JSON] {
        guard case .array(let features)? = try JSON(parsing: bytes, from: "layer")["features"] else { return [] }
        return features
    }

    /// The rings of a polygon or of several.
    private func rings(_ feature: JSON) -> [[[Double]]] {
        feature["geometry"]?["coordinates"].map(rings(within:)) ?? []
    }

    private func rings(within json: JSON) -> [[[Double]]] {
        guard case .array(let items) = json else { return [] }
        let points = items.compactMap(point)
        return points.count == items.count ? [points] : items.flatMap(rings(within:))
    }

    private func point(_ json: JSON) -> [Double]? {
        guard case .array(let pair) = json, pair.count == 2 else { return nil }
        let numbers = pair.compactMap { part -> Double? in
            switch part {
            case .number(let number): number
            case .integer(let number): Double(number)
            default: nil
            }
        }
        return numbers.count == 2 ? numbers : nil
    }

    @Test("Every map of the demo has a layer with all its areas, where the boundaries have them")
    func demo() throws {
        let demo = try DemoGround.shared()
        var layers = 0
        for table in demo.assessment.tables {
            for layer in AssessmentGeoJSON.layers(of: table.id, in: demo.stored) {
                layers += 1
                let bytes = try AssessmentGeoJSON.layer(layer.id, of: table.id, in: demo.stored)
                let features = try features(bytes)
                #expect(features.count == layer.areas.count)
                #expect(layer.labels.count == layer.breaks.count + 1)
                let codes = features.compactMap {
                    if case .string(let code)? = $0["properties"]?["code"] { code } else { nil }
                }
                #expect(Set(codes) == Set(layer.areas.map(\.code)))
                let isFirst = ["ratePer1000-ward", "count-lsoa"].contains(layer.id) && table.id == table.kind
                if isFirst, table.id != "B3.overlap" { try check(features, table, demo.boundaries) }
            }
        }
        #expect(layers > 5)
    }

    /// Rings are closed, figures are the table's, and every corner is one of the boundaries as they were given.
    private func check(_ features: [JSON], _ table: AssessmentTable, _ boundaries: JSON) throws {
        guard case .array(let given)? = boundaries["features"] else { return }
        var corners: Set<String> = []
        for corner in given.flatMap({ rings($0) }).joined() { corners.formUnion(AssessmentGeoJSONTests.near(corner)) }
        let code = try #require(table.column("code"))
        for feature in features {
            let rings = rings(feature)
            #expect(!rings.isEmpty)
            for ring in rings {
                #expect(ring.count >= 4)
                #expect(ring.first == ring.last)
                let strange = ring.filter { corners.isDisjoint(with: AssessmentGeoJSONTests.near($0)) }
                #expect(strange.isEmpty)
            }
            guard case .string(let own)? = feature["properties"]?["code"] else { continue }
            let row = try #require(table.rows.first { $0[code] == .text(own) })
            let column = try #require(table.column(table.id == "B3.wards" ? "ratePer1000" : "count"))
            let value: Double? =
                switch feature["properties"]?["value"] {
                case .number(let value)?: value
                case .integer(let value)?: Double(value)
                default: nil
                }
            #expect(row[column].asNumber == value)
        }
    }

    /// The places of a grid of about ten metres around a point, so that points nearer than that share one.
    private static func near(_ point: [Double]) -> [String] {
        let (x, y) = (Int((point[0] * 10_000).rounded()), Int((point[1] * 10_000).rounded()))
        return [-1, 0, 1].flatMap { dx in [-1, 0, 1].map { "\(x + dx) \(y + $0)" } }
    }

    @Test("Borders run counterclockwise, holes clockwise, islands in holes are their own")
    func polygons() throws {
        func square(_ x: Double, _ size: Double, clockwise: Bool) -> [(x: Double, y: Double)] {
            let (a, b) = (530_000 + x, 170_000 + x)
            let ring = [(a, b), (a + size, b), (a + size, b + size), (a, b + size), (a, b)].map { (x: $0.0, y: $0.1) }
            return clockwise ? ring.reversed() : ring
        }
        let rings = [
            square(20, 60, clockwise: false), square(0, 100, clockwise: true), square(40, 20, clockwise: true),
            square(200, 10, clockwise: true),
        ]
        let polygons = FeatureWriter.polygons(rings)
        #expect(polygons.map(\.count).sorted() == [1, 1, 2])

        var writer = FeatureWriter(grid: try BritishNationalGrid())
        try writer.add(.init(code: "c", name: "n", value: nil, text: "", isOutlined: false), rings)
        let feature = try #require(try features(writer.finish()).first)
        guard case .array(let written)? = feature["geometry"]?["coordinates"] else { return }
        for polygon in written {
            guard case .array(let parts) = polygon else { continue }
            for (number, _) in parts.enumerated() {
                let ring = self.rings(
                    .members(("geometry", .members(("coordinates", .array([.array([parts[number]])]))))))[0]
                let area = zip(ring, ring.dropFirst()).reduce(0) { $0 + ($1.0[0] * $1.1[1] - $1.1[0] * $1.0[1]) }
                #expect((area > 0) == (number == 0))
            }
        }
        #expect(feature["properties"]?["value"] == .null)
    }

    @Test("A layer that is not there is a fault that names those that are")
    func absent() throws {
        let stored = try DemoGround.shared().stored
        let fault = #expect(throws: Fault.self) { try AssessmentGeoJSON.layer("x", of: "B3.wards", in: stored) }
        #expect(fault?.description.contains("ratePer1000-ward") == true)
        #expect(throws: Fault.self) { try AssessmentGeoJSON.layer("x", of: "B9", in: stored) }
    }
}
