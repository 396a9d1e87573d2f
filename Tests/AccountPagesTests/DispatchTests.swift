import Governance
import HTTP
import Site
import Storage
import TestSite
import Testing

@testable import AccountPages

@Suite("What the site does around its pages", .serialized)
struct DispatchTests {
    @Test("Only pages give a new browser a cookie")
    func cookies() throws {
        let probe = Route(.get, "/health", handler: Endpoint(.open) { _ in .text("ok") })
        let site = try TestSite(routes: AccountRoutes.routes + [probe])
        #expect(try site.visitor().get("/health").response.headers.all("Set-Cookie") == [])
        #expect(try site.visitor().get("/account").response.headers.all("Set-Cookie") == [])
        #expect(try site.visitor().get("/sign-in").cookie("concord-visit") != nil)
    }

    @Test("A refusal is in the audit with what was asked for, and operators are told when it cannot be written")
    func refusals() throws {
        let closed = Route(
            .get, "/things/{thing}", handler: Endpoint(.permitted(.administer, "account", .p1)) { _ in .text("open") })
        let site = try TestSite(routes: AccountRoutes.routes + [closed])
        let officer = try site.account(roles: ["case-officer"])
        let id = "01890000-0000-7000-8000-000000000001"
        #expect(try officer.browser.get("/things/\(id)").status != .ok)
        let row = try site.site.database.read {
            try $0.first("SELECT act, object_kind, object_id, query FROM audit_entries ORDER BY seq DESC LIMIT 1")
        }
        let last = try #require(row)
        let words: [String] = try ["act", "object_kind", "object_id", "query"].map { try last.get($0) }
        #expect(words == ["denied", "thing", id, "GET /things/{thing}"])
        #expect(site.log == [])
        // Nothing can be written in the audit any more.
        _ = try site.site.database.write { try $0.run("ALTER TABLE audit_entries RENAME TO gone") }
        #expect(try officer.browser.get("/things/\(id)").status != .ok)
        #expect(
            site.log.count == 1 && site.log.allSatisfy { $0.contains("/things/{thing}: the refusal (no-permission)") })
    }

    @Test("A text with a NUL is refused before a page sees it", arguments: Engine.allCases)
    func nul(engine: Engine) throws {
        let site = try TestSite(engine, routes: AccountRoutes.routes)
        let browser = site.visitor()
        let sent = try browser.post("/sign-in", ["email": "a\u{0}b@council.example", "password": "secret"])
        #expect(sent.status == .badRequest && sent.says("a character that no text has") && sent.problems == [])
        #expect(try browser.post("/sign-in", ["email": "a@council.example", "x\u{0}": ""]).status == .badRequest)
        #expect(try browser.get("/sign-in?next=%2F%00").status == .badRequest)
        let plain = try browser.post("/sign-in", ["email": "a@council.example", "password": "b"])
        #expect(!plain.says("a character that no text has"))
        #expect(site.log == [])
    }
}
