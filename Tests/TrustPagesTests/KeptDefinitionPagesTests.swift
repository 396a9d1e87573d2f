import Files
import Governance
import HTTP
import Kernel
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
        #expect(list.says("roles/default.json") && list.says("partnerships/demo/partnership.json"))
        let digest = site.site.roles.digest
        #expect(list.says(digest))
        let page = try site.get("/trust/definitions/\(digest)", as: analyst)
        #expect(page.says("1 June 2026") && page.says("case-officer"))
        let file = try site.get("/trust/definitions/\(digest)/file", as: analyst)
        let original = try FileSystem.read("\(TestSite.root)/Definitions/roles/default.json", limit: 1 << 20)
        #expect(Array(file.text.utf8) == original)
        #expect(file.response.headers["Content-Disposition"] == "attachment; filename=\"roles-default.json\"")
    }

    @Test("A digest that nothing has is not found, whatever it is", arguments: ["0", "..%2f..%2fetc%2fpasswd", "%00"])
    func unknown(digest: String) throws {
        let site = try TestSite(.sqlite, routes: TrustRoutes.routes)
        let analyst = try site.account(roles: ["analyst"], agency: "council")
        #expect(try site.get("/trust/definitions/\(digest)", as: analyst).status == .notFound)
        #expect(try site.get("/trust/definitions/\(digest)/file", as: analyst).status == .notFound)
    }
}
