public import Kernel

/// Answers to one version of an instrument. They stay with that version: no other one ever scores them.
public struct RiskAnswers: Hashable, Sendable {
    /// The version whose questions were asked.
    public let version: InstrumentVersion
    /// What was answered.
    public var given: [Code<RiskQuestion>: Code<RiskAnswer>]

    /// Answers.
    public init(_ version: InstrumentVersion, _ given: [Code<RiskQuestion>: Code<RiskAnswer>] = [:]) {
        self.version = version
        self.given = given
    }
}

/// What an instrument says of answers.
public struct RiskScore: Hashable, Sendable {
    /// What it says of one level.
    public struct OfLevel: Hashable, Sendable {
        /// The level.
        public let level: RiskQuestion.Level
        /// The score of its questions.
        public let score: Int
        /// What its questions that raise risk add.
        public let risk: Int
        /// What its protective questions take off: 0 or less.
        public let protective: Int
        /// The lowest and the highest score that its questions can give.
        public let range: ClosedRange<Int>
    }

    /// The version that scored it.
    public let version: InstrumentVersion
    /// SHA-256 of that version's file.
    public let sha256: String
    /// The score.
    public let score: Int
    /// The lowest and the highest score that answers can give.
    public let range: ClosedRange<Int>
    /// The band that the score falls into.
    public let band: RiskBand
    /// What it says of each level that has questions, in the order of levels.
    public let levels: [OfLevel]
    /// How many questions that may be left out were.
    public let unanswered: Int
    /// How many were answered with "not known": a score with many says little.
    public let notKnown: Int
}

/// Why answers have no score.
public struct RiskProblem: Hashable, Sendable {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// They were given to another version.
        case otherVersion
        /// A question that must be answered was not.
        case unanswered
        /// There is no such question.
        case unknownQuestion
        /// The question offers no such answer.
        case unknownAnswer
    }

    /// What is wrong.
    public let kind: Kind
    /// The question, or nil when it is no one question's.
    public let question: Code<RiskQuestion>?
    /// For the person who answers.
    public let text: String
}

/// All that stands between answers and a score.
public struct RiskProblems: Error, Hashable, Sendable {
    /// What is wrong, in the order of the questions.
    public let problems: [RiskProblem]
}

extension RiskInstrument {
    /// Scores answers.
    /// - Throws: `RiskProblems` with every question that must be answered and was not, and every answer that it does not
    ///   offer.
    public func assess(_ answers: RiskAnswers) throws(RiskProblems) -> RiskScore {
        let problems = self.problems(answers)
        guard problems.isEmpty else { throw RiskProblems(problems: problems) }
        let chosen = questions.compactMap { question in
            answers.given[question.code].flatMap(question.answer).map { (question: question, answer: $0) }
        }
        func score(where isCounted: (RiskQuestion) -> Bool) -> Int {
            total(chosen.filter { isCounted($0.question) }.map(\.answer.weight))
        }
        let levels = RiskQuestion.Level.allCases.compactMap { level -> RiskScore.OfLevel? in
            let own = questions.filter { $0.level == level }
            guard !own.isEmpty else { return nil }
            return RiskScore.OfLevel(
                level: level, score: score { $0.level == level },
                risk: score { $0.level == level && $0.kind == .risk },
                protective: score { $0.level == level && $0.kind == .protective }, range: range(of: own))
        }
        let score = score { _ in true }
        return RiskScore(
            version: version, sha256: sha256, score: score, range: range, band: band(of: score), levels: levels,
            unanswered: questions.count - chosen.count,
            notKnown: chosen.count { $0.answer.code.text == RiskAnswer.notKnown })
    }

    /// The highest band that begins at or below a score. The reader of files has seen to it that there is one.
    private func band(of score: Int) -> RiskBand { bands.last { $0.from <= score } ?? bands[0] }

    private func problems(_ answers: RiskAnswers) -> [RiskProblem] {
        guard answers.version == version else {
            return [
                RiskProblem(
                    kind: .otherVersion, question: nil,
                    text: "These answers were given to \(answers.version), not to \(version).")
            ]
        }
        var problems: [RiskProblem] = []
        for question in questions {
            if let code = answers.given[question.code] {
                if question.answer(code) == nil {
                    problems.append(
                        RiskProblem(
                            kind: .unknownAnswer, question: question.code,
                            text: "“\(question.text)” has no answer “\(code)”."))
                }
            } else if question.isRequired {
                problems.append(
                    RiskProblem(
                        kind: .unanswered, question: question.code, text: "Answer “\(question.text)”"))
            }
        }
        for code in answers.given.keys.sorted() where question(code) == nil {
            problems.append(
                RiskProblem(kind: .unknownQuestion, question: code, text: "There is no question “\(code)”."))
        }
        return problems
    }
}
