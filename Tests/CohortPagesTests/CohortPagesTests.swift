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
        #expect(page.says("breaches of orders that are offences") && page.says("of fewer than 5 of the offences"))
        let month = try site.get("\(address)/2026-05", as: member)
        #expect(month.problems == [] && month.says("Taken on in the month"))
        for path in ["\(address)/2026-03", "\(address)/may", "/cohorts/unknown"] {
            #expect(try site.get(path, as: member).status == .notFound, "\(path)")
        }
        let csv = try site.get("\(address)?format=csv", as: member).text
        #expect(
            csv.hasPrefix("month,caseload,")
                && csv.contains("\r\n2026-04,0,0,0,0,0,0,0,0,0,0,0,fewer than 5\r\n2026-05,"))
    }

    @Test("A small number of breaches is told to who counts the months, and to nobody else", arguments: Engine.allCases)
    func smallNumbers(_ engine: Engine) throws {
        let site = try TestSite(engine, routes: CohortRoutes.routes)
        let analyst = try site.account(roles: ["member", "analyst"])
        let others = [
            try site.account(roles: ["member"], agency: "fire"), try site.account(roles: ["member", "supervisor"]),
        ]
        #expect(try site.post(address, ["month": "2026-05"], as: analyst).location != nil)
        // The months before it as they would have been kept with four, five and with orders not looked at.
        try site.site.database.write { connection in
            let known = try #require(try connection.first("SELECT figures, definition FROM cohort_snapshots"))
            let (text, definition): (String, String) = (try known.get("figures"), try known.get("definition"))
            try #require(text.contains("\"breachesAfter\": 0") && text.contains("2026-05"))
            for (month, breaches) in [("2026-04", "4"), ("2026-03", "5"), ("2026-02", "null")] {
                let figures = text.replacing("\"breachesAfter\": 0", with: "\"breachesAfter\": \(breaches)")
                    .replacing("2026-05", with: month)
                try connection.run(
                    """
                    INSERT INTO cohort_snapshots (id, cohort, month, figures, definition, made_at, made_by, made_by_name)
                    VALUES (\("01890000-0000-7000-8000-\(month.filter { $0 != "-" })000000"), 'offender-management', \(month), \(figures),
                        \(definition), \(site.now), 'system', 'Concord')
                    """)
            }
        }
        func told(_ month: String, _ account: TestAccount) throws -> String {
            try site.get("\(address)/\(month)", as: account).between("convicted: of ", " of the offences") ?? "nothing"
        }
        func column(_ account: TestAccount) throws -> [String] {
            let lines = try site.get("\(address)?format=csv", as: account).text.split(separator: "\r\n").dropFirst()
            return lines.map { line in
                String(line.split(separator: ",", omittingEmptySubsequences: false).last ?? "")
            }
        }
        let months = ["2026-02", "2026-03", "2026-04", "2026-05"]
        #expect(try months.map { try told($0, analyst) } == ["nothing", "5", "4", "0"])
        #expect(try column(analyst) == ["", "5", "4", "0"])
        for account in others {
            #expect(try months.map { try told($0, account) } == ["nothing", "5", "fewer than 5", "fewer than 5"])
            #expect(try column(account) == ["", "5", "fewer than 5", "fewer than 5"])
        }
        #expect(try site.get(address, as: analyst).says("of 0 of the offences"))
    }
}
