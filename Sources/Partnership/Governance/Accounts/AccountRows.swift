internal import Kernel
internal import Secrets
internal import Storage

/// How accounts lie in their tables.
enum AccountRows {
    static let columns: SQL = """
        a.id, a.email, a.name, a.agency, a.side, a.status, a.trained_until, a.vetted_until, a.created_at,
        a.changed_at, a.version
        """

    /// The accounts of rows that hold `columns`, with their teams, roles and places.
    static func accounts(_ rows: [Row], in connection: Connection) throws -> [AccountRecord] {
        let ids: [String] = try rows.map { try $0.get("id") }
        guard !ids.isEmpty else { return [] }
        let teams = try teams(of: ids, in: connection)
        let roles = try roles(of: ids, in: connection)
        let panels = try panels(of: ids, in: connection)
        return try zip(rows, ids).map { row, id in
            var record = try account(row)
            record.details.teams = teams[id] ?? []
            record.details.roles = roles[id] ?? []
            record.details.panels = panels[id] ?? []
            return record
        }
    }

    /// The account of that identifier.
    static func account(_ id: ID<Account>, in connection: Connection) throws -> AccountRecord? {
        try accounts(
            connection.rows("SELECT \(columns) FROM accounts a WHERE a.id = \(id)"), in: connection
        ).first
    }

    /// The account that signs in by the address.
    static func account(foldedEmail: String, in connection: Connection) throws -> AccountRecord? {
        try accounts(
            connection.rows("SELECT \(columns) FROM accounts a WHERE a.email_folded = \(foldedEmail)"),
            in: connection
        ).first
    }

    private static func account(_ row: Row) throws -> AccountRecord {
        let status: String = try row.get("status")
        let side: String? = try row.optional("side")
        guard let email = EmailAddress(try row.get("email")), let status = AccountStatus(rawValue: status) else {
            throw Fault(
                "An account could not be read", at: "table accounts", because: "it holds what the program never writes",
                remedy: "Restore the database from a backup, or use the program that wrote it.")
        }
        let details = AccountDetails(
            email: email, name: try row.get("name"), agency: try row.get("agency"),
            side: side.flatMap(SubjectSide.init(rawValue:)), trainedUntil: try row.optional("trained_until"),
            vettedUntil: try row.optional("vetted_until"))
        return AccountRecord(
            id: try row.get("id"), details: details, status: status, version: try row.get("version"),
            createdAt: try row.get("created_at"), changedAt: try row.get("changed_at"))
    }

    private static func teams(of ids: [String], in connection: Connection) throws -> [String: Set<Code<Team>>] {
        var found: [String: Set<Code<Team>>] = [:]
        for row in try connection.rows("SELECT account, team FROM account_teams WHERE account IN (\(list: ids))") {
            found[try row.get("account"), default: []].insert(try row.get("team"))
        }
        return found
    }

    private static func roles(of ids: [String], in connection: Connection) throws -> [String: Set<RoleGrant>] {
        var found: [String: Set<RoleGrant>] = [:]
        let rows = try connection.rows(
            "SELECT account, role, from_day, until_day FROM account_roles WHERE account IN (\(list: ids))")
        for row in rows {
            found[try row.get("account"), default: []].insert(
                RoleGrant(try row.get("role"), from: try row.get("from_day"), until: try row.optional("until_day")))
        }
        return found
    }

    private static func panels(of ids: [String], in connection: Connection) throws -> [String: Set<PanelMembership>] {
        var found: [String: Set<PanelMembership>] = [:]
        let rows = try connection.rows(
            "SELECT account, panel, from_day, until_day FROM account_panels WHERE account IN (\(list: ids))")
        for row in rows {
            found[try row.get("account"), default: []].insert(
                PanelMembership(
                    panel: try row.get("panel"), from: try row.get("from_day"), until: try row.optional("until_day")))
        }
        return found
    }
}

extension AccountRows {
    /// Writes a new account.
    static func insert(_ account: AccountRecord, in connection: Connection) throws {
        let details = account.details
        try connection.run(
            """
            INSERT INTO accounts (id, email, email_folded, name, agency, side, status, trained_until, vetted_until,
                created_at, changed_at, version)
            VALUES (\(account.id), \(details.email.text), \(details.email.folded), \(details.name), \(details.agency),
                \((details.side?.rawValue).sqlValue), \(account.status.rawValue), \(details.trainedUntil.sqlValue), \(details.vettedUntil.sqlValue),
                \(account.createdAt), \(account.changedAt), \(account.version))
            """)
        try insertParts(of: account, in: connection)
    }

    /// Writes a changed account, whose version must be one above that in the table.
    /// - Returns: whether it was.
    static func update(_ account: AccountRecord, in connection: Connection) throws -> Bool {
        let details = account.details
        let changed = try connection.run(
            """
            UPDATE accounts
            SET email = \(details.email.text), email_folded = \(details.email.folded), name = \(details.name),
                agency = \(details.agency), side = \((details.side?.rawValue).sqlValue), status = \(account.status.rawValue),
                trained_until = \(details.trainedUntil.sqlValue), vetted_until = \(details.vettedUntil.sqlValue),
                changed_at = \(account.changedAt), version = \(account.version)
            WHERE id = \(account.id) AND version = \(account.version - 1)
            """)
        guard changed == 1 else { return false }
        try connection.run("DELETE FROM account_teams WHERE account = \(account.id)")
        try connection.run("DELETE FROM account_roles WHERE account = \(account.id)")
        try connection.run("DELETE FROM account_panels WHERE account = \(account.id)")
        try insertParts(of: account, in: connection)
        return true
    }

    private static func insertParts(of account: AccountRecord, in connection: Connection) throws {
        for team in account.details.teams {
            try connection.run("INSERT INTO account_teams (account, team) VALUES (\(account.id), \(team))")
        }
        for grant in account.details.roles {
            try connection.run(
                """
                INSERT INTO account_roles (account, role, from_day, until_day)
                VALUES (\(account.id), \(grant.role), \(grant.from), \(grant.until.sqlValue))
                """)
        }
        for place in account.details.panels {
            try connection.run(
                """
                INSERT INTO account_panels (account, panel, from_day, until_day)
                VALUES (\(account.id), \(place.panel), \(place.from), \(place.until.sqlValue))
                """)
        }
    }

    /// BLAKE2b-256 of everything that an administrator says of an account, for the audit.
    static func digest(_ account: AccountRecord) -> [UInt8] {
        let details = account.details
        let columns: [SQLValue] = [
            account.id.sqlValue, .text(details.email.text), .text(details.name), details.agency.sqlValue,
            (details.side?.rawValue).sqlValue, .text(account.status.rawValue), details.trainedUntil.sqlValue,
            details.vettedUntil.sqlValue, .integer(account.version),
        ]
        func dates(_ from: LocalDate, _ until: LocalDate?) -> String { "\(from) \(until?.description ?? "")" }
        let teams = details.teams.map { "team \($0)" }
        let roles = details.roles.map { "role \($0.role) \(dates($0.from, $0.until))" }
        let panels = details.panels.map { "panel \($0.panel) \(dates($0.from, $0.until))" }
        var bytes: [UInt8] = []
        CanonicalBytes.write(columns: columns, subjects: (teams + roles + panels).sorted(), to: &bytes)
        return Hash.blake2b(bytes)
    }
}
