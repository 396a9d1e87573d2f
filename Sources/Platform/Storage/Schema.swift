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
                SELECT table_name AS name FROM information_schema.tables
                WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
                ORDER BY table_name
                """
        }
        return try connection.rows(query).map { try $0.get("name") }
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
