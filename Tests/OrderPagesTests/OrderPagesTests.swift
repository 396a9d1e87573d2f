import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import OrderPages

@Suite("Order pages", .serialized)
struct OrderPagesTests {
    @Test("An order goes from draft to its end in the browser, and its pages hold together", arguments: Engine.allCases)
    func course(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let empty = try world.get("/orders")
        #expect(empty.problems == [] && empty.says("No order that you may see is like this"))
        let types = try world.get("/orders/new")
        #expect(types.problems == [] && types.says("/orders/new/abc") && types.says("Community protection warning"))
        let form = try world.get("/orders/new/abc")
        #expect(form.problems == [] && form.says("Limits and clocks, and where they come from"))
        let path = try world.contract("Dean", "Hollis", until: "2026-08-31")
        for part in ["", "/terms", "/history", "/details", "/versions/1", "/do/breach", "/do/extend", "/do/review"] {
            let page = try world.get(path + part)
            if part == "/do/extend" {
                #expect(page.status == .notFound)
            } else {
                #expect(page.status == .ok && page.problems == [], "\(part): \(page.problems)")
                #expect(!page.says("<title>Dean"), "\(part)")
            }
        }
        let page = try world.get(path)
        #expect(page.says("In force") && page.says("Dean Hollis") && page.says("31 August 2026"))
        #expect(page.says("Sue Super, team leader") && page.says("The signed paper"))
        #expect(try world.get("\(path)/history").says("Orla Officer"))
        let ended = try world.act(path, "discharge", OrderSite.moment("at", "2026-06-01", "10:00"))
        #expect(ended.location == path)
        #expect(try world.get(path).says("Discharged") && !world.get(path).says("/do/discharge"))
    }

    @Test("A refusal names the rule and its source, and keeps what was typed", arguments: Engine.allCases)
    func limits(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        // Anti-social Behaviour, Crime and Policing Act 2014, s.43(1): from 16 years of age.
        let young = try world.post(
            "/orders/new/cpw",
            OrderSite.person("Bethany", "Crowe", born: "2012-01-01").merging(["kind": "person"]) { $1 })
        #expect(young.status == .badRequest && young.problems == [])
        #expect(young.says("rule cpn.minAge") && young.says("Act 2014, s.43") && young.says("value=\"Bethany\""))
        // Nobody was recorded for an order that was not.
        let people = try world.site.site.database.read { try $0.rows("SELECT id FROM people").count }
        #expect(people == 0)
        // s.77(1): 24 hours without the senior rank, from 10:00 to 10:00.
        let path = try world.record(
            "closure-notice", ["subject-text": "12 Mill Lane", "maker": "local authority", "team": "asb-team"])
        try world.authorise(path)
        let service = ["method": "Fixed to the premises", "who": "O", "where": "The door", "proof": "A photograph"]
            .merging(OrderSite.moment("at", "2026-06-01", "10:00")) { $1 }
        let long = try world.act(path, "serve", service.merging(OrderSite.moment("to", "2026-06-02", "10:01")) { $1 })
        #expect(long.status == .badRequest && long.problems == [])
        #expect(
            long.says("href=\"#to\"") && long.says("rule closure.notice") && long.says("s.77")
                && long.says("value=\"A photograph\""))
        let kept = try world.act(path, "serve", service.merging(OrderSite.moment("to", "2026-06-02", "10:00")) { $1 })
        #expect(kept.location == path)
        let page = try world.get(path)
        #expect(page.says("The court hears it") && page.says("48 hours") && page.says("rule closure.hearing"))
    }

    @Test("A hearing that was missed is asked about until someone says why", arguments: Engine.allCases)
    func late(_ engine: Engine) throws {
        let world = try OrderSite(engine, more: OrderParts.routes)
        let path = try world.record(
            "closure-notice", ["subject-text": "12 Mill Lane", "maker": "local authority", "team": "asb-team"])
        try world.act(
            path, "authorise", ["who": "Officer"].merging(OrderSite.moment("at", "2026-05-28", "09:30")) { $1 })
        let service = ["method": "By hand", "who": "O", "where": "The door", "proof": "A photograph"]
            .merging(OrderSite.moment("at", "2026-05-28", "10:00")) { $1 }
            .merging(OrderSite.moment("to", "2026-05-29", "10:00")) { $1 }
        #expect(try world.act(path, "serve", service).location == path)
        // 48 hours after service (s.80(3)): 30 May, 10:00, two days ago. The notice itself ended on 29 May.
        #expect(try world.get(path).says("Late"))
        #expect(try world.get("/parts/work", world.colleague).says("The court hears it"))
        let none = try world.act(path, "explain-late", ["purpose": "hearing", "reason": ""])
        #expect(none.status == .badRequest && none.says("href=\"#reason\"") && none.problems == [])
        let said = try world.act(
            path, "explain-late", ["purpose": "hearing", "reason": "The court had no room before Monday"])
        #expect(said.location == path)
        #expect(try world.get(path).says("Late because: The court had no room before Monday"))
        #expect(try world.get("/parts/work", world.colleague).says("Nothing waits"))
        let heard = try world.act(path, "heard", OrderSite.moment("at", "2026-06-01", "10:00"))
        #expect(heard.location == path)
        let page = try world.get(path)
        #expect(page.says("Done late") && page.says("29 May 2026"))
    }

    @Test("Days and times that are none are said beside the question", arguments: Engine.allCases)
    func wrongDays(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record("abc", OrderSite.person("Dean", "Hollis"))
        let wrong = try world.act(
            path, "authorise", ["who": ""].merging(OrderSite.moment("at", "2026-02-31", "25:00")) { $1 })
        #expect(wrong.status == .badRequest && wrong.problems == [])
        #expect(wrong.says("href=\"#who\"") && wrong.says("href=\"#at\"") && wrong.says("value=\"25:00\""))
        let future = try world.act(
            path, "authorise", ["who": "S"].merging(OrderSite.moment("at", "2026-06-02", "09:00")) { $1 })
        #expect(future.says("lies in the future"))
    }

    @Test("Orders that hold about the same person are shown before another is recorded", arguments: Engine.allCases)
    func beside(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let first = try world.contract("Dean", "Hollis", until: "2026-08-31")
        let version = try #require(try world.get("\(first)/terms").hidden("version"))
        let term = [
            "version": version, "term-text": "Not to enter the Mill Estate", "term-sort": "prohibition",
            "term-kind": "keep-out", "term-place": "Mill Estate",
        ].merging(OrderSite.moment("at", "2026-06-01", "10:00")) { $1 }
        #expect(try world.post("\(first)/terms", term).location == "\(first)/terms")
        let page = try world.get(first)
        #expect(page.says("Not to enter the Mill Estate") && page.says("Varied"))
        let again = try world.post(
            "/orders/new/warning", OrderSite.person("Dean", "Hollis").merging(["kind": "person"]) { $1 })
        #expect(again.status == .badRequest && again.says("Is it one of these?") && again.problems == [])
        let person = try #require(
            try world.site.site.database.read { try $0.first("SELECT id FROM people")?.get("id", as: String.self) })
        var fields = OrderSite.person("Dean", "Hollis").merging(["kind": "person", "subject": person]) { $1 }
        fields["term-text"] = "To live at 4 Mill Close"
        fields["term-sort"] = "requirement"
        fields["term-kind"] = "reside"
        fields["term-place"] = "4 Mill Close"
        fields["term-within"] = "Mill Estate"
        let asked = try world.post("/orders/new/warning", fields)
        #expect(asked.status == .badRequest && asked.problems == [])
        #expect(asked.says("These cannot all be kept") && asked.says("must live at 4 Mill Close"))
        #expect(asked.says("name=\"looked\"") && asked.says("value=\"4 Mill Close\""))
        fields["looked"] = "yes"
        let second = try world.record("warning", fields)
        #expect(second != first)
    }

    @Test("A term that contradicts a live order is saved only after a look", arguments: Engine.allCases)
    func contradiction(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record("cpw", OrderSite.person("Dean", "Hollis").merging(["kind": "person"]) { $1 })
        func add(_ fields: [String: String]) throws -> TestAnswer {
            let version = try #require(try world.get("\(path)/terms").hidden("version"))
            return try world.post("\(path)/terms", fields.merging(["version": version]) { $1 })
        }
        let curfew = [
            "term-text": "Curfew", "term-sort": "requirement", "term-kind": "curfew", "term-place": "4 Mill Close",
            "term-from": "19:00", "term-until": "07:00",
        ]
        #expect(try add(curfew).location != nil)
        var attend = [
            "term-text": "Attend the hub", "term-sort": "requirement", "term-kind": "attend", "term-place": "The hub",
            "term-from": "20:00", "term-until": "21:00",
        ]
        let asked = try add(attend)
        #expect(asked.status == .badRequest && asked.says("These cannot all be kept") && asked.problems == [])
        attend["looked"] = "yes"
        #expect(try add(attend).location != nil)
        let terms = try world.get("\(path)/terms")
        #expect(terms.says("Attend the hub") && terms.says("every day 19:00 to 07:00"))
        let one = try world.get("\(path)/terms/2")
        #expect(one.problems == [] && one.says("value=\"The hub\"") && one.says("value=\"20:00\""))
        let version = try #require(one.hidden("version"))
        #expect(try world.post("\(path)/terms/2", ["version": version, "act": "remove"]).location != nil)
        #expect(try !world.get("\(path)/terms").says("Attend the hub"))
        #expect(try world.get("\(path)/terms/2").status == .notFound)
    }

    @Test("Breaches, appeals and what came of them stand on the order", arguments: Engine.allCases)
    func events(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.contract("Dean", "Hollis", until: "2026-08-31")
        world.site.advance(seconds: 600)
        let breach = ["what": "Seen on Mill Estate", "evidence": "The warden's statement"]
        let before = try world.act(
            path, "breach", breach.merging(OrderSite.moment("at", "2026-05-31", "12:00")) { $1 })
        #expect(before.says("it did not hold then") && before.says("Seen on Mill Estate") && before.problems == [])
        let kept = try world.act(path, "breach", breach.merging(OrderSite.moment("at", "2026-06-01", "10:08")) { $1 })
        #expect(kept.location == path)
        let page = try world.get(path)
        #expect(page.says("Seen on Mill Estate") && page.says("warden"))
        let publicity = try world.act(path, "publicity", ["public": "yes", "who": "The head of service"])
        #expect(publicity.location == path)
        #expect(try world.get(path).says("Made public, without the name"))
    }

    @Test("Two people change one order: the second sees both and loses nothing", arguments: Engine.allCases)
    func both(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.contract("Dean", "Hollis", until: "2026-08-31")
        world.site.advance(seconds: 600)
        let seen = try #require(try world.get("\(path)/do/breach", world.colleague).hidden("version"))
        let officers = ["what": "Shouting", "evidence": "A recording"]
        try world.act(path, "breach", officers.merging(OrderSite.moment("at", "2026-06-01", "10:04")) { $1 })
        let fields = [
            "what": "Drinking in the park", "evidence": "A photograph", "version": seen,
        ].merging(OrderSite.moment("at", "2026-06-01", "10:06")) { $1 }
        let second = try world.post("\(path)/do/breach", fields, world.colleague)
        #expect(second.location == nil && second.problems == [])
        #expect(second.says("Someone else changed this order first") && second.says("As it is now"))
        #expect(second.says("Drinking in the park") && second.says("As you changed it"))
        let version = try #require(second.hidden("version"))
        #expect(version != seen)
        let again = try world.post(
            "\(path)/do/breach", fields.merging(["version": version]) { $1 }, world.colleague)
        #expect(again.location == path)
        let page = try world.get(path)
        #expect(page.says("Shouting") && page.says("Drinking in the park"))
    }

    @Test("Who may not see an order gets the page of one that is not there", arguments: Engine.allCases)
    func hidden(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.contract("Dean", "Hollis", until: "2026-08-31")
        let absent = "/orders/01890000-0000-7000-8000-000000000099"
        for part in ["", "/terms", "/history", "/details", "/versions/1", "/do/breach", "/terms/1"] {
            for account in [world.police, world.member, world.analyst] {
                let hidden = try world.get(path + part, account)
                let none = try world.get(absent + part, account)
                #expect(hidden.status == .notFound && none.status == .notFound, "\(part)")
                #expect(hidden.textWithoutTokens == none.textWithoutTokens, "\(part)")
            }
        }
        #expect(try !world.get("/orders", world.police).says("Dean Hollis"))
        #expect(try !world.post("/orders", ["q": "Hollis"], world.police).says("Dean Hollis"))
        let post = try world.post("\(path)/do/breach", ["version": "1", "what": "x"], world.police)
        #expect(post.status == .notFound)
        #expect(try world.get("/orders/new", world.analyst).status != .ok)
    }

    @Test(
        "The register is narrowed, sorted and searched by name, and no name stands in an address",
        arguments: Engine.allCases)
    func list(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        _ = try world.contract("Dean", "Hollis", until: "2026-06-20")
        _ = try world.contract("Ruth", "Adeyemi", until: "2026-08-31")
        let all = try world.get("/orders?sort=name&order=ascending")
        #expect(all.problems == [])
        let names = all.text.ranges(of: #/Ruth Adeyemi|Dean Hollis/#).map { String(all.text[$0]) }
        #expect(names == ["Dean Hollis", "Ruth Adeyemi"])
        let soon = try world.get("/orders?ends=28")
        #expect(soon.says("Dean Hollis") && !soon.says("Ruth Adeyemi"))
        #expect(try !world.get("/orders?state=draft").says("Dean Hollis"))
        #expect(try world.get("/orders?type=abc&agency=council").says("Dean Hollis"))
        #expect(try !world.get("/orders?agency=police").says("Dean Hollis"))
        let found = try world.post("/orders", ["q": "adeyemi"])
        #expect(found.says("Ruth Adeyemi") && !found.says("Dean Hollis") && found.problems == [])
        #expect(!found.says("q=adeyemi"))
        // A name in an address is not looked for.
        #expect(try world.get("/orders?q=adeyemi").says("Dean Hollis"))
        let expiring = try world.get("/orders/expiring")
        #expect(expiring.problems == [] && expiring.says("Dean Hollis") && expiring.says("Soon"))
        #expect(!expiring.says("Ruth Adeyemi"))
    }

    @Test("An export asks why, follows the policy and is safe in a spreadsheet", arguments: Engine.allCases)
    func export(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        _ = try world.record("warning", ["kind": "body", "subject-text": "=HYPERLINK(1)", "maker": "local authority"])
        #expect(try world.get("/orders/export", world.officer).status != .ok)
        let page = try world.get("/orders/export", world.supervisor)
        #expect(page.status == .ok && page.problems == [])
        let why = try world.post("/orders/export", [:], world.supervisor)
        #expect(why.status == .badRequest && why.says("Enter why"))
        let file = try world.post("/orders/export", ["reason": "A meeting with the lawyers"], world.supervisor)
        #expect(file.status == .ok && file.text.contains("'=HYPERLINK(1)") && !file.text.contains(",=HYPERLINK"))
        #expect(file.response.headers["Content-Disposition"]?.contains("orders-2026-06-01.csv") == true)
        #expect(try world.site.audit().contains { $0.hasPrefix("export") })
    }

    @Test("The report counts as a plan prints it, also for analysts, who see no order", arguments: Engine.allCases)
    func report(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        _ = try world.contract("Dean", "Hollis", until: "2026-08-31")
        _ = try world.contract("Ruth", "Adeyemi", until: "2026-08-31")
        for account in [world.officer, world.analyst] {
            let page = try world.get("/orders/report", account)
            #expect(page.status == .ok && page.problems == [])
            #expect(page.says("Signed 2 acceptable behaviour contracts") && page.says("<svg"))
            #expect(page.says("2026-27") && !page.says("Hollis"))
        }
        // Fewer than five are kept back in print (rule suppression.min).
        let printed = try world.get("/orders/report?year=2026&quarter=1&for=publication", world.analyst)
        #expect(printed.says("Signed c acceptable behaviour contracts") && printed.problems == [])
        #expect(try world.get("/orders/report?year=2025", world.analyst).says("No order was made in this period"))
        // Who is made subject to orders is for those who count down to special categories, and keeps small counts back.
        let who = try world.get("/orders/report", world.officer)
        #expect(who.says("Who was made subject to orders") && who.says("Not recorded"))
        #expect(try !world.get("/orders/report", world.analyst).says("Who was made subject to orders"))
        #expect(try world.get("/orders/report", world.member).status != .ok)
        #expect(try world.get("/orders", world.analyst).location == "/orders/report")
    }

    @Test("The youth rules stand on an order of someone under 18", arguments: Engine.allCases)
    func youth(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.record("injunction", OrderSite.person("Bethany", "Crowe", born: "2011-01-01"))
        let page = try world.get(path)
        #expect(page.says("The person is under 18") && page.says("(under 18)") && page.says("12 months"))
        #expect(page.problems == [])
        let adult = try world.record("injunction", OrderSite.person("Dean", "Hollis"))
        #expect(try !world.get(adult).says("The person is under 18"))
    }

    @Test("An order is linked only to a case that the visitor sees, and the case finds it", arguments: Engine.allCases)
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
        let refused = try world.post(
            "/orders/new/abc", fields.merging(["maker": "police", "team": ""]) { $1 }, world.police)
        #expect(refused.says("no case with this reference that you may see"))
        let path = try world.record("abc", fields)
        #expect(try world.get(path).says("href=\"\(place)\""))
        let id = place.dropFirst("/cases/".count)
        #expect(try world.get("/orders?case=\(id)").says("Dean Hollis"))
        #expect(try world.get("/orders?case=01890000-0000-7000-8000-000000000099").says("No order that you may see"))
    }

    @Test("An order is shared by name and terms with a reason, and no deeper", arguments: Engine.allCases)
    func sharing(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.contract("Dean", "Hollis", until: "2026-08-31")
        #expect(try world.get("\(path)/access").problems == [])
        let missing = try world.post("\(path)/access", ["act": "share", "agency": "police"])
        #expect(missing.status == .badRequest && missing.says("href=\"#gateway\"") && missing.says("href=\"#reason\""))
        let fields = [
            "act": "share", "agency": "police", "highest": "P1", "gateway": "cda-115",
            "reason": "They patrol the estate",
        ]
        #expect(try world.post("\(path)/access", fields).location == "\(path)/access")
        let shared = try world.get(path, world.police)
        #expect(shared.status == .ok && shared.says("Dean Hollis") && shared.problems == [])
        // How it was served is above names and terms, and police may change nothing.
        #expect(!shared.says("The signed paper") && !shared.says("What you can do"))
        #expect(try world.get("\(path)/do/breach", world.police).status != .ok)
        #expect(try world.post("\(path)/access", fields, world.police).status != .ok)
        #expect(try world.post("\(path)/access", ["act": "unshare", "agency": "police"]).location != nil)
        #expect(try world.get(path, world.police).status == .notFound)
    }

    @Test("The parts that other pages show: work, and the orders of a case and of a person", arguments: Engine.allCases)
    func parts(_ engine: Engine) throws {
        let world = try OrderSite(engine, more: OrderParts.routes)
        _ = try world.contract("Dean", "Hollis", until: "2026-06-20")
        let person = try #require(
            try world.site.site.database.read { try $0.first("SELECT id FROM people")?.get("id", as: String.self) })
        let work = try world.get("/parts/work")
        #expect(work.says("It ends soon") && work.says("Dean Hollis") && work.problems == [])
        #expect(try world.get("/parts/work", world.police).says("Nothing waits"))
        let own = try world.get("/parts/person/\(person)")
        #expect(own.says("Acceptable behaviour contract") && own.says("/orders/new?person=\(person)"))
        #expect(try !world.get("/parts/person/\(person)", world.police).says("Acceptable behaviour contract"))
        #expect(try world.get("/parts/person/\(person)", world.analyst).says("Nothing"))
        let none = try world.get("/parts/case/01890000-0000-7000-8000-000000000099")
        #expect(none.says("/orders/new?case=ASB-2026-000007") && !none.says("Dean Hollis") && none.problems == [])
    }
}
