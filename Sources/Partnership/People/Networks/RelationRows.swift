internal import Governance
internal import Kernel
internal import Storage

/// How relations lie in their table. Nothing here asks who may see them.
enum RelationRows {
    private static let columns: SQL = """
        id, person, other, kind, from_day, until_day, source, evidence, tells_where, version, changed_at, changed_by
        """

    /// The relations of these people, at either end.
    static func relations(of people: [ID<Person>], in connection: Connection) throws -> [Relation] {
        guard !people.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT \(columns) FROM person_relations
            WHERE person IN (\(list: people)) OR other IN (\(list: people))
            ORDER BY id
            """
        ).map(relation)
    }

    static func relation(_ id: ID<Relation>, in connection: Connection) throws -> Relation? {
        try connection.first("SELECT \(columns) FROM person_relations WHERE id = \(id)").map(relation)
    }

    private static func relation(_ row: Row) throws -> Relation {
        guard let kind = RelationKind(rawValue: try row.get("kind")),
            let evidence = RelationEvidence(rawValue: try row.get("evidence"))
        else { throw StorageError.wrongValue(column: "kind") }
        let content = RelationContent(
            kind, to: try row.get("other"), from: try row.optional("from_day"), until: try row.optional("until_day"),
            source: try row.optional("source"), evidence: evidence, tellsWhere: try row.get("tells_where"))
        return Relation(
            id: try row.get("id"), person: try row.get("person"), content: content, version: try row.get("version"),
            changedAt: try row.get("changed_at"), changedBy: try row.get("changed_by"))
    }

    static func insert(_ relation: Relation, in connection: Connection) throws {
        let content = relation.content
        try connection.run(
            """
            INSERT INTO person_relations (\(columns))
            VALUES (\(relation.id), \(relation.person), \(content.other), \(content.kind.rawValue), \(content.from),
                \(content.until), \(content.source), \(content.evidence.rawValue), \(content.tellsWhere),
                \(relation.version), \(relation.changedAt), \(relation.changedBy))
            """)
    }

    /// Writes a changed relation between the same two, and keeps what it said before on both records.
    static func update(
        _ old: Relation, to content: RelationContent, at now: Instant, by account: ID<Account>,
        in connection: Connection
    ) throws {
        let secrecy: AddressSecrecy = old.content.tellsWhere || content.tellsWhere ? .safety : .ordinary
        for end in old.ends.sorted() {
            try HistoryRows.insert(old.content(from: end), secrecy, of: end, at: now, by: account, in: connection)
        }
        try connection.run(
            """
            UPDATE person_relations
            SET kind = \(content.kind.rawValue), from_day = \(content.from), until_day = \(content.until),
                source = \(content.source), evidence = \(content.evidence.rawValue),
                tells_where = \(content.tellsWhere), version = \(old.version + 1), changed_at = \(now),
                changed_by = \(account)
            WHERE id = \(old.id)
            """)
    }
}
