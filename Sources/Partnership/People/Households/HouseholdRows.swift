internal import Governance
internal import Kernel
internal import Storage

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

    static func household(_ id: ID<Household>, in connection: Connection) throws -> Household? {
        guard let row = try connection.first("SELECT lines FROM households WHERE id = \(id)") else { return nil }
        return Household(id: id, lines: try row.optional("lines"), members: try members(of: id, in: connection))
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

    /// Writes where it is, in place of what is there.
    /// - Returns: whether that was still there.
    static func change(
        _ id: ID<Household>, from old: String, to lines: String, at now: Instant, by account: ID<Account>,
        in connection: Connection
    ) throws -> Bool {
        try connection.run(
            """
            UPDATE households
            SET lines = \(lines), changed_at = \(now), changed_by = \(account)
            WHERE id = \(id) AND lines = \(old)
            """) == 1
    }

    static func remove(_ person: ID<Person>, from id: ID<Household>, in connection: Connection) throws {
        try connection.run("DELETE FROM household_members WHERE household = \(id) AND person = \(person)")
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
