internal import Casework
internal import Governance
internal import Kernel
internal import Storage

/// What became of an application, read from the steps of its case.
struct CaseReviewHistory {
    /// A step: where it led, and when.
    struct Step: Hashable {
        let to: CaseReviewState
        let on: LocalDate
    }

    /// The day of the application.
    let receivedOn: LocalDate
    /// The steps, the oldest first.
    let steps: [Step]
    /// Whether recommendations are written down on it.
    let hasRecommendations: Bool
    /// Why it could not be decided, as its closing says.
    let closing: String?

    /// What became of it, and the day on which that was decided. The Act asks how often the threshold was not met and how
    /// many reviews were held (s.104(9)(b) to (d)): that the applicant took it back later, or that it was found impossible to
    /// decide, undoes neither.
    var outcome: (CaseReviewOutcome, LocalDate?) {
        var threshold: (isMet: Bool, on: LocalDate)?
        var isReviewed = false
        var ended: (CaseReviewOutcome, LocalDate)?
        for step in steps {
            switch step.to {
            case .received, .valid: ended = nil
            case .met: threshold = (true, step.on)
            case .notMet: threshold = (false, step.on)
            case .reviewed: isReviewed = true
            case .withdrawn: ended = (.withdrawn, step.on)
            case .invalid: ended = (.invalid(invalidity), step.on)
            case .acknowledged, .records, .panel, .outcomeSent, .appealed, .policingBody, .monitored, .closed: break
            }
        }
        guard let threshold else { return ended ?? (.pending, nil) }
        switch (threshold.isMet, isReviewed) {
        case (true, true): return (.metReviewed(hasRecommendations: hasRecommendations), threshold.on)
        case (true, false): return ended ?? (.metAwaiting, threshold.on)
        case (false, true): return (.notMetDiscretionaryReview(hasRecommendations: hasRecommendations), threshold.on)
        case (false, false): return (.notMet, threshold.on)
        }
    }

    private var invalidity: CaseReviewOutcome.Invalidity {
        // The reason itself stays on the case.
        switch closing {
        case "invalid-consent": .noConsent
        case "invalid-area": .outOfArea
        case "invalid-vexatious": .vexatious(reason: "It is on the case.")
        case "invalid-premature": .premature(reason: "It is on the case.")
        default: .notAntisocial
        }
    }
}

/// The applications on all cases, for the yearly figures: days, steps and kinds of outcome, of whomever they are. It reads
/// the tables of `Casework` for what no case may be looked at for one by one, and gives nothing that tells of a person.
enum CaseReviewHistoryRows {
    static func applications(in connection: Connection) throws -> [CaseReviewApplication] {
        let steps = try steps(in: connection)
        let closings = try closings(in: connection)
        return try connection.rows(
            """
            SELECT c.id, c.opened_at,
                (SELECT MIN(e.happened_on) FROM case_entries e
                    WHERE e.case_id = c.id AND e.form = 'application' AND e.superseded_at IS NULL) AS received_on,
                (SELECT COUNT(*) FROM case_entries e
                    WHERE e.case_id = c.id AND e.form = 'recommendation' AND e.superseded_at IS NULL) AS recommended
            FROM cases c WHERE c.type = 'case-review' ORDER BY c.id
            """
        ).map { row in
            let id: ID<CaseRecord> = try row.get("id")
            let opened: Instant = try row.get("opened_at")
            let received = try row.optional("received_on", as: LocalDate.self) ?? opened.ukDate
            let history = CaseReviewHistory(
                receivedOn: received, steps: steps[id] ?? [],
                hasRecommendations: try row.get("recommended", as: Int.self) > 0, closing: closings[id])
            let (outcome, decidedOn) = history.outcome
            return try CaseReviewApplication(
                id: ID(id.text) ?? ID(at: opened), receivedOn: received,
                decidedOn: decidedOn.map { max($0, received) },
                consent: outcome == .invalid(.noConsent) ? .refused : .own, outcome: outcome)
        }
    }

    private static func steps(in connection: Connection) throws -> [ID<CaseRecord>: [CaseReviewHistory.Step]] {
        var steps: [ID<CaseRecord>: [CaseReviewHistory.Step]] = [:]
        for row in try connection.rows(
            """
            SELECT m.case_id, m.to_state, m.made_at FROM case_moves m JOIN cases c ON c.id = m.case_id
            WHERE c.type = 'case-review' ORDER BY m.case_id, m.ordinal
            """)
        {
            guard let to = CaseReviewState(rawValue: try row.get("to_state")) else { continue }
            let made: Instant = try row.get("made_at")
            steps[try row.get("case_id"), default: []].append(.init(to: to, on: made.ukDate))
        }
        return steps
    }

    /// How the last closing of each case says that it ended.
    private static func closings(in connection: Connection) throws -> [ID<CaseRecord>: String] {
        var closings: [ID<CaseRecord>: String] = [:]
        for row in try connection.rows(
            """
            SELECT e.case_id, e.answers FROM case_entries e JOIN cases c ON c.id = e.case_id
            WHERE c.type = 'case-review' AND e.form = 'closing' AND e.superseded_at IS NULL
            ORDER BY e.case_id, e.ordinal
            """)
        {
            let answers = try JSON(parsing: Array(row.get("answers", as: String.self).utf8), from: "entry")
            guard case .object(let members) = answers,
                case .array(let given)? = members.first(where: { $0.name == "outcome" })?.value,
                case .string(let code)? = given.first
            else { continue }
            closings[try row.get("case_id")] = code
        }
        return closings
    }
}
