import Configuration
import Foundation
import Governance
import HTTP
import Kernel
import OpenIDConnect
import Site
import Storage
import TestProvider
import TestSite
import Testing

@testable import AccountPages

@Suite("Signing in by another organisation's service", .serialized)
struct ProviderTests {
    /// What people type to reach the site.
    private static let address = "http://localhost:8080"
    /// The provider, or why there is none.
    private static let shared = Result<TestProvider, any Error> {
        try TestProvider(redirect: "\(address)/sign-in/provider/obbwade-council/return")
    }

    /// A site that knows the provider, with its clock at the time that the provider has.
    private static func site(
        _ provider: TestProvider, secret: String? = nil, engine: Engine = .sqlite
    ) throws -> TestSite {
        let path = NSTemporaryDirectory() + "concord-secret-\(UUID().uuidString)"
        try Data("\(secret ?? provider["SECRET"])\n".utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let settings = Configuration.ProviderSettings(
            name: "Obbwade Council", issuer: provider["ISSUER"], clientID: provider["CLIENT"], clientSecretFile: path,
            secondFactorClaims: [])
        let site = try TestSite(engine, routes: AccountRoutes.routes, publicAddress: ProviderTests.address) {
            $0.providers = [settings]
        }
        let now = Int64(Date().timeIntervalSince1970)
        site.advance(seconds: now - TestSite.morning.milliseconds / 1000)
        return site
    }

    private func withProvider(_ body: (TestProvider) throws -> Void) throws {
        let provider: TestProvider
        do {
            provider = try ProviderTests.shared.get()
        } catch let refused as TestProvider.Refused where refused.status == 3 {
            print("Skipped: glewlwyd is not installed; Scripts/set-up installs it.")
            return
        }
        try body(provider)
    }

    private func begin(_ browser: TestBrowser, next: String = "/account") throws -> String {
        let page = try browser.get("/sign-in?next=\(PercentCoding.encodeForm(next))")
        #expect(page.problems == [] && page.says("Sign in with Obbwade Council"))
        let link = "/sign-in/provider/obbwade-council?next=\(PercentCoding.encodeForm(next))"
        #expect(page.says("href=\"\(link)\""))
        let answer = try browser.get(link)
        #expect(answer.status == .seeOther)
        let cookie = try #require(answer.cookie("concord-provider"))
        #expect(cookie.contains("HttpOnly") && cookie.contains("Max-Age=600") && cookie.contains("SameSite=Lax"))
        return try #require(answer.location)
    }

    /// Where the person is sent back to, as path and query.
    private func path(_ provider: TestProvider, _ address: String) throws -> String {
        String(try provider.visit(address).absoluteString.dropFirst(ProviderTests.address.count))
    }

    /// Links the person of the provider with an account, as an administrator does.
    private func link(_ provider: TestProvider, _ site: TestSite, with account: ID<Account>) throws {
        let subject = try #require(try subject(provider, site))
        let identity = try #require(OutsideIdentity(issuer: provider["ISSUER"], subject: subject))
        try site.site.database.write { connection in
            try AccountStore(rules: site.site.accountRules)
                .link(identity, with: account, reason: "Rang", by: site.system, in: connection).get()
        }
    }

    /// How the provider names the first person.
    private func subject(_ provider: TestProvider, _ site: TestSite) throws -> String? {
        let chosen = try #require(site.site.providers.first).provider
        let (request, address) = try chosen.begin(at: site.now)
        let place = try provider.visit(address).absoluteString
        let query = try #require(URLComponents(string: place)?.queryItems)
        let identity = try chosen.finish(query.map { ($0.name, $0.value ?? "") }, of: request, at: site.now)
        return identity.subject
    }

    @Test("A linked person without need of a second factor is signed in", arguments: Engine.allCases)
    func member(_ engine: Engine) throws {
        try withProvider { provider in
            let site = try ProviderTests.site(provider, engine: engine)
            let member = try site.account(roles: ["member"], isSignedIn: false)
            try link(provider, site, with: member.id)
            let browser = site.visitor()
            let back = try path(provider, begin(browser))
            let answer = try browser.get(back)
            #expect(answer.location == "/account", "\(answer.text.suffix(2000))")
            #expect(answer.cookie("concord-provider")?.contains("Max-Age=0") == true)
            #expect(try browser.get("/account").status == .ok)
            #expect(try site.audit().contains("sign-in permit identity-provider"))

            // The answer is used up: nobody signs in with it again, here or elsewhere.
            for other in [site.visitor(address: "192.0.2.77"), browser] {
                other.set("concord-session", nil)
                let again = try other.get(back)
                #expect(again.status == .badRequest && again.problems == [] && again.says("href=\"/sign-in\""))
                #expect(other.cookies["concord-session"] == nil)
            }
            #expect(try site.audit().suffix(1) == ["sign-in-failed deny provider-stray-answer"])
        }
    }

    @Test("Whoever's role needs a second factor still shows it, when the provider vouches for none")
    func factor() throws {
        try withProvider { provider in
            let site = try ProviderTests.site(provider)
            let officer = try site.account(roles: ["case-officer"], isSignedIn: false)
            try link(provider, site, with: officer.id)
            let browser = site.visitor()
            let answer = try browser.get(path(provider, begin(browser)))
            #expect(answer.location == "/sign-in/second-factor?next=%2Faccount")
            #expect(try browser.get("/account").location == "/sign-in/second-factor")
            _ = try browser.get("/sign-in/second-factor?next=%2Faccount")
            let code = try browser.post(
                "/sign-in/second-factor", ["code": site.code(of: officer), "next": "/account"])
            #expect(code.location == "/account")
            #expect(try browser.get("/account").status == .ok)
        }
    }

    @Test("Whom no account belongs to is told what to do, and an open account is not taken by its address")
    func unknown() throws {
        try withProvider { provider in
            let site = try ProviderTests.site(provider)
            _ = try site.account(roles: ["member"], email: provider["EMAIL1"], isSignedIn: false)
            let browser = site.visitor()
            let answer = try browser.get(path(provider, begin(browser)))
            #expect(answer.status == .forbidden && answer.problems == [])
            #expect(answer.says("administrator") && answer.says("href=\"/sign-in\""))
            #expect(!answer.says(provider["EMAIL1"]))
            #expect(browser.cookies["concord-session"] == nil)
            #expect(try site.audit().last == "sign-in-failed deny identity-not-linked")
        }
    }

    @Test("A refusal at the provider, a wrong secret of ours and a late return are pages with what to do")
    func failures() throws {
        try withProvider { provider in
            let site = try ProviderTests.site(provider)
            let browser = site.visitor()
            let address = try begin(browser)
            let state = try #require(URLComponents(string: address)?.queryItems?.first { $0.name == "state" }?.value)
            let declined = try browser.get(
                "/sign-in/provider/obbwade-council/return?error=access_denied&state=\(state)")
            #expect(declined.status == .badRequest && declined.problems == [] && declined.says("access_denied"))
            #expect(try site.audit().last == "sign-in-failed deny provider-declined")

            let late = try path(provider, begin(browser))
            site.advance(seconds: 601)
            let expired = try browser.get(late)
            #expect(expired.status == .badRequest && expired.says("ten minutes") && expired.says("try again"))
            #expect(try site.audit().last == "sign-in-failed deny provider-expired")

            let wrong = try ProviderTests.site(provider, secret: "not the secret")
            let visitor = wrong.visitor()
            let refused = try visitor.get(path(provider, begin(visitor)))
            #expect(refused.status == .badRequest && refused.problems == [])
            #expect(try wrong.audit().last == "sign-in-failed deny provider-code-refused")
            #expect(visitor.cookies["concord-session"] == nil)
        }
    }

    @Test("A provider that is not there is said to be so; an unknown one is not found; pages name no others")
    func unreachable() throws {
        let settings = Configuration.ProviderSettings(
            name: "Nobody", issuer: "http://127.0.0.1:1", clientID: "concord", clientSecretFile: nil,
            secondFactorClaims: [])
        let site = try TestSite(routes: AccountRoutes.routes) { $0.providers = [settings] }
        let browser = site.visitor()
        let answer = try browser.get("/sign-in/provider/nobody")
        #expect(answer.status == .serviceUnavailable && answer.problems == [])
        #expect(answer.says("Nobody cannot be reached") && !answer.says("127.0.0.1"))
        #expect(try site.audit() == ["sign-in-failed deny provider-unreachable"])
        #expect(try browser.get("/sign-in/provider/other").status == .notFound)
        #expect(try browser.get("/sign-in/provider/nobody/return?code=a&state=b").status == .badRequest)

        // Strangers cannot fill the audit with it.
        for _ in 0..<200 { _ = try browser.get("/sign-in/provider/nobody/return?code=a&state=b") }
        #expect(try site.audit().count < 60)
        let plain = try TestSite(routes: AccountRoutes.routes).visitor().get("/sign-in")
        #expect(!plain.says("Sign in with"))
    }
}
