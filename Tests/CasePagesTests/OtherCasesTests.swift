import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CasePages

@Suite("Other cases of the people in a case", .serialized)
struct OtherCasesTests {
    @Test("Both cases name each other, to whom sees both and the person", arguments: Engine.allCases)
    func linked(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let first = try world.open()
        let person = try #require(try world.get(first).text.firstMatch(of: #//people/([0-9a-f-]{36})/#)?.output.1)
        let none = try world.get("\(first)/people")
        #expect(none.problems == [] && none.says("None that you may see."))
        let second = try world.open([
            "heading": "Threats at Weir House", "party-victim": String(person), "party-victim-given": "",
            "party-victim-family": "",
        ])
        let earlier = try world.get("\(second)/people")
        #expect(earlier.problems == [] && earlier.says("ASB-2026-000001") && earlier.says("Shouting at Elm House"))
        #expect(earlier.says("Who is in both") && !earlier.says("Threats at Weir House"))
        #expect(try world.get("\(first)/people", world.colleague).says("ASB-2026-000002"))
        // A case that is open to its own people alone says nothing of itself to the others.
        let id = first.replacing("/cases/", with: "")
        try world.site.site.database.write {
            try $0.run("UPDATE register_records SET class = 'restricted' WHERE id = \(id)")
        }
        let colleague = try world.get("\(second)/people", world.colleague)
        #expect(colleague.says("None that you may see.") && !colleague.says("ASB-2026-000001"))
        // That they are listed is in the audit.
        let before = try world.site.audit().count { $0.hasPrefix("list permit") }
        #expect(try world.get("\(second)/people").says("ASB-2026-000001"))
        #expect(try world.site.audit().count { $0.hasPrefix("list permit") } > before)
    }
}
