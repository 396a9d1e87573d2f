public import Kernel
public import Storage

/// The names under which accounts and client programs are shown to those who read about their acts.
public enum AccountNames {
    /// The names of these; who is unknown is left out. Ask the access policy before: names are personal data (P1).
    /// - Throws: `StorageError`.
    public static func names(of ids: Set<ID<Account>>, in connection: Connection) throws -> [ID<Account>: String] {
        guard !ids.isEmpty else { return [:] }
        let texts = ids.map(\.text).sorted()
        var names: [ID<Account>: String] = [:]
        for table in ["accounts", "clients"] as [SQL] {
            for row in try connection.rows("SELECT id, name FROM \(table) WHERE id IN (\(list: texts))") {
                names[try row.get("id")] = try row.get("name") as String
            }
        }
        return names
    }

    /// The active account that signs in with this address, or nil. For those who name a colleague on a record.
    /// - Throws: `StorageError`.
    public static func active(_ email: EmailAddress, in connection: Connection) throws -> ID<Account>? {
        let row = try connection.first(
            "SELECT id FROM accounts WHERE email_folded = \(email.folded) AND status = 'active'")
        return try row?.get("id")
    }

    /// The active account that signs in with this address and works for this agency, or nil.
    /// - Throws: `StorageError`.
    public static func active(
        _ email: EmailAddress, of agency: Code<Agency>, in connection: Connection
    ) throws -> ID<Account>? {
        guard let account = try active(email, in: connection) else { return nil }
        let row = try connection.first("SELECT agency FROM accounts WHERE id = \(account)")
        return try row?.get("agency", as: Code<Agency>.self) == agency ? account : nil
    }

    /// Whether an account was closed: who had it has left.
    /// - Throws: `StorageError`.
    public static func hasLeft(_ account: ID<Account>, in connection: Connection) throws -> Bool {
        try connection.first("SELECT id FROM accounts WHERE id = \(account) AND status = 'disabled'") != nil
    }

    /// Those who supervise an agency on a day and may sign in.
    /// - Throws: `StorageError`.
    public static func supervising(
        _ agency: Code<Agency>, on day: LocalDate, in connection: Connection
    ) throws -> Set<ID<Account>> {
        Set(
            try connection.rows(
                """
                SELECT a.id FROM accounts a JOIN account_roles o ON o.account = a.id
                WHERE a.agency = \(agency) AND a.status = 'active' AND o.role = 'supervisor'
                    AND o.from_day <= \(day) AND (o.until_day IS NULL OR o.until_day >= \(day))
                """
            ).map { try $0.get("id") })
    }

    /// Those who sit on a panel on a day and may sign in, by agency and name. For those who sit on it themselves: names
    /// are personal data (P1).
    /// - Parameter roles: roles of which they hold one that day; nil for whoever sits there.
    /// - Throws: `StorageError`.
    public static func sitting(
        on panel: Code<Panel>, on day: LocalDate, holding roles: [Code<Role>]? = nil, in connection: Connection
    ) throws -> [PanelSeat] {
        let held: SQL =
            switch roles {
            case nil: "1 = 1"
            case let roles? where roles.isEmpty: "1 = 0"
            case let roles?:
                """
                EXISTS (SELECT 1 FROM account_roles o WHERE o.account = a.id AND o.role IN (\(list: roles))
                    AND o.from_day <= \(day) AND (o.until_day IS NULL OR o.until_day >= \(day)))
                """
            }
        return try connection.rows(
            """
            SELECT DISTINCT a.id, a.name, a.agency FROM accounts a JOIN account_panels p ON p.account = a.id
            WHERE p.panel = \(panel) AND p.from_day <= \(day) AND (p.until_day IS NULL OR p.until_day >= \(day))
                AND a.status = 'active' AND \(held)
            ORDER BY a.agency, a.name, a.id
            """
        ).map { PanelSeat(account: try $0.get("id"), name: try $0.get("name"), agency: try $0.get("agency")) }
    }
}

/// Someone who sits on a panel.
public struct PanelSeat: Hashable, Sendable {
    /// Who.
    public let account: ID<Account>
    /// Their name.
    public let name: String
    /// Their agency.
    public let agency: Code<Agency>
}
