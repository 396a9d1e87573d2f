public import Governance
public import Instruments
public import Kernel
internal import Storage

/// A risk that was assessed: with which version of an instrument, what was answered and what came of it. It is never
/// computed again. All of it is of class P2.
public struct CaseAssessment: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<CaseAssessment>
    /// The instrument and its version.
    public let instrument: InstrumentVersion
    /// What was answered.
    public internal(set) var answers: RiskAnswers
    /// The score, and nil of an instrument that does not add up.
    public let score: Int?
    /// The band that the score has.
    public let band: String
    /// The band that a professional gave in its place.
    public let judgedBand: String?
    /// Why.
    public let judgement: String?
    /// The agency of who assessed.
    public let agency: Code<Agency>
    /// Who assessed.
    public let madeBy: ID<Account>
    /// When.
    public let madeAt: Instant
    /// Whether there are answers that the reader may not see.
    public internal(set) var hasHidden = false

    /// The band that holds.
    public var holds: String { judgedBand ?? band }
}

/// How assessments lie in their table. Nothing here asks who may see them.
enum AssessmentRows {
    static func assessments(_ id: ID<CaseRecord>, in connection: Connection) throws -> [CaseAssessment] {
        try connection.rows("SELECT * FROM case_assessments WHERE case_id = \(id) ORDER BY ordinal").map { row in
            let version = InstrumentVersion(try row.get("instrument"), try row.get("version"))
            let stored = try FormAnswers(stored: row.get("answers"))
            var answers = RiskAnswers(version)
            for code in stored.codes {
                guard let question = Code<RiskQuestion>(code),
                    let answer = stored[code].first.flatMap({ Code<RiskAnswer>($0) })
                else { throw StorageError.wrongValue(column: "answers") }
                answers.given[question] = answer
            }
            return CaseAssessment(
                id: try row.get("id"), instrument: version, answers: answers,
                score: try row.optional("score", as: Int64.self).map(Int.init), band: try row.get("band"),
                judgedBand: try row.optional("judged_band"), judgement: try row.optional("judgement"),
                agency: try row.get("agency"), madeBy: try row.get("made_by"), madeAt: try row.get("made_at"))
        }
    }

    static func insert(_ assessment: CaseAssessment, _ id: ID<CaseRecord>, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO case_assessments (id, case_id, ordinal, instrument, version, answers, score, band, judged_band, judgement,
                agency, made_by, made_at)
            VALUES (\(assessment.id), \(id), (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_assessments WHERE case_id = \(id)),
                \(assessment.instrument.code), \(assessment.instrument.version),
                \(stored(assessment.answers).stored), \(assessment.score), \(assessment.band),
                \(assessment.judgedBand), \(assessment.judgement), \(assessment.agency), \(assessment.madeBy),
                \(assessment.madeAt))
            """)
    }

    static func stored(_ answers: RiskAnswers) -> FormAnswers {
        var stored = FormAnswers()
        for (question, answer) in answers.given { stored[question.text] = [answer.text] }
        return stored
    }
}
