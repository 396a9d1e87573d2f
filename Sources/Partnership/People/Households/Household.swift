public import Governance
public import Kernel
public import Storage

/// What someone is in a household.
public enum HouseholdRole: String, CaseIterable, Sendable {
    case adult, child, lodger, visitor
}

/// Someone who lives, or lived, in a household.
public struct HouseholdMember: Hashable, Sendable {
    /// Who.
    public var person: ID<Person>
    /// What they are in it.
    public var role: HouseholdRole
    /// The first day; nil when it is not known.
    public var from: LocalDate?
    /// The last day; nil while they live there.
    public var until: LocalDate?

    /// A member.
    public init(_ person: ID<Person>, _ role: HouseholdRole, from: LocalDate? = nil, until: LocalDate? = nil) {
        self.person = person
        self.role = role
        self.from = from
        self.until = until
    }
}

/// People who live together, as far as the actor may see.
public struct Household: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<Household>
    /// Where; nil when it is not known, or the actor may not see where everyone lives who lives there now.
    public let lines: String?
    /// The members whom the actor may see.
    public let members: [HouseholdMember]
}

// MARK: - Households

extension PersonStore {
    /// The households of a person. Whoever may not see where a member lives does not see that member, nor the address; and
    /// who works with people who harm sees no household in which anyone else lives.
    /// - Throws: `StorageError`.
    public func households(
        of id: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> [Household] {
        let all = try HouseholdRows.households(of: id, in: connection)
        return try all.compactMap { household in
            let shown = try shown(household, on: occasion, in: connection)
            guard let shown, shown.members.contains(where: { $0.person == id }) else { return nil }
            for member in shown.members {
                guard let depth = try reach(member.person, on: occasion, in: connection)?.depth else { continue }
                _ = try register.find(
                    ID(member.person), for: .read, depth, detail: RegisterDetail(fields: ["household"]), on: occasion,
                    in: connection)
            }
            return shown
        }
    }

    /// Makes a household in which a person lives.
    /// - Throws: `StorageError`.
    public func makeHousehold(
        _ lines: String?, with member: HouseholdMember, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<Household>, PartRefusal> {
        let asked = try forChange(member.person, "household", on: occasion, in: connection) { $0.reachClass(.ordinary) }
        if case .failure(let refusal) = asked { return .failure(refusal) }
        if let problem = member.problem { return .failure(.problems([problem])) }
        let id = ID<Household>(at: occasion.now)
        try HouseholdRows.insert(
            id, PartText.lines(lines), at: occasion.now, by: occasion.actor.account, in: connection)
        try HouseholdRows.set(member, in: id, in: connection)
        return .success(id)
    }

    /// Adds someone to a household, or changes when they lived there; what was said before stays in the history.
    /// - Parameters:
    ///   - id: a member whom the actor sees in it and can change.
    ///   - seen: what the actor saw of the member whom they change; nil for someone whom they did not see there.
    /// - Throws: `StorageError`.
    public func setMember(
        _ member: HouseholdMember, of household: ID<Household>, with id: ID<Person>, seen: HouseholdMember? = nil,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PartRefusal> {
        guard let found = try HouseholdRows.households(of: id, in: connection).first(where: { $0.id == household }),
            let open = try shown(found, on: occasion, in: connection), open.members.contains(where: { $0.person == id })
        else { return .failure(.register(.absent)) }
        let asked = try forChange(id, "household", on: occasion, in: connection) { $0.reachClass(.ordinary) }
        if case .failure(let refusal) = asked { return .failure(refusal) }
        if member.person != id {
            let named = try forNaming(
                member.person, "household", least: .p1, { $0.reachClass(.ordinary) }, on: occasion, in: connection)
            if case .failure(let refusal) = named { return .failure(refusal) }
        }
        if let problem = member.problem { return .failure(.problems([problem])) }
        let now = open.members.first { $0.person == member.person }
        guard now == seen else { return .failure(.changedMeanwhile) }
        let old = found.members.first { $0.person == member.person }
        // Who does not see that they live there adds to what is known, and learns nothing of it.
        let kept = now == nil ? member.added(to: old, on: occasion.now.ukDate) : member
        try noteEntry(kept, over: old, isNew: now == nil, in: household, on: occasion, in: connection)
        guard kept != old else { return .success(()) }
        if let old {
            try HistoryRows.insert(
                old, in: household, at: occasion.now, by: occasion.actor.account, in: connection)
        }
        try HouseholdRows.set(kept, in: household, in: connection)
        return .success(())
    }

    /// Whether the actor sees a former part of a person that tells of a household: where it was, only with where it is now.
    func shows(
        _ part: FormerPart, in household: ID<Household>, of id: ID<Person>, on occasion: Occasion,
        in connection: Connection
    ) throws -> Bool {
        guard let found = try HouseholdRows.household(household, in: connection),
            let open = try shown(found, on: occasion, in: connection)
        else { return false }
        let isMember = found.members.contains { $0.person == id }
        if part.isPlace, !isMember || open.lines == nil { return false }
        return !isMember || open.members.contains { $0.person == id }
    }

    /// A household as far as the actor may see; nil where they may see nothing of it.
    func shown(
        _ household: Household, on occasion: Occasion, in connection: Connection
    ) throws -> Household? {
        var members: [HouseholdMember] = []
        for member in household.members {
            guard let reach = try reach(member.person, on: occasion, in: connection) else { continue }
            if reach.isWalled { return nil }
            if reach.isAllowed { members.append(member) }
        }
        // Who left does not hide where the others live; who lives there, or will, does.
        let isWhole = household.members.allSatisfy { $0.isOver(on: occasion.now.ukDate) || members.contains($0) }
        return Household(id: household.id, lines: isWhole ? household.lines : nil, members: members)
    }

    /// How the actor stands to where a person lives, by the strictest record of the same person.
    private func reach(
        _ person: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> (depth: FieldClass, isAllowed: Bool, isWalled: Bool)? {
        let id = ID<Registered>(person)
        guard let entry = try register.entries([id], now: occasion.now, in: connection)[id] else { return nil }
        let depth = entry.reachClass(.ordinary)
        let strict = try strictest(entry, person, on: occasion, in: connection)
        let isWalled = occasion.actor.worksWithHarm && strict?.facts.side != .perpetrator
        let isAllowed = try allowsAll(entry, person, on: occasion, in: connection) { $0.reachClass(.ordinary) }
        return (depth, isAllowed, isWalled)
    }
}

extension HouseholdMember {
    var problem: PartProblem? {
        guard let from, let until, until < from else { return nil }
        return PartProblem("until", "The last day must not be before the first")
    }

    /// What it says in one line, for the history.
    var inWords: String {
        var words = "household: \(role.rawValue)"
        if let from { words += "; from \(from.inWords)" }
        if let until { words += "; until \(until.inWords)" }
        return words
    }

    /// Whether they live there no more.
    func isOver(on day: LocalDate) -> Bool { until.map { $0 < day } ?? false }

    /// What is known of them when it is said by someone who does not see that they were there already. They cannot say that
    /// someone left: where the others live would then show.
    func added(to old: HouseholdMember?, on day: LocalDate) -> HouseholdMember {
        guard let old, !old.isOver(on: day) else { return filled(from: old) }
        var kept = self
        kept.from = from ?? old.from
        kept.until = old.until
        return kept.problem == nil ? kept : old
    }

    /// With the days that were known before, where this tells none and they agree.
    func filled(from old: HouseholdMember?) -> HouseholdMember {
        var filled = self
        filled.from = from ?? old?.from
        filled.until = until ?? old?.until
        return filled.problem == nil ? filled : self
    }
}
