import HTTP
import TestSite
import Testing

@testable import AccountPages

@Suite("The frame of the site")
struct FrameTests {
    @Test("What is not there is answered with a page without problems")
    func notFound() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let answer = try site.visitor().get("/no/such/page")
        #expect(answer.status == .notFound)
        #expect(answer.problems == [])
    }

    @Test("Every page of someone signed in has their name, the search and a button by which they sign out")
    func signedIn() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"], name: "Orla <b>Quinn")
        for path in ["/account", "/account/password", "/no/such/page"] {
            let page = try officer.browser.get(path)
            #expect(page.problems == [])
            let header = try #require(page.between("govuk-service-navigation", "<main"))
            #expect(header.contains("href=\"/account\"") && header.contains("Orla &lt;b&gt;Quinn"), "\(path)")
            #expect(header.contains("action=\"/search\"") && header.contains("type=\"search\""), "\(path)")
            #expect(header.contains("<form") && header.contains("action=\"/sign-out\""), "\(path)")
            #expect(header.contains("type=\"submit\"") && header.contains("Sign out"), "\(path)")
        }
        let token = try #require(officer.browser.formToken)
        let answer = try officer.browser.post("/sign-out", exactly: ["csrf": token])
        #expect(answer.location == "/sign-in?why=signed-out")
        #expect(try officer.browser.get("/account").location == "/sign-in?next=%2Faccount")
        #expect(try site.audit().last == "sign-out permit signed-out")
        let page = try site.visitor().get("/sign-in")
        #expect(!page.says("Sign out") && !page.says("type=\"search\""))
    }
}
