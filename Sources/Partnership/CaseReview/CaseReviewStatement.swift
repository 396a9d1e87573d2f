public import Governance
public import Kernel
public import Rules

/// A year's figures as they were computed once, and published when someone other than their maker approved them.
/// Nothing of it changes afterwards; a correction is another statement that says why.
public struct CaseReviewStatement: Hashable, Sendable {
    /// The approval of a statement.
    public struct Publication: Hashable, Sendable {
        /// 1 for a year's first, then one more for each correction.
        public let version: Int
        /// What a later version corrects; nil for the first.
        public let correction: String?
        /// When.
        public let at: Instant
        /// Who approved it.
        public let by: ID<Account>
        /// Their name then.
        public let byName: String
    }

    /// Its identifier.
    public let id: ID<CaseReviewStatement>
    /// The figures.
    public let figures: CaseReviewFigures
    /// Which applications were counted, as it was printed.
    public let method: String
    /// How the figures hang together, as it was printed.
    public let reconciliation: String
    /// When it was computed.
    public let madeAt: Instant
    /// Who had it computed.
    public let madeBy: ID<Account>
    /// Their name then.
    public let madeByName: String
    /// Their agency then.
    public let agency: Code<Agency>
    /// The approval; nil before.
    public let publication: Publication?
}

extension CaseReviewStatement {
    /// That figures are due, in words for whoever publishes them; nil while they are not.
    /// - Parameter last: the day of the last publication, or nil when there was none.
    /// - Throws: a `Fault` when the rule `caseReview.publish.every` is missing or cannot be used.
    public static func warning(
        lastPublishedOn last: LocalDate?, today: LocalDate, _ rules: PolicyRules
    ) throws(Fault) -> String? {
        let key: RuleKey = "caseReview.publish.every"
        let start = try rules.windowStart(key, endingOn: today)
        let every = try rules.required(key, on: today).value.inWords
        guard let last else {
            return "No figures about case reviews have been published yet. They are due every \(every)."
        }
        guard last < start else { return nil }
        return "Figures about case reviews were last published on \(last.inWords). They are due every \(every)."
    }
}

/// Why figures are not kept or published.
public enum CaseReviewRefusal: Error, Hashable, Sendable {
    /// There is no such statement, or it is not for this person.
    case absent
    /// The policy does not allow it.
    case denied(AccessDecision.Reason)
    /// The year goes on.
    case yearNotOver(LocalDate)
    /// They were computed before the year was over.
    case computedEarly(LocalDate)
    /// It is published already.
    case published
    /// The year has figures already: a correction must say why.
    case correctionNeeded
    /// The year has no figures that could be corrected.
    case nothingToCorrect

    /// For the person who tried.
    public var text: String {
        switch self {
        case .absent: "There are no such figures."
        case .denied(.ownWork): "Someone other than the person who had the figures computed must approve them."
        case .denied: "You may not do this."
        case .yearNotOver(let day): "The year goes on until \(day.inWords). Figures are published when it is over."
        case .computedEarly(let day):
            "These figures were computed before the year ended on \(day.inWords). Compute them again."
        case .published: "These figures are published already. A correction needs new figures."
        case .correctionNeeded: "Figures of this year are published already. Say what these correct, and why."
        case .nothingToCorrect: "No figures of this year are published yet, so there is nothing to correct."
        }
    }
}
