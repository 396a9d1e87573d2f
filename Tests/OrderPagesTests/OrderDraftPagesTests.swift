import HTTP
import Site
import Storage
import TestSite
import Testing

@testable import OrderPages

@Suite("What drafts, hearings and work on orders ask for in the browser", .serialized)
struct OrderDraftPagesTests {
    private static let service = ["method": "By hand", "who": "O", "where": "The door", "proof": "A photograph"]

    private func someone(_ given: String, _ family: String) -> [String: String] {
        ["subject-given": given, "subject-family": family, "maker": "local authority", "team": "asb-team"]
    }

    private func person(in world: OrderSite) throws -> String {
        try #require(
            try world.site.site.database.read { try $0.first("SELECT id FROM people")?.get("id", as: String.self) })
    }

    private func authorise(
        _ path: String, _ day: String, _ time: String, in world: OrderSite, as account: TestAccount? = nil
    ) throws -> TestAnswer {
        let fields = ["who": "Sue Super, team leader", "without": "It could not wait"]
        return try world.act(
            path, "authorise", fields.merging(OrderSite.moment("at", day, time)) { $1 }, as: account)
    }

    private func id(_ path: String) -> String { String(path.dropFirst("/orders/".count)) }

    @Test(
        "A day of birth that was not known is entered on the details until the order is made",
        arguments: Engine.allCases
    )
    func born(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record("injunction", someone("Dean", "Hollis"))
        #expect(try authorise(path, "2026-06-01", "09:00", in: world).location == path)
        let hearing = ["court": "County court"].merging(OrderSite.moment("hearing", "2026-06-01", "09:30")) { $1 }
        #expect(try world.act(path, "hearing", hearing).location == path)
        let made = OrderSite.moment("at", "2026-06-01", "10:00").merging(OrderSite.moment("to", "2026-12-31")) { $1 }
        let refused = try world.act(path, "make", made)
        #expect(refused.says("date of birth is not known"))
        func save(_ born: String) throws -> TestAnswer {
            let version = try #require(try world.get("\(path)/details").hidden("version"))
            return try world.post(
                "\(path)/details", ["version": version].merging(OrderSite.moment("born", born)) { $1 })
        }
        let page = try world.get("\(path)/details")
        #expect(page.says("Date of birth") && page.problems == [])
        for wrong in ["2026-02-31", "2026-06-02"] {
            let answer = try save(wrong)
            #expect(answer.status == .badRequest && answer.says("href=\"#born\"") && answer.problems == [])
        }
        // Anti-social Behaviour, Crime and Policing Act 2014, s.1(1): from 10 years of age.
        let young = try save("2017-01-01")
        #expect(young.location == nil && young.says("rule injunction.minAge") && young.says("value=\"2017\""))
        #expect(try save("1990-03-27").location == path)
        #expect(try world.get("\(path)/details").says("value=\"1990\""))
        #expect(try world.act(path, "make", made).location == path)
        #expect(try !world.get("\(path)/details").says("Date of birth"))
    }

    @Test(
        "What came before is chosen on the details of a draft, and counts from its service whenever that was entered",
        arguments: Engine.allCases)
    func before(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let warning = try world.record("cpw", someone("Dean", "Hollis").merging(["kind": "person"]) { $1 })
        let about = someone("Dean", "Hollis").merging(["kind": "person", "subject": try person(in: world)]) { $1 }
        let named = try world.record("cpn", about.merging(["before": id(warning)]) { $1 })
        let open = try world.record("cpn", about)
        #expect(try authorise(warning, "2026-06-01", "09:00", in: world).location == warning)
        #expect(try authorise(named, "2026-06-01", "10:00", in: world).says("nothing came before it"))
        let served = Self.service.merging(OrderSite.moment("at", "2026-06-01", "09:30")) { $1 }
        #expect(try world.act(warning, "serve", served).location == warning)
        #expect(try authorise(named, "2026-06-01", "10:00", in: world).location == named)
        #expect(try authorise(open, "2026-06-01", "10:00", in: world).says("nothing came before it"))
        let page = try world.get("\(open)/details")
        #expect(page.says("name=\"before\"") && page.says("value=\"\(id(warning))\"") && page.problems == [])
        let version = try #require(page.hidden("version"))
        let saved = try world.post("\(open)/details", ["version": version, "before": id(warning)])
        #expect(saved.location == open)
        #expect(try world.get(open).says("href=\"\(warning)\""))
        #expect(try authorise(open, "2026-06-01", "10:00", in: world).location == open)
        #expect(try !world.get("\(open)/details").says("name=\"before\""))
    }

    // SI 2025/1222, savings for live cases: a notice given by 31 March 2026 may still lead to an order.
    @Test("A notice given in the pilot leads to an order made afterwards", arguments: Engine.allCases)
    func pilot(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let police = ["maker": "police", "area": "croydon", "team": ""]
        let someone = OrderSite.person("Dean", "Hollis").merging(police) { $1 }
        let notice = try world.record("dapn", someone, as: world.police)
        #expect(try authorise(notice, "2026-03-30", "09:00", in: world, as: world.police).location == notice)
        // Until the court has decided: no end is asked.
        #expect(try !world.get("\(notice)/do/serve", world.police).says("name=\"to-day\""))
        let served = Self.service.merging(OrderSite.moment("at", "2026-03-30", "10:00")) { $1 }
        #expect(try world.act(notice, "serve", served, as: world.police).location == notice)
        let form = try world.get("/orders/new/dapo", world.police)
        #expect(form.says("What came before it (optional)") && form.says("value=\"\(id(notice))\""))
        let about = someone.merging(["subject": try person(in: world), "looked": "yes"]) { $1 }
        func order(_ fields: [String: String]) throws -> TestAnswer {
            let path = try world.record("dapo", about.merging(fields) { $1 }, as: world.police)
            let authorised = try authorise(path, "2026-04-01", "09:00", in: world, as: world.police)
            guard authorised.location == path else { return authorised }
            let hearing = ["court": "Magistrates"].merging(OrderSite.moment("hearing", "2026-04-01", "10:00")) { $1 }
            #expect(try world.act(path, "hearing", hearing, as: world.police).location == path)
            return try world.act(path, "make", OrderSite.moment("at", "2026-04-01", "11:00"), as: world.police)
        }
        #expect(try order([:]).says("not available on 1 April 2026"))
        #expect(try order(["before": id(notice)]).location != nil)
    }

    @Test("A hearing is entered after its notice has ended, and corrected", arguments: Engine.allCases)
    func hearing(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record(
            "closure-notice", ["subject-text": "12 Mill Lane", "maker": "local authority", "team": "asb-team"])
        #expect(try authorise(path, "2026-05-31", "08:00", in: world).location == path)
        let served = Self.service.merging(OrderSite.moment("at", "2026-05-31", "09:00")) { $1 }
            .merging(OrderSite.moment("to", "2026-06-01", "09:00")) { $1 }
        #expect(try world.act(path, "serve", served).location == path)
        // It ended an hour ago; the court hears it by 2 June at nine (2014 Act, s.80(3)).
        let wrong = ["court": "Magistrates"].merging(OrderSite.moment("hearing", "2026-06-12", "09:30")) { $1 }
        #expect(try world.act(path, "hearing", wrong).location == path)
        let page = try world.get("\(path)/do/hearing")
        #expect(page.says("Correct the hearing") && page.says("value=\"Magistrates\"") && page.says("value=\"09:30\""))
        #expect(page.problems == [])
        let right = ["court": "Magistrates"].merging(OrderSite.moment("hearing", "2026-06-02", "08:30")) { $1 }
        #expect(try world.act(path, "hearing", right).location == path)
        let order = try world.get(path)
        #expect(order.says("2 June 2026") && !order.says("12 June 2026") && order.says("Running"))
    }

    @Test("A hearing that was missed stands on the first page of the supervisor too", arguments: Engine.allCases)
    func supervised(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record(
            "closure-notice", ["subject-text": "12 Mill Lane", "maker": "local authority", "team": ""])
        #expect(try authorise(path, "2026-05-28", "09:00", in: world).location == path)
        let served = Self.service.merging(OrderSite.moment("at", "2026-05-28", "10:00")) { $1 }
            .merging(OrderSite.moment("to", "2026-05-29", "10:00")) { $1 }
        #expect(try world.act(path, "serve", served).location == path)
        let seen = try world.get("/", world.supervisor)
        #expect(seen.says("Late on orders of your agency") && seen.says("12 Mill Lane") && seen.says("Orla Officer"))
        #expect(seen.problems == [])
        let own = try world.get("/")
        #expect(own.says("Waiting for you on orders") && !own.says("Late on orders of your agency"))
        for account in [world.colleague, world.police, world.analyst] {
            #expect(try !world.get("/", account).says("12 Mill Lane"))
        }
    }

    @Test(
        "Terms on hold are not shown as binding to who may not see the appeal, nor in the file",
        arguments: Engine.allCases)
    func onHold(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record(
            "warning",
            [
                "kind": "body", "subject-text": "Birch Motors", "maker": "local authority", "team": "asb-team",
                "term-text": "Keep the yard shut at night", "term-sort": "requirement", "term-kind": "other",
            ])
        #expect(try authorise(path, "2026-06-01", "09:00", in: world).location == path)
        let served = Self.service.merging(OrderSite.moment("at", "2026-06-01", "09:30")) { $1 }
        #expect(try world.act(path, "serve", served).location == path)
        let shared = [
            "act": "share", "agency": "police", "highest": "P1", "gateway": "cda-115",
            "reason": "They patrol the estate",
        ]
        #expect(try world.post("\(path)/access", shared).location == "\(path)/access")
        #expect(try world.get(path, world.police).says("Keep the yard shut"))
        let appeal = ["court": "Magistrates", "stayed": "yes"]
            .merging(OrderSite.moment("at", "2026-06-01", "10:00")) { $1 }
        #expect(try world.act(path, "appeal", appeal).location == path)
        for account in [world.police, world.officer] {
            let page = try world.get(path, account)
            #expect(page.says("none of the terms holds") && !page.says("Keep the yard shut") && page.problems == [])
            #expect(try world.get("\(path)/terms", account).says("none of the terms holds"))
        }
        let file = try world.post("/orders/export", ["reason": "A meeting with the lawyers"], world.supervisor)
        #expect(file.says("Terms,Terms on hold") && file.says(",,Must: Keep the yard shut at night"))
    }
}
