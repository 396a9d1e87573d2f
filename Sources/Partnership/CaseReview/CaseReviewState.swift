public import Kernel
public import Rules

/// Where an application stands (casework.md §2.12).
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
    case recordsRequested = "records-requested"
    /// The threshold is met.
    case met
    /// It is not.
    case notMet = "not-met"
    /// The applicant asked for the decision or the outcome to be looked at again.
    case appealed
    /// The appeal changed nothing.
    case upheld
    /// The appeal changed the decision.
    case revised
    /// The local policing body was asked for a review.
    case policingBodyAsked = "policing-body-asked"
    /// It has answered.
    case policingBodyAnswered = "policing-body-answered"
    /// A panel has been called together; also where the bodies review without the threshold.
    case panelConvened = "panel-convened"
    /// The victim has been asked whether and how to take part.
    case victimInvited = "victim-invited"
    /// The review was held.
    case reviewHeld = "review-held"
    /// It made recommendations.
    case recommended
    /// The bodies have answered them.
    case bodiesAnswered = "bodies-answered"
    /// The victim has been asked about the action plan.
    case planConsulted = "plan-consulted"
    /// The outcome letter has been sent, and the time for an appeal runs.
    case outcomeSent = "outcome-sent"
    /// The actions are being followed.
    case monitored
    /// It has ended.
    case closed
    /// The applicant took it back.
    case withdrawn

    /// What may come next.
    /// - Parameter hasPolicingBodyReview: whether the rule `caseReview.lpbReview` holds on the day.
    public func next(hasPolicingBodyReview: Bool) -> Set<CaseReviewState> {
        let policing: Set<CaseReviewState> = hasPolicingBodyReview ? [.policingBodyAsked] : []
        switch self {
        case .received: return [.acknowledged, .withdrawn]
        case .acknowledged: return [.valid, .invalid, .withdrawn]
        case .valid: return [.recordsRequested, .withdrawn]
        case .recordsRequested: return [.met, .notMet, .withdrawn]
        case .met: return [.panelConvened, .withdrawn]
        // A review that the bodies choose to hold goes the same way as one that they must.
        case .notMet: return policing.union([.appealed, .panelConvened, .closed])
        case .appealed: return [.upheld, .revised]
        case .upheld: return policing.union([.monitored, .closed])
        case .revised, .policingBodyAnswered: return [.panelConvened, .monitored, .closed]
        case .policingBodyAsked: return [.policingBodyAnswered]
        case .panelConvened: return [.victimInvited, .withdrawn]
        case .victimInvited: return [.reviewHeld, .withdrawn]
        case .reviewHeld: return [.recommended, .outcomeSent]
        case .recommended: return [.bodiesAnswered]
        case .bodiesAnswered: return [.planConsulted]
        case .planConsulted: return [.outcomeSent]
        case .outcomeSent: return policing.union([.appealed, .monitored, .closed])
        case .monitored: return [.closed]
        case .invalid: return [.appealed, .closed]
        case .closed, .withdrawn: return []
        }
    }

    /// The clocks that begin with it.
    public var begins: [RuleKey] {
        switch self {
        case .received: ["caseReview.ack", "caseReview.threshold"]
        case .met: ["caseReview.reviewHeld"]
        case .reviewHeld: ["caseReview.outcome"]
        case .notMet, .outcomeSent: ["caseReview.appealWindow"]
        case .appealed: ["caseReview.appealHeard"]
        case .acknowledged, .valid, .invalid, .recordsRequested, .upheld, .revised, .policingBodyAsked,
            .policingBodyAnswered, .panelConvened, .victimInvited, .recommended, .bodiesAnswered, .planConsulted,
            .monitored, .closed, .withdrawn:
            []
        }
    }

    /// The clocks that it meets.
    public var meets: [RuleKey] {
        switch self {
        case .acknowledged: ["caseReview.ack"]
        case .met, .notMet, .invalid: ["caseReview.threshold"]
        case .reviewHeld: ["caseReview.reviewHeld"]
        case .outcomeSent: ["caseReview.outcome"]
        case .upheld, .revised: ["caseReview.appealHeard"]
        case .withdrawn:
            ["caseReview.ack", "caseReview.threshold", "caseReview.reviewHeld", "caseReview.outcome"]
        case .received, .valid, .recordsRequested, .appealed, .policingBodyAsked, .policingBodyAnswered, .panelConvened,
            .victimInvited, .recommended, .bodiesAnswered, .planConsulted, .monitored, .closed:
            []
        }
    }

    /// Whether the applicant must be told of it: the decision on the threshold, the outcome and the recommendations
    /// (s.104(6) and (8)), and what came of an appeal.
    public var mustBeTold: Bool {
        switch self {
        case .acknowledged, .invalid, .met, .notMet, .upheld, .revised, .policingBodyAnswered, .victimInvited,
            .planConsulted, .outcomeSent, .closed:
            true
        case .received, .valid, .recordsRequested, .appealed, .policingBodyAsked, .panelConvened, .reviewHeld,
            .recommended, .bodiesAnswered, .monitored, .withdrawn:
            false
        }
    }

    /// What may come next on a day, by the rules of that day.
    /// - Throws: a `Fault` when the rule of the policing body's review cannot be used.
    public func next(_ rules: PolicyRules, on day: LocalDate) throws(Fault) -> Set<CaseReviewState> {
        let key: RuleKey = "caseReview.lpbReview"
        guard rules.rule(key, on: day) != nil else { return next(hasPolicingBodyReview: false) }
        return next(hasPolicingBodyReview: try rules.flag(key, on: day))
    }

    /// The clocks that begin with it at a moment, under the rules of its day.
    /// - Throws: a `Fault` when a rule is missing.
    public func clocks(startedAt moment: Instant, _ rules: PolicyRules) throws(Fault) -> [RunningClock] {
        var clocks: [RunningClock] = []
        for key in begins { clocks.append(try rules.start(key, at: moment)) }
        return clocks
    }
}
