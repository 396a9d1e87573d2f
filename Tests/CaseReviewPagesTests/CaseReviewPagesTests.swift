import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CaseReviewPages

@Suite("Pages of case reviews", .serialized)
struct CaseReviewPagesTests {
    @Test(
        "An application is taken in one form, listed with its clock, and its pages hold together",
        arguments: Engine.allCases)
    func applying(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        #expect(try world.get("/case-reviews").says("There is no review that you may see"))
        #expect(try world.get("/case-reviews/new").problems == [])
        let review = try world.apply()
        let list = try world.get("/case-reviews")
        // Three working days after Monday 1 June.
        #expect(list.problems == [] && list.says("ACR-2026-000001") && list.says("4 June 2026"))
        #expect(list.says("Acknowledge the application"))
        let page = try world.get(review)
        #expect(page.problems == [] && page.says("Zoë O’Brien") && page.says("They applied themselves"))
        #expect(page.says("step/acknowledge") && !page.says("step/met"))
        for part in [
            "/count", "/incidents", "/write/complaint", "/write/validity", "/step/acknowledge",
            "/letter/acknowledgement",
        ] {
            let part = try world.get(review + part)
            #expect(part.status == .ok && part.problems == [], "\(part.problems)")
        }
        // It is a case like any other.
        let number = try #require(review.split(separator: "/").last)
        #expect(try world.get("/cases/\(number)").says("Noise at Elm House"))
        #expect(try world.get("/cases").says("ACR-2026-000001"))
    }

    @Test("What is missing is said beside each question, and nothing typed is lost", arguments: Engine.allCases)
    func problems(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let answer = try world.post(
            "/case-reviews/new",
            ["heading": "", "party-victim-given": "Zoë", "application-by": "other", "application-what": "It was loud"])
        #expect(answer.status == .badRequest && answer.problems == [])
        #expect(answer.says("href=\"#heading\"") && answer.says("href=\"#application-consent\""))
        #expect(answer.says("It was loud") && answer.says("value=\"Zoë\""))
        let without = try world.post(
            "/case-reviews/new", CaseReviewSite.application.merging(["application-by": "other"]) { $1 })
        #expect(without.status == .badRequest && without.says("href=\"#party-applicant\""))
        let people = try world.site.site.database.read { try $0.rows("SELECT id FROM people").count }
        #expect(people == 0)
        let review = try world.apply()
        let late = try world.send(
            "\(review)/write/complaint", "complaint", ["to": "council", "what": "Music"],
            days: ["happened-on": "2026-05-20", "made": "2026-05-10"])
        #expect(late.status == .badRequest && late.problems == [])
        #expect(late.says("A complaint cannot be made before the behaviour") && late.says("Music"))
        let again = try world.post("/case-reviews/new", CaseReviewSite.application)
        #expect(again.status == .badRequest && again.says("Is it one of these?") && again.problems == [])
    }

    @Test("An application for a victim waits for their agreement", arguments: Engine.allCases)
    func consent(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply([
            "application-by": "other", "application-consent": "no", "application-relation": "Neighbour",
            "party-applicant-given": "Ned", "party-applicant-family": "Nye",
        ])
        let page = try world.get(review)
        #expect(page.says("Not given yet") && page.says("Ned Nye") && page.says("Record that they agree"))
        try world.step(
            "acknowledge", from: "received", review, "acknowledgement", ["contact-person": "Orla", "explained": "yes"])
        try world.write("validity", review, ["area": "yes", "asb": "yes", "reviewed-before": "no", "reason": "Here"])
        let step = try world.get("\(review)/step/validate")
        #expect(step.problems == [] && step.says("agreement") && !step.says("name=\"from\""))
        let forced = try world.post("\(review)/step/validate", ["from": "acknowledged", "reason": "Urgent"])
        #expect(forced.status == .badRequest)
        #expect(try world.get("\(review)/letter/acknowledgement").says("Dear Ned Nye,"))
    }

    @Test("Each complaint says whether it counts and why, and a kept count stays as it was", arguments: Engine.allCases)
    func counting(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply()
        #expect(try world.post("\(review)/count", [:]).says("Write down the complaints first"))
        // Six months beginning with 20 November 2025 end on 19 May 2026; the other is in time.
        try world.bringToRecords(review, complaints: ["2025-11-20", "2026-05-10"])
        let before = try world.get("\(review)/count")
        #expect(before.problems == [] && before.says("19 May 2026") && before.says("Not met by the count"))
        #expect(before.says("Anti-social Behaviour, Crime and Policing Act 2014, s.104(4)"))
        #expect(try world.post("\(review)/count", [:]).location == "\(review)/count")
        let kept = try world.get("\(review)/count")
        #expect(
            kept.problems == [] && kept.says("1 complaint counts. The review procedures ask for 3. By Orla Officer"))
        try world.complain("2026-05-20", review, to: "police")
        let changed = try world.get(review)
        #expect(changed.says("The complaints have changed since they were counted"))
        _ = try world.post("\(review)/count", [:])
        let both = try world.get("\(review)/count")
        #expect(both.says("Count 2,") && both.says("1 complaint counts.") && both.says("2 complaints count."))
    }

    @Test(
        "The threshold is refused only by all bodies, by a supervisor, and never where the count meets it",
        arguments: Engine.allCases)
    func refusing(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply()
        try world.bringToRecords(review, complaints: ["2026-05-10"])
        _ = try world.post("\(review)/count", [:])
        #expect(try world.get("\(review)/step/met").says("The threshold is not met"))
        #expect(try world.get("\(review)/step/not-met").says("0 of 3 have"))
        for body in ["council", "police", "health"] {
            try world.write(
                "body-view", review, ["body": body, "counted": "1", "view": "not-met", "response": "One visit"])
        }
        let given = ["decision": "not-met", "reason": "One counts"]
        let officer = try world.send(
            "\(review)/step/not-met", "threshold", given, days: ["told": "2026-06-01"], ["from": "records"])
        #expect(officer.status == .badRequest && officer.says("Only this role may do it"))
        try world.step(
            "not-met", from: "records", review, "threshold", given, days: ["told": "2026-06-01"], as: world.supervisor)
        let letter = try world.get("\(review)/letter/decision")
        #expect(letter.problems == [] && letter.says("the threshold is not met") && letter.says("One counts"))
        #expect(letter.says("The complaint of 10 May 2026 about what happened on 10 May 2026 counts."))
        #expect(letter.says("20 working days") && letter.says("Ombudsman"))
        // The applicant appeals, and the decision is changed.
        let wrong = try world.send(
            "\(review)/step/appeal", "appeal", ["against": "review", "why": "You missed two"], ["from": "not-met"])
        #expect(wrong.status == .badRequest && wrong.says("href=\"#appeal-against\"") && wrong.problems == [])
        try world.step("appeal", from: "not-met", review, "appeal", ["against": "threshold", "why": "You missed two"])
        #expect(try world.get("\(review)/step/met").says("The appeal has not changed the decision"))
        try world.write(
            "appeal-decision", review, ["by": "Another council", "decision": "revised", "reason": "Two were missed"])
        try world.step("met", from: "appealed", review, "threshold", ["reason": "Appeal"], days: ["told": "2026-06-01"])
        let changed = try world.get(review)
        #expect(changed.problems == [] && changed.says("Two were missed") && changed.says("Threshold met"))
        #expect(try world.get("\(review)/letter/appeal").says("The decision is changed."))
        // Where the count meets it, nobody can refuse.
        let met = try world.apply(["party-victim": "new"])
        try world.bringToRecords(met, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.post("\(met)/count", [:])
        #expect(try world.get("\(met)/step/not-met", world.supervisor).says("cannot be refused"))
        let forced = try world.send(
            "\(met)/step/not-met", "threshold", given, ["from": "records", "reason": "x"], world.supervisor)
        #expect(forced.status == .badRequest)
    }

    @Test(
        "A review goes from the decision to its end, and its letter says what was decided", arguments: Engine.allCases)
    func reviewing(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.reviewed()
        let page = try world.get(review)
        #expect(page.problems == [] && page.says("Independent") && page.says("Waits for an answer"))
        let link = try #require(page.between("/write/answer?which=", "&amp;"))
        let answer = try world.get("\(review)/write/answer?which=\(link)&body=council")
        #expect(answer.problems == [] && answer.says("value=\"\(link)\" checked"))
        let letterForm = ["counts": "yes", "recommendations": "yes", "appeal": "yes", "contact": "yes"]
        let early = try world.send("\(review)/step/send-outcome", "outcome-letter", letterForm, ["from": "reviewed"])
        #expect(early.status == .badRequest && early.says("1 recommendation is not answered yet"))
        try world.write(
            "answer", review, ["which": link, "body": "council", "answer": "accepts", "reason": "Agreed"],
            days: ["due": "2026-06-20"])
        try world.write("plan-consultation", review, ["asked": "yes", "said": "Good"])
        try world.step("send-outcome", from: "reviewed", review, "outcome-letter", letterForm)
        let letter = try world.get("\(review)/letter/outcome")
        #expect(letter.problems == [] && letter.says("Name one officer") && letter.says("will do it by 20 June 2026"))
        #expect(letter.says("No report under review had been made to the chair’s body."))
        try world.step("monitor", from: "outcome-sent", review)
        try world.write("monitoring", review, ["all-done": "yes", "behaviour": "yes", "victim-told": "yes"])
        #expect(try world.get("\(review)/step/close").says("1 recommendation is not done with"))
        try world.write("carried-out", review, ["which": link, "evidence": "The letter of appointment"])
        try world.write("recommendation-told", review, ["which": link])
        #expect(try world.get(review).says("Done with"))
        try world.step(
            "close", from: "monitored", review, "closing", ["outcome": "reviewed", "reason": "It ended"],
            days: ["told": "2026-06-01"])
        #expect(try !world.get("/case-reviews").says("ACR-2026-000001"))
        #expect(try world.get("/case-reviews?over=yes").says("ACR-2026-000001"))
    }

    @Test("A chair from a body to which complaints were made is not taken without a reason", arguments: Engine.allCases)
    func chair(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply()
        try world.bringToRecords(review, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.post("\(review)/count", [:])
        try world.step("met", from: "records", review, "threshold", ["reason": "Three"], days: ["told": "2026-06-01"])
        try world.write("participation", review, ["how": "in-person"])
        try world.step("arrange", from: "met", review)
        let given = ["chair": "Col Leader", "chair-agency": "council", "there": "police", "found": "Nobody led"]
        let refused = try world.send("\(review)/step/review", "review-meeting", given, ["from": "panel"])
        #expect(refused.status == .badRequest && refused.problems == [])
        #expect(refused.says("href=\"#review-meeting-chair-agency\"") && refused.says("Col Leader"))
        let reason = given.merging(["chair-reason": "No other body had one"]) { $1 }
        try world.step("review", from: "panel", review, "review-meeting", reason)
        #expect(try world.get(review).says("Not independent"))
        #expect(
            try world.get("\(review)/letter/outcome").says(
                "The chair comes from a body to which reports were made. No other body had one"))
    }

    @Test("Incidents of the victim’s own cases become complaints once", arguments: Engine.allCases)
    func incidents(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let opened = try world.post(
            "/cases/new/asb",
            [
                "heading": "Shouting at Elm House", "party-victim-given": "Zoë", "party-victim-family": "O’Brien",
                "incident-happened-on-day": "31", "incident-happened-on-month": "5",
                "incident-happened-on-year": "2026", "incident-category": "personal",
                "incident-description": "Shouted under the window", "incident-evidence": "allegation",
                "incident-source": "The victim", "team": "asb-team",
            ])
        #expect(opened.status == .seeOther)
        let person = try #require(
            try world.site.site.database.read { try $0.first("SELECT id FROM people")?.get("id", as: String.self) })
        let review = try world.apply(["party-victim": person])
        let page = try world.get("\(review)/incidents")
        #expect(page.problems == [] && page.says("Shouted under the window") && page.says("ASB-2026-000001"))
        #expect(try world.post("\(review)/incidents", [:]).says("href=\"#incident\""))
        let entry = try #require(page.between("name=\"incident\" type=\"checkbox\" value=\"", "\""))
        #expect(try world.post("\(review)/incidents", ["incident": entry]).location == "\(review)/count")
        let count = try world.get("\(review)/count")
        #expect(count.says("The complaint of 1 June 2026 about what happened on 31 May 2026 counts."))
        #expect(try world.get("\(review)/incidents").says("Taken already: 1."))
        _ = try world.post("\(review)/incidents", ["incident": entry])
        let complaints = try world.site.site.database.read {
            try $0.rows("SELECT id FROM case_entries WHERE form = 'complaint'").count
        }
        #expect(complaints == 1)
    }

    @Test("Who may not see a review gets the page of one that is not there", arguments: Engine.allCases)
    func hidden(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.reviewed()
        let absent = "/case-reviews/01890000-0000-7000-8000-000000000099"
        for part in ["", "/count", "/incidents", "/write/complaint", "/step/appeal", "/letter/outcome"] {
            let hidden = try world.get(review + part, world.police)
            let none = try world.get(absent + part, world.police)
            #expect(hidden.status == .notFound && hidden.textWithoutTokens == none.textWithoutTokens, "\(part)")
        }
        for part in ["/count", "/incidents", "/write/answer", "/step/send-outcome", "/letter/outcome"] {
            #expect(try world.post(review + part, ["from": "reviewed"], world.police).status == .notFound, "\(part)")
        }
        #expect(try !world.get("/case-reviews", world.police).says("ACR-2026"))
        // A case of another type is no review.
        #expect(try world.get("\(review)/letter/appeal").status == .notFound)
        #expect(try world.get("\(review)/write/threshold").status == .notFound)
    }

    @Test("Two people move a review on: the second is told where it stands", arguments: Engine.allCases)
    func both(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply()
        let given = ["contact-person": "Orla", "explained": "yes"]
        try world.step("acknowledge", from: "received", review, "acknowledgement", given)
        let again = try world.send(
            "\(review)/step/withdraw", "closing", ["outcome": "withdrawn", "reason": "x"], days: ["told": "2026-06-01"],
            ["from": "received", "reason": "They rang"])
        #expect(again.status == .badRequest && again.says("it is now Acknowledged"))
    }
}
