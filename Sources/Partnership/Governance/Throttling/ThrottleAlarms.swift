internal import Kernel
internal import Storage

extension ThrottleStore {
    /// Counts a failure that delays nobody, and says whether that makes another full `step` of them.
    static func hasReached(
        every step: Double, _ key: ThrottleKey, at now: Instant, in connection: Connection
    ) throws -> Bool {
        let before = try state(key, at: now, in: connection)
        let after = before.failed(key.rule, at: now)
        try save(after, key, in: connection)
        return (after.score / step).rounded(.down) > (before.score(key.rule, at: now) / step).rounded(.down)
    }

    /// Whether a delay may be told of, at most once in so many seconds for the first of the keys.
    static func mayTell(
        _ keys: [ThrottleKey], every seconds: Int64, at now: Instant, in connection: Connection
    ) throws -> Bool {
        let since = now.advanced(bySeconds: -seconds)
        return try connection.run(
            """
            UPDATE throttles
            SET told_at = \(now)
            WHERE name IN (\(list: keys.map(\.text))) AND (told_at IS NULL OR told_at <= \(since))
            """) > 0
    }
}
