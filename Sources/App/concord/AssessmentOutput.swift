import Assessment
import Kernel
import Records

/// Writes an assessment's files.
struct AssessmentOutput {
    let folder: String

    private var program: String { "Concord \(Concord.version)" }

    func write(_ result: AssessmentBuilder.Result) throws {
        try FileSystem.makeFolder(folder)
        for table in result.assessment.tables {
            try FileSystem.write(AssessmentCSV.encode(table), to: "\(folder)/\(table.id).csv")
        }
        try FileSystem.write(
            AssessmentJSON.encode(result.assessment, program: program), to: "\(folder)/assessment.json")
        let html = AssessmentReport.html(
            result.assessment, maps: result.maps, generatedBy: program)
        try FileSystem.write(html, to: "\(folder)/assessment.html")
    }
}
