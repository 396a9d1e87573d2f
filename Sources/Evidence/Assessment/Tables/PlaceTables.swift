internal import Kernel
internal import Records

/// Counts and harm by place in a range of months.
struct PlaceTally {
    private(set) var count: [Int]
    private(set) var harm: [HarmSum]
    /// Incidents of the area without such a place.
    private(set) var unplaced = 0

    init(
        _ source: PlacedRecords, places: [Int32], number: Int, in context: AssessmentContext, _ range: MonthRange,
        index: WeightIndex
    ) {
        count = [Int](repeating: 0, count: number)
        harm = [HarmSum](repeating: HarmSum(), count: number)
        let table = source.table
        for row in source.rows(in: context.area, range) {
            let value = Int(table.count[row])
            guard places[row] >= 0 else {
                unplaced += value
                continue
            }
            let place = Int(places[row])
            count[place] += value
            let offence = table.offence.isEmpty ? -1 : table.offence[row]
            harm[place].add(index[table.category[row], offence], count: value)
        }
    }
}

/// B3: wards and LSOAs by count, rate and harm, with their ranks in earlier years.
struct PlaceTables {
    let context: AssessmentContext
    let source: PlacedRecords
    let index: WeightIndex

    init(_ context: AssessmentContext, _ source: PlacedRecords) {
        self.context = context
        self.source = source
        index = WeightIndex(source.table, context.weights, context.groups)
    }

    func wards(id: String) -> AssessmentTable? {
        let wards = context.frame.wards.indices.filter { context.area.holds(Int32(context.frame.wards[$0].borough)) }
        guard !wards.isEmpty else { return nil }
        return table(
            id: id, title: "Wards", places: wards, of: source.ward, number: context.frame.wards.count,
            extra: (
                .init("borough", "Borough"),
                { ward in
                    context.frame.boroughs[safe: context.frame.wards[ward].borough]?.name ?? ""
                }
            ),
            area: { context.frame.wards[$0].area }, residents: context.residents.ofWard)
    }

    func lsoas(id: String) -> AssessmentTable? {
        let units = unitsOfArea
        guard !units.isEmpty else { return nil }
        return table(
            id: id, title: "Small areas (LSOAs)", places: units, of: source.unit,
            number: context.frame.units.count,
            extra: (
                .init("ward", "Ward"),
                { unit in
                    context.frame.wards[safe: context.frame.units[unit].ward]?.area.name ?? ""
                }
            ),
            area: { .init(code: context.frame.units[$0].code, name: context.frame.units[$0].name) },
            residents: context.residents.ofUnit)
    }

    /// The units of the area, by code.
    var unitsOfArea: [Int] {
        context.frame.units.indices.filter { context.area.holds(Int32(context.frame.units[$0].borough)) }
            .sorted { context.frame.units[$0].code < context.frame.units[$1].code }
    }

    private func table(
        id: String, title: String, places: [Int], of key: [Int32], number: Int,
        extra: (column: AssessmentTable.Column, value: (Int) -> String), area: (Int) -> AreaFrame.Area,
        residents: (Int) -> Int?
    ) -> AssessmentTable {
        func tally(_ range: MonthRange) -> PlaceTally {
            PlaceTally(source, places: key, number: number, in: context, range, index: index)
        }
        let now = tally(context.period)
        let earlier = context.earlierPeriods(of: source)
        let earlierRanks = earlier.map { range in
            let counts = tally(range).count
            let unknown = id.hasPrefix("B3.lsoas") ? unitsOfSpreadRecords(range) : []
            return ranks(places.map { unknown.contains($0) ? nil : Double(counts[$0]) })
        }
        let rank = ranks(places.map { Double(now.count[$0]) })
        var rows: [[AssessmentTable.Cell]] = []
        for (position, place) in places.enumerated() {
            let people = residents(place)
            let rate = people.flatMap { $0 > 0 ? Double(now.count[place]) / Double($0) * 1000 : nil }
            var row: [AssessmentTable.Cell] = [
                .text(area(place).code), .text(area(place).name), .integer(now.count[place]), .number(rate),
                .days(now.harm[place].known), .integer(rank[position]),
            ]
            row += earlierRanks.map { .integer($0[position]) }
            row += [
                .integer(people), .text(extra.value(place)), .days(now.harm[place].low), .days(now.harm[place].high),
            ]
            rows.append(row)
        }
        rows.sort {
            ($0[5].asNumber ?? .infinity, $0[0].asText ?? "") < ($1[5].asNumber ?? .infinity, $1[0].asText ?? "")
        }
        var columns: [AssessmentTable.Column] = [.code, .name, .count, .rate, .harm, .rank]
        columns += earlier.map { .init("rank \($0)", "Rank \($0.inWords)", .rank) }
        columns += [
            .init("population", "Residents", .count), extra.column, .init("harmLow", "Harm, lowest weights", .days),
            .init("harmHigh", "Harm, highest weights", .days),
        ]
        return AssessmentTable(
            id: id, title: title, columns: columns, rows: rows, notes: notes(unplaced: now.unplaced, title))
    }

    /// Units that records of a range of months lie in without it being known in which of several.
    private func unitsOfSpreadRecords(_ range: MonthRange) -> Set<Int> {
        var units = Set<Int>()
        let spread = source.table.lsoas.map { context.frame.place(ofLSOA: $0)?.spread ?? [] }
        guard spread.contains(where: { !$0.isEmpty }) else { return [] }
        for row in source.rows(in: context.area, range) where source.table.lsoa[row] >= 0 {
            units.formUnion(spread[Int(source.table.lsoa[row])])
        }
        return units
    }

    private func notes(unplaced: Int, _ title: String) -> [String] {
        var notes = [
            "Source: \(source.table.source.title). Ranked by count; 1 is the highest, equal counts share a rank."
        ]
        if unplaced > 0 {
            notes.append("\(unplaced) incidents of the area have no place that fine and are in none of these rows.")
        }
        notes.append(
            "Harm is in days, weighted with “\(context.weights.title)”, version \(context.weights.version).")
        notes.append(context.denominatorNote)
        notes += context.frame.notes + source.table.source.notes
        return notes
    }

    // MARK: - Overlap

    /// Areas in the top list of two or more offence groups.
    func overlap(id: String) -> AssessmentTable? {
        let units = unitsOfArea
        guard !units.isEmpty else { return nil }
        var groupsOfUnit: [Int: [String]] = [:]
        let groups = context.groups.members(of: source.table, people: context.people)
            .filter { $0.isPossible && $0.isListed }
        for group in groups {
            let counts = GroupTally.byUnit(group, source, context)
            let ordered = units.filter { counts[$0] > 0 }.sorted {
                (-counts[$0], context.frame.units[$0].code) < (-counts[$1], context.frame.units[$1].code)
            }
            for unit in ordered.prefix(context.top) { groupsOfUnit[unit, default: []].append(group.id) }
        }
        let rows: [[AssessmentTable.Cell]] = groupsOfUnit.filter { $0.value.count > 1 }
            .sorted {
                (-$0.value.count, context.frame.units[$0.key].code) < (
                    -$1.value.count, context.frame.units[$1.key].code
                )
            }
            .map { unit, groups in
                [
                    .text(context.frame.units[unit].code), .text(context.frame.units[unit].name),
                    .text(groups.joined(separator: "; ")), .integer(groups.count),
                ]
            }
        return AssessmentTable(
            id: id, title: "Areas in the top \(context.top) of two or more offence groups",
            columns: [.code, .name, .init("groups", "Offence groups"), .init("number", "Groups", .count)], rows: rows,
            notes: [
                "Groups compared: \(groups.map(\.title).joined(separator: "; ")). Each list holds the \(context.top) areas "
                    + "with the highest counts; of equal counts at its end the smaller code is taken."
            ])
    }
}

/// Counts of one offence group.
enum GroupTally {
    static func byUnit(_ group: GroupMembers, _ source: PlacedRecords, _ context: AssessmentContext) -> [Int] {
        var counts = [Int](repeating: 0, count: context.frame.units.count)
        let table = source.table
        for row in source.rows(in: context.area, context.period) where source.unit[row] >= 0 {
            let offence = table.offence.isEmpty ? -1 : table.offence[row]
            let flags = table.flags.isEmpty ? 0 : table.flags[row]
            let identifier = table.identifier.isEmpty ? 0 : table.identifier[row]
            guard
                group.contains(
                    category: table.category[row], offence: offence, flags: flags, identifier: identifier)
            else { continue }
            counts[Int(source.unit[row])] += Int(table.count[row])
        }
        return counts
    }
}
