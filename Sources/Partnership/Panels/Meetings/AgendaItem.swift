public import Casework
public import Governance
public import Kernel

/// A case on the agenda of a meeting.
public struct AgendaItem: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<AgendaItem>
    /// The meeting.
    public let meeting: ID<PanelMeeting>
    /// The case.
    public let caseID: ID<CaseRecord>
    /// The referral by which it came; nil where a co-ordinator put it on again.
    public let referral: ID<PanelReferral>?
    /// What it is.
    public let kind: AgendaKind
    /// Whether it cannot wait.
    public let isUrgent: Bool
    /// Agencies asked to it; all that sit on the panel when empty.
    public let agencies: Set<Code<Agency>>
    /// Who presents it.
    public let presenter: ID<Account>?
    /// Minutes that the co-ordinator gave it, in place of the rule's.
    public let allotted: Int?
    /// Minutes that it took.
    public let taken: Int?
    /// What was decided; class P2.
    public let decision: String?
    /// Why no action was needed, where there is none; class P2.
    public let noAction: String?
    /// The risk as it came, in a word of the case type's bands; class P2.
    public let riskBefore: String?
    /// The risk as it was left; class P2.
    public let riskAfter: String?
    /// When it was listed.
    public let listedAt: Instant
    /// When it was taken off the agenda.
    public let takenOffAt: Instant?
}
