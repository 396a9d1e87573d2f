public import Governance
public import Kernel

/// Whether someone was at a meeting.
public enum PanelPresence: String, CaseIterable, Sendable {
    case present
    /// They were not there and sent what their agency knows.
    case apologiesWithInformation = "apologies-with-information"
    case apologies, absent

    /// What readers see.
    public var inWords: String {
        switch self {
        case .present: "Present"
        case .apologiesWithInformation: "Apologies, with information"
        case .apologies: "Apologies"
        case .absent: "Absent"
        }
    }
}

/// Someone's place at a meeting.
public struct PanelAttendance: Hashable, Sendable {
    /// Who.
    public let account: ID<Account>
    /// The agency for which they sit.
    public let agency: Code<Agency>
    /// Whether they were there; nil while nobody wrote it.
    public let presence: PanelPresence?
    /// For whom they stand in.
    public let deputyFor: ID<Account>?
    /// When they accepted confidentiality for this meeting.
    public let acceptedAt: Instant?
}
