import Files
import Kernel
import Testing

@testable import Rules

@Suite("Rules as data")
struct PolicyRulesTests {
    @Test("What is shipped has a source for every rule, and says how sure it is")
    func shipped() throws {
        let rules = try Shipped.rules()
        #expect(rules.all.count > 90)
        for rule in rules.all {
            #expect(!rule.source.isEmpty && !rule.name.isEmpty, "\(rule.key)")
            #expect(rule.approvedBy == nil ? rule.note != nil : rule.approvedOn != nil, "\(rule.key)")
        }
    }

    @Test("A rule holds on its days, and what waits for approval on none")
    func dates() throws {
        let rules = try Shipped.rules()
        #expect(try rules.choice("marac.repeat.definition", on: day("2017-03-31")) == "criminal-last-heard")
        #expect(try rules.choice("marac.repeat.definition", on: day("2017-04-01")) == "any-abuse-last-referral")
        #expect(try rules.pence("cpn.fpn.max", on: day("2027-01-01")) == 10_000)
        #expect(rules.all.contains { $0.key == "cpn.fpn.max" && $0.value == .pence(50_000) && $0.approvedBy == nil })
        #expect(rules.rule("caseReview.explainAtReport.n", on: try day("2025-09-16")) == nil)
        #expect(rules.rule("caseReview.lpbReview", on: try day("2027-01-01")) == nil)
        #expect(throws: Fault.self) { try rules.number("no.such", on: day("2026-01-01")) }
        #expect(throws: Fault.self) { try rules.flag("marac.ticks.high", on: day("2026-01-01")) }
    }

    @Test("Each value is asked for as what it is, and every rule is shown in one group")
    func kinds() throws {
        let rules = try Shipped.rules()
        let today = try day("2026-11-21")
        #expect(try rules.windowStart("asb.repeat.window", endingOn: day("2026-08-31")) == day("2026-02-28"))
        #expect(throws: Fault.self) { try rules.number("cpn.fpn.max", on: today) }
        #expect(throws: Fault.self) { try rules.pence("caseReview.complaints.n", on: today) }
        #expect(throws: Fault.self) { try rules.windowStart("caseReview.complaintWindow", endingOn: today) }
        // Section 104(11): behaviour of 14 March, complaint by 13 April, application by 12 October.
        let calendar = try Shipped.calendar()
        let complaint = calendar.lastDay(
            try rules.length("caseReview.complaintWindow", on: today), from: try day("2026-03-14"))
        #expect(try complaint == day("2026-04-13"))
        let application = try rules.length("caseReview.applicationWindow", on: today)
        #expect(try calendar.lastDay(application, from: complaint) == day("2026-10-12"))
        // Section 66(3): six weeks beginning with the day of the order.
        let challenge = try rules.length("pspo.challenge", on: today)
        #expect(try calendar.lastDay(challenge, from: day("2026-03-02")) == day("2026-04-12"))
        let groups = rules.grouped
        #expect(groups.map(\.rules.count).reduce(0, +) == rules.all.count)
        #expect(groups.first?.title == "Antisocial behaviour" && groups.last?.title != "Others")
        #expect(groups.allSatisfy { !$0.rules.isEmpty })
    }

    private func local(_ rules: String) throws -> DefinitionFile {
        let text = """
            {"name": "Local", "version": "1", "approvedBy": "The board", "approvedOn": "2026-05-01", "rules": [\(rules)]}
            """
        return try DefinitionFile(bytes: Array(text.utf8), path: "local.json")
    }

    private func rule(_ fields: String) -> String {
        #"{"key": "marac.escalation.n", "name": "Reports", "source": "Our protocol", "standing": "practice", \#(fields)}"#
    }

    @Test("A partnership's own rule goes before the shipped one, on its days only")
    func own() throws {
        let rules = try PolicyRules([
            try Shipped.file(), try local(rule(#""value": 3, "from": "2025-01-01", "until": "2025-12-31""#)),
        ])
        #expect(try rules.number("marac.escalation.n", on: day("2024-12-31")) == 4)
        #expect(try rules.number("marac.escalation.n", on: day("2025-01-01")) == 3)
        #expect(try rules.number("marac.escalation.n", on: day("2026-01-01")) == 4)
        #expect(rules.rule("marac.escalation.n", on: try day("2025-06-01"))?.approvedBy == "The board")
    }

    @Test(
        "A wrong rule is refused with the place of the fault",
        arguments: [
            (#""value": 3, "from": "2025-01-32""#, "rules[0].from"),
            (#""value": 3, "from": "2025-01-01", "until": "2024-01-01""#, "rules[0].until"),
            (#""value": {"count": 0, "counting": "days-following"}, "from": "2025-01-01""#, "rules[0].value.count"),
            (#""value": {"count": 3, "counting": "fortnights"}, "from": "2025-01-01""#, "days-beginning-with"),
            (
                #""value": {"count": 3, "counting": "days-following", "without": ["sundays"]}, "from": "2025-01-01""#,
                "only hours leave days out"
            ),
            (#""value": {"month": 3}, "from": "2025-01-01""#, "no such member"),
            (#""value": null, "from": "2025-01-01""#, "\"value\" is missing"),
            (#""value": 3, "from": "2025-01-01", "approver": "me""#, "no such member"),
        ])
    func wrong(_ fields: String, _ says: String) throws {
        let file = try local(rule(fields))
        #expect { try PolicyRules([file]) } throws: { "\($0)".contains(says) }
    }

    @Test("Two rules of one name for one day are refused; one that waits stands beside one that holds")
    func twice() throws {
        let first = rule(#""value": 3, "from": "2025-01-01""#)
        let second = rule(#""value": 5, "from": "2025-06-01""#)
        let waiting = rule(#""value": 5, "from": "2025-06-01", "awaits": "The board""#)
        let both = try local("\(first), \(second)")
        #expect { try PolicyRules([both]) } throws: { "\($0)".contains("same day") }
        let rules = try PolicyRules([try local("\(first), \(waiting)")])
        #expect(try rules.number("marac.escalation.n", on: day("2026-01-01")) == 3)
        #expect(rules.all.last?.note == "The board")
    }
}
