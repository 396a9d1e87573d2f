import Kernel
import Testing

@testable import Instruments

@Suite("Assessing risk")
struct RiskAssessmentTests {
    private func problems(_ instrument: RiskInstrument, _ answers: RiskAnswers) -> [RiskProblem] {
        do {
            _ = try instrument.assess(answers)
            return []
        } catch { return error.problems }
    }

    @Test("Every required question without an answer is named, and so is an answer that there is not")
    func problems() throws {
        let instrument = try Shipped.instrument("offender-needs")
        let problems = problems(
            instrument, try instrument.answers(["health": "slight", "finance": "enormous", "hobbies": "none"]))
        #expect(problems.filter { $0.kind == .unanswered }.count == 5)
        #expect(problems.first?.question?.text == "accommodation")
        #expect(problems.first?.text == "Answer “Accommodation”")
        #expect(problems.contains { $0.kind == .unknownAnswer && $0.question?.text == "finance" })
        #expect(problems.contains { $0.kind == .unknownQuestion && $0.question?.text == "hobbies" })
    }

    private func voluntary() throws -> RiskInstrument {
        var sheet = Sheet()
        sheet.questions += #"""
            , { "code": "two", "text": "Two?", "required": false, "yesNo": { "yes": 4, "no": 1, "notKnown": 1 } }
            """#
        return try sheet.instrument()
    }

    // Of the second question nothing is the least, though each of its answers weighs 1 or more.
    @Test("A question that may be left out is counted as left out, and adds nothing")
    func unanswered() throws {
        let instrument = try voluntary()
        let score = try instrument.assess(instrument.answers(["one": "not-known"]))
        #expect(score.score == 1 && score.unanswered == 1 && score.notKnown == 1)
        #expect(score.range == 0...9)
        let whole = try instrument.assess(instrument.answers(["one": "yes", "two": "yes"]))
        #expect(whole.score == 9 && whole.unanswered == 0 && whole.notKnown == 0)
    }

    @Test("A score is stamped with its version, and another version never scores the same answers")
    func versions() throws {
        var sheet = Sheet()
        let old = try sheet.instrument()
        sheet.head = sheet.head.replacing(#""1""#, with: #""2""#)
        sheet.questions = sheet.questions.replacing("5", with: "9")
        sheet.name = "sheet-2.json"
        let new = try sheet.instrument()
        let answers = try old.answers(["one": "yes"])
        let score = try old.assess(answers)
        #expect(score.version == old.version && score.score == 5 && score.sha256 == old.sha256)
        #expect(problems(new, answers).map(\.kind) == [.otherVersion])
        let upward = RiskJudgement(band: try word("high"), by: "a", isSupervisor: true, reason: reason)
        #expect(new.missing(upward, on: score) == [.sameVersion])
    }

    private let reason = "They told me at the door what happened."

    private func judge(
        _ band: String, from score: RiskScore, supervisor: Bool = false, reason: String? = nil, agreed: String? = nil
    ) throws -> [RiskJudgement.Missing] {
        let instrument = try Shipped.instrument("asb-risk")
        return instrument.missing(
            RiskJudgement(
                band: try word(band), by: "worker", isSupervisor: supervisor, reason: reason ?? self.reason,
                agreedBy: agreed), on: score)
    }

    /// A score of that many points, all of one question or another.
    private func score(_ band: String) throws -> RiskScore {
        let instrument = try Shipped.instrument("asb-risk")
        let score = try instrument.assess(
            instrument.answers { question in
                if band == "high" { return question.answers.max { $0.weight < $1.weight } }
                if band == "low" { return question.answers.min { $0.weight < $1.weight } }
                return question.answers.first { $0.weight == 1 } ?? question.answers[1]
            })
        #expect(score.band.code.text == band)
        return score
    }

    @Test("Judgement may always raise the band, with a reason of twenty characters")
    func upward() throws {
        let medium = try score("medium")
        #expect(try judge("high", from: medium).isEmpty)
        #expect(try judge("high", from: medium, reason: "nineteen characters") == [.reason])
        #expect(try judge("high", from: medium, reason: "twenty characters OK").isEmpty)
        #expect(try judge("high", from: medium, reason: "   short          and        wide  ") == [.reason])
    }

    @Test("It may lower it only for a supervisor, or when someone else agrees")
    func downward() throws {
        let high = try score("high")
        #expect(try judge("medium", from: high) == [.agreement])
        #expect(try judge("low", from: high, reason: "no") == [.reason, .agreement])
        #expect(try judge("medium", from: high, supervisor: true).isEmpty)
        #expect(try judge("medium", from: high, agreed: "colleague").isEmpty)
        #expect(try judge("medium", from: high, agreed: "worker") == [.agreement])
        #expect(try judge("medium", from: high, agreed: "") == [.agreement])
    }

    @Test("A judgement names another band of the same instrument, and holds only when nothing is missing")
    func bands() throws {
        let instrument = try Shipped.instrument("asb-risk")
        let low = try score("low")
        #expect(try judge("low", from: low) == [.otherBand])
        #expect(try judge("extreme", from: low) == [.knownBand])
        var judgement = RiskJudgement(band: try word("high"), by: "worker", isSupervisor: false, reason: reason)
        #expect(instrument.band(of: low, judged: judgement).code.text == "high")
        judgement.reason = "because"
        #expect(instrument.band(of: low, judged: judgement).code.text == "low")
        #expect(instrument.band(of: low, judged: nil).code.text == "low")
    }
}
