public import Casework
public import Governance
public import Kernel
internal import Storage

/// What someone undertook at a meeting of a panel.
public struct PanelAction: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<PanelAction>
    /// The meeting at which it was agreed.
    public let meeting: ID<PanelMeeting>
    /// The item.
    public let item: ID<AgendaItem>
    /// The case.
    public let caseID: ID<CaseRecord>
    /// What is to be done, beginning with a verb; class P1.
    public internal(set) var text: String
    /// The agency that does it.
    public let agency: Code<Agency>
    /// The person who does it.
    public let owner: ID<Account>
    /// The last day.
    public let due: LocalDate
    /// The risk that it lowers; class P2.
    public internal(set) var riskFactor: String?
    /// How it stands.
    public let status: CaseAction.Status
    /// What came of it; class P2.
    public internal(set) var outcome: String?
    /// When it was agreed.
    public let madeAt: Instant
    /// When it was closed.
    public let closedAt: Instant?
}

/// How actions of panels lie in their table. Nothing here asks who may see them.
enum ActionRows {
    static func action(_ id: ID<PanelAction>, in connection: Connection) throws -> PanelAction? {
        try connection.first("SELECT * FROM panel_actions WHERE id = \(id)").map(action)
    }

    static func actions(of items: [ID<AgendaItem>], in connection: Connection) throws -> [PanelAction] {
        guard !items.isEmpty else { return [] }
        return try connection.rows(
            "SELECT * FROM panel_actions WHERE item IN (\(list: items)) ORDER BY due, id"
        ).map(action)
    }

    /// Which of these were agreed.
    static func agreed(_ ids: [ID<PanelAction>], in connection: Connection) throws -> Set<ID<PanelAction>> {
        guard !ids.isEmpty else { return [] }
        return Set(
            try connection.rows("SELECT id FROM panel_actions WHERE id IN (\(list: ids))").map { try $0.get("id") })
    }

    /// Actions of a panel's earlier meetings that are not complete: open ones, and those that came to nothing since the
    /// meeting before, what is due first at the top.
    static func incomplete(
        of panel: Code<Panel>, before start: Instant, in connection: Connection
    ) throws -> [PanelAction] {
        try connection.rows(
            """
            SELECT a.* FROM panel_actions a
            JOIN panel_meetings m ON m.id = a.meeting
            WHERE a.panel = \(panel) AND m.starts_at < \(start)
                AND (a.status = 'open' OR a.status IN ('not-possible-changed', 'not-undertaken') AND a.closed_at >=
                    (SELECT COALESCE(MAX(p.starts_at), 0) FROM panel_meetings p
                        WHERE p.panel = \(panel) AND p.starts_at < \(start) AND p.state <> 'cancelled'))
            ORDER BY a.due, a.id
            """
        ).map(action)
    }

    static func open(ownedBy account: ID<Account>, in connection: Connection) throws -> [PanelAction] {
        try connection.rows(
            "SELECT * FROM panel_actions WHERE owner = \(account) AND status = 'open' ORDER BY due, id"
        ).map(action)
    }

    private static func action(_ row: Row) throws -> PanelAction {
        guard let status = CaseAction.Status(rawValue: try row.get("status")) else {
            throw StorageError.wrongValue(column: "status")
        }
        return PanelAction(
            id: try row.get("id"), meeting: try row.get("meeting"), item: try row.get("item"),
            caseID: try row.get("case_id"), text: try row.get("text"), agency: try row.get("agency"),
            owner: try row.get("owner"), due: try row.get("due"), riskFactor: try row.optional("risk_factor"),
            status: status, outcome: try row.optional("outcome"), madeAt: try row.get("made_at"),
            closedAt: try row.optional("closed_at"))
    }

    static func insert(
        _ action: PanelAction, of panel: Code<Panel>, by account: ID<Account>, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO panel_actions (id, meeting, item, case_id, panel, text, agency, owner, due, risk_factor, status,
                made_by, made_at)
            VALUES (\(action.id), \(action.meeting), \(action.item), \(action.caseID), \(panel), \(action.text),
                \(action.agency), \(action.owner), \(action.due), \(action.riskFactor), \(action.status.rawValue),
                \(account), \(action.madeAt))
            """)
    }

    /// Closes an action that is open.
    /// - Returns: whether it was.
    static func close(
        _ id: ID<PanelAction>, as status: CaseAction.Status, outcome: String, by account: ID<Account>,
        at now: Instant, in connection: Connection
    ) throws -> Bool {
        try connection.run(
            """
            UPDATE panel_actions
            SET status = \(status.rawValue), outcome = \(outcome), closed_by = \(account), closed_at = \(now)
            WHERE id = \(id) AND status = 'open'
            """) == 1
    }
}
