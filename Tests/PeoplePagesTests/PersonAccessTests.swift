import Governance
import HTTP
import Kernel
import Storage
import TestSite
import Testing

@testable import PeoplePages

@Suite("Who may see a person's record", .serialized)
struct PersonAccessTests {
    @Test(
        "A protected record is opened by one person for three hours, and the owner's agency is told",
        arguments: [Engine.sqlite, .postgreSQL])
    func glass(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let advocate = try world.site.account(roles: ["advocate"], agency: "haven", name: "Ivy Advocate", side: .victim)
        let path = try world.add(["class": "protected"])
        #expect(try !world.search("zoe", advocate).says("protected record held"))
        let masked = try world.search("zoe", reason: "asked for refuge", advocate)
        #expect(masked.says("A protected record held by Obbwade Council") && masked.says("href=\"\(path)\""))
        #expect(masked.problems.isEmpty && !masked.says("O’Brien"))
        let page = try world.get(path, advocate)
        #expect(page.says("This record is protected") && page.problems.isEmpty && !page.says("O’Brien"))
        let short = try world.post("\(path)/open", ["category": "risk-to-life", "reason": "urgent"], advocate)
        #expect(short.status == .badRequest && short.says("Write at least 20 characters"))
        let why = ["category": "risk-to-life", "reason": "Threatened tonight, needs a place"]
        #expect(try world.entries { _ = try world.post("\(path)/open", why, advocate) }.contains("break-glass permit"))
        let open = try world.get(path, advocate)
        #expect(open.says("07700 900123") && open.says("You opened this protected record") && open.problems.isEmpty)
        #expect(!open.says("\(path)/edit"))
        #expect(try world.get("\(path)/edit", advocate).status == .forbidden)
        let told = try world.get("/people/notices", world.supervisor)
        #expect(told.says("A protected record was opened in an emergency") && told.says("Ivy Advocate"))
        #expect(told.says("href=\"\(path)\"") && told.problems.isEmpty)
        #expect(try world.get("/", world.supervisor).says("1 notice"))
        // Whoever owns the record is told even where the role sends no notices; a colleague outside the team is not.
        #expect(try world.get("/people/notices", world.intake).says("Ivy Advocate"))
        let colleague = try world.site.account(roles: ["supervisor"], teams: ["housing"], side: .victim)
        #expect(try world.get("/people/notices", colleague).says("There is none"))
        #expect(try world.get("/people/notices", advocate).says("There is none"))
        // Someone who goes on working keeps the session.
        for _ in 1...17 {
            world.site.advance(seconds: 600)
            #expect(try world.get(path, advocate).says("07700 900123"))
        }
        world.site.advance(seconds: 601)
        let closed = try world.get(path, advocate)
        #expect(closed.says("This record is protected") && !closed.says("O’Brien"))
    }

    @Test("An old second factor is shown again before a glass is broken")
    func stale() throws {
        let world = try PeopleSite()
        let advocate = try world.site.account(roles: ["advocate"], agency: "haven", side: .victim)
        let path = try world.add(["class": "protected"])
        world.site.advance(seconds: 16 * 60)
        let why = ["category": "risk-to-life", "reason": "Threatened tonight, needs a place"]
        let answer = try world.post("\(path)/open", why, advocate)
        #expect(answer.location?.hasPrefix("/confirm?next=%2Fpeople%2F") == true)
        #expect(try world.get(path, advocate).says("This record is protected"))
    }

    @Test(
        "A supervisor restricts a record to those named; nobody else finds it any more",
        arguments: [Engine.sqlite, .postgreSQL])
    func restrict(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let path = try world.add()
        let other = try world.site.account(roles: ["case-officer"], teams: ["asb-team"], side: .victim)
        #expect(try world.get("\(path)/access", world.supervisor).problems.isEmpty)
        #expect(try !world.get("\(path)/access", world.officer).says("Change who may see it"))
        let silent = try world.post("\(path)/access", ["class": "restricted"], world.supervisor)
        #expect(silent.status == .badRequest && silent.says("Give a reason"))
        let denied = try world.post("\(path)/access", ["class": "restricted", "reason": "why"], world.officer)
        #expect(denied.status == .badRequest && denied.says("You may not do this"))
        let wrong = try world.post(
            "\(path)/access", ["class": "restricted", "reason": "why", "add": "no@one.example"], world.supervisor)
        #expect(wrong.status == .badRequest && wrong.says("someone with an account"))
        let fields = ["class": "restricted", "reason": "She works here", "add": world.officer.email, "side": "victim"]
        let entries = try world.entries {
            let answer = try world.post("\(path)/access", fields, world.supervisor)
            #expect(answer.location == "\(path)/access")
        }
        #expect(entries.filter { $0 == "permission permit" }.count == 1)
        #expect(try world.get(path, world.officer).says("O’Brien"))
        #expect(try world.get("\(path)/access", world.supervisor).says("Orla Officer"))
        #expect(try world.get(path, other).status == .notFound)
        #expect(try world.search("zoe", other).says("Nobody was found"))
        let seal = try world.post("\(path)/access", ["class": "sealed", "reason": "why"], world.supervisor)
        #expect(seal.status == .badRequest)
    }

    @Test("Who may not guard a record learns nothing of who has an account")
    func accountsUntold() throws {
        let world = try PeopleSite()
        let path = try world.add()
        for recordClass in ["normal", "restricted"] {
            let answers = try [world.supervisor.email, "nobody@council.example"].map { email in
                let fields = ["class": recordClass, "reason": "why", "add": email]
                let answer = try world.post("\(path)/access", fields, world.officer)
                #expect(answer.status == .badRequest && answer.says("You may not do this"))
                return answer.textWithoutTokens
            }
            #expect(answers.first == answers.last)
        }
    }

    @Test("Naming someone on a record that names nobody is refused, and saving what is there changes nothing")
    func nothingDropped() throws {
        let world = try PeopleSite()
        let path = try world.add()
        for recordClass in ["normal", "protected"] {
            let fields = ["class": recordClass, "reason": "why", "add": world.officer.email]
            let answer = try world.post("\(path)/access", fields, world.supervisor)
            #expect(answer.status == .badRequest && answer.says("Only restricted and sealed records name people"))
            #expect(answer.problems.isEmpty && answer.says("value=\"\(world.officer.email)\""))
        }
        let entries = try world.entries {
            let same = try world.post(
                "\(path)/access", ["class": "normal", "side": "victim", "reason": "why"], world.supervisor)
            #expect(same.location == "\(path)/access")
            let address = ["secrecy": "ordinary", "address-reason": "why"]
            let answer = try world.post("\(path)/address-access", address, world.supervisor)
            #expect(answer.location == "\(path)/access")
        }
        #expect(Set(entries) == ["read permit"])
    }

    @Test("Who declares a conflict of interest no longer finds the record, and its agency is told")
    func conflict() throws {
        let world = try PeopleSite()
        let path = try world.add()
        #expect(try world.post("\(path)/conflict", [:], world.officer).says("Say that you know the person"))
        let thanks = try world.post("\(path)/conflict", ["conflict": "yes"], world.officer)
        #expect(thanks.status == .ok && thanks.problems.isEmpty)
        #expect(try world.get(path, world.officer).status == .notFound)
        #expect(try world.search("zoe", world.officer).says("Nobody was found"))
        #expect(try !world.get("/people/notices", world.officer).says(path))
        #expect(try world.get("/people/notices", world.supervisor).says("declared a conflict of interest"))
    }

    @Test("A refuge is not opened on this page, and it says why")
    func refuge() throws {
        let world = try PeopleSite()
        let path = try world.add(["address": ""])
        let refuge = ReachPagesTests.address.merging(["letters": "yes"]) { $1 }
        #expect(try world.post("\(path)/addresses/new", refuge, world.officer).location == path)
        let fields = ["secrecy": "ordinary", "address-reason": "She asked for it"]
        let answer = try world.post("\(path)/address-access", fields, world.supervisor)
        #expect(answer.status == .badRequest && answer.problems.isEmpty)
        #expect(answer.says("stays with those who keep the person safe"))
        #expect(try world.get(path, world.officer).says("Withheld"))
    }

    @Test("A sealed address disappears from the page, for the supervisor too")
    func address() throws {
        let world = try PeopleSite()
        let path = try world.add()
        let fields = ["secrecy": "sealed", "address-reason": "He looks for her"]
        #expect(try world.post("\(path)/address-access", fields, world.supervisor).location == "\(path)/access")
        let page = try world.get(path, world.supervisor)
        #expect(!page.says("High Street") && page.says("07700 900123"))
        #expect(try !world.get("\(path)/edit", world.supervisor).says("name=\"address\""))
        #expect(try !world.get("\(path)/access", world.supervisor).says("How is the address guarded"))
    }
}
