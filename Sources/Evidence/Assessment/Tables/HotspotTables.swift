internal import Kernel
internal import Records
internal import Statistics

/// B3: hotspots tested for significance.
struct HotspotTables {
    let context: AssessmentContext
    let source: PlacedRecords

    /// The share of false discoveries that is accepted.
    static let falseDiscoveryRate = 0.05

    /// The hotspot table of all incidents, and one for each offence group with enough incidents.
    func all(id: String) -> [AssessmentTable] {
        guard let shapes = context.boundaries, shapes.units.count > 2 else { return [] }
        let total = PlaceTally(
            source, places: source.unit, number: context.frame.units.count, in: context, context.period,
            index: WeightIndex(source.table, context.weights, context.groups)
        ).count
        var tables = [table(id: id, title: "Hotspots: all incidents", counts: total, shapes)]
        for group in context.groups.members(of: source.table, people: context.people)
        where group.isPossible && (group.isListed || group.isTopic) {
            let counts = GroupTally.byUnit(group, source, context)
            guard shapes.units.reduce(0, { $0 + counts[$1] }) >= 20 else { continue }
            tables.append(table(id: "\(id).\(group.id)", title: "Hotspots: \(group.title)", counts: counts, shapes))
        }
        return tables
    }

    private func table(id: String, title: String, counts: [Int], _ shapes: UnitShapes) -> AssessmentTable {
        let values = shapes.units.map { counts[$0] }
        let result = Figures.hotspots(counts: values, neighbours: shapes.neighbours)
        var rows: [[AssessmentTable.Cell]] = []
        for (position, unit) in shapes.units.enumerated() {
            let q = result.qExact?[position]
            rows.append([
                .text(context.frame.units[unit].code), .text(context.frame.units[unit].name),
                .integer(values[position]), .number(result.z?[position]), .number(result.p?[position]),
                .number(result.pExact?[position]), .number(q),
                q.map { .flag($0 <= HotspotTables.falseDiscoveryRate) } ?? .missing,
            ])
        }
        rows.sort {
            ($0[6].asNumber ?? 2, $0[5].asNumber ?? 2, $0[0].asText ?? "")
                < ($1[6].asNumber ?? 2, $1[5].asNumber ?? 2, $1[0].asText ?? "")
        }
        return AssessmentTable(
            id: id, title: title,
            columns: [
                .code, .name, .count, .init("z", "Gi* z", .decimal(2)), .init("p", "p (normal)", .probability),
                .init("pExact", "p (exact)", .probability), .init("qExact", "q (exact)", .probability),
                .init("hotspot", "Hotspot", .yesNo),
            ], rows: rows, notes: notes(result, shapes))
    }

    private func notes(_ result: Figures.Hotspots, _ shapes: UnitShapes) -> [String] {
        var notes = [
            "Gi* (Ord and Getis 1995) of an area and its queen neighbours, among the \(shapes.units.count) areas of "
                + "\(context.areaName). “p (exact)” is the probability that areas drawn at random without replacement hold "
                + "at least as many incidents, by counting and not by simulation. “Hotspot” means that q, after Benjamini "
                + "and Hochberg, is at most 0.05: of the areas so marked, one in twenty is expected to be marked by chance. "
                + "“p (normal)”, which other programs report, marks far too many areas on counts like these."
        ]
        if let moran = result.moran {
            notes.append(
                "Global Moran’s I, row-standardised: \(Text.decimals(moran.i, 4)) (expected "
                    + "\(Text.decimals(moran.expected, 4)); z under randomisation \(Text.decimals(moran.z, 2)), two-sided p "
                    + "\(Text.probability(moran.p))).")
        }
        notes += result.notes
        return notes
    }
}

/// B3: how concentrated incidents and harm are.
struct ConcentrationTable {
    let context: AssessmentContext
    let source: PlacedRecords

    func table(id: String) -> AssessmentTable? {
        let places = PlaceTables(context, source)
        let units = places.unitsOfArea
        guard units.count > 1 else { return nil }
        let tally = PlaceTally(
            source, places: source.unit, number: context.frame.units.count, in: context, context.period,
            index: places.index)
        let counts = units.map { Int64(tally.count[$0]) }
        let harm = units.map { tally.harm[$0].days }
        let events = counts.reduce(0, +)
        guard events > 0 else { return nil }
        var rows = rows("count", counts, gini: Figures.gini(counts))
        if harm.reduce(0, +) > 0 {
            var gini = Figures.gini(harm)
            gini.generalised = nil
            rows += self.rows("harm", harm, gini: gini)
        }
        var notes = [
            "Places are the \(units.count) LSOAs of \(context.areaName), with and without incidents. The fewest places that "
                + "hold at least 25, 50 and 80 % (of equal places the smaller code first).",
            "The generalised Gini (Bernasco and Steenbeek 2017) allows for there being fewer incidents than places; it is "
                + "defined for counts only.",
        ]
        if tally.unplaced > 0 { notes.append("\(tally.unplaced) incidents without an LSOA are left out.") }
        return AssessmentTable(
            id: id, title: "Concentration in places",
            columns: [
                .init("measure", "Measure"), .init("share", "Share held", .percent(signed: false)),
                .init("places", "Places", .count), .init("of", "Of", .count),
                .init("sharePlaces", "Places, %", .percent(signed: false)), .init("gini", "Gini", .decimal(3)),
                .init("generalisedGini", "Generalised Gini", .decimal(3)),
            ], rows: rows, notes: notes)
    }

    private func rows(_ measure: String, _ values: [Int64], gini: Figures.Gini) -> [[AssessmentTable.Cell]] {
        [25, 50, 80].map { share in
            let places = Figures.places(holding: share, of: values)
            return [
                .text(measure), .integer(share), .integer(places), .integer(values.count),
                .number(Double(places) / Double(values.count) * 100), .number(gini.gini), .number(gini.generalised),
            ]
        }
    }
}
