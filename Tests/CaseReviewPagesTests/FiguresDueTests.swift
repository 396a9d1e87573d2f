import Governance
import HTTP
import Storage
import TestSite
import Testing

@testable import CaseReviewPages

@Suite("Yearly figures that are due, on the first page", .serialized)
struct FiguresDueTests {
    private let what = "Publish the yearly figures of case reviews"

    /// s.104(9) of the 2014 Act with the rule `caseReview.publish.every`: twelve months. The application is of 1 June 2026.
    @Test(
        "They wait for who publishes once twelve months have passed, and no more after that", arguments: Engine.allCases
    )
    func due(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        // Sessions end in so many days, so everyone signs in anew.
        func lead() throws -> TestAccount { try world.site.account(roles: ["strategy-lead"], name: "Lee Der") }
        // Nobody has applied: there is nothing to publish.
        #expect(try !world.get("/", lead()).says(what))
        _ = try world.apply()
        #expect(try !world.get("/", lead()).says(what))
        // The corresponding day, 1 June 2027, is 365 days on; the time has passed on the day after.
        world.site.advance(seconds: 365 * 86_400)
        #expect(try !world.get("/", lead()).says(what))
        world.site.advance(seconds: 86_400)
        let publisher = try lead()
        let page = try world.get("/", publisher)
        #expect(page.problems == [] && page.says(what) && page.says("href=\"/case-reviews/figures\""))
        #expect(page.says("2 June 2027"))
        let analyst = try world.site.account(roles: ["analyst"], name: "Ann Lyst")
        let officer = try world.site.account(roles: ["supervisor"], name: "New Super")
        for account in [analyst, officer] { #expect(try !world.get("/", account).says(what)) }
        let made = try world.post("/case-reviews/figures", ["year": "2027-03-31"], analyst)
        let path = try #require(made.location)
        #expect(try world.post(path, [:], publisher).location != nil)
        #expect(try !world.get("/", publisher).says(what))
        world.site.advance(seconds: 367 * 86_400)
        #expect(try world.get("/", lead()).says(what))
    }
}
