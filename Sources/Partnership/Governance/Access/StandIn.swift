public import Kernel

/// What a colleague handed over for a time (a delegation): some of their roles, with their teams and places on panels.
///
/// Whoever stands in keeps their own walls, names, grants and second factor, and is also bound by those of the
/// colleague: a stand-in sees through it only what both may see (casework.md §4.3). A stand-in hands nothing on.
public struct StandIn: Hashable, Sendable {
    /// Who handed over.
    public let delegator: ID<Account>
    /// Their agency. It must be the stand-in's own.
    public let agency: Code<Agency>
    /// The roles handed over: of the delegator's own only.
    public let roles: Set<Code<Role>>
    /// The delegator's teams.
    public let teams: Set<Code<Team>>
    /// The delegator's places on panels.
    public let panels: [PanelMembership]
    /// The delegator's side.
    public let side: SubjectSide?
    /// The last day of the delegator's training and vetting.
    public let clearedUntil: LocalDate?
    /// The first day.
    public let from: LocalDate
    /// The last day.
    public let until: LocalDate

    /// A delegation of those of the named roles that the delegator has themselves, today and not as a stand-in.
    /// - Parameter delegator: as they are now: what they lost since, the stand-in has lost too.
    public init(for delegator: Actor, roles: Set<Code<Role>>, from: LocalDate, until: LocalDate) {
        self.delegator = delegator.account
        agency = delegator.agency
        self.roles = roles.intersection(delegator.roles)
        teams = delegator.teams
        panels = delegator.panels
        side = delegator.side
        clearedUntil = delegator.clearedUntil
        self.from = from
        self.until = until
    }

    /// Whether it holds on that day.
    public func holds(on day: LocalDate) -> Bool { day >= from && day <= until }
}

/// In what capacity an actor asks: as themselves, or standing in for a colleague.
struct Capacity {
    let accounts: Set<ID<Account>>
    let owner: ID<Account>
    let agency: Code<Agency>
    let teams: Set<Code<Team>>
    let roles: [Code<Role>]
    let panels: [PanelMembership]
    let sides: Set<SubjectSide?>

    private let cleared: [LocalDate]

    init(_ actor: Actor) {
        accounts = [actor.account]
        owner = actor.account
        agency = actor.agency
        teams = actor.teams
        roles = actor.roles.sorted()
        panels = actor.panels
        sides = [actor.side]
        cleared = [actor.clearedUntil].compactMap { $0 }
    }

    init(_ actor: Actor, for colleague: StandIn) {
        accounts = [actor.account, colleague.delegator]
        owner = colleague.delegator
        agency = actor.agency
        teams = colleague.teams
        roles = colleague.roles.sorted()
        panels = colleague.panels
        sides = [actor.side, colleague.side]
        cleared = [actor.clearedUntil, colleague.clearedUntil].compactMap { $0 }
    }

    func isCleared(on day: LocalDate) -> Bool { cleared.allSatisfy { day <= $0 } }
}
