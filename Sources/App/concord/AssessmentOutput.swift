import Assessment
import Files
import Kernel
import Records

/// Writes an assessment's files.
struct AssessmentOutput {
    let folder: String

    private var program: String { "Concord \(Concord.version)" }

    func write(_ result: AssessmentBuilder.Result) throws {
        try FileSystem.makeFolder(folder)
        var files = result.assessment.tables.map { table in
            (path: "\(folder)/\(table.id).csv", bytes: AssessmentCSV.encode(table))
        }
        files.append(("\(folder)/assessment.json", AssessmentJSON.encode(result.assessment, program: program)))
        let html = AssessmentReport.html(result.assessment, maps: result.maps, generatedBy: program)
        files.append(("\(folder)/assessment.html", html))
        try FileSystem.write(files)
    }
}
