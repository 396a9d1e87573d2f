import HTTP
import Storage
import TestSite
import Testing

@testable import OrderPages

@Suite("Times, terms and details of orders in the browser", .serialized)
struct OrderTimesPagesTests {
    @Test("The area of an order is written while its terms are open, and not afterwards", arguments: Engine.allCases)
    func area(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let draft = try world.record("abc", OrderSite.person("Dean", "Hollis"))
        #expect(try world.get("\(draft)/details").says("name=\"area-text\""))
        let signed = try world.contract("Bea", "Crowe", until: "2026-08-31")
        let page = try world.get("\(signed)/details")
        #expect(page.problems == [] && !page.says("name=\"area-text\"") && page.says("name=\"case\""))
        let version = try #require(page.hidden("version"))
        _ = try world.post("\(signed)/details", ["version": version, "area-text": "The whole country"])
        #expect(try !world.get(signed).says("The whole country"))
    }

    @Test("A term is taken away though others contradict each other", arguments: Engine.allCases)
    func removal(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record("cpw", OrderSite.person("Dean", "Hollis").merging(["kind": "person"]) { $1 })
        func add(_ text: String, _ more: [String: String]) throws {
            let version = try #require(try world.get("\(path)/terms").hidden("version"))
            let term = ["version": version, "term-text": text, "term-sort": "requirement", "looked": "yes"]
            #expect(try world.post("\(path)/terms", term.merging(more) { $1 }).location != nil)
        }
        try add(
            "Curfew",
            ["term-kind": "curfew", "term-place": "4 Mill Close", "term-from": "19:00", "term-until": "07:00"])
        try add(
            "Attend the hub",
            ["term-kind": "attend", "term-place": "The hub", "term-from": "20:00", "term-until": "21:00"])
        try add("Clear the garden", ["term-kind": "other"])
        let version = try #require(try world.get("\(path)/terms/3").hidden("version"))
        #expect(try world.post("\(path)/terms/3", ["version": version, "act": "remove"]).location == "\(path)/terms")
        let terms = try world.get("\(path)/terms")
        #expect(terms.says("Attend the hub") && terms.says("Curfew") && !terms.says("Clear the garden"))
    }

    @Test("What lies in the future or before the making is said beside its question", arguments: Engine.allCases)
    func times(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record(
            "pspo", ["subject-text": "The park", "maker": "local authority", "team": "asb-team"])
        let authorised = ["who": "The cabinet"].merging(OrderSite.moment("at", "2026-06-01", "08:00")) { $1 }
        let late = try world.act(
            path, "authorise", authorised.merging(OrderSite.moment("issued", "2026-06-02", "09:00")) { $1 })
        #expect(late.status == .badRequest && late.says("href=\"#issued\"") && late.problems == [])
        #expect(
            try world.act(path, "authorise", authorised.merging(OrderSite.moment("issued", "2026-06-01")) { $1 })
                .location
                == path)
        let made = OrderSite.moment("at", "2026-06-01", "09:00").merging(OrderSite.moment("to", "2027-05-31")) { $1 }
        let early = try world.act(path, "make", made.merging(OrderSite.moment("from", "2026-05-31", "09:00")) { $1 })
        #expect(early.status == .badRequest && early.says("href=\"#from\"") && early.problems == [])
        // The day alone, that of the making, means at once.
        #expect(
            try world.act(path, "make", made.merging(OrderSite.moment("from", "2026-06-01")) { $1 }).location == path)
    }

    @Test(
        "Whether the court let a closure notice go on is asked where its hearing is put off", arguments: Engine.allCases
    )
    func adjourned(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record(
            "closure-notice", ["subject-text": "12 Mill Lane", "maker": "local authority", "team": "asb-team"])
        try world.act(
            path, "authorise", ["who": "Officer"].merging(OrderSite.moment("at", "2026-05-31", "11:00")) { $1 })
        let service = ["method": "By hand", "who": "O", "where": "The door", "proof": "A photograph"]
            .merging(OrderSite.moment("at", "2026-05-31", "11:00")) { $1 }
            .merging(OrderSite.moment("to", "2026-06-01", "11:00")) { $1 }
        #expect(try world.act(path, "serve", service).location == path)
        let hearing = ["court": "Magistrates"].merging(OrderSite.moment("hearing", "2026-06-01", "10:00")) { $1 }
        #expect(try world.act(path, "hearing", hearing).location == path)
        #expect(try world.get("\(path)/do/adjourn").says("name=\"continued\""))
        let off = OrderSite.moment("hearing", "2026-06-12", "10:00")
            .merging(OrderSite.moment("at", "2026-06-01", "10:00")) { $1 }
        #expect(try world.act(path, "adjourn", off.merging(["continued": "yes"]) { $1 }).location == path)
        #expect(try world.get(path).says("12 June 2026"))
        // It would have ended at eleven.
        for _ in 1...8 {
            world.site.advance(seconds: 600)
            _ = try world.get(path)
        }
        #expect(try world.get("\(path)/do/adjourn").status == .ok)
    }
}
