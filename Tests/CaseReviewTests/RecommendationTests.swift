import Kernel
import Testing

@testable import CaseReview

@Suite("Recommendations of a case review")
struct RecommendationTests {
    typealias Refusal = CaseReviewRecommendation.Refusal

    private func recommendation() throws -> CaseReviewRecommendation {
        CaseReviewRecommendation(
            id: try id(1), to: try word("council"), text: "Light the path behind the shops.",
            madeOn: try day("2026-06-01"))
    }

    @Test("It is closed when it is answered, done, shown and told, and not before")
    func close() throws {
        var it = try recommendation()
        #expect(throws: Refusal.missing([.answer])) { try it.close(on: day("2026-06-02")) }
        try it.record(.accepts(due: day("2026-08-31")), on: day("2026-06-10"))
        try it.recordVictimInformed(on: day("2026-06-12"))
        #expect(throws: Refusal.missing([.done, .evidence])) { try it.close(on: day("2026-09-01")) }
        #expect(throws: Refusal.missing([.evidence])) { try it.recordDone(evidence: " ", on: day("2026-08-20")) }
        try it.recordDone(evidence: "Photograph of 20 August", on: day("2026-08-20"))
        // What the victim was told in June does not tell them of August.
        #expect(throws: Refusal.missing([.victimInformed])) { try it.close(on: day("2026-09-01")) }
        try it.recordVictimInformed(on: day("2026-08-21"))
        try it.close(on: day("2026-09-01"))
        #expect(try it.closedOn == day("2026-09-01"))
        #expect(throws: Refusal.closed) { try it.recordVictimInformed(on: day("2026-09-02")) }
        #expect(throws: Refusal.closed) { try it.close(on: day("2026-09-02")) }
    }

    @Test("A body that rejects it, or part of it, says why; then nothing is done, and the victim is told")
    func reject() throws {
        var it = try recommendation()
        #expect(throws: Refusal.reasonNeeded) { try it.record(.rejects(reason: ""), on: day("2026-06-10")) }
        #expect(throws: Refusal.reasonNeeded) {
            try it.record(.partly(due: day("2026-08-31"), reason: "\n"), on: day("2026-06-10"))
        }
        try it.record(.rejects(reason: "The path is not ours."), on: day("2026-06-10"))
        #expect(throws: Refusal.notAccepted) { try it.recordDone(evidence: "Letter", on: day("2026-06-11")) }
        #expect(it.missing == [.victimInformed])
        try it.recordVictimInformed(on: day("2026-06-10"))
        try it.close(on: day("2026-06-11"))
        #expect(it.evidence == nil)
    }

    @Test("It is late when its day has passed and it is not done, or was done later")
    func late() throws {
        var it = try recommendation()
        #expect(try !it.isLate(on: day("2027-01-01")))
        try it.record(.partly(due: day("2026-08-31"), reason: "One lamp only"), on: day("2026-06-10"))
        #expect(try !it.isLate(on: day("2026-08-31")) && it.isLate(on: day("2026-09-01")))
        try it.recordDone(evidence: "Invoice", on: day("2026-08-31"))
        #expect(try !it.isLate(on: day("2026-12-01")))
    }

    @Test("Nothing happens before the review made it")
    func early() throws {
        var it = try recommendation()
        #expect(throws: Refusal.tooEarly) { try it.record(.accepts(due: day("2026-08-31")), on: day("2026-05-31")) }
        #expect(throws: Refusal.tooEarly) { try it.record(.accepts(due: day("2026-05-31")), on: day("2026-06-02")) }
    }
}
