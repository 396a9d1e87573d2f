import Casework
import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import CaseReview

@Suite("A correction is the same complaint, recommendation or incident as what it corrects", .serialized)
struct CorrectionTests {
    typealias W = ReviewWorld

    @Test("An incident told to two bodies counts once, whichever of the two is corrected", arguments: Engine.allCases)
    func sameIncident(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        let a = try world.complain("2026-05-01", in: id)
        let b = try world.complain("2026-05-01", in: id, ["to": "police", "same-incident": a.text])
        try world.complain("2026-05-20", in: id)
        #expect(try world.record(id)?.count?.count == 2)
        let music = ["made": "2026-05-01", "to": "council", "what": "Loud music"]
        let again = try world.correct(a, "complaint", music, in: id, on: "2026-05-01")
        #expect(try world.record(id)?.count?.count == 2)
        try world.correct(again, "complaint", music, in: id, on: "2026-05-01")
        #expect(try world.record(id)?.count?.count == 2)
        let police = music.merging(["to": "police", "same-incident": a.text]) { $1 }
        try world.correct(b, "complaint", police, in: id, on: "2026-05-01")
        #expect(try world.record(id)?.count?.count == 2)
    }

    @Test("A reference that was corrected still names its complaint", arguments: Engine.allCases)
    func reference(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        let a = try world.complain("2026-05-01", in: id, ["reference": "ASB 17"])
        try world.complain("2026-05-01", in: id, ["to": "police", "same-incident": "asb 17"])
        let right = ["made": "2026-05-01", "to": "council", "what": "Music", "reference": "ASB 71"]
        try world.correct(a, "complaint", right, in: id, on: "2026-05-01")
        #expect(try world.record(id)?.count?.count == 1)
    }

    @Test(
        "A corrected recommendation keeps its answer, what shows that it was done, and that the victim was told",
        arguments: Engine.allCases)
    func recommendation(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        try world.bringToRecords(id, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try world.keepCount(of: id)
        try world.go(.met, id, "threshold", ["decision": "met", "reason": "Three count"])
        try world.holdReview(id, recommends: true)
        let made = try #require(try world.record(id)?.entries("recommendation").last?.id)
        let which = ["which": made.text]
        let accepts = ["body": "council", "answer": "accepts", "reason": "Yes", "due": "2026-09-01"]
        let answer = try world.fill("answer", which.merging(accepts) { $1 }, in: id).get()
        _ = try world.fill("carried-out", which.merging(["evidence": "The rota"]) { $1 }, in: id).get()
        _ = try world.fill("recommendation-told", which, in: id).get()
        let text = ["to": "council", "text": "Name one officer who answers", "due": "2027-01-31"]
        let corrected = try world.correct(made, "recommendation", text, in: id)
        func only() throws -> CaseReviewRecommendation {
            let all = try #require(try world.record(id)?.recommendations)
            #expect(all.count == 1)
            return try #require(all.first)
        }
        #expect(try only().text == "Name one officer who answers" && only().evidence == "The rota")
        #expect(try only().missing == [])
        // An answer that is put right comes no later than it did.
        try world.correct(answer, "answer", which.merging(accepts) { $1 }, in: id)
        #expect(try only().missing == [])
        // Whoever has the page open from before the correction, or after it, names the same one.
        for name in [made, corrected] {
            _ = try world.fill("recommendation-told", ["which": name.text], in: id).get()
        }
    }

    @Test("An incident that was taken stays taken when it is corrected", arguments: Engine.allCases)
    func incident(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.apply()
        let victim = try #require(try world.record(id)?.victim.flatMap { ID<Person>($0.text) })
        func incident(_ what: String) throws -> NewEntry {
            var entry = try world.entry(
                "incident", ["category": "personal", "description": what], on: day("2026-05-30"))
            entry.evidence = .allegation
            entry.source = "The victim"
            return entry
        }
        let asb = try world.database.write { connection in
            try world.reviews.cases.open(
                NewCase(
                    word("asb"), heading: "Shouting", parties: [NewParty(word("victim"), victim)],
                    entries: [incident("Shouted")]), on: world.occasion(), in: connection
            ).get()
        }
        func incidents() throws -> [CaseReviewIncident] {
            let record = try #require(try world.record(id))
            return try world.database.write {
                try world.reviews.incidents(for: record, on: world.occasion(), in: $0)
            }
        }
        let first = try #require(try incidents().first)
        func take(_ entry: ID<CaseEntry>) throws -> Int {
            try world.database.write { try world.reviews.take([entry], into: id, on: world.occasion(), in: $0).get() }
        }
        #expect(try !first.isTaken && take(first.entry.id) == 1)
        var corrected = try incident("Shouted under the window")
        corrected.supersedes = first.entry.id
        let entry = corrected
        let second = try world.database.write {
            try world.reviews.cases.fill(entry, in: asb, on: world.occasion(), in: $0).get()
        }
        #expect(try incidents().map(\.isTaken) == [true])
        #expect(try take(second) == 0 && world.record(id)?.complaints.count == 1)
    }
}
