public import Governance
public import Kernel
public import Storage

/// Something that waits for someone, by its clock.
public struct WorkItem: Hashable, Sendable {
    /// What waits.
    public enum Kind: Hashable, Sendable {
        /// An action that they undertook, or that their agency did and nobody in it.
        case action(CaseAction)
        /// A clock on a case for which they answer.
        case clock(Code<CaseClock>)
    }

    /// The case.
    public let item: CaseItem
    /// What waits.
    public let kind: Kind
    /// The first moment at which it is late.
    public let dueAt: Instant
}

// MARK: - My work today

extension CaseStore {
    /// The most of each kind that is looked at.
    private static let longestWork = 200

    /// Everything on cases that waits for the actor, what is due first at the top.
    /// - Throws: `StorageError`.
    public func work(on occasion: Occasion, in connection: Connection) throws -> [WorkItem] {
        var found: [(id: ID<CaseRecord>, kind: WorkItem.Kind, dueAt: Instant)] = []
        for row in try connection.rows(
            """
            SELECT * FROM case_actions WHERE owner = \(occasion.actor.account) AND status = 'open'
            ORDER BY due LIMIT \(CaseStore.longestWork)
            """)
        {
            let action = try EntryRows.action(row)
            found.append((try row.get("case_id"), .action(action), action.due.endInUK))
        }
        for row in try connection.rows(
            """
            SELECT k.case_id, k.clock, k.due_at FROM register_records r
            JOIN case_clocks k ON k.case_id = r.id
            WHERE r.owner = \(occasion.actor.account) AND r.kind = 'case' AND k.due_at IS NOT NULL
            ORDER BY k.due_at LIMIT \(CaseStore.longestWork)
            """)
        {
            found.append((try row.get("case_id"), .clock(try row.get("clock")), try row.get("due_at")))
        }
        let listed = try register.listed(
            found.map { ID<Registered>($0.id) }, CaseStore.kind(), on: occasion, in: connection)
        let items = try items(listed, on: occasion, in: connection)
        let byID = Dictionary(uniqueKeysWithValues: items.map { ($0.record.id, $0) })
        return found.compactMap { work in
            byID[work.id].map { WorkItem(item: $0, kind: work.kind, dueAt: work.dueAt) }
        }.sorted { $0.dueAt < $1.dueAt }
    }
}

extension LocalDate {
    /// The midnight after the day.
    fileprivate var endInUK: Instant { Instant(milliseconds: UKTime.utc(atWallClock: Int64(day + 1) * 86_400) * 1000) }
}
