internal import Casework
public import Kernel
internal import Rules

/// By when one may appeal.
enum CaseReviewAppeals {
    /// The last day on which the applicant may appeal against what was decided last, from the day on which they were told;
    /// nil where nothing was decided, or there was an appeal since.
    /// - Throws: a `Fault` when the rule `caseReview.appealWindow` cannot be used.
    static func lastDay(_ view: CaseView, _ rules: PolicyRules, _ calendar: ClockCalendar) throws(Fault) -> LocalDate? {
        let steps = view.moves.compactMap { made in CaseReviewMove(made.move).map { (step: $0, at: made.at) } }
        guard let last = steps.last(where: { [.notMet, .sendOutcome, .appeal].contains($0.step) }), last.step != .appeal
        else { return nil }
        let told: LocalDate? =
            last.step == .notMet
            ? toldOn(view) ?? CaseReviewRecord.entries("closing", view).last.flatMap { day("told", $0) }
            : CaseReviewRecord.entries("outcome-letter", view).last?.happenedOn
        let start = told ?? last.at.ukDate
        let key: RuleKey = "caseReview.appealWindow"
        guard rules.rule(key, on: start) != nil else { return nil }
        return calendar.deadline(try rules.length(key, on: start), from: start.startInUK)?.lastDay
    }

    /// The day on which the applicant was told the decision on the threshold; nil before.
    static func toldOn(_ view: CaseView) -> LocalDate? {
        guard let decision = CaseReviewRecord.entries("threshold", view).last else { return nil }
        if let told = day("told", decision) { return told }
        let origins = CaseReviewOrigins(view.entries)
        return CaseReviewRecord.entries("decision-told", view)
            .last { origins.madeAt($0) >= origins.madeAt(decision) }?.happenedOn
    }

    private static func day(_ field: String, _ entry: CaseEntry) -> LocalDate? {
        entry.answers[field].first.flatMap { LocalDate($0) }
    }
}

extension CaseReviewRecord {
    /// The day on which the applicant was told the decision on the threshold; nil before.
    public var toldOn: LocalDate? { CaseReviewAppeals.toldOn(view) }
}
