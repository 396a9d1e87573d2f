import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CaseReviewPages

@Suite("Forms of reviews are written on the review's own pages", .serialized)
struct OwnPageTests {
    private func entries(_ world: CaseReviewSite, _ form: String) throws -> Int {
        try world.site.site.database.read {
            try $0.rows("SELECT id FROM case_entries WHERE form = \(form)").count
        }
    }

    private func last(_ world: CaseReviewSite, _ form: String) throws -> String {
        let id = try world.site.site.database.read {
            try $0.first("SELECT id FROM case_entries WHERE form = \(form) ORDER BY ordinal DESC")?
                .get("id", as: String.self)
        }
        return try #require(id)
    }

    @Test(
        "The case's own page takes neither a decision nor a complaint past the law of reviews",
        arguments: Engine.allCases)
    func refused(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply()
        try world.bringToRecords(review, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        let fill = "/cases/\(review.dropFirst("/case-reviews/".count))/fill"
        for (form, given, way) in [
            ("threshold", ["decision": "not-met-reviewed", "reason": "x", "counted": "0"], review),
            ("review-meeting", ["chair": "Jo", "independent": "yes", "found": "x"], review),
            (
                "complaint", ["to": "council", "by": "victim", "what": "Music", "own": "yes"],
                "\(review)/write/complaint"
            ),
        ] {
            let before = try entries(world, form)
            let page = try world.get("\(fill)/\(form)")
            #expect(page.status == .conflict && page.says("own page") && page.says("href=\"\(way)\""), "\(form)")
            let answer = try world.send(
                "\(fill)/\(form)", form, given, days: ["made": "2026-05-01", "told": "2026-06-01"])
            #expect(answer.status == .conflict && answer.problems == [] && answer.says("Nothing was saved here"))
            #expect(try entries(world, form) == before, "\(form)")
        }
        // A correction either, with the way to where it is made.
        let entry = try last(world, "complaint")
        let correction = try world.send(
            "\(fill)/complaint", "complaint", ["to": "council", "by": "victim", "what": "x"],
            days: ["made": "2026-05-20", "happened-on": "2026-05-20"], ["entry": entry])
        #expect(correction.says("href=\"\(review)/write/complaint?entry=\(entry)\""))
        #expect(try entries(world, "complaint") == 3)
        // The record leads to the review's own page for what may be corrected, and nowhere for what a step carries.
        let record = try world.get("/cases/\(review.dropFirst("/case-reviews/".count))/record")
        #expect(record.says("\(review)/write/complaint?entry=\(entry)") && !record.says("/fill/"))
        #expect(!record.says("/write/acknowledgement"))
    }

    @Test("A complaint is corrected on the review's page, and its law holds there", arguments: Engine.allCases)
    func corrected(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply()
        try world.bringToRecords(review, complaints: ["2026-05-01"])
        let entry = try last(world, "complaint")
        let count = try world.get("\(review)/count")
        #expect(count.says("\(review)/write/complaint?entry=\(entry)"))
        let page = try world.get("\(review)/write/complaint?entry=\(entry)")
        #expect(page.problems == [] && page.says("Correct: Complaint") && page.says("Music at night"))
        #expect(page.hidden("entry") == entry && page.says("value=\"2026\""))
        let path = "\(review)/write/complaint"
        let given = ["to": "police", "by": "victim", "what": "Drums at night"]
        let wrong = try world.send(
            path, "complaint", given, days: ["made": "2026-04-30", "happened-on": "2026-05-01"], ["entry": entry])
        #expect(wrong.status == .badRequest && wrong.says("Drums at night") && wrong.hidden("entry") == entry)
        let days = ["made": "2026-05-02", "happened-on": "2026-05-01"]
        #expect(try world.send(path, "complaint", given, days: days, ["entry": entry]).location == "\(review)/count")
        #expect(try world.get("\(review)/count").says("Drums at night"))
        // Someone who still has the first version open sees both, and may save again.
        let again = try world.send(
            path, "complaint", given.merging(["what": "Shouting"]) { $1 }, days: days, ["entry": entry])
        #expect(again.location == nil && again.problems == [])
        #expect(again.says("changed this first") && again.says("Drums at night") && again.says("Shouting"))
        let now = try #require(again.hidden("entry"))
        #expect(now != entry)
        #expect(
            try world.send(path, "complaint", given.merging(["what": "Shouting"]) { $1 }, days: days, ["entry": now])
                .location != nil)
        #expect(try world.get("\(path)?entry=01890000-0000-7000-8000-000000000099").status == .notFound)
        #expect(try world.get("\(path)?entry=\(entry)", world.police).status == .notFound)
    }

    @Test("An incident that an agency keeps within itself becomes no complaint", arguments: Engine.allCases)
    func ownAgency(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let opened = try world.post(
            "/cases/new/asb",
            [
                "heading": "Shouting at Elm House", "party-victim-given": "Zoë", "party-victim-family": "O’Brien",
                "incident-happened-on-day": "31", "incident-happened-on-month": "5",
                "incident-happened-on-year": "2026", "incident-category": "personal",
                "incident-description": "Told in confidence", "incident-evidence": "allegation",
                "incident-source": "The victim", "incident-own": "yes", "team": "asb-team",
            ])
        #expect(opened.status == .seeOther)
        let person = try #require(
            try world.site.site.database.read { try $0.first("SELECT id FROM people")?.get("id", as: String.self) })
        let entry = try last(world, "incident")
        let review = try world.apply(["party-victim": person])
        let page = try world.get("\(review)/incidents")
        #expect(page.status == .ok && !page.says("Told in confidence"))
        _ = try world.post("\(review)/incidents", ["incident": entry])
        #expect(try entries(world, "complaint") == 0)
    }
}
