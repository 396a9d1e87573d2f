public import Governance
public import Instruments
public import Kernel
public import Storage

// MARK: - Risk

extension CaseStore {
    /// Assesses the risk of a case with the instrument's version of today. The first instrument of the case type gives the
    /// case its band, after judgement.
    /// - Parameter judged: the band that the actor gives in place of the score's, and why.
    /// - Throws: `StorageError`; a `Fault` when a rule of the case's clocks is wrong.
    public func assess(
        _ id: ID<CaseRecord>, with code: Code<RiskInstrument>, _ given: [Code<RiskQuestion>: Code<RiskAnswer>],
        judged: (band: Code<RiskBand>, reason: String)? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> Result<CaseAssessment, CaseRefusal> {
        try working(on: id, on: occasion, in: connection) { record, type, _ in
            guard type.instruments.contains(code), let instrument = instruments.current(code) else {
                return .failure(.register(.absent))
            }
            let answers = RiskAnswers(instrument.version, given)
            let score: RiskScore
            do throws(RiskProblems) {
                score = try instrument.assess(answers)
            } catch {
                return .failure(
                    .problems(error.problems.map { AnswerProblem($0.question?.text ?? "answers", $0.text) }))
            }
            let actor = occasion.actor
            let judgement = judged.map { judged in
                RiskJudgement(
                    band: judged.band, by: actor.account.text,
                    isSupervisor: actor.roles.contains { $0.text == "supervisor" }, reason: judged.reason)
            }
            if let judgement {
                let problems = instrument.missing(judgement, on: score).map(CaseStore.problem)
                guard problems.isEmpty else { return .failure(.problems(problems)) }
            }
            let assessment = CaseAssessment(
                id: ID(at: occasion.now), instrument: instrument.version, answers: answers,
                score: instrument.arithmetic == .sum ? score.score : nil, band: score.band.code.text,
                judgedBand: judgement?.band.text, judgement: judgement.map { $0.reason.trimmed }, agency: actor.agency,
                madeBy: actor.account, madeAt: occasion.now)
            let detail = RegisterDetail(
                fields: ["assessments.\(code)"], after: AssessmentRows.stored(answers).digest)
            // Whoever asks the questions writes down the answers, also those about safety, which they may not read of others.
            if let refusal = try touch(id, .p2, detail, on: occasion, in: connection) { return .failure(refusal) }
            try AssessmentRows.insert(assessment, id, in: connection)
            var changed = record
            if type.instruments.first == code {
                changed.band = assessment.holds
                try CaseRows.update(changed, in: connection)
            }
            try happened([.assessed(code)], to: changed, of: type, on: occasion, in: connection)
            return .success(assessment)
        }
    }

    /// The instrument by which an assessment was made, in its version; nil when it is no longer among the definitions.
    func instrument(of assessment: CaseAssessment) -> RiskInstrument? {
        instruments.version(assessment.instrument.code, assessment.instrument.version)
    }

    private static func problem(_ missing: RiskJudgement.Missing) -> AnswerProblem {
        switch missing {
        case .sameVersion: AnswerProblem("judged-band", "The instrument changed meanwhile: answer it again")
        case .knownBand: AnswerProblem("judged-band", "Choose one of the levels")
        case .otherBand: AnswerProblem("judged-band", "Choose another level than that of the score, or none")
        case .reason:
            AnswerProblem("judgement", "Write at least \(RiskJudgement.shortestReason) characters on why")
        case .agreement: AnswerProblem("judged-band", "Ask a supervisor to lower the level below that of the score")
        }
    }
}

extension RiskQuestion {
    /// The class of its answer.
    public var fieldClass: FieldClass {
        switch sensitivity {
        case .p0: .p0
        case .p1: .p1
        case .p2: .p2
        case .p3: .p3
        case .p4: .p4
        }
    }
}

extension CaseAssessment {
    /// The class of an answer; of a question that the instrument no longer has, the most guarded that a case holds unsealed.
    static func fieldClass(of question: Code<RiskQuestion>, _ instrument: RiskInstrument?) -> FieldClass {
        instrument?.questions.first { $0.code == question }?.fieldClass ?? .p3
    }

    /// The assessment with the answers of these classes alone. The score, the level and its reason stay.
    func only(_ classes: Set<FieldClass>, _ instrument: RiskInstrument?) -> CaseAssessment {
        var shown = self
        shown.answers.given = answers.given.filter {
            classes.contains(CaseAssessment.fieldClass(of: $0.key, instrument))
        }
        shown.hasHidden = shown.answers != answers
        return shown
    }
}
