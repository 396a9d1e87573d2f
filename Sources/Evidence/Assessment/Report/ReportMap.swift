/// The shapes of the areas of one level, to be shaded in a report.
public struct ReportMap: Sendable {
    /// An area: its code, its name, and its rings (outer and inner alike) in metres east and north.
    public typealias Shape = (code: String, name: String, rings: [[(x: Double, y: Double)]])

    /// Identifier, unique in the report; letters, digits, "-" and ".".
    public var id: String
    /// What the map shows ("Wards of Sutton").
    public var title: String
    /// What the areas are called, in the plural ("wards").
    public var level: String
    /// The areas.
    public var shapes: [Shape]

    /// The shapes of one level.
    public init(id: String, title: String, level: String, shapes: [Shape]) {
        self.id = id
        self.title = title
        self.level = level
        self.shapes = shapes
    }
}
