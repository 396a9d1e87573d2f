import Files
import Governance
import HTTP
import Kernel
import Rules
import Site
import Storage
import TestSite
import Testing

@testable import TrustPages

@Suite("Definitions that were in use")
struct KeptDefinitionPagesTests {
    @Test("The files of the folder are kept, listed, shown and downloaded as they were", arguments: Engine.allCases)
    func shown(engine: Engine) throws {
        let site = try TestSite(engine, routes: TrustRoutes.routes)
        #expect(try site.site.keepDefinitions().isEmpty)
        #expect(try site.site.keepDefinitions().isEmpty)
        let analyst = try site.account(roles: ["analyst"], agency: "council")
        let list = try site.get("/trust/definitions", as: analyst)
        #expect(list.says("roles/default.json"))
        let digest = site.site.roles.digest
        #expect(list.says(digest))
        #expect(list.says("Rules: default.json") && list.says(site.site.policy.files[0].sha256))
        let page = try site.get("/trust/definitions/\(digest)", as: analyst)
        #expect(page.says("1 June 2026") && page.says("case-officer"))
        let file = try site.get("/trust/definitions/\(digest)/file", as: analyst)
        let original = try FileSystem.read("\(TestSite.root)/Definitions/roles/default.json", limit: 1 << 20)
        #expect(Array(file.text.utf8) == original)
        #expect(file.response.headers["Content-Disposition"] == "attachment; filename=\"roles-default.json\"")
    }

    @Test("A sealed panel is known to its members alone, and the file that names it to administrators and auditors")
    func sealed() throws {
        let site = try TestSite(.sqlite, routes: TrustRoutes.routes)
        let outside = "\(TestSite.root)/Definitions/partnerships/demo/partnership.json"
        _ = try site.site.keepDefinitions(outside: [outside])
        let address = "/trust/definitions/\(site.site.partnership.digest)"
        let about = "Support for people drawn towards terrorism"
        for roles in [["member"], ["case-officer"], ["strategy-lead"]] {
            let stranger = try site.account(roles: roles, agency: "council")
            let list = try site.get("/trust/definitions", as: stranger)
            #expect(list.says("Community MARAC") && !list.says(about) && !list.says("partnerships/demo"), "\(roles)")
            #expect(try site.get(address, as: stranger).status == .notFound)
            #expect(try site.get("\(address)/file", as: stranger).status == .notFound)
        }
        let seated = try site.account(roles: ["member", "panel-member"], agency: "council", panels: ["channel"])
        #expect(try site.get("/trust/definitions", as: seated).says(about))
        for role in ["administrator", "auditor"] {
            let reader = try site.account(roles: [role], agency: "health")
            let list = try site.get("/trust/definitions", as: reader)
            #expect(list.says("partnerships/demo/partnership.json"))
            #expect(try site.get(address, as: reader).says(about))
            #expect(try site.get("\(address)/file", as: reader).status == .ok)
        }
    }

    @Test("A partnership's file that lies elsewhere is as closed as one in the folder")
    func elsewhere() throws {
        let site = try TestSite(.sqlite, routes: TrustRoutes.routes)
        let bytes = Array("{\"panels\": \"channel\"}".utf8)
        let kept = KeptDefinition(path: "partnership.json", version: nil, bytes: bytes, at: site.now)
        _ = try site.site.database.write { try KeptDefinitions.keep([kept], in: $0) }
        let member = try site.account(roles: ["member"])
        #expect(try site.get("/trust/definitions/\(kept.sha256)", as: member).status == .notFound)
        let auditor = try site.account(roles: ["auditor"])
        #expect(try site.get("/trust/definitions/\(kept.sha256)", as: auditor).status == .ok)
    }

    @Test("A digest that nothing has is not found, whatever it is", arguments: ["0", "..%2f..%2fetc%2fpasswd", "%00"])
    func unknown(digest: String) throws {
        let site = try TestSite(.sqlite, routes: TrustRoutes.routes)
        let analyst = try site.account(roles: ["analyst"], agency: "council")
        #expect(try site.get("/trust/definitions/\(digest)", as: analyst).status == .notFound)
        #expect(try site.get("/trust/definitions/\(digest)/file", as: analyst).status == .notFound)
    }
}
