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
    // Told on Monday 8 June 2026: twenty working days after it end on 6 July.
    @Test("The page tells the end of the time for an appeal from the day of being told", arguments: Engine.allCases)
    func appeal(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try notMet(world)
        world.site.advance(seconds: 7 * 86_400)
        let told = try world.send(
            "\(review)/write/decision-told", "decision-told", ["how": "By letter"], days: ["happened-on": "2026-06-08"],
            [:], newOfficer(world, "First New"))
        #expect(told.status == .seeOther)
        world.site.advance(seconds: 25 * 86_400)
        let inTime = try world.get(review, newOfficer(world, "Second New"))
        #expect(inTime.problems == [] && inTime.says("The time for an appeal ends") && inTime.says("6 July 2026"))
        #expect(!inTime.says("Late") && !inTime.says("29 June 2026") && inTime.says("/step/appeal"))
        world.site.advance(seconds: 4 * 86_400)
        let over = try world.get(review, newOfficer(world, "Third New"))
        #expect(over.says("6 July 2026") && over.says("Over") && !over.says("Late"))
    }

    private func newOfficer(_ world: CaseReviewSite, _ name: String) throws -> TestAccount {
        try world.site.account(roles: ["case-officer"], teams: ["asb-team"], name: name, side: .victim)
    }

    /// A review whose threshold is not met on 1 June 2026.
    private func notMet(_ world: CaseReviewSite) throws -> String {
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
        return review
    }

    @Test(
        "That the applicant was told is said later, and a closed review is not late for ever",
        arguments: Engine.allCases)
    func closed(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try notMet(world)
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
        let page = try world.get(review, newOfficer(world, "New Officer"))
        #expect(page.status == .ok && page.problems == [])
        #expect(!page.says("Late") && !page.says("/step/appeal") && page.says("/step/reopen"))
    }
}
