import Digests
import Files
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import AssessmentPages

@Suite("The pages of an assessment", .serialized)
struct AssessmentPagesTests {
    let made: MadeAssessment

    init() throws { made = try MadeAssessment.shared() }

    @Test("Who made it hears how far it is, without the server's folders, and then finds the draft")
    func progress() throws {
        #expect(made.draft.hasPrefix("/assessment/") && !made.draft.contains("jobs"))
        #expect(made.told.last?.contains("\"finished\"") == true)
        #expect(made.told.contains { $0.contains("Reading police-people.csv") })
        #expect(!made.told.contains { $0.contains("Reading /") || $0.contains(made.folder) })
        // Who comes when all is over hears of the end at once.
        let late = try MadeAssessment.hear(made.site.get("\(made.job)/events", as: made.analyst))
        #expect(late.count == 1 && late.first?.contains("\"finished\"") == true)
    }

    @Test("Rows that could not be used are kept nowhere outside the records")
    func noRejects() {
        #expect(!FileSystem.exists("\(made.folder)/data/rejects"))
    }

    @Test("Someone else's job is not there")
    func othersJob() throws {
        for path in [made.job, "\(made.job)/events"] {
            let answer = try made.site.get(path, as: made.lead)
            #expect(answer.status == .notFound)
        }
    }

    @Test("A draft is there for those who make or publish assessments, and for nobody else")
    func drafts() throws {
        let pages = [
            "", "/sections/method", "/tables/B1.level", "/figures/B1.level~Total~count", "/files/assessment.json",
        ]
        for page in pages {
            let statuses = try [made.analyst, made.lead, made.member].map {
                try made.site.get(made.draft + page, as: $0).status
            }
            #expect(statuses == [.ok, .ok, .notFound], "\(page)")
        }
        let list = try made.site.get("/assessment", as: made.member)
        #expect(!list.says(made.draft))
        let full = try made.site.get("/assessment", as: made.lead)
        #expect(full.says(made.draft) && full.problems.isEmpty)
    }

    @Test("Every download is in the audit, with the file and its digest")
    func exports() throws {
        let id = String(made.draft.dropFirst("/assessment/".count))
        let files = [
            ("/files/assessment.json", "assessment.json"), ("/files/stored.json", "stored.json"),
            ("/files/B1.level.csv", "B1.level.csv"), ("/files/assessment.html", "assessment.html"),
            ("/tables/B1.level.csv", "B1.level.csv"),
        ]
        for (address, name) in files {
            let before = try made.exports().count
            let answer = try made.site.get(made.draft + address, as: made.analyst)
            #expect(answer.status == .ok && !answer.bytes.isEmpty)
            let entries = try made.exports().dropFirst(before)
            #expect(Array(entries) == ["\(id) \(name) digest \(SHA256.hex(answer.bytes))"], "\(address)")
        }
        let before = try made.exports().count
        let csv = try made.site.get("/assessment/compare?old=\(id)&new=\(id)&format=csv", as: made.analyst)
        #expect(csv.status == .ok)
        let entry = try made.exports().dropFirst(before)
        #expect(Array(entry) == ["\(id) comparison.csv with \(id) digest \(SHA256.hex(csv.bytes))"])
        // What is not there, or not open, leaves none.
        let missing = try made.site.get("\(made.draft)/files/none.csv", as: made.analyst)
        let closed = try made.site.get("\(made.draft)/files/assessment.json", as: made.member)
        #expect(missing.status == .notFound && closed.status == .notFound)
        #expect(try made.exports().count == before + 1)
    }

    @Test("The records of a figure are for analysts, in words, and each reading is in the audit")
    func rows() throws {
        let address = "\(made.draft)/figures/B1.level~Total~count/rows"
        func readings() throws -> Int {
            try made.site.site.database.read {
                try $0.first(
                    """
                    SELECT count(*) AS readings FROM audit_entries
                    WHERE act = 'read' AND object_kind = 'assessment-figure' AND results > 0
                    """
                )?.get("readings") ?? -1
            }
        }
        let before = try readings()
        let refused = try made.site.get(address, as: made.lead)
        #expect(refused.status == .forbidden)
        #expect(try readings() == before)
        let page = try made.site.get(address, as: made.analyst)
        #expect(page.status == .ok && page.problems.isEmpty)
        #expect(try readings() == before + 1)
        // A place beyond the end, however far, is the end.
        let beyond = try made.site.get("\(address)?from=9223372036854775807", as: made.analyst)
        let table = try made.site.get("\(made.draft)/tables/B1.level?from=9223372036854775807", as: made.analyst)
        #expect(beyond.status == .ok && table.status == .ok)
        #expect(!page.says(made.folder))
        #expect(page.says(" 2025 at ") && page.says("January 2025"))
        #expect(page.text.firstMatch(of: #/20[0-9]{2}-[0-9]{2}-[0-9]{2}/#) == nil)
    }

    @Test("Definitions used lead to what is kept of them, but for the partnership's own")
    func definitions() throws {
        let kept = try made.site.site.database.read { connection in
            try connection.rows("SELECT path, sha256 FROM kept_definitions").map { row in
                (try row.get("path", as: String.self), try row.get("sha256", as: String.self))
            }
        }
        let groups = try #require(kept.first { $0.0 == "offence-groups/default.json" }).1
        let own = try #require(kept.first { $0.0 == "partnership.json" }).1
        for page in ["/sections/method", "/figures/B1.level~Total~count"] {
            let answer = try made.site.get(made.draft + page, as: made.analyst)
            #expect(answer.says("href=\"/trust/definitions/\(groups)\""), "\(page)")
            #expect(answer.says(own) && !answer.says("/trust/definitions/\(own)"), "\(page)")
            #expect(!answer.says(made.folder), "\(page)")
            #expect(answer.problems.isEmpty)
        }
    }
}
