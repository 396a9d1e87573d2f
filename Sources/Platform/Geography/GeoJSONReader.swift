internal import Kernel

/// Reads a GeoJSON FeatureCollection (RFC 7946) of polygons straight into flat coordinates.
///
/// A tree of JSON values would cost a hundred bytes for every coordinate; this reader walks the text once, reads
/// numbers without making texts of them and skips what it does not need.
struct GeoJSONReader {
    /// One feature as it stands in the file.
    struct Feature {
        /// Its text properties in the file's order.
        var properties: [(key: String, value: String)] = []
        /// Its shape, or nil when it has none that is a polygon.
        var shape: Shape?
        /// What the file calls its geometry, or nil when it has none.
        var geometryType: String?
    }

    var text: JSONCursor
    /// The features read so far.
    var features: [Feature] = []
    /// The value of the collection's `type`.
    var type: String?
    /// The name of the coordinate reference system that the file declares (GeoJSON 2008).
    var system: String?
    private var hasFeatures = false

    /// Reads the whole text.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from place: String) throws(Fault) {
        text = JSONCursor(bytes, place: place)
        guard try text.take("{") else { throw notCollection("it does not begin with an object in braces") }
        try members { (reader, name) throws(Fault) in try reader.member(name) }
        guard text.isAtEnd else { throw text.fault("there is text after the end of the JSON value") }
        guard type == "FeatureCollection", hasFeatures else {
            throw notCollection(type.map { "its type is \"\($0)\"" } ?? "it has no \"type\"")
        }
    }

    private func notCollection(_ why: String) -> Fault {
        Fault(
            "The boundaries could not be read", at: text.place,
            because: "the file is not a GeoJSON FeatureCollection: \(why)",
            remedy: "Export the boundaries as GeoJSON with one feature for each area.")
    }

    /// Walks the members of the object whose brace was taken.
    private mutating func members(
        _ read: (inout GeoJSONReader, String) throws(Fault) -> Void
    ) throws(Fault) {
        if try text.take("}") { return }
        repeat {
            let name = try text.string()
            try text.expect(":", "a colon after \"\(name)\"")
            try read(&self, name)
        } while try text.take(",")
        try text.expect("}", "a comma or } in the object")
    }

    private mutating func member(_ name: String) throws(Fault) {
        switch name {
        case "type": type = try text.stringOrSkip()
        case "crs": try declaredSystem()
        case "features":
            hasFeatures = true
            try text.expect("[", "the list of features")
            if try text.take("]") { return }
            repeat { try feature() } while try text.take(",")
            try text.expect("]", "a comma or ] after a feature")
        default: try text.skipValue()
        }
    }

    private mutating func declaredSystem() throws(Fault) {
        guard try text.take("{") else { return try text.skipValue() }
        try members { (reader, name) throws(Fault) in
            guard name == "properties", try reader.text.take("{") else { return try reader.text.skipValue() }
            try reader.members { (reader, name) throws(Fault) in
                let value = try reader.text.stringOrSkip()
                if name == "name" { reader.system = value }
            }
        }
    }

    private mutating func feature() throws(Fault) {
        features.append(Feature())
        var identifier: String?
        try text.expect("{", "a feature")
        try members { (reader, name) throws(Fault) in
            switch name {
            case "properties": try reader.properties()
            case "geometry": try reader.geometry()
            case "id": identifier = try reader.text.stringOrSkip()
            default: try reader.text.skipValue()
            }
        }
        if let identifier { add("id", identifier) }
    }

    private mutating func add(_ key: String, _ value: String) {
        features[features.count - 1].properties.append((key, value))
    }

    private mutating func properties() throws(Fault) {
        guard try text.take("{") else { return try text.skipValue() }
        try members { (reader, name) throws(Fault) in
            if let value = try reader.text.stringOrSkip() { reader.add(name, value) }
        }
    }

    private mutating func geometry() throws(Fault) {
        guard try text.take("{") else { return try text.skipValue() }
        var shape: Shape?
        var type: String?
        try members { (reader, name) throws(Fault) in
            switch name {
            case "type": type = try reader.text.stringOrSkip()
            case "coordinates": shape = try reader.coordinates()
            default: try reader.text.skipValue()
            }
        }
        features[features.count - 1].geometryType = type
        if type == "Polygon" || type == "MultiPolygon" { features[features.count - 1].shape = shape }
    }

    /// The coordinates of a polygon (three brackets deep) or several (four), or nil for any other geometry.
    private mutating func coordinates() throws(Fault) -> Shape? {
        switch text.bracketDepth {
        case 3: return Shape([try polygon()])
        case 4:
            var polygons: [Shape.Polygon] = []
            try text.expect("[", "a list of polygons")
            repeat { polygons.append(try polygon()) } while try text.take(",")
            try text.expect("]", "a comma or ] after a polygon")
            return Shape(polygons)
        default:
            try text.skipValue()
            return nil
        }
    }

    private mutating func polygon() throws(Fault) -> Shape.Polygon {
        try text.expect("[", "a polygon")
        let outer = try ring()
        var holes: [Ring] = []
        while try text.take(",") { holes.append(try ring()) }
        try text.expect("]", "a comma or ] after a ring")
        return Shape.Polygon(outer: outer, holes: holes)
    }

    private mutating func ring() throws(Fault) -> Ring {
        var ring = Ring(try text.positions())
        if ring.count > 1, ring[0] != ring[ring.count - 1] {
            ring.coordinates += ring.coordinates.prefix(2)
        }
        guard ring.count >= 4 else {
            throw Fault(
                "The boundaries could not be read", at: "\(text.place), feature \(features.count)",
                because: "a ring has fewer than three different points",
                remedy: "Repair the geometry in a mapping program and export it again.")
        }
        return ring
    }
}
