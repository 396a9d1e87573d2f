public import Governance
public import Kernel

/// Whether an order against a person is fair to them and in proportion, as someone weighed it up (casework.md §2.3;
/// Equality Act 2010, s.149; Human Rights Act 1998, s.6). It never changes: a later one takes its place, and says why.
public struct OrderAssessment: Hashable, Sendable {
    /// What of a person's life an order may weigh on more heavily than on others.
    public enum Circumstance: String, CaseIterable, Sendable {
        case health, disability, neurodivergence
        case substanceUse = "substance-use"
        case age, caring
    }

    /// What something is known of.
    public var circumstances: Set<Circumstance>
    /// What is known, and from whom; also who was asked where nothing is.
    public var known: String
    /// What was tried before.
    public var tried: String
    /// Why less would not do.
    public var whyNotLess: String
    /// What the terms adjust for it.
    public var adjustments: String
    /// Who assessed, with rank or office.
    public var assessedBy: String
    /// On which day.
    public var day: LocalDate
    /// Why it was made only after the step with which it is asked for; empty where it was made in time.
    public var whyLate: String
    /// What it corrects in the one before it, and why; empty where there is none before it.
    public var whyAgain: String
    /// When it was entered.
    public var enteredAt: Instant
    /// By whom.
    public var enteredBy: ID<Account>

    /// An assessment.
    public init(
        circumstances: Set<Circumstance> = [], known: String, tried: String, whyNotLess: String, adjustments: String,
        assessedBy: String, day: LocalDate, whyLate: String = "", whyAgain: String = "", enteredAt: Instant,
        enteredBy: ID<Account>
    ) {
        self.circumstances = circumstances
        self.known = known
        self.tried = tried
        self.whyNotLess = whyNotLess
        self.adjustments = adjustments
        self.assessedBy = assessedBy
        self.day = day
        self.whyLate = whyLate
        self.whyAgain = whyAgain
        self.enteredAt = enteredAt
        self.enteredBy = enteredBy
    }
}

/// A step that was taken without the assessment that is asked for before it.
public struct UnassessedStep: Hashable, Sendable {
    /// The step.
    public var step: Order.State
    /// Why it was taken all the same.
    public var reason: String
    /// When that was entered.
    public var at: Instant
    /// By whom.
    public var by: ID<Account>

    /// A step.
    public init(_ step: Order.State, reason: String, at: Instant, by: ID<Account>) {
        self.step = step
        self.reason = reason
        self.at = at
        self.by = by
    }
}
