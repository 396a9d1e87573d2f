public import Casework
public import Governance
public import Kernel

/// Where a referral to a panel stands (casework.md §2.4, §2.23).
public enum ReferralState: String, CaseIterable, Sendable {
    /// It waits for the co-ordinator.
    case submitted
    /// It went back for what is missing.
    case returned
    /// It was turned down, with a reason, a better forum and the next step.
    case declined
    /// The referrer asks the chair to look again.
    case appealed
    /// It will be heard, and has no meeting yet.
    case accepted
    /// It is on the agenda of a meeting.
    case listed
    /// It was heard and there is a plan.
    case planOpen = "plan-open"
    /// The panel is done with it.
    case exited
    /// The referrer took it back.
    case withdrawn

    /// What readers see.
    public var inWords: String {
        switch self {
        case .submitted: "Submitted"
        case .returned: "Returned"
        case .declined: "Declined"
        case .appealed: "Appealed"
        case .accepted: "Accepted"
        case .listed: "Listed"
        case .planOpen: "Plan open"
        case .exited: "Left the panel"
        case .withdrawn: "Withdrawn"
        }
    }

    /// Whether it goes on.
    public var isOpen: Bool {
        switch self {
        case .submitted, .returned, .appealed, .accepted, .listed, .planOpen: true
        case .declined, .exited, .withdrawn: false
        }
    }

    /// Whether it counts as an accepted one for repeats and flags.
    public var isAccepted: Bool {
        switch self {
        case .accepted, .listed, .planOpen, .exited: true
        case .submitted, .returned, .declined, .appealed, .withdrawn: false
        }
    }
}

/// A referral of a case to a panel. Declined and withdrawn referrals are kept and counted.
public struct PanelReferral: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<PanelReferral>
    /// The panel.
    public let panel: Code<Panel>
    /// The case.
    public let caseID: ID<CaseRecord>
    /// The reason for which it comes.
    public let route: Code<PanelRoute>
    /// Why, in the referrer's words; class P2. Empty for who may not see it.
    public internal(set) var why: String
    /// Whether it cannot wait for the next ordinary meeting.
    public let isEmergency: Bool
    /// The agency that refers.
    public let agency: Code<Agency>
    /// Who refers.
    public let referredBy: ID<Account>
    /// When.
    public let referredAt: Instant
    /// The day that counts for repeats: of a case from another area that area's.
    public let countsFrom: LocalDate
    /// Where it stands.
    public internal(set) var state: ReferralState
    /// What is missing, when it was returned; class P2.
    public internal(set) var missing: [String]
    /// The answer to it, when it was given.
    public internal(set) var decision: ReferralDecision?
    /// What the referrer says against a refusal; class P2.
    public internal(set) var appeal: String?
    /// The last day for whoever must act now; nil when nobody must.
    public internal(set) var dueOn: LocalDate?
    /// The version of the kind of panel whose thresholds it was decided under.
    public let typeVersion: String
    /// The reference of its case.
    public internal(set) var reference = ""
    /// Whether it was found to be a repeat, and under which definition; nil where nobody looked.
    public internal(set) var repeatFound: FoundRepeat?
}

/// What was found of a referral when it was accepted.
public struct FoundRepeat: Hashable, Sendable {
    /// Whether it is a repeat.
    public let isRepeat: Bool
    /// The definition under which it was decided.
    public let definition: RepeatDefinition
}

/// The answer to a referral.
public struct ReferralDecision: Hashable, Sendable {
    /// Why; class P2.
    public internal(set) var reason: String?
    /// The forum that suits it better.
    public internal(set) var forum: String?
    /// What happens next, and who keeps the risk until then; class P2.
    public internal(set) var nextStep: String?
    /// The rule's version under which it was decided: the roles and the kind of panel.
    public let ruleVersion: String
    /// Who decided.
    public let by: ID<Account>
    /// When.
    public let at: Instant
}
