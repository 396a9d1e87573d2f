import Governance
import HTTP
import Site
import Storage
import TestSite
import Testing

@testable import CohortPages

@Suite("Cohort pages", .serialized)
struct CohortPagesTests {
    private let address = "/cohorts/offender-management"

    @Test("An analyst keeps a month that is over; everyone of the partnership reads it", arguments: Engine.allCases)
    func months(_ engine: Engine) throws {
        let site = try TestSite(engine, routes: CohortRoutes.routes)
        let analyst = try site.account(roles: ["member", "analyst"])
        let member = try site.account(roles: ["member"], agency: "fire")
        #expect(try site.get("/cohorts", as: member).problems == [])
        let empty = try site.get(address, as: analyst)
        #expect(empty.problems == [] && empty.says("No month has been counted yet") && empty.says("Count a month"))
        // It is the first of June 2026: May is the last month that is over.
        #expect(empty.says("value=\"2026-05\" selected") && !empty.says("value=\"2026-06\""))
        #expect(try !site.get(address, as: member).says("Count a month"))
        let wrong = [("", "Choose a month"), ("2026-06", "Choose a month that is over"), ("soon", "Choose a month")]
        for (sent, words) in wrong {
            let answer = try site.post(address, ["month": sent], as: analyst)
            #expect(answer.says(words) && answer.says("href=\"#month\"") && answer.problems == [], "\(sent)")
        }
        #expect(try site.post(address, ["month": "2026-05"], as: member).status == .forbidden)
        #expect(try site.post(address, ["month": "2026-05"], as: analyst).location == "\(address)/2026-05")
        #expect(try site.post(address, ["month": "2026-05"], as: analyst).says("was counted already"))
        #expect(try site.post(address, ["month": "2026-04"], as: analyst).location != nil)
        let page = try site.get(address, as: member)
        #expect(page.problems == [] && page.says("Outcomes of the twelve months to May 2026") && page.says("<svg"))
        #expect(page.says("0 people were on the caseload") && page.says("How many"))
        #expect(page.says("breaches of orders that are offences") && page.says("of 0 of the offences"))
        let month = try site.get("\(address)/2026-05", as: member)
        #expect(month.problems == [] && month.says("Taken on in the month"))
        for path in ["\(address)/2026-03", "\(address)/may", "/cohorts/unknown"] {
            #expect(try site.get(path, as: member).status == .notFound, "\(path)")
        }
        let csv = try site.get("\(address)?format=csv", as: member).text
        #expect(csv.hasPrefix("month,caseload,") && csv.contains("\r\n2026-04,0,0,0,0,0,0,0,0,0,0,0,0\r\n2026-05,"))
    }
}
