internal import Kernel
internal import Secrets
internal import Storage

/// Links by which the owner of an account sets a password: for 72 hours and once. Only the digest of a link is kept.
enum SetUpLinks {
    /// How long a link works, in seconds.
    static let life: Int64 = 72 * 3600

    /// Makes a link and withdraws those made before.
    static func make(for account: ID<Account>, at now: Instant, in connection: Connection) throws -> String {
        try withdraw(of: account, at: now, in: connection)
        let token = Token.make()
        try connection.run(
            """
            INSERT INTO set_up_links (digest, account, created_at, expires_at)
            VALUES (\(Token.digest(token)), \(account), \(now), \(now.advanced(bySeconds: life)))
            """)
        return token
    }

    /// The account that a link belongs to, or nil when it cannot be used.
    static func account(of token: String, at now: Instant, in connection: Connection) throws -> ID<Account>? {
        let row = try connection.first(
            """
            SELECT account
            FROM set_up_links
            WHERE digest = \(Token.digest(token)) AND used_at IS NULL AND expires_at > \(now)
            """)
        return try row?.get("account")
    }

    /// Uses a link up. Returns false when someone else has in the meantime.
    static func use(_ token: String, at now: Instant, in connection: Connection) throws -> Bool {
        try connection.run(
            "UPDATE set_up_links SET used_at = \(now) WHERE digest = \(Token.digest(token)) AND used_at IS NULL") == 1
    }

    /// Makes the account's unused links useless.
    static func withdraw(of account: ID<Account>, at now: Instant, in connection: Connection) throws {
        try connection.run("UPDATE set_up_links SET used_at = \(now) WHERE account = \(account) AND used_at IS NULL")
    }
}
