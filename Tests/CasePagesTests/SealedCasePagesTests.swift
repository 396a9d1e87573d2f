import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CasePages

@Suite("Pages of sealed cases", .serialized)
struct SealedCasePagesTests {
    private static let referral = [
        "heading": "Drawings in a school book", "party-person-given": "Toby", "party-person-family": "Wexcombe",
        "referral-happened-on-day": "31", "referral-happened-on-month": "5", "referral-happened-on-year": "2026",
        "referral-concern": "Symbols, and talk of a day that will come", "referral-urgent": "no",
        "referral-child": "yes",
    ]

    private struct World {
        let cases: CaseSite
        let opener: TestAccount
        let chair: TestAccount
        let health: TestAccount

        init(_ engine: Engine) throws {
            let cases = try CaseSite(engine)
            func account(_ roles: [String], _ agency: String, _ name: String) throws -> TestAccount {
                try cases.site.account(roles: roles, agency: agency, panels: ["channel"], name: name, side: .victim)
            }
            self.cases = cases
            opener = try account(["supervisor"], "police", "Op Ener")
            health = try account(["panel-member", "case-officer"], "health", "Hel Th")
            chair = try account(["panel-chair"], "council", "Cha Ir")
        }

        func open() throws -> String {
            try #require(try cases.post("/cases/new/channel", SealedCasePagesTests.referral, opener).location)
        }

        func guarded(_ path: String, _ fields: [String: String], _ account: TestAccount) throws -> TestAnswer {
            let fields = ["class": "sealed", "reason": "The panel needs it"].merging(fields) { $1 }
            return try cases.post("\(path)/access/class", fields, account)
        }
    }

    @Test("It opens to who made it and to the chair alone, until the chair opens it", arguments: Engine.allCases)
    func chaired(_ engine: Engine) throws {
        let world = try World(engine)
        #expect(try world.cases.get("/cases/new/channel", world.opener).says("A case of this kind is sealed"))
        #expect(try !world.cases.get("/cases/new/asb", world.opener).says("is sealed"))
        let path = try world.open()
        let inTheTeam = try world.cases.site.account(
            roles: ["supervisor"], agency: "police", teams: ["safeguarding-unit"], side: .victim)
        for someone in [world.cases.police, inTheTeam, world.health, world.cases.supervisor] {
            #expect(try world.cases.get(path, someone).status == .notFound)
            #expect(try !world.cases.get("/cases?whose=all", someone).says("CHN-2026-000001"))
        }
        for someone in [world.opener, world.chair] {
            #expect(try world.cases.get(path, someone).says("Drawings in a school book"))
            #expect(try world.cases.get("/cases?whose=all", someone).says("CHN-2026-000001"), "\(someone.details.name)")
        }
        // Who opened it works on it and does not decide who else sees it; the chair decides and does not work on it.
        #expect(try world.cases.post("\(path)/step/ask-police", [:], world.chair).status == .forbidden)
        for wrong in [["add": world.health.email], ["class": "normal"], ["class": "restricted"]] {
            #expect(try world.guarded(path, wrong, world.opener).status == .forbidden, "\(wrong)")
        }
        #expect(try !world.cases.get("\(path)/access", world.opener).says("\(path)/access/class"))
        #expect(try world.cases.get("\(path)/access/class", world.opener).status == .forbidden)
        // The chair knows whom it concerns, though the person's record is the police's.
        let chaired = try world.cases.get(path, world.chair)
        #expect(chaired.says("Toby Wexcombe") && !chaired.says("href=\"/people/"))
        #expect(try world.cases.get(path, world.opener).says("href=\"/people/"))
        // Nobody is named in vain.
        let analyst = try world.cases.site.account(roles: ["analyst"], agency: "council", name: "An Alyst")
        let inVain = try world.guarded(path, ["add": analyst.email], world.chair)
        #expect(inVain.problems == [] && inVain.says("naming them would not open it"))
        #expect(try !world.cases.get("\(path)/access/class", world.chair).says("An Alyst"))
        let granted = ["add": world.health.email]
        #expect(try world.guarded(path, granted, world.chair).location == "\(path)/access")
        #expect(try world.cases.get(path, world.health).says("Drawings in a school book"))
        let access = try world.cases.get("\(path)/access/class", world.chair)
        #expect(access.problems == [] && access.says("Hel Th, until 30 August 2026") && access.says("Op Ener, until"))
        let taken = ["granted-shown": world.health.id.text]
        #expect(try world.guarded(path, taken, world.chair).status == .seeOther)
        #expect(try world.cases.get(path, world.health).status == .notFound)
        // Who was granted it after the page was made was not shown on it, and stays.
        #expect(try world.guarded(path, granted, world.chair).status == .seeOther)
        #expect(try world.guarded(path, ["granted-shown": world.chair.id.text], world.chair).status == .seeOther)
        #expect(try world.cases.get(path, world.health).status == .ok)
        #expect(try world.cases.get(path, world.chair).status == .ok)
        #expect(try world.cases.get(path, world.opener).status == .ok)
    }

    @Test("Where nobody chairs its panel none is opened, and it says what to do", arguments: Engine.allCases)
    func unchaired(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        _ = try world.site.account(roles: ["panel-chair"], agency: "council", panels: ["marac"])
        let answer = try world.post("/cases/new/channel", Self.referral, world.supervisor)
        #expect(answer.status == .badRequest && answer.says("Nobody chairs the panel for these cases"))
        #expect(answer.problems == [])
    }

    @Test("Nobody takes on what is not open to them, and whoever takes in opens none", arguments: Engine.allCases)
    func closedToColleagues(_ engine: Engine) throws {
        let world = try World(engine)
        let path = try world.open()
        let handed = ["act": "hand-on", "owner": world.cases.police.email]
        let refused = try world.cases.post("\(path)/access", handed, world.opener)
        #expect(refused.says("Ask the chair of its panel to open it to them first") && refused.problems == [])
        #expect(try world.guarded(path, ["add": world.cases.police.email], world.chair).status == .seeOther)
        #expect(try world.cases.post("\(path)/access", handed, world.opener).status == .seeOther)
        let desk = try world.cases.site.account(roles: ["intake"], agency: "police", side: .victim)
        let taken = try world.cases.post(
            "/cases/new/channel",
            Self.referral.merging([
                "team": "safeguarding-unit", "party-person-given": "Leander", "party-person-family": "Stubbs",
            ]) { $1 }, desk)
        #expect(taken.status == .badRequest && taken.says("whoever works on it opens it"))
    }

    @Test("Who chairs its panel may open it, and nobody who did or chairs another", arguments: Engine.allCases)
    func newChair(_ engine: Engine) throws {
        let world = try World(engine)
        let path = try world.open()
        let site = world.cases.site.site
        let housekeeping = Housekeeping(site) { _ in }
        func changes() throws -> Int {
            let before = try world.cases.site.audit().count
            #expect(housekeeping.round() == 0)
            return try world.cases.site.audit().dropFirst(before).count { $0.hasPrefix("permission") }
        }
        #expect(try changes() == 0)
        let another = try world.cases.site.account(
            roles: ["panel-chair"], agency: "council", panels: ["marac"], name: "An Other", side: .victim)
        #expect(try world.guarded(path, ["add": another.email], world.chair).status == .seeOther)
        #expect(try world.cases.get(path, another).status == .ok)
        #expect(try world.guarded(path, ["add": world.health.email], another).status == .forbidden)
        // The chair leaves Channel for another panel, and someone else takes it over.
        try site.database.write {
            try $0.run("UPDATE account_panels SET panel = 'marac' WHERE account = \(world.chair.id)")
        }
        #expect(try world.guarded(path, ["add": world.health.email], world.chair).status == .forbidden)
        #expect(try changes() == 1)
        #expect(try world.cases.get(path, world.chair).status == .notFound)
        let next = try world.cases.site.account(
            roles: ["panel-chair"], agency: "council", panels: ["channel"], name: "Ne Xt", side: .victim)
        #expect(try world.cases.get(path, next).status == .notFound)
        #expect(try changes() == 1 && world.cases.get(path, next).status == .ok)
        #expect(try world.guarded(path, ["add": world.health.email], next).status == .seeOther)
        #expect(try changes() == 0)
    }

    @Test("A chair with a conflict of interest is no chair of the case", arguments: Engine.allCases)
    func conflict(_ engine: Engine) throws {
        let world = try World(engine)
        let path = try world.open()
        let declared = ["act": "declare", "conflict": "yes", "conflict-reason": "He is my nephew"]
        #expect(try world.cases.post("\(path)/access/conflict", declared, world.chair).status == .ok)
        let second = try world.cases.site.account(
            roles: ["panel-chair"], agency: "health", panels: ["channel"], name: "Se Cond", side: .victim)
        #expect(Housekeeping(world.cases.site.site) { _ in }.round() == 0)
        #expect(try world.cases.get(path, second).status == .ok)
        #expect(try world.cases.get(path, world.chair).status == .notFound)
    }

    @Test("What a chair sealed is never shut to everyone", arguments: Engine.allCases)
    func sealedByHand(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let id = try #require(ID<Registered>(path.replacing("/cases/", with: "")))
        let chair = try world.site.account(
            roles: ["panel-chair"], agency: "council", panels: ["marac"], side: .victim)
        try world.site.site.database.write {
            try $0.run(
                """
                INSERT INTO register_listings (record, panel, from_day, until_day, agencies)
                VALUES (\(id), 'marac', '2026-01-01', NULL, '')
                """)
        }
        let fields = ["class": "sealed", "reason": "A threat to the family"]
        #expect(try world.post("\(path)/access/class", fields, chair).status == .seeOther)
        #expect(try world.get(path).status == .ok && world.get(path, world.colleague).status == .notFound)
        try world.site.site.database.write {
            try $0.run("DELETE FROM register_grants WHERE record = \(id)")
            try $0.run("DELETE FROM register_listings WHERE record = \(id)")
        }
        #expect(try world.get(path).status == .notFound)
        #expect(Housekeeping(world.site.site) { _ in }.round() == 0)
        #expect(try world.get(path).status == .ok && world.get(path, chair).status == .notFound)
    }

    @Test("A case whose type is switched off keeps no other from being kept open", arguments: Engine.allCases)
    func switchedOff(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let paths = try ["Ann", "Bea", "Cat"].map { try world.open(["party-victim-given": $0]) }
        try world.site.site.database.write {
            try $0.run("UPDATE register_records SET class = 'sealed' WHERE kind = 'case'")
            try $0.run("UPDATE cases SET type = 'gone' WHERE id = \(paths[1].replacing("/cases/", with: ""))")
        }
        #expect(try world.get(paths[0]).status == .notFound)
        #expect(Housekeeping(world.site.site) { _ in }.round() == 0)
        #expect(try world.get(paths[0]).status == .ok && world.get(paths[2]).status == .ok)
    }

    @Test("Who takes in for an agency without teams is told what to do", arguments: Engine.allCases)
    func noTeam(_ engine: Engine) throws {
        let team = #"    { "code": "fire-prevention", "name": "Prevention", "agency": "fire" },"#
        let world = try CaseSite(engine, without: team)
        let intake = try world.site.account(roles: ["intake"], agency: "fire", side: .victim)
        var fields = CaseSite.opening
        fields["team"] = nil
        let answer = try world.post("/cases/new/asb", fields, intake)
        #expect(answer.status == .badRequest && answer.says("Your agency has no team"))
        #expect(answer.problems == [])
    }
}
