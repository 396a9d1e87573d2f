import Casework
import Governance
import Kernel
import Rules
import Storage
import Testing

@testable import CaseReview

@Suite("Reviews on their cases", .serialized)
struct CaseReviewCasesTests {
    typealias W = ReviewWorld

    @Test(
        "Which complaints count is kept with the rules of the day, and never judged again", arguments: Engine.allCases)
    func kept(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        // By the Act three are needed. The first is more than six months before 1 June 2026, and the second is the same
        // incident as the third.
        try world.bringToRecords(id, complaints: ["2025-11-15", "2026-04-02"])
        let first = try #require(try world.record(id)?.complaints.last?.entry.id)
        try world.complain("2026-04-02", in: id, ["to": "police", "same-incident": first.text])
        let kept = try world.keepCount(of: id)
        #expect(kept.count == 1 && !kept.isMet && kept.items.map(\.counts) == [false, true, false])
        #expect(kept.items[0].says.contains("14 May 2026") && kept.items[2].says.contains("same incident"))
        #expect(kept.rule("caseReview.complaints.n")?.says == "3")
        #expect(try kept.rule("caseReview.complaints.n")?.from == day("2014-10-20"))
        // The partnership's file is changed afterwards, also for days that are past: the kept count stays.
        let changed = try world.under(Shipped.rules(("caseReview.complaints.n", "1")))
        let found = try world.database.write { try changed.read(id, on: world.occasion(), in: $0) }
        guard case .found(let record) = found else { throw Fault("no review") }
        #expect(record.counts == [kept] && record.isCountCurrent)
        #expect(record.count.map { CaseReviewThreshold($0).isMet } == true)
        // Another complaint makes the count out of date; counting again keeps both.
        try world.complain("2026-05-20", in: id)
        #expect(try world.record(id)?.isCountCurrent == false)
        #expect(
            try world.attempt(.met, id, "threshold", ["decision": "met", "reason": "x"]).first?.contains(
                "count them again")
                == true)
        let second = try world.keepCount(of: id)
        #expect(try world.record(id)?.counts == [kept, second] && second.count == 2)
    }

    @Test("What the count has met nobody can refuse, and nobody refuses alone", arguments: Engine.allCases)
    func threshold(_ engine: Engine) throws {
        let world = try W(engine)
        let met = try world.apply()
        try world.bringToRecords(met, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        let refusal = ["decision": "not-met", "reason": "We think not"]
        #expect(try world.attempt(.met, met, "threshold", refusal) == ["Count the complaints, and keep the count"])
        _ = try world.keepCount(of: met)
        try world.views("not-met", in: met)
        #expect(
            try world.attempt(.notMet, met, "threshold", refusal)
                == ["The threshold is met, and cannot be refused: enough qualifying complaints were made"])
        try world.go(.met, met, "threshold", ["decision": "met", "reason": "Three count"])
        #expect(try world.record(met)?.decision?.answers["counted"] == ["3"])

        let short = try world.apply()
        try world.bringToRecords(short, complaints: ["2026-05-01"])
        _ = try world.keepCount(of: short)
        #expect(try world.attempt(.met, short, "threshold", ["decision": "met", "reason": "x"]).count == 1)
        let alone = try world.attempt(.notMet, short, reason: "No time", "threshold", refusal)
        #expect(alone.count == 1 && alone[0].contains("0 of 3"))
        try world.views("not-met", in: short)
        try world.go(.notMet, short, "threshold", refusal)
        #expect(
            try world.attempt(.arrange, short, reason: "x")
                == ["The bodies decided not to review it: only an appeal changes that"])
    }

    @Test("A finding of harm meets the threshold where the procedure has such a test", arguments: Engine.allCases)
    func harm(_ engine: Engine) throws {
        let finding = [
            "persistence": "Each night", "harm": "No sleep", "response": "None", "finding": "yes",
            "reason": "See above",
        ]
        let answer = ["decision": "met", "reason": "Harm"]
        for (value, isMet) in [("true", true), ("false", false)] {
            let world = try W(engine, rules: [("caseReview.harmTest", value, "2014-10-20")])
            let id = try world.apply()
            try world.bringToRecords(id, complaints: ["2026-05-01"])
            _ = try world.keepCount(of: id)
            _ = try world.fill("harm-test", finding, in: id).get()
            #expect(try world.record(id)?.isMetByHarm == isMet)
            // Where the count is short nobody decides alone.
            let alone = try world.attempt(.met, id, "threshold", answer)
            #expect(alone.count == 1 && alone[0].contains("0 of 3") == isMet)
            try world.views("met", in: id)
            #expect(try world.attempt(.met, id, "threshold", answer).isEmpty == isMet)
        }
    }

    @Test("An application for a victim who has not agreed stays as it is", arguments: Engine.allCases)
    func consent(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply(["by": "other", "consent": "no"])
        try world.go(.acknowledge, id, "acknowledgement", ["contact-person": "Sam", "explained": "yes"])
        _ = try world.fill(
            "validity", ["area": "yes", "asb": "yes", "reviewed-before": "no", "reason": "All here"], in: id
        ).get()
        #expect(try world.record(id)?.consent == .awaited)
        #expect(try world.attempt(.validate, id, reason: "Urgent").first?.contains("agreement") == true)
        _ = try world.fill(
            "application", ["by": "other", "consent": "yes", "what": "Noise", "came-by": "phone"], in: id
        ).get()
        #expect(try world.record(id)?.consent == .given)
        try world.go(.validate, id)
    }

    @Test(
        "A chair from a body that was complained of needs a reason, and is not called independent",
        arguments: Engine.allCases)
    func chair(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.keepCount(of: id)
        try world.go(.met, id, "threshold", ["decision": "met", "reason": "Three count"])
        _ = try world.fill("participation", ["how": "in-person"], in: id).get()
        try world.go(.arrange, id)
        var meeting = ["chair": "Jo", "chair-agency": "council", "there": "council police", "found": "Nobody led"]
        // Nobody types that a chair is independent.
        meeting["independent"] = "yes"
        #expect(try world.attempt(.review, id, "review-meeting", meeting).first?.contains("not independent") == true)
        meeting["chair-reason"] = "No other body has a chair this month"
        try world.go(.review, id, "review-meeting", meeting)
        #expect(try world.record(id)?.entries("review-meeting").last?.answers["independent"] == ["no"])
    }

    @Test("A review is followed until every recommendation is answered, done and told", arguments: Engine.allCases)
    func following(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.keepCount(of: id)
        try world.go(.met, id, "threshold", ["decision": "met", "reason": "Three count"])
        try world.holdReview(id, recommends: true)
        _ = try world.fill("plan-consultation", ["asked": "yes", "said": "Good"], in: id).get()
        let letter = ["counts": "yes", "recommendations": "yes", "appeal": "yes", "contact": "yes"]
        #expect(
            try world.attempt(.sendOutcome, id, "outcome-letter", letter).first?.contains(
                "1 recommendation is not answered")
                == true)
        let which = try #require(try world.record(id)?.recommendations.first?.id.text)
        let early = try world.fill("carried-out", ["which": which, "evidence": "A letter"], in: id)
        #expect(throws: CaseRefusal.self) { try early.get() }
        _ = try world.fill(
            "answer", ["which": which, "body": "council", "answer": "accepts", "reason": "Yes", "due": "2026-06-20"],
            in: id
        ).get()
        try world.go(.sendOutcome, id, "outcome-letter", letter)
        try world.go(.monitor, id)
        let closing = ["outcome": "reviewed", "reason": "Done", "told": "2026-06-01"]
        _ = try world.fill("monitoring", ["all-done": "yes", "behaviour": "yes", "victim-told": "yes"], in: id).get()
        #expect(
            try world.attempt(.close, id, "closing", closing).first?.contains("1 recommendation is not done with")
                == true)
        _ = try world.fill("carried-out", ["which": which, "evidence": "The letter of appointment"], in: id).get()
        #expect(try world.record(id)?.recommendations.first?.missing == [.victimInformed])
        _ = try world.fill("recommendation-told", ["which": which], in: id).get()
        try world.go(.close, id, "closing", closing)
        #expect(try world.record(id)?.state == .closed)
    }

    @Test("The local policing body is asked only while its rule holds", arguments: Engine.allCases)
    func policingBody(_ engine: Engine) throws {
        let answer = ["decision": "not-met", "reason": "Too few"]
        for (value, isOpen) in [("true", true), ("false", false)] {
            let world = try W(engine, rules: [("caseReview.lpbReview", value, "2014-10-20")])
            let id = try world.apply()
            try world.bringToRecords(id, complaints: ["2026-05-01"])
            _ = try world.keepCount(of: id)
            try world.views("not-met", in: id)
            try world.go(.notMet, id, "threshold", answer)
            let record = try #require(try world.record(id))
            let steps = try world.reviews.steps(record, on: W.now.ukDate).map(\.move)
            #expect(steps.contains(.askPolicingBody) == isOpen)
            #expect(try world.attempt(.askPolicingBody, id, "policing-request", ["why": "Unfair"]).isEmpty == isOpen)
        }
    }

    @Test(
        "An agency with which a review is shared in part sees the kept count, and counts nothing itself",
        arguments: Engine.allCases)
    func shared(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01"])
        let kept = try world.keepCount(of: id)
        let police = try word("police", Agency.self)
        try world.database.write { connection in
            _ = try world.reviews.cases.register.change(ID(id), on: world.occasion(), in: connection) {
                $0.facts.shares = [
                    .init(
                        agency: police, from: W.now.ukDate, highest: .p1,
                        gateway: "Anti-social Behaviour, Crime and Policing Act 2014, Schedule 4")
                ]
            }.get()
        }
        let record = try #require(try world.record(id, "case-officer", agency: "police"))
        // What the complaint was about is deeper than the share, so that a count of theirs would not be whole.
        #expect(record.counts == [kept] && record.count == nil)
        #expect(record.entries("complaint").allSatisfy { $0.hasHidden && $0.answers["what"].isEmpty })
        let result = try world.database.write {
            try world.reviews.keepCount(of: id, on: world.occasion("case-officer", agency: "police"), in: $0)
        }
        #expect(throws: CaseRefusal.self) { try result.get() }
        #expect(try world.record(id)?.counts.count == 1)
    }

    @Test("Who may not see a review finds none, and the reading of a count is in the audit", arguments: Engine.allCases)
    func hidden(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01"])
        _ = try world.keepCount(of: id)
        #expect(try world.record(id, "case-officer", agency: "police") == nil)
        _ = try world.record(id)
        let reads = try world.database.read {
            try $0.rows("SELECT object_fields FROM audit_entries WHERE act = 'read' AND object_fields LIKE '%counts%'")
                .count
        }
        #expect(reads > 0)
    }
}

@Suite("The figures of the cases there are", .serialized)
struct CaseReviewHistoryTests {
    typealias W = ReviewWorld

    private func met(_ world: W, recommends: Bool) throws -> ID<CaseRecord> {
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.keepCount(of: id)
        try world.go(.met, id, "threshold", ["decision": "met", "reason": "Three count"])
        try world.holdReview(id, recommends: recommends)
        return id
    }

    private func notMet(_ world: W, _ decision: String) throws -> ID<CaseRecord> {
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01"])
        _ = try world.keepCount(of: id)
        try world.views("not-met", in: id)
        try world.go(.notMet, id, "threshold", ["decision": decision, "reason": "One counts"])
        return id
    }

    private func figures(_ world: W) throws -> CaseReviewFigures {
        let year = try CaseReviewYear(containing: W.now.ukDate, world.reviews.cases.policy)
        return try world.database.write {
            try world.figures.compute(year, on: world.occasion("analyst"), in: $0).get().figures
        }
    }

    private func four(_ figures: CaseReviewFigures) -> [Int] {
        [figures.applications, figures.thresholdNotMet, figures.reviews, figures.reviewsWithRecommendations]
    }

    // Newcastle-under-Lyme printed for 2023/24: 5 applications, 0 not met, 3 reviews, 3 with recommendations (casework.md
    // §5.2); two of the five had come to neither.
    @Test("Cases like those of Newcastle-under-Lyme give its row", arguments: Engine.allCases)
    func newcastle(_ engine: Engine) throws {
        let world = try W(engine)
        for _ in 0..<3 { _ = try met(world, recommends: true) }
        let withdrawn = try world.apply()
        let closing = ["outcome": "withdrawn", "reason": "Moved away", "told": "2026-06-01"]
        try world.go(.withdraw, withdrawn, reason: "They wrote", "closing", closing)
        _ = try world.apply()
        let figures = try figures(world)
        #expect(four(figures) == [5, 0, 3, 3])
        #expect(figures.count(.withdrawn) == 1 && figures.count(.pending) == 1)
    }

    // Watford printed for 2022: 6 requests, 5 reviews, 4 with recommendations, 1 dropped by the applicant.
    @Test("Cases like those of Watford give its row", arguments: Engine.allCases)
    func watford(_ engine: Engine) throws {
        let world = try W(engine)
        for number in 0..<5 { _ = try met(world, recommends: number < 4) }
        let withdrawn = try world.apply()
        try world.go(
            .withdraw, withdrawn, reason: "They rang", "closing",
            ["outcome": "withdrawn", "reason": "It stopped", "told": "2026-06-01"])
        #expect(try four(figures(world)) == [6, 0, 5, 4])
    }

    // Stafford reviewed in 2021/22 an application that had not met the threshold: it is both not met and reviewed here.
    @Test(
        "A review without the threshold counts as not met and as reviewed, an appeal that is won as met",
        arguments: Engine.allCases)
    func discretion(_ engine: Engine) throws {
        let world = try W(engine)
        let chosen = try notMet(world, "not-met-reviewed")
        try world.holdReview(chosen, recommends: true)
        #expect(try four(figures(world)) == [1, 1, 1, 1])
        let refused = try notMet(world, "not-met")
        #expect(try four(figures(world)) == [2, 2, 1, 1])
        try world.go(.appeal, refused, "appeal", ["against": "threshold", "why": "You missed two"])
        // Only what can come of an appeal against the threshold is offered.
        let appealed = try #require(try world.record(refused))
        #expect(try world.reviews.steps(appealed, on: W.now.ukDate).map(\.move) == [.met, .appealEnds])
        _ = try world.fill(
            "appeal-decision", ["by": "Another council", "decision": "revised", "reason": "They count"], in: refused
        ).get()
        try world.go(.met, refused, "threshold", ["decision": "met", "reason": "On appeal"])
        let figures = try figures(world)
        #expect(four(figures) == [2, 1, 1, 1] && figures.count(.metAwaiting) == 1)
    }

    @Test(
        "What is taken back after a review, or after the threshold was not met, stays in the figures",
        arguments: Engine.allCases)
    func takenBack(_ engine: Engine) throws {
        let world = try W(engine)
        let closing = ["outcome": "withdrawn", "reason": "Moved away", "told": "2026-06-01"]
        let reviewed = try met(world, recommends: true)
        let letter = ["counts": "yes", "recommendations": "yes", "appeal": "yes", "contact": "yes"]
        let which = try #require(try world.record(reviewed)?.recommendations.first?.id.text)
        _ = try world.fill(
            "answer", ["which": which, "body": "council", "answer": "rejects", "reason": "Not ours"], in: reviewed
        ).get()
        try world.go(.sendOutcome, reviewed, reason: "She is away", "outcome-letter", letter)
        try world.go(.appeal, reviewed, "appeal", ["against": "review", "why": "Unfair"])
        _ = try world.fill(
            "appeal-decision", ["by": "Another council", "decision": "revised", "reason": "Yes"], in: reviewed
        ).get()
        try world.go(.appealChanges, reviewed)
        try world.go(.withdraw, reviewed, reason: "They wrote", "closing", closing)
        // s.104(9)(c) and (d): the review was held, and made recommendations.
        #expect(try four(figures(world)) == [1, 0, 1, 1])
        let below = try notMet(world, "not-met-reviewed")
        _ = try world.fill("participation", ["how": "none"], in: below).get()
        try world.go(.arrange, below)
        try world.go(.withdraw, below, reason: "They wrote", "closing", closing)
        // s.104(9)(b): the threshold was not met.
        #expect(try four(figures(world)) == [2, 1, 1, 1])
        // Met, and taken back before any review: an application and no more.
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.keepCount(of: id)
        try world.go(.met, id, "threshold", ["decision": "met", "reason": "Three count"])
        try world.go(.withdraw, id, reason: "They wrote", "closing", closing)
        let figures = try figures(world)
        #expect(four(figures) == [3, 1, 1, 1] && figures.count(.withdrawn) == 1)
    }

    @Test("Who may not compute figures learns nothing of the cases", arguments: Engine.allCases)
    func refused(_ engine: Engine) throws {
        let world = try W(engine)
        _ = try world.apply()
        let year = try CaseReviewYear(containing: W.now.ukDate, world.reviews.cases.policy)
        let result = try world.database.write {
            try world.figures.compute(year, on: world.occasion("case-officer"), in: $0)
        }
        #expect(throws: CaseReviewRefusal.self) { try result.get() }
        #expect(
            try world.database.write { try world.figures.prepared(on: world.occasion("case-officer"), in: $0) } == [])
        _ = try figures(world)
        #expect(
            try world.database.write { try world.figures.prepared(on: world.occasion("analyst"), in: $0) }.count == 1)
    }
}
