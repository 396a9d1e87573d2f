internal import Kernel
internal import Secrets
internal import Storage

/// How sessions lie in their table.
enum SessionRows {
    static let columns: SQL = """
        s.id, s.account, s.stage, s.form_secret, s.device, s.address, s.created_at, s.seen_at, s.factor_at, s.tries,
        s.ended_at
        """

    static func session(_ row: Row) throws -> SessionRecord {
        let stage: String = try row.get("stage")
        return SessionRecord(
            id: try row.get("id"), account: try row.get("account"),
            // A word that the program never writes is no finished sign-in.
            stage: SignInStage(rawValue: stage) ?? .secondFactor, formSecret: try row.get("form_secret"),
            device: try row.get("device"), address: try row.get("address"), createdAt: try row.get("created_at"),
            seenAt: try row.get("seen_at"), secondFactorAt: try row.optional("factor_at"),
            tries: try row.get("tries"), endedAt: try row.optional("ended_at"))
    }

    /// Begins a session. A sign-in that goes a stage further begins a new one and ends the one before, so that no
    /// token lives on into a stage with more rights.
    static func begin(
        _ account: ID<Account>, _ stage: SignInStage, _ visitor: Visitor, secondFactorAt: Instant?,
        in connection: Connection
    ) throws -> (session: SessionRecord, token: String) {
        let token = Token.make()
        let session = SessionRecord(
            id: ID(at: visitor.now), account: account, stage: stage, formSecret: Token.make(),
            device: AuditColumns.stored(visitor.device, longest: 400),
            address: AuditColumns.stored(visitor.address, longest: 100), createdAt: visitor.now,
            seenAt: visitor.now, secondFactorAt: secondFactorAt, tries: 0, endedAt: nil)
        try connection.run(
            """
            INSERT INTO sessions (id, digest, account, stage, form_secret, device, address, created_at, seen_at,
                factor_at, tries)
            VALUES (\(session.id), \(Token.digest(token)), \(account), \(stage.rawValue), \(session.formSecret),
                \(session.device), \(session.address), \(session.createdAt), \(session.seenAt),
                \(session.secondFactorAt.sqlValue), 0)
            """)
        return (session, token)
    }

    /// Gives a session a new token, which ends the old one, and notes the second factor if it was shown.
    static func renew(
        _ session: SessionRecord, secondFactorAt: Instant?, at now: Instant, in connection: Connection
    ) throws -> (session: SessionRecord, token: String) {
        let token = Token.make()
        let factorAt = secondFactorAt ?? session.secondFactorAt
        try connection.run(
            """
            UPDATE sessions
            SET digest = \(Token.digest(token)), factor_at = \(factorAt.sqlValue), seen_at = \(now), tries = 0
            WHERE id = \(session.id)
            """)
        let renewed = SessionRecord(
            id: session.id, account: session.account, stage: session.stage, formSecret: session.formSecret,
            device: session.device, address: session.address, createdAt: session.createdAt, seenAt: now,
            secondFactorAt: factorAt, tries: 0, endedAt: nil)
        return (renewed, token)
    }

    /// Ends a session without an entry of its own: what ended it is recorded by the caller.
    static func close(_ session: ID<Session>, code: String, at now: Instant, in connection: Connection) throws {
        try connection.run("UPDATE sessions SET ended_at = \(now), end_code = \(code) WHERE id = \(session)")
    }

    static func countTry(_ session: ID<Session>, in connection: Connection) throws {
        try connection.run("UPDATE sessions SET tries = tries + 1 WHERE id = \(session)")
    }
}
