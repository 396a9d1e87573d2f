import Foundation
import Kernel
import Testing

@Suite("Rows that cannot be used")
struct RejectsTests {
    private static let header = "incident_id,source,category,from,to,lsoa\n"
    private static let bad = [
        "X1,police,Robbery,2024-02-30T10:00,,E01000001", "X2,police,Robbery,yesterday,,E01000001",
        "X3,police,,2024-01-05,,E01000001", "X4,,Robbery,2024-01-05,,E01000001", "X5,police,Robbery,,,E01000001",
    ]

    private static func rows(good: Int, bad: Int) -> String {
        let kept = (0..<good).map { "G\($0),police,Robbery,2024-01-\(padded($0 % 28 + 1, to: 2))T10:00,,E01000001\n" }
        return header + kept.joined() + self.bad.prefix(bad).map { $0 + "\n" }.joined()
    }

    private func quality(_ file: String, _ folder: TemporaryFolder, _ more: [String]) throws -> Program.Run {
        try Program.run(["quality", "--format", "json", "--output", folder.path("out"), file] + more)
    }

    @Test("Below the limit they are listed with file, line, column, value and reason, and the rest is read")
    func below() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.rows(good: 200, bad: 5), to: "records.csv")

        let run = try quality(path, folder, ["--reject-limit", "5"])

        #expect(run.status == 0, "\(run.errors)")
        let lines = try rejects(folder)
        #expect(lines.first == "file,line,column,value,reason,treatment")
        #expect(lines.count == 6)
        let expected = [
            "202,from,2024-02-30T10:00,", "203,from,yesterday,", "204,category,,", "205,source,,", "206,from,,",
        ]
        for start in expected {
            #expect(
                lines.count { $0.hasPrefix("\(path),\(start)") && $0.hasSuffix(",row rejected") } == 1,
                "\(start) \(lines)")
        }
        let assessed = try Assessed(text: run.output)
        #expect(try assessed.table("A2.sources").rows[0][2] == .integer(200))
        #expect(try assessed.table("A2.rejects").column("count").compactMap(\.number).reduce(0, +) == 5)
        #expect(run.errors.contains("rejects.csv"))
    }

    @Test("Above the limit the run stops with one message, and the rejects are there to look at")
    func above() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.rows(good: 20, bad: 5), to: "records.csv")

        let run = try quality(path, folder, ["--quiet", "--reject-limit", "5"])

        #expect(run.status == 1 && run.output == "" && run.errorLines.count == 1, "\(run.errors)")
        for word in ["records.csv", "5 of 25 rows (20.0 %)", "rejects.csv", "--reject-limit"] {
            #expect(run.errors.contains(word), "\(run.errors)")
        }
        #expect(try rejects(folder).count == 6)
    }

    @Test("A value that is no code is left out and said, and its row kept")
    func leftOut() throws {
        let folder = try TemporaryFolder()
        let text =
            Self.header + "A,police,Robbery,2024-01-05,2024-01-04,Sutton 001A\nB,police,Robbery,2024-01-06,,E01000001\n"
        let path = try folder.write(text, to: "records.csv")

        let run = try quality(path, folder, [])

        #expect(run.status == 0)
        #expect(try Assessed(text: run.output).table("A2.sources").rows[0][2] == .integer(2))
        let lines = try rejects(folder)
        #expect(lines.count == 3 && lines.dropFirst().allSatisfy { $0.hasSuffix("row kept\"") }, "\(lines)")
        #expect(lines.contains { $0.contains(",2,lsoa,Sutton 001A,is not the code of an LSOA") }, "\(lines)")
    }

    @Test("A row of a wide table is kept or rejected whole")
    func wide() throws {
        let folder = try TemporaryFolder()
        let header = "lsoa_code,lsoa_name,borough,major_category,minor_category,202401,202402,202403\n"
        let rows = (0..<40).map { "E01000001,,E09000029,ROBBERY,ROBBERY \($0),1,1,1\n" }.joined()
        let bad = "E01000001,,E09000029,THEFT,THEFT,5,5,-1\nE01000001,,E09000029,,THEFT,7,7,7\n"
        let path = try folder.write(header + rows + bad, to: "wide.csv")

        let run = try quality(path, folder, [])

        #expect(run.status == 0, "\(run.errors)")
        #expect(
            try Assessed(text: run.output).table("A2.sources").number(
                "incidents", "Metropolitan Police recorded crime by LSOA (London Datastore)") == 120)
        let lines = try rejects(folder)
        #expect(lines.count == 3)
        #expect(lines.contains { $0.contains(",42,202403,-1,is a negative count,row rejected") }, "\(lines)")
        #expect(lines.contains { $0.contains(",43,major_category,,is empty,row rejected") }, "\(lines)")
    }

    private func rejects(_ folder: TemporaryFolder) throws -> [String] {
        let data = try #require(folder.files("out")["rejects.csv"], "there is no rejects file")
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }
}
