internal import Kernel
internal import Secrets
internal import Storage

/// Devices that have signed in to an account before, known by a cookie of their own. Guesses made elsewhere do not slow
/// them down.
enum DeviceStore {
    /// How long a device stays known after its last sign-in, in seconds.
    static let life: Int64 = 180 * 86_400

    /// Whether the device has signed in to the account before.
    static func isKnown(
        _ token: String?, to account: ID<Account>, at now: Instant, in connection: Connection
    ) throws -> Bool {
        guard let token else { return false }
        let since = now.advanced(bySeconds: -life)
        return try connection.first(
            """
            SELECT account
            FROM known_devices
            WHERE digest = \(Token.digest(token)) AND account = \(account) AND seen_at > \(since)
            """) != nil
    }

    /// Makes the device known to the account, or notes that it still is. People who share a device share its token.
    /// - Returns: the token of a device that had none.
    static func remember(
        _ token: String?, for account: ID<Account>, at now: Instant, in connection: Connection
    ) throws -> String? {
        let digest = token.map(Token.digest)
        let known = try digest.flatMap { try connection.first("SELECT digest FROM known_devices WHERE digest = \($0)") }
        let fresh = known == nil ? Token.make() : nil
        try connection.run(
            """
            INSERT INTO known_devices (digest, account, created_at, seen_at)
            VALUES (\((fresh.map(Token.digest) ?? digest).sqlValue), \(account), \(now), \(now))
            ON CONFLICT (digest, account) DO UPDATE SET seen_at = excluded.seen_at
            """)
        return fresh
    }

    /// Removes devices that are no longer known.
    static func tidy(at now: Instant, in connection: Connection) throws {
        try connection.run("DELETE FROM known_devices WHERE seen_at <= \(now.advanced(bySeconds: -life))")
    }

    static func forgetAll(of account: ID<Account>, in connection: Connection) throws {
        try connection.run("DELETE FROM known_devices WHERE account = \(account)")
    }
}
