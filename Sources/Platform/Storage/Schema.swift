/// What the database itself says of its tables.
public enum Schema {
    /// The names of the program's tables, in order.
    public static func tables(in connection: Connection) throws -> [String] {
        let query: SQL
        switch connection.engine {
        case .sqlite:
            query = """
                SELECT name FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite%'
                ORDER BY name
                """
        case .postgreSQL:
            query = """
                SELECT c.relname::text COLLATE "C" AS name FROM pg_class c
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                ORDER BY 1
                """
        }
        return try connection.rows(query).map { try $0.get("name") }
    }

    /// Those of the tables whose rows the role of this connection could change or remove, or whose triggers it could turn
    /// off because it owns them. None on SQLite, which has no roles.
    /// - Throws: `StorageError`.
    public static func unprotected(_ tables: [String], in connection: Connection) throws -> [String] {
        guard connection.engine == .postgreSQL else { return [] }
        return try connection.rows(
            """
            SELECT c.relname::text AS name FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
                AND (pg_has_role(c.relowner, 'MEMBER') OR has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'))
            ORDER BY 1
            """
        ).map { try $0.get("name") }.filter(tables.contains)
    }
}

/// Tables whose rows are never changed or removed: triggers say so on both engines, rights too on PostgreSQL.
enum AppendOnly {
    static func protect(_ table: String, in connection: Connection) throws {
        switch connection.engine {
        case .sqlite:
            for act in ["UPDATE", "DELETE"] {
                try connection.session.script(
                    """
                    CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON \(table)
                    BEGIN SELECT RAISE(ABORT, 'rows of \(table) are never changed or removed'); END
                    """)
            }
        case .postgreSQL:
            try connection.session.script(
                """
                CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME; END $$;
                CREATE TRIGGER \(table)_no_change BEFORE UPDATE OR DELETE ON \(table)
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
                CREATE TRIGGER \(table)_no_truncate BEFORE TRUNCATE ON \(table)
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
                """)
        }
    }
}
