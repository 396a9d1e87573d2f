import Foundation
import Kernel
import Testing

/// Sources of the same thing compared, and records of other districts, as measured by hand (data/README.md).
@Suite("concord quality with areas", .enabled(if: Shared.isPresent, Shared.absent))
struct ReconciliationTests {
    private static let lookup = Shared.data("geo/LSOA21_WD24_LAD24_bestfit_EW.csv.gz")

    private func quality(_ arguments: [String]) throws -> Assessed {
        try Assessed(
            text: try Program.succeed(["quality", "--quiet", "--format", "json", "--lookup", Self.lookup] + arguments)
                .output)
    }

    @Test("Sutton's Metropolitan Police totals by LSOA, ward and borough are set side by side")
    func sutton() throws {
        let files = ["lsoa", "ward", "borough"].map { Shared.data("london_datastore_mps/recorded-crime-\($0).csv.gz") }

        let table = try quality(["--area", "Sutton"] + files).table("A2.reconciliation")

        #expect(try table.column("count").map(\.number) == [24_727, 25_576, 26_091])
        #expect(try table.column("difference").map(\.number) == [-1_364, -515, 0])
        let omitted = table.notes.filter { $0.contains("has no records of") && $0.contains("SEXUAL OFFENCES") }
        #expect(omitted.count == 1 && omitted[0].contains("by LSOA"))
    }

    @Test("Records of districts that a force does not cover are told apart")
    func cityOfLondon() throws {
        let file = Shared.data("police_uk_city_of_london/city-of-london-street_2017-12_to_2020-11.csv.gz")

        let table = try quality([file]).table("A2.areas")
        let repeated = try quality([file]).table("A2.duplicates").rows.last?[2].number ?? 0

        // 1,346 rows of other districts and 1,807 without place, less crimes that are repeated for their outcomes.
        let elsewhere = try #require(try table.column("elsewhere")[0].number)
        let nowhere = try #require(try table.column("noLocation")[0].number)
        let inArea = try #require(try table.column("inArea")[0].number)
        #expect(inArea + elsewhere + nowhere + repeated == 24_750)
        #expect((1_346 - repeated...1_346).contains(elsewhere))
        #expect((1_807 - repeated...1_807).contains(nowhere))
    }
}
