import Assessment
import Kernel

extension ReportSample {
    private static var keys: [String] { categories.map(\.key) }

    private func percent(_ now: Double, _ before: Double) -> Cell {
        before == 0 ? .missing : .number((now - before) / before * 100)
    }

    func level() -> AssessmentTable {
        var rows: [[Cell]] = []
        for i in -1..<ReportSample.categories.count {
            let members = i < 0 ? Array(ReportSample.categories.indices) : [i]
            let (now, before) = (
                members.reduce(0) { $0 + sum($1, period) }, members.reduce(0) { $0 + sum($1, previous) }
            )
            let rate = Double(now) / Double(ReportSample.population) * 1000
            let region = rate * (i < 0 ? 1.19 : 1.0 + Double((i * 7) % 9 - 2) / 10)
            rows.append([
                .text(i < 0 ? "total" : ReportSample.categories[i].key), .integer(now), .integer(before),
                .integer(now - before), percent(Double(now), Double(before)), .integer(ReportSample.population),
                .number(rate), .integer(i < 0 ? 24 : (i * 5) % 32 + 1), .integer(32),
                i == 11 ? .missing : .number(region),
                i == 11 ? .missing : .number(rate - region),
            ])
        }
        return AssessmentTable(
            id: "B1.level", title: "Recorded incidents by category",
            columns: [
                Column("category", "Category"), Column("count", "2024", .count), Column("previous", "2023", .count),
                Column("change", "Change", .change), Column("changePercent", "Change %", .percent(signed: true)),
                Column("population", "Residents", .count), Column("ratePer1000", "Rate per 1,000", .decimal(1)),
                Column("rank", "Rank", .rank), Column("of", "of", .count),
                Column("regionRatePer1000", "Region’s rate", .decimal(1)), Column("gap", "Gap to region", .decimal(1)),
            ], rows: rows,
            notes: [
                "Rates use the mid-2023 population estimate.",
                "Ranks are among 32 boroughs, 1 the highest rate.",
            ])
    }

    func months() -> AssessmentTable {
        var rows: [[Cell]] = []
        for month in counts.keys.sorted() {
            for (i, key) in ReportSample.keys.enumerated() {
                rows.append([.text(month.description), .text(key), .integer(counts[month]?[i] ?? 0)])
            }
        }
        return AssessmentTable(
            id: "B1.months", title: "Incidents by month and category",
            columns: [Column("month", "Month"), Column("category", "Category"), Column("count", "Recorded", .count)],
            rows: rows, notes: ["July 2022 was not published and is left out."])
    }

    func offences() -> AssessmentTable {
        AssessmentTable(
            id: "B1.offences", title: "Offences within groups",
            columns: [
                Column("offence", "Offence"), Column("group", "Group"), Column("count", "2024", .count),
                Column("share", "Share", .percent(signed: false)),
            ],
            rows: [
                [.text("Common assault"), .text("violent-crime"), .integer(2210), .number(44.1)],
                [
                    .text("Harassment, stalking and malicious communications"), .text("violent-crime"), .integer(1430),
                    .number(28.5),
                ],
                [.text("Bicycle theft"), .text("other-theft"), .integer(0), .missing],
            ])
    }

    func harm() -> AssessmentTable {
        var rows: [[Cell]] = []
        var totals = [0.0, 0, 0, 0]
        for (i, category) in ReportSample.categories.enumerated() {
            let (now, before) = (Double(sum(i, period)), Double(sum(i, previous)))
            let (harmNow, harmBefore) = (now * category.weight, before * category.weight * 1.01)
            totals = zip(totals, [before, now, harmBefore, harmNow]).map { $0 + $1 }
            rows.append([
                .text(category.key), .integer(Int(before)), .integer(Int(now)), .number(harmBefore), .number(harmNow),
                .number(harmNow - harmBefore), percent(harmNow, harmBefore), .number(harmNow * 0.93),
                .number(harmNow * 1.08),
            ])
        }
        rows.insert(
            [
                .text("total"), .integer(Int(totals[0])), .integer(Int(totals[1])), .number(totals[2]),
                .number(totals[3]),
                .number(totals[3] - totals[2]), percent(totals[3], totals[2]), .number(totals[3] * 0.95),
                .number(totals[3] * 1.06),
            ], at: 0)
        return AssessmentTable(
            id: "B2.harm", title: "Harm by category",
            columns: [
                Column("category", "Category"), Column("countPrevious", "Count 2023", .count),
                Column("count", "Count 2024", .count), Column("harmPrevious", "Harm 2023", .days),
                Column("harm", "Harm 2024", .days), Column("difference", "Difference", .days),
                Column("differencePercent", "Difference %", .percent(signed: true)), Column("harmLow", "Low", .days),
                Column("harmHigh", "High", .days),
            ], rows: rows,
            notes: ["Harm is in days of imprisonment. Low and high take the range of offences in a category."])
    }

    private var placeColumns: [Column] {
        [
            Column("code", "Code"), Column("name", "Name"), Column("count", "2024", .count),
            Column("ratePer1000", "Rate per 1,000", .decimal(1)), Column("harm", "Harm", .days),
            Column("rank", "Rank", .rank),
            Column("rank2023", "Rank 2023", .rank),
        ]
    }

    func wards() -> AssessmentTable {
        let rows = ground.wards.enumerated().map { i, ward -> [Cell] in
            let count = ground.lsoas.indices.filter { ground.ward(of: $0) == i }.reduce(0) { $0 + ground.count(of: $1) }
            return [
                .text(ward.code), .text(ward.name), .integer(count), .number(Double(count) / 10.7),
                .number(Double(count) * 14.3), .integer(i + 1), .integer((i * 3) % 20 + 1),
            ]
        }
        return AssessmentTable(id: "B3.wards", title: "Wards", columns: placeColumns, rows: rows)
    }

    func lsoas() -> AssessmentTable {
        let order = ground.lsoas.indices.sorted { ground.count(of: $0) > ground.count(of: $1) }
        let rows = order.enumerated().map { rank, i -> [Cell] in
            let count = ground.count(of: i)
            return [
                .text(ground.lsoas[i].code), .text(ground.lsoas[i].name), .integer(count),
                i == 60 ? .missing : .number(Double(count) / 1.7), .number(Double(count) * 14.3), .integer(rank + 1),
                .missing,
            ]
        }
        return AssessmentTable(
            id: "B3.lsoas", title: "Neighbourhoods (LSOAs)", columns: placeColumns, rows: rows,
            notes: ["One neighbourhood has no population estimate and so no rate."])
    }

    func overlap() -> AssessmentTable {
        AssessmentTable(
            id: "B3.overlap", title: "Neighbourhoods in the top ten of several groups",
            columns: [Column("code", "Code"), Column("name", "Name"), Column("groups", "Groups")],
            rows: [33, 34, 48, 49, 50, 64].map { i in
                [
                    .text(ground.lsoas[i].code), .text(ground.lsoas[i].name),
                    .text(i % 2 == 0 ? "Burglary, Robbery" : "Burglary, Robbery, Violence"),
                ]
            })
    }

    func hotspots() -> AssessmentTable {
        let rows = ground.lsoas.indices.map { i -> [Cell] in
            let z = Double(ground.count(of: i)) / 80 - 2
            let p = 1 / (1 + 200 * max(z, 0) * max(z, 0) * max(z, 0))
            return [
                .text(ground.lsoas[i].code), .text(ground.lsoas[i].name), .integer(ground.count(of: i)), .number(z),
                .number(p), .number(min(1, p * 1.1)), .number(min(1, p * 6)), .flag(z > 0.9),
            ]
        }
        return AssessmentTable(
            id: "B3.hotspots", title: "Hotspots of all incidents",
            columns: [
                Column("code", "Code"), Column("name", "Name"), Column("count", "2024", .count),
                Column("z", "z", .decimal(2)),
                Column("p", "p", .probability), Column("pExact", "p exact", .probability),
                Column("qExact", "q", .probability), Column("hotspot", "Hotspot", .yesNo),
            ], rows: rows, notes: ["Getis–Ord Gi* with 999 permutations; q is the false discovery rate."])
    }
}
