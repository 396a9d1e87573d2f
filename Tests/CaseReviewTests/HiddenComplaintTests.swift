import Casework
import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@testable import CaseReview

@Suite("Complaints that an agency keeps to itself, and those of nobody in particular", .serialized)
struct HiddenComplaintTests {
    typealias W = ReviewWorld

    @Test("What is written on a review is shared by its bodies, whatever was ticked", arguments: Engine.allCases)
    func shared(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        var entry = try world.entry(
            "complaint", ["made": "2026-05-01", "to": "council", "what": "Music", "by": "victim"],
            on: CaseReviewTests.day("2026-05-01"))
        entry.handling = .ownAgency
        _ = try world.database.write { try world.reviews.fill(entry, in: id, on: world.occasion(), in: $0).get() }
        #expect(try world.record(id)?.entries("complaint").map(\.handling) == [.general])
    }

    @Test(
        "A count is kept, and the threshold refused, only by who sees every complaint there is",
        arguments: Engine.allCases)
    func count(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        #expect(try world.record(id)?.count?.count == 3)
        // One from before this was refused: another agency kept it within itself.
        try world.database.write {
            _ = try $0.run(
                """
                UPDATE case_entries SET handling = 'own-agency', agency = 'police'
                WHERE form = 'complaint' AND happened_on = '2026-05-20'
                """)
        }
        let record = try #require(try world.record(id))
        #expect(record.complaints.count == 2 && record.count == nil)
        let kept = try world.database.write { try world.reviews.keepCount(of: id, on: world.occasion(), in: $0) }
        guard case .failure(.problems(let problems)) = kept else {
            Issue.record("It was counted")
            return
        }
        #expect(problems.map(\.says).joined().contains("not visible to you"))
        #expect(try world.record(id)?.counts == [])
    }

    @Test("A threshold is not refused on a short count that was kept before", arguments: Engine.allCases)
    func notMet(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10"])
        _ = try world.keepCount(of: id)
        try world.views("not-met", in: id)
        try world.complain("2026-05-20", in: id)
        try world.database.write {
            _ = try $0.run(
                """
                UPDATE case_entries SET handling = 'own-agency', agency = 'police'
                WHERE form = 'complaint' AND happened_on = '2026-05-20'
                """)
        }
        let says = try world.attempt(.notMet, id, "threshold", ["decision": "not-met", "reason": "Two count"])
        #expect(says.joined().contains("not visible to you"))
        #expect(try world.record(id)?.state == .records)
    }

    @Test("Someone of the household without a name is not counted as another person", arguments: Engine.allCases)
    func household(_ engine: Engine) throws {
        let world = try W(
            engine, rules: [(key: "caseReview.unit", value: "\"household\"", from: "2026-01-01")])
        let id = try world.apply()
        try world.complain("2026-05-01", in: id, ["by": "victim"])
        for day in ["2026-05-10", "2026-05-20"] { try world.complain(day, in: id, ["by": "household"]) }
        let count = try #require(try world.record(id)?.count)
        #expect(count.count == 1 && count.reporters == 1)
        #expect(count.items.map(\.reason) == [nil, .anonymous, .anonymous])
    }

    @Test("A correction is judged by what stood before the entry that it corrects", arguments: Engine.allCases)
    func correction(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.keepCount(of: id)
        try world.go(.met, id, "threshold", ["decision": "met", "reason": "Three count"])
        try world.holdReview(id, recommends: true)
        let which = try #require(try world.record(id)?.recommendations.first?.id.text)
        func answer(_ given: [String: String]) throws {
            let all = ["which": which, "body": "council", "reason": "As the chair asked"].merging(given) { $1 }
            _ = try world.fill("answer", all, in: id).get()
        }
        try answer(["answer": "accepts", "due": "2026-09-01"])
        let done = ["which": which, "evidence": "The rota"]
        let first = try world.fill("carried-out", done, in: id).get()
        try answer(["answer": "rejects"])
        // Nothing is done of what is rejected; what was said to be done before that can still be put right.
        #expect(throws: CaseRefusal.self) { try world.fill("carried-out", done, in: id).get() }
        var entry = try world.entry(
            "carried-out", done.merging(["evidence": "The rota of June"]) { $1 }, on: W.now.ukDate)
        entry.supersedes = first
        _ = try world.database.write { try world.reviews.fill(entry, in: id, on: world.occasion(), in: $0).get() }
        #expect(try world.record(id)?.entries("carried-out").map { $0.answers["evidence"] } == [["The rota of June"]])
    }
}
