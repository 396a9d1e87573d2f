import Casework
import Governance
import HTTP
import Instruments
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CasePages

@Suite("Case pages", .serialized)
struct CasePagesTests {
    @Test("A case is opened in one form, and its pages hold together", arguments: Engine.allCases)
    func opening(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let empty = try world.get("/cases")
        #expect(empty.problems == [] && empty.says("No case that you may see is like this"))
        let types = try world.get("/cases/new")
        #expect(types.problems == [] && types.says("href=\"/cases/new/asb\""))
        let form = try world.get("/cases/new/asb")
        #expect(form.problems == [] && form.says("What happened?") && !form.says("Support needs"))
        let path = try world.open()
        for part in [
            "", "/record", "/people", "/actions", "/risk", "/timeline", "/access", "/fill/needs", "/step/assess",
        ] {
            let page = try world.get(path + part)
            #expect(page.status == .ok && page.problems == [], "\(part): \(page.problems)")
            #expect(!page.says("<title>Shouting"), "\(part)")
        }
        let page = try world.get(path)
        #expect(page.says("ASB-2026-000001") && page.says("Shouting at Elm House") && page.says("Zoë O’Brien"))
        #expect(page.says("Speak to the victim") && page.says("Assess the risk"))
        let list = try world.get("/cases")
        #expect(list.problems == [] && list.says("ASB-2026-000001") && list.says("4 June 2026"))
        #expect(try world.get("/cases?whose=mine").says("ASB-2026-000001"))
        #expect(try !world.get("/cases?late=yes").says("ASB-2026-000001"))
        #expect(try world.get("/cases?q=elm+house").says("ASB-2026-000001"))
        #expect(try !world.get("/cases?q=oak+house").says("ASB-2026-000001"))
        #expect(try world.get(path + "/record").says("Shouted under the window at night"))
    }

    @Test("What is missing is said beside each question, and nothing typed is lost", arguments: Engine.allCases)
    func problems(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let answer = try world.post(
            "/cases/new/asb",
            [
                "heading": "", "party-victim-given": "Zoë", "incident-description": "It was loud",
                "incident-happened-on-day": "31", "incident-happened-on-month": "2",
                "incident-happened-on-year": "2026",
            ])
        #expect(answer.status == .badRequest && answer.problems == [])
        #expect(answer.says("href=\"#heading\"") && answer.says("href=\"#incident-category\""))
        #expect(answer.says("It was loud") && answer.says("value=\"Zoë\""))
        var fields = CaseSite.opening
        fields["incident-happened-on-year"] = "2027"
        let future = try world.post("/cases/new/asb", fields)
        #expect(future.says("href=\"#incident-happened-on\"") && future.problems == [])
        // Nobody was recorded for a case that was not opened.
        let people = try world.site.site.database.read { try $0.rows("SELECT id FROM people").count }
        #expect(people == 0)
    }

    @Test("A victim who is recorded already is shown before anyone is recorded twice", arguments: Engine.allCases)
    func searchFirst(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let first = try world.open()
        let again = try world.post("/cases/new/asb", CaseSite.opening)
        #expect(again.status == .badRequest && again.says("Is it one of these?") && again.problems == [])
        let person = try #require(
            try world.site.site.database.read { try $0.first("SELECT id FROM people")?.get("id", as: String.self) })
        var fields = CaseSite.opening
        fields["party-victim"] = person
        let second = try #require(try world.post("/cases/new/asb", fields).location)
        #expect(second != first)
        let own = try world.get("/cases?person=\(person)")
        #expect(own.says("Cases of Zoë O’Brien") && own.says("ASB-2026-000002") && own.problems == [])
        #expect(try !world.get("/cases?person=\(person)", world.police).says("ASB-2026"))
        #expect(try world.get("/people/\(person)").says("/cases/new?person=\(person)"))
        let begun = try world.get("/cases/new/asb?person=\(person)")
        #expect(begun.says("value=\"\(person)\"") && begun.problems == [])
        #expect(try world.get(second).says("Zoë O’Brien. Repeat victim"))
        let actions = try world.get("\(second)/actions")
        #expect(actions.says("Explain the antisocial behaviour case review to the victim"))
        let count = try world.site.site.database.read { try $0.rows("SELECT id FROM people").count }
        #expect(count == 1)
    }

    @Test("Who may not see a case gets the page of one that is not there", arguments: Engine.allCases)
    func hidden(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let absent = "/cases/01890000-0000-7000-8000-000000000099"
        for part in ["", "/record", "/people", "/actions", "/risk", "/timeline", "/access", "/fill/needs"] {
            let hidden = try world.get(path + part, world.police)
            let none = try world.get(absent + part, world.police)
            #expect(hidden.status == .notFound && none.status == .notFound, "\(part)")
            #expect(hidden.textWithoutTokens == none.textWithoutTokens, "\(part)")
        }
        #expect(try !world.get("/cases", world.police).says("ASB-2026"))
        let post = try world.post("\(path)/fill/needs", ["needs-victim-needs": "x"], world.police)
        #expect(post.status == .notFound)
    }

    @Test("Two people correct one entry: the second sees both and loses nothing", arguments: Engine.allCases)
    func both(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        #expect(try world.post("\(path)/fill/needs", ["needs-victim-needs": "Interpreter"]).status == .seeOther)
        let entry = try #require(
            try world.site.site.database.read {
                try $0.first("SELECT id FROM case_entries WHERE form = 'needs'")?.get("id", as: String.self)
            })
        let mine = try world.get("\(path)/fill/needs?entry=\(entry)", world.colleague)
        #expect(mine.says("Interpreter") && mine.problems == [])
        _ = try world.post("\(path)/fill/needs", ["entry": entry, "needs-victim-needs": "Interpreter, Urdu"])
        let late = try world.post(
            "\(path)/fill/needs", ["entry": entry, "needs-victim-needs": "Interpreter, Bengali"], world.colleague)
        #expect(late.status == .conflict || late.status == .badRequest)
        #expect(late.says("Interpreter, Urdu") && late.says("Interpreter, Bengali") && late.problems == [])
        #expect(late.says("Orla Officer"))
        let newest = try #require(
            try world.site.site.database.read {
                try $0.first("SELECT id FROM case_entries WHERE form = 'needs' AND superseded_at IS NULL")?
                    .get("id", as: String.self)
            })
        #expect(late.says("value=\"\(newest)\""))
        let saved = try world.post(
            "\(path)/fill/needs", ["entry": newest, "needs-victim-needs": "Interpreter, Bengali"], world.colleague)
        #expect(saved.status == .seeOther)
        let record = try world.get("\(path)/record")
        #expect(record.says("Interpreter, Bengali") && record.says("What it said before (2)") && record.problems == [])
    }

    @Test("A case goes on by its steps, each of which says what is missing", arguments: Engine.allCases)
    func steps(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let step = try world.get("\(path)/step/assess")
        #expect(step.says("Record how to reach the victim safely") && step.says("or give a reason"))
        let unreasoned = try world.post("\(path)/step/assess", ["from": "new"])
        #expect(unreasoned.status == .badRequest && unreasoned.problems == [])
        let risk = try world.get("\(path)/risk/asb-risk")
        #expect(risk.problems == [] && risk.says("Your own judgement"))
        let unanswered = try world.post("\(path)/risk/asb-risk", [:])
        #expect(unanswered.status == .badRequest && unanswered.problems == [])
        var answers: [String: String] = [:]
        let code: Code<RiskInstrument> = try #require(Code("asb-risk"))
        let instrument = try #require(world.site.site.cases.instruments.current(code))
        for question in instrument.questions {
            answers["q-\(question.code)"] = question.answers.max { $0.weight < $1.weight }?.code.text
        }
        #expect(try world.post("\(path)/risk/asb-risk", answers).location == "\(path)/risk")
        let assessed = try world.get("\(path)/risk")
        #expect(assessed.says("41") && assessed.problems == [])
        #expect(try world.post("\(path)/step/assess", ["from": "new", "reason": "She will ring us"]).location == path)
        #expect(try world.get(path).says("Risk assessed"))
        let stale = try world.post("\(path)/step/agree-plan", ["from": "new"])
        #expect(stale.status == .badRequest && stale.says("Someone else moved the case on"))
        let timeline = try world.get("\(path)/timeline")
        #expect(timeline.says("She will ring us") && timeline.problems == [])
    }

    @Test(
        "An action is given to someone of another agency, who finds it on their first page and closes it",
        arguments: Engine.allCases)
    func actions(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let wrong = try world.post("\(path)/actions", ["text": "", "agency": "police", "owner": "nobody@x.example"])
        #expect(wrong.status == .badRequest && wrong.problems == [])
        for field in ["text", "due", "owner"] { #expect(wrong.says("href=\"#\(field)\""), "\(field)") }
        let foreign = try world.post(
            "\(path)/actions",
            [
                "text": "Patrol", "agency": "council", "owner": world.police.email, "due-day": "5", "due-month": "6",
                "due-year": "2026",
            ])
        #expect(foreign.status == .badRequest && foreign.says("href=\"#owner\""))
        let due = ["due-day": "5", "due-month": "6", "due-year": "2026"]
        let fields = ["text": "Patrol on Fridays", "agency": "police", "owner": world.police.email].merging(due) { $1 }
        #expect(try world.post("\(path)/actions", fields).location == "\(path)/actions")
        let home = try world.get("/", world.police)
        #expect(home.says("Patrol on Fridays") && home.says("5 June 2026") && home.problems == [])
        #expect(!home.says("Nothing waits for you"))
        let page = try world.get("\(path)/actions", world.police)
        #expect(page.says("Patrol on Fridays") && !page.says("Add an action") && page.problems == [])
        let action = try #require(
            try world.site.site.database.read {
                try $0.first("SELECT id FROM case_actions")?.get("id", as: String.self)
            })
        let close = "\(path)/actions/\(action)"
        #expect(try world.get(close, world.police).problems == [])
        // Whoever works on the case hands it on; who only holds the action does not.
        #expect(try !world.get(close, world.police).says("Hand it on") && world.get(close).says("Hand it on"))
        let away = ["agency": "council", "owner": world.officer.email, "from": world.police.id.text]
        #expect(try world.post("\(close)/owner", away, world.police).location == nil)
        let unknown = try world.post("\(close)/owner", ["agency": "council", "owner": "nobody@x.example"])
        #expect(unknown.status == .badRequest && unknown.says("href=\"#owner\"") && unknown.problems == [])
        #expect(try world.post("\(close)/owner", away).location == "\(path)/actions")
        #expect(try world.get(close, world.police).status == .notFound)
        // What was seen is out of date: it is told, and nothing is overwritten.
        #expect(try world.post("\(close)/owner", away).says("Someone handed it on meanwhile"))
        let back = ["agency": "police", "owner": world.police.email, "from": world.officer.id.text]
        #expect(try world.post("\(close)/owner", back).location == "\(path)/actions")
        #expect(try world.post(close, ["status": "done", "outcome": " "], world.police).says("href=\"#outcome\""))
        #expect(
            try world.post(close, ["status": "done", "outcome": "Three patrols"], world.police).status == .seeOther)
        #expect(try world.get("\(path)/actions").says("Three patrols"))
        let after = try world.get("/", world.police)
        #expect(!after.says("Patrol on Fridays") && after.says("Nothing waits for you"))
        #expect(try world.get(close, world.police).status == .notFound)
    }

    @Test("A case is shared by its gateway, handed on, and a clock is explained", arguments: Engine.allCases)
    func access(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let wrong = try world.post("\(path)/access", ["act": "share", "agency": "police", "highest": "P2"])
        #expect(wrong.status == .badRequest && wrong.says("href=\"#gateway\"") && wrong.problems == [])
        let share = [
            "act": "share", "agency": "police", "highest": "P2", "gateway": "cda-115", "reason": "They patrol there",
        ]
        #expect(try world.post("\(path)/access", share).location == "\(path)/access")
        #expect(try world.get(path, world.police).says("Zoë O’Brien"))
        #expect(try world.get("\(path)/access").says("Crime and Disorder Act 1998, section 115"))
        #expect(try world.post("\(path)/access", ["act": "unshare", "agency": "police"]).status == .seeOther)
        #expect(try world.get(path, world.police).status == .notFound)
        let strange = try world.post(
            "\(path)/access", ["act": "hand-on", "owner": world.police.email, "team": "asb-team"])
        #expect(strange.status == .badRequest && strange.says("href=\"#owner\"") && strange.problems == [])
        let unknown = try world.post("\(path)/access", share.merging(["gateway": "friendship"]) { $1 })
        #expect(unknown.status == .badRequest && unknown.says("href=\"#gateway\""))
        let handed = try world.post(
            "\(path)/access", ["act": "hand-on", "owner": world.colleague.email, "team": "asb-team"])
        #expect(handed.location == "/cases")
        #expect(try world.get(path).says("Col League"))
        world.site.advance(seconds: 5 * 86_400)
        // Everyone's session is over by then.
        let super2 = try world.site.account(
            roles: ["supervisor"], teams: ["asb-team"], name: "Ann Other", side: .victim)
        let clock = try #require(
            try world.site.site.database.read { try $0.first("SELECT id FROM case_clocks")?.get("id", as: String.self) }
        )
        let late = try world.get("\(path)/clocks/\(clock)", super2)
        #expect(late.says("Why is it late?") && late.problems == [])
        #expect(try world.get("/cases?late=yes", super2).says("ASB-2026-000001"))
        #expect(
            try world.post("\(path)/clocks/\(clock)", ["act": "explain", "reason": " "], super2).says(
                "href=\"#reason\""))
        #expect(
            try world.post("\(path)/clocks/\(clock)", ["act": "explain", "reason": "She was away"], super2).status
                == .seeOther)
        #expect(try world.get("\(path)/clocks/\(clock)", super2).says("She was away"))
    }

    @Test("People are added to a case, the search first, and their part ends with a reason", arguments: Engine.allCases)
    func people(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let nobody = try world.post("\(path)/people", ["role": "witness"])
        #expect(nobody.status == .badRequest && nobody.says("Enter a name") && nobody.problems == [])
        let match = try world.post(
            "\(path)/people", ["role": "complainant", "party-someone-given": "Zoë", "party-someone-family": "O’Brien"])
        #expect(match.says("Is it one of these?") && match.problems == [])
        let added = try world.post(
            "\(path)/people",
            [
                "role": "alleged-perpetrator", "party-someone-given": "Bert", "party-someone-family": "Noyes",
                "party-someone-year": "1970",
            ])
        #expect(added.location == "\(path)/people")
        let page = try world.get("\(path)/people")
        #expect(page.says("Bert Noyes") && page.says("Alleged perpetrator") && page.problems == [])
        let party = try #require(
            try world.site.site.database.read {
                try $0.first("SELECT id FROM case_parties WHERE role = 'alleged-perpetrator'")?.get(
                    "id", as: String.self)
            })
        let end = "\(path)/people/\(party)/end"
        #expect(try world.get(end).problems == [])
        #expect(try world.post(end, ["reason": ""]).says("href=\"#reason\""))
        #expect(try world.post(end, ["reason": "Mistaken for another"]).location == "\(path)/people")
        #expect(try world.get("\(path)/people").says("Mistaken for another"))
        #expect(try !world.get(path).says("Bert Noyes"))
        // A case that is over takes nobody new, and whoever was written down for it is not left behind.
        try world.site.site.database.write {
            _ = try $0.run("UPDATE cases SET state = 'closed', closed_at = \(world.site.now)")
        }
        #expect(try !world.get("\(path)/people").says("Add someone"))
        func people() throws -> Int64? {
            try world.site.site.database.read {
                try $0.first("SELECT count(*) AS people FROM people")?.get("people")
            }
        }
        let before = try people()
        let refused = try world.post(
            "\(path)/people", ["role": "witness", "party-someone-given": "Cora", "party-someone-family": "Unwritten"])
        #expect(refused.status == .badRequest && refused.says("The case is closed") && refused.problems == [])
        #expect(try people() == before)
    }

    @Test(
        "Several cases are handed on together, or none when one of them may not be changed", arguments: Engine.allCases)
    func several(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let first = try world.open()
        let second = try world.open(["heading": "Fires at Weir House", "party-victim-given": "Ann"])
        let other = try world.open(["team": "", "party-victim-given": "Bea"], as: world.police)
        let page = try world.get("/cases/several?whose=mine")
        #expect(page.problems == [] && page.says("Shouting at Elm House") && page.says("Fires at Weir House"))
        #expect(try world.get("/cases").says("href=\"/cases/several?\""))
        func send(_ paths: [String], _ fields: [(String, String)]) throws -> TestAnswer {
            if world.officer.browser.formToken == nil { _ = try world.get("/cases/several") }
            let all =
                [("csrf", world.officer.browser.formToken ?? "")] + paths.map { ("case", String($0.suffix(36))) }
                + fields
            return try world.officer.browser.post(
                "/cases/several?whose=mine", form: FormFields(all.map { FormFields.Field($0.0, $0.1) }))
        }
        func owner(_ path: String) throws -> String { try world.get(path, world.supervisor).text }
        #expect(try send([], [("act", "assign")]).says("href=\"#case\""))
        #expect(try send([first], []).says("href=\"#act\""))
        #expect(try send([first], [("act", "assign"), ("owner", "nobody@example.org")]).says("href=\"#owner\""))
        #expect(try send([first], [("act", "action"), ("text", "Visit")]).says("href=\"#due\""))
        let due = [("due-day", "30"), ("due-month", "6"), ("due-year", "2026")]
        let empty = try send([first, second], [("act", "action"), ("text", " ")] + due)
        #expect(empty.says("href=\"#text\"") && empty.problems == [])
        // One of another agency among them: nothing is done to any.
        let mixed = try send([first, other, second], [("act", "action"), ("text", "Visit them all")] + due)
        #expect(mixed.says("One of them is not yours to change") && mixed.problems == [])
        #expect(try !world.get(first + "/actions").says("Visit them all"))
        #expect(try send([first, second], [("act", "action"), ("text", "Visit them all")] + due).location != nil)
        for path in [first, second] { #expect(try world.get(path + "/actions").says("Visit them all")) }
        let handed = try send(
            [first, second], [("act", "assign"), ("owner", world.colleague.email), ("team", "asb-team")])
        #expect(handed.location == "/cases?whose=mine")
        for path in [first, second] { #expect(try world.get(path, world.colleague).says("Col League")) }
        let member = try world.site.account(roles: ["member"])
        #expect(try world.get("/cases/several", member).status != .ok)
    }
}
