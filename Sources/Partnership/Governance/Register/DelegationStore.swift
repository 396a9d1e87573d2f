public import Kernel
public import Storage

/// A colleague's standing in for another, as it is kept.
public struct Delegation: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<Delegation>
    /// Who hands over.
    public let delegator: ID<Account>
    /// Who stands in.
    public let delegate: ID<Account>
    /// Which roles.
    public let roles: Set<Code<Role>>
    /// The first day.
    public let from: LocalDate
    /// The last day.
    public let until: LocalDate
}

/// Keeps who stands in for whom.
public enum DelegationStore {
    /// The longest delegation, in days.
    public static let longest = 90

    /// Hands over, from the actor to a colleague of the same agency. Only roles that the actor holds themselves, and that
    /// the colleague could hold beside their own.
    /// - Returns: the delegation, or why not.
    /// - Throws: `StorageError`.
    public static func give(
        _ roles: Set<Code<Role>>, to colleague: Actor, from: LocalDate, until: LocalDate, catalogue: RoleCatalogue,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<Delegation, Fault> {
        let actor = occasion.actor
        if let objection = objection(roles, actor, colleague, from: from, until: until, catalogue) {
            return .failure(objection)
        }
        let delegation = Delegation(
            id: ID(at: occasion.now), delegator: actor.account, delegate: colleague.account, roles: roles, from: from,
            until: until)
        try connection.run(
            """
            INSERT INTO delegations (id, delegator, delegate, roles, from_day, until_day, made_at)
            VALUES (\(delegation.id), \(actor.account), \(colleague.account),
                \(roles.sorted().map(\.text).joined(separator: " ")), \(from), \(until), \(occasion.now))
            """)
        try log("delegated", delegation, on: occasion, in: connection)
        return .success(delegation)
    }

    /// Ends a delegation at once: one's own, given or received.
    /// - Returns: whether there was one.
    /// - Throws: `StorageError`.
    public static func end(
        _ id: ID<Delegation>, on occasion: Occasion, in connection: Connection
    ) throws -> Bool {
        let account = occasion.actor.account
        let changed = try connection.run(
            """
            UPDATE delegations SET ended_at = \(occasion.now)
            WHERE id = \(id) AND ended_at IS NULL AND (delegator = \(account) OR delegate = \(account))
            """)
        guard changed == 1 else { return false }
        var entry = occasion.entry(.permission, Code("delegation").map { AuditObject($0, id: id.text) })
        entry.code = "delegation-ended"
        try AuditLog.append(entry, in: connection)
        return true
    }

    /// For whom an account stands in on a day, no further than those colleagues' rights go at this moment.
    /// - Parameter actor: a colleague as they would sign in now, or nil when they may not (disabled, left).
    /// - Throws: `StorageError`, and what `actor` throws.
    public static func standIns(
        of account: ID<Account>, on day: LocalDate, in connection: Connection,
        actor: (ID<Account>) throws -> Actor?
    ) throws -> [StandIn] {
        let rows = try connection.rows(
            """
            SELECT delegator, roles, from_day, until_day FROM delegations
            WHERE delegate = \(account) AND ended_at IS NULL AND from_day <= \(day) AND until_day >= \(day)
            ORDER BY id
            """)
        return try rows.compactMap { row in
            guard let delegator = try actor(row.get("delegator")) else { return nil }
            let roles: String = try row.get("roles")
            return StandIn(
                for: delegator, roles: Set(roles.split(separator: " ").compactMap { Code(String($0)) }),
                from: try row.get("from_day"), until: try row.get("until_day"))
        }
    }

    private static func objection(
        _ roles: Set<Code<Role>>, _ actor: Actor, _ colleague: Actor, from: LocalDate, until: LocalDate,
        _ catalogue: RoleCatalogue
    ) -> Fault? {
        let what = "This was not handed over"
        if actor.account == colleague.account { return Fault(what, because: "nobody stands in for themselves") }
        if actor.agency != colleague.agency { return Fault(what, because: "the colleague is of another agency") }
        if roles.isEmpty || !roles.isSubset(of: actor.roles) {
            return Fault(what, because: "only roles of your own can be handed over")
        }
        if until < from || until >= from.advanced(by: longest) {
            return Fault(what, because: "it must last from 1 to \(longest) days")
        }
        return catalogue.conflict(colleague.roles.union(roles)).map { Fault(what, because: $0) }
    }

    private static func log(
        _ code: String, _ delegation: Delegation, on occasion: Occasion, in connection: Connection
    ) throws {
        var entry = occasion.entry(.permission, Code("delegation").map { AuditObject($0, id: delegation.id.text) })
        entry.code = code
        entry.subjects = [AuditSubject(delegation.delegate)]
        try AuditLog.append(entry, in: connection)
    }
}
