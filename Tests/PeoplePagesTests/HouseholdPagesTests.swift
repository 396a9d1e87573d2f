import Governance
import HTTP
import Kernel
import Storage
import TestSite
import Testing

@testable import PeoplePages

@Suite("The pages of a household, and of an address that was wrong", .serialized)
struct HouseholdPagesTests {
    private func id(_ path: String) -> String { String(path.dropFirst("/people/".count)) }

    @Test(
        "The page warns before someone is added, and takes back who was added by mistake",
        arguments: [Engine.sqlite, .postgreSQL])
    func mistake(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let ann = try world.add()
        let bea = try world.add([
            "given-name": "Bea", "family-name": "Okafor", "side": "child", "phone": "", "address": "", "needs": "",
        ])
        let made = try world.post("\(ann)/household/new", ["lines": "4 Hill", "role": "adult"], world.officer)
        let home = try #require(made.location)
        let look = try world.post(home, ["q": "bea"], world.officer)
        #expect(look.problems.isEmpty && look.says("no longer sees the address of the household"))
        let member = ["q": "bea", "role-shown": "yes", "other": id(bea), "role": "child"]
        #expect(try world.post(home, member, world.officer).location == "\(ann)/household")
        let page = try world.get("\(ann)/household", world.officer)
        #expect(page.problems.isEmpty && !page.says("4 Hill") && !page.says("Change the address"))
        #expect(page.says("You added Bea Okafor today.") && page.says("Added by mistake"))
        #expect(try world.get("\(home)/address", world.officer).status == .notFound)
        #expect(try !world.get("\(ann)/household", world.supervisor).says("Added by mistake"))
        #expect(try world.post("\(home)/mistake", ["member": id(bea)], world.supervisor).status == .notFound)
        let taken = try world.post("\(home)/mistake", ["member": id(bea)], world.officer)
        #expect(taken.location == "\(ann)/household")
        let after = try world.get("\(ann)/household", world.officer)
        #expect(after.problems.isEmpty && after.says("4 Hill") && !after.says("Added by mistake"))
    }

    @Test(
        "The address of a household is changed, and two at once lose nothing", arguments: [Engine.sqlite, .postgreSQL])
    func address(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let ann = try world.add()
        let made = try world.post("\(ann)/household/new", ["lines": "4 Hil", "role": "adult"], world.officer)
        let home = try #require(made.location)
        let link = "\(home)/address"
        #expect(try world.get("\(ann)/household", world.officer).says("href=\"\(link)\""))
        let form = try world.get(link, world.officer)
        #expect(form.problems.isEmpty && form.hidden("was-lines") == "4 Hil")
        #expect(
            try world.post(link, ["was-lines": "4 Hil", "lines": "4 Hill"], world.officer).location
                == "\(ann)/household")
        let both = try world.post(link, ["was-lines": "4 Hil", "lines": "5 Hill"], world.supervisor)
        #expect(both.status == .badRequest && both.problems.isEmpty && both.says("It is recorded now:"))
        #expect(both.says("4 Hill") && both.says("5 Hill") && both.hidden("was-lines") == "4 Hill")
        #expect(try world.get("\(ann)/history", world.officer).says("household: 4 Hil"))
        let chaser = try world.site.account(roles: ["case-officer"], teams: ["asb-team"], side: .perpetrator)
        #expect(try world.get(link, chaser).status == .forbidden)
        #expect(try world.post(link, ["was-lines": "4 Hill", "lines": "6"], chaser).status == .forbidden)
    }

    @Test(
        "The forms ask whether they moved; a slip makes no former address", arguments: [Engine.sqlite, .postgreSQL])
    func moved(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let path = try world.add()
        #expect(try !world.get("\(path)/addresses/new", world.officer).says("Have they moved?"))
        let link = "\(path)/addresses/\(id(path))"
        let form = try world.get(link, world.officer)
        #expect(form.problems.isEmpty && form.says("Have they moved?"))
        let content = ["kind": "home", "letters": "yes", "secrecy": "ordinary"]
        func change(_ fields: [String: String]) throws {
            #expect(try world.post(link, content.merging(fields) { $1 }, world.officer).location == path)
        }
        try change(["lines": "2 High Street", "version": "1", "moved": "no"])
        #expect(try !world.get(path, world.officer).says("1 High Street"))
        // The form of the whole record asks too.
        let edit = try world.get("\(path)/edit", world.officer)
        #expect(edit.problems.isEmpty && edit.says("Have they moved?"))
        let version = try #require(edit.hidden("version"))
        let sent = ["version": version, "was-address": "2 High Street", "address": "3 High Street", "moved": "no"]
        let names = [
            "given-name": "Zoë", "was-given-name": "Zoë", "family-name": "O’Brien", "was-family-name": "O’Brien",
        ]
        #expect(try world.post("\(path)/edit", sent.merging(names) { $1 }, world.officer).location == path)
        let page = try world.get(path, world.officer)
        #expect(page.says("3 High Street") && !page.says("2 High Street"))
        // A form without the question makes a former address, as a move does.
        try change(["lines": "4 High Street", "version": "3"])
        #expect(try world.get(path, world.officer).says("3 High Street"))
    }
}
