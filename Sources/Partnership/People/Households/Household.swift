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
    /// Where; nil when it is not known, or the actor may not see where everyone of them lives.
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

    /// Adds someone to a household, or changes when they lived there.
    /// - Parameter id: a member whom the actor sees in it.
    /// - Throws: `StorageError`.
    public func setMember(
        _ member: HouseholdMember, of household: ID<Household>, with id: ID<Person>, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, PartRefusal> {
        guard let found = try HouseholdRows.households(of: id, in: connection).first(where: { $0.id == household }),
            try shown(found, on: occasion, in: connection)?.members.contains(where: { $0.person == id }) == true
        else { return .failure(.register(.absent)) }
        for person in [id, member.person] {
            let asked = try forChange(person, "household", on: occasion, in: connection) { $0.reachClass(.ordinary) }
            if case .failure(let refusal) = asked { return .failure(refusal) }
        }
        if let problem = member.problem { return .failure(.problems([problem])) }
        try HouseholdRows.set(member, in: household, in: connection)
        return .success(())
    }

    private func shown(
        _ household: Household, on occasion: Occasion, in connection: Connection
    ) throws -> Household? {
        var members: [HouseholdMember] = []
        for member in household.members {
            guard let reach = try reach(member.person, on: occasion, in: connection) else { continue }
            if reach.isWalled { return nil }
            if reach.isAllowed { members.append(member) }
        }
        let isWhole = members.count == household.members.count
        return Household(id: household.id, lines: isWhole ? household.lines : nil, members: members)
    }

    /// How the actor stands to where a person lives.
    private func reach(
        _ person: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> (depth: FieldClass, isAllowed: Bool, isWalled: Bool)? {
        let id = ID<Registered>(person)
        guard let entry = try register.entries([id], now: occasion.now, in: connection)[id] else { return nil }
        let depth = entry.reachClass(.ordinary)
        let sides = occasion.actor.standIns.map(\.side) + [occasion.actor.side]
        let isWalled = sides.contains(.perpetrator) && entry.facts.side != .perpetrator
        return (depth, allows(.read, depth, entry, occasion), isWalled)
    }
}

extension HouseholdMember {
    var problem: PartProblem? {
        guard let from, let until, until < from else { return nil }
        return PartProblem("until", "The last day must not be before the first")
    }
}

/// How households lie in their tables. Nothing here asks who may see them.
enum HouseholdRows {
    static func households(of person: ID<Person>, in connection: Connection) throws -> [Household] {
        let rows = try connection.rows(
            """
            SELECT h.id, h.lines FROM households h
            JOIN household_members m ON m.household = h.id
            WHERE m.person = \(person)
            ORDER BY h.id DESC
            """)
        return try rows.map { row in
            let id: ID<Household> = try row.get("id")
            return Household(id: id, lines: try row.optional("lines"), members: try members(of: id, in: connection))
        }
    }

    private static func members(of id: ID<Household>, in connection: Connection) throws -> [HouseholdMember] {
        try connection.rows(
            """
            SELECT person, role, from_day, until_day FROM household_members
            WHERE household = \(id)
            ORDER BY role, person
            """
        ).map { row in
            guard let role = HouseholdRole(rawValue: try row.get("role")) else {
                throw StorageError.wrongValue(column: "role")
            }
            return HouseholdMember(
                try row.get("person"), role, from: try row.optional("from_day"), until: try row.optional("until_day"))
        }
    }

    static func insert(
        _ id: ID<Household>, _ lines: String?, at now: Instant, by account: ID<Account>, in connection: Connection
    ) throws {
        try connection.run(
            "INSERT INTO households (id, lines, changed_at, changed_by) VALUES (\(id), \(lines), \(now), \(account))")
    }

    static func set(_ member: HouseholdMember, in id: ID<Household>, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO household_members (household, person, role, from_day, until_day)
            VALUES (\(id), \(member.person), \(member.role.rawValue), \(member.from), \(member.until))
            ON CONFLICT (household, person) DO UPDATE
            SET role = excluded.role, from_day = excluded.from_day, until_day = excluded.until_day
            """)
    }
}
