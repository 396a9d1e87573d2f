public import Kernel

/// What became of an application.
public enum CaseReviewOutcome: Hashable, Sendable {
    /// The threshold was met, and the review has been held.
    case metReviewed(hasRecommendations: Bool)
    /// The threshold was met, and the review is to come.
    case metAwaiting
    /// The threshold was not met.
    case notMet
    /// The threshold was not met, and the bodies held a review all the same.
    case notMetDiscretionaryReview(hasRecommendations: Bool)
    /// The applicant took it back.
    case withdrawn
    /// It was no application that could be decided.
    case invalid(Invalidity)
    /// Nothing is decided yet.
    case pending

    /// Why an application cannot be decided.
    public enum Invalidity: Hashable, Sendable {
        /// The victim did not consent to someone else's application.
        case noConsent
        /// It is about behaviour in another area.
        case outOfArea
        /// It is not about antisocial behaviour.
        case notAntisocial
        /// It is meant to harm, for the reason given.
        case vexatious(reason: String)
        /// The bodies had no time to act on the complaints, for the reason given.
        case premature(reason: String)
    }

    /// The seven kinds.
    public enum Kind: String, CaseIterable, Sendable {
        case metReviewed = "met-reviewed"
        case metAwaiting = "met-awaiting"
        case notMet = "not-met"
        case notMetDiscretionaryReview = "not-met-discretionary-review"
        case withdrawn, invalid, pending
    }

    /// Its kind.
    public var kind: Kind {
        switch self {
        case .metReviewed: .metReviewed
        case .metAwaiting: .metAwaiting
        case .notMet: .notMet
        case .notMetDiscretionaryReview: .notMetDiscretionaryReview
        case .withdrawn: .withdrawn
        case .invalid: .invalid
        case .pending: .pending
        }
    }

    /// Whether a review was held that made recommendations.
    public var hasRecommendations: Bool {
        switch self {
        case .metReviewed(let has), .notMetDiscretionaryReview(let has): has
        case .metAwaiting, .notMet, .withdrawn, .invalid, .pending: false
        }
    }
}

/// An application for a case review, as far as the yearly figures need it. Holds no personal data.
public struct CaseReviewApplication: Hashable, Sendable {
    /// Whether the victim agrees. Anyone may apply (s.104(1)(a)), for a victim who consents.
    public enum Consent: String, CaseIterable, Sendable {
        /// The victim applied.
        case own
        /// Someone else applied, and the victim agrees.
        case given
        /// Someone else applied, and the victim has not been asked or has not answered.
        case awaited
        /// Someone else applied, and the victim does not agree.
        case refused
    }

    /// Its identifier.
    public let id: ID<CaseReviewApplication>
    /// The day on which it was received.
    public let receivedOn: LocalDate
    /// The day of the decision on the threshold, of the withdrawal or of its being found invalid.
    public let decidedOn: LocalDate?
    /// Whether the victim agrees.
    public let consent: Consent
    /// What became of it.
    public let outcome: CaseReviewOutcome

    /// An application.
    /// - Throws: a `Fault` when its parts do not go together: an outcome without its day, a decision before the
    ///   application, a decision without the victim's consent, an exclusion without its reason.
    public init(
        id: ID<CaseReviewApplication>, receivedOn: LocalDate, decidedOn: LocalDate? = nil, consent: Consent = .own,
        outcome: CaseReviewOutcome
    ) throws(Fault) {
        self.id = id
        self.receivedOn = receivedOn
        self.decidedOn = decidedOn
        self.consent = consent
        self.outcome = outcome
        if let problem { throw Fault("The application cannot be recorded", because: problem) }
    }

    private var problem: String? {
        if outcome == .pending, decidedOn != nil { return "it has the day of a decision and is not decided" }
        if outcome != .pending, decidedOn == nil { return "the day of the decision is missing" }
        if let decidedOn, decidedOn < receivedOn { return "it was decided before it was received" }
        return consentProblem ?? reasonProblem
    }

    private var consentProblem: String? {
        let isDecided = ![.pending, .withdrawn, .invalid].contains(outcome.kind)
        switch consent {
        case .own, .given:
            return outcome == .invalid(.noConsent)
                ? "the victim consents, and it is set aside for want of consent" : nil
        case .awaited: return isDecided ? "it waits for the victim's consent and cannot be decided" : nil
        case .refused: return isDecided ? "the victim does not consent to it" : nil
        }
    }

    private var reasonProblem: String? {
        switch outcome {
        case .invalid(.vexatious(let reason)), .invalid(.premature(let reason)):
            reason.contains { !$0.isWhitespace } ? nil : "the reason for setting it aside is missing"
        default: nil
        }
    }
}
