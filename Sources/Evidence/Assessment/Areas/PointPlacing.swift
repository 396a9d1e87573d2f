internal import Geography
internal import Kernel
internal import Records

/// Gives records that have a point but no LSOA the LSOA in which their point lies. An LSOA given by the source is kept:
/// anonymised points lie on borders, and an LSOA computed from them would often be another.
enum PointPlacing {
    static func place(_ table: inout RecordTable, in boundaries: Boundaries) throws(Fault) {
        guard !table.longitude.isEmpty, boundaries.level.isLSOA else { return }
        if table.lsoa.isEmpty { table.lsoa = [Int32](repeating: -1, count: table.rowCount) }
        let rows = table.lsoa.indices.filter { table.lsoa[$0] < 0 && !table.longitude[$0].isNaN }
        guard !rows.isEmpty else { return }
        let locator = try PointLocator(boundaries)
        var codes = Codes(table, boundaries)
        var known: [Point: Int32] = [:]
        var outside = 0
        for row in rows {
            let point = Point(longitude: table.longitude[row], latitude: table.latitude[row])
            if known[point] == nil {
                let area = locator.locate(longitude: point.longitude, latitude: point.latitude)
                known[point] = area.map { codes.code(of: $0) } ?? -1
            }
            let code = known[point] ?? -1
            table.lsoa[row] = code
            if code < 0 { outside += 1 }
        }
        table.lsoas = codes.lsoas
        table.lsoaNames = codes.names
        table.notes.append(
            "\(rows.count - outside) records came with a point and no area, and were given the LSOA in which their point "
                + "lies; \(outside) more points lie outside the boundaries. Where points are approximate, so are small "
                + "areas.")
    }

    /// The table's LSOA codes, to which those of boundaries are added as they are needed.
    private struct Codes {
        private(set) var lsoas: [String]
        private(set) var names: [String]
        private var position: [String: Int32] = [:]
        private let boundaries: Boundaries

        init(_ table: RecordTable, _ boundaries: Boundaries) {
            lsoas = table.lsoas
            names = table.lsoaNames
            self.boundaries = boundaries
            for (code, lsoa) in lsoas.enumerated() { position[lsoa] = Int32(code) }
        }

        mutating func code(of area: Int) -> Int32 {
            let lsoa = boundaries.areas[area].code
            if let known = position[lsoa] { return known }
            lsoas.append(lsoa)
            names.append(boundaries.areas[area].name)
            position[lsoa] = Int32(lsoas.count - 1)
            return Int32(lsoas.count - 1)
        }
    }

    private struct Point: Hashable {
        let longitude: Double
        let latitude: Double
    }
}
