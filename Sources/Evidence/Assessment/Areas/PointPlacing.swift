internal import Geography
internal import Kernel
internal import Records

/// Gives records of a source that publishes points but no LSOA the LSOA in which their point lies. A source that gives
/// LSOAs keeps its own: anonymised points lie on borders, and an LSOA computed from them would often be another.
enum PointPlacing {
    static func place(_ table: inout RecordTable, in boundaries: Boundaries) throws(Fault) {
        guard table.lsoa.isEmpty, !table.longitude.isEmpty, boundaries.level.isLSOA else { return }
        let locator = try PointLocator(boundaries)
        var known: [Point: Int32] = [:]
        var placed = 0
        var outside = 0
        table.lsoas = boundaries.codes
        table.lsoaNames = boundaries.areas.map(\.name)
        table.lsoa = (0..<table.rowCount).map { row in
            let point = Point(longitude: table.longitude[row], latitude: table.latitude[row])
            guard !point.longitude.isNaN, !point.latitude.isNaN else { return -1 }
            let code: Int32
            if let found = known[point] {
                code = found
            } else {
                code = Int32(locator.locate(longitude: point.longitude, latitude: point.latitude) ?? -1)
                known[point] = code
            }
            if code >= 0 { placed += 1 } else { outside += 1 }
            return code
        }
        table.notes.append(
            "The source gives points and no areas: \(placed) records were given the LSOA in which their point lies; "
                + "\(outside) points lie outside the boundaries. Points are approximate, so small areas are too.")
    }

    private struct Point: Hashable {
        let longitude: Double
        let latitude: Double
    }
}
