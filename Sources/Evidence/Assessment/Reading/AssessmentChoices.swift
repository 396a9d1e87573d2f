public import Kernel

/// What can be chosen in an assessment: the areas, groups and months that its tables hold.
public struct AssessmentChoices: Hashable, Sendable {
    /// A choice.
    public struct Choice: Hashable, Sendable {
        /// Its value in a filter.
        public let value: String
        /// Its name for people.
        public let title: String
    }

    /// Wards, by name.
    public let wards: [Choice]
    /// Small areas, by name.
    public let smallAreas: [Choice]
    /// Categories of incidents, by name.
    public let categories: [Choice]
    /// Offence groups, by name.
    public let groups: [Choice]
    /// Months with figures, in order.
    public let months: [Month]

    /// The choices of an assessment.
    public init(_ assessment: StrategicAssessment) {
        wards = AssessmentChoices.areas(assessment, "B3.wards")
        smallAreas = AssessmentChoices.areas(assessment, "B3.lsoas")
        let readings = assessment.tables.map { TableReading(table: $0, labels: assessment.labels) }
        var categories: Set<String> = []
        var groups: Set<String> = []
        var months: Set<Month> = []
        for reading in readings where !reading.table.id.hasPrefix("A2") {
            let table = reading.table
            let suffix = table.id.dropFirst(table.kind.count).drop { $0 == "." }
            if table.kind == "B3.hotspots", !suffix.isEmpty { groups.insert(String(suffix)) }
            for row in reading.parts {
                let category = reading.key(row, "category")
                if !category.isEmpty { categories.insert(category) }
                let listed = reading.key(row, "groups").replacing("; ", with: ";").split(separator: ";")
                groups.formUnion(listed.map(String.init))
                if let month = Month(reading.key(row, "month")) { months.insert(month) }
            }
        }
        func choices(_ values: Set<String>) -> [Choice] {
            values.map { Choice(value: $0, title: assessment.groupTitle($0)) }
                .sorted { ($0.title.lowercased(), $0.value) < ($1.title.lowercased(), $1.value) }
        }
        self.categories = choices(categories)
        self.groups = choices(groups.subtracting(categories))
        self.months = months.sorted()
    }

    private static func areas(_ assessment: StrategicAssessment, _ kind: String) -> [Choice] {
        var names: [String: String] = [:]
        for table in assessment.tables where table.kind == kind {
            let reading = TableReading(table: table, labels: [:])
            for row in table.rows { names[reading.key(row, "code")] = reading.key(row, "name") }
        }
        return names.map { Choice(value: $0.key, title: $0.value.isEmpty ? $0.key : $0.value) }
            .sorted { ($0.title, $0.value) < ($1.title, $1.value) }
    }
}

extension StrategicAssessment {
    /// The name of a category or group for people.
    func groupTitle(_ group: String) -> String { labels[group] ?? group }

    /// The name of a ward or small area; its code where it has none here.
    func areaTitle(_ code: String) -> String {
        for table in tables where table.kind == "B3.wards" || table.kind == "B3.lsoas" {
            let reading = TableReading(table: table, labels: [:])
            if let row = table.rows.first(where: { reading.key($0, "code") == code }) {
                return reading.key(row, "name")
            }
        }
        return code
    }

    /// An area and, of a ward, the small areas in it.
    func codes(within area: String) -> Set<String> {
        var codes: Set<String> = [area]
        let isWard = tables.contains { table in
            table.kind == "B3.wards" && table.rows.contains { $0.first?.asText == area }
        }
        guard isWard else { return codes }
        let name = areaTitle(area)
        for table in tables where table.kind == "B3.lsoas" {
            let reading = TableReading(table: table, labels: [:])
            for row in table.rows where reading.key(row, "ward") == name { codes.insert(reading.key(row, "code")) }
        }
        return codes
    }
}
