import Foundation
import Kernel
import Testing

/// What must not change the figures: how records are written down, in which order files come, and running again.
@Suite("Invariance of the assessment")
struct InvarianceTests {
    private static let header = "lsoa_code,lsoa_name,borough,category,year,month,crime_count\n"

    /// Counts of twelve LSOAs over fourteen months, always the same.
    private static let counts: [(lsoa: Int, category: String, year: Int, month: Int, count: Int)] = {
        var random = SeededRandom(seed: 7)
        return (0..<400).map { _ in
            let month = Int(random.uniform() * 14)
            return (
                1 + Int(random.uniform() * 12), ["robbery", "drugs", "burglary"][Int(random.uniform() * 3)],
                2023 + month / 12, month % 12 + 1, 1 + Int(random.uniform() * 9)
            )
        }
    }()

    private static let lookup =
        "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\n"
        + (1...12).map { lsoa in
            let borough = lsoa <= 8 ? "E09000029,Sutton" : "E09000008,Croydon"
            return "\(code(lsoa)),Area \(lsoa),E0500000\(lsoa / 3 + 1),Ward \(lsoa / 3 + 1),\(borough)\n"
        }.joined()

    private static func code(_ lsoa: Int) -> String { "E0100\(padded(lsoa, to: 4))" }

    private static func rows(_ each: (Int) -> [Int]) -> [String] {
        counts.flatMap { row in
            each(row.count).map {
                "\(code(row.lsoa)),,\(row.lsoa <= 8 ? "Sutton" : "Croydon"),\(row.category),\(row.year),\(row.month),\($0)\n"
            }
        }
    }

    private func assess(_ files: [String], _ folder: TemporaryFolder, to output: String) throws -> Assessed {
        let definitions = try Definitions(in: folder)
        let population =
            "code,population\n" + (1...12).map { "\(Self.code($0)),\(1000 + 10 * $0)\n" }.joined()
        _ = try Program.succeed(
            ["assess", "--quiet", "--area", "Sutton", "--from", "2023-12", "--to", "2024-02", "--add"]
                + ["--compare", "2023-09..2023-11", "--lookup", try folder.write(Self.lookup, to: "lookup.csv")]
                + ["--population", try folder.write(population, to: "population-2022.csv")] + definitions.arguments
                + ["--output", folder.path(output), "--records"] + files)
        return try Assessed(folder: folder.path(output))
    }

    @Test("A count of seven is seven incidents: seven rows of one give the same tables")
    func counts() throws {
        let folder = try TemporaryFolder()
        let aggregate = try folder.write(Self.header + Self.rows { [$0] }.joined(), to: "aggregate.csv")
        let single = try folder.write(
            Self.header + Self.rows { Array(repeating: 1, count: $0) }.joined(), to: "single.csv")

        let a = try assess([aggregate], folder, to: "a")
        let b = try assess([single], folder, to: "b")

        #expect(a.ids == b.ids && a.ids.count > 8)
        for id in a.ids where !["A2.sources", "A2.completeness", "A2.duplicates", "A2.rejects"].contains(id) {
            #expect(try a.table(id).rows == b.table(id).rows, "\(id)")
        }
        #expect(try a.table("A2.sources").column("incidents") == b.table("A2.sources").column("incidents"))
        #expect(a.root["statements"] == b.root["statements"])
        let expected = Self.counts.filter { $0.lsoa <= 8 && ($0.year * 12 + $0.month - 1) >= 2023 * 12 + 11 }
        #expect(
            try a.table("B1.level").number("count", "Total") == Double(expected.reduce(0) { $0 + $1.count }))
    }

    @Test("Two runs write the same bytes")
    func determinism() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.header + Self.rows { [$0] }.joined(), to: "records.csv")

        _ = try assess([file], folder, to: "a")
        _ = try assess([file], folder, to: "b")

        let first = folder.files("a")
        #expect(first.count > 8 && first.keys.contains("assessment.html"))
        #expect(first == folder.files("b"))
    }

    @Test("The order of files and of rows changes no figure")
    func order() throws {
        let folder = try TemporaryFolder()
        let rows = Self.rows { [$0] }
        let one = try folder.write(Self.header + rows.prefix(150).joined(), to: "one.csv")
        let two = try folder.write(Self.header + rows.dropFirst(150).joined(), to: "two.csv")
        let reversed = try folder.write(Self.header + rows.dropFirst(150).reversed().joined(), to: "reversed.csv")

        let a = try assess([one, two], folder, to: "a")
        let b = try assess([two, one], folder, to: "b")
        let c = try assess([reversed, one], folder, to: "c")

        for id in a.ids {
            #expect(try a.table(id).rows == b.table(id).rows, "\(id)")
            #expect(try a.table(id).rows == c.table(id).rows, "\(id)")
        }
    }
}
