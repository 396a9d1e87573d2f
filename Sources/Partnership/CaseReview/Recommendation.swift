public import Governance
public import Kernel

/// A recommendation of a case review to one body, with what became of it.
///
/// It stays open until the body has answered, the work is done and shown, and the victim knows: reviews fail where
/// nobody follows what they recommended.
public struct CaseReviewRecommendation: Hashable, Sendable {
    /// What the body said.
    public enum Answer: Hashable, Sendable {
        /// It will do it, by the day.
        case accepts(due: LocalDate)
        /// It will do some of it by the day, and why not the rest.
        case partly(due: LocalDate, reason: String)
        /// It will not, and why.
        case rejects(reason: String)

        /// By when, where anything will be done.
        public var due: LocalDate? {
            switch self {
            case .accepts(let due), .partly(let due, _): due
            case .rejects: nil
            }
        }

        var reason: String? {
            switch self {
            case .accepts: nil
            case .partly(_, let reason), .rejects(let reason): reason
            }
        }
    }

    /// What stands between it and its end.
    public enum Missing: String, CaseIterable, Sendable {
        /// The body's answer.
        case answer
        /// The day on which it was done.
        case done
        /// What shows that it was done.
        case evidence
        /// That the victim was told, after the last thing there was to tell.
        case victimInformed = "victim-informed"
    }

    /// Why something cannot be written down.
    public enum Refusal: Error, Hashable, Sendable {
        /// It is closed.
        case closed
        /// A body that does not accept all of it says why.
        case reasonNeeded
        /// The day lies before that on which the recommendation was made.
        case tooEarly
        /// Nothing can be done where the body has not accepted.
        case notAccepted
        /// More is needed first.
        case missing([Missing])
    }

    /// Its identifier.
    public let id: ID<CaseReviewRecommendation>
    /// The body that it is made to.
    public let body: Code<Agency>
    /// What it recommends.
    public let text: String
    /// When the review made it.
    public let madeOn: LocalDate
    /// By when it asks for it; nil where it names no day.
    public let asksBy: LocalDate?
    /// What the body said.
    public private(set) var answer: Answer?
    /// When it said so.
    public private(set) var answeredOn: LocalDate?
    /// When it was done.
    public private(set) var doneOn: LocalDate?
    /// What shows that it was done.
    public private(set) var evidence: String?
    /// When the victim was last told how it stands.
    public private(set) var victimInformedOn: LocalDate?
    /// When it was closed.
    public private(set) var closedOn: LocalDate?

    /// A recommendation.
    public init(
        id: ID<CaseReviewRecommendation>, to body: Code<Agency>, text: String, madeOn: LocalDate,
        asksBy: LocalDate? = nil
    ) {
        self.id = id
        self.body = body
        self.text = text
        self.madeOn = madeOn
        self.asksBy = asksBy
    }
}

extension CaseReviewRecommendation {
    /// What is missing before it can be closed; nothing when it can.
    public var missing: [Missing] {
        guard let answer, let answeredOn else { return [.answer] }
        var missing: [Missing] = []
        if answer.due != nil {
            if doneOn == nil { missing.append(.done) }
            if evidence == nil { missing.append(.evidence) }
        }
        let last = max(answeredOn, doneOn ?? answeredOn)
        if victimInformedOn.map({ $0 < last }) ?? true { missing.append(.victimInformed) }
        return missing
    }

    /// Whether the body has let its day pass.
    public func isLate(on day: LocalDate) -> Bool {
        guard let due = answer?.due, closedOn == nil else { return false }
        return (doneOn ?? day) > due
    }

    /// Writes down what the body answers. A later answer stands for the earlier one.
    /// - Throws: `Refusal`.
    public mutating func record(_ answer: Answer, on day: LocalDate) throws(Refusal) {
        try check(day)
        if let reason = answer.reason, !CaseReviewRecommendation.isSaid(reason) { throw .reasonNeeded }
        if let due = answer.due, due < madeOn { throw .tooEarly }
        self.answer = answer
        answeredOn = day
    }

    /// Writes down that it was done, and what shows it.
    /// - Throws: `Refusal`.
    public mutating func recordDone(evidence: String, on day: LocalDate) throws(Refusal) {
        try check(day)
        guard answer?.due != nil else { throw .notAccepted }
        guard CaseReviewRecommendation.isSaid(evidence) else { throw .missing([.evidence]) }
        doneOn = day
        self.evidence = evidence
    }

    /// Writes down that the victim was told how it stands.
    /// - Throws: `Refusal`.
    public mutating func recordVictimInformed(on day: LocalDate) throws(Refusal) {
        try check(day)
        victimInformedOn = max(day, victimInformedOn ?? day)
    }

    /// Closes it.
    /// - Throws: `Refusal.missing` while the answer, the evidence or word to the victim is missing.
    public mutating func close(on day: LocalDate) throws(Refusal) {
        try check(day)
        guard missing.isEmpty else { throw .missing(missing) }
        closedOn = day
    }

    private func check(_ day: LocalDate) throws(Refusal) {
        guard closedOn == nil else { throw .closed }
        guard day >= madeOn else { throw .tooEarly }
    }

    private static func isSaid(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }
}
