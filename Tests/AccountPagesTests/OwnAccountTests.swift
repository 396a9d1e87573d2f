import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import AccountPages

@Suite("One's own account", .serialized)
struct OwnAccountTests {
    @Test("What asks for a fresh second factor asks for it, and goes on", arguments: Engine.allCases)
    func stepUp(_ engine: Engine) throws {
        let site = try TestSite(engine, routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"])
        #expect(try site.get("/account/second-factor", as: officer).says("<svg"))
        site.advance(seconds: 901)
        #expect(
            try site.get("/account/second-factor", as: officer).location == "/confirm?next=%2Faccount%2Fsecond-factor")
        let page = try site.get("/confirm?next=%2Faccount%2Fsecond-factor", as: officer)
        #expect(page.problems == [] && page.hidden("next") == "/account/second-factor")
        let wrong = try site.post("/confirm", ["code": "1"], as: officer)
        #expect(wrong.says("Enter the 6 digits") && wrong.problems == [])
        let before = officer.browser.cookies["concord-session"]
        let right = try site.post(
            "/confirm", ["code": site.code(of: officer), "next": "/account/second-factor"], as: officer)
        #expect(right.location == "/account/second-factor")
        #expect(officer.browser.cookies["concord-session"] != before)
        let picture = try site.get("/account/second-factor", as: officer)
        #expect(picture.says("<svg"))
        #expect(picture.problems == [])
        let codes = try site.post(
            "/account/second-factor", ["code": site.code(of: secret(in: picture)), "next": "/account"], as: officer)
        #expect(codes.says("Keep your recovery codes"))
        #expect(try site.get("/account", as: officer).status == .ok)
        #expect(try site.audit().contains { $0.hasPrefix("step-up permit") })
    }

    @Test("A recovery code confirms too, and nobody is led to another site")
    func recovery() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"])
        let page = try site.get("/confirm?with=recovery-code&next=https://evil.example", as: officer)
        #expect(page.says("Recovery code") && page.hidden("next") == "/" && page.problems == [])
        let right = try site.post(
            "/confirm",
            [
                "recovery-code": officer.recoveryCodes[0], "with": "recovery-code", "next": "//evil.example",
            ], as: officer)
        #expect(right.location == "/")
    }

    @Test("New recovery codes replace those before")
    func newCodes() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"])
        #expect(try site.get("/account/recovery-codes", as: officer).problems == [])
        let answer = try site.post("/account/recovery-codes", as: officer)
        #expect(answer.text.split(separator: "<li><code>").count == 11 && answer.problems == [])
        let old = try site.post(
            "/confirm", ["recovery-code": officer.recoveryCodes[0], "with": "recovery-code"], as: officer)
        #expect(old.says("was used before"))
        site.advance(seconds: 901)
        #expect(
            try site.post("/account/recovery-codes", as: officer).location == "/confirm?next=/account/recovery-codes")
    }

    @Test("The page lists the sessions, and ends one or all others")
    func sessions() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"])
        let second = try another(site, officer, "198.51.100.7")
        let third = try another(site, officer, "198.51.100.8")
        let page = try site.get("/account", as: officer)
        #expect(page.says("198.51.100.7") && page.says("198.51.100.8") && page.says("Firefox on Windows"))
        #expect(page.says("This session") && page.problems == [])
        let action = try #require(page.between("action=\"/account/sessions/", "/end\""))
        #expect(try site.post("/account/sessions/\(action)/end", as: officer).location == "/account?done=session")
        #expect(try site.get("/account?done=session", as: officer).problems == [])
        let alive = try [second, third].count { try $0.get("/account").status == .ok }
        #expect(alive == 1)
        #expect(try site.post("/account/sessions/end-others", as: officer).location == "/account?done=others")
        #expect(try second.get("/account").status == .seeOther)
        #expect(try third.get("/account").status == .seeOther)
        #expect(try site.get("/account", as: officer).status == .ok)
    }

    @Test("Nobody ends a session of somebody else")
    func foreignSession() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"])
        let other = try site.account(roles: ["analyst"])
        let session = try #require(officer.actor.session)
        #expect(try site.post("/account/sessions/\(session)/end", as: other).status == .notFound)
        #expect(try site.post("/account/sessions/no-session/end", as: other).status == .notFound)
        #expect(try site.get("/account", as: officer).status == .ok)
    }

    @Test("A new password needs the present one, and signs out everywhere else")
    func password() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let officer = try site.account(roles: ["case-officer"])
        let second = try another(site, officer, "198.51.100.7")
        #expect(try site.get("/account/password", as: officer).problems == [])
        let empty = try site.post("/account/password", as: officer)
        #expect(empty.status == .badRequest && empty.problems == [])
        let wrong = try site.post(
            "/account/password", ["password": "not my password", "new-password": "seven green lanterns"], as: officer)
        #expect(wrong.says("not the password that you have now") && wrong.problems == [])
        let own = try site.post(
            "/account/password", ["password": TestSite.password, "new-password": "correct horse battery staple"],
            as: officer)
        #expect(own.says("known to attackers") && !own.says("correct horse"))
        let right = try site.post(
            "/account/password", ["password": TestSite.password, "new-password": "seven green lanterns"], as: officer)
        #expect(right.location == "/account?done=password")
        #expect(try site.get("/account?done=password", as: officer).says("Your password is changed"))
        #expect(try second.get("/account").status == .seeOther)
    }

    @Test("An account whose roles need no second factor may set one up, soon after signing in")
    func withoutFactor() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let person = try site.account(roles: [])
        let page = try site.get("/account", as: person)
        #expect(page.says("Not set up") && page.problems == [])
        #expect(try site.get("/account/recovery-codes", as: person).location == "/account/second-factor")
        site.advance(seconds: 901)
        for path in ["/account/second-factor", "/confirm"] {
            let late = try site.get(path, as: person)
            #expect(late.says("within the last 15 minutes") && late.problems == [])
        }
        let browser = site.visitor()
        _ = try browser.get("/sign-in")
        let first = try browser.post("/sign-in", ["email": person.email, "password": TestSite.password])
        #expect(first.location == "/")
        let picture = try browser.get("/account/second-factor")
        let code = try site.code(of: secret(in: picture))
        #expect(try browser.post("/account/second-factor", ["code": code]).says("Keep your recovery codes"))
        #expect(try browser.get("/account").says("Make new"))
    }

    @Test("Nothing here is open to who has not signed in")
    func closed() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        for path in ["/account", "/account/password", "/account/second-factor", "/account/recovery-codes", "/confirm"] {
            let answer = try site.visitor().get(path)
            #expect(answer.location == "/sign-in?next=\(PercentCoding.encodeForm(path))")
        }
        for path in ["/sign-in/second-factor", "/sign-in/recovery-code", "/sign-in/set-up-second-factor"] {
            #expect(try site.visitor().get(path).location == "/sign-in")
        }
    }

    private func another(_ site: TestSite, _ account: TestAccount, _ address: String) throws -> TestBrowser {
        let browser = site.visitor(address: address)
        _ = try browser.get("/sign-in")
        _ = try browser.post("/sign-in", ["email": account.email, "password": TestSite.password])
        let answer = try browser.post("/sign-in/second-factor", ["code": site.code(of: account)])
        #expect(answer.location == "/")
        return browser
    }
}

@Suite("The names of devices")
struct DeviceNameTests {
    @Test(
        "Browsers are named as their owners know them",
        arguments: [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
                    + "Safari/537.36 Edg/126.0.0.0", "Edge on Windows"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                    + "Version/17.5 Mobile/15E148 Safari/604.1", "Safari on iPhone"
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile "
                    + "Safari/537.36", "Chrome on Android"
            ),
            ("curl/8.5.0", "curl/8.5.0"), ("", "Unknown device"),
        ])
    func names(_ agent: String, _ name: String) { #expect(DeviceName.words(agent) == name) }

    @Test(
        "Times to wait are rounded up",
        arguments: [(1, "1 second"), (59, "59 seconds"), (61, "2 minutes"), (3600, "60 minutes"), (3601, "2 hours")])
    func waits(_ seconds: Int, _ words: String) { #expect(SigningIn.words(seconds: seconds) == words) }
}
