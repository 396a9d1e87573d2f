import Foundation
import Kernel
import Testing

@Suite("concord import")
struct ImportTests {
    private static let header = "lsoa_code,lsoa_name,borough,category,year,month,crime_count\n"

    private static func month(_ month: Int, robbery: Int, drugs: Int = 3) -> String {
        "E01000001,,Sutton,robbery,2024,\(month),\(robbery)\nE01000002,,Sutton,drugs,2024,\(month),\(drugs)\n"
    }

    private func assess(_ records: [String], _ folder: TemporaryFolder, to output: String) throws -> Assessed {
        let definitions = try Definitions(in: folder)
        _ = try Program.succeed(
            ["assess", "--quiet", "--area", "Sutton", "--from", "2024-01", "--to", "2024-02", "--output"]
                + [folder.path(output), "--records"] + records + definitions.arguments)
        return try Assessed(folder: folder.path(output))
    }

    private func count(_ folder: TemporaryFolder) throws -> Double {
        try assess([folder.path("store")], folder, to: "assessed").table("B1.level").number("count", "Total")
    }

    private func importFile(_ file: String, _ folder: TemporaryFolder, _ more: String...) throws -> Program.Run {
        try Program.run(["import", "--quiet", "--records", folder.path("store"), file] + more)
    }

    @Test("Records from a folder and straight from the files give the same tables")
    func folderAndFiles() throws {
        let folder = try TemporaryFolder()
        let one = try folder.write(Self.header + Self.month(1, robbery: 5), to: "one.csv")
        let two = try folder.write(Self.header + Self.month(2, robbery: 8), to: "two.csv")
        _ = try Program.succeed(["import", "--quiet", "--records", folder.path("store"), one, two])

        let direct = try assess([one, two], folder, to: "direct")
        let stored = try assess([folder.path("store")], folder, to: "stored")

        #expect(direct.root["tables"] == stored.root["tables"])
        #expect(try direct.table("B1.level").number("count", "Total") == 19)
    }

    @Test("The same content again changes nothing and says so, packed or not")
    func again() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.header + Self.month(1, robbery: 5), to: "one.csv")
        // Other line ends and another order of rows are the same content.
        let lines = Self.month(1, robbery: 5).split(separator: "\n").reversed().joined(separator: "\r\n")
        let other = try folder.write(Self.header + lines + "\r\n", to: "other.csv")
        try pack(file, to: folder.path("one.csv.gz"))
        #expect(try importFile(file, folder).status == 0)
        let before = folder.files("store")

        for path in [file, folder.path("one.csv.gz"), other] {
            let run = try importFile(path, folder)
            #expect(run.status == 0 && run.output.contains("nothing changed"), "\(run.output)\(run.errors)")
        }

        #expect(folder.files("store") == before)
        #expect(before.keys.contains("manifest.json"))
    }

    @Test("A file and its packed copy in one import are kept once")
    func copyInOneImport() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.header + Self.month(1, robbery: 5), to: "one.csv")
        try pack(file, to: folder.path("one.csv.gz"))

        let run = try importFile(file, folder, folder.path("one.csv.gz"))

        #expect(run.status == 0 && run.output.contains("one.csv.gz: holds only what is there already"), "\(run.output)")
        #expect(try count(folder) == 8)
    }

    @Test("A restated month is refused, replaced or added as told, and restated back")
    func restated() throws {
        let folder = try TemporaryFolder()
        let old = try folder.write(
            Self.header + Self.month(1, robbery: 5) + Self.month(2, robbery: 6), to: "old.csv")
        let new = try folder.write(Self.header + Self.month(2, robbery: 16), to: "new.csv")
        #expect(try importFile(old, folder).status == 0)
        let before = folder.files("store")

        let refused = try importFile(new, folder)
        #expect(refused.status == 1 && refused.errorLines.count == 1)
        for word in [
            "old.csv", "new.csv", "2024-02", "9 incidents in the first, 19 in the second", "--restate", "--add",
        ] {
            #expect(refused.errors.contains(word), "\(refused.errors)")
        }
        #expect(folder.files("store") == before)

        let replaced = try importFile(new, folder, "--restate")
        #expect(replaced.status == 0 && replaced.output.contains("2024-02: 9 → 19"), "\(replaced.output)")
        #expect(try count(folder) == 27)

        let back = try importFile(old, folder, "--restate")
        #expect(back.status == 0 && back.output.contains("2024-02: 19 → 9"), "\(back.output)")
        #expect(try count(folder) == 17)
    }

    @Test("With --add files of one month complete each other")
    func added() throws {
        let folder = try TemporaryFolder()
        let one = try folder.write(Self.header + Self.month(1, robbery: 5), to: "one.csv")
        let two = try folder.write(Self.header + Self.month(1, robbery: 7), to: "two.csv")
        #expect(try importFile(one, folder).status == 0)

        #expect(try importFile(two, folder, "--add").status == 0)

        #expect(try count(folder) == 18)
    }

    @Test("A file that cannot be used leaves the folder as it was")
    func failed() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.header + Self.month(1, robbery: 5), to: "one.csv")
        #expect(try importFile(file, folder).status == 0)
        let before = folder.files("store")

        let missing = try importFile(folder.path("missing.csv"), folder)
        let other = try importFile(try folder.write("a,b\n1,2\n", to: "other.csv"), folder)

        #expect(missing.status == 1 && other.status == 1)
        #expect(folder.files("store") == before)
    }

    @Test("Rejects are written once, and not again for a file that is there")
    func rejects() throws {
        let folder = try TemporaryFolder()
        let bad = "E01000001,,Sutton,robbery,2024,13,1\n"
        let rows = (1...30).map { "E01000001,,Sutton,robbery,2024,1,\($0)\n" }.joined()
        let file = try folder.write(Self.header + rows + bad, to: "one.csv")
        #expect(try importFile(file, folder).status == 0)
        let first = folder.files("store")["rejects.csv"]
        #expect(first.map { $0.split(separator: 0x0A).count } == 2)

        #expect(try importFile(file, folder).output.contains("nothing changed"))

        #expect(folder.files("store")["rejects.csv"] == first)
    }

    @Test("The Metropolitan Police's two ward files overlap as restated", .enabled(if: Shared.isPresent, Shared.absent))
    func wards() throws {
        let folder = try TemporaryFolder()
        #expect(try importFile(Shared.publishedWards, folder).status == 0)
        let before = folder.files("store")["manifest.json"]

        let refused = try importFile(Shared.mps("ward"), folder)
        #expect(refused.status == 1 && refused.errors.contains("Two files hold different records of the same month"))
        #expect(folder.files("store")["manifest.json"] == before)
        let replaced = try importFile(Shared.mps("ward"), folder, "--restate")
        #expect(replaced.status == 0)
        #expect(replaced.output.contains("→"), "\(replaced.output)")

        let definitions = try Definitions(in: folder)
        func total(_ records: [String], _ from: String, _ to: String) throws -> Double {
            _ = try Program.succeed(
                ["assess", "--quiet", "--area", "Sutton", "--from", from, "--to", to, "--output", folder.path("out")]
                    + ["--records"] + records + ["--lookup"] + Shared.lookups + definitions.arguments)
            return try Assessed(folder: folder.path("out")).table("B1.level").number("count", "Total")
        }
        // The later file's months are its own, the earlier file's own months are still there.
        #expect(
            try total([folder.path("store")], "2024-03", "2026-02") == total([Shared.mps("ward")], "2024-03", "2026-02")
        )
        #expect(try total([folder.path("store")], "2024-03", "2026-02") == 25_576)
        #expect(
            try total([folder.path("store")], "2023-07", "2024-01")
                == total([Shared.publishedWards], "2023-07", "2024-01"))
    }

    private func pack(_ file: String, to path: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "gzip -c \"$0\" > \"$1\"", file, path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
