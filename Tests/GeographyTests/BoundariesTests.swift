import Geography
import Kernel
import Testing

@Suite struct BoundariesTests {
    @Test("The finest level's code is the area's own, with its name and its parents") func finest() throws {
        let bytes = collection([
            feature(
                """
                "LAD22CD":"E09000001","LAD22NM":"City of London","LSOA21CD":"E01000001",\
                "LSOA21NM":"City of London 001A","MSOA21CD":"E02000001","OBJECTID":7,"note":null
                """)
        ])

        let boundaries = try Boundaries(geoJSON: bytes, from: "areas.geojson")

        #expect(boundaries.level == .lsoa2021)
        #expect(boundaries.codeProperty == "LSOA21CD")
        #expect(boundaries["E01000001"]?.name == "City of London 001A")
        #expect(boundaries["E01000001"]?.parents == [.borough: "E09000001"])
        #expect(boundaries["E01000001"]?.properties["MSOA21CD"] == "E02000001")
        #expect(boundaries.areas[0].shape.polygons[0].outer.count == 5)
    }

    @Test(
        "The code's property is found by its name",
        arguments: [
            ("\"LSOA11CD\":\"E01000001\",\"LSOA11NM\":\"N\"", AreaLevel.lsoa2011, "LSOA11CD", "N"),
            ("\"lsoa_code\":\"E01000001\",\"lsoa_name\":\"N\"", .lsoa, "lsoa_code", "N"),
            ("\"LSOA code (2021)\":\"E01000001\"", .lsoa2021, "LSOA code (2021)", "E01000001"),
            ("\"lsoa21\":\"E01000001\",\"name\":\"N\"", .lsoa2021, "lsoa21", "N"),
            ("\"WD24CD\":\"E05009288\",\"WD24NM\":\"N\",\"LAD24CD\":\"E09000001\"", .ward, "WD24CD", "N"),
            ("\"NAME\":\"N\",\"GSS_CODE\":\"E05009288\",\"LB_GSS_CD\":\"E09000001\"", .ward, "GSS_CODE", "N"),
            ("\"lad22cd\":\"E09000001\",\"lad22nm\":\"N\"", .borough, "lad22cd", "N"),
            ("\"code\":\"B12\",\"name\":\"N\"", .other, "code", "N"),
            ("\"code\":\"E01000001\",\"lad22cd\":\"E09000001\",\"name\":\"N\"", .lsoa, "code", "N"),
        ])
    func codeProperty(properties: String, level: AreaLevel, key: String, name: String) throws {
        let boundaries = try Boundaries(geoJSON: collection([feature(properties)]), from: "f")

        #expect(boundaries.level == level)
        #expect(boundaries.codeProperty == key)
        #expect(boundaries.areas[0].name == name)
    }

    @Test("Holes, several pieces, heights, escapes, exponents and members in any order are read") func forms() throws {
        let text = """
            \u{FEFF}{ "features": [ { "id": "X1", "geometry": { "coordinates": [
              [ [ [0,50,12.5], [3e0,50], [3,53], [0.0,53] ], [ [1,51],[1,52],[2,52],[2,51],[1,51] ] ],
              [ [ [5,50],[6,50],[6,51],[5.00000000000000000,51],[5,50] ] ] ], "type": "MultiPolygon" },
              "properties": { "code": "A\\u0026\\"B", "list": [1, {"a": "]"}], "name": "Caf\u{E9}" }, "type": "Feature" } ],
              "other": {"x": [true, null]}, "type": "FeatureCollection" }
            """

        let area = try Boundaries(geoJSON: Array(text.utf8), from: "f").areas[0]

        #expect(area.code == "A&\"B")
        #expect(area.name == "Caf\u{E9}")
        #expect(area.shape.polygons.count == 2)
        #expect(area.shape.polygons[0].outer.coordinates == [0, 50, 3, 50, 3, 53, 0, 53, 0, 50])
        #expect(area.shape.area == 9 - 1 + 1)
        #expect(area.properties["id"] == "X1")
    }

    @Test("Numbers are read exactly as the library reads them") func numbers() throws {
        var random = SeededRandom(seed: 7)
        var texts: [String] = ["-0.09729", "51.52157", "1e-3", "0.1", "-0.000010", "51.521570000000003", "12E0"]
        for _ in 0..<300 {
            let value = random.uniform() * 60 - 5
            texts.append(value.description)
            texts.append(((value * 1e6).rounded() / 1e6).description)
        }
        let points = texts.map { "[\($0),50]" }.joined(separator: ",")
        let text = """
            {"type":"Feature","properties":{"code":"a"},"geometry":{"type":"Polygon","coordinates":[[\(points)]]}}
            """

        let ring = try Boundaries(geoJSON: collection([text]), from: "f").areas[0].shape.polygons[0].outer

        for (i, text) in texts.enumerated() { #expect(ring[i].x == Double(text)) }
    }

    @Test(
        "A wrong file is refused with the place, the reason and what to do",
        arguments: [
            ("", "line 1", "too early"),
            ("lsoa,name\nE01,a\n", "f.geojson", "does not begin with an object"),
            ("{\"type\":\"Feature\",\"properties\":{}}", "f.geojson", "its type is \"Feature\""),
            ("{\"type\":\"FeatureCollection\",\"features\":[]}", "f.geojson", "no features"),
            ("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Fea", "line 1, column", "not closed"),
            ("{\"type\":\"FeatureCollection\",\n\"features\":[{]}", "line 2, column 14", "expected a name"),
            (
                "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"code\":\"a\"},\"geometry\":null}]}",
                "feature 1", "no geometry"
            ),
            (
                """
                {"type":"FeatureCollection","features":[{"properties":{"code":"a"},
                "geometry":{"type":"Point","coordinates":[0,51]}}]}
                """, "feature 1", "is a Point"
            ),
            (
                """
                {"type":"FeatureCollection","features":[{"properties":{"code":"a"},
                "geometry":{"type":"Polygon","coordinates":[[[0,51],[1,51],[0,51]]]}}]}
                """, "feature 1", "fewer than three"
            ),
            (
                """
                {"type":"FeatureCollection","features":[{"properties":{"code":"a"},
                "geometry":{"type":"Polygon","coordinates":[[[0,51],[1,],[0,51]]]}}]}
                """, "line 2", "expected a number"
            ),
        ])
    func refused(text: String, place: String, why: String) {
        let fault = faultOf { _ = try Boundaries(geoJSON: Array(text.utf8), from: "f.geojson") }

        #expect(fault?.place.contains(place) == true, "\(String(describing: fault))")
        #expect(fault?.why.contains(why) == true, "\(String(describing: fault))")
        #expect(fault?.remedy.isEmpty == false)
    }

    @Test("Cutting a file anywhere gives a fault and never a crash") func cut() {
        let whole = collection([feature("\"code\":\"a\""), feature("\"code\":\"b\",\"x\":[1,{\"y\":\"\\u00e9\"}]")])

        for length in 0..<whole.count {
            #expect(faultOf { _ = try Boundaries(geoJSON: Array(whole.prefix(length)), from: "f") } != nil)
        }
    }

    @Test("Features without codes, and codes that stand twice, are named") func codes() {
        let none = faultOf { _ = try Boundaries(geoJSON: collection([feature("\"colour\":\"red\"")]), from: "f") }
        let empty = faultOf {
            _ = try Boundaries(geoJSON: collection([feature("\"code\":\"a\""), feature("\"name\":\"b\"")]), from: "f")
        }
        let twice = faultOf {
            _ = try Boundaries(geoJSON: collection([feature("\"code\":\"a\""), feature("\"code\":\"a\"")]), from: "f")
        }

        #expect(none?.why.contains("colour") == true)
        #expect(empty?.place == "f, feature 2")
        #expect(twice?.place == "f, feature 2")
        #expect(twice?.why.contains("feature 1") == true)
    }

    @Test("Coordinates in another system are named; declared National Grid is converted") func system() throws {
        let grid = feature("\"code\":\"a\"", x: 530_000, y: 180_000, side: 1000)
        let declared = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::27700\"}},"
        let web = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::3857\"}},"

        let undeclared = faultOf { _ = try Boundaries(geoJSON: collection([grid]), from: "f") }
        let swapped = faultOf {
            _ = try Boundaries(geoJSON: collection([feature("\"code\":\"a\"", x: 51.5, y: -0.1)]), from: "f")
        }
        let unknown = faultOf { _ = try Boundaries(geoJSON: collection([grid], head: web), from: "f") }
        let converted = try Boundaries(geoJSON: collection([grid], head: declared), from: "f")

        #expect(undeclared?.why.contains("British National Grid") == true)
        #expect(swapped?.why.contains("latitude before longitude") == true)
        #expect(unknown?.why.contains("3857") == true)
        #expect(abs(converted.bounds.minX - -0.1285) < 0.01)
        #expect(abs(converted.bounds.minY - 51.503) < 0.01)
        #expect(abs(try converted.measures()[0].squareKilometres - 1) < 1e-6)
    }

    @Test("Areas can be put in the order of a list, and missing ones are named") func order() throws {
        let boundaries = squares([(0, 0), (1, 0), (2, 0)])

        #expect(try boundaries.ordered(by: ["C", "A"]).codes == ["C", "A"])
        #expect(faultOf { _ = try boundaries.ordered(by: ["A", "Z"]) }?.why.contains("Z") == true)
    }

    @Test("The London files are read as published", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func london() throws {
        let clock = ContinuousClock()
        var boundaries: Boundaries?
        let time = try clock.measure { boundaries = try Shared.boundaries("london_lsoa_2021_20m") }
        print("london_lsoa_2021_20m.geojson read in \(time)")
        let old = try Shared.boundaries("london_lsoa_2011_20m")
        let wards = try Shared.boundaries("london_ward_2024_generalised")
        let boroughs = try Shared.boundaries("london_borough_2024_ultrageneralised")

        #expect(boundaries?.count == 4994)
        #expect(boundaries?.areas.reduce(0) { $0 + $1.shape.rings.reduce(0) { $0 + $1.count } } == 164_621)
        #expect(boundaries?.areas.filter { $0.shape.polygons.count > 1 }.count == 38)
        #expect(boundaries?["E01000001"]?.parents[.borough] == "E09000001")
        #expect(old.count == 4835 && old.level == .lsoa2011)
        #expect(wards.count == 684 && wards.level == .ward && wards["E05009288"]?.name == "Aldersgate")
        #expect(boroughs.count == 33 && boroughs.level == .borough)
    }
}
