import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import AccountPages

@Suite("From the invitation to the first page", .serialized)
struct InvitationTests {
    @Test("Link, password, sign-in, picture, code, recovery codes", arguments: Engine.allCases)
    func whole(_ engine: Engine) throws {
        let site = try TestSite(engine, routes: AccountRoutes.routes)
        let (_, token) = try site.invitation(roles: ["case-officer"], name: "Ada Bell")
        let browser = site.visitor()
        let greeting = try browser.get("/set-up/\(token)")
        #expect(greeting.says("Hello Ada Bell") && greeting.says("autocomplete=\"new-password\""))
        #expect(greeting.problems == [])
        let short = try browser.post("/set-up/\(token)", ["new-password": "short"])
        #expect(short.status == .badRequest && short.says("12 characters") && short.problems == [])
        let set = try browser.post("/set-up/\(token)", ["new-password": "seven green lanterns"])
        #expect(set.location == "/sign-in?why=password-set")
        #expect(try browser.get("/sign-in?why=password-set").problems == [])

        let first = try browser.post(
            "/sign-in", ["email": "new@council.example", "password": "seven green lanterns", "next": "/account"])
        #expect(first.location == "/sign-in/set-up-second-factor?next=%2Faccount")
        #expect(try browser.get("/sign-in/second-factor").location == "/sign-in/set-up-second-factor")
        let picture = try browser.get("/sign-in/set-up-second-factor?next=%2Faccount")
        #expect(picture.says("<svg"))
        #expect(picture.problems == [])
        let secret = try secret(in: picture)
        let code = try site.code(of: secret)
        let typo = try browser.post("/sign-in/set-up-second-factor", ["code": "12345"])
        #expect(typo.says("Enter the 6 digits") && typo.problems == [])
        let wrong = try browser.post("/sign-in/set-up-second-factor", ["code": code == "000000" ? "000001" : "000000"])
        #expect(wrong.says("The code is not right") && wrong.problems == [])

        let codes = try browser.post("/sign-in/set-up-second-factor", ["code": code, "next": "/account"])
        #expect(codes.status == .ok && codes.problems == [] && codes.says("href=\"/account\""))
        #expect(codes.text.split(separator: "<li><code>").count == 11)
        #expect(try browser.get("/account").status == .ok)

        let used = try site.visitor().get("/set-up/\(token)")
        #expect(used.status == .gone && used.says("can no longer be used") && used.problems == [])
    }

    @Test("A link that is none, or is too old, says so")
    func old() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let (_, token) = try site.invitation(roles: ["analyst"])
        #expect(try site.visitor().get("/set-up/\(String(repeating: "x", count: 43))").status == .gone)
        let browser = site.visitor()
        _ = try browser.get("/set-up/\(token)")
        site.advance(seconds: 72 * 3600)
        #expect(try browser.get("/set-up/\(token)").status == .gone)
        #expect(try browser.post("/set-up/\(token)", ["new-password": "seven green lanterns"]).status == .gone)
    }

    @Test("Five wrong codes end the setting up, and no sign-in comes of it")
    func wrongCodes() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let (_, token) = try site.invitation(roles: ["case-officer"])
        let browser = site.visitor()
        _ = try browser.get("/set-up/\(token)")
        _ = try browser.post("/set-up/\(token)", ["new-password": "seven green lanterns"])
        _ = try browser.post("/sign-in", ["email": "new@council.example", "password": "seven green lanterns"])
        let secret = try secret(in: browser.get("/sign-in/set-up-second-factor"))
        let old = try site.code(of: secret)
        site.advance(seconds: 120)
        var last = try browser.post("/sign-in/set-up-second-factor", ["code": old])
        for _ in 0..<10 where last.location == nil {
            last = try browser.post("/sign-in/set-up-second-factor", ["code": old])
        }
        #expect(last.location == "/sign-in?why=start-again")
        #expect(try browser.get("/account").location == "/sign-in?next=%2Faccount")
    }

    @Test("The picture is there for a long address too")
    func longAddress() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let email = String(repeating: "a", count: 60) + "@" + String(repeating: "b", count: 60) + ".example"
        let (_, token) = try site.invitation(roles: ["case-officer"], email: email)
        let browser = site.visitor()
        _ = try browser.get("/set-up/\(token)")
        _ = try browser.post("/set-up/\(token)", ["new-password": "seven green lanterns"])
        _ = try browser.post("/sign-in", ["email": email, "password": "seven green lanterns"])
        #expect(try browser.get("/sign-in/set-up-second-factor").says("<svg"))
    }
}

/// The secret that a page shows in groups (RFC 4648, 6: base 32).
func secret(in page: TestAnswer) throws -> [UInt8] {
    let typed = try #require(page.between("<code>", "</code>")).filter { $0 != " " }
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var bytes: [UInt8] = []
    var bits = 0
    var value = 0
    for letter in typed {
        value = value << 5 | (try #require(alphabet.firstIndex(of: letter)))
        bits += 5
        if bits >= 8 {
            bits -= 8
            bytes.append(UInt8(value >> bits & 255))
        }
    }
    return bytes
}
