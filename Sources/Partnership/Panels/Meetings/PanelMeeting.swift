public import Governance
public import Kernel

/// A meeting of a panel. Nothing of it is personal data: it is what a calendar shows.
public struct PanelMeeting: Hashable, Sendable {
    /// Its identifier, also in the register and in the audit.
    public let id: ID<PanelMeeting>
    /// The panel.
    public let panel: Code<Panel>
    /// The version of the kind of panel under which it was called.
    public let typeVersion: String
    /// When it begins.
    public var startsAt: Instant
    /// When it ends.
    public var endsAt: Instant
    /// Where it stands.
    public var state: MeetingState
    /// Whether it was called for something that cannot wait.
    public let isExtraordinary: Bool
    /// How often its time changed, for calendars.
    public var sequence: Int
    /// The last day for a referral.
    public var referralsUntil: LocalDate
    /// The last day for research.
    public var researchUntil: LocalDate
    /// The last day for the minutes.
    public var minutesUntil: LocalDate
    /// When its minutes were approved.
    public var approvedAt: Instant?
    /// By whom.
    public var approvedBy: ID<Account>?
    /// When it was called.
    public let calledAt: Instant

    /// Its day.
    public var day: LocalDate { startsAt.ukDate }
}
