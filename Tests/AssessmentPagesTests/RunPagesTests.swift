import Configuration
import Foundation
import Governance
import HTTP
import Jobs
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import AssessmentPages

@Suite("Asking for an assessment")
struct RunPagesTests {
    let site: TestSite
    let analyst: TestAccount
    let folder: String

    /// A partnership whose records have gone.
    init() throws {
        folder = NSTemporaryDirectory() + "concord-run-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let partnership = """
            {"name": "Obbwade", "version": "1", "boroughs": ["Obbwade"], "areas": ["E09000990"],
             "records": ["\(folder)/gone.csv"]}
            """
        try Data().write(to: URL(fileURLWithPath: "\(folder)/gone.csv"))
        try Data(partnership.utf8).write(to: URL(fileURLWithPath: "\(folder)/partnership.json"))
        let data = "\(folder)/data"
        site = try TestSite(routes: AssessmentRoutes.routes, evidence: "\(folder)/partnership.json") { $0.data = data }
        analyst = try site.account(roles: ["analyst"])
        try FileManager.default.removeItem(atPath: "\(folder)/gone.csv")
    }

    private func runs() throws -> Int { try site.audit().count { $0.hasPrefix("assessment-run") } }

    private func jobs() throws -> Int {
        try site.site.database.read { try $0.first("SELECT count(*) AS jobs FROM jobs")?.get("jobs") ?? -1 }
    }

    @Test("Months are asked for as month and year, and what is wrong is said beside them")
    func form() throws {
        let page = try site.get("/assessment/new", as: analyst)
        #expect(page.status == .ok && page.problems.isEmpty)
        for name in ["from-month", "from-year", "to-month", "to-year"] { #expect(page.says("name=\"\(name)\"")) }
        #expect(page.text.firstMatch(of: #/20[0-9]{2}-[0-9]{2}[^0-9]/#) == nil)
        let wrong = MadeAssessment.form.merging(["from-month": "13", "to-year": ""]) { $1 }
        let again = try site.post("/assessment/new", wrong, as: analyst)
        #expect(again.says("href=\"#from-month\"") && again.says("href=\"#to-month\"") && again.problems.isEmpty)
        #expect(again.says("value=\"13\"") && again.says("id=\"from-month\""))
        let turned = try site.post(
            "/assessment/new", MadeAssessment.form.merging(["to-year": "2024"]) { $1 }, as: analyst)
        #expect(turned.says("The last month must not lie before the first"))
        #expect(try runs() == 0 && jobs() == 0)
    }

    @Test("Programs may send a month whole")
    func whole() throws {
        let answer = try site.post(
            "/assessment/new", ["title": "A", "from": "2025-01", "to": "2025-12"], as: analyst)
        #expect(answer.location?.hasPrefix("/assessment/jobs/") == true)
        #expect(try runs() == 1 && jobs() == 1)
    }

    @Test("A full queue is said in the form, and the audit tells of no run")
    func full() throws {
        for _ in 1...20 { _ = try site.post("/assessment/new", MadeAssessment.form, as: analyst) }
        #expect(try runs() == 20 && jobs() == 20)
        let refused = try site.post("/assessment/new", MadeAssessment.form, as: analyst)
        #expect(refused.status.code < 500 && refused.says("Try again when some of them are finished"))
        #expect(refused.says("value=\"Strategic assessment 2025\"") && refused.problems.isEmpty)
        #expect(try runs() == 20 && jobs() == 20)
    }

    @Test("What failed is said without the server's folders, and logged")
    func failed() throws {
        let job = try #require(try site.post("/assessment/new", MadeAssessment.form, as: analyst).location)
        let events = try site.get("\(job)/events", as: analyst)
        try site.site.jobs.begin()
        let told = try MadeAssessment.hear(events)
        #expect(told.last?.contains("\"failed\"") == true)
        let page = try site.get(job, as: analyst)
        #expect(page.status == .ok && page.problems.isEmpty)
        #expect(page.says("gone.csv") && !page.says(folder) && page.says("Start again"))
        #expect(site.log.count == 1 && site.log.first?.contains(String(job.suffix(36))) == true)
    }

    @Test("Faults in pages have file names for paths, and no options of the command line")
    func words() {
        let fault = Fault(
            "The area is not known", at: "--area Nowhere",
            because: "it is not in “/srv/data/areas.csv” or /srv/b.csv:12",
            remedy: "Choose other months with --from and --to, another area, or other records. Use --force.")
        #expect(
            fault.forPages.description
                == "The area is not known (Nowhere): it is not in “areas.csv” or b.csv:12. "
                + "Choose other months, another area, or other records.")
        let file = Fault("The file cannot be read", at: "/srv/a.csv, /srv/b.csv", remedy: "Give it with --records.")
        #expect(file.forPages.description == "The file cannot be read (a.csv, b.csv). Give it.")
    }
}
