internal import Glibc
public import Kernel

extension Boundaries {
    /// Reads a GeoJSON file; see `init(geoJSON:from:codeProperty:)`.
    public init(contentsOf path: String, codeProperty: String? = nil) throws(Fault) {
        try self.init(geoJSON: try bytes(ofFile: path), from: path, codeProperty: codeProperty)
    }

    /// Reads a GeoJSON FeatureCollection of polygons.
    ///
    /// Coordinates are WGS84 longitude and latitude, or British National Grid metres when the file declares
    /// EPSG:27700; those are converted (see `BritishNationalGrid` for the accuracy).
    /// - Parameters:
    ///   - bytes: the text, UTF-8.
    ///   - place: the file's name, for messages.
    ///   - codeProperty: the property that holds the codes. Nil: found by its name, the finest level first.
    /// - Throws: a `Fault` when the text is no such collection, is empty, has no or repeated codes, features without
    ///   polygons, or coordinates in an unknown system.
    public init(geoJSON bytes: [UInt8], from place: String, codeProperty: String? = nil) throws(Fault) {
        var result: Result<GeoJSONReader, Fault>?
        bytes.withUnsafeBufferPointer { buffer in
            result = Result { () throws(Fault) in try GeoJSONReader(buffer, from: place) }
        }
        guard let reader = try result?.get() else { throw BoundaryFault.empty(place) }
        guard let first = reader.features.first else { throw BoundaryFault.empty(place) }
        let columns = try Columns(of: first, asked: codeProperty, place: place)
        let isGrid = try BoundaryFault.isGrid(reader.system, place: place)
        let grid = isGrid ? try BritishNationalGrid() : nil
        var areas: [Area] = []
        areas.reserveCapacity(reader.features.count)
        for (i, feature) in reader.features.enumerated() {
            areas.append(try columns.area(feature, number: i + 1, place: place, grid: grid))
        }
        try Boundaries.checkUnique(areas, columns.code.key, place: place)
        self.init(areas, level: columns.code.level, codeProperty: columns.code.key, source: place)
    }

    private static func checkUnique(_ areas: [Area], _ key: String, place: String) throws(Fault) {
        var seen: [String: Int] = [:]
        for (i, area) in areas.enumerated() {
            if let earlier = seen.updateValue(i, forKey: area.code) {
                throw BoundaryFault.make(
                    "\(place), feature \(i + 1)",
                    "the code \(area.code) in \(key) already stands in feature \(earlier + 1)",
                    "Each area needs one feature: merge the two, or name the property that holds the area's own code.")
            }
        }
    }

    /// Which properties of a file hold what.
    private struct Columns {
        let code: BoundaryProperties.Candidate
        let name: String?
        let parents: [BoundaryProperties.Candidate]

        init(of feature: GeoJSONReader.Feature, asked: String?, place: String) throws(Fault) {
            let keys = feature.properties.map(\.key)
            let candidates = BoundaryProperties.candidates(in: feature.properties)
            if let asked, keys.contains(asked) {
                let value = feature.properties.first { $0.key == asked }?.value ?? ""
                let level = AreaLevel(ofCode: value) ?? .other
                code = candidates.first { $0.key == asked } ?? .init(key: asked, level: level, rank: 0)
            } else if asked == nil, let finest = candidates.first {
                code = finest
            } else {
                let there = keys.isEmpty ? "none" : listed(keys, atMost: 12)
                throw BoundaryFault.make(
                    "\(place), feature 1",
                    "there is no \(asked ?? "property that holds a code"); the text properties are: \(there)",
                    "Name the property that holds the area codes, or rename it to LSOA21CD, WD24CD, LAD24CD or code.")
            }
            name = BoundaryProperties.nameKey(for: code.key, among: keys)
            parents = candidates.filter { [own = code.rank] in $0.rank > own }
        }

        func area(
            _ feature: GeoJSONReader.Feature, number: Int, place: String, grid: BritishNationalGrid?
        ) throws(Fault) -> Area {
            let place = "\(place), feature \(number)"
            let properties = Dictionary(
                feature.properties.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
            guard let code = properties[code.key], !code.isEmpty else {
                throw BoundaryFault.make(
                    place, "it has no text in \(self.code.key)", "Give the feature a code or take it out of the file.")
            }
            guard let shape = feature.shape else { throw BoundaryFault.geometry(feature.geometryType, place) }
            let degrees = try grid.map { (grid) throws(Fault) in try grid.unproject(shape) } ?? shape
            try BoundaryFault.check(degrees, place)
            var above: [AreaLevel: String] = [:]
            for parent in parents where parent.level != .other && above[parent.level] == nil {
                above[parent.level] = properties[parent.key]
            }
            let name = name.flatMap { properties[$0] } ?? ""
            return Area(
                code: code, name: name.isEmpty ? code : name, properties: properties, parents: above, shape: degrees)
        }
    }
}

/// What can be wrong with a boundary file.
private enum BoundaryFault {
    static func make(_ place: String, _ why: String, _ remedy: String) -> Fault {
        Fault("The boundaries could not be read", at: place, because: why, remedy: remedy)
    }

    static func empty(_ place: String) -> Fault {
        make(place, "the file holds no features", "Export the boundaries again and check that areas were selected.")
    }

    static func geometry(_ type: String?, _ place: String) -> Fault {
        let isPolygon = type == "Polygon" || type == "MultiPolygon"
        let why: String =
            type.map { isPolygon ? "its \($0) has no coordinates" : "its geometry is a \($0), not a polygon" }
            ?? "it has no geometry"
        return make(place, why, "Areas need polygons: export boundaries, not points or lines.")
    }

    /// Whether the declared system is the National Grid; a fault when it is neither that nor WGS84.
    static func isGrid(_ system: String?, place: String) throws(Fault) -> Bool {
        guard let system else { return false }
        if system.hasSuffix("27700") { return true }
        if system.contains("CRS84") || system.hasSuffix("4326") || system.hasSuffix("4258") { return false }
        throw make(
            place, "the file declares the coordinate system \(system), which is not known here",
            "Export the boundaries in longitude and latitude (WGS84, EPSG:4326).")
    }

    static func check(_ shape: Shape, _ place: String) throws(Fault) {
        let box = shape.bounds
        if box.minX >= 49, box.maxX <= 61.5, box.minY >= -9, box.maxY <= 3 {
            throw make(
                place, "the coordinates look like latitude before longitude",
                "GeoJSON puts longitude first: exchange the two on export.")
        }
        if box.minX >= -180, box.maxX <= 180, box.minY >= -90, box.maxY <= 90 { return }
        let looksLikeGrid = box.minX >= -100_000 && box.maxX <= 800_000 && box.minY >= -100_000 && box.maxY <= 1_400_000
        let point = "\(shortest(box.minX)), \(shortest(box.minY))"
        if looksLikeGrid {
            throw make(
                place, "the coordinates (\(point)) look like British National Grid metres, not longitude and latitude",
                "Export in WGS84 (EPSG:4326), or declare the coordinate system EPSG:27700 in the file's \"crs\".")
        }
        throw make(
            place, "the coordinates (\(point)) are not longitude and latitude",
            "Export the boundaries in longitude and latitude (WGS84, EPSG:4326).")
    }
}

/// The whole content of a file.
private func bytes(ofFile path: String) throws(Fault) -> [UInt8] {
    func fault(_ why: String) -> Fault {
        BoundaryFault.make(path, why, "Check the file's name and that it may be read.")
    }
    guard let file = fopen(path, "rb") else { throw fault(String(cString: strerror(errno))) }
    defer { fclose(file) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        content.append(contentsOf: chunk.prefix(count))
        if count < chunk.count { break }
    }
    guard ferror(file) == 0 else { throw fault(String(cString: strerror(errno))) }
    return content
}
