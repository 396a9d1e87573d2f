public import Kernel

/// The shapes of a set of areas in WGS84 longitude and latitude, as read from one GeoJSON file.
public struct Boundaries: Sendable {
    /// One area.
    public struct Area: Sendable {
        /// Its code, such as `E01000001`; unique in the file.
        public let code: String
        /// Its name, or the code when the file has no names.
        public let name: String
        /// The text properties of the file, by their names there.
        public let properties: [String: String]
        /// The codes of the larger areas it belongs to, as far as the file tells them.
        public let parents: [AreaLevel: String]
        /// Its shape in longitude and latitude.
        public let shape: Shape

        /// An area.
        public init(
            code: String, name: String, properties: [String: String] = [:], parents: [AreaLevel: String] = [:],
            shape: Shape
        ) {
            self.code = code
            self.name = name
            self.properties = properties
            self.parents = parents
            self.shape = shape
        }
    }

    /// The areas, in the file's order.
    public let areas: [Area]
    /// What kind of areas they are.
    public let level: AreaLevel
    /// The property that the codes were taken from, empty when the areas were made otherwise.
    public let codeProperty: String
    /// Where they come from, for messages.
    public let source: String
    private let indices: [String: Int]

    /// Boundaries of these areas. Where two have the same code, the first is found by it.
    public init(_ areas: [Area], level: AreaLevel, codeProperty: String = "", source: String = "") {
        self.areas = areas
        self.level = level
        self.codeProperty = codeProperty
        self.source = source
        indices = Dictionary(areas.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many areas.
    public var count: Int { areas.count }
    /// The codes, in the areas' order.
    public var codes: [String] { areas.map(\.code) }
    /// The smallest box around all areas, in degrees.
    public var bounds: BoundingBox {
        areas.reduce(into: BoundingBox.empty) { $0.extend(over: $1.shape.bounds) }
    }

    /// The index of the area with this code, or nil.
    public func index(of code: String) -> Int? { indices[code] }
    /// The area with this code, or nil.
    public subscript(code: String) -> Area? { indices[code].map { areas[$0] } }

    /// Only the areas that pass a test, in the same order.
    public func filtered(_ isWanted: (Area) -> Bool) -> Boundaries {
        Boundaries(areas.filter(isWanted), level: level, codeProperty: codeProperty, source: source)
    }

    /// The areas of these codes, in the order of the codes.
    /// - Throws: a `Fault` that names codes without a boundary.
    public func ordered(by codes: [String]) throws(Fault) -> Boundaries {
        let missing = codes.filter { indices[$0] == nil }
        guard missing.isEmpty else {
            throw Fault(
                "Some areas have no boundary", at: source,
                because: "\(missing.count) of \(codes.count) codes are not in the file: \(listed(missing))",
                remedy: "Use boundaries of the same year as the records.")
        }
        let areas = codes.compactMap { self[$0] }
        return Boundaries(areas, level: level, codeProperty: codeProperty, source: source)
    }
}

/// The first few of a list, for messages: "a, b, c and 12 more".
func listed(_ items: [String], atMost limit: Int = 5) -> String {
    guard items.count > limit else { return items.joined(separator: ", ") }
    return items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more"
}
