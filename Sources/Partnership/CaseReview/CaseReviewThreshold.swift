public import Governance
public import Kernel

/// Whether an application meets the threshold, and by which test (2014 Act, s.104(4) and (5)).
public struct CaseReviewThreshold: Hashable, Sendable {
    /// A test. One is enough.
    public enum Test: String, CaseIterable, Sendable {
        /// As many qualifying complaints as the procedures ask for.
        case complaints
        /// Complaints of as many different people.
        case reporters
        /// A hate incident.
        case hate
        /// The panel finds that persistence, harm or an inadequate response ask for a review.
        case harm

        /// For readers.
        public var inWords: String {
            switch self {
            case .complaints: "enough qualifying complaints were made"
            case .reporters: "enough different people complained"
            case .hate: "one of the complaints is about a hate incident"
            case .harm: "the persistence, the harm or the response so far asks for a review"
            }
        }
    }

    /// What the panel found: that the behaviour meets the published test on persistence, harm and response.
    public struct HarmFinding: Hashable, Sendable {
        /// Who decided.
        public let by: ID<Account>
        /// When.
        public let on: LocalDate
        /// Why.
        public let reason: String

        /// A finding; nil without a reason.
        public init?(by: ID<Account>, on: LocalDate, reason: String) {
            guard reason.contains(where: { !$0.isWhitespace }) else { return nil }
            self.by = by
            self.on = on
            self.reason = reason
        }
    }

    /// The count.
    public let count: CaseReviewCount
    /// The panel's finding, where it made one. It can meet the threshold; nothing can take away what the count has met.
    public let harm: HarmFinding?

    /// A threshold.
    public init(_ count: CaseReviewCount, harm: HarmFinding? = nil) {
        self.count = count
        self.harm = harm
    }

    /// The tests that are met, in their order.
    public var tests: [Test] {
        let policy = count.policy
        return Test.allCases.filter { test in
            switch test {
            case .complaints: count.count >= policy.complaints
            case .reporters: policy.reporters.map { count.reporters >= $0 } ?? false
            case .hate: policy.isOneHateIncidentEnough && count.hasHateIncident
            case .harm: harm != nil
            }
        }
    }

    /// Whether it is met.
    public var isMet: Bool { !tests.isEmpty }

    /// Why an outcome does not go with the count; nil when it does.
    public func refusal(of outcome: CaseReviewOutcome) -> String? {
        switch outcome.kind {
        case .metReviewed, .metAwaiting:
            isMet
                ? nil
                : "The threshold is not met. A review without it is recorded as one that the bodies chose to hold."
        case .notMet, .notMetDiscretionaryReview:
            isMet ? "The threshold is met: \(tests.map(\.inWords).joined(separator: ", and "))." : nil
        case .withdrawn, .invalid, .pending: nil
        }
    }
}
