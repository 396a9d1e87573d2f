/// A table as a backup sees it.
struct BackupTable {
    let name: String
    let columns: [String]
    private let order: String

    /// Storage's own tables, which no backup holds: the steps stand in the header.
    static let own: Set<String> = ["migrations", "writer_turn"]

    /// The program's tables in order of their names.
    static func all(in connection: Connection) throws -> [BackupTable] {
        try Schema.tables(in: connection).filter { !own.contains($0) }.map { try BackupTable($0, in: connection) }
    }

    private init(_ name: String, in connection: Connection) throws {
        self.name = name
        let described = try connection.rows(BackupTable.description(of: name, connection.engine))
        columns = try described.map { try $0.get("name") }
        let keys = try described.filter { try $0.get("key", as: Int.self) > 0 }
            .sorted { try $0.get("key", as: Int.self) < $1.get("key", as: Int.self) }
        // The same order on both engines: by bytes, NULL first.
        order = try (keys.isEmpty ? described : keys).map { column in
            let isText = try column.get("kind", as: String.self).lowercased() == "text"
            let collation = isText ? (connection.engine == .sqlite ? " COLLATE BINARY" : " COLLATE \"C\"") : ""
            return "\"\(try column.get("name", as: String.self))\"\(collation) NULLS FIRST"
        }.joined(separator: ", ")
    }

    private static func description(of table: String, _ engine: Engine) -> SQL {
        switch engine {
        case .sqlite:
            "SELECT name, type AS kind, pk AS key FROM pragma_table_info(\(table)) ORDER BY cid"
        case .postgreSQL:
            """
            SELECT a.attname::text AS name, format_type(a.atttypid, NULL) AS kind,
                COALESCE(array_position(i.indkey::int2[], a.attnum), -1) + 1 AS key
            FROM pg_attribute a
            LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
            WHERE a.attrelid = to_regclass(quote_ident(\(table))) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """
        }
    }

    var rows: SQL {
        SQL(
            unsafe: "SELECT \(columns.map { "\"\($0)\"" }.joined(separator: ", ")) FROM \"\(name)\" ORDER BY \(order)",
            [])
    }

    func count(in connection: Connection) throws -> Int {
        try connection.first(SQL(unsafe: "SELECT COUNT(*) AS n FROM \"\(name)\"", []))?.get("n") ?? 0
    }
}
