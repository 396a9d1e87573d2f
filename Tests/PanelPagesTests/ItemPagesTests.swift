import Casework
import Governance
import Kernel
import People
import Site
import Storage
import TestSite
import Testing

@testable import PanelPages

@Suite("An item of an agenda", .serialized)
struct ItemPagesTests {
    @Test(
        "A line says whom it is about, and is found by that person and hidden with them", arguments: Engine.allCases)
    func about(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let (pair, meeting, item, _) = try world.listed()
        for member in [world.health, world.haven, world.chair, world.council] {
            _ = try world.act("\(meeting)/confidentiality", [:], member)
        }
        for (step, reason) in [("publish-agenda", ""), ("close-research", ""), ("begin", "It cannot wait")] {
            _ = try world.act("\(meeting)/step", ["step": step, "reason": reason], world.coordinator)
        }
        let page = try world.get(item, world.coordinator)
        #expect(page.problems == [] && page.says("Whom is it about?"))
        #expect(page.says("Only a supervisor of the agency that holds the case"))
        func line(_ text: String, about: String) -> [String: String] {
            [
                "act": "line", "part": "discussion", "text-1": text, "kind-1": "fact", "class-1": "P2",
                "side-1": "victim", "agency": "police", "about": about,
            ]
        }
        for stranger in ["someone", ID<Person>(at: world.site.now).text] {
            let wrong = try world.post(item, line("They shout", about: stranger), world.coordinator)
            #expect(wrong.problems == [] && wrong.says("href=\"#about\"") && wrong.says("They shout"))
        }
        _ = try world.act(item, line("He waits outside", about: pair.perpetrator.text), world.coordinator)
        _ = try world.act(item, line("The school was told", about: ""), world.coordinator)

        let narrowed = try world.get("\(meeting)/minutes?person=\(pair.perpetrator.text)", world.health)
        #expect(narrowed.says("He waits outside") && !narrowed.says("The school was told") && narrowed.problems == [])
        let occasion = Occasion(world.health.actor, at: world.site.now, request: "test")
        try world.site.site.database.write { connection in
            try world.site.site.cases.register.declareConflict(
                with: ID(pair.perpetrator), on: occasion, in: connection)
        }
        let without = try world.get(item, world.health)
        #expect(!without.says("He waits outside") && without.says("The school was told"))
    }

    @Test(
        "Who prepares the panel is told how many people nobody is asked about, and what to do",
        arguments: Engine.allCases
    )
    func notAsked(_ engine: Engine) throws {
        let words = "could not be asked about"
        let world = try PanelSite(engine)
        let (pair, meeting, item, _) = try world.listed()
        _ = try world.act("\(meeting)/confidentiality", [:], world.health)
        #expect(try !world.get(item, world.coordinator).says(words))
        try world.site.site.database.write { connection in
            _ = try connection.run("DELETE FROM register_listings WHERE record = \(pair.victim)")
            _ = try connection.run("UPDATE register_records SET agency = 'fire' WHERE id = \(pair.victim)")
        }
        let told = try world.get(item, world.coordinator)
        #expect(told.problems == [] && told.says("1 person \(words)") && told.says("Ask that agency"))
        #expect(try !world.get(item, world.health).says(words))
    }
}
