import Configuration
import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import TrustPages

@Suite("The pages of accounts and clients")
struct AccountPagesTests {
    let site: TestSite
    let administrator: TestAccount

    init() throws {
        site = try TestSite(routes: TrustRoutes.routes)
        administrator = try site.account(roles: ["administrator"], name: "Ann Admin")
    }

    private func post(_ path: String, _ fields: [(String, String)], as account: TestAccount) throws -> TestAnswer {
        var form = FormFields(fields.map { FormFields.Field($0.0, $0.1) })
        form.add("csrf", account.browser.formToken ?? "")
        return try account.browser.post(path, form: form)
    }

    private func record(_ id: ID<Account>) throws -> AccountRecord {
        try site.site.database.write {
            try AccountStore(rules: site.site.accountRules).account(id, by: site.system, in: $0).get()
        }
    }

    private func details(_ account: TestAccount, roles: [String], version: Int64) -> [(String, String)] {
        [
            ("version", String(version)), ("email", account.email), ("name", account.details.name),
            ("agency", account.details.agency.text), ("trained-until", "28/3/2027"), ("vetted-until", "28/3/2027"),
        ] + roles.map { ("role", $0) }
    }

    @Test("A new account’s link is shown once and works")
    func create() throws {
        let fields = [
            ("email", "new@council.example"), ("name", "Nia New"), ("agency", "council"), ("role", "case-officer"),
            ("role", "member"), ("side", ""), ("trained-until", "27/3/2027"), ("vetted-until", ""),
        ]
        let page = try post("/trust/accounts/new", fields, as: administrator)
        #expect(page.status == .ok && page.problems == [])
        #expect(page.response.headers["Cache-Control"] == "no-store")
        let token = try #require(page.between("/set-up/", "<"))
        let owner = try site.site.database.read {
            try AccountStore(rules: site.site.accountRules).account(ofLink: token, at: site.now, in: $0).get()
        }
        #expect(owner.details.name == "Nia New" && owner.status == .invited)
        #expect(
            owner.details.roles(on: site.now.ukDate) == [
                try TestSite.code("case-officer"), try TestSite.code("member"),
            ])
        #expect(owner.details.trainedUntil == LocalDate(year: 2027, month: 3, day: 27))
        #expect(!(try site.get("/trust/accounts/\(owner.id)", as: administrator)).says(token))
        #expect(try site.audit().suffix(5).contains("account-created permit"))
    }

    @Test("What is wrong in the form is said, and nothing is made")
    func mistakes() throws {
        let count = try site.audit().filter { $0.hasPrefix("account-created permit") }.count
        let wrong = try post(
            "/trust/accounts/new", [("email", "no address"), ("name", ""), ("agency", "")], as: administrator)
        #expect(wrong.status == .badRequest)
        for text in ["Enter an email address", "Enter a name", "Choose an agency"] { #expect(wrong.says(text)) }
        let taken = try post(
            "/trust/accounts/new",
            [("email", administrator.email), ("name", "Other"), ("agency", "council"), ("role", "member")],
            as: administrator)
        #expect(taken.says("Another account has this email address") && taken.says("href=\"#email\""))
        let apart = try post(
            "/trust/accounts/new",
            [("email", "x@council.example"), ("name", "Other"), ("agency", "council"), ("role", "auditor")],
            as: administrator)
        #expect(apart.status == .badRequest && apart.says("href=\"#role\""))
        #expect(try site.audit().filter { $0.hasPrefix("account-created permit") }.count == count)
    }

    @Test("Nobody changes their own roles or closes their own account")
    func own() throws {
        let before = try record(administrator.id)
        let fields = details(administrator, roles: ["administrator", "case-officer"], version: before.version)
        let page = try post("/trust/accounts/\(administrator.id)/change", fields, as: administrator)
        #expect(page.status == .badRequest)
        #expect(page.says("You cannot change your own roles or status"))
        let close = [("version", String(before.version)), ("disabled", "yes"), ("reason", "Leaving")]
        #expect(try post("/trust/accounts/\(administrator.id)/status", close, as: administrator).status == .badRequest)
        #expect(try record(administrator.id) == before)
    }

    @Test("A change of roles signs the person out; a change based on an old version is refused")
    func change() throws {
        let officer = try site.account(roles: ["case-officer"])
        let version = try record(officer.id).version
        let fields = details(officer, roles: ["supervisor"], version: version)
        let changed = try post("/trust/accounts/\(officer.id)/change", fields, as: administrator)
        #expect(changed.location == "/trust/accounts/\(officer.id)")
        #expect(try record(officer.id).details.roles(on: site.now.ukDate) == [try TestSite.code("supervisor")])
        #expect(try site.get("/trust", as: officer).location?.hasPrefix("/sign-in") == true)
        let stale = try post("/trust/accounts/\(officer.id)/change", fields, as: administrator)
        #expect(stale.status == .badRequest && stale.says("Someone else changed this account"))
    }

    @Test("Closing needs a reason and ends sessions; the account can be opened again")
    func close() throws {
        let officer = try site.account(roles: ["case-officer"])
        let path = "/trust/accounts/\(officer.id)/status"
        let version = try record(officer.id).version
        let bare = try post(path, [("version", "\(version)"), ("disabled", "yes")], as: administrator)
        #expect(bare.status == .badRequest && bare.says("Enter why the account is closed") && bare.problems == [])
        let fields = [("version", "\(version)"), ("disabled", "yes"), ("reason", "Left the council")]
        #expect(try post(path, fields, as: administrator).status == .seeOther)
        #expect(try record(officer.id).status == .disabled)
        #expect(try site.get("/trust", as: officer).location?.hasPrefix("/sign-in") == true)
        let again = [("version", "\(version + 1)"), ("disabled", "no"), ("reason", "Came back")]
        #expect(try post(path, again, as: administrator).status == .seeOther)
        #expect(try record(officer.id).status == .active)
    }

    @Test("Links, second factors and sessions are renewed from the account’s page")
    func acts() throws {
        let officer = try site.account(roles: ["case-officer"])
        let unsaid = try post("/trust/accounts/\(officer.id)/link", [], as: administrator)
        #expect(unsaid.status == .badRequest && unsaid.says("Enter why they need a link") && unsaid.problems == [])
        let link = try post("/trust/accounts/\(officer.id)/link", [("reason", "Forgot it")], as: administrator)
        #expect(link.status == .ok && link.says("/set-up/") && link.problems == [])
        let signedOut = try post("/trust/accounts/\(officer.id)/sign-out", [], as: administrator)
        #expect(signedOut.status == .seeOther)
        #expect(try site.get("/trust", as: officer).location?.hasPrefix("/sign-in") == true)
        let bare = try post("/trust/accounts/\(officer.id)/second-factor", [], as: administrator)
        #expect(bare.status == .badRequest)
        let reset = try post(
            "/trust/accounts/\(officer.id)/second-factor", [("reason", "New telephone")], as: administrator)
        #expect(reset.status == .seeOther)
        #expect(try site.audit().contains("second-factor-reset permit"))
    }

    @Test("A link and a new second factor are given out only soon after the administrator's own was shown")
    func fresh() throws {
        let officer = try site.account(roles: ["case-officer"])
        site.advance(seconds: 16 * 60)
        let path = "/trust/accounts/\(officer.id)"
        for act in ["link", "second-factor"] {
            let answer = try post("\(path)/\(act)", [("reason", "They rang")], as: administrator)
            #expect(answer.location == "/confirm?next=%2Ftrust%2Faccounts%2F\(officer.id)", "\(act)")
        }
        let audit = try site.audit()
        #expect(!audit.contains("second-factor-reset permit") && audit.last { $0.hasPrefix("set-up-link") } != nil)
        // Only the links by which the accounts of this test were made.
        #expect(audit.filter { $0.hasPrefix("set-up-link") }.count == 2)
        #expect(try site.get(path, as: administrator).status == .ok)
    }

    @Test("A form that is not ours changes nothing")
    func forged() throws {
        let officer = try site.account(roles: ["case-officer"])
        let forged = try administrator.browser.post(
            "/trust/accounts/\(officer.id)/link", exactly: ["csrf": "0123456789abcdef"])
        #expect(forged.status == .badRequest)
        #expect(!forged.says("/set-up/"))
    }

    @Test("A client’s token is shown once, calls, and is withdrawn")
    func client() throws {
        let fields = [
            ("name", "Dashboard"), ("agency", "council"), ("scope", "assessments-read"), ("role", "member"),
            ("ends", "1/3/2027"),
        ]
        let page = try post("/trust/clients/new", fields, as: administrator)
        let token = try #require(page.between("<code>concord_", "<")).asToken
        let call = try site.site.database.read {
            try ClientStore.call(token: token, from: nil, at: site.now, in: $0)
        }
        let id = try #require(call?.client.id)
        // The token ends when 1 March 2027 does; the United Kingdom keeps GMT then.
        #expect(call?.client.details.expiresAt.description == "2027-03-02T00:00:00.000Z")
        let list = try site.get("/trust/clients", as: administrator)
        #expect(list.says("Dashboard") && !list.says(token) && list.problems == [])
        let bare = try post("/trust/clients/\(id)/revoke", [], as: administrator)
        #expect(bare.status == .badRequest && bare.problems == [])
        #expect(try post("/trust/clients/\(id)/revoke", [("reason", "Lost")], as: administrator).status == .seeOther)
        let after = try site.site.database.read {
            try ClientStore.call(token: token, from: nil, at: site.now, in: $0)
        }
        #expect(after == nil)
        let wrong = try post("/trust/clients/new", [("ends", "1/3/2030")], as: administrator)
        #expect(wrong.status == .badRequest)
    }
}

extension String {
    fileprivate var asToken: String { "concord_" + self }

    @Test("An identity of another organisation is linked with an account in use, and removed")
    func identities() throws {
        let site = try TestSite(routes: TrustRoutes.routes) {
            $0.providers = [
                .init(
                    name: "Obbwade Council", issuer: "https://id.council.example", clientID: "c",
                    clientSecretFile: nil, secondFactorClaims: [])
            ]
        }
        let admin = try site.account(roles: ["administrator"])
        let member = try site.account(roles: ["member"])
        let path = "/trust/accounts/\(member.id)"
        let fields = ["provider": "obbwade-council", "subject": " 8f14 e45f\n", "reason": "Rang them at their desk"]
        let wrong = try site.post("\(path)/identity", ["provider": "obbwade-council", "subject": " "], as: admin)
        #expect(wrong.says("href=\"#subject\"") && wrong.problems == [])
        let unfounded = ["provider": "obbwade-council", "subject": "8f14 e45f", "reason": " "]
        let unsaid = try site.post("\(path)/identity", unfounded, as: admin)
        #expect(unsaid.says("href=\"#identity-reason\"") && unsaid.problems == [])
        #expect(try site.post("\(path)/identity", fields, as: admin).location == path)
        let page = try site.get(path, as: admin)
        #expect(page.says("8f14 e45f") && page.says("Remove the link with Obbwade Council") && page.problems == [])
        let other = try site.account(roles: ["member"])
        let taken = try site.post("/trust/accounts/\(other.id)/identity", fields, as: admin)
        #expect(taken.status != .seeOther && taken.problems == [])
        _ = try site.get("/trust/access", as: member)
        let unentitled = try site.post("\(path)/identity", fields, as: member).status
        #expect(unentitled == .forbidden || unentitled == .notFound)
        let remove = ["issuer": "https://id.council.example", "subject": "8f14 e45f"]
        #expect(try site.post("\(path)/identity/remove", remove, as: admin).location == path)
        #expect(try !site.get(path, as: admin).says("8f14 e45f"))
        let acts = try site.audit()
        #expect(acts.contains("identity-linked permit") && acts.contains("identity-removed permit"))
        let reasons = try site.site.database.read {
            try $0.rows("SELECT reason FROM audit_entries WHERE act = 'identity-linked' AND outcome = 'permit'")
                .map { try $0.get("reason", as: String.self) }
        }
        #expect(reasons == ["Rang them at their desk"])
        site.advance(seconds: 16 * 60)
        #expect(try site.post("\(path)/identity", fields, as: admin).location?.hasPrefix("/confirm?") == true)
    }
}
