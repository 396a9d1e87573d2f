import Foundation
import Kernel
import Testing

/// What `concord quality` finds in the real files, against what was measured of them by hand (data/README.md).
@Suite("concord quality on real data", .enabled(if: Shared.isPresent, Shared.absent))
struct QualityTests {
    private func quality(_ arguments: [String]) throws -> Assessed {
        try Assessed(text: try Program.succeed(["quality", "--quiet", "--format", "json"] + arguments).output)
    }

    private func findings(_ assessed: Assessed) throws -> [String: String] {
        let table = try assessed.table("A2.months")
        return Dictionary(
            uniqueKeysWithValues: zip(
                try table.column("month").compactMap(\.text), try table.column("finding").compactMap(\.text)))
    }

    private static func stops(_ name: String) -> String { Shared.data("stop_search/\(name)-stop-and-search.csv.gz") }
    private static let street = Shared.data("police_uk_city_of_london/city-of-london-street_2017-12_to_2020-11.csv.gz")

    @Test("A month of stops that ends on the 17th is found cut short, alone and among others")
    func cutShort() throws {
        let alone = try quality([Self.stops("2022-12-metropolitan")])
        #expect(try alone.table("A2.sources").rows[0][2] == .integer(5706))
        #expect(try findings(alone) == ["2022-12": "records stop on 17 December 2022"])

        let months = ["2018-03", "2022-12", "2024-08"].map { Self.stops("\($0)-metropolitan") }
        let several = try findings(try quality(months))
        #expect(several["2022-12"] == "records stop on 17 December 2022")
        #expect(several.filter { $0.value == "missing" }.count == 75 && several.count == 76)
    }

    @Test("Times in UTC belong to the months of the United Kingdom")
    func clock() throws {
        // The file's first record reads 2024-07-31T23:20:00+00:00, which is 00:20 on 1 August here.
        let assessed = try quality([Self.stops("2024-08-metropolitan")])

        let sources = try assessed.table("A2.sources")
        #expect(sources.rows[0][2] == .integer(10_638))
        #expect(try sources.column("first") == [.string("2024-08")] && sources.column("last") == [.string("2024-08")])
    }

    @Test("Identical rows of antisocial behaviour are real and are all counted")
    func identical() throws {
        let assessed = try quality([Shared.data("asb/northumbria_asb.tab")])

        #expect(try assessed.table("A2.sources").column("incidents") == [.integer(39_706)])
        let repeats = try assessed.table("A2.duplicates")
        #expect(try repeats.number("rows", "identical rows without identifier", in: ["kind"]) == 14_005)
    }

    @Test("Outcomes are records of their own, and several of one crime are not more crimes")
    func outcomes() throws {
        let months = ["2024-03", "2024-04"].flatMap { month in
            ["street", "outcomes"].map {
                Shared.data("police_uk_met_burglary/raw_monthly/\(month)-metropolitan-\($0).csv")
            }
        }
        let both = try quality(months).table("A2.sources")
        let street = try quality(months.filter { $0.hasSuffix("street.csv") }).table("A2.sources")

        #expect(both.rows.count == 2 && street.rows.count == 1)
        #expect(both.rows[0] == street.rows[0])
        let lines = try months.map { try rows($0) }
        #expect(both.rows[0][2] == .integer(Int64(lines[0] + lines[2])))
        #expect(both.rows[1][2] == .integer(Int64(lines[1] + lines[3])))
    }

    @Test("LSOA codes of both censuses are counted month by month")
    func vintage() throws {
        let months = [1, 5, 6].map {
            Shared.data("police_uk_avon_somerset/2023-0\($0)-avon-and-somerset-street.csv.gz")
        }
        let table = try quality(months + ["--lookup", Shared.lookups[1]]).table("A2.vintage")

        let shares = try table.column("percent2021").map { try #require($0.number) }
        #expect(shares.map { ($0 * 10).rounded() / 10 } == [90.3, 92.2, 100])
        #expect(try table.column("only2011").last == .integer(0))
        #expect(try table.column("unknown") == [.integer(0), .integer(0), .integer(0)])
    }

    @Test("Missing and partial months of the London panel are found")
    func gaps() throws {
        let found = try findings(try quality([Shared.panel]))

        let missing = found.filter { $0.value == "missing" }.keys.sorted()
        #expect(missing == ["2024-09", "2024-10", "2025-03", "2025-11"])
        #expect(found["2026-01"]?.hasPrefix("low") == true && found["2026-02"]?.hasPrefix("low") == true)
        #expect(found.count == 6)
    }

    @Test("A real fall is pointed at and its records are kept")
    func fall() throws {
        let assessed = try quality([Self.street])

        let table = try assessed.table("A2.months")
        #expect(try findings(assessed)["2020-04"]?.hasPrefix("low") == true)
        // 236 rows, of which some repeat one crime for its outcomes.
        let count = try table.number("count", "2020-04", in: ["month"])
        #expect((230...236).contains(count))
        #expect(try assessed.table("A2.sources").column("gaps") == [.integer(0)])
        let repeats = try assessed.table("A2.duplicates")
        let other = try repeats.number("rows", "identifier repeated with another category or place", in: ["kind"])
        let same = try repeats.number(
            "rows", "identifier repeated at the same place with the same category", in: ["kind"])
        #expect(other + same == 252)
        #expect(try assessed.table("A2.sources").rows[0][2] == .integer(24_750 - Int64(same)))
    }

    @Test("Rows outside the force's own area are counted as elsewhere and are in no figure of it")
    func outside() throws {
        let folder = try TemporaryFolder()
        let definitions = try Definitions(in: folder)
        _ = try Program.succeed(
            ["assess", "--quiet", "--area", "City of London", "--from", "2017-12", "--to", "2020-11", "--records"]
                + [Self.street, "--lookup"] + Shared.lookups + definitions.arguments + ["--output", folder.path("out")])

        let table = try Assessed(folder: folder.path("out")).table("A2.areas")
        let row = try #require(table.rows.first)
        let numbers = row.dropFirst().map { $0.number ?? .nan }
        // 24,750 rows: 1,346 in other districts, 1,807 without place, before repeats for outcomes are taken out.
        #expect(abs(numbers[1] + numbers[2] + numbers[3] - 1346) <= 15, "\(row)")
        #expect(abs(numbers[4] - 1807) <= 100 && numbers.reduce(0, +) > 24_600, "\(row)")
        let total = try Assessed(folder: folder.path("out")).table("B1.level").number("count", "Total")
        #expect(total == numbers[0])
    }

    @Test("Totals of the three tables of the Metropolitan Police are reconciled")
    func sources() throws {
        let assessed = try quality(["lsoa", "ward", "borough"].map(Shared.mps))

        // The files' first column is empty but for a handful, and is said to be left out.
        let table = try assessed.table("A2.sources")
        #expect(try table.column("first").allSatisfy { $0 == .string("2024-03") })
        #expect(try table.column("months") == [.integer(24), .integer(24), .integer(24)])
    }

    /// Rows below the header, by line feeds outside quotes.
    private func rows(_ path: String) throws -> Int {
        var quoted = false
        var lines = 0
        for byte in try #require(FileManager.default.contents(atPath: path)) {
            if byte == UInt8(ascii: "\"") { quoted.toggle() }
            if byte == 0x0A, !quoted { lines += 1 }
        }
        return lines - 1
    }
}
