public import Kernel
public import Records

/// The quality of records, with where they lie and how their sources agree as far as areas are known.
public enum QualityBuilder {
    /// The tables of quality of all months that the records hold.
    /// - Parameters:
    ///   - records: the records.
    ///   - lookup: how areas nest.
    ///   - areas: names of boroughs or regions; empty takes every borough that a source covers.
    ///   - regions: regions by name: the prefix of their boroughs' codes.
    ///   - weights: harm weights.
    ///   - groups: offence groups.
    /// - Throws: a `Fault` for an unknown area or a look-up that contradicts itself.
    public static func tables(
        _ records: RecordSet, lookup: AreaLookup, areas: [String], regions: [String: String], weights: HarmWeights,
        groups: OffenceGroups
    ) throws(Fault) -> [AssessmentTable] {
        let quality = QualityTables(records, vintage: try VintageLookup.make(lookup)).tables()
        let months = records.incidents.flatMap(\.months)
        guard let first = months.min(), let last = months.max(), let period = MonthRange(from: first, to: last) else {
            return quality
        }
        var request = AssessmentRequest(
            areas: areas, period: period, records: records, weights: weights, groups: groups)
        request.regions = regions
        let frame = try AreaFrame(
            lookup: lookup, tables: records.incidents, period: period, known: nil)
        let sources = records.incidents.map { PlacedRecords($0, in: frame) }
        if request.areas.isEmpty {
            let covered = sources.reduce(into: Set<Int>()) { $0.formUnion($1.boroughsCovered(in: frame, period)) }
            request.areas = covered.sorted().map { frame.boroughs[$0].name }
        }
        guard !request.areas.isEmpty else { return quality }
        let area = try AreaChoice(request, frame: frame, sources: sources)
        let each = area.mask.positions.map {
            (name: frame.boroughs[$0].name, mask: BoroughMask([$0], of: frame.boroughs.count))
        }
        let context = AssessmentContext(
            frame: frame, period: period, previous: period.sameMonthsBefore, areaCode: area.code, areaName: area.name,
            area: area.mask, compared: each, residents: Residents(Populations(), frame: frame, period: period),
            weights: request.weights, groups: request.groups, top: request.top, boundaries: nil, sources: sources,
            people: [])
        return AreaQuality(context).tables() + quality
    }
}
