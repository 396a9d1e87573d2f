import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import PeoplePages

@Suite("What waits for someone beside cases, on their first page", .serialized)
struct WaitingPagesTests {
    private static let what = "Confirm that two records are one person"

    private func id(_ path: String) -> String { String(path.dropFirst("/people/".count)) }

    /// A proposal by the officer.
    private func proposed(
        _ world: PeopleSite, _ lead: [String: String] = [:], _ other: [String: String] = [:]
    ) throws -> (lead: String, other: String) {
        let (lead, other) = (try world.add(lead), try world.add(other))
        let sent = try world.post(
            "\(lead)/same/propose", ["other": id(other), "act": "propose", "reason": "Same birthday"], world.officer)
        #expect(sent.location == "\(lead)/same")
        return (lead, other)
    }

    @Test(
        "A proposal waits for who may confirm it, with its age, and not for who proposed it",
        arguments: [Engine.sqlite, .postgreSQL])
    func merges(_ engine: Engine) throws {
        let world = try PeopleSite(engine)
        #expect(try !world.get("/", world.supervisor).says("Also waiting for you"))
        let pair = try proposed(world)
        try world.site.site.database.write {
            _ = try $0.run("UPDATE person_merges SET proposed_at = proposed_at - 259200000")
        }
        let page = try world.get("/", world.supervisor)
        #expect(page.problems == [] && page.says(Self.what) && page.says("Since 29 May 2026 (3 days)"))
        #expect(page.says("Zoë O’Brien"))
        let link = "\(pair.lead)/same/" + (try #require(page.between("href=\"\(pair.lead)/same/", "\"")))
        #expect(try world.get(link, world.supervisor).status == .ok)
        let stranger = try world.site.account(roles: ["supervisor"], agency: "police", name: "Other Agency")
        for account in [world.officer, world.intake, stranger] {
            #expect(try !world.get("/", account).says(Self.what))
        }
        #expect(
            try world.post(link, ["act": "confirm", "reason": "Asked her"], world.supervisor).location
                == "\(pair.lead)/same")
        #expect(try !world.get("/", world.supervisor).says(Self.what))
    }

    @Test(
        "A proposal with a record that is hidden since waits for nobody from whom it is hidden",
        arguments: [Engine.sqlite, .postgreSQL])
    func hiddenRecord(_ engine: Engine) throws {
        for hidden in ["lead", "other"] {
            let world = try PeopleSite(engine)
            let pair = try proposed(world)
            #expect(try world.get("/", world.supervisor).says(Self.what))
            let record = id(hidden == "lead" ? pair.lead : pair.other)
            try world.site.site.database.write {
                _ = try $0.run("UPDATE register_records SET class = 'restricted', owner = NULL WHERE id = \(record)")
            }
            let page = try world.get("/", world.supervisor)
            #expect(!page.says(Self.what) && !page.says("O’Brien") && page.problems == [], "\(hidden)")
        }
    }

    @Test(
        "A protected record that was opened waits for who reviews it, by its last day, and not for who opened it",
        arguments: [Engine.sqlite, .postgreSQL])
    func glasses(_ engine: Engine) throws {
        let world = try PeopleSite(engine)
        let path = try world.add(["class": "protected"])
        let administrator = try world.site.account(roles: ["administrator"], name: "Ada Min")
        let both = try world.site.account(
            roles: ["administrator", "advocate"], agency: "haven", name: "Ivy Haven", side: .victim)
        let what = "Review a protected record that was opened"
        #expect(try !world.get("/", administrator).says(what))
        let why = ["category": "risk-to-life", "reason": "She called from the roof and would not say where"]
        #expect(try world.post("\(path)/open", why, both).location == path)
        let page = try world.get("/", administrator)
        #expect(page.problems == [] && page.says(what) && page.says("href=\"/trust/broken-glasses\""))
        // Two working days after Monday 1 June 2026.
        #expect(page.says("3 June 2026") && !page.says("O’Brien") && !page.says(id(path)))
        #expect(try world.get("/trust/broken-glasses", administrator).status == .ok)
        for account in [both, world.supervisor, world.officer] { #expect(try !world.get("/", account).says(what)) }
        #expect(!page.says("Late"))
        try world.site.site.database.write {
            _ = try $0.run("UPDATE break_glasses SET review_by = '2026-05-29'")
        }
        #expect(try world.get("/", administrator).says("Late"))
    }
}
