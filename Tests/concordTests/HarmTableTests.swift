import Foundation
import Kernel
import Testing

/// The harm table printed in the Croydon strategy, fed back as records and weights.
@Suite("The Croydon harm table", .enabled(if: Shared.isPresent, Shared.absent))
struct HarmTableTests {
    private struct Line {
        let category: String
        let before, now, difference, percent, publishedDifference, publishedPercent: Double

        init(_ row: [String: String]) throws {
            func number(_ name: String) throws -> Double { try #require(Double(row[name] ?? "")) }
            category = row["crime_type"] ?? ""
            (before, now) = (try number("h2019"), try number("h2020"))
            (difference, percent) = (try number("diff"), try number("pct"))
            (publishedDifference, publishedPercent) = (try number("diff_published"), try number("pct_published"))
        }
    }

    @Test("Its values in give its difference and percentage columns")
    func table() throws {
        let folder = try TemporaryFolder()
        let lines = try Shared.table("seed_reproduction/croydon_harm_table.csv").map(Line.init)
        let categories = lines.filter { !$0.category.hasPrefix("Total") }
        #expect(categories.count == 11)
        // Quarter days: so many incidents of a quarter of a day each are the table's harm.
        var records = "lsoa_code,lsoa_name,borough,category,year,month,crime_count\n"
        for line in categories {
            records += "E01000001,,Croydon,\(line.category),2019,3,\(Int(line.before * 4))\n"
            records += "E01000001,,Croydon,\(line.category),2020,3,\(Int(line.now * 4))\n"
        }
        let weights = categories.map { "\($0.category),0.25\n" }.joined()

        _ = try Program.succeed(
            ["assess", "--quiet", "--area", "Croydon", "--from", "2020-03", "--to", "2020-03"]
                + ["--records", try folder.write(records, to: "records.csv")]
                + ["--weights", try folder.write("category,days\n" + weights, to: "weights.csv")]
                + ["--groups", try Definitions(in: folder).groups, "--output", folder.path("out")])

        let table = try Assessed(folder: folder.path("out")).table("B2.harm")
        #expect(
            Array(table.columns.prefix(7)) == [
                "category", "countPrevious", "count", "harmPrevious", "harm", "difference", "differencePercent",
            ])
        for line in lines {
            let key = line.category.hasPrefix("Total") ? "Total" : line.category
            #expect(try table.number("harmPrevious", key) == line.before)
            #expect(try table.number("harm", key) == line.now)
            #expect(try table.number("difference", key) == line.difference)
            #expect(try table.number("difference", key) == line.publishedDifference)
            #expect(agree(try table.number("differencePercent", key), line.percent))
            #expect(abs(try table.number("differencePercent", key) - line.publishedPercent) <= 0.05)
        }
        #expect(table.rows.count == lines.count)
    }
}
