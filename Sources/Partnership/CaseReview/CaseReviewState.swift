public import Casework
public import Kernel
public import Rules

/// Where an application stands (casework.md §2.12). The states of the case type `case-review` are these; a test holds the
/// file and the module together.
///
/// That the victim was asked how to take part, that recommendations were made and answered, and that the victim was asked
/// about the plan are no states: the steps beyond them wait for what was written down about it.
public enum CaseReviewState: String, CaseIterable, Sendable {
    /// It came in.
    case received
    /// The applicant has been told so.
    case acknowledged
    /// Consent, area and subject have been looked at, and it can be decided.
    case valid
    /// It cannot be decided. The reason is recorded.
    case invalid
    /// All relevant bodies have been asked for what they know.
    case records
    /// The threshold is met.
    case met
    /// It is not.
    case notMet = "not-met"
    /// A review is being arranged; also where the bodies review without the threshold.
    case panel
    /// The review was held. Its recommendations, the answers to them and the victim's view of the plan follow.
    case reviewed
    /// The outcome letter has been sent, and the time for an appeal runs.
    case outcomeSent = "outcome-sent"
    /// The applicant asked for the decision or the outcome to be looked at again.
    case appealed
    /// The local policing body was asked for a review.
    case policingBody = "policing-body"
    /// What was recommended is being followed.
    case monitored
    /// It has ended.
    case closed
    /// The applicant took it back.
    case withdrawn

    /// The state of a case; nil when it is none of a case review.
    public init?(_ state: Code<CaseState>) { self.init(rawValue: state.text) }

    /// What may come next. What has ended can be opened again, which makes it received.
    /// - Parameter hasPolicingBodyReview: whether the rule `caseReview.lpbReview` holds on the day.
    public func next(hasPolicingBodyReview: Bool) -> Set<CaseReviewState> {
        let policing: Set<CaseReviewState> = hasPolicingBodyReview ? [.policingBody] : []
        switch self {
        case .received: return [.acknowledged, .withdrawn]
        case .acknowledged: return [.valid, .invalid, .withdrawn]
        case .valid: return [.records, .withdrawn]
        case .records: return [.met, .notMet, .withdrawn]
        case .met: return [.panel, .withdrawn]
        // A review that the bodies choose to hold goes the same way as one that they must.
        case .notMet: return policing.union([.appealed, .panel, .closed])
        case .panel: return [.reviewed, .withdrawn]
        case .reviewed: return [.outcomeSent]
        case .outcomeSent: return policing.union([.appealed, .monitored])
        case .appealed: return [.valid, .met, .panel, .monitored, .closed]
        case .policingBody: return [.panel, .monitored]
        case .monitored: return policing.union([.appealed, .closed])
        case .invalid: return [.appealed, .received]
        // Closing does not cut off the time for an appeal.
        case .closed: return [.appealed, .received]
        case .withdrawn: return [.received]
        }
    }

    /// The clock of the case type that runs while it stands here; nil when none does. Those that run from the day of the
    /// application have a twin, `…-again`, that runs from the day on which it was opened again. The time for an appeal
    /// against the threshold has none, for it runs from the day on which the applicant is told, which may be written down
    /// later: `CaseReviewRecord.appealUntil` says when it ends.
    public var clock: String? {
        switch self {
        case .received: "acknowledge"
        case .acknowledged, .valid, .records: "threshold"
        case .met, .panel: "review"
        case .reviewed: "outcome"
        case .outcomeSent: "appeal-window"
        case .appealed: "appeal"
        case .monitored: "monitor"
        case .notMet, .policingBody, .invalid, .closed, .withdrawn: nil
        }
    }

    /// What may come next on a day, by the rules of that day.
    /// - Throws: a `Fault` when the rule of the policing body's review cannot be used.
    public func next(_ rules: PolicyRules, on day: LocalDate) throws(Fault) -> Set<CaseReviewState> {
        next(hasPolicingBodyReview: try CaseReviewState.hasPolicingBodyReview(rules, on: day))
    }

    /// Whether the local policing body may review decisions on a day.
    /// - Throws: a `Fault` when the rule cannot be used.
    static func hasPolicingBodyReview(_ rules: PolicyRules, on day: LocalDate) throws(Fault) -> Bool {
        let key: RuleKey = "caseReview.lpbReview"
        guard rules.rule(key, on: day) != nil else { return false }
        return try rules.flag(key, on: day)
    }

    /// Whether the applicant must be told of it: the decision on the threshold, the outcome and the recommendations
    /// (s.104(6) and (8)), and what came of an appeal.
    public var mustBeTold: Bool {
        switch self {
        case .acknowledged, .invalid, .met, .notMet, .outcomeSent, .closed: true
        case .received, .valid, .records, .panel, .reviewed, .appealed, .policingBody, .monitored, .withdrawn: false
        }
    }
}
