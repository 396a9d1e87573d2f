import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import PanelPages

@Suite("Panel pages", .serialized)
struct PanelPagesTests {
    @Test("A meeting is called by its co-ordinator, and what is wrong is said beside it", arguments: Engine.allCases)
    func calling(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        #expect(try world.get("/panels", world.coordinator).problems == [])
        let panel = try world.get("/panels/marac", world.coordinator)
        #expect(panel.problems == [] && panel.says("Call a meeting") && panel.says("Hana Health"))
        var fields = PanelSite.tuesday
        fields["starts-at"] = "tenish"
        fields["day-month"] = "13"
        let wrong = try world.post("/panels/marac/meetings/new", fields, world.coordinator)
        #expect(wrong.problems == [] && wrong.says("href=\"#starts-at\"") && wrong.says("href=\"#day\""))
        #expect(wrong.says("value=\"tenish\""))
        fields = PanelSite.tuesday
        fields["ends-at"] = "9:30"
        #expect(try world.post("/panels/marac/meetings/new", fields, world.coordinator).says("href=\"#ends-at\""))
        let path = try world.meeting()
        let page = try world.get(path, world.coordinator)
        #expect(page.problems == [] && page.says("10:00am to 12:30pm"))
        // Eight working days before Tuesday 23 June 2026, and three days before it.
        #expect(page.says("11 June 2026") && page.says("20 June 2026"))
        // Who only sits on the panel calls none; who does not sit on it is told nothing of its meetings.
        #expect(try world.get("/panels/marac/meetings/new", world.health).status == .forbidden)
        #expect(try world.get("/panels/marac/meetings/new", world.fire).status == .notFound)
        #expect(try !world.get("/panels/marac", world.fire).says("23 June 2026"))
        let hidden = try world.get(path, world.fire)
        let absent = try world.get("/meetings/\(ID<PanelSite>(at: world.site.now).text)", world.fire)
        #expect(hidden.status == .notFound && hidden.textWithoutTokens == absent.textWithoutTokens)
        var moved = PanelSite.tuesday
        moved["day-day"] = "30"
        let unsaid = try world.post("\(path)/time", moved, world.coordinator)
        #expect(unsaid.says("href=\"#reason\"") && unsaid.problems == [])
        moved["reason"] = "The room is taken"
        #expect(try world.act("\(path)/time", moved, world.coordinator) == path)
        #expect(try world.get(path, world.coordinator).says("30 June 2026"))
    }

    @Test("A case is referred, answered, listed, and seen by nobody before", arguments: Engine.allCases)
    func referring(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let pair = try world.pair()
        let page = try world.get("\(pair.path)/panels", world.officer)
        #expect(page.problems == [] && page.says("Refer to the Domestic abuse MARAC"))
        let form = "\(pair.path)/refer/marac"
        #expect(try world.get(form, world.officer).problems == [])
        let wrong = try world.post(form, ["why": "He found her"], world.officer)
        for field in ["route", "pair", "happened-on", "criminal"] {
            #expect(wrong.says("href=\"#\(field)\""), "\(field)")
        }
        #expect(wrong.problems == [] && wrong.says("He found her"))
        #expect(try world.get(form, world.health).status == .notFound)
        let referral = try world.act(form, world.fields(of: pair), world.officer)
        #expect(try world.get(referral, world.officer).says("He found her new address"))
        // The office sees it; the other agencies do not before it is listed.
        let seen = try world.get(referral, world.coordinator)
        #expect(seen.problems == [] && seen.says("He found her new address") && seen.says("Your answer"))
        #expect(try world.get("/", world.coordinator).says("Answer a referral"))
        let hidden = try world.get(referral, world.health)
        let absent = try world.get("/referrals/\(ID<PanelSite>(at: world.site.now).text)", world.health)
        #expect(hidden.status == .notFound && hidden.textWithoutTokens == absent.textWithoutTokens)
        #expect(try world.get(pair.path, world.health).status == .notFound)
        // Twice is once.
        #expect(try world.post(form, world.fields(of: pair), world.officer).says("referred to this panel already"))
        let none = try world.post(referral, ["act": "answer"], world.coordinator)
        #expect(none.says("href=\"#answer\"") && none.problems == [])
        // Nobody assessed the case: it may be one of high risk, and only the chair turns it down.
        #expect(!seen.says("Turn it down") && seen.says("Only the chair may turn down"))
        #expect(try world.get(referral, world.chair).says("Turn it down"))
        let decline = ["act": "answer", "answer": "decline", "reason": "No", "forum": "Another", "next": "Ring her"]
        #expect(try world.post(referral, decline, world.coordinator).status == .forbidden)
        let id = String(pair.path.dropFirst("/cases/".count))
        try world.site.site.database.write { _ = try $0.run("UPDATE cases SET band = 'medium' WHERE id = \(id)") }
        #expect(try world.get(referral, world.coordinator).says("Turn it down"))
        let bare = try world.post(referral, ["act": "answer", "answer": "decline", "reason": "No"], world.coordinator)
        #expect(bare.says("href=\"#reason\"") && bare.problems == [])
        let back = ["act": "answer", "answer": "back", "missing": "Where she is now\nWho lives there"]
        #expect(try world.act(referral, back, world.coordinator) == referral)
        #expect(try world.get("/", world.officer).says("Complete your referral"))
        #expect(try world.get(referral, world.officer).says("Where she is now; Who lives there"))
        _ = try world.act(referral, ["act": "complete", "why": "With her sister; two children"], world.officer)
        _ = try world.act(referral, ["act": "answer", "answer": "accept"], world.coordinator)
        let accepted = try world.get(referral, world.coordinator)
        #expect(accepted.says("No repeat") && accepted.says("No meeting is called that takes it"))
        let meeting = try world.meeting()
        #expect(try world.get("/", world.coordinator).says("Put a referral on an agenda"))
        let meetingID = String(meeting.dropFirst("/meetings/".count))
        let minutes = try world.post(
            referral, ["act": "list", "meeting": meetingID, "minutes": "soon"], world.coordinator)
        #expect(minutes.says("href=\"#minutes\"") && minutes.problems == [])
        #expect(try world.act(referral, ["act": "list", "meeting": meetingID], world.coordinator) == meeting)
        // Who sits on the panel sees the case now; its safety stays with its side.
        #expect(try world.get(pair.path, world.health).status == .ok)
        #expect(try world.get(pair.path, world.fire).status == .notFound)
    }

    @Test("Nothing of the agenda is seen before confidentiality is accepted", arguments: Engine.allCases)
    func confidentiality(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let listed = try world.listed()
        let before = try world.get(listed.meeting, world.health)
        #expect(before.problems == [] && before.says("Before you see what is on the agenda"))
        #expect(!before.says("MRC-") && !before.says("/items/"))
        for part in ["/research", "/minutes", "/pack"] {
            #expect(try world.get(listed.meeting + part, world.health).location == listed.meeting, "\(part)")
        }
        #expect(try world.get(listed.item, world.health).status == .notFound)
        #expect(try world.act("\(listed.meeting)/confidentiality", [:], world.health) == listed.meeting)
        #expect(try world.get(listed.meeting, world.health).says("/items/"))
        #expect(try world.get(listed.item, world.health).problems == [])
        // Who knows someone there sees neither the item nor the case any more.
        _ = try world.act("\(listed.meeting)/confidentiality", [:], world.haven)
        #expect(try world.act(listed.item, ["act": "conflict"], world.haven) == listed.meeting)
        #expect(try world.get(listed.item, world.haven).status == .notFound)
        #expect(try world.get(listed.pair.path, world.haven).status == .notFound)
        #expect(try !world.get(listed.meeting, world.haven).says("/items/"))
        #expect(try world.get(listed.item, world.health).status == .ok)
    }

    @Test("A meeting runs from research to approved minutes", arguments: Engine.allCases)
    func meeting(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let (pair, meeting, item, _) = try world.listed()
        #expect(try !world.get("/", world.health).says("Accept confidentiality, and see"))
        for member in [world.health, world.haven, world.probation, world.chair] {
            _ = try world.act("\(meeting)/confidentiality", [:], member)
        }
        #expect(try world.post("\(meeting)/step", ["step": "approve"], world.coordinator).says("href=\"#step\""))
        _ = try world.act("\(meeting)/step", ["step": "publish-agenda"], world.coordinator)
        #expect(try world.get("/", world.health).says("Say what your agency knows of 2 people"))
        #expect(try world.get("/", world.council).says("Accept confidentiality, and see"))

        // Research: one agency answers on one person, and releases one of two lines.
        let research = "\(meeting)/research"
        #expect(try world.get(research, world.health).problems == [])
        let person = "\(research)/\(item.suffix(36))/\(pair.victim.text)"
        #expect(try world.get(person, world.health).problems == [])
        let empty = try world.post(person, ["answer": "known"], world.health)
        #expect(empty.says("href=\"#lines\"") && empty.problems == [])
        _ = try world.act(
            person,
            [
                "answer": "known", "text-1": "Treated for a broken wrist in May", "kind-1": "fact", "class-1": "P2",
                "side-1": "victim", "text-2": "She stays at 3 Ash Lane", "kind-2": "fact", "class-2": "P3",
                "side-2": "victim",
            ], world.health)
        let answered = try world.get(person, world.health)
        #expect(answered.problems == [] && answered.says("What may the meeting have?"))
        #expect(try !world.get(item, world.chair).says("broken wrist"))
        func value(_ text: String) throws -> String {
            let page = answered.text
            guard let label = page.firstRange(of: text),
                let input = page[..<label.lowerBound].ranges(of: "value=\"").last
            else { throw Fault("No such choice", because: page) }
            return String(page[input.upperBound...].prefix(36))
        }
        let both = FormFields([
            .init("csrf", world.health.browser.formToken ?? ""), .init("line", try value("Treated for")),
            .init("line", try value("She stays")),
        ])
        _ = try world.health.browser.post(person, form: both)
        #expect(try world.get(item, world.chair).says("broken wrist"))
        // What keeps her safe stays on her side of the room.
        #expect(try world.get(item, world.haven).says("3 Ash Lane"))
        #expect(try !world.get(item, world.probation).says("3 Ash Lane"))
        #expect(try !world.get("\(meeting)/minutes", world.probation).says("3 Ash Lane"))
        #expect(try !world.get("\(meeting)/pack", world.probation).says("3 Ash Lane"))

        // The room: too few agencies, and why it goes on all the same.
        _ = try world.act("\(meeting)/step", ["step": "close-research"], world.coordinator)
        let few = try world.post("\(meeting)/step", ["step": "begin"], world.coordinator)
        #expect(few.says("Too few agencies are here") && few.problems == [])
        let attendance = "\(meeting)/attendance"
        #expect(try world.get(attendance, world.coordinator).problems == [])
        var present: [String: String] = [:]
        for member in [world.coordinator, world.chair, world.health, world.haven, world.probation] {
            present["presence-\(member.id.text)"] = "present"
        }
        _ = try world.act(attendance, present, world.coordinator)
        #expect(try world.post(attendance, present, world.health).status == .forbidden)
        _ = try world.act("\(meeting)/step", ["step": "begin", "reason": "It cannot wait"], world.coordinator)

        // The item: lines, an action, the decision.
        let sitting = try world.get(item, world.coordinator)
        #expect(sitting.problems == [] && sitting.says("Add an action"))
        #expect(try !world.get(item, world.health).says("Add an action"))
        #expect(try world.post(item, ["act": "line"], world.coordinator).says("href=\"#line-text\""))
        _ = try world.act(
            item,
            [
                "act": "line", "part": "safety", "text-1": "Ring her sister first", "kind-1": "fact", "class-1": "P3",
                "side-1": "victim", "agency": "haven",
            ], world.coordinator)
        let vague = try world.post(
            item, ["act": "action", "text": "Officer to consider", "owner": world.health.id.text], world.coordinator)
        #expect(vague.says("href=\"#text\"") && vague.says("href=\"#due\"") && vague.problems == [])
        _ = try world.act(
            item,
            [
                "act": "action", "text": "Refer her to the fracture clinic", "owner": world.health.id.text,
                "due-day": "1", "due-month": "7", "due-year": "2026",
            ], world.coordinator)
        let undecided = try world.post("\(meeting)/step", ["step": "draft"], world.coordinator)
        #expect(undecided.says("Write the decision of every item"))
        let bare = try world.post(item, ["act": "decide", "decision": "Go on"], world.coordinator)
        #expect(bare.says("href=\"#risk\"") && bare.problems == [])
        _ = try world.act(
            item,
            ["act": "decide", "decision": "The plan goes on", "before": "high", "after": "medium", "taken": "14"],
            world.coordinator)
        // Of the council nobody wrote yet whether they were here.
        let open = try world.post("\(meeting)/step", ["step": "draft"], world.coordinator)
        #expect(open.says("Write for every member whether they were there") && open.problems == [])
        // Of a form of which one line cannot be written nothing is.
        let odd = try world.site.account(roles: ["panel-member"], agency: "fire", panels: ["marac"], name: "Flo Fire")
        let mixed = ["presence-\(world.council.id.text)": "present", "presence-\(odd.id.text)": "present"]
        let unwritten = try world.post(attendance, mixed, world.coordinator)
        #expect(unwritten.says("Choose an agency that sits on the panel"))
        #expect(try world.post("\(meeting)/step", ["step": "draft"], world.coordinator).says("for every member"))
        let stranger = ["deputy": world.officer.email, "deputy-for": world.health.id.text]
        #expect(try world.post(attendance, stranger, world.coordinator).says("href=\"#deputy\""))
        let deputy = ["deputy": world.officer.email, "deputy-for": world.council.id.text]
        _ = try world.act(attendance, deputy, world.coordinator)
        // Whoever was here accepts confidentiality before the meeting ends; the deputy has no place and did not.
        let unheard = try world.post("\(meeting)/step", ["step": "draft"], world.coordinator)
        #expect(unheard.says("Ask everyone who was here to accept confidentiality"))
        _ = try world.act(
            attendance, ["presence-\(world.council.id.text)": "absent"], world.coordinator)
    }

    @Test("Who stands in for a co-ordinator opens their meetings and calls others", arguments: Engine.allCases)
    func standIn(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let meeting = try world.meeting()
        // What a stand-in does asks for a second factor, which a case officer has.
        let deputy = try world.site.account(
            roles: ["case-officer"], agency: "police", name: "Dee Deputy", side: .victim)
        #expect(try world.get(meeting, deputy).status == .notFound)
        let (site, today) = (world.site, world.site.now.ukDate)
        _ = try site.site.database.write {
            try DelegationStore.give(
                [TestSite.code("panel-coordinator")], to: deputy.actor, from: today, until: today.advanced(by: 1),
                catalogue: site.site.roles,
                on: Occasion(world.coordinator.actor, at: site.now, request: "test"), in: $0)
        }.get()
        let page = try world.get(meeting, deputy)
        #expect(page.status == .ok && page.problems == [])
        #expect(try world.get("/panels/marac", deputy).says("Call a meeting"))
        #expect(try world.get("/panels/marac/meetings/new", deputy).status == .ok)
    }

    @Test("The chair approves the minutes, and nobody changes them after", arguments: Engine.allCases)
    func approving(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let (_, meeting, item, _) = try world.listed()
        let members = [world.chair, world.health, world.haven, world.probation, world.council]
        for member in members { _ = try world.act("\(meeting)/confidentiality", [:], member) }
        for step in ["publish-agenda", "close-research"] {
            _ = try world.act("\(meeting)/step", ["step": step], world.coordinator)
        }
        var present: [String: String] = [:]
        for member in [world.coordinator] + members { present["presence-\(member.id.text)"] = "present" }
        _ = try world.act("\(meeting)/attendance", present, world.coordinator)
        _ = try world.act("\(meeting)/step", ["step": "begin"], world.coordinator)
        _ = try world.act(
            item,
            ["act": "decide", "decision": "Go on", "before": "high", "after": "high", "none": "All are under way"],
            world.coordinator)
        #expect(try world.act("\(meeting)/step", ["step": "draft"], world.coordinator) == meeting)
        #expect(try world.get("/", world.chair).says("Approve the minutes"))
        #expect(try !world.get(meeting, world.coordinator).says("Approve the minutes"))
        #expect(try world.post("\(meeting)/step", ["step": "approve"], world.coordinator).location == nil)
        #expect(try world.act("\(meeting)/step", ["step": "approve"], world.chair) == meeting)
        let minutes = try world.get("\(meeting)/minutes", world.health)
        #expect(minutes.problems == [] && minutes.says("Chi Chair") && minutes.says("Go on"))
        let late = try world.post(
            item, ["act": "decide", "decision": "Other", "before": "a", "after": "b"], world.coordinator)
        #expect(late.location == nil && late.says("does not take this now"))
    }

    @Test("Who undertook an action sees it in their work and closes it; nobody else does", arguments: Engine.allCases)
    func actions(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let (_, meeting, item, _) = try world.listed()
        for (step, reason) in [("publish-agenda", ""), ("close-research", ""), ("begin", "It cannot wait")] {
            _ = try world.act("\(meeting)/step", ["step": step, "reason": reason], world.coordinator)
        }
        // The officer sits on no panel: they see the action, and nothing else of the meeting.
        _ = try world.act(
            item,
            [
                "act": "action", "text": "Change the locks at her flat", "owner-address": world.officer.email,
                "due-day": "1", "due-month": "7", "due-year": "2026",
            ], world.coordinator)
        let home = try world.get("/", world.officer).text
        let range = try #require(home.firstRange(of: "/panel-actions/"))
        let path = String(home[range.lowerBound...].prefix(15 + 36))
        #expect(home.contains("Change the locks at her flat"))
        #expect(try world.get(path, world.officer).problems == [])
        #expect(try world.get(item, world.officer).status == .notFound)
        #expect(try world.get(meeting, world.officer).status == .notFound)
        let unsaid = try world.post(path, ["status": "done"], world.officer)
        #expect(unsaid.says("href=\"#outcome\"") && unsaid.problems == [])
        #expect(try world.post(path, ["status": "done-late", "outcome": "x"], world.officer).says("href=\"#status\""))
        #expect(try world.get(path, world.fire).status == .notFound)
        #expect(try world.act(path, ["status": "done", "outcome": "Changed on Monday"], world.officer) == path)
        #expect(try world.get(path, world.officer).says("Changed on Monday"))
        let again = try world.post(path, ["status": "done", "outcome": "Twice"], world.officer)
        #expect(again.says("closed this action already"))
        #expect(try !world.get("/", world.officer).says("Change the locks"))
    }

    @Test("A line is struck with a reason by whose information it is", arguments: Engine.allCases)
    func striking(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let (_, meeting, item, _) = try world.listed()
        for member in [world.health, world.haven] { _ = try world.act("\(meeting)/confidentiality", [:], member) }
        for (step, reason) in [("publish-agenda", ""), ("close-research", ""), ("begin", "It cannot wait")] {
            _ = try world.act("\(meeting)/step", ["step": step, "reason": reason], world.coordinator)
        }
        _ = try world.act(
            item,
            [
                "act": "line", "part": "discussion", "text-1": "She was seen twice", "class-1": "P2",
                "side-1": "victim",
                "kind-1": "fact", "agency": "health",
            ], world.coordinator)
        let page = try world.get(item, world.health).text
        let range = try #require(page.firstRange(of: "\(meeting)/lines/"))
        let line = String(page[range.lowerBound...].prefix(meeting.count + 7 + 36))
        #expect(try world.get(line, world.health).problems == [])
        #expect(try world.post(line, ["reason": " "], world.health).says("href=\"#reason\""))
        #expect(try world.post(line, ["reason": "Not ours"], world.haven).status == .forbidden)
        #expect(try world.act(line, ["reason": "It was another person"], world.health) == item)
        #expect(try !world.get(item, world.haven).says("She was seen twice"))
        #expect(try world.get(line, world.health).status == .notFound)
    }

    @Test("A return counts what was heard and holds no names", arguments: Engine.allCases)
    func returns(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let (_, meeting, item, _) = try world.listed()
        for (step, reason) in [("publish-agenda", ""), ("close-research", ""), ("begin", "It cannot wait")] {
            _ = try world.act("\(meeting)/step", ["step": step, "reason": reason], world.coordinator)
        }
        _ = try world.act(item, ["act": "equalities", "fact": "disability"], world.coordinator)
        _ = try world.act(
            item,
            ["act": "decide", "decision": "Closed", "before": "high", "after": "low", "none": "She has moved away"],
            world.coordinator)
        let days =
            "from-day=1&from-month=6&from-year=2026&to-day=30&to-month=6&to-year=2026"
        let page = try world.get("/panels/marac/return?\(days)", world.coordinator)
        #expect(page.problems == [] && page.says("1 June 2026 to 30 June 2026") && !page.says("O’Neil"))
        let csv = try world.get("/panels/marac/return?\(days)&format=csv", world.coordinator).text
        #expect(csv.contains("\"Cases heard\",1\r\n") && csv.contains("\"Repeats among them\",0\r\n"))
        #expect(csv.contains("\"Victims with a disability\",1\r\n") && csv.contains("\"Male victims\",0\r\n"))
        #expect(
            try world.get("/panels/marac/return?from-day=1&from-year=2026", world.coordinator).says("href=\"#from\""))
        // Who does not sit on it counts nothing.
        let outside = try world.get("/panels/marac/return?\(days)&format=csv", world.fire)
        #expect(!outside.text.contains("\"Cases heard\",1"))
    }

    @Test(
        "A calendar program fetches meetings and nothing else, until another address is made",
        arguments: Engine.allCases)
    func calendar(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        _ = try world.listed()
        func make() throws -> String {
            let page = try world.post("/panels/calendar", ["act": "make"], world.health)
            let range = try #require(page.text.firstRange(of: "/calendars/"))
            return String(page.text[range.lowerBound...].prefix { $0 != "<" && $0 != "\"" })
        }
        let first = try make()
        let fetched = try world.site.visitor().get(first)
        #expect(fetched.status == .ok && fetched.text.hasPrefix("BEGIN:VCALENDAR\r\n"))
        // Ten o'clock in London in June is nine o'clock in UTC.
        #expect(fetched.text.contains("DTSTART:20260623T090000Z") && fetched.text.contains("Domestic abuse MARAC"))
        #expect(!fetched.text.contains("O’Neil") && !fetched.text.contains("Elm House"))
        let second = try make()
        #expect(try world.site.visitor().get(first).status == .notFound)
        #expect(try world.site.visitor().get(second).status == .ok)
        _ = try world.act("/panels/calendar", ["act": "end"], world.health)
        #expect(try world.site.visitor().get(second).status == .notFound)
        #expect(try world.get("/panels/calendar.ics", world.fire).text.contains("BEGIN:VEVENT") == false)
    }

    @Test(
        "Times are read as people write them",
        arguments: [
            ("9:30", 9, 30), ("14.15", 14, 15), ("2pm", 14, 0), ("12am", 0, 0), ("12:05 PM", 12, 5), ("09:00", 9, 0),
        ])
    func times(_ text: String, _ hour: Int, _ minute: Int) throws {
        let time = try #require(TimeControls.time(text))
        #expect(time == (hour, minute))
    }

    @Test("What is no time is none", arguments: ["", "9", "25:00", "13pm", "9:60", "9:3:0", "ten", "0pm", "٩:٠٠"])
    func noTimes(_ text: String) { #expect(TimeControls.time(text) == nil) }

    @Test(
        "The quarter before a day is the last whole one",
        arguments: [
            ("2026-06-01", "2026-01-01", "2026-03-31"), ("2026-01-31", "2025-10-01", "2025-12-31"),
            ("2026-07-01", "2026-04-01", "2026-06-30"), ("2024-04-30", "2024-01-01", "2024-03-31"),
        ])
    func quarters(_ day: String, _ from: String, _ to: String) throws {
        let quarter = ReturnPage.quarter(before: try #require(LocalDate(day)))
        #expect(quarter.from.description == from && quarter.to.description == to)
    }
}
