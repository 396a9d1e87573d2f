import CasePages
import Governance
import HTTP
import Kernel
import OrderPages
import People
import Site
import Storage
import TestSite
import Testing

@testable import PeoplePages

@Suite("Pages of a person with several records", .serialized)
struct MergedPagesTests {
    private func id(_ path: String) -> String { String(path.dropFirst("/people/".count)) }

    private func site(_ engine: Engine = .sqlite) throws -> PeopleSite {
        try PeopleSite(engine, more: CaseRoutes.routes + OrderRoutes.routes)
    }

    /// Puts two records together by the pages, and gives the path of what was proposed.
    private func merge(_ other: String, into lead: String, _ world: PeopleSite) throws -> String {
        let fields = ["other": id(other), "act": "propose", "reason": "Same birthday"]
        #expect(try world.post("\(lead)/same/propose", fields, world.officer).location == "\(lead)/same")
        let list = try world.get("\(lead)/same", world.supervisor)
        let merge = "\(lead)/same/" + (try #require(list.between("href=\"\(lead)/same/", "\"")))
        let yes = ["act": "confirm", "reason": "Asked her"]
        #expect(try world.post(merge, yes, world.supervisor).location == "\(lead)/same")
        return merge
    }

    private func openCase(with victim: String, _ world: PeopleSite) throws -> String {
        let fields = [
            "heading": "Shouting at Elm House", "party-victim": id(victim), "incident-happened-on-day": "31",
            "incident-happened-on-month": "5", "incident-happened-on-year": "2026", "incident-category": "personal",
            "incident-description": "Shouted", "incident-evidence": "allegation", "incident-source": "The victim",
            "team": "asb-team",
        ]
        let answer = try world.post("/cases/new/asb", fields, world.officer)
        return try #require(answer.location, "\(answer.text)")
    }

    private func order(_ subject: [String: String], _ world: PeopleSite) throws -> String {
        let fields = ["maker": "local authority", "team": "asb-team"].merging(subject) { $1 }
        let answer = try world.post("/orders/new/warning", fields, world.officer)
        return try #require(answer.location, "\(answer.text)")
    }

    @Test(
        "Who has a conflict of interest with one record loses the cases and orders of the other when they are one person",
        arguments: Engine.allCases)
    func conflict(_ engine: Engine) throws {
        let world = try site(engine)
        let kin = try world.site.account(roles: ["case-officer"], teams: ["asb-team"], name: "Kin Dred", side: .victim)
        let lead = try world.add()
        let other = try world.add(["given-name": "Zoe", "phone": "01632 960 002"])
        let record = try openCase(with: other, world)
        let about = try order(["looked": "yes", "kind": "person", "subject": id(other)], world)
        let linked = try order(
            [
                "case": "ASB-2026-000001", "kind": "person", "subject-given": "Dean", "subject-family": "Hollis",
                "subject-born-day": "27",
                "subject-born-month": "3", "subject-born-year": "1990",
            ], world)
        _ = try world.post("\(lead)/conflict", ["conflict": "yes"], kin)
        let places = [record, about, linked]
        for place in places { #expect(try world.get(place, kin).status == .ok, "\(place)") }
        let merge = try merge(other, into: lead, world)
        for place in places {
            #expect(try world.get(place, kin).status == .notFound, "\(place)")
            #expect(try world.get(place, world.officer).status == .ok, "\(place)")
        }
        #expect(try !world.get("/cases", kin).says(record) && !world.get("/orders", kin).says(about))
        #expect(try world.get("/people/notices", world.supervisor).says("Kin Dred"))
        // Taken apart, what was closed stays closed, and the page says so in general.
        #expect(try world.get(merge, world.supervisor).says("stays closed until a supervisor lifts it"))
        #expect(try world.post(merge, ["act": "end", "reason": "Two"], world.supervisor).status == .seeOther)
        for place in places { #expect(try world.get(place, kin).status == .notFound, "\(place)") }
        // It is lifted place by place, with a reason.
        let lift = ["act": "lift", "account": kin.id.text, "lift-reason": "Another family"]
        #expect(try world.post("\(about)/access", lift, world.supervisor).status == .seeOther)
        #expect(try world.get(about, kin).status == .ok)
    }

    @Test("The orders about a person stand on their page, by all their records, for who may see them")
    func orders() throws {
        let world = try site()
        let lead = try world.add()
        let other = try world.add(["given-name": "Zoe", "phone": "01632 960 002"])
        #expect(try world.get(lead, world.officer).says("/orders/new?person=\(id(lead))"))
        let about = try order(["looked": "yes", "kind": "person", "subject": id(other)], world)
        #expect(try world.get(other, world.officer).says(about) && !world.get(lead, world.officer).says(about))
        _ = try merge(other, into: lead, world)
        let page = try world.get(lead, world.officer)
        #expect(page.says(about) && page.problems.isEmpty)
        // An intake worker sees the person and no orders.
        let plain = try world.get(lead, world.intake)
        #expect(plain.status == .ok && !plain.says(about) && !plain.says("/orders/"))
    }

    @Test("A sealed address on a record that another leads is shown on its page to who says why")
    func sealed() throws {
        let world = try site()
        let lead = try world.add(["address": ""])
        let other = try world.add(["given-name": "Zoe", "phone": "01632 960 002", "address": "9 Hidden Row"])
        _ = try merge(other, into: lead, world)
        let chair = try world.site.account(
            roles: ["panel-chair"], agency: "police", panels: ["marac"], side: .victim)
        try world.site.site.database.write { connection in
            _ = try connection.run(
                "UPDATE people SET address_secrecy = 'sealed' WHERE id = \(id(other))")
            _ = try connection.run("UPDATE person_addresses SET secrecy = 'sealed' WHERE person = \(id(other))")
            for record in [id(lead), id(other)] {
                _ = try connection.run(
                    """
                    INSERT INTO register_listings (record, panel, from_day, until_day, agencies)
                    VALUES (\(record), 'marac', '2026-05-01', NULL, '')
                    """)
                _ = try connection.run(
                    """
                    INSERT INTO register_grants (record, account, until, is_chairs)
                    VALUES (\(record), \(chair.id), \(world.site.now.advanced(bySeconds: 3600)), 1)
                    """)
            }
        }
        let page = try world.get(lead, chair)
        #expect(page.says("Show the sealed address") && !page.says("Hidden Row") && page.problems.isEmpty)
        #expect(page.hidden("record") == id(other))
        let silent = try world.post(lead, ["record": id(other), "reason": " "], chair)
        #expect(silent.status == .ok && !silent.says("Hidden Row"))
        let open = try world.post(lead, ["record": id(other), "reason": "To plan the visit"], chair)
        #expect(open.says("Hidden Row") && open.problems.isEmpty)
        #expect(try !world.get(lead, world.officer).says("Show the sealed address"))
        // A reason for one record opens no other.
        let stranger = try world.post(lead, ["record": id(lead), "reason": "To plan the visit"], chair)
        #expect(!stranger.says("Hidden Row"))
    }

    @Test("A number that is not safe by another record is nowhere safe now")
    func safeNow() throws {
        let world = try site()
        let lead = try world.add()
        let other = try world.add(["given-name": "Zoe", "phone": "", "address": ""])
        let yes = [
            "channel": "telephone", "value": "07700 900555", "safety": "yes", "confirmed-day": "30",
            "confirmed-month": "5", "confirmed-year": "2026",
        ]
        #expect(try world.post("\(lead)/contacts/new", yes, world.officer).location == lead)
        let no = ["channel": "telephone", "value": "07700900555", "safety": "no"]
        #expect(try world.post("\(other)/contacts/new", no, world.officer).location == other)
        #expect(try world.get(lead, world.officer).says("Safe now"))
        _ = try merge(other, into: lead, world)
        #expect(try !world.get(lead, world.officer).says("Safe now"))
    }
}
