import Casework
import Governance
import Kernel
import Rules
import Storage
import TestDatabases
import Testing

@testable import CaseReview

@Suite("Appeals, and what is asked for once more", .serialized)
struct AppealTests {
    typealias W = ReviewWorld
    private let letter = ["counts": "yes", "recommendations": "yes", "appeal": "yes", "contact": "yes"]

    private func later(_ days: Int) -> Instant { W.now.advanced(bySeconds: Int64(days) * 86_400) }

    private func notMet(_ world: W, told: String? = nil) throws -> ID<CaseRecord> {
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01"])
        _ = try world.keepCount(of: id)
        try world.views("not-met", in: id)
        var given = ["decision": "not-met", "reason": "One counts"]
        given["told"] = told
        try world.go(.notMet, id, "threshold", given)
        return id
    }

    @Test("A second appeal waits for a decision of its own", arguments: Engine.allCases)
    func second(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.keepCount(of: id)
        try world.go(.met, id, "threshold", ["decision": "met", "reason": "Three count"])
        try world.holdReview(id, recommends: false)
        try world.go(.sendOutcome, id, reason: "Nothing was recommended", "outcome-letter", letter)
        let against = ["against": "review", "why": "Nobody asked me"]
        try world.go(.appeal, id, "appeal", against, at: later(1))
        let decision = ["by": "Another council", "decision": "revised", "reason": "She was not asked"]
        _ = try world.fill("appeal-decision", decision, in: id, at: later(2)).get()
        try world.go(.appealChanges, id, at: later(2))
        try world.go(
            .review, id, "review-meeting", ["chair": "Jo", "there": "council police", "found": "Still nobody led"],
            at: later(3))
        _ = try world.fill(
            "recommendation", ["to": "council", "text": "Ask", "due": "2027-01-31"], in: id, at: later(3))
        try world.go(.sendOutcome, id, reason: "They do not answer", "outcome-letter", letter, at: later(4))
        #expect(try world.record(id)?.letters.contains(.appeal) == true)
        try world.go(.appeal, id, "appeal", against, at: later(5))
        let record = try #require(try world.record(id))
        #expect(record.appealDecision == nil && !record.letters.contains(.appeal))
        #expect(
            try world.attempt(.appealChanges, id, at: later(5))
                == ["Have the appeal decided by someone who took no part"])
        _ = try world.fill("appeal-decision", decision.merging(["decision": "upheld"]) { $1 }, in: id, at: later(6))
            .get()
        #expect(try world.record(id)?.appealDecision?.answers["decision"] == ["upheld"])
        try world.go(.appealStands, id, at: later(6))
    }

    @Test("A second review is asked for recommendations and answers of its own", arguments: Engine.allCases)
    func secondReview(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.keepCount(of: id)
        try world.go(.met, id, "threshold", ["decision": "met", "reason": "Three count"])
        try world.holdReview(id, recommends: true)
        let which = try #require(try world.record(id)?.recommendations.first?.id.text)
        let rejects = ["which": which, "body": "council", "answer": "rejects", "reason": "Not ours"]
        _ = try world.fill("answer", rejects, in: id).get()
        _ = try world.fill("plan-consultation", ["asked": "yes"], in: id).get()
        try world.go(.sendOutcome, id, "outcome-letter", letter)
        try world.go(.appeal, id, "appeal", ["against": "review", "why": "No"], at: later(1))
        _ = try world.fill(
            "appeal-decision", ["by": "Another", "decision": "revised", "reason": "Yes"], in: id, at: later(1)
        ).get()
        try world.go(.appealChanges, id, at: later(2))
        let meeting = ["chair": "Jo", "there": "council police", "found": "Nobody led"]
        try world.go(.review, id, "review-meeting", meeting, at: later(3))
        #expect(
            try world.attempt(.sendOutcome, id, "outcome-letter", letter, at: later(4)) == [
                "Record the recommendations", "Record what the bodies answered",
                "Ask the victim about the plan before it is final",
            ])
    }

    @Test("An appeal against the threshold is won by its own decision", arguments: Engine.allCases)
    func threshold(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try notMet(world)
        // Decided by mistake before anyone appealed.
        _ = try world.fill("appeal-decision", ["by": "x", "decision": "revised", "reason": "x"], in: id).get()
        try world.go(.appeal, id, "appeal", ["against": "threshold", "why": "You missed two"], at: later(1))
        #expect(
            try world.attempt(.met, id, "threshold", ["decision": "met", "reason": "x"], at: later(1))
                == ["The appeal has not changed the decision on the threshold"])
    }

    @Test("That the applicant was told of the decision can be said after it", arguments: Engine.allCases)
    func told(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try notMet(world)
        let closing = ["outcome": "not-met", "reason": "One counts", "told": "2026-06-03"]
        #expect(
            try world.attempt(.closeNotMet, id, "closing", closing, at: later(2))
                == ["Tell the applicant the decision, and how to appeal"])
        _ = try world.fill("decision-told", ["how": "By letter"], in: id, on: "2026-06-02", at: later(2)).get()
        #expect(try world.record(id)?.toldOn == day("2026-06-02"))
        try world.go(.closeNotMet, id, "closing", closing, at: later(2))
    }

    // Twenty working days after Monday 1 June 2026: 2 to 5, 8 to 12, 15 to 19, 22 to 26 and 29 June.
    @Test("Closing leaves the applicant the time for an appeal", arguments: Engine.allCases)
    func closed(_ engine: Engine) throws {
        let world = try W(engine)
        let against = ["against": "threshold", "why": "You missed two"]
        let closing = ["outcome": "not-met", "reason": "One counts", "told": "2026-06-01"]
        func closed() throws -> ID<CaseRecord> {
            let id = try notMet(world, told: "2026-06-01")
            try world.go(.closeNotMet, id, "closing", closing)
            return id
        }
        func steps(_ id: ID<CaseRecord>, _ now: Instant) throws -> [CaseReviewMove] {
            let record = try #require(try world.record(id, at: now))
            return try world.reviews.steps(record, on: now.ukDate).map(\.move)
        }
        let late = try closed()
        #expect(try steps(late, later(29)) == [.reopen])
        #expect(
            try world.attempt(.appeal, late, "appeal", against, at: later(29))
                == ["The time for an appeal is over: to look at it again, open it again"])
        let inTime = try closed()
        #expect(try steps(inTime, later(28)) == [.appeal, .reopen])
        try world.go(.appeal, inTime, "appeal", against, at: later(28))
        #expect(try world.record(inTime)?.view.record.closedAt == nil)
        // What an appeal ended is not appealed against again.
        _ = try world.fill(
            "appeal-decision", ["by": "Another", "decision": "upheld", "reason": "No"], in: inTime, at: later(28)
        ).get()
        try world.go(.appealEnds, inTime, "closing", closing, at: later(28))
        #expect(try steps(inTime, later(28)) == [.reopen])
    }

    // Told on Monday 8 June 2026, twenty working days after it: 9 to 12, 15 to 19, 22 to 26 June, 29 June to 3 July, 6 July.
    @Test("The time for an appeal is told in one way: from the day of being told", arguments: Engine.allCases)
    func ends(_ engine: Engine) throws {
        let world = try W(engine)
        let below = try notMet(world)
        _ = try world.fill("decision-told", ["how": "By letter"], in: below, on: "2026-06-08", at: later(7)).get()
        let told = try #require(try world.record(below, at: later(34)))
        #expect(try told.appealUntil == day("2026-07-06") && told.isAppealInTime)
        // No clock says another day.
        #expect(told.view.clocks.filter(\.isOpen).isEmpty)

        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.keepCount(of: id)
        try world.go(.met, id, "threshold", ["decision": "met", "reason": "Three count"])
        try world.holdReview(id, recommends: false)
        // Sent on Monday 1 June, written down on Wednesday.
        let sent = try world.entry("outcome-letter", letter, on: day("2026-06-01"))
        _ = try world.database.write {
            try world.reviews.move(
                id, by: .sendOutcome, from: .reviewed, reason: "Nothing was recommended", entry: sent,
                on: world.occasion(at: later(2)), in: $0
            ).get()
        }
        let record = try #require(try world.record(id, at: later(2)))
        let calendar = try Shipped.calendar()
        let ends = record.view.clocks.filter(\.isOpen).map {
            calendar.deadline($0.running.length, from: $0.running.startedAt)?.lastDay
        }
        #expect(try record.appealUntil == day("2026-06-29") && ends == [day("2026-06-29")])
    }

    @Test("The clocks of an application run from the day on which it came in", arguments: Engine.allCases)
    func received(_ engine: Engine) throws {
        let world = try W(engine)
        // Received on Tuesday 3 March 2026 and typed a week later: three working days after it end on 6 March, fourteen on
        // 23 March.
        let typed = try day("2026-03-10").startInUK.advanced(bySeconds: 36_000)
        let id = try world.apply(on: "2026-03-03", at: typed)
        func due() throws -> [String: LocalDate?] {
            let clocks = try #require(try world.record(id)?.view.clocks.filter(\.isOpen))
            let calendar = try Shipped.calendar()
            return Dictionary(
                clocks.map {
                    ($0.clock.text, calendar.deadline($0.running.length, from: $0.running.startedAt)?.lastDay)
                }
            ) { first, _ in first }
        }
        #expect(try due() == ["acknowledge": day("2026-03-06"), "threshold": day("2026-03-23")])
        // It came in on 5 March: the wrong clocks are stopped, and two run from the right day.
        let application = try #require(try world.record(id)?.view.entries.first { $0.form.text == "application" })
        let answers = ["by": "victim", "consent": "yes", "what": "Noise", "came-by": "phone"]
        try world.correct(application.id, "application", answers, in: id, on: "2026-03-05")
        #expect(try due() == ["acknowledge": day("2026-03-10"), "threshold": day("2026-03-25")])
        // What is opened again begins on that day: three and fourteen working days after Monday 20 April, of which
        // 4 May is a bank holiday.
        try world.go(
            .withdraw, id, reason: "They rang", "closing",
            ["outcome": "withdrawn", "reason": "It stopped", "told": "2026-03-10"], at: typed)
        let again = try day("2026-04-20").startInUK.advanced(bySeconds: 36_000)
        try world.go(.reopen, id, reason: "It began again", at: again)
        #expect(try due() == ["acknowledge-again": day("2026-04-23"), "threshold-again": day("2026-05-11")])
    }
}
