internal import Kernel
internal import Storage

/// Passwords (as Argon2id hashes) and second factors (sealed) of accounts.
enum CredentialStore {
    /// What is kept of an account's credentials.
    struct Credentials {
        var passwordHash: String?
        /// The sealed secret of the second factor in use.
        var factor: [UInt8]?
        /// The sealed secret of one that is being set up.
        var newFactor: [UInt8]?
        /// The last time step of which a code was taken.
        var lastStep: Int64?
    }

    static func read(_ account: ID<Account>, in connection: Connection) throws -> Credentials {
        let row = try connection.first(
            """
            SELECT password_hash, factor_secret, factor_new, factor_step
            FROM credentials
            WHERE account = \(account)
            """)
        guard let row else { return Credentials() }
        return Credentials(
            passwordHash: try row.optional("password_hash"), factor: try row.optional("factor_secret"),
            newFactor: try row.optional("factor_new"), lastStep: try row.optional("factor_step"))
    }

    static func hasPassword(_ account: ID<Account>, in connection: Connection) throws -> Bool {
        try read(account, in: connection).passwordHash != nil
    }

    /// Makes the account's row if it has none.
    static func prepare(_ account: ID<Account>, in connection: Connection) throws {
        try connection.run(
            "INSERT INTO credentials (account) VALUES (\(account)) ON CONFLICT (account) DO NOTHING")
    }

    /// Keeps a password hash that replaces one of the same password.
    static func rehash(_ account: ID<Account>, _ hash: String, in connection: Connection) throws {
        try connection.run("UPDATE credentials SET password_hash = \(hash) WHERE account = \(account)")
    }

    static func setPassword(
        _ account: ID<Account>, hash: String, at now: Instant, in connection: Connection
    ) throws {
        try prepare(account, in: connection)
        try connection.run(
            """
            UPDATE credentials SET password_hash = \(hash), password_changed_at = \(now) WHERE account = \(account)
            """)
    }

    /// The owner has a new password. All other sessions and all known devices end.
    static func changeOwnPassword(
        hash: String, by occasion: Occasion, in connection: Connection
    ) throws {
        let account = occasion.actor.account
        try setPassword(account, hash: hash, at: occasion.now, in: connection)
        try SessionStore.endAll(
            of: account, except: occasion.actor.session, code: "password-changed", by: occasion, in: connection)
        try DeviceStore.forgetAll(of: account, in: connection)
        try SetUpLinks.withdraw(of: account, at: occasion.now, in: connection)
        try log(.passwordChanged, account, by: occasion, in: connection)
    }

    /// Takes an account's second factor and recovery codes away, so that its owner sets up a new one at the next
    /// sign-in. Ends all sessions and known devices. The caller has asked the access policy; `AccountStore` offers it
    /// to administrators.
    static func resetSecondFactor(
        _ account: ID<Account>, reason: String, by occasion: Occasion, in connection: Connection
    ) throws {
        try connection.run(
            """
            UPDATE credentials
            SET factor_secret = NULL, factor_new = NULL, factor_step = NULL, factor_set_at = NULL
            WHERE account = \(account)
            """)
        try connection.run("DELETE FROM recovery_codes WHERE account = \(account)")
        try SessionStore.endAll(of: account, code: "second-factor-reset", by: occasion, in: connection)
        try DeviceStore.forgetAll(of: account, in: connection)
        try log(.secondFactorReset, account, reason: reason, by: occasion, in: connection)
    }

    static func log(
        _ act: AuditAct, _ account: ID<Account>, reason: String? = nil, by occasion: Occasion,
        in connection: Connection
    ) throws {
        var entry = occasion.entry(act, Code("account").map { AuditObject($0, id: account.text) })
        entry.reason = reason
        entry.subjects = [AuditSubject(account)]
        try AuditLog.append(entry, in: connection)
    }
}
