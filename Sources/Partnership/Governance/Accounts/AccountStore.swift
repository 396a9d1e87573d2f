public import Kernel
public import Storage

/// Makes, reads, changes and closes accounts. Each function writes its audit entry in the caller's transaction, so it
/// needs a connection that may write. What it refuses it says as a value, after an entry with outcome deny: commit.
public struct AccountStore: Sendable {
    let rules: AccountRules

    /// A store under the rules of the access policy.
    public init(rules: AccountRules) { self.rules = rules }

    /// Makes an account, status invited. Give its owner a link from `makeLink`.
    /// - Throws: `StorageError`.
    public func create(
        _ details: AccountDetails, by occasion: Occasion, in connection: Connection
    ) throws -> Result<AccountRecord, AccountRefusal> {
        let account = AccountRecord(
            id: ID(at: occasion.now), details: details, status: .invited, version: 1, createdAt: occasion.now,
            changedAt: occasion.now)
        if let refusal = try refusal(of: details, for: account, granting: grants(in: details), occasion, connection) {
            return .failure(try deny(refusal, .accountCreated, account.id, occasion, connection))
        }
        try AccountRows.insert(account, in: connection)
        try log(.accountCreated, account, before: nil, fields: [], occasion, connection)
        return .success(account)
    }

    /// Reads one account. Known only to administrators of its agency and to its owner.
    /// - Throws: `StorageError`.
    public func account(
        _ id: ID<Account>, by occasion: Occasion, in connection: Connection
    ) throws -> Result<AccountRecord, AccountRefusal> {
        guard let account = try AccountRows.account(id, in: connection), isKnown(account, to: occasion) else {
            return .failure(try deny(.noSuchAccount, .read, id, occasion, connection))
        }
        try AuditLog.append(occasion.entry(.read, AccountStore.object(account)), in: connection)
        return .success(account)
    }

    /// The actor that an account's owner is without having signed in, for what they asked a program of theirs to fetch:
    /// without a session and without a second factor, so nothing that asks for one is open to it. Nil for one that may
    /// not be used.
    /// - Throws: `StorageError`.
    public static func unattended(
        _ id: ID<Account>, from address: String?, at now: Instant, in connection: Connection
    ) throws -> Actor? {
        guard let account = try AccountRows.account(id, in: connection), account.status == .active else { return nil }
        return account.actor(session: nil, secondFactorAt: nil, address: address, at: now)
    }

    /// How an account stands, and the actor that its owner is without having signed in; nil where there is none. For asking
    /// whether they could do what they are to be given.
    /// - Throws: `StorageError`.
    public static func standing(
        of id: ID<Account>, at now: Instant, in connection: Connection
    ) throws -> (status: AccountStatus, actor: Actor)? {
        try AccountRows.account(id, in: connection).map {
            ($0.status, $0.actor(session: nil, secondFactorAt: nil, address: nil, at: now))
        }
    }

    /// Reads the account with an address, as `account(_:by:in:)` does.
    /// - Throws: `StorageError`.
    public func account(
        withEmail email: EmailAddress, by occasion: Occasion, in connection: Connection
    ) throws -> Result<AccountRecord, AccountRefusal> {
        guard let found = try AccountRows.account(foldedEmail: email.folded, in: connection) else {
            return .failure(try deny(.noSuchAccount, .read, nil, occasion, connection))
        }
        return try account(found.id, by: occasion, in: connection)
    }

    /// The accounts of an agency, or of all agencies when `agency` is nil, in the order of their addresses, a page at
    /// a time. Those whom the actor does not administer are left out.
    /// - Parameter last: the address at the end of the page before.
    /// - Throws: `StorageError`.
    public func list(
        agency: Code<Agency>? = nil, status: AccountStatus? = nil, after last: EmailAddress? = nil, limit: Int = 100,
        by occasion: Occasion, in connection: Connection
    ) throws -> [AccountRecord] {
        let known = try connection.rows("SELECT DISTINCT agency FROM accounts ORDER BY agency")
            .map { row -> Code<Agency> in try row.get("agency") }
            .filter { (agency == nil || $0 == agency) && rules.allow(occasion, in: $0) }
        var condition: SQL = "a.email_folded > \(last?.folded ?? "")"
        if let status { condition = "\(condition) AND a.status = \(status.rawValue)" }
        let rows: [Row] =
            known.isEmpty
            ? []
            : try connection.rows(
                """
                SELECT \(AccountRows.columns)
                FROM accounts a
                WHERE a.agency IN (\(list: known)) AND \(condition)
                ORDER BY a.email_folded
                LIMIT \(min(max(limit, 1), 500))
                """)
        let accounts = try AccountRows.accounts(rows, in: connection)
        var entry = occasion.entry(.list, AccountStore.object(nil))
        entry.query = "agency=\(agency?.text ?? "all") status=\(status?.rawValue ?? "all")"
        entry.results = Int64(accounts.count)
        entry.subjects = accounts.map { AuditSubject($0.id) }
        try AuditLog.append(entry, in: connection)
        return accounts
    }

    /// Changes what an administrator says of an account. When roles, places, agency, teams or side change, its
    /// sessions end at once, so that no page of theirs lives on under what held before.
    /// - Parameter version: the version that the change was based on.
    /// - Throws: `StorageError`.
    public func change(
        _ id: ID<Account>, to details: AccountDetails, version: Int64, by occasion: Occasion,
        in connection: Connection
    ) throws -> Result<AccountRecord, AccountRefusal> {
        guard let old = try AccountRows.account(id, in: connection), isKnown(old, to: occasion) else {
            return .failure(try deny(.noSuchAccount, .accountChanged, id, occasion, connection))
        }
        if let refusal = try changeRefusal(old, details, version, occasion, connection) {
            return .failure(try deny(refusal, .accountChanged, id, occasion, connection))
        }
        var new = old
        new.details = details
        new.version += 1
        new.changedAt = occasion.now
        guard try AccountRows.update(new, in: connection) else {
            return .failure(try deny(.changedMeanwhile(old.version), .accountChanged, id, occasion, connection))
        }
        let isPermission = !old.details.hasSameAccess(as: details)
        try log(
            isPermission ? .permission : .accountChanged, new, before: old, fields: details.fields(unlike: old.details),
            occasion, connection)
        if isPermission { try SessionStore.endAll(of: id, code: "permission-changed", by: occasion, in: connection) }
        return .success(new)
    }

    /// Closes an account, which ends all its sessions at once (casework.md §4.2, ASVS 7.4.2), or opens it again.
    /// - Throws: `StorageError`.
    public func setStatus(
        _ id: ID<Account>, disabled: Bool, version: Int64, reason: String, by occasion: Occasion,
        in connection: Connection
    ) throws -> Result<AccountRecord, AccountRefusal> {
        let act: AuditAct = disabled ? .accountDisabled : .accountEnabled
        guard let old = try AccountRows.account(id, in: connection), isKnown(old, to: occasion) else {
            return .failure(try deny(.noSuchAccount, act, id, occasion, connection))
        }
        if let refusal = statusRefusal(old, disabled: disabled, version: version, occasion) {
            return .failure(try deny(refusal, act, id, occasion, connection))
        }
        var new = old
        new.status = disabled ? .disabled : try CredentialStore.hasPassword(id, in: connection) ? .active : .invited
        new.version += 1
        new.changedAt = occasion.now
        guard try AccountRows.update(new, in: connection) else {
            return .failure(try deny(.changedMeanwhile(old.version), act, id, occasion, connection))
        }
        try log(act, new, before: old, fields: ["status"], reason: reason, occasion, connection)
        if disabled { try SessionStore.endAll(of: id, code: "account-disabled", by: occasion, in: connection) }
        if disabled { try SetUpLinks.withdraw(of: id, at: occasion.now, in: connection) }
        return .success(new)
    }

    /// Makes the first administrator of an installation, status invited, with the link by which to set a password.
    /// For the command line.
    /// - Throws: `StorageError`.
    public func createFirstAdministrator(
        _ details: AccountDetails, by occasion: Occasion, in connection: Connection
    ) throws -> Result<(account: AccountRecord, link: String), AccountRefusal> {
        guard occasion.actor.kind == .system else {
            return .failure(try deny(.notPermitted, .accountCreated, nil, occasion, connection))
        }
        guard try connection.first("SELECT id FROM accounts LIMIT 1") == nil else {
            return .failure(try deny(.accountsExist, .accountCreated, nil, occasion, connection))
        }
        switch try create(details, by: occasion, in: connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let account):
            let link = try SetUpLinks.make(for: account.id, at: occasion.now, in: connection)
            try CredentialStore.log(.setUpLink, account.id, by: occasion, in: connection)
            return .success((account, link))
        }
    }
}
