import Assessments
import Configuration
import DemoBorough
import Foundation
import Governance
import HTTP
import Jobs
import Kernel
import Site
import Storage
import Synchronization
import TestSite

@testable import AssessmentPages

/// A site with the records of the demo borough, and an assessment that an analyst made through the pages.
final class MadeAssessment: Sendable {
    let folder: String
    let site: TestSite
    let analyst: TestAccount
    let lead: TestAccount
    let member: TestAccount
    /// The address of the job's page.
    let job: String
    /// The address of the draft.
    let draft: String
    /// What the stream of events told while it was made.
    let told: [String]

    private static let made = Result { try MadeAssessment() }

    /// The one of this run.
    static func shared() throws -> MadeAssessment { try made.get() }

    static let form = [
        "title": "Strategic assessment 2025", "from-month": "1", "from-year": "2025", "to-month": "12",
        "to-year": "2025",
    ]

    private init() throws {
        let folder = NSTemporaryDirectory() + "concord-pages-" + UUID().uuidString
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try DemoBorough.write(seed: 7, to: folder, years: 2) { _ in }
        site = try TestSite(routes: AssessmentRoutes.routes, evidence: "\(folder)/partnership.json") {
            $0.data = "\(folder)/data"
            $0.evidence = "\(folder)/partnership.json"
        }
        analyst = try site.account(roles: ["analyst"], name: "Asha Nair")
        lead = try site.account(roles: ["strategy-lead"], name: "Leon Barrow")
        member = try site.account(roles: ["member"])
        job = try site.post("/assessment/new", MadeAssessment.form, as: analyst).location ?? ""
        let events = try site.get("\(job)/events", as: analyst)
        try site.site.jobs.begin()
        told = try MadeAssessment.hear(events)
        draft = try site.get(job, as: analyst).location ?? ""
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Reads a stream of events to its end, as the server does.
    static func hear(_ answer: TestAnswer) throws -> [String] {
        guard case .events(let stream) = answer.response.body else { throw Fault("There is no stream") }
        defer { stream.disconnect() }
        let more = Semaphore()
        stream.onWake { more.post() }
        var bytes: [UInt8] = []
        while true {
            switch stream.next(1 << 20) {
            case .bytes(let part): bytes += part
            case .waiting: guard more.wait(milliseconds: 300_000) else { throw Fault("The stream does not end") }
            case .end:
                return String(decoding: bytes, as: UTF8.self).split(separator: "\n\n").map { String($0.dropFirst(6)) }
            }
        }
    }

    /// The downloads in the audit: what of, and the file.
    func exports() throws -> [String] {
        try site.site.database.read { connection in
            try connection.rows("SELECT object_id, query FROM audit_entries WHERE act = 'export' ORDER BY seq").map {
                "\(try $0.get("object_id", as: String.self)) \(try $0.get("query", as: String.self))"
            }
        }
    }
}
