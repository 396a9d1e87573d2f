internal import Kernel
internal import Storage

/// Goes through the records that an actor might see, the newest first. The tables narrow; the policy has the last word.
struct RegisterScan {
    /// Records fetched at once.
    static let batch = 200

    let roles: RoleCatalogue
    let actor: Actor
    let now: Instant

    /// Calls `body` for each candidate until it returns false.
    /// - Parameters:
    ///   - matching: a further condition on `register_records r`, or nil.
    ///   - first: how many are fetched to begin with: as many as are wanted, where most will do.
    ///   - way: where alone it is looked: a condition that few records meet, or that an index gives in order.
    func each(
        _ kind: Code<RecordKind>, for action: AccessAction, after cursor: ID<Registered>? = nil, matching: SQL? = nil,
        by way: SQL? = nil, first: Int = RegisterScan.batch, in connection: Connection,
        _ body: (RegisterEntry) throws -> Bool
    ) throws {
        var ways = ways(kind, for: action)
        if let way { ways = ["\(way) AND (\(ways.dropFirst().reduce(ways[0]) { "\($0) OR \($1)" }))"] }
        var last = cursor
        var size = min(first, Self.batch)
        while true {
            let beyond: SQL = if let last { "AND r.id < \(last)" } else { "" }
            // Each way by an index of its own, in the order of the list: the newest of all are among the newest of each.
            let newest = ways.map { way -> SQL in
                """
                SELECT id FROM (
                    SELECT r.id FROM register_records r
                    WHERE \(open(kind)) AND \(way) AND \(matching ?? "1 = 1") \(beyond)
                    ORDER BY r.id DESC LIMIT \(size)) AS way
                """
            }
            let candidates = newest.dropFirst().reduce(newest[0]) { "\($0) UNION \($1)" }
            let rows = try connection.rows(
                """
                SELECT \(RegisterRows.columns) FROM register_records r
                WHERE r.id IN (\(candidates))
                ORDER BY r.id DESC
                LIMIT \(size)
                """)
            for entry in try RegisterRows.entries(rows, now: now, in: connection) {
                guard try body(entry) else { return }
                last = entry.id
            }
            if rows.count < size { return }
            size = Self.batch
        }
    }

    /// What holds of every record of a kind that the policy could permit, however the actor stands to it. It may let more
    /// through; it must never lose one.
    private func open(_ kind: Code<RecordKind>) -> SQL {
        """
        r.kind = \(kind)
        AND NOT EXISTS (SELECT 1 FROM register_people p
            WHERE p.record = r.id AND p.relation = 'conflict' AND p.account = \(actor.account))
        AND (r.class IN ('normal', 'protected')
            OR r.class = 'restricted' AND (r.owner = \(actor.account) OR EXISTS (SELECT 1 FROM register_people p
                WHERE p.record = r.id AND p.relation = 'named' AND p.account = \(actor.account)))
            OR r.class = 'sealed' AND EXISTS (SELECT 1 FROM register_grants g
                WHERE g.record = r.id AND g.account = \(actor.account) AND g.until > \(now)))
        """
    }

    /// The ways in which a record may come within the actor's reach, each a condition on `register_records r`: their
    /// agency's, of a class that their roles open everywhere, theirs to work on, shared with them, listed where they sit, granted to them.
    private func ways(_ kind: Code<RecordKind>, for action: AccessAction) -> [SQL] {
        let colleagues = actor.standIns.filter { $0.holds(on: now.ukDate) }
        let accounts = [actor.account] + colleagues.map(\.delegator)
        let panels = (actor.panels + colleagues.flatMap(\.panels)).filter { $0.holds(on: now.ukDate) }.map(\.panel)
        let classes = open(kind, for: action, colleagues)
        var ways: [SQL] = ["r.agency = \(actor.agency)"]
        if !classes.isEmpty { ways.append("r.class IN (\(list: classes))") }
        ways.append(
            """
            r.id IN (SELECT p.record FROM register_people p
                WHERE p.account IN (\(list: accounts)) AND p.relation = 'involved')
            """)
        ways.append("r.id IN (SELECT s.record FROM register_shares s WHERE s.agency = \(actor.agency))")
        if !panels.isEmpty {
            ways.append("r.id IN (SELECT l.record FROM register_listings l WHERE l.panel IN (\(list: panels)))")
        }
        ways.append(
            """
            r.id IN (SELECT g.record FROM register_grants g
                WHERE g.account = \(actor.account) AND g.until > \(now))
            """)
        return ways
    }

    /// The classes of records of which the roles open every one of the partnership.
    private func open(
        _ kind: Code<RecordKind>, for action: AccessAction, _ colleagues: [StandIn]
    ) -> [String] {
        let held = actor.roles.union(colleagues.flatMap(\.roles))
        return RecordClass.allCases.filter { recordClass in
            held.contains { role in
                roles.permissions(of: role).contains {
                    $0.covers(kind, recordClass) && $0.actions.contains(action) && $0.reach.contains(.partnership)
                }
            }
        }.map(\.rawValue)
    }
}
