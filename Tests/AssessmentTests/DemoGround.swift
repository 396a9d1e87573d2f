import Assessing
import Assessment
import DemoBorough
import Foundation
import Kernel
import Records

/// The demo borough and its assessment, made once for all tests of this run.
struct DemoGround: Sendable {
    let stored: StoredAssessment
    let records: FigureRecords
    /// The lines of each file by its path, the header first.
    let lines: [String: [Substring]]
    /// The boundaries as they were written: GeoJSON of the small areas.
    let boundaries: JSON

    var assessment: StrategicAssessment { stored.assessment }

    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    private static let made = Result { try DemoGround() }

    /// The one of this run.
    static func shared() throws -> DemoGround { try made.get() }

    private init() throws {
        let folder = NSTemporaryDirectory() + "concord-demo-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try DemoBorough.write(seed: 7, to: folder, years: 2) { _ in }
        let request = try DemoGround.request(
            partnership: "\(folder)/partnership.json", from: "2025-01", to: "2025-12", rejects: "\(folder)/rejects.csv")
        stored = StoredAssessment(try AssessmentBuilder.build(request), program: "Concord test")
        records = try FigureRecords(request)
        var lines: [String: [Substring]] = [:]
        for file in request.records.files {
            lines[file.path] = try String(contentsOfFile: file.path, encoding: .utf8)
                .split(separator: "\n", omittingEmptySubsequences: false)
        }
        self.lines = lines
        let path = "\(folder)/lsoa.geojson"
        boundaries = try JSON(parsing: Array(FileManager.default.contents(atPath: path) ?? Data()), from: path)
    }

    static func request(partnership path: String, from: String, to: String, rejects: String) throws
        -> AssessmentRequest
    {
        let definitions = try DefinitionsFolder(given: root + "/Definitions", program: "")
        let partnership = try definitions.partnership(path)
        let library = try definitions.mappings()
        let inputs = try InputFiles(partnership: partnership, library: library)
        let files = try RecordFiles(inputs.records, library: library) { _ in }.files
        let records = try Assessing.readRecords(
            files, named: inputs.records, library: library, rejects: rejects, limit: 0.05
        ) { _, _, _ in }
        guard let first = Month(from), let last = Month(to), let period = MonthRange(from: first, to: last) else {
            throw Fault("no period")
        }
        let order = AssessmentOrder(partnership: partnership, areas: [], period: period)
        return try Assessing.request(order, records: records, inputs: inputs, definitions: definitions)
    }
}
