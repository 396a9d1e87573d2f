import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CaseReviewPages

@Suite("Pages of the yearly figures of case reviews", .serialized)
struct FiguresPagesTests {
    /// Reviews of 2026/27 — one held with a recommendation, one refused, one not decided — and people after its end.
    private struct World {
        let site: CaseReviewSite
        let analyst: TestAccount
        let lead: TestAccount
        let other: TestAccount

        init(_ engine: Engine) throws {
            site = try CaseReviewSite(engine)
            _ = try site.reviewed()
            let refused = try site.apply(["party-victim": "new"])
            try site.bringToRecords(refused, complaints: ["2026-05-10"])
            _ = try site.post("\(refused)/count", [:])
            for body in ["council", "police", "health"] {
                try site.write(
                    "body-view", refused, ["body": body, "counted": "1", "view": "not-met", "response": "One visit"])
            }
            try site.step(
                "not-met", from: "records", refused, "threshold", ["decision": "not-met", "reason": "One counts"],
                days: ["told": "2026-06-01"], as: site.supervisor)
            _ = try site.apply(["party-victim": "new"])
            // From 1 June 2026 to 7 April 2027: 310 days.
            site.site.advance(seconds: 310 * 86_400)
            analyst = try site.site.account(roles: ["analyst"], name: "Ann Lyst")
            lead = try site.site.account(roles: ["strategy-lead"], name: "Lee Der")
            other = try site.site.account(roles: ["strategy-lead"], name: "Otto Her")
        }

        func compute(_ account: TestAccount) throws -> String {
            let answer = try site.post("/case-reviews/figures", ["year": "2027-03-31"], account)
            guard let path = answer.location else { throw Fault("Nothing was computed", because: answer.text) }
            return path
        }
    }

    @Test(
        "One computes the figures, another approves them, and residents read them without signing in",
        arguments: Engine.allCases)
    func publishing(_ engine: Engine) throws {
        let world = try World(engine)
        let visitor = world.site.site.visitor()
        let empty = try visitor.get("/case-reviews/published")
        #expect(empty.status == .ok && empty.problems == [] && empty.says("No figures have been published yet"))
        let page = try world.site.get("/case-reviews/figures", world.analyst)
        #expect(page.problems == [] && page.says("No figures about case reviews have been published yet"))
        let path = try world.compute(world.analyst)
        let computed = try world.site.get(path, world.analyst)
        #expect(computed.problems == [] && computed.says("Figures for 2026/27"))
        #expect(
            computed.says(
                "Of 3 applications, 1 met the threshold and had a review, 1 did not meet the threshold and 1 was not decided yet."
            ))
        #expect(!computed.says("Approve and publish"))
        #expect(try !visitor.get("/case-reviews/published").says("2026/27"))
        #expect(try world.site.get(path, world.lead).says("Approve and publish"))
        #expect(try world.site.post(path, [:], world.lead).location == "/case-reviews/published")
        let published = try visitor.get("/case-reviews/published")
        #expect(published.problems == [] && published.says("2026/27") && published.says("section 104(9)"))
        #expect(published.says("Applications received from 1 April 2026 to 31 March 2027."))
        let csv = try visitor.get("/case-reviews/published.csv")
        #expect(csv.response.headers["Content-Type"]?.hasPrefix("text/csv") == true)
        #expect(csv.says("2026/27,2026-04-01,2027-03-31,received,1,2027-04-07,3,1,1,1,\"Of 3 applications"))
        for page in [published, csv] {
            for personal in ["Zoë", "O’Brien", "ACR-", "Elm House", "Orla", "Lee Der"] {
                #expect(!page.says(personal), "\(personal)")
            }
        }
    }

    @Test("Nobody approves what they computed, and a correction says why", arguments: Engine.allCases)
    func approving(_ engine: Engine) throws {
        let world = try World(engine)
        let own = try world.compute(world.lead)
        #expect(try world.site.get(own, world.lead).says("Someone other than you must approve"))
        #expect(
            try world.site.post(own, [:], world.lead).says("Someone other than the person who had the figures computed")
        )
        _ = try world.site.post(own, [:], world.other)
        let second = try world.compute(world.analyst)
        let without = try world.site.post(second, ["correction": " "], world.lead)
        #expect(without.status == .badRequest && without.problems == [] && without.says("Say what these correct"))
        #expect(try world.site.post(second, ["correction": "One was missed"], world.lead).status == .seeOther)
        let published = try world.site.site.visitor().get("/case-reviews/published")
        #expect(
            published.problems == [] && published.says("One was missed")
                && published.says("Earlier versions for 2026/27"))
    }

    @Test("A year that goes on is not published, and one that is none is not computed", arguments: Engine.allCases)
    func years(_ engine: Engine) throws {
        let world = try World(engine)
        let now = try world.site.post("/case-reviews/figures", ["year": "2027-04-07"], world.analyst)
        let path = try #require(now.location)
        #expect(try world.site.post(path, [:], world.lead).says("The year goes on until 31 March 2028"))
        let none = try world.site.post("/case-reviews/figures", ["year": "1999-01-01"], world.analyst)
        #expect(none.status == .badRequest && none.says("Choose one of the years") && none.problems == [])
    }

    @Test("Whoever may not prepare figures sees neither them nor their pages", arguments: Engine.allCases)
    func refused(_ engine: Engine) throws {
        let world = try World(engine)
        let path = try world.compute(world.analyst)
        let officer = try world.site.site.account(roles: ["case-officer"], name: "New Officer")
        for address in ["/case-reviews/figures", path] {
            #expect([.forbidden, .notFound].contains(try world.site.get(address, officer).status), "\(address)")
        }
        #expect([.forbidden, .notFound].contains(try world.site.post(path, [:], world.analyst).status))
        #expect(
            try world.site.get("/case-reviews/figures/01890000-0000-7000-8000-000000000099", world.lead).status
                == .notFound)
        let visitor = try world.site.site.visitor().get("/case-reviews/figures")
        #expect(visitor.status != .ok)
    }
}
