import Governance
import HTTP
import Kernel
import People
import Site
import Storage
import TestSite
import Testing

@testable import CasePages

@Suite("Forms of a case: organisations, and what opens it again", .serialized)
struct EntryFormPagesTests {
    private func record(_ name: String, ended: String? = nil, _ world: CaseSite) throws -> ID<Organisation> {
        let store = PersonStore(roles: world.site.site.roles)
        let occasion = Occasion(world.officer.actor, at: world.site.now, request: "test")
        return try world.site.site.database.write { connection in
            try store.setOrganisation(
                nil, name: name, kind: .housing, contact: nil, endedOn: ended.flatMap { LocalDate($0) }, on: occasion,
                in: connection
            ).get()
            return try #require(
                try store.organisations(on: occasion, in: connection).first { $0.name == name }
            ).id
        }
    }

    @Test("A landlord is chosen from the people register, and shown by name", arguments: Engine.allCases)
    func landlord(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let landlord = try record("Elm Homes", world)
        let gone = try record("Old Homes", ended: "2026-05-01", world)
        let path = try world.open()
        let page = try world.get("\(path)/fill/home")
        #expect(page.problems == [] && page.says("Elm Homes") && !page.says("Old Homes"))
        let who = try #require(
            try world.site.site.database.read { try $0.first("SELECT person FROM case_parties") }
        ).get("person", as: String.self)
        let fields = ["home-who": who, "home-tenure": "association"]
        for wrong in ["01890000-0000-7000-8000-0000000000ff", "Elm Homes"] {
            let answer = try world.post("\(path)/fill/home", fields.merging(["home-organisation": wrong]) { $1 })
            #expect(answer.status == .badRequest && answer.says("choose an organisation from the list"), "\(wrong)")
            #expect(answer.problems == [])
        }
        for id in [landlord, gone] {
            let answer = try world.post("\(path)/fill/home", fields.merging(["home-organisation": id.text]) { $1 })
            #expect(answer.status == .seeOther)
        }
        let shown = try world.get("\(path)/record")
        #expect(shown.says("Elm Homes") && shown.says("Old Homes") && !shown.says(landlord.text))
    }

    @Test("Where a new incident opens a case again, its form says so; other forms do not", arguments: Engine.allCases)
    func reopens(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let says = "opens it again when you save it"
        #expect(try !world.get("\(path)/fill/incident").says(says))
        try world.site.site.database.write { try $0.run("UPDATE cases SET state = 'closed'") }
        let page = try world.get("\(path)/fill/incident")
        #expect(page.says(says) && page.problems == [])
        #expect(try !world.get("\(path)/fill/contact").says(says))
    }
}
