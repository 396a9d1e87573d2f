import Governance
import HTTP
import Kernel
import Storage
import TestSite
import Testing

@testable import PeoplePages

@Suite("Records of one person, and the people around them", .serialized)
struct SamePersonTests {
    private func id(_ path: String) -> String { String(path.dropFirst("/people/".count)) }

    @Test(
        "Two records are compared, proposed, confirmed by another, and taken apart",
        arguments: [Engine.sqlite, .postgreSQL])
    func merge(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let lead = try world.add()
        let other = try world.add(["given-name": "Zoe", "phone": "01632 960 002", "needs": ""])
        let found = try world.post("\(lead)/same", ["q": "obrien"], world.officer)
        #expect(found.status == .ok && found.says(id(other)) && found.problems.isEmpty)
        let compare = try world.post("\(lead)/same/compare", ["other": id(other)], world.officer)
        #expect(compare.says("01632 960 002") && compare.says("which is right?") && compare.problems.isEmpty)
        let fields = ["other": id(other), "take-phone": "other", "act": "propose"]
        let silent = try world.post("\(lead)/same/propose", fields, world.officer)
        #expect(silent.status == .badRequest && silent.says("Give a reason") && silent.problems.isEmpty)
        let sent = try world.post(
            "\(lead)/same/propose", fields.merging(["reason": "Same birthday"]) { $1 }, world.officer)
        #expect(sent.location == "\(lead)/same")
        let list = try world.get("\(lead)/same", world.supervisor)
        #expect(list.says("Waits for a second person") && list.problems.isEmpty)
        let merge = "\(lead)/same/" + (try #require(list.between("href=\"\(lead)/same/", "\"")))
        #expect(try world.get(merge, world.officer).problems.isEmpty)
        let yes = ["act": "confirm", "reason": "Asked her"]
        let own = try world.post(merge, yes, world.officer)
        #expect(own.status == .badRequest && own.says("Someone else must confirm this"))
        #expect(try world.post(merge, yes, world.supervisor).location == "\(lead)/same")
        #expect(try world.get(other, world.officer).location == lead)
        let page = try world.get(lead, world.officer)
        #expect(page.problems.isEmpty && page.says("Another record of the same person"))
        #expect(page.says("01632 960 002") && page.says("Another record says: 07700 900123"))
        let stranger = try world.site.account(roles: ["case-officer"], agency: "police")
        #expect(try world.get(merge, stranger).status == .notFound)
        #expect(try world.post(merge, ["act": "end", "reason": "Two"], world.supervisor).location == "\(lead)/same")
        #expect(try world.get(other, world.officer).status == .ok)
    }

    @Test("A relation is added by looking for the other person, drawn, and told in a table")
    func network() throws {
        let world = try PeopleSite()
        let ann = try world.add()
        let bea = try world.add(["given-name": "Bea", "family-name": "Okafor"])
        #expect(try world.get("\(ann)/network", world.officer).says("No relation is recorded"))
        #expect(try world.get("\(ann)/network/new", world.officer).problems.isEmpty)
        let form = try world.post("\(ann)/network/new", ["q": "bea"], world.officer)
        #expect(form.says(id(bea)) && form.problems.isEmpty)
        let fields = ["q": "bea", "kind-shown": "yes", "other": id(bea), "kind": "parent", "evidence": "fact"]
        let none = try world.post("\(ann)/network/new", fields.merging(["kind": ""]) { $1 }, world.officer)
        #expect(none.status == .badRequest && none.says("Choose what they are to each other"))
        #expect(try world.post("\(ann)/network/new", fields, world.officer).location == "\(ann)/network")
        let page = try world.get("\(bea)/network", world.officer)
        #expect(page.problems.isEmpty && page.says("<svg") && page.says("Parent of") && page.says("Bea Okafor"))
        let link = try #require(page.between("href=\"\(bea)/network/", "\""))
        let edit = try world.get("\(bea)/network/\(link)", world.officer)
        #expect(edit.problems.isEmpty && edit.says("value=\"child\" checked"))
        let stranger = try world.site.account(roles: ["case-officer"], agency: "police")
        #expect(try world.get("\(ann)/network", stranger).status == .notFound)
    }

    @Test("A household is recorded, and shows who lives there")
    func household() throws {
        let world = try PeopleSite()
        let ann = try world.add()
        let bea = try world.add(["given-name": "Bea", "family-name": "Okafor"])
        #expect(try world.get("\(ann)/household", world.officer).problems.isEmpty)
        #expect(
            try world.post("\(ann)/household/new", ["lines": "4 Hill"], world.officer).says("Choose what the person is")
        )
        let made = try world.post("\(ann)/household/new", ["lines": "4 Hill", "role": "adult"], world.officer)
        let address = try #require(made.location)
        #expect(try world.get(address, world.officer).problems.isEmpty)
        let look = try world.post(address, ["q": "bea"], world.officer)
        #expect(look.says(id(bea)) && look.problems.isEmpty)
        let member = ["q": "bea", "role-shown": "yes", "other": id(bea), "role": "child"]
        #expect(try world.post(address, member, world.officer).location == "\(ann)/household")
        let page = try world.get("\(bea)/household", world.officer)
        #expect(page.says("4 Hill") && page.says("Zoë") && page.problems.isEmpty)
        let chaser = try world.site.account(roles: ["case-officer"], teams: ["asb-team"], side: .perpetrator)
        #expect(try world.get("\(bea)/household", chaser).says("No household is recorded"))
        #expect(try world.get(address, chaser).status == .forbidden)
        #expect(try world.get("\(address)?member=\(id(bea))", chaser).status == .forbidden)
    }

    @Test("Saying that a member left begins with what is known, and does not overwrite what someone else said")
    func left() throws {
        let world = try PeopleSite()
        let ann = try world.add()
        let bea = try world.add(["given-name": "Bea", "family-name": "Okafor"])
        let made = try world.post("\(ann)/household/new", ["lines": "4 Hill", "role": "adult"], world.officer)
        let address = try #require(made.location)
        let since = ["from-day": "1", "from-month": "5", "from-year": "2025"]
        let added = ["q": "bea", "role-shown": "yes", "other": id(bea), "role": "child"].merging(since) { $1 }
        #expect(try world.post(address, added, world.officer).location == "\(ann)/household")
        let change = "\(address)?member=\(id(bea))"
        #expect(try world.get("\(ann)/household", world.officer).says("href=\"\(change)\""))
        let form = try world.get(change, world.officer)
        #expect(form.problems.isEmpty && form.says("value=\"child\" checked") && form.says("value=\"2025\""))
        #expect(form.hidden("was-role") == "child" && form.hidden("was-from") == "2025-05-01")
        let seen = [
            "other": id(bea), "role-shown": "yes", "was-role": "child", "was-from": "2025-05-01", "was-until": "",
        ]
        let left = seen.merging(since) { $1 }.merging(
            ["role": "child", "until-day": "30", "until-month": "5", "until-year": "2026"]) { $1 }
        #expect(try world.post(address, left, world.officer).location == "\(ann)/household")
        let list = try world.get("\(ann)/household", world.officer)
        #expect(list.says("from 1 May 2025 until 30 May 2026"))
        // The supervisor still has the form from before: both stand there, and what was typed is kept.
        let late = seen.merging(since) { $1 }.merging(["role": "lodger"]) { $1 }
        let both = try world.post(address, late, world.supervisor)
        #expect(both.status == .badRequest && both.problems.isEmpty)
        #expect(both.says("It is recorded now: Child, from 1 May 2025, until 30 May 2026"))
        #expect(both.says("value=\"lodger\" checked") && both.hidden("was-until") == "2026-05-30")
        #expect(try world.get("\(ann)/household", world.officer).says("until 30 May 2026"))
        let again = late.merging(["was-until": "2026-05-30"]) { $1 }
        #expect(try world.post(address, again, world.supervisor).location == "\(ann)/household")
        #expect(
            try world.get("\(bea)/history", world.officer).says("household: child; from 1 May 2025; until 30 May 2026"))
    }

    @Test("Organisations are listed, added and changed")
    func organisations() throws {
        let world = try PeopleSite()
        #expect(try world.get("/people/organisations", world.officer).problems.isEmpty)
        let nameless = try world.post("/people/organisations", ["kind": "housing", "name": ""], world.officer)
        #expect(nameless.status == .badRequest && nameless.says("Enter the name of the organisation"))
        let fields = ["kind": "housing", "name": "Obbwade Homes", "contact": "01632 960 001"]
        #expect(try world.post("/people/organisations", fields, world.officer).location == "/people/organisations")
        let list = try world.get("/people/organisations", world.officer)
        let link = "/people/organisations/" + (try #require(list.between("href=\"/people/organisations/", "\"")))
        #expect(try world.get(link, world.officer).problems.isEmpty)
        let member = try world.site.account(roles: ["member"])
        let closed = try world.get("/people/organisations", member)
        #expect(closed.status != .ok && !closed.says("Obbwade Homes"))
    }

    @Test("Who shares a person's family name is asked; a declared conflict is lifted by a supervisor with a reason")
    func conflict() throws {
        let world = try PeopleSite()
        let path = try world.add()
        let kin = try world.site.account(
            roles: ["case-officer"], teams: ["asb-team"], name: "Una O'Brien", side: .victim)
        #expect(try world.get(path, kin).says("has your family name"))
        #expect(try !world.get(path, world.officer).says("has your family name"))
        _ = try world.post("\(path)/conflict", ["conflict": "yes"], kin)
        #expect(try world.get(path, kin).status == .notFound)
        #expect(try world.get("/people/notices", world.supervisor).says("Una O&#39;Brien"))
        let access = try world.get("\(path)/access", world.supervisor)
        #expect(access.says("Lift the conflict") && access.problems.isEmpty)
        #expect(try !world.get("\(path)/access", world.officer).says("Lift the conflict"))
        let account = try #require(access.between("name=\"account\" type=\"radio\" value=\"", "\""))
        let silent = try world.post("\(path)/conflict/lift", ["account": account], world.supervisor)
        #expect(silent.status == .badRequest && silent.says("Give a reason"))
        let why = ["account": account, "lift-reason": "Another family"]
        #expect(try world.post("\(path)/conflict/lift", why, world.officer).status == .badRequest)
        #expect(try world.get(path, kin).status == .notFound)
        #expect(try world.post("\(path)/conflict/lift", why, world.supervisor).status == .seeOther)
        #expect(try world.get(path, kin).status == .ok)
    }
}
