import HTTP
import Storage
import TestSite
import Testing

@testable import OrderPages

@Suite("Equality and proportionality in the browser", .serialized)
struct ProportionalityPagesTests {
    private static let answers = [
        "circumstances": "neurodivergence", "known": "Autistic, says the mother", "tried": "Two agreements",
        "less": "Neither was kept", "adjustments": "The hours leave the school run free",
        "who": "Orla Officer, ASB team",
        "day-day": "1", "day-month": "6", "day-year": "2026",
    ]

    private func assess(
        _ world: OrderSite, _ path: String, _ more: [String: String] = [:], as account: TestAccount? = nil
    ) throws -> TestAnswer {
        let page = try world.get("\(path)/proportionality", account)
        let version = try #require(page.hidden("version"))
        let fields = Self.answers.merging(["version": version]) { $1 }.merging(more) { $1 }
        return try world.post("\(path)/proportionality", fields, account)
    }

    @Test(
        "The step before it says that it is missing, and goes on with a reason that is shown",
        arguments: Engine.allCases)
    func missing(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record("injunction", OrderSite.person("Dean", "Hollis"))
        let page = try world.get(path)
        #expect(page.problems == [] && page.says("It is asked for before the order is authorised"))
        #expect(page.says("href=\"\(path)/proportionality\"") && page.says("Assess equality and proportionality"))
        let step = try world.get("\(path)/do/authorise")
        #expect(step.problems == [] && step.says("Assess them first") && step.says("name=\"without\""))
        let fields = ["who": "Head of service"].merging(OrderSite.moment("at", "2026-06-01", "09:30")) { $1 }
        let bare = try world.act(path, "authorise", fields)
        #expect(bare.status == .badRequest && bare.says("href=\"#without\"") && bare.problems == [])
        let done = try world.act(path, "authorise", fields.merging(["without": "The court sits at noon"]) { $1 })
        #expect(done.location == path)
        let after = try world.get(path)
        #expect(after.says("Authorised without it") && after.says("The court sits at noon"))
        #expect(after.says("Orla Officer") && after.problems == [])
    }

    @Test("It is made, corrected with a reason, and both stay, also in the history", arguments: Engine.allCases)
    func corrected(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record("injunction", OrderSite.person("Dean", "Hollis"))
        let form = try world.get("\(path)/proportionality")
        #expect(form.problems == [] && !form.says("name=\"late\"") && !form.says("name=\"again\""))
        let version = try #require(form.hidden("version"))
        let empty = try world.post("\(path)/proportionality", ["version": version])
        #expect(empty.status == .badRequest && empty.problems == [])
        for name in ["known", "tried", "less", "adjustments", "who", "day"] {
            #expect(empty.says("href=\"#\(name)\""), "\(name)")
        }
        let future = try assess(world, path, ["day-day": "2"])
        #expect(future.status == .badRequest && future.says("href=\"#day\"") && future.says("Two agreements"))
        #expect(try assess(world, path).location == path)
        let page = try world.get(path)
        #expect(page.problems == [] && page.says("Autistic, says the mother") && page.says("neurodivergence"))
        #expect(page.says("Correct the assessment") && !page.says("name=\"without\""))
        #expect(try !world.get("\(path)/do/authorise").says("name=\"without\""))
        let again = try world.get("\(path)/proportionality", world.colleague)
        #expect(again.says("name=\"again\"") && again.says("Autistic, says the mother") && again.problems == [])
        let silent = try assess(world, path, ["known": "Not autistic"], as: world.colleague)
        #expect(silent.status == .badRequest && silent.says("href=\"#again\""))
        let second = try assess(
            world, path, ["known": "Not autistic", "again": "The doctor answered"], as: world.colleague)
        #expect(second.location == path)
        let both = try world.get(path)
        #expect(both.says("Not autistic") && both.says("The doctor answered") && both.says("Autistic, says the mother"))
        #expect(both.says("The assessment before it") && both.says("Col League") && both.problems == [])
        #expect(try world.get("\(path)/history").says("Equality and proportionality"))
        let then = try world.get("\(path)/versions/2")
        #expect(then.says("Autistic, says the mother") && !then.says("Not autistic") && then.problems == [])
    }

    @Test("A notice of the police is served first and assessed after, with the reason", arguments: Engine.allCases)
    func emergency(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let subject = OrderSite.person("Craig", "Bexley").merging(["maker": "police", "team": ""]) { $1 }
        let path = try world.record("dvpn", subject, as: world.police)
        #expect(try !world.get("\(path)/do/authorise", world.police).says("name=\"without\""))
        try world.authorise(path, as: world.police)
        let service = ["method": "By hand", "who": "PC 1", "where": "At home", "proof": "A statement"]
            .merging(OrderSite.moment("at", "2026-06-01", "09:45")) { $1 }
        #expect(try world.act(path, "serve", service, as: world.police).location == path)
        #expect(try world.get(path, world.police).says("The notice waited for nothing"))
        #expect(try assess(world, path, as: world.police).says("href=\"#late\""))
        #expect(try assess(world, path, ["late": "She was in danger"], as: world.police).location == path)
        let page = try world.get(path, world.police)
        #expect(page.says("Why not before") && page.says("She was in danger") && page.problems == [])
    }

    @Test(
        "Who may not see it is not told that it is there, and nobody assesses what asks for none",
        arguments: Engine.allCases)
    func hidden(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record("injunction", OrderSite.person("Dean", "Hollis"))
        #expect(try assess(world, path).location == path)
        let share = [
            "act": "share", "agency": "police", "highest": "P1", "gateway": "cda-115", "reason": "They patrol there",
        ]
        #expect(try world.post("\(path)/access", share).location != nil)
        let shared = try world.get(path, world.police)
        #expect(shared.says("Dean Hollis") && !shared.says("proportionality") && !shared.says("Autistic"))
        #expect(try world.get("\(path)/proportionality", world.police).status != .ok)
        #expect(try world.post("\(path)/proportionality", Self.answers, world.police).status != .ok)
        let absent = "/orders/01890000-0000-7000-8000-000000000099/proportionality"
        let (none, theirs) = (
            try world.get(absent, world.member), try world.get("\(path)/proportionality", world.member)
        )
        #expect(none.status == .notFound && theirs.textWithoutTokens == none.textWithoutTokens)
        let contract = try world.contract("Bea", "Crowe", until: "2026-08-31")
        #expect(try world.get("\(contract)/proportionality").status == .notFound)
        #expect(try !world.get(contract).says("proportionality"))
    }
}
