public import Governance
public import Kernel
public import Storage

/// Something that waits for someone, by its clock.
public struct WorkItem: Hashable, Sendable {
    /// What waits.
    public enum Kind: Hashable, Sendable {
        /// An action that they undertook; or one that nobody in particular did, of their agency, on a case for which they
        /// answer or that they supervise. Whoever undertook one and has left, or may not see the case any more, is nobody.
        case action(CaseAction)
        /// A clock on a case for which they answer.
        case clock(Code<CaseClock>)
        /// A clock that is late on a case of the agency that they supervise, for which someone else answers.
        case breach(Code<CaseClock>)
        /// A case of the agency that they supervise, for which nobody answers: or someone who has left, or from whom a
        /// conflict of interest hides it.
        case unanswered
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
    /// The most of each kind that is looked at, those that are due first.
    public static let longestWork = 100

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
        let isSupervisor = try supervises(occasion)
        let answers: SQL = isSupervisor ? "1 = 1" : "r.owner = \(occasion.actor.account)"
        for row in try connection.rows(
            """
            SELECT a.* FROM case_actions a JOIN register_records r ON r.id = a.case_id
            WHERE a.agency = \(occasion.actor.agency) AND a.status = 'open' AND a.owner IS NULL AND \(answers)
            ORDER BY a.due LIMIT \(CaseStore.longestWork)
            """)
        {
            let action = try EntryRows.action(row)
            found.append((try row.get("case_id"), .action(action), action.due.endInUK))
        }
        for row in try abandoned(answers, on: occasion, in: connection) {
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
        if isSupervisor { found += try supervised(on: occasion, in: connection) }
        let listed = try register.listed(
            found.map { ID<Registered>($0.id) }, CaseStore.kind(), on: occasion, in: connection)
        let items = try items(listed, on: occasion, in: connection)
        let byID = Dictionary(uniqueKeysWithValues: items.map { ($0.record.id, $0) })
        return found.compactMap { work in
            guard let item = byID[work.id], item.showsPersonal || !isPersonal(work.kind, of: item.record) else {
                return nil
            }
            return WorkItem(item: item, kind: work.kind, dueAt: work.dueAt)
        }.sorted { $0.dueAt < $1.dueAt }
    }

    /// Whether what waits tells something personal: the words of an action, or when someone was born.
    private func isPersonal(_ kind: WorkItem.Kind, of record: CaseRecord) -> Bool {
        switch kind {
        case .action: return true
        case .clock(let code), .breach(let code):
            return catalogue.type(record.type)?.clocks.first { $0.code == code }?.ageOf != nil
        case .unanswered: return false
        }
    }

    /// Whether the actor decides over the cases of their agency, whoever answers for them.
    private func supervises(_ occasion: Occasion) throws -> Bool {
        let facts = RecordFacts(kind: try CaseStore.kind(), agency: occasion.actor.agency)
        return Access.decide(
            AccessRequest(occasion.actor, .grant, facts, .p0), roles: register.roles, now: occasion.now
        ).isPermitted
    }

    /// Open actions on cases of the agency whose owner has left, or from whom a conflict of interest hides the case.
    private func abandoned(_ answers: SQL, on occasion: Occasion, in connection: Connection) throws -> [Row] {
        // SQLite joins in this order: those who have left, and those in conflict, are few.
        let left = try connection.rows(
            """
            SELECT a.* FROM accounts u CROSS JOIN case_actions a CROSS JOIN register_records r
            WHERE a.owner = u.id AND r.id = a.case_id AND u.status = 'disabled' AND a.status = 'open' AND r.agency = \(occasion.actor.agency) AND \(answers)
            ORDER BY a.due LIMIT \(CaseStore.longestWork)
            """)
        let hidden = try connection.rows(
            """
            SELECT a.* FROM register_people p CROSS JOIN case_actions a CROSS JOIN register_records r
            WHERE a.case_id = p.record AND a.owner = p.account AND r.id = a.case_id AND p.relation = 'conflict' AND a.status = 'open' AND r.agency = \(occasion.actor.agency) AND \(answers)
            ORDER BY a.due LIMIT \(CaseStore.longestWork)
            """)
        let known = Set(try left.map { row -> ID<CaseAction> in try row.get("id") })
        return try left + hidden.filter { row in !known.contains(try row.get("id")) }
    }

    /// What reaches whoever supervises an agency: clocks that are late, and cases that nobody has taken on.
    private func supervised(
        on occasion: Occasion, in connection: Connection
    ) throws -> [(id: ID<CaseRecord>, kind: WorkItem.Kind, dueAt: Instant)] {
        // SQLite joins in this order, and so stops when it has enough.
        let late = try connection.rows(
            """
            SELECT k.case_id, k.clock, k.due_at FROM case_clocks k CROSS JOIN register_records r
            WHERE r.id = k.case_id AND k.due_at <= \(occasion.now) AND r.kind = 'case' AND r.agency = \(occasion.actor.agency)
                AND (r.owner IS NULL OR r.owner <> \(occasion.actor.account))
            ORDER BY k.due_at LIMIT \(CaseStore.longestWork)
            """)
        let unanswered = try connection.rows(
            """
            SELECT c.id, c.opened_at FROM register_records r JOIN cases c ON c.id = r.id
            WHERE r.kind = 'case' AND r.agency = \(occasion.actor.agency) AND r.owner IS NULL AND c.closed_at IS NULL
            ORDER BY c.opened_at LIMIT \(CaseStore.longestWork)
            """)
        let hidden = try connection.rows(
            """
            SELECT c.id, c.opened_at FROM register_people p JOIN register_records r ON r.id = p.record
            JOIN cases c ON c.id = r.id
            WHERE p.relation = 'conflict' AND p.account = r.owner AND r.kind = 'case'
                AND r.agency = \(occasion.actor.agency) AND c.closed_at IS NULL
            ORDER BY c.opened_at LIMIT \(CaseStore.longestWork)
            """)
        let left = try connection.rows(
            """
            SELECT c.id, c.opened_at FROM accounts u JOIN register_records r ON r.owner = u.id JOIN cases c ON c.id = r.id
            WHERE u.status = 'disabled' AND r.kind = 'case' AND r.agency = \(occasion.actor.agency)
                AND c.closed_at IS NULL
            ORDER BY c.opened_at LIMIT \(CaseStore.longestWork)
            """)
        var unheld: [ID<CaseRecord>: Instant] = [:]
        for row in unanswered + hidden + left { unheld[try row.get("id")] = try row.get("opened_at") }
        return try late.map { (try $0.get("case_id"), .breach(try $0.get("clock")), try $0.get("due_at")) }
            + unheld.map { ($0.key, .unanswered, $0.value) }
    }
}

extension LocalDate {
    /// The midnight after the day.
    fileprivate var endInUK: Instant { Instant(milliseconds: UKTime.utc(atWallClock: Int64(day + 1) * 86_400) * 1000) }
}
