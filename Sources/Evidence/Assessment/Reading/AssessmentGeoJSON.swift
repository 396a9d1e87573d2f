internal import Geography
internal import Graphics
public import Kernel

/// The areas of a table's map with their figures, for an interactive map.
public enum AssessmentGeoJSON {
    /// A map that a table has.
    public struct Layer: Hashable, Sendable {
        /// Its identifier, unique in the table ("ratePer1000-ward").
        public let id: String
        /// What it shows.
        public let title: String
        /// The limits between classes, ascending; a figure equal to a limit belongs to the class above it.
        public let breaks: [Double]
        /// What each class is called, from the lowest.
        public let labels: [String]
        /// What the figures are called, with their unit.
        public let measure: String
        /// The areas with their figures, the highest first, those without one last.
        public let areas: [Area]

        /// An area of a map.
        public struct Area: Hashable, Sendable {
            /// Its code.
            public let code: String
            /// Its name.
            public let name: String
            /// Its figure; nil where there is none.
            public let value: Double?
            /// The figure in words, "No figure" where there is none.
            public let text: String
            /// Whether it is outlined: a hotspot.
            public let isOutlined: Bool
        }
    }

    /// The maps that a table has.
    public static func layers(of table: String, in stored: StoredAssessment) -> [Layer] {
        guard let drawings = drawings(table, stored) else { return [] }
        return drawings.mapPlans().map { layer($0, drawings) }
    }

    /// The areas of a map as GeoJSON (RFC 7946): longitude and latitude in degrees (WGS84) to five decimals, about a
    /// metre, with the properties `code`, `name`, `value` (a number or null), `text` and `outlined`.
    /// - Throws: a `Fault` when the table has no such map, or coordinates cannot be converted.
    public static func layer(_ id: String, of table: String, in stored: StoredAssessment) throws(Fault) -> [UInt8] {
        guard let drawings = drawings(table, stored), let plan = drawings.mapPlans().first(where: { $0.id == id })
        else {
            throw Fault(
                "There is no such map", at: "\(table), \(id)", because: "the table has no map of that name",
                remedy: "Its maps are: \(layers(of: table, in: stored).map(\.id).joined(separator: ", ")).")
        }
        let layer = layer(plan, drawings)
        let figures = Dictionary(layer.areas.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let grid = try BritishNationalGrid()
        var writer = FeatureWriter(grid: grid)
        for shape in plan.map.shapes {
            if let area = figures[shape.code] { try writer.add(area, shape.rings) }
        }
        return writer.finish()
    }

    private static func drawings(_ id: String, _ stored: StoredAssessment) -> ReportDrawings? {
        guard let table = stored.assessment.table(id) else { return nil }
        let reading = TableReading(table: table, labels: stored.assessment.labels)
        return ReportDrawings(reading: reading, assessment: stored.assessment, maps: stored.maps)
    }

    static func layer(_ plan: MapPlan, _ drawings: ReportDrawings) -> Layer {
        let write = drawings.reading.writer(plan.column)
        let areas = drawings.areas(of: plan)
        let classes = ClassBreaks(quantiles: areas.compactMap(\.value).filter(\.isFinite))
        let listed = areas.map { area in
            let words = area.value.map(write) ?? "No figure"
            return Layer.Area(
                code: area.code, name: area.name, value: area.value,
                text: area.isOutlined ? "\(words), hotspot" : words, isOutlined: area.isOutlined)
        }
        return Layer(
            id: plan.id, title: plan.title, breaks: classes.limits, labels: classes.labels,
            measure: drawings.measure(plan.column),
            areas: listed.sorted {
                (-($0.value ?? -.infinity), $0.name, $0.code) < (-($1.value ?? -.infinity), $1.name, $1.code)
            })
    }
}
