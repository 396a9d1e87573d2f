import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import AccountPages

@Suite("Signing in", .serialized)
struct SignInTests {
    @Test("Password and code lead to the page that was wanted", arguments: Engine.allCases)
    func whole(_ engine: Engine) throws {
        let site = try TestSite(engine, routes: AccountRoutes.routes, publicAddress: "https://concord.example")
        let officer = try site.account(roles: ["case-officer"], isSignedIn: false)
        let browser = officer.browser
        let asked = try browser.get("/account")
        #expect(asked.location == "/sign-in?next=%2Faccount")
        let first = try browser.get("/sign-in?next=%2Faccount")
        #expect(first.status == .ok && first.problems == [])
        #expect(first.says("autocomplete=\"current-password\"") && first.hidden("next") == "/account")

        let password = try browser.post(
            "/sign-in", ["email": officer.email, "password": TestSite.password, "next": "/account"])
        #expect(password.status == .seeOther && password.location == "/sign-in/second-factor?next=%2Faccount")
        let session = try #require(password.cookie("__Host-concord-session"))
        #expect(session.contains("Secure") && session.contains("HttpOnly") && !session.contains("Max-Age"))
        #expect(try browser.get("/account").location == "/sign-in/second-factor")

        let second = try browser.get("/sign-in/second-factor?next=%2Faccount")
        #expect(second.problems == [] && second.says("autocomplete=\"one-time-code\""))
        let before = browser.cookies["__Host-concord-session"]
        let answer = try browser.post(
            "/sign-in/second-factor", ["code": site.code(of: officer), "next": "/account"])
        #expect(answer.location == "/account")
        #expect(answer.cookie("__Host-concord-device")?.contains("Max-Age=31536000") == true)
        #expect(browser.cookies["__Host-concord-session"] != before)
        let account = try browser.get("/account")
        #expect(account.status == .ok && account.says("Case officer") && account.says("Obbwade Council"))
        #expect(account.problems == [])
        #expect(try browser.get("/sign-in").location == "/")
        #expect(site.log == [])
    }

    @Test("Signing out between the password and the code ends the sign-in, not only the cookie")
    func givenUp() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"], isSignedIn: false)
        let browser = officer.browser
        _ = try browser.get("/sign-in")
        _ = try browser.post("/sign-in", ["email": officer.email, "password": TestSite.password])
        let token = try #require(browser.cookies["concord-session"])
        _ = try browser.get("/sign-in/second-factor")
        #expect(try browser.post("/sign-out").location == "/sign-in?why=signed-out")
        #expect(try site.audit().last == "session-ended permit signed-out")
        browser.set("concord-session", token)
        #expect(try browser.get("/sign-in/second-factor").location == "/sign-in")
    }

    @Test("A wrong password, an unknown address and an invited account get the same answer")
    func wrong() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"], isSignedIn: false)
        _ = try site.invitation(roles: ["analyst"], email: "invited@council.example")
        var texts: [String] = []
        for email in [officer.email, "nobody@council.example", "invited@council.example"] {
            let browser = site.visitor(address: "192.0.2.\(100 + texts.count)")
            _ = try browser.get("/sign-in")
            let answer = try browser.post("/sign-in", ["email": email, "password": "wrong wrong wrong"])
            #expect(answer.status == .badRequest && answer.problems == [])
            #expect(!answer.says("wrong wrong wrong"))
            #expect(answer.cookie("concord-session") == nil)
            let token = try #require(answer.hidden("csrf"))
            texts.append(
                answer.text.replacing(email, with: "EMAIL").replacing(token, with: "TOKEN"))
        }
        #expect(texts[0].contains("The email address or the password is not right"))
        #expect(Set(texts).count == 1)
    }

    @Test("Too many wrong passwords have to wait, and are told how long")
    func wait() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let browser = site.visitor()
        _ = try browser.get("/sign-in")
        var last = try browser.post("/sign-in", ["email": "x@council.example", "password": "wrong"])
        for _ in 0..<30 where last.status == .badRequest {
            last = try browser.post("/sign-in", ["email": "x@council.example", "password": "wrong"])
        }
        #expect(last.status == .tooManyRequests && last.problems == [])
        #expect(last.says("Try again in ") && (last.response.headers["Retry-After"].flatMap(Int.init) ?? 0) > 0)
    }

    @Test("A form without this site's token changes nothing")
    func forged() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"], isSignedIn: false)
        _ = try officer.browser.get("/sign-in")
        let fields = ["email": officer.email, "password": TestSite.password]
        #expect(try officer.browser.post("/sign-in", exactly: fields).status == .badRequest)
        let other = site.visitor()
        _ = try other.get("/sign-in")
        var stolen = fields
        stolen["csrf"] = try #require(other.formToken)
        #expect(try officer.browser.post("/sign-in", exactly: stolen).status == .badRequest)
        #expect(officer.browser.cookies["concord-session"] == nil)
        let signedIn = try site.account(roles: ["analyst"])
        #expect(try signedIn.browser.post("/sign-out", exactly: [:]).status == .badRequest)
        #expect(try site.get("/account", as: signedIn).status == .ok)
    }

    @Test(
        "Nobody is led to another site",
        arguments: [
            "https://evil.example/", "//evil.example", "/\\evil.example", "/%2e%2e//evil.example",
            "javascript:alert(1)", "/a\nb",
        ])
    func foreign(_ next: String) throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"], isSignedIn: false)
        let page = try officer.browser.get("/sign-in?next=\(PercentCoding.encodeForm(next))")
        #expect(page.hidden("next") == "/")
        let first = try officer.browser.post(
            "/sign-in", ["email": officer.email, "password": TestSite.password, "next": next])
        #expect(first.location == "/sign-in/second-factor")
        let second = try officer.browser.post(
            "/sign-in/second-factor", ["code": site.code(of: officer), "next": next])
        #expect(second.location == "/")
    }

    @Test("A wrong code is said, five end the sign-in, and a code works once")
    func codes() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"], isSignedIn: false)
        try first(officer)
        let right = try site.code(of: officer)
        #expect(try officer.browser.post("/sign-in/second-factor", ["code": right]).location == "/")
        _ = try officer.browser.post("/sign-out")
        try first(officer)
        let again = try officer.browser.post("/sign-in/second-factor", ["code": right])
        #expect(again.status == .badRequest && again.says("The code is not right") && again.problems == [])
        let letters = try officer.browser.post("/sign-in/second-factor", ["code": "abc"])
        #expect(letters.says("Enter the 6 digits"))
        var last = again
        for _ in 0..<10 where last.location == nil {
            site.advance(seconds: 30)
            last = try officer.browser.post("/sign-in/second-factor", ["code": right])
        }
        #expect(last.location == "/sign-in?why=start-again")
        #expect(officer.browser.cookies["concord-session"] == nil)
        #expect(try officer.browser.get("/sign-in?why=start-again").says("Start again"))
    }

    @Test("A recovery code stands in for the telephone, once")
    func recovery() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"], isSignedIn: false)
        let code = try #require(officer.recoveryCodes.first)
        try first(officer)
        #expect(try officer.browser.get("/sign-in/recovery-code").problems == [])
        #expect(try officer.browser.post("/sign-in/recovery-code", ["recovery-code": code]).location == "/")
        _ = try officer.browser.post("/sign-out")
        try first(officer)
        let again = try officer.browser.post("/sign-in/recovery-code", ["recovery-code": code])
        #expect(again.says("was used before") && again.problems == [])
        #expect(try officer.browser.post("/sign-in/recovery-code").says("Enter one of your recovery codes"))
    }

    @Test("Signing out ends the session for good")
    func signOut() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"])
        let session = try #require(officer.browser.cookies["concord-session"])
        let answer = try site.post("/sign-out", as: officer)
        #expect(answer.location == "/sign-in?why=signed-out")
        #expect(officer.browser.cookies["concord-session"] == nil)
        officer.browser.set("concord-session", session)
        #expect(try site.get("/account", as: officer).location == "/sign-in?next=%2Faccount")
        let page = try site.visitor().get("/sign-in?why=signed-out")
        #expect(page.says("You have signed out.") && page.problems == [])
    }

    private func first(_ account: TestAccount) throws {
        _ = try account.browser.get("/sign-in")
        let answer = try account.browser.post("/sign-in", ["email": account.email, "password": TestSite.password])
        #expect(answer.location == "/sign-in/second-factor")
        _ = try account.browser.get("/sign-in/second-factor")
    }
}
