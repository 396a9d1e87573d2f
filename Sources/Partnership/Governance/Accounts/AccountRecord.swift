public import Kernel

/// A role with the days on which it holds.
public struct RoleGrant: Hashable, Sendable {
    /// The role.
    public let role: Code<Role>
    /// The first day.
    public let from: LocalDate
    /// The last day, or nil while it lasts.
    public let until: LocalDate?

    /// A grant.
    public init(_ role: Code<Role>, from: LocalDate, until: LocalDate? = nil) {
        self.role = role
        self.from = from
        self.until = until
    }

    /// Whether it holds on that day.
    public func holds(on day: LocalDate) -> Bool { day >= from && until.map { day <= $0 } ?? true }
}

/// What an administrator says of an account.
public struct AccountDetails: Hashable, Sendable {
    /// The address by which they sign in.
    public var email: EmailAddress
    /// The name shown to colleagues.
    public var name: String
    /// The agency that employs them.
    public var agency: Code<Agency>
    /// Their teams.
    public var teams: Set<Code<Team>>
    /// Their roles.
    public var roles: Set<RoleGrant>
    /// Their places on panels.
    public var panels: Set<PanelMembership>
    /// Their side, when their work has one.
    public var side: SubjectSide?
    /// The day until which their information-governance training is in date.
    public var trainedUntil: LocalDate?
    /// The day until which their vetting is in date.
    public var vettedUntil: LocalDate?

    /// Details.
    public init(
        email: EmailAddress, name: String, agency: Code<Agency>, teams: Set<Code<Team>> = [],
        roles: Set<RoleGrant> = [], panels: Set<PanelMembership> = [], side: SubjectSide? = nil,
        trainedUntil: LocalDate? = nil, vettedUntil: LocalDate? = nil
    ) {
        self.email = email
        self.name = name
        self.agency = agency
        self.teams = teams
        self.roles = roles
        self.panels = panels
        self.side = side
        self.trainedUntil = trainedUntil
        self.vettedUntil = vettedUntil
    }

    /// The roles that hold on a day.
    public func roles(on day: LocalDate) -> Set<Code<Role>> {
        Set(roles.filter { $0.holds(on: day) }.map(\.role))
    }
}

/// Whether an account may be used.
public enum AccountStatus: String, CaseIterable, Sendable {
    /// Made, and waiting for its owner to set a password.
    case invited
    /// In use.
    case active
    /// Closed. Its past acts keep its name.
    case disabled
}

/// An account.
public struct AccountRecord: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<Account>
    /// What an administrator says of it.
    public var details: AccountDetails
    /// Whether it may be used.
    public var status: AccountStatus
    /// Rises by one with every change; a change names the version it was based on.
    public var version: Int64
    /// When it was made.
    public let createdAt: Instant
    /// When it was last changed.
    public var changedAt: Instant

    /// The actor that its owner is at that moment.
    public func actor(session: ID<Session>?, secondFactorAt: Instant?, address: String?, at now: Instant) -> Actor {
        Actor(
            kind: .person, account: id, name: details.name, agency: details.agency, teams: details.teams,
            roles: details.roles(on: now.ukDate),
            panels: details.panels.sorted { ($0.panel, $0.from) < ($1.panel, $1.from) }, side: details.side,
            session: session, secondFactorAt: secondFactorAt, address: address,
            clearedUntil: [details.trainedUntil, details.vettedUntil].compactMap { $0 }.min())
    }
}
