import Governance
import Instruments
import Kernel
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("What is counted of a case")
struct CaseHistoryTests {
    typealias W = CaseWorld

    private static func entry(
        _ number: Int, _ colour: String, on day: String?, at written: String, correcting old: ID<CaseEntry>? = nil,
        superseded: Bool = false
    ) throws -> CaseEntry {
        let at = try #require(LocalDate(written)).startInUK
        return CaseEntry(
            id: try #require(ID("01890000-0000-7000-8000-00000000000\(number)")), form: W.word("rag"), typeVersion: "1",
            answers: W.answers(["colour": colour]), happenedOn: day.flatMap { LocalDate($0) }, evidence: nil,
            source: nil,
            handling: .general, agency: W.word("council"), madeBy: W.officer.account, madeAt: at, supersedes: old,
            supersededAt: superseded ? at : nil)
    }

    /// Red on 1 January and green on 1 March; on 5 March the words of January are corrected.
    @Test(
        "A correction stands on the day of what it corrects, whether the form tells of a day or not",
        arguments: [true, false])
    func corrected(_ happens: Bool) throws {
        func day(_ text: String) -> String? { happens ? text : nil }
        let first = try Self.entry(1, "amber", on: day("2026-01-01"), at: "2026-01-01", superseded: true)
        let second = try Self.entry(2, "green", on: day("2026-03-01"), at: "2026-03-01")
        let third = try Self.entry(3, "red", on: day("2026-01-01"), at: "2026-03-05", correcting: first.id)
        let entries = CaseHistory.entries([first, second, third], [W.word("rag"): ["colour"]])
        #expect(entries.map { $0.answers["colour"] } == [["red"], ["green"]])
        #expect(entries.map(\.day.description) == ["2026-01-01", "2026-03-01"])
    }

    @Test("What was written late of an earlier day stands before what happened later")
    func late() throws {
        let second = try Self.entry(1, "green", on: "2026-03-01", at: "2026-03-01")
        let first = try Self.entry(2, "red", on: "2026-01-01", at: "2026-03-05")
        let entries = CaseHistory.entries([second, first], [W.word("rag"): ["colour"]])
        #expect(entries.map { $0.answers["colour"] } == [["red"], ["green"]])
    }
}

@Suite("Who reads the answers of an assessment", .serialized)
struct AssessmentAnswersTests {
    typealias W = CaseWorld

    /// All questions of the demonstration instrument for domestic abuse are about someone's safety (casework.md 4.2: P3).
    @Test("Who reads no safety sees the level, and none of its answers", arguments: TestDatabase.engines)
    func answers(_ engine: Engine) throws {
        let world = try W(engine)
        let marac = try CaseJourney(
            "marac", in: world, ["victim": "Ada"],
            ["referral": ["route": "judgement", "why": "He has her keys", "immediate": "no", "aware": "yes"]])
        try marac.assess("domestic-abuse-demonstration")
        _ = try world.write {
            try world.store.share(
                marac.id, with: W.word("police"), until: W.today.advanced(by: 30), highest: .p2, gateway: "Section 115",
                reason: "They come to the meeting", on: world.occasion(W.supervisor), in: $0
            ).get()
        }
        let own = try #require(try world.view(marac.id, marac.worker).assessments.first)
        let theirs = try #require(try world.view(marac.id, W.police).assessments.first)
        #expect(own.answers.given.count == 24 && !own.hasHidden)
        #expect(theirs.answers.given.isEmpty && theirs.hasHidden && theirs.holds == own.holds)
    }
}
