internal import Kernel

/// Writes what other agencies recorded: antisocial behaviour reported to the police and to the council, ambulance
/// call-outs and emergency department attendances after violence.
enum DemoPartners {
    static func write(_ hurt: [DemoHurt], _ sampler: DemoSampler, seed: UInt64, to directory: String) throws(Fault) {
        let clock = DemoClock(sampler.period)
        try writeReports(DemoReportKind.police, "police-asb", 6000, sampler, clock, seed, directory)
        try writeReports(DemoReportKind.council, "council-asb", 3100, sampler, clock, seed, directory)
        try writeHealth(.ambulance, hurt, sampler, clock, seed, directory)
        try writeHealth(.emergency, hurt, sampler, clock, seed, directory)
    }

    // MARK: - Antisocial behaviour

    private static func writeReports(
        _ kinds: [DemoReportKind], _ source: String, _ perYear: Int, _ sampler: DemoSampler, _ clock: DemoClock,
        _ seed: UInt64, _ directory: String
    ) throws(Fault) {
        var random = SeededRandom(seed: seed, subject: source)
        let chooser = Chooser(kinds.map(\.share))
        var rows: [DemoIncidentRow] = []
        for year in sampler.period.years {
            let count = Int(Double(perYear) * (0.95 + 0.1 * random.uniform()))
            for _ in 0..<count {
                let kind = kinds[chooser.pick(&random)]
                rows.append(report(kind, source, year, sampler, clock, &random))
            }
        }
        try write(rows, source, prefix: source == "police-asb" ? "PA" : "CA", clock, directory)
    }

    private static func report(
        _ kind: DemoReportKind, _ source: String, _ year: Int, _ sampler: DemoSampler, _ clock: DemoClock,
        _ random: inout SeededRandom
    ) -> DemoIncidentRow {
        let area = sampler.area(kind.setting, &random)
        var row = DemoIncidentRow()
        row.source = source
        row.code = kind.code
        row.title = kind.title
        row.category = "Anti-social behaviour"
        row.from = sampler.moment(year, kind.season, kind.rhythm, &random)
        row.to = row.from
        let typical = source == "council-asb" ? 900 : 20
        row.reported = min(row.from + min(random.longTail(from: 1, typical: typical), 20_000), clock.last)
        row.lsoa = sampler.borough.areas[area].code
        if !random.percent(source == "council-asb" ? 9 : 3) {
            row.point = sampler.point(kind.setting, in: area, &random)
        }
        row.setting = random.one(of: kind.setting.names)
        if random.percent(kind.alcohol) { row.other[2] = .yes }
        if random.percent(kind.drugs) { row.other[3] = .yes }
        row.outcome = random.one(of: ["Advice given", "No further action", "Visit made", "Warning letter", "Passed on"])
        return row
    }

    // MARK: - Health

    private enum Service {
        case ambulance, emergency
    }

    /// What health services see: some of the people hurt in events that the police recorded, and about as many whose
    /// assaults the police never heard of.
    private static func writeHealth(
        _ service: Service, _ hurt: [DemoHurt], _ sampler: DemoSampler, _ clock: DemoClock, _ seed: UInt64,
        _ directory: String
    ) throws(Fault) {
        let source = service == .ambulance ? "ambulance" : "ae"
        var random = SeededRandom(seed: seed, subject: source)
        let seen: [Double] = service == .ambulance ? [0, 4, 28, 86, 100] : [0, 9, 34, 90, 0]
        var rows: [DemoIncidentRow] = []
        for case let (event, level) in hurt.map({ ($0.event, $0.level) }) where random.percent(seen[level]) {
            rows.append(health(service, event, level, sampler, clock, &random))
        }
        let offence = DemoOffence.all.firstIndex { $0.code == "008/06" } ?? 0
        let known = rows.count
        for _ in 0..<known * 8 / 10 {
            let year = random.within(sampler.period.years)
            let event = sampler.event(offence, DemoOffence.all[offence], year, &random)
            rows.append(health(service, event, random.one(of: [1, 2, 2, 3]), sampler, clock, &random))
        }
        try write(rows, source, prefix: service == .ambulance ? "AM" : "ED", clock, directory)
    }

    private static func health(
        _ service: Service, _ event: DemoEvent, _ level: Int, _ sampler: DemoSampler, _ clock: DemoClock,
        _ random: inout SeededRandom
    ) -> DemoIncidentRow {
        let stabbed = random.percent(level >= 3 ? 40 : 4)
        var row = DemoIncidentRow()
        row.source = service == .ambulance ? "ambulance" : "ae"
        row.code = stabbed ? "STAB" : "ASSAULT"
        row.title = stabbed ? "Stab wound" : "Assault"
        row.category =
            service == .ambulance ? "Ambulance call-out after assault" : "Emergency department attendance after assault"
        let delay =
            service == .ambulance ? random.longTail(from: 4, typical: 12) : random.longTail(from: 25, typical: 90)
        row.from = min(event.from + min(delay, 2880), sampler.period.endDay * 1440 - 1)
        row.to = row.from
        row.reported = min(row.from + 1 + random.below(20), clock.last)
        if !random.percent(service == .ambulance ? 3 : 38) {
            row.lsoa = sampler.borough.areas[event.area].code
            if service == .ambulance { row.point = event.point }
        }
        row.setting = random.one(of: event.setting.names)
        row.other[0] = stabbed ? .yes : .no
        row.other[2] = random.percent(42) ? .yes : .blank
        row.injury = DemoIncidentRow.injuries[level]
        row.outcome =
            service == .ambulance
            ? random.one(of: ["Taken to hospital", "Treated at the scene"])
            : random.one(of: ["Discharged", "Discharged", "Admitted", "Left before treatment"])
        return row
    }

    /// Numbers the rows in the order of their times and writes them.
    private static func write(
        _ rows: [DemoIncidentRow], _ source: String, prefix: String, _ clock: DemoClock, _ directory: String
    ) throws(Fault) {
        let file = try DemoFile("\(source).csv", in: directory, header: DemoIncidentRow.header)
        let order = rows.indices.sorted { (rows[$0].from, $0) < (rows[$1].from, $1) }
        for (number, index) in order.enumerated() {
            var row = rows[index]
            row.id = "\(prefix)-\(padded(number + 1, to: 6))"
            try row.write(to: file, clock: clock)
        }
        try file.close()
    }
}
