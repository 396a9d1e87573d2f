import Assessment
import Kernel
import Records

/// Writes an assessment's files.
struct AssessmentOutput {
    let folder: String

    func write(_ result: AssessmentBuilder.Result) throws {
        try FileSystem.makeFolder(folder)
        for table in result.assessment.tables {
            try FileSystem.write(AssessmentCSV.encode(table), to: "\(folder)/\(table.id).csv")
        }
        try FileSystem.write(AssessmentJSON.encode(result.assessment), to: "\(folder)/assessment.json")
        let html = AssessmentReport.html(
            result.assessment, maps: result.maps, generatedBy: "Concord \(Concord.version)")
        try FileSystem.write(html, to: "\(folder)/assessment.html")
    }
}
