public import Casework
public import Kernel

/// A step of a review, by its code in the case type.
public enum CaseReviewMove: String, CaseIterable, Sendable {
    /// The applicant was told that it came in.
    case acknowledge
    /// It can be decided.
    case validate
    /// It cannot.
    case invalidate
    /// Every relevant body is asked for what it knows.
    case askRecords = "ask-records"
    /// The threshold is met.
    case met
    /// It is not.
    case notMet = "not-met"
    /// A review is arranged.
    case arrange
    /// It was held.
    case review
    /// The outcome letter was sent.
    case sendOutcome = "send-outcome"
    /// The applicant appeals.
    case appeal
    /// The appeal changes nothing, and what was recommended is followed.
    case appealStands = "appeal-stands"
    /// The appeal changes nothing, and there was no review.
    case appealEnds = "appeal-ends"
    /// The appeal brings a review, or another one.
    case appealChanges = "appeal-changes"
    /// The appeal finds that it can be decided.
    case appealValid = "appeal-valid"
    /// The applicant asks the local policing body.
    case askPolicingBody = "ask-policing-body"
    /// It lets the decision stand.
    case policingStands = "policing-stands"
    /// It asks for a review.
    case policingChanges = "policing-changes"
    /// What was recommended is followed.
    case monitor
    /// It ends after a review.
    case close
    /// It ends because the threshold is not met.
    case closeNotMet = "close-not-met"
    /// The applicant takes it back.
    case withdraw
    /// It begins again.
    case reopen

    /// The step of a case; nil when it is none of a case review.
    public init?(_ move: Code<CaseMove>) { self.init(rawValue: move.text) }

    /// Its code in the case type.
    public var code: Code<CaseMove>? { Code(rawValue) }
}
