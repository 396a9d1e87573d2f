public import Kernel

/// Tags of identifiers and codes.
public enum Agency {}
/// A team of an agency.
public enum Team {}
/// A role that an account holds.
public enum Role {}
/// A panel: MARAC, Community MARAC and so on.
public enum Panel {}
/// A person's (or a client program's) way in.
public enum Account {}
/// A signed-in session.
public enum Session {}

/// A place on a panel, with its dates.
public struct PanelMembership: Hashable, Sendable {
    /// The panel.
    public let panel: Code<Panel>
    /// The first day.
    public let from: LocalDate
    /// The last day, or nil while it lasts.
    public let until: LocalDate?

    /// A place on a panel.
    public init(panel: Code<Panel>, from: LocalDate, until: LocalDate?) {
        self.panel = panel
        self.from = from
        self.until = until
    }

    /// Whether it holds on that day.
    public func holds(on day: LocalDate) -> Bool { day >= from && until.map { day <= $0 } ?? true }
}

/// Whose side of a record a worker is on (casework.md §4.2): a perpetrator's worker never sees a victim's safety fields.
public enum SubjectSide: String, CaseIterable, Sendable {
    case victim, perpetrator, child
}

/// Who acts. Nothing in Partnership is read or changed without one. Only sign-in, an API token, the command line and
/// the scheduler make one.
public struct Actor: Sendable, Hashable {
    /// What kind of actor.
    public enum Kind: String, Sendable {
        /// A signed-in person.
        case person
        /// A client program with a token.
        case client
        /// The command line or the scheduler.
        case system
    }

    /// What kind of actor.
    public var kind: Kind
    /// The account.
    public var account: ID<Account>
    /// The name shown to colleagues.
    public var name: String
    /// The agency that employs them.
    public var agency: Code<Agency>
    /// Their teams.
    public var teams: Set<Code<Team>>
    /// The roles that hold today.
    public var roles: Set<Code<Role>>
    /// Their places on panels, past ones too.
    public var panels: [PanelMembership]
    /// Their side, when their work has one.
    public var side: SubjectSide?
    /// The session, of a signed-in person.
    public var session: ID<Session>?
    /// When the second factor was last shown.
    public var secondFactorAt: Instant?
    /// The network address that the request came from.
    public var address: String?
    /// The last day on which both their training and their vetting are in date; nil when neither is asked for.
    public var clearedUntil: LocalDate?
    /// Colleagues for whom they stand in.
    public var standIns: [StandIn] = []

    /// An actor.
    public init(
        kind: Kind, account: ID<Account>, name: String, agency: Code<Agency>, teams: Set<Code<Team>> = [],
        roles: Set<Code<Role>> = [], panels: [PanelMembership] = [], side: SubjectSide? = nil,
        session: ID<Session>? = nil, secondFactorAt: Instant? = nil, address: String? = nil,
        clearedUntil: LocalDate? = nil
    ) {
        self.kind = kind
        self.account = account
        self.name = name
        self.agency = agency
        self.teams = teams
        self.roles = roles
        self.panels = panels
        self.side = side
        self.session = session
        self.secondFactorAt = secondFactorAt
        self.address = address
        self.clearedUntil = clearedUntil
    }

    /// Whether training and vetting are in date.
    public func isCleared(on day: LocalDate) -> Bool { clearedUntil.map { day <= $0 } ?? true }
}
