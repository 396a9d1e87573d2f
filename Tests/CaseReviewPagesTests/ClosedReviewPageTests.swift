import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CaseReviewPages

@Suite("Pages of reviews below the threshold", .serialized)
struct ClosedReviewPageTests {
    @Test(
        "That the applicant was told is said later, and a closed review is not late for ever",
        arguments: Engine.allCases)
    func closed(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply()
        try world.bringToRecords(review, complaints: ["2026-05-10"])
        _ = try world.post("\(review)/count", [:])
        for body in ["council", "police", "health"] {
            try world.write(
                "body-view", review, ["body": body, "counted": "1", "view": "not-met", "response": "One visit"])
        }
        try world.step(
            "not-met", from: "records", review, "threshold", ["decision": "not-met", "reason": "One counts"],
            as: world.supervisor)
        #expect(try world.get(review).says("/write/decision-told"))
        #expect(
            try world.get("\(review)/step/close-not-met", world.supervisor).says("Tell the applicant the decision"))
        try world.write("decision-told", review, ["how": "By letter"])
        #expect(try !world.get(review).says("/write/decision-told"))
        try world.step(
            "close-not-met", from: "not-met", review, "closing", ["outcome": "not-met", "reason": "One counts"],
            days: ["told": "2026-06-01"], as: world.supervisor)
        #expect(try world.get(review).says("/step/appeal"))
        // The time for an appeal ends on 29 June 2026: from then on none is offered, and nothing is late.
        world.site.advance(seconds: 60 * 86_400)
        let officer = try world.site.account(
            roles: ["case-officer"], teams: ["asb-team"], name: "New Officer", side: .victim)
        let page = try world.get(review, officer)
        #expect(page.status == .ok && page.problems == [])
        #expect(!page.says("Late") && !page.says("/step/appeal") && page.says("/step/reopen"))
    }
}
