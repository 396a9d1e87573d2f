import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import OrderPages

@Suite("Pages of orders after a conflict of interest", .serialized)
struct OrderConflictPagesTests {
    private func hides(_ path: String, from account: TestAccount, _ world: OrderSite) throws -> Bool {
        let pages = [path, "\(path)/history", "\(path)/access", "\(path)/terms", "\(path)/versions/1"]
        let nothing = "/orders/01890000-0000-7000-8000-000000000099"
        for page in pages {
            let answer = try world.get(page, account)
            if answer.status != .notFound || answer.says("Hollis") { return false }
        }
        #expect(try world.get(nothing, account).status == .notFound)
        let lists = ["/orders", "/orders?words=hollis", "/orders/expiring"]
        return try lists.allSatisfy { try !world.get($0, account).says("Hollis") }
    }

    @Test(
        "Who declares one with a person no longer finds the orders about them; a supervisor lifts it with a reason",
        arguments: Engine.allCases)
    func person(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.contract("Dean", "Hollis", until: "2026-06-20")
        let person = try #require(
            try world.site.site.database.read { try $0.first("SELECT id FROM people")?.get("id", as: String.self) })
        #expect(
            try world.get(path, world.colleague).says("Hollis") && world.get("/orders", world.colleague).says("Hollis"))
        _ = try world.post("/people/\(person)/conflict", ["conflict": "yes"], world.colleague)
        #expect(try hides(path, from: world.colleague, world))
        #expect(try world.get(path).says("Hollis"))
        // What is recorded about the same person afterwards is hidden from them too.
        let second = try world.record(
            "warning",
            ["looked": "yes", "kind": "person", "subject": person, "maker": "local authority", "team": "asb-team"])
        #expect(try world.get(second, world.colleague).status == .notFound)
        #expect(try world.get(second).status == .ok)
        let access = try world.get("\(path)/access", world.supervisor)
        #expect(access.says("Lift a conflict of interest") && access.problems == [])
        #expect(try !world.get("\(path)/access").says("Lift a conflict of interest"))
        let lift = ["act": "lift", "account": world.colleague.id.text]
        #expect(try world.post("\(path)/access", lift, world.supervisor).status == .badRequest)
        let reasoned = lift.merging(["lift-reason": "Another Dean Hollis"]) { $1 }
        #expect(try world.post("\(path)/access", reasoned).status != .seeOther)
        #expect(try world.post("\(path)/access", reasoned, world.supervisor).location == "\(path)/access")
        #expect(try world.get(path, world.colleague).says("Hollis"))
        #expect(try world.get(second, world.colleague).status == .notFound)
    }

    @Test(
        "One with a case closes the orders that belong to it, declared or recorded for a colleague",
        arguments: Engine.allCases)
    func cases(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let opened = try world.post(
            "/cases/new/asb",
            [
                "heading": "Shouting at Elm House", "party-victim-given": "Zoë", "party-victim-family": "O’Brien",
                "incident-happened-on-day": "31", "incident-happened-on-month": "5",
                "incident-happened-on-year": "2026", "incident-category": "personal",
                "incident-description": "Shouted", "incident-evidence": "allegation", "incident-source": "The victim",
                "team": "asb-team",
            ])
        let place = try #require(opened.location)
        let fields = OrderSite.person("Dean", "Hollis").merging(["case": "ASB-2026-000001"]) { $1 }
        let path = try world.record("abc", fields)
        let free = try world.record("abc", OrderSite.person("Amy", "Stone"))
        let recorded = try world.post(
            "\(place)/access/conflict",
            [
                "act": "record", "colleague": world.colleague.email, "colleague-reason": "Neighbour",
            ], world.supervisor)
        #expect(recorded.location == "\(place)/access/conflict")
        #expect(try hides(path, from: world.colleague, world))
        #expect(try world.get(free, world.colleague).says("Stone") && world.get(path).says("Hollis"))
        _ = try world.post(
            "\(place)/access/conflict", ["act": "declare", "conflict": "yes", "conflict-reason": "My aunt"])
        #expect(try hides(path, from: world.officer, world))
        #expect(try world.get(free).says("Stone"))
    }
}
