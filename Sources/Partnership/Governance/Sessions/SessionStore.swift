public import Kernel
internal import Secrets
public import Storage

/// Keeps sessions. The browser holds a token of 256 random bits; the database holds its digest.
public struct SessionStore: Sendable {
    private let rules: SessionRules
    private let accountRules: AccountRules

    /// A store under these rules.
    public init(_ rules: SessionRules = SessionRules(), accountRules: AccountRules) {
        self.rules = rules
        self.accountRules = accountRules
    }

    /// The session of a token, whatever its stage, or nil when there is none or it is over.
    /// - Throws: `StorageError`.
    public func session(
        forToken token: String, at now: Instant, in connection: Connection
    ) throws -> SessionRecord? {
        let row = try connection.first(
            "SELECT \(SessionRows.columns) FROM sessions s WHERE s.digest = \(Token.digest(token))")
        guard let session = try row.map(SessionRows.session) else { return nil }
        return rules.end(session, at: now) == nil ? session : nil
    }

    /// Who acts with a token: only of a finished sign-in, only while the account is active, with the roles that hold
    /// today. A role that begins today and needs a second factor asks for a new sign-in from who has shown none.
    /// - Parameter address: where the request came from.
    /// - Throws: `StorageError`.
    public func actor(
        forToken token: String, from address: String?, at now: Instant, in connection: Connection
    ) throws -> (actor: Actor, session: SessionRecord)? {
        guard let session = try session(forToken: token, at: now, in: connection), session.stage == .complete,
            let account = try AccountRows.account(session.account, in: connection), account.status == .active
        else { return nil }
        var actor = account.actor(
            session: session.id, secondFactorAt: session.secondFactorAt, address: address, at: now)
        guard session.secondFactorAt != nil || !accountRules.needsSecondFactor(actor.roles) else { return nil }
        actor.standIns = try standIns(of: session, at: now, in: connection)
        return (actor, session)
    }

    /// For whom the account stands in: no further than those colleagues' rights go now, and nothing for colleagues who
    /// could not sign in themselves. What was handed over and needs a second factor waits until one was shown.
    private func standIns(of session: SessionRecord, at now: Instant, in connection: Connection) throws -> [StandIn] {
        try DelegationStore.standIns(of: session.account, on: now.ukDate, in: connection) { colleague in
            guard let account = try AccountRows.account(colleague, in: connection), account.status == .active else {
                return nil
            }
            return account.actor(session: nil, secondFactorAt: nil, address: nil, at: now)
        }
        .filter { session.secondFactorAt != nil || !accountRules.needsSecondFactor($0.roles) }
    }

    /// Notes that a session is in use. Ask `SessionRules.needsTouch` before, to spare the writer.
    /// - Throws: `StorageError`.
    public static func touch(_ session: ID<Session>, at now: Instant, in connection: Connection) throws {
        try connection.run(
            "UPDATE sessions SET seen_at = \(now) WHERE id = \(session) AND seen_at < \(now) AND ended_at IS NULL")
    }

    /// The sessions of an account that hold, the latest used first, for its owner or an administrator to look through.
    /// - Throws: `StorageError`.
    public func sessions(
        of account: ID<Account>, by occasion: Occasion, in connection: Connection
    ) throws -> [SessionRecord] {
        let sessions = try SessionStore.open(of: account, in: connection).filter {
            rules.end($0, at: occasion.now) == nil
        }
        if occasion.actor.account != account {
            var entry = occasion.entry(.list, Code("session").map { AuditObject($0, classification: "P1") })
            entry.subjects = [AuditSubject(account)]
            entry.results = Int64(sessions.count)
            try AuditLog.append(entry, in: connection)
        }
        return sessions
    }

    /// Ends one session of an account. Ask the access policy before, unless it is the actor's own account.
    /// - Parameter code: why, for the audit: `signed-out`, `revoked`.
    /// - Returns: whether it was open.
    /// - Throws: `StorageError`.
    @discardableResult
    public static func end(
        _ session: ID<Session>, of account: ID<Account>, code: String, by occasion: Occasion,
        in connection: Connection
    ) throws -> Bool {
        let ended = try connection.run(
            """
            UPDATE sessions
            SET ended_at = \(occasion.now), end_code = \(code)
            WHERE id = \(session) AND account = \(account) AND ended_at IS NULL
            """)
        guard ended == 1 else { return false }
        let isOwn = occasion.actor.session == session && code == "signed-out"
        try log(isOwn ? .signOut : .sessionEnded, session.text, account, 1, code, occasion, connection)
        return true
    }

    /// Ends the session of a sign-in that its owner gave up before it was finished.
    /// - Throws: `StorageError`.
    public static func giveUp(_ session: SessionRecord, visitor: Visitor, in connection: Connection) throws {
        try SessionRows.close(session.id, code: "signed-out", at: visitor.now, in: connection)
        let account = try AccountRows.account(session.account, in: connection)
        try AuditLog.append(
            visitor.entry(.sessionEnded, account, outcome: .permit, code: "signed-out", session: session.id),
            in: connection)
    }

    /// Ends all sessions of an account, or all but one, at once. Ask the access policy before, unless it is the actor's
    /// own account.
    /// - Returns: how many.
    /// - Throws: `StorageError`.
    @discardableResult
    public static func endAll(
        of account: ID<Account>, except kept: ID<Session>? = nil, code: String, by occasion: Occasion,
        in connection: Connection
    ) throws -> Int {
        let ended = try connection.run(
            """
            UPDATE sessions
            SET ended_at = \(occasion.now), end_code = \(code)
            WHERE account = \(account) AND id <> \(kept?.text ?? "") AND ended_at IS NULL
            """)
        if ended > 0 { try log(.sessionEnded, nil, account, ended, code, occasion, connection) }
        return ended
    }

    /// Removes sessions that were over 30 days ago, and devices that are no longer known. The audit keeps the sessions'
    /// beginnings and ends. For the scheduler.
    /// - Throws: `StorageError`.
    public static func tidy(at now: Instant, in connection: Connection) throws {
        let old = now.advanced(bySeconds: -30 * 86_400)
        try connection.run("DELETE FROM sessions WHERE seen_at < \(old)")
        try DeviceStore.tidy(at: now, in: connection)
    }

    private static func open(of account: ID<Account>, in connection: Connection) throws -> [SessionRecord] {
        try connection.rows(
            """
            SELECT \(SessionRows.columns)
            FROM sessions s
            WHERE s.account = \(account) AND s.ended_at IS NULL
            ORDER BY s.seen_at DESC, s.id
            """
        ).map(SessionRows.session)
    }

    private static func log(
        _ act: AuditAct, _ session: String?, _ account: ID<Account>, _ count: Int, _ code: String,
        _ occasion: Occasion, _ connection: Connection
    ) throws {
        var entry = occasion.entry(act, Code("session").map { AuditObject($0, id: session) })
        entry.code = code
        entry.results = Int64(count)
        entry.subjects = [AuditSubject(account)]
        try AuditLog.append(entry, in: connection)
    }
}
