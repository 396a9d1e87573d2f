internal import Kernel

/// Writes the borough's boundaries and look-up.
enum DemoMapFiles {
    static func write(_ borough: DemoAreas, to directory: String) throws(Fault) {
        try DemoFile.write(geoJSON(borough).encoded(), to: "lsoa.geojson", in: directory)
        let lookup = try DemoFile(
            "lookup.csv", in: directory,
            header: ["LSOA21CD", "LSOA21NM", "WD24CD", "WD24NM", "LAD24CD", "LAD24NM"])
        for area in borough.areas {
            try lookup.row([
                area.code, area.name, DemoAreas.wardCode(area.ward), borough.wardNames[area.ward],
                DemoAreas.boroughCode, borough.boroughName,
            ])
        }
        try lookup.close()
    }

    private static func geoJSON(_ borough: DemoAreas) -> JSON {
        .members(
            ("type", .string("FeatureCollection")), ("name", .string("\(borough.boroughName): invented areas")),
            ("features", .array(borough.areas.map { feature($0, borough) })))
    }

    private static func feature(_ area: DemoArea, _ borough: DemoAreas) -> JSON {
        var ring = borough.grid.ring(area.block)
        if let first = ring.first { ring.append(first) }
        let positions = ring.map { corner in
            JSON.array([
                .number(Double(DemoPlane.longitude(corner)) / 1_000_000),
                .number(Double(DemoPlane.latitude(corner)) / 1_000_000),
            ])
        }
        return .members(
            ("type", .string("Feature")),
            (
                "properties",
                .members(
                    ("LSOA21CD", .string(area.code)), ("LSOA21NM", .string(area.name)),
                    ("WD24CD", .string(DemoAreas.wardCode(area.ward))),
                    ("WD24NM", .string(borough.wardNames[area.ward])),
                    ("LAD24CD", .string(DemoAreas.boroughCode)), ("LAD24NM", .string(borough.boroughName)))
            ),
            (
                "geometry",
                .members(("type", .string("Polygon")), ("coordinates", .array([.array(positions)])))
            ))
    }
}
