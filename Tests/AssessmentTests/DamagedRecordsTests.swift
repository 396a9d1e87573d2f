import Files
import Foundation
import Kernel
import Records
import Testing

@testable import Assessment

/// Odd but readable records through the whole assessment: a fault or an assessment, and never the end of the program.
@Suite("Assessments of odd records")
struct DamagedRecordsTests {
    private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    private static let months = [
        "2024-01", "2024-02", "2023-01", "2023-12", "1900-01", "0001-01", "9999-12", "2024-06",
    ]
    private static let lsoas = ["E01000001", "E01000002", "E01000003", "E01999999", "W01000001", ""]
    private static let values = ["Robbery", "Drugs", "Théft", "a,b", "<script>", "\u{2019}", "x y"]

    private static func pick(_ list: [String], _ random: inout SeededRandom) -> String {
        list[Int(random.uniform() * Double(list.count))]
    }

    /// Incidents in Concord's own format, with few or no columns filled.
    private static func incidents(_ random: inout SeededRandom) -> String {
        var text = "incident_id,source,category,offence_code,from,to,longitude,latitude,lsoa,knife\n"
        for row in 0..<Int(random.uniform() * 40) {
            let day = "\(pick(months, &random))-\(padded(1 + Int(random.uniform() * 28), to: 2))"
            let times = ["", "T\(padded(Int(random.uniform() * 24), to: 2)):30", "T00:00:00Z"]
            let end = random.uniform() < 0.3 ? "\(pick(months, &random))-15T12:00" : ""
            let place = random.uniform() < 0.5 ? "-0.1,51.4" : ","
            text += "\(row % 7),\(pick(["police", "ambulance", "new"], &random)),\"\(pick(values, &random))\","
            text += "\(pick(["", "034/01", "1/1"], &random)),\(day)\(pick(times, &random)),\(end),\(place),"
            text += "\(pick(lsoas, &random)),\(pick(["", "1", "no"], &random))\n"
        }
        return text
    }

    private static func counts(_ random: inout SeededRandom) -> String {
        var text = "lsoa_code,lsoa_name,borough,category,year,month,crime_count\n"
        for _ in 0..<Int(random.uniform() * 40) {
            let month = pick(months, &random)
            text += "\(pick(lsoas, &random)),,\(pick(["Sutton", "Croydon", ""], &random)),\"\(pick(values, &random))\","
            text += "\(month.prefix(4)),\(month.suffix(2)),\(pick(["0", "1", "7", "7000"], &random))\n"
        }
        return text
    }

    @Test("A hundred sets of odd records end in a fault or an assessment", arguments: 0..<4)
    func sets(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let folder = NSTemporaryDirectory() + "concord-odd-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = try MappingLibrary(folder: Self.root + "/Definitions/mappings")
        let lookup = try write(
            "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\nE01000001,A,E05000001,W,E09000029,Sutton\n"
                + "E01000002,B,E05000001,W,E09000029,Sutton\nE01000003,C,E05000002,V,E09000008,Croydon\n", folder,
            "lookup.csv")
        let people = try write("code,population\nE01000001,0\nE01000002,1500\n", folder, "people-2022.csv")
        var made = 0
        for number in 0..<25 {
            var files: [RecordReader.File] = []
            files.append(.init(path: try write(Self.counts(&random), folder, "counts.csv"), overlap: .add))
            files.append(.init(path: try write(Self.incidents(&random), folder, "incidents.csv"), overlap: .add))
            if number % 3 == 0 { files.remove(at: number % 2) }
            do {
                let records = try RecordReader(
                    library: library, log: RejectLog(path: folder + "/rejects.csv"), rejectLimit: 1
                ).read(files)
                var request = try request(records)
                if number % 2 == 0 { try request.lookup.read(lookup) }
                if number % 4 == 0 { try request.populations.read(people) }
                let result = try AssessmentBuilder.build(request)
                let html = AssessmentReport.html(result.assessment, maps: result.maps, generatedBy: "test")
                #expect(!html.isEmpty)
                check(result.assessment)
                made += 1
            } catch let fault as Fault {
                #expect(!fault.description.isEmpty)
            }
        }
        #expect(made > 6)
    }

    private func request(_ records: RecordSet) throws -> AssessmentRequest {
        let weights = """
            {"id": "t", "title": "T", "version": "1", "schemes": {"any": {"robbery": 365, "drugs": {"days": 5, "low": 1, "high": 9}}}}
            """
        let groups = """
            {"id": "t", "version": "1", "groups": [{"id": "k", "title": "Knives", "flags": ["knife"]},
            {"id": "r", "title": "Robbery", "categories": {"police-uk": ["Robbery"]}, "codes": ["034"]}]}
            """
        let first = try #require(Month("2024-01"))
        return AssessmentRequest(
            areas: ["Sutton"], period: try #require(MonthRange(from: first, to: first.advanced(by: 5))),
            records: records,
            weights: try HarmWeights(DefinitionFile(bytes: Array(weights.utf8), path: "weights.json")),
            groups: try OffenceGroups(DefinitionFile(bytes: Array(groups.utf8), path: "groups.json")))
    }

    /// Every row is as wide as its table, and every number is finite.
    private func check(_ assessment: StrategicAssessment) {
        for table in assessment.tables {
            for row in table.rows {
                #expect(row.count == table.columns.count, "\(table.id)")
                for cell in row {
                    if case .number(let value) = cell { #expect(value.isFinite, "\(table.id)") }
                }
            }
        }
    }

    private func write(_ text: String, _ folder: String, _ name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        return "\(folder)/\(name)"
    }
}
