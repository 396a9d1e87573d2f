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
        #expect(try world.guarded(path, ["add": world.health.email], world.opener).status == .forbidden)
        let granted = ["add": world.health.email, "granted": world.opener.id.text]
        #expect(try world.guarded(path, granted, world.chair).location == "\(path)/access")
        #expect(try world.cases.get(path, world.health).says("Drawings in a school book"))
        let access = try world.cases.get("\(path)/access/class", world.chair)
        #expect(access.problems == [] && access.says("Hel Th, until 30 August 2026") && access.says("Op Ener, until"))
        #expect(try world.guarded(path, ["granted": world.opener.id.text], world.chair).status == .seeOther)
        #expect(try world.cases.get(path, world.health).status == .notFound)
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

    @Test("When no chair can open it any more, whoever chairs the panel then is granted it", arguments: Engine.allCases)
    func newChair(_ engine: Engine) throws {
        let world = try World(engine)
        let path = try world.open()
        let id = try #require(ID<Registered>(path.replacing("/cases/", with: "")))
        let site = world.cases.site.site
        let housekeeping = Housekeeping(site) { _ in }
        #expect(housekeeping.round() == 0)
        let own = try site.database.write { connection in
            let before = try connection.rows("SELECT account FROM register_grants WHERE record = \(id)").count
            try connection.run(
                "DELETE FROM register_grants WHERE record = \(id) AND account = \(world.chair.id)")
            return before
        }
        #expect(own == 2)
        #expect(try world.cases.get(path, world.chair).status == .notFound)
        let before = try world.cases.site.audit().count
        #expect(housekeeping.round() == 0)
        #expect(try world.cases.get(path, world.chair).status == .ok)
        #expect(try world.cases.site.audit().dropFirst(before).contains("permission permit"))
        let after = try world.cases.site.audit().count
        #expect(housekeeping.round() == 0)
        #expect(try world.cases.site.audit().dropFirst(after).filter { $0.hasPrefix("permission") } == [])
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
