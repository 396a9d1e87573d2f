internal import Kernel

/// Draws what is recorded about an incident besides its time and place.
enum DemoDetails {
    /// The row of a police record.
    static func row(
        _ event: DemoEvent, number: Int, area: DemoArea, domestic: Bool, parts: [DemoPart], clock: DemoClock,
        _ random: inout SeededRandom
    ) -> DemoIncidentRow {
        let offence = DemoOffence.all[event.offence]
        let traits = offence.traits
        var row = DemoIncidentRow()
        let year = LocalDate(day: Int32(event.from / 1440)).civil.year
        row.id = "ZX\(year % 100)/\(padded(number, to: 6))"
        row.source = "police"
        row.code = offence.code
        row.title = offence.title
        row.category = offence.category
        row.from = event.from
        row.to = event.to
        row.reported = reported(event, traits, clock, &random)
        if !random.percent(1.4) {
            row.point = event.point
            row.lsoa = area.code
        }
        row.setting = random.one(of: event.setting.names)
        row.domestic = domestic ? .yes : .no
        flags(&row, traits, &random)
        let level = random.index(weightedBy: traits.injury)
        row.injury = traits.victim < 50 || random.percent(5) ? "" : DemoIncidentRow.injuries[level]
        row.weapon = weapon(row, traits, &random)
        row.outcome = outcome(event, hasSuspect: parts.contains { !$0.isVictim }, clock, &random)
        return row
    }

    /// The hate strands and the other flags. Alcohol, drugs and mental health are often left empty.
    private static func flags(
        _ row: inout DemoIncidentRow, _ traits: DemoTraits, _ random: inout SeededRandom
    ) {
        row.hate = [.no, .no, .no, .no, .no]
        if random.percent(traits.hate) {
            row.hate[random.index(weightedBy: [62, 13, 14, 8, 3])] = .yes
            if random.percent(6) { row.hate[1] = .yes }
        }
        let shares = [
            traits.knife, traits.gun, traits.alcohol, traits.drugs, traits.gang, traits.mentalHealth,
            traits.exploitation, traits.cyber,
        ]
        let gaps: [Double] = [1, 1, 14, 14, 4, 18, 4, 2]
        for flag in shares.indices {
            row.other[flag] = random.percent(shares[flag]) ? .yes : random.percent(gaps[flag]) ? .blank : .no
        }
    }

    private static func weapon(
        _ row: DemoIncidentRow, _ traits: DemoTraits, _ random: inout SeededRandom
    ) -> String {
        if row.other[0] == .yes {
            return random.one(of: ["kitchen knife", "lock knife", "zombie knife", "machete", "knife"])
        }
        if row.other[1] == .yes { return random.one(of: ["handgun", "imitation firearm", "air weapon"]) }
        guard traits.injury[0] < 90, random.percent(9) else { return "" }
        return random.one(of: ["bottle or glass", "blunt object", "noxious substance", "vehicle", "dog"])
    }

    /// Soon after it is known, later for what is hard to speak of; never after the extract was made.
    private static func reported(
        _ event: DemoEvent, _ traits: DemoTraits, _ clock: DemoClock, _ random: inout SeededRandom
    ) -> Int {
        let typical = traits.circle == .sexual ? 2600 : traits.circle == .domestic ? 300 : 45
        return min(event.to + min(random.longTail(from: 4, typical: typical), 130_000), clock.last)
    }

    private static func outcome(
        _ event: DemoEvent, hasSuspect: Bool, _ clock: DemoClock, _ random: inout SeededRandom
    ) -> String {
        let age = (clock.last - event.to) / 1440
        if age < 60, random.percent(70 - Double(age)) { return "Under investigation" }
        guard hasSuspect else {
            return random.percent(93)
                ? "Investigation complete; no suspect identified" : "Status update unavailable"
        }
        let outcomes: [(String, Double)] = [
            ("Unable to prosecute suspect", 62), ("Awaiting court outcome", age < 300 ? 14 : 2),
            ("Court result unavailable", age < 300 ? 2 : 14), ("Local resolution", 7),
            ("Offender given a caution", 4), ("Further investigation is not in the public interest", 5),
            ("Action to be taken by another organisation", 5),
        ]
        return outcomes[random.index(weightedBy: outcomes.map(\.1))].0
    }
}
