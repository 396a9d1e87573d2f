internal import Graphics

/// A map of a table: which areas, shaded by which column, outlined where.
struct MapPlan {
    let map: ReportMap
    let title: String
    let column: String
    /// The figure of areas that are not in the table.
    var otherwise: Double?
    var isOutlined: ([AssessmentTable.Cell]) -> Bool = { _ in false }
    let value: ([AssessmentTable.Cell]) -> Double?

    /// Identifier, unique in the table.
    var id: String { "\(column)-\(map.id)" }
}

extension ReportDrawings {
    /// The maps of the table, in order.
    func mapPlans() -> [MapPlan] {
        guard !table.rows.isEmpty else { return [] }
        switch table.kind {
        case "B3.wards": return placePlans()
        case "B3.lsoas": return table.id == table.kind ? placePlans() : []
        case "B3.overlap": return overlapPlans()
        case "B3.hotspots": return hotspotPlans()
        default: return []
        }
    }

    /// The maps drawn.
    func places() -> [Drawing] { mapPlans().map(drawn) }

    /// Maps of the rate (or the count where there is none) and of harm.
    private func placePlans() -> [MapPlan] {
        guard reading.has("code") else { return [] }
        // Tables of further sources say of which: otherwise several maps of a page would have one name.
        func name(_ map: ReportMap) -> String { table.id == table.kind ? map.title : table.title }
        let measures = [reading.hasNumbers("ratePer1000") ? "ratePer1000" : "count", "harm"]
        return matching().flatMap { map in
            measures.filter(reading.hasNumbers).map { column in
                MapPlan(map: map, title: "\(name(map)): \(measure(column).lowercasedFirst)", column: column) {
                    reading.number($0, column)
                }
            }
        }
    }

    /// Maps of the count with hotspots outlined.
    private func hotspotPlans() -> [MapPlan] {
        guard reading.has("code", "hotspot") else { return [] }
        // A region's thousands of areas are drawn once, for all incidents: each map of them is several megabytes.
        let maps = matching().filter { table.id == table.kind || $0.shapes.count <= 1500 }
        return maps.map { map in
            let column = reading.hasNumbers("count") ? "count" : "z"
            let found = table.rows.filter { reading.isTrue($0, "hotspot") }.count
            let words = found == 1 ? "1 hotspot" : "\(NumberText.whole(found)) hotspots"
            return MapPlan(
                map: map, title: "\(table.title): \(measure(column).lowercasedFirst), \(words) outlined",
                column: column, isOutlined: { reading.isTrue($0, "hotspot") }, value: { reading.number($0, column) })
        }
    }

    /// Maps of the number of groups in which an area stands out; areas that are not in the table stand out in none.
    private func overlapPlans() -> [MapPlan] {
        guard reading.has("code", "groups") else { return [] }
        return matching().map { map in
            MapPlan(map: map, title: table.title, column: "groups", otherwise: 0) { row in
                reading.number(row, "number") ?? reading.number(row, "groups")
            }
        }
    }

    /// What a column's figures are; counts are often headed by their year alone.
    func measure(_ column: String) -> String {
        column == "count" ? "Number recorded" : column == "groups" ? "Number of groups" : reading.title(column)
    }

    /// The maps that show at least half of the table's areas.
    private func matching() -> [ReportMap] {
        let codes = Set(table.rows.map { reading.key($0, "code") })
        return maps.filter { map in
            let found = map.shapes.filter { codes.contains($0.code) }.count
            return found > 0 && found * 2 >= codes.count
        }
    }

    /// The areas of a map with their figures.
    func areas(of plan: MapPlan) -> [Choropleth.Area] {
        var rows: [String: [AssessmentTable.Cell]] = [:]
        for row in table.rows { rows[reading.key(row, "code")] = row }
        return plan.map.shapes.map { shape in
            let row = rows[shape.code]
            return Choropleth.Area(
                code: shape.code, name: shape.name,
                rings: shape.rings.map { $0.map { PlanePoint($0.x, $0.y) } },
                value: row.map(plan.value) ?? plan.otherwise, isOutlined: row.map(plan.isOutlined) ?? false)
        }
    }

    func drawn(_ plan: MapPlan) -> Drawing {
        let areas = areas(of: plan)
        let write = reading.writer(plan.column)
        let top = areas.max { ($0.value ?? -.infinity) < ($1.value ?? -.infinity) }
        let highest = top.flatMap { area in area.value.map { "Highest: \(area.name), \(write($0)). " } } ?? ""
        return .map(
            id(plan.id), "\(plan.title), \(period)",
            "Map of \(areas.count) \(plan.map.level). \(highest)\(sameFigures)"
        ) {
            Choropleth(
                $0, areas: areas, measure: measure(plan.column), areaNoun: plan.map.level, outlineTitle: "Hotspot",
                showsNames: areas.count <= 40, text: write
            ).svg()
        }
    }

    /// A curve for each measure, from the shares of places that carry shares of it.
    func concentration() -> [Drawing] {
        guard reading.has("measure", "share", "sharePlaces") else { return [] }
        var curves: [ConcentrationCurve.Curve] = []
        for row in table.rows {
            guard let share = reading.number(row, "share"), let places = reading.number(row, "sharePlaces")
            else { continue }
            let label = reading.label(row, "measure")
            if curves.last?.label != label { curves.append(.init(label, points: [])) }
            curves[curves.count - 1].points.append(PlanePoint(places, share))
        }
        guard !curves.isEmpty else { return [] }
        return [
            .map(
                id("curve"), "\(table.title), \(period)",
                "Curves of how few places carry how much, beside the line of equality. \(sameFigures)"
            ) {
                ConcentrationCurve(
                    $0, curves: curves, places: "Share of places, most affected first", total: "Share of the total"
                ).svg()
            }
        ]
    }
}

extension String {
    /// The text with a small first letter, unless an abbreviation starts it.
    var lowercasedFirst: String {
        guard let first, dropFirst().first?.isUppercase != true else { return self }
        return first.lowercased() + dropFirst()
    }
}
