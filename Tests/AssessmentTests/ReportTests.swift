import Assessment
import Foundation
import HTML
import Kernel
import Testing

@Suite("AssessmentReport")
struct ReportTests {
    private func page() throws -> [UInt8] {
        let sample = try ReportSample()
        let maps = [
            ReportMap(id: "wards", title: "Wards of Thornbeck", level: "wards", shapes: sample.ground.wards),
            ReportMap(id: "lsoas", title: "LSOAs of Thornbeck", level: "neighbourhoods", shapes: sample.ground.lsoas),
        ]
        return AssessmentReport.html(sample.assessment(), maps: maps, generatedBy: "Concord 1.0")
    }

    @Test("The page of a whole assessment is sound")
    func lint() throws {
        let page = try page()
        if let path = ProcessInfo.processInfo.environment["CONCORD_REPORT_SAMPLE"] {
            try Data(page).write(to: URL(fileURLWithPath: path))
        }

        #expect(HtmlLint.problems(in: page, whole: true) == [])
    }
}
