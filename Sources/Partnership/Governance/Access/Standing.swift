public import Kernel

/// How someone stands to a record at a moment, and what their roles allow from there.
struct Standing {
    /// A permission that applies here, and how deep.
    private struct Allowance {
        let role: Code<Role>
        let permission: Permission
        let highest: FieldClass
    }

    let reaches: Set<Reach>
    private let allowances: [Allowance]

    init(of capacity: Capacity, to request: AccessRequest, roles: RoleCatalogue, now: Instant) {
        let facts = request.facts
        let reaches = facts.reaches(of: capacity, actor: request.actor.account, now: now)
        let shared = facts.shares.filter { $0.agency == capacity.agency && $0.holds(on: now.ukDate) }.map(\.highest)
        var allowances: [Allowance] = []
        for role in capacity.roles {
            for permission in roles.permissions(of: role) where permission.covers(facts.kind, facts.recordClass) {
                let common = permission.reach.intersection(reaches)
                guard !common.isEmpty else { continue }
                // What is merely shared is seen no deeper than the sharing says.
                let depth = common == [.shared] ? min(permission.highest, shared.max() ?? .p0) : permission.highest
                allowances.append(Allowance(role: role, permission: permission, highest: depth))
            }
        }
        self.reaches = reaches
        self.allowances = allowances
    }

    /// Whether they may know that the record exists.
    var knows: Bool { allowances.contains { !$0.permission.actions.isDisjoint(with: [.read, .list, .search]) } }

    /// Whether they work on it: protection is not against them.
    var isAtWork: Bool { !reaches.isDisjoint(with: [.own, .involved, .team]) }

    /// The role that allows the action on fields of that class for that purpose; the first by its code.
    func role(for action: AccessAction, _ fieldClass: FieldClass, purpose: Code<Purpose>?) -> Code<Role>? {
        allowances.first {
            $0.permission.actions.contains(action) && fieldClass <= $0.highest && $0.permission.serves(purpose)
        }?.role
    }

    /// Whether another purpose would allow it.
    func isAllowedForSomePurpose(_ action: AccessAction, _ fieldClass: FieldClass) -> Bool {
        allowances.contains { $0.permission.actions.contains(action) && fieldClass <= $0.highest }
    }
}

extension RecordFacts {
    /// How a capacity stands to the record. A broken glass is the actor's own and never a colleague's.
    func reaches(of capacity: Capacity, actor: ID<Account>, now: Instant) -> Set<Reach> {
        let day = now.ukDate
        var reaches: Set<Reach> = [.partnership]
        if involved.contains(capacity.owner) { reaches.insert(.involved) }
        if agency == capacity.agency {
            reaches.insert(.agency)
            if owner == capacity.owner { reaches.insert(.own) }
            if let team, capacity.teams.contains(team) { reaches.insert(.team) }
        }
        if shares.contains(where: { $0.agency == capacity.agency && $0.holds(on: day) }) { reaches.insert(.shared) }
        let seats = capacity.panels.filter { $0.holds(on: day) }.map(\.panel)
        let isListed = listings.contains {
            $0.holds(on: day) && seats.contains($0.panel)
                && ($0.agencies.isEmpty || $0.agencies.contains(capacity.agency))
        }
        if isListed { reaches.insert(.listed) }
        if isGlassBroken(by: actor, now: now) { reaches.insert(.glass) }
        // A grant is to a person: who stands in for someone brings their own grant and not their roles.
        if recordClass == .sealed, capacity.owner == actor, isGranted(to: actor, now: now) { reaches.insert(.granted) }
        return reaches
    }

    /// Whether the account broke the record's glass less than three hours ago.
    func isGlassBroken(by account: ID<Account>, now: Instant) -> Bool {
        recordClass == .protected && glasses.contains { $0.account == account && now < $0.until }
    }

    /// Whether the chair granted it to the account.
    public func isGranted(to account: ID<Account>, now: Instant) -> Bool {
        grants.contains { $0.account == account && now < $0.until }
    }
}
