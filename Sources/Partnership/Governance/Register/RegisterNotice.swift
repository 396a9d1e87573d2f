public import Kernel
public import Storage

/// Word to an agency, or to those who hold a role, that something happened around a record. It names no person and says
/// nothing of the record but its identifier.
public struct RegisterNotice: Hashable, Sendable {
    /// What happened.
    public enum Kind: String, CaseIterable, Sendable {
        /// Someone broke the glass of a protected record.
        case glassBroken = "glass-broken"
        /// Someone broke glasses again and again.
        case glassesRepeated = "glasses-repeated"
        /// A review found misuse.
        case misuse
        /// Someone declared a conflict of interest.
        case conflictDeclared = "conflict-declared"
    }

    /// What happened.
    public let kind: Kind
    /// The agency that is told, or nil.
    public let agency: Code<Agency>?
    /// The role whose holders are told, or nil.
    public let role: Code<Role>?
    /// Who did it.
    public let account: ID<Account>?
    /// The record.
    public let record: ID<Registered>?
    /// The broken glass.
    public let glass: ID<BrokenGlass>?
    /// When it was sent; nil before.
    public let at: Instant?

    init(
        _ kind: Kind, agency: Code<Agency>? = nil, role: Code<Role>? = nil, account: ID<Account>? = nil,
        record: ID<Registered>? = nil, glass: ID<BrokenGlass>? = nil, at: Instant? = nil
    ) {
        self.kind = kind
        self.agency = agency
        self.role = role
        self.account = account
        self.record = record
        self.glass = glass
        self.at = at
    }

    func write(at now: Instant, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO register_notices (id, kind, agency, role, account, record, glass, at)
            VALUES (\(ID<RegisterNotice>(at: now)), \(kind.rawValue), \(agency), \(role), \(account), \(record),
                \(glass), \(now))
            """)
    }

    /// What an agency, or the holders of these roles, were told since a moment, the oldest first.
    /// - Throws: `StorageError`.
    public static func sent(
        to agency: Code<Agency>, roles: Set<Code<Role>>, since: Instant, in connection: Connection
    ) throws -> [RegisterNotice] {
        try connection.rows(
            """
            SELECT kind, agency, role, account, record, glass, at FROM register_notices
            WHERE at >= \(since) AND (agency = \(agency) OR role IN (\(list: roles.sorted())))
            ORDER BY at, id
            """
        ).map { row in
            RegisterNotice(
                try RegisterRows.word(row, "kind"), agency: try row.optional("agency"),
                role: try row.optional("role"), account: try row.optional("account"),
                record: try row.optional("record"), glass: try row.optional("glass"), at: try row.get("at"))
        }
    }
}
