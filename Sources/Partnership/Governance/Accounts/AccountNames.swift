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
}
