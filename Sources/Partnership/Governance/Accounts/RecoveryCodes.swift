internal import Kernel
internal import Secrets
internal import Storage

/// Recovery codes: ten of an account, each good once. Only their digests are kept.
enum RecoveryCodes {
    static let count = 10

    /// Makes new ones and forgets those before.
    static func replace(of account: ID<Account>, in connection: Connection) throws -> [String] {
        try connection.run("DELETE FROM recovery_codes WHERE account = \(account)")
        let codes = RecoveryCode.make(count: count)
        for code in codes {
            try connection.run(
                "INSERT INTO recovery_codes (account, digest) VALUES (\(account), \(RecoveryCode.digest(code)))")
        }
        return codes
    }

    /// Uses one up. Returns whether it was good.
    static func use(
        _ code: String, of account: ID<Account>, at now: Instant, in connection: Connection
    ) throws -> Bool {
        try connection.run(
            """
            UPDATE recovery_codes
            SET used_at = \(now)
            WHERE account = \(account) AND digest = \(RecoveryCode.digest(code)) AND used_at IS NULL
            """) == 1
    }

    /// How many are left.
    static func left(of account: ID<Account>, in connection: Connection) throws -> Int {
        let row = try connection.first(
            "SELECT COUNT(*) AS n FROM recovery_codes WHERE account = \(account) AND used_at IS NULL")
        return try row?.get("n") ?? 0
    }
}
