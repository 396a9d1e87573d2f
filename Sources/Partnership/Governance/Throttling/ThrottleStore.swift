public import Kernel
public import Storage

/// Keeps the failures in the database, so that a second start forgets nothing and two processes count together.
public enum ThrottleStore {
    /// Counts an attempt under each key as a failure, in the write transaction in which it begins, unless it must wait.
    /// - Returns: seconds to wait, 0 when the attempt may be made. Attempts that must wait are not counted.
    /// - Throws: `StorageError`.
    public static func begin(_ keys: [ThrottleKey], at now: Instant, in connection: Connection) throws -> Double {
        let states = try keys.map { try state($0, at: now, in: connection) }
        let wait = zip(keys, states).map { $1.wait($0.rule, at: now) }.max() ?? 0
        guard wait == 0 else { return wait }
        for (key, state) in zip(keys, states) { try save(state.failed(key.rule, at: now), key, in: connection) }
        return 0
    }

    /// The attempt succeeded. Failures at the account are forgotten; of those of an address only this attempt is taken
    /// back, or who has one account could clear the way for guesses at others.
    /// - Throws: `StorageError`.
    public static func succeed(_ keys: [ThrottleKey], at now: Instant, in connection: Connection) throws {
        for key in keys where key.rule == .address {
            try save(state(key, at: now, in: connection).takenBack(key.rule, at: now), key, in: connection)
        }
        let others = keys.filter { $0.rule != .address }.map(\.text)
        guard !others.isEmpty else { return }
        try connection.run("DELETE FROM throttles WHERE name IN (\(list: others))")
    }

    /// Removes what no longer slows anything down. For the scheduler, once an hour.
    /// - Throws: `StorageError`.
    public static func tidy(at now: Instant, in connection: Connection) throws {
        let old = now.advanced(bySeconds: -7 * 86_400)
        try connection.run("DELETE FROM throttles WHERE at < \(old) AND not_before < \(now)")
    }

    static func state(_ key: ThrottleKey, at now: Instant, in connection: Connection) throws -> ThrottleState {
        let row = try connection.first("SELECT score, at, not_before FROM throttles WHERE name = \(key.text)")
        guard let row else { return ThrottleState(at: now) }
        return ThrottleState(
            score: try row.get("score"), at: try row.get("at"), notBefore: try row.get("not_before"))
    }

    static func save(_ state: ThrottleState, _ key: ThrottleKey, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO throttles (name, score, at, not_before)
            VALUES (\(key.text), \(state.score), \(state.at), \(state.notBefore))
            ON CONFLICT (name) DO UPDATE
            SET score = excluded.score, at = excluded.at, not_before = excluded.not_before
            """)
    }
}
