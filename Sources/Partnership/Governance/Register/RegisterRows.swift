internal import Kernel
internal import Storage

/// How records lie in the register's tables.
enum RegisterRows {
    static let columns: SQL = """
        r.id, r.kind, r.agency, r.team, r.owner, r.author, r.class, r.side, r.title, r.title_class, r.created_at,
        r.changed_at, r.version
        """

    /// The record of that identifier, or nil. Asks the same whether there is one or not.
    static func entry(_ id: ID<Registered>, now: Instant, in connection: Connection) throws -> RegisterEntry? {
        let rows = try connection.rows("SELECT \(columns) FROM register_records r WHERE r.id = \(id)")
        return try entries(rows, ids: [id.text], now: now, in: connection).first
    }

    /// The records of rows that hold `columns`, in their order.
    static func entries(
        _ rows: [Row], ids: [String]? = nil, now: Instant, in connection: Connection
    ) throws -> [RegisterEntry] {
        let ids: [String] = try ids ?? rows.map { try $0.get("id") }
        guard !ids.isEmpty else { return [] }
        let relations = try RegisterRelations(of: ids, now: now, in: connection)
        return try rows.map { try relations.completed(entry($0)) }
    }

    private static func entry(_ row: Row) throws -> RegisterEntry {
        var facts = RecordFacts(kind: try row.get("kind"), agency: try row.get("agency"))
        facts.team = try row.optional("team")
        facts.owner = try row.optional("owner")
        facts.author = try row.optional("author")
        facts.recordClass = try word(row, "class")
        if try row.optional("side", as: String.self) != nil { facts.side = try word(row, "side") }
        var entry = RegisterEntry(
            try row.get("id"), facts, title: try row.get("title"), titleClass: try fieldClass(row, "title_class"))
        entry.createdAt = try row.get("created_at")
        entry.changedAt = try row.get("changed_at")
        entry.version = try row.get("version")
        return entry
    }

    static func word<Word: RawRepresentable<String>>(_ row: Row, _ column: String) throws -> Word {
        guard let word = Word(rawValue: try row.get(column)) else { throw StorageError.wrongValue(column: column) }
        return word
    }

    static func fieldClass(_ row: Row, _ column: String) throws -> FieldClass {
        guard let found = FieldClass(rawValue: try row.get(column)) else {
            throw StorageError.wrongValue(column: column)
        }
        return found
    }

    static func insert(_ entry: RegisterEntry, in connection: Connection) throws {
        let facts = entry.facts
        try connection.run(
            """
            INSERT INTO register_records (id, kind, agency, team, owner, author, class, side, title, title_folded,
                title_class, created_at, changed_at, version)
            VALUES (\(entry.id), \(facts.kind), \(facts.agency), \(facts.team), \(facts.owner), \(facts.author),
                \(facts.recordClass.rawValue), \(facts.side?.rawValue), \(entry.title),
                \(RegisterEntry.folded(entry.title)), \(entry.titleClass.rawValue), \(entry.createdAt),
                \(entry.changedAt), \(entry.version))
            """)
        try RegisterRelations.insert(entry, in: connection)
    }

    /// Writes a changed record, whose version must be one above that in the table.
    /// - Returns: whether it was.
    static func update(_ entry: RegisterEntry, in connection: Connection) throws -> Bool {
        let facts = entry.facts
        let changed = try connection.run(
            """
            UPDATE register_records
            SET agency = \(facts.agency), team = \(facts.team), owner = \(facts.owner), author = \(facts.author),
                class = \(facts.recordClass.rawValue), side = \(facts.side?.rawValue), title = \(entry.title),
                title_folded = \(RegisterEntry.folded(entry.title)), title_class = \(entry.titleClass.rawValue),
                changed_at = \(entry.changedAt), version = \(entry.version)
            WHERE id = \(entry.id) AND version = \(entry.version - 1)
            """)
        guard changed == 1 else { return false }
        try RegisterRelations.delete(of: entry.id, in: connection)
        try RegisterRelations.insert(entry, in: connection)
        return true
    }

    static func delete(_ id: ID<Registered>, in connection: Connection) throws {
        try RegisterRelations.delete(of: id, in: connection)
        try connection.run("DELETE FROM register_records WHERE id = \(id)")
    }
}
