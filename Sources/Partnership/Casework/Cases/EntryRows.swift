internal import Governance
internal import Kernel
internal import Storage

/// How entries, actions and clocks lie in their tables. Nothing here asks who may see them.
enum EntryRows {
    private static let columns: SQL = """
        id, form, type_version, answers, happened_on, evidence, source, handling, agency, made_by, made_at, supersedes,
        superseded_at
        """

    static func entries(_ id: ID<CaseRecord>, in connection: Connection) throws -> [CaseEntry] {
        try connection.rows("SELECT \(columns) FROM case_entries WHERE case_id = \(id) ORDER BY ordinal").map(entry)
    }

    private static func entry(_ row: Row) throws -> CaseEntry {
        CaseEntry(
            id: try row.get("id"), form: try row.get("form"), typeVersion: try row.get("type_version"),
            answers: try FormAnswers(stored: row.get("answers")), happenedOn: try row.optional("happened_on"),
            evidence: try row.optional("evidence", as: String.self).flatMap(EvidenceKind.init),
            source: try row.optional("source"),
            handling: EntryHandling(rawValue: try row.get("handling")) ?? .ownAgency, agency: try row.get("agency"),
            madeBy: try row.get("made_by"), madeAt: try row.get("made_at"), supersedes: try row.optional("supersedes"),
            supersededAt: try row.optional("superseded_at"))
    }

    static func insert(_ entry: CaseEntry, _ id: ID<CaseRecord>, in connection: Connection) throws {
        if let corrected = entry.supersedes {
            try connection.run("UPDATE case_entries SET superseded_at = \(entry.madeAt) WHERE id = \(corrected)")
        }
        try connection.run(
            """
            INSERT INTO case_entries (id, case_id, ordinal, form, type_version, answers, happened_on, evidence, source, handling,
                agency, made_by, made_at, supersedes)
            VALUES (\(entry.id), \(id), (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_entries WHERE case_id = \(id)),
                \(entry.form), \(entry.typeVersion), \(entry.answers.stored),
                \(entry.happenedOn), \(entry.evidence?.rawValue), \(entry.source), \(entry.handling.rawValue),
                \(entry.agency), \(entry.madeBy), \(entry.madeAt), \(entry.supersedes))
            """)
    }

    // MARK: - Actions

    static func actions(_ id: ID<CaseRecord>, in connection: Connection) throws -> [CaseAction] {
        try connection.rows("SELECT * FROM case_actions WHERE case_id = \(id) ORDER BY ordinal").map(action)
    }

    static func action(_ row: Row) throws -> CaseAction {
        guard let status = CaseAction.Status(rawValue: try row.get("status")) else {
            throw StorageError.wrongValue(column: "status")
        }
        return CaseAction(
            id: try row.get("id"), text: try row.get("text"), agency: try row.get("agency"),
            owner: try row.optional("owner"), due: try row.get("due"), origin: try row.optional("origin"),
            status: status, outcome: try row.optional("outcome"), madeBy: try row.get("made_by"),
            madeAt: try row.get("made_at"), closedBy: try row.optional("closed_by"),
            closedAt: try row.optional("closed_at"))
    }

    static func insert(_ action: CaseAction, _ id: ID<CaseRecord>, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO case_actions (id, case_id, ordinal, text, agency, owner, due, origin, status, outcome, made_by, made_at)
            VALUES (\(action.id), \(id), (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_actions WHERE case_id = \(id)),
                \(action.text), \(action.agency), \(action.owner), \(action.due),
                \(action.origin), \(action.status.rawValue), \(action.outcome), \(action.madeBy), \(action.madeAt))
            """)
    }

    /// - Returns: whether it was open.
    static func handOn(
        _ action: ID<CaseAction>, to owner: ID<Account>, _ agency: Code<Agency>, in connection: Connection
    ) throws -> Bool {
        try connection.run(
            "UPDATE case_actions SET owner = \(owner), agency = \(agency) WHERE id = \(action) AND status = 'open'")
            == 1
    }

    /// - Returns: whether it was open.
    static func close(
        _ action: ID<CaseAction>, as status: CaseAction.Status, outcome: String, by account: ID<Account>,
        at now: Instant, in connection: Connection
    ) throws -> Bool {
        try connection.run(
            """
            UPDATE case_actions
            SET status = \(status.rawValue), outcome = \(outcome), closed_by = \(account), closed_at = \(now)
            WHERE id = \(action) AND status = 'open'
            """) == 1
    }
}
