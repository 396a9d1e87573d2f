import HTTP
import Storage
import TestSite
import Testing

@testable import OrderPages

@Suite("What came of a breach, in the browser", .serialized)
struct BreachPagesTests {
    @Test("A breach is followed to its outcome, which the page and the history keep", arguments: Engine.allCases)
    func followed(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.contract("Dean", "Hollis", until: "2026-08-31")
        #expect(try world.get("\(path)/do/breach-outcome").status == .notFound)
        let entered = ["what": "Shouting in the lobby", "evidence": "A recording"]
            .merging(OrderSite.moment("at", "2026-06-01", "10:00")) { $1 }
        let form = try world.get("\(path)/do/breach")
        // Breaking an agreement is no offence: nobody is charged with it.
        #expect(form.says("How far has it come? (optional)") && !form.says("value=\"charged\""))
        #expect(try world.act(path, "breach", entered).location == path)
        let page = try world.get("\(path)/do/breach-outcome", world.colleague)
        #expect(page.problems == [] && page.says("Shouting in the lobby"))
        let none = try world.act(path, "breach-outcome", ["breach": "", "stage": ""])
        #expect(none.status == .badRequest && none.problems == [])
        #expect(none.says("href=\"#breach\"") && none.says("href=\"#stage\""))
        let wrong = try world.act(path, "breach-outcome", ["breach": "1", "stage": "admitted"])
        #expect(wrong.status == .badRequest && wrong.says("href=\"#breach\""))
        let done = try world.act(
            path, "breach-outcome", ["breach": "0", "stage": "admitted", "outcome": "An apology"], as: world.colleague)
        #expect(done.location == path)
        let order = try world.get(path)
        #expect(order.says("Admitted, or a caution") && order.says("An apology") && order.problems == [])
        #expect(try world.get("\(path)/history").says("Breaches"))
    }

    @Test("The types that are offences say by which section, and how sure that is", arguments: Engine.allCases)
    func section(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let order = try world.get("/orders/new/cbo", world.police)
        #expect(order.says("Sentencing Act 2020, s.339") && order.says("To be confirmed") && order.problems == [])
        #expect(try world.get("/orders/new/dapo", world.police).says("Domestic Abuse Act 2021, s.39"))
    }
}
