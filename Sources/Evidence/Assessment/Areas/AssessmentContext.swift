internal import Kernel
internal import Records

/// What all tables of one assessment share.
struct AssessmentContext {
    let frame: AreaFrame
    let period: MonthRange
    let previous: MonthRange
    let areaCode: String
    let areaName: String
    let area: BoroughMask
    /// The area and the areas it is compared with: each a name and its boroughs. The first is the area itself.
    let compared: [(name: String, mask: BoroughMask)]
    let residents: Residents
    let weights: HarmWeights
    let groups: OffenceGroups
    let top: Int
    let boundaries: UnitShapes?
    let sources: [PlacedRecords]
    let people: [RecordTable]

    /// The sources of one subject.
    func sources(of subject: String) -> [PlacedRecords] { sources.filter { $0.table.source.subject == subject } }

    /// Of several sources of one subject the one to use: that which places records at least at `level`, covers most
    /// months of the two periods, and holds most incidents. Sources of one subject are never added together.
    func source(of subject: String, at level: PlacedRecords.Level) -> PlacedRecords? {
        let candidates = sources(of: subject).filter { $0.level >= level }
        func months(_ source: PlacedRecords) -> Int {
            source.months(in: area).count { period.contains($0) || previous.contains($0) }
        }
        return candidates.map { ($0, months($0), $0.total(in: area, period)) }
            .max { ($0.1, $0.2, $1.0.table.source.id) < ($1.1, $1.2, $0.0.table.source.id) }?.0
    }

    /// Of several sources of one subject that know times, the one with most incidents.
    func timedSource(of subject: String) -> PlacedRecords? {
        sources(of: subject).filter(\.table.hasTimes).max {
            ($0.total(in: area, period), $1.table.source.id) < ($1.total(in: area, period), $0.table.source.id)
        }
    }

    /// The source for an area that another is compared with: the one used for the area assessed where it has records of
    /// the other too, otherwise that of the same subject which holds most of them.
    func source(like own: PlacedRecords, for other: BoroughMask) -> PlacedRecords {
        if own.total(in: other, period) > 0 { return own }
        return sources(of: own.table.source.subject).max {
            ($0.total(in: other, period), $1.table.source.id) < ($1.total(in: other, period), $0.table.source.id)
        } ?? own
    }

    /// The earlier periods of the same months, latest first, in which the source has records of the area.
    func earlierPeriods(of source: PlacedRecords) -> [MonthRange] {
        let months = source.months(in: area)
        guard let first = months.min() else { return [] }
        var periods: [MonthRange] = []
        var range = period.sameMonthsBefore
        while range.last >= first, periods.count < 15 {
            if range.months.contains(where: months.contains) { periods.append(range) }
            range = range.sameMonthsBefore
        }
        return periods
    }

    /// What stands behind rates, in words.
    var denominatorNote: String {
        guard let year = residents.year else {
            return "No population was given, so there are no rates. Give one with --population."
        }
        var note = "Rates are per 1,000 residents"
        note += year == 0 ? "." : " (population of \(year))."
        if period.count != 12 { note += " They are for the whole period of \(period.count) months, not for a year." }
        return note
            + " Residents are not the only people in a place: where many visit, the rate says more about visitors."
    }
}

/// The shapes of units for neighbours and maps.
struct UnitShapes {
    /// Units that have a shape, by position in the frame.
    let units: [Int]
    /// Pairs of positions in `units` that share an edge or a corner.
    let neighbours: [(Int, Int)]
}
