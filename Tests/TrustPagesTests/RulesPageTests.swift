import Foundation
import HTTP
import Kernel
import Rules
import Site
import TestSite
import Testing

@testable import TrustPages

@Suite("The page of rules")
struct RulesPageTests {
    @Test("Every rule is there once, with its source, and what waits for approval says so")
    func all() throws {
        let site = try TestSite(routes: TrustRoutes.routes)
        let member = try site.account(roles: ["member"])
        let page = try site.get("/trust/rules", as: member)
        #expect(page.status == .ok && page.problems == [])
        for rule in site.site.policy.all {
            #expect(page.says("<code>\(rule.key.text)</code>") && page.says(rule.source.escaped), "\(rule.key)")
        }
        let rows = page.text.components(separatedBy: "<tr ").filter { $0.contains("<code>closure.hearing</code>") }
        #expect(rows.count == 2)
        #expect(rows.contains { $0.contains("48 hours, without Christmas Day") && $0.contains("In force") })
        #expect(rows.contains { $0.contains("72 hours, without Christmas Day") && $0.contains("Awaits approval") })
        #expect(try site.get("/trust", as: member).says("href=\"/trust/rules\""))
        #expect(try site.visitor().get("/trust/rules").status != .ok)
    }
}
