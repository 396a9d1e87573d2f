import Geography
import Kernel
import Testing

@Suite struct PopulationTests {
    private func table() throws -> PopulationTable {
        func row(_ area: String, _ year: Int, _ count: Double, _ group: PopulationGroup = .everybody)
            -> PopulationTable.Row
        { .init(area: area, year: year, group: group, count: count) }
        return try PopulationTable([
            row("A", 2020, 100), row("A", 2022, 120), row("B", 2020, 50), row("B", 2021, 55),
            row("A", 2020, 60, .init(sex: "F")), row("A", 2020, 40, .init(sex: "M")),
            row("C", 2020, 10, .init(sex: "F", ageBand: "Under 16")),
            row("C", 2020, 20, .init(sex: "M", ageBand: "16 to 24")),
            row("C", 2020, 11, .init(ethnicity: "Asian")), row("C", 2020, 18, .init(ethnicity: "White")),
            row("D", 2019, 7),
        ])
    }

    @Test("The nearest year is used and said, the earlier of two") func years() throws {
        let table = try table()

        #expect(table.total("A", year: 2020)?.count == 100)
        #expect(table.total("A", year: 2021) == figure(100, [2020]))
        #expect(table.total("A", year: 2030)?.years == [2022])
        #expect(table.total("Z", year: 2020) == nil)
        #expect(table.years == [2019, 2020, 2021, 2022])
    }

    @Test("Several areas are taken from one year where there is one") func sums() throws {
        let table = try table()

        #expect(table.total(["A", "B"], year: 2022) == figure(150, [2020]))
        #expect(table.total(["A", "D"], year: 2022) == figure(127, [2019, 2022]))
        #expect(table.total(["A", "Z", "Y"], year: 2020) == figure(100, [2020], ["Y", "Z"]))
        #expect(table.total([], year: 2020) == figure(0, []))
    }

    @Test("Groups are added up from one breakdown, never from two") func groups() throws {
        let table = try table()

        #expect(table.total("A", year: 2020, group: .init(sex: "F"))?.count == 60)
        #expect(table.total("A", year: 2022, group: .init(sex: "F")) == figure(60, [2020]))
        #expect(table.total("C", year: 2020, group: .init(sex: "F"))?.count == 10)
        #expect(table.total("C", year: 2020, group: .init(ageBand: "16 to 24"))?.count == 20)
        #expect(table.total("C", year: 2020)?.count == 29)
        #expect(table.total("A", year: 2020, group: .init(ethnicity: "White")) == nil)
        #expect(table.sexes == ["F", "M"])
        #expect(table.ageBands == ["Under 16", "16 to 24"])
        #expect(table.ethnicities == ["Asian", "White"])
        #expect(table.groups.count == 7)
        #expect(table.groups.first == .everybody)
    }

    @Test("Areas add up to larger ones in the years and breakdowns that all have") func grouped() throws {
        let wards = try table().grouped(by: ["A": "W", "B": "W", "D": "V"])

        #expect(wards.areas == ["V", "W"])
        #expect(wards.total("W", year: 2022) == figure(150, [2020]))
        #expect(wards.total("W", year: 2020, group: .init(sex: "F")) == nil)
        #expect(wards.total("V", year: 2020)?.count == 7)
    }

    @Test("Numbers that cannot be right are refused by name") func refused() throws {
        let row = PopulationTable.Row(area: "A", year: 2020, count: 100)

        let negative = faultOf { _ = try PopulationTable([.init(area: "A", year: 2020, count: -1)], source: "p.csv") }
        let twice = faultOf { _ = try PopulationTable([row, .init(area: "A", year: 2020, count: 101)]) }

        #expect(negative?.place == "p.csv")
        #expect(twice?.why.contains("100 and 101") == true)
        #expect(try PopulationTable([row, row]).total("A", year: 2020)?.count == 100)
    }

    @Test("London's boroughs have the published populations", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func london() throws {
        // Reference: reference/london/borough_rates.csv, added up by pandas.
        let file = "data/deprivation_population/london_LSOA21_population_density_mid2011-2022.csv.gz"
        let rows = Shared.rows(file)
        var numbers: [PopulationTable.Row] = []
        for (column, title) in (rows.first ?? []).enumerated() where title.hasSuffix(": Population") {
            guard let year = Int(title.dropFirst(4).prefix(4)) else { continue }
            for row in rows.dropFirst() {
                if let count = Double(row[column]) { numbers.append(.init(area: row[0], year: year, count: count)) }
            }
        }
        let boroughs = Dictionary(
            Shared.rows("reference/london/lsoa_counts_12m.csv").dropFirst().map { ($0[0], $0[1]) },
            uniquingKeysWith: { first, _ in first })

        let table = try PopulationTable(numbers).grouped(by: boroughs)

        #expect(table.years == Array(2011...2022))
        let reference = Shared.rows("reference/london/borough_rates.csv")
        let column = reference.first?.firstIndex(of: "pop2022") ?? 0
        #expect(reference.count == 34)
        for row in reference.dropFirst() {
            let expected = figure(Double(row[column]) ?? -1, [2022])
            #expect(table.total(row[0], year: 2025) == expected)
        }
    }
}

private func figure(_ count: Double, _ years: [Int], _ missing: [String] = []) -> PopulationFigure {
    PopulationFigure(count: count, years: years, missing: missing)
}
