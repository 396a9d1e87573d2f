public import Casework
public import Governance
public import Kernel
internal import Rules

/// What the Act and the procedures ask before a step, beside what the case type asks (casework.md §2.23).
extension CaseReviewRecord {
    /// What stands in the way of a step, for whoever would make it; nothing when nothing does.
    /// - Parameters:
    ///   - answers: of the form that goes with it; empty while it is only offered.
    ///   - bodies: how many relevant bodies give a view before the threshold is refused.
    ///   - isReasoned: whether a reason was given for going on without what is asked.
    public func obstacles(
        to move: CaseReviewMove, _ answers: FormAnswers = FormAnswers(), bodies: Int, isReasoned: Bool = false
    ) -> [AnswerProblem] {
        switch move {
        case .validate:
            consent == .own || consent == .given
                ? [] : [AnswerProblem("step", "Have the victim’s agreement: until then it stays as it is")]
        case .met: metObstacles(bodies)
        case .notMet: notMetObstacles(answers, bodies)
        case .arrange:
            state == .notMet && decision?.answers["decision"].first != "not-met-reviewed"
                ? [AnswerProblem("step", "The bodies decided not to review it: only an appeal changes that")] : []
        case .sendOutcome: isReasoned ? [] : unanswered
        case .appealStands: wasReviewed ? [] : [AnswerProblem("step", "No review was held that could be followed")]
        case .appealEnds:
            wasReviewed ? [AnswerProblem("step", "A review was held: follow what it recommended")] : []
        case .appealValid:
            appealIs("invalid")
                ? [] : [AnswerProblem("step", "The appeal is not against its having been found impossible to decide")]
        case .appealChanges:
            appealIs("review") ? [] : [AnswerProblem("step", "The appeal is not against the review or its outcome")]
        case .close: openRecommendations
        case .appeal: appealObstacles(answers)
        case .closeNotMet:
            toldOn == nil ? [AnswerProblem("step", "Tell the applicant the decision, and how to appeal")] : []
        case .acknowledge, .invalidate, .askRecords, .review, .askPolicingBody, .policingStands, .policingChanges,
            .monitor, .withdraw, .reopen:
            []
        }
    }

    /// Whether a step has a meaning for what was decided and what the appeal is against; otherwise it is not offered.
    func isMeant(_ move: CaseReviewMove) -> Bool {
        switch move {
        case .met: state != .appealed || appealIs("threshold")
        case .arrange: state != .notMet || decision?.answers["decision"].first == "not-met-reviewed"
        case .appealStands: wasReviewed
        case .appealEnds: !wasReviewed
        case .appealValid: appealIs("invalid")
        case .appealChanges: appealIs("review")
        case .appeal: state != .closed || isAppealInTime
        case .acknowledge, .validate, .invalidate, .askRecords, .notMet, .review, .sendOutcome, .askPolicingBody,
            .policingStands, .policingChanges, .monitor, .close, .closeNotMet, .withdraw, .reopen:
            true
        }
    }

    private var uncounted: [AnswerProblem] {
        guard keptCount != nil else {
            return [AnswerProblem("step", "Count the complaints, and keep the count")]
        }
        return isCountCurrent
            ? [] : [AnswerProblem("step", "The complaints have changed since they were counted: count them again")]
    }

    /// Whether the bodies' finding of harm meets the threshold.
    public var isMetByHarm: Bool {
        let rule = keptCount?.rule("caseReview.harmTest")
        return rule?.says == PolicyRule.Value.flag(true).inWords && harmTest?.finding != nil
    }

    /// Whether an appeal against the threshold decision was decided for the applicant.
    private var isMetOnAppeal: Bool {
        state == .appealed && appealIs("threshold")
            && appealDecision?.answers["decision"].first == "revised"
    }

    private func appealIs(_ against: String) -> Bool {
        entries("appeal").last?.answers["against"].first == against
    }

    private func metObstacles(_ bodies: Int) -> [AnswerProblem] {
        if isMetOnAppeal { return [] }
        if state == .appealed {
            return [AnswerProblem("step", "The appeal has not changed the decision on the threshold")]
        }
        if !uncounted.isEmpty { return uncounted }
        if keptCount?.isMet == true { return [] }
        if isMetByHarm { return unheard(bodies) }
        return [
            AnswerProblem(
                "step",
                "The threshold is not met. A review without it is one that the bodies choose to hold: say so there")
        ]
    }

    /// Where the count is short the relevant bodies decide together.
    private func unheard(_ bodies: Int) -> [AnswerProblem] {
        bodyViews.count >= bodies
            ? []
            : [
                AnswerProblem(
                    "step",
                    "Have every relevant body give its view: \(bodyViews.count) of \(bodies) have. Nobody decides alone"
                )
            ]
    }

    /// What the count has met nobody can refuse, and nobody refuses alone (casework.md §2.23).
    private func notMetObstacles(_ answers: FormAnswers, _ bodies: Int) -> [AnswerProblem] {
        if !uncounted.isEmpty { return uncounted }
        guard count != nil else {
            return [
                AnswerProblem(
                    "step", "Something in the complaints is not visible to you: ask whoever sees all to decide this")
            ]
        }
        if let keptCount, keptCount.isMet {
            let why = keptCount.tests.map(\.inWords).joined(separator: ", and ")
            return [AnswerProblem("step", "The threshold is met, and cannot be refused: \(why)")]
        }
        if isMetByHarm {
            return [AnswerProblem("step", "The threshold is met: \(CaseReviewThreshold.Test.harm.inWords)")]
        }
        var problems = unheard(bodies)
        if answers["decision"].first == "met" {
            problems.append(AnswerProblem("decision", "Choose whether it is reviewed all the same"))
        }
        return problems
    }

    private var unanswered: [AnswerProblem] {
        let open = recommendations.filter { $0.answer == nil }
        guard !open.isEmpty else { return [] }
        let says = open.count == 1 ? "1 recommendation is" : "\(open.count) recommendations are"
        return [AnswerProblem("step", "\(says) not answered yet: ask again, or say why the letter cannot wait")]
    }

    private var openRecommendations: [AnswerProblem] {
        let open = recommendations.filter { !$0.missing.isEmpty }
        guard !open.isEmpty else { return [] }
        let says = open.count == 1 ? "1 recommendation is" : "\(open.count) recommendations are"
        return [
            AnswerProblem(
                "step",
                "\(says) not done with: answered, carried out and shown, and the victim told. Follow it up first")
        ]
    }

    private func appealObstacles(_ answers: FormAnswers) -> [AnswerProblem] {
        guard isMeant(.appeal) else {
            return [AnswerProblem("step", "The time for an appeal is over: to look at it again, open it again")]
        }
        guard let against = answers["against"].first else { return [] }
        let isRight =
            switch against {
            case "threshold": decision?.answers["decision"].first.map { $0 != "met" } ?? false
            case "invalid": state == .invalid
            default: wasReviewed
            }
        return isRight
            ? [] : [AnswerProblem("against", "Nothing of this kind was decided: choose what the appeal is against")]
    }

    /// What is wrong with an entry before it is written down, beside what its form asks.
    public func problems(with entry: NewEntry) -> [AnswerProblem] {
        switch entry.form.text {
        case CaseReviewComplaints.form: complaintProblems(entry)
        case "review-meeting": chairProblems(entry.answers)
        case "answer", "carried-out", "recommendation-told": recommendationProblems(entry)
        case "recommendation": dayProblems(entry)
        default: []
        }
    }

    private func complaintProblems(_ entry: NewEntry) -> [AnswerProblem] {
        guard let made = entry.answers["made"].first.flatMap({ LocalDate($0) }), let first = entry.happenedOn else {
            return []
        }
        let until = entry.answers["until"].first.flatMap { LocalDate($0) }
        var problems: [AnswerProblem] = []
        if made < first || until.map({ made < $0 }) == true {
            problems.append(AnswerProblem("made", Complaint.Problem.madeBeforeBehaviour.text))
        }
        if let until, until < first {
            problems.append(AnswerProblem("until", Complaint.Problem.endsBeforeBeginning.text))
        }
        return problems
    }

    /// A chair is independent of every body that was complained of. Another may chair where the reason is said: the letter
    /// to the applicant says it too.
    private func chairProblems(_ answers: FormAnswers) -> [AnswerProblem] {
        guard let body = answers["chair-agency"].first.flatMap({ Code<Agency>($0) }), complainedOf.contains(body),
            answers["chair-reason"].isEmpty
        else { return [] }
        return [
            AnswerProblem(
                "chair-agency",
                "Complaints were made to this body, so that its chair is not independent: choose another, or say why nobody else could"
            )
        ]
    }

    /// Whether a chair from a body is independent.
    public func isIndependent(chairFrom body: Code<Agency>?) -> Bool { body.map { !complainedOf.contains($0) } ?? true }

    private func dayProblems(_ entry: NewEntry) -> [AnswerProblem] {
        guard let due = entry.answers["due"].first.flatMap({ LocalDate($0) }),
            let held = entries("review-meeting").last?.happenedOn, due < held
        else { return [] }
        return [AnswerProblem("due", "Enter a day after the review")]
    }

    private func recommendationProblems(_ entry: NewEntry) -> [AnswerProblem] {
        guard let which = entry.answers["which"].first,
            var recommendation = CaseReviewRecommendation.replay(view, before: entry.supersedes)
                .first(where: { $0.id.text == identity(which) })
        else { return [AnswerProblem("which", "Choose the recommendation")] }
        do throws(CaseReviewRecommendation.Refusal) {
            try recommendation.take(entry.form, entry.answers, on: entry.happenedOn ?? recommendation.madeOn)
            return []
        } catch {
            return [error.problem(of: entry.form.text)]
        }
    }
}

extension CaseReviewRecommendation.Refusal {
    fileprivate func problem(of form: String) -> AnswerProblem {
        switch self {
        case .closed: AnswerProblem("which", "This recommendation is closed")
        case .reasonNeeded: AnswerProblem("reason", "Say why not all of it is accepted")
        case .tooEarly: AnswerProblem("happened-on", "Enter a day that is not before the recommendation")
        case .notAccepted: AnswerProblem("which", "The body has not accepted this one: record its answer first")
        case .missing: AnswerProblem("evidence", "Say what shows that it was done")
        }
    }
}
