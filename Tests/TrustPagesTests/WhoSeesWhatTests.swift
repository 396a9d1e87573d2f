import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import TrustPages

@Suite("Who sees what of the trust pages")
struct WhoSeesWhatTests {
    let site: TestSite

    init() throws { site = try TestSite(routes: TrustRoutes.routes) }

    @Test("An auditor reads the audit, and no accounts")
    func auditor() throws {
        let auditor = try site.account(roles: ["auditor"])
        #expect(try site.get("/trust/audit", as: auditor).status == .ok)
        #expect(try site.get("/trust/audit/check", as: auditor).status == .ok)
        for path in ["/trust/accounts", "/trust/accounts/new", "/trust/accounts/\(auditor.id)", "/trust/clients"] {
            let status = try site.get(path, as: auditor).status
            #expect(status == .forbidden || status == .notFound, "\(path)")
        }
        let trust = try site.get("/trust", as: auditor)
        #expect(trust.says("href=\"/trust/audit\"") && !trust.says("href=\"/trust/accounts\""))
    }

    @Test("An administrator sees accounts, and no audit")
    func administrator() throws {
        let administrator = try site.account(roles: ["administrator"])
        #expect(try site.get("/trust/accounts", as: administrator).says(administrator.email))
        let paths = [
            "/trust/audit", "/trust/audit/check", "/trust/audit/export", "/trust/audit/person/\(administrator.id)",
            "/trust/audit/account/\(administrator.id)",
        ]
        for path in paths {
            let status = try site.get(path, as: administrator).status
            #expect(status == .forbidden || status == .notFound, "\(path)")
        }
        let post = try site.post("/trust/audit/export", ["reason": "because", "format": "csv"], as: administrator)
        #expect(post.status == .forbidden || post.status == .notFound)
        let trust = try site.get("/trust", as: administrator)
        #expect(!trust.says("href=\"/trust/audit\"") && trust.says("href=\"/trust/accounts\""))
    }

    @Test("A member sees neither, but the rules and the definitions", arguments: ["member", "case-officer"])
    func member(role: String) throws {
        let member = try site.account(roles: [role])
        for path in ["/trust/audit", "/trust/accounts", "/trust/clients", "/trust/broken-glasses"] {
            let status = try site.get(path, as: member).status
            #expect(status == .forbidden || status == .notFound, "\(path)")
        }
        #expect(try site.get("/trust/access", as: member).says("Your role"))
        let definitions = try site.get("/trust/definitions", as: member)
        #expect(definitions.says(site.site.partnership.digest) && definitions.says(site.site.roles.digest))
        for agency in site.site.partnership.agencies { #expect(definitions.says(agency.name.escaped)) }
    }

    @Test("Strangers read the statements, and sign in for the rest")
    func strangers() throws {
        for path in ["/accessibility", "/privacy", "/licences"] {
            let page = try site.visitor().get(path)
            #expect(page.status == .ok)
            #expect(page.problems == [], "\(path)")
        }
        let paths = [
            "/trust", "/trust/audit", "/trust/accounts", "/trust/clients", "/trust/access", "/trust/definitions",
        ]
        for path in paths {
            let page = try site.visitor().get(path)
            #expect(page.location?.hasPrefix("/sign-in") == true, "\(path)")
        }
    }

    @Test("The pages are sound HTML")
    func html() throws {
        let auditor = try site.account(roles: ["auditor"])
        let administrator = try site.account(roles: ["administrator"])
        let person = try site.account(roles: ["case-officer"])
        let auditPaths = [
            "/trust", "/trust/audit", "/trust/audit?act=read&act=sign-in&outcome=permit&from=1/1/2026&agency=council",
            "/trust/audit?from=yesterday", "/trust/audit/person/\(person.id)", "/trust/audit/account/\(person.id)",
            "/trust/audit/check", "/trust/audit/export?from=1/1/2026", "/trust/access", "/trust/definitions",
        ]
        for path in auditPaths { #expect(try site.get(path, as: auditor).problems == [], "\(path)") }
        let paths = [
            "/trust", "/trust/accounts", "/trust/accounts/new", "/trust/accounts/\(person.id)",
            "/trust/accounts/\(administrator.id)", "/trust/accounts/\(person.id)/change", "/trust/clients",
            "/trust/clients/new", "/trust/broken-glasses",
        ]
        for path in paths {
            let page = try site.get(path, as: administrator)
            #expect(page.status == .ok, "\(path)")
            #expect(page.problems == [], "\(path)")
        }
        let refused = try site.post("/trust/accounts/new", as: administrator)
        #expect(refused.status == .badRequest)
        #expect(refused.problems == [])
        let export = try site.post("/trust/audit/export", ["format": "csv"], as: auditor)
        #expect(export.problems == [])
        #expect(site.log == [])
    }
}

extension String {
    /// As HTML shows it.
    var escaped: String {
        var text = ""
        for character in self {
            switch character {
            case "&": text += "&amp;"
            case "'": text += "&#39;"
            default: text.append(character)
            }
        }
        return text
    }
}
