import Assessment
import Kernel

extension ReportSample {
    func concentration() -> AssessmentTable {
        let crimes: [(Double, Double)] = [(25, 4.2), (50, 15.0), (80, 44.2)]
        let harm: [(Double, Double)] = [(25, 3.3), (50, 11.7), (80, 37.5)]
        let rows = crimes.map { ("crimes", $0) } + harm.map { ("harm", $0) }
        return AssessmentTable(
            id: "B3.concentration", title: "Concentration in places",
            columns: [
                Column("measure", "Measure"), Column("share", "Share of total", .percent(signed: false)),
                Column("places", "Places", .count), Column("sharePlaces", "Share of places", .percent(signed: false)),
            ],
            rows: rows.map { [.text($0.0), .number($0.1.0), .integer(Int($0.1.1 * 1.2)), .number($0.1.1)] },
            notes: ["Places are the 120 neighbourhoods."])
    }

    private func cell(_ day: Int, _ band: Int) -> Int {
        let late = band == 7 || band == 0 ? 1.5 : band == 1 || band == 2 ? 0.45 : 1.0
        let weekend = (day == 4 && band >= 6) || day == 5 || (day == 6 && band == 0) ? 1.45 : 1.0
        return Int(330 * late * weekend) + (day * 13 + band * 29) % 37
    }

    func weekday() -> AssessmentTable {
        summed(id: "B5.weekday", "weekday", "Weekday", "Incidents by weekday", ReportSample.days) { day in
            ReportSample.bands.indices.reduce(0) { $0 + cell(day, $1) }
        }
    }

    func band() -> AssessmentTable {
        summed(id: "B5.band", "band", "Time", "Incidents by time of day", ReportSample.bands) { band in
            ReportSample.days.indices.reduce(0) { $0 + cell($1, band) }
        }
    }

    private func summed(
        id: String, _ key: String, _ heading: String, _ title: String, _ names: [String], _ count: (Int) -> Int
    ) -> AssessmentTable {
        let total = names.indices.reduce(0) { $0 + count($1) }
        return AssessmentTable(
            id: id, title: title,
            columns: [
                Column(key, heading), Column("count", "Recorded", .count),
                Column("share", "Share", .percent(signed: false)),
            ],
            rows: names.enumerated().map {
                [.text($1), .integer(count($0)), .number(Double(count($0)) / Double(total) * 100)]
            })
    }

    func weekdayBand() -> AssessmentTable {
        AssessmentTable(
            id: "B5.weekdayBand", title: "Incidents by weekday and time of day",
            columns: [Column("weekday", "Weekday"), Column("band", "Time"), Column("count", "Recorded", .count)],
            rows: ReportSample.days.enumerated().flatMap { i, day in
                ReportSample.bands.enumerated().map { j, band in [.text(day), .text(band), .integer(cell(i, j))] }
            })
    }

    func month() -> AssessmentTable {
        func total(_ month: Month) -> Cell { counts[month].map { .integer($0.reduce(0, +)) } ?? .missing }
        return AssessmentTable(
            id: "B5.month", title: "Season: incidents by month against earlier years",
            columns: [
                Column("month", "Month"), Column("count", "2024", .count), Column("y2023", "2023", .count),
                Column("y2022", "2022", .count), Column("y2021", "2021", .count),
            ],
            rows: period.months.map { month in
                [.text(month.description)] + [0, -12, -24, -36].map { total(month.advanced(by: $0)) }
            })
    }

    func quality() -> AssessmentTable {
        AssessmentTable(
            id: "A2.fields", title: "Completeness of the records",
            columns: [
                Column("field", "Field"), Column("missing", "Missing", .count),
                Column("share", "Share", .percent(signed: false)),
            ],
            rows: [
                [.text("place"), .integer(1193), .number(6.2)], [.text("category"), .integer(0), .number(0)],
                [.text("outcome"), .missing, .missing],
            ], notes: ["Records without a place are counted in totals and left out of maps."])
    }
}
