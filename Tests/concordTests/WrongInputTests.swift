import Foundation
import Kernel
import Testing

/// Wrong input ends in one message that names the place and the remedy, with status 1, and writes no result.
@Suite("Wrong input")
struct WrongInputTests {
    static let header = "lsoa_code,lsoa_name,borough,category,year,month,crime_count\n"
    static let good = header + "E01000001,,Sutton,robbery,2024,1,5\n"

    /// A file that is no table of records, and what the message says of it.
    struct Wrong: CustomTestStringConvertible, Sendable {
        let name: String
        let bytes: [UInt8]
        let says: [String]
        var testDescription: String { name }

        init(_ name: String, _ bytes: [UInt8], _ says: String...) {
            self.name = name
            self.bytes = bytes
            self.says = says
        }
    }

    static let wrong: [Wrong] = [
        Wrong(
            "picture.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D], "not delimited text", "Save"
        ),
        Wrong("book.xlsx", [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 6, 0], "Excel", "Save the table as CSV"),
        Wrong("empty.csv", [], "it is empty"),
        Wrong(
            "wide.csv", [0xFF, 0xFE] + good.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, "UTF-16", "UTF-8"),
        Wrong("only-header.csv", Array(header.utf8), "no row below it"),
        Wrong("other.csv", Array("colour,size\nred,1\n".utf8), "No mapping recognises", "\"colour\"", "--mapping"),
        Wrong("quote.csv", Array((good + "E01000001,\"never closed,Sutton,robbery,2024,1,5\n").utf8), "quot"),
    ]

    private func assess(
        _ file: String, _ folder: TemporaryFolder, _ more: [String] = [], area: String = "Sutton", shell: String? = nil
    ) throws -> Program.Run {
        let definitions = try Definitions(in: folder)
        return try Program.run(
            [
                "assess", "--quiet", "--area", area, "--from", "2024-01", "--to", "2024-01", "--output",
                folder.path("out"),
            ]
                + definitions.arguments + more + ["--", file], shell: shell)
    }

    private func check(_ run: Program.Run, says words: [String], _ folder: TemporaryFolder) {
        #expect(run.status == 1)
        #expect(run.output == "")
        #expect(run.errorLines.count == 1, "\(run.errors)")
        for word in words { #expect(run.errors.contains(word), "\"\(word)\" is not said: \(run.errors)") }
        let left = folder.files("out").keys.filter { $0 != "rejects.csv" }
        #expect(left.isEmpty, "left behind: \(left)")
    }

    @Test("A file that is no table of records", arguments: wrong)
    func noTable(wrong: Wrong) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(wrong.bytes, to: wrong.name)

        check(try assess(path, folder), says: [wrong.name] + wrong.says, folder)
    }

    @Test("A gzip file cut short", .enabled(if: Shared.isPresent, Shared.absent))
    func truncated() throws {
        let folder = try TemporaryFolder()
        let whole = try #require(FileManager.default.contents(atPath: Shared.mps("ward")))
        let path = try folder.write(Array(whole.prefix(whole.count / 2)), to: "cut.csv.gz")

        check(try assess(path, folder), says: ["cut.csv.gz", "cut off", "again"], folder)
    }

    @Test("A mapping that does not fit, is not known, or lacks a column")
    func mappings() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(Self.good, to: "good.csv")
        let lacking = try folder.write(
            "lsoa_code,lsoa_name,borough,category,year,month\nE01000001,,Sutton,robbery,2024,1\n", to: "lacking.csv")

        check(
            try assess(good, folder, ["--mapping", "mps-ward"]),
            says: ["good.csv", "\"mps-ward\"", "wardcode", "Name another mapping"], folder)
        check(
            try assess(good, folder, ["--mapping", "mps-wards"]), says: ["mps-wards", "Known mappings", "mps-ward,"],
            folder)
        check(
            try assess(lacking, folder, ["--mapping", "lsoa-month-category"]),
            says: ["lacking.csv", "missing: crime_count"], folder)
    }

    @Test("An unknown area is answered with names like it, an empty period with the months there are")
    func areasAndPeriods() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(Self.good, to: "good.csv")

        check(try assess(good, folder, area: "Suton"), says: ["Suton", "Did you mean Sutton?"], folder)
        check(
            try assess(try folder.write(Self.header + "E01000001,,Sutton,robbery,2023,12,5\n", to: "old.csv"), folder),
            says: ["nothing to assess", "run from 2023-12 to 2023-12", "--from"], folder)
    }

    @Test("A file that cannot be read: not there, or a folder without records")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("folder.csv"), withIntermediateDirectories: false)

        check(try assess(folder.path("missing.csv"), folder), says: ["missing.csv", "Check the name"], folder)
        check(try assess(folder.path("folder.csv"), folder), says: ["folder.csv", "no file of records"], folder)
    }

    @Test("A full disk leaves no part of the assessment")
    func fullDisk() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(Self.good, to: "good.csv")

        // Files of at most 4 kB: the small tables fit, the document does not.
        check(try assess(good, folder, shell: "ulimit -f 8"), says: ["could not be written", "Make room"], folder)

        let printed = try Program.run(["quality", "--quiet", good], shell: "exec 1>/dev/full")
        #expect(printed.status == 1 && printed.errors.contains("no space left"), "\(printed.errors)")
    }

    @Test("Wrong look-ups, populations, boundaries and weights are named")
    func areaFiles() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(Self.good, to: "good.csv")
        let other = try folder.write("colour,size\nred,1\n", to: "other.csv")
        let ragged = try folder.write(
            "LSOA21CD,LAD24CD,LAD24NM\nE01000001,E09000029,Sutton\nE01000002\n", to: "ragged.csv")
        let people = try folder.write("code,population\nE01000001,many\n", to: "people-2022.csv")
        let heavy = try folder.write("category,days\nrobbery,1e300\n", to: "heavy.csv")

        for option in ["--lookup", "--population", "--boundaries", "--weights"] {
            let run = try Program.run(
                ["assess", "--quiet", "--area", "Sutton", "--from", "2024-01", "--to", "2024-01", "--output"]
                    + [folder.path("out"), "--groups", try Definitions(in: folder).groups]
                    + (option == "--weights" ? [] : ["--weights", try Definitions(in: folder).weights])
                    + [option, other, "--", good])
            check(run, says: ["other.csv"], folder)
        }
        check(
            try assess(good, folder, ["--lookup", ragged]), says: ["ragged.csv, row 3", "1 fields", "Correct"], folder)
        check(
            try assess(good, folder, ["--population", people]),
            says: ["people-2022.csv, row 2", "\"population\"", "many"],
            folder)
        let run = try Program.run(["harm", "import", heavy, "--output", folder.path("out.json")])
        check(run, says: ["heavy.csv, row 2", "1e300"], folder)
    }

    @Test("A broken definition is named with the place in it")
    func definitions() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(Self.good, to: "good.csv")
        func run(groups: String) throws -> Program.Run {
            try Program.run(
                ["assess", "--quiet", "--area", "Sutton", "--from", "2024-01", "--to", "2024-01", "--output"]
                    + [
                        folder.path("out"), "--weights", try Definitions(in: folder).weights, "--groups", groups, "--",
                        good,
                    ])
        }

        let broken = try folder.write("{\"id\": \"x\",\n\"version\" \"1\"}", to: "broken.json")
        check(try run(groups: broken), says: ["broken.json, line 2, column 11", "colon", "Correct"], folder)
        let wrong = try folder.write(
            "{\"id\":\"x\",\"version\":\"1\",\"groups\":[{\"id\":\"r\",\"title\":5}]}", to: "wrong.json")
        check(try run(groups: wrong), says: ["wrong.json, at groups[0].title", "a text"], folder)
        check(try run(groups: "nosuch"), says: ["--groups nosuch", "path of a file"], folder)
    }

    /// Wrong use of the command line, with what the message says.
    static let wrongUse: [([String], [String])] = [
        (["--from", "2024-03", "--to", "2024-01"], ["--from 2024-03 lies after --to 2024-01"]),
        (["--from", "2024-3", "--to", "2024-04"], ["--from needs a month written YYYY-MM", "\"2024-3\""]),
        (["--from", "2024-01", "--to", "March"], ["--to needs a month"]),
        (["--from", "2024-01", "--to", "2024-13"], ["--to needs a month"]),
        (["--from", "2024-01"], ["--to YYYY-MM is needed"]),
        (["--from", "2024-01", "--to", "2024-01", "--reocrds", "x"], ["--reocrds", "Did you mean --records?"]),
        (["--from", "2024-01", "--to", "2024-01", "--reject-limit", "101"], ["--reject-limit", "from 0 to 100"]),
        (["--from", "2024-01", "--to", "2024-01", "--reject-limit=-1"], ["--reject-limit", "from 0 to 100"]),
        (["--from", "2024-01", "--to", "2024-01", "--compare", "2024-13..2024-14"], ["--compare"]),
        (["--from", "2024-01", "--to", "2024-01", "--restate", "--add"], ["--restate and --add exclude each other"]),
        (["--from", "2024-01", "--to", "2024-01", "--groups", ""], ["--groups needs a value"]),
        (["--from", "2024-01", "--to", "2024-01", "--top", "0"], ["--top", "from 1 to 1000"]),
    ]

    @Test("Wrong use ends with status 2 and one message", arguments: wrongUse)
    func use(arguments: [String], says: [String]) throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(Self.good, to: "good.csv")

        let run = try Program.run(
            ["assess", "--quiet", "--area", "Sutton", "--output", folder.path("out"), "--records", good] + arguments)

        #expect(run.status == 2 && run.output == "" && run.errorLines.count == 1, "\(run.errors)")
        for word in says { #expect(run.errors.contains(word), "\(run.errors)") }
        #expect(folder.files("out").isEmpty)
    }

    @Test("A misspelt command is answered with the one that was meant")
    func command() throws {
        let run = try Program.run(["asess"])

        #expect(run.status == 2 && run.errors.contains("Did you mean \"assess\"?"), "\(run.errors)")
    }
}
