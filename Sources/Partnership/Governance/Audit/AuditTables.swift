public import Storage

/// The tables of the audit.
public enum AuditTables {
    /// The columns of an entry in a query on `audit_entries e`.
    static let columns = SQL(unsafe: (AuditColumns.names + ["hash"]).map { "e.\($0)" }.joined(separator: ", "), [])
    /// The same as the head of an insertion.
    static let insertion = SQL(
        unsafe: "INSERT INTO audit_entries (\((AuditColumns.names + ["hash"]).joined(separator: ", ")))", [])

    /// The migrations that make the tables. No reference binds a subject
    /// to its entry: the chain does. Nobody changes or deletes their rows: a trigger refuses it on both
    /// engines, and the serving role of PostgreSQL has not the right.
    public static let migrations: [Migration] = [
        Migration(
            number: 100, name: "audit",
            statements: [
                """
                CREATE TABLE audit_entries (
                    seq BIGINT NOT NULL PRIMARY KEY,
                    at BIGINT NOT NULL,
                    kind TEXT NOT NULL,
                    account TEXT,
                    agency TEXT,
                    role TEXT,
                    session TEXT,
                    address TEXT,
                    act TEXT NOT NULL,
                    object_kind TEXT,
                    object_id TEXT,
                    object_version BIGINT,
                    object_fields TEXT,
                    object_class TEXT,
                    before_digest BYTEA,
                    after_digest BYTEA,
                    reason TEXT,
                    gateway TEXT,
                    rule_version TEXT,
                    outcome TEXT NOT NULL,
                    code TEXT,
                    query TEXT,
                    results BIGINT,
                    request TEXT NOT NULL,
                    hash BYTEA NOT NULL
                )
                """,
                """
                CREATE TABLE audit_subjects (
                    seq BIGINT NOT NULL,
                    place BIGINT NOT NULL,
                    subject TEXT NOT NULL,
                    PRIMARY KEY (seq, place)
                )
                """,
                "CREATE INDEX audit_entries_at ON audit_entries (at)",
                "CREATE INDEX audit_entries_account ON audit_entries (account, seq)",
                "CREATE INDEX audit_entries_object ON audit_entries (object_kind, object_id, seq)",
                "CREATE INDEX audit_entries_request ON audit_entries (request)",
                "CREATE INDEX audit_subjects_subject ON audit_subjects (subject, seq)",
            ], appendOnly: ["audit_entries", "audit_subjects"]),
        // Which anchors there must be. A row with `begins` 1 opens a new file of anchors: those before it are not asked for.
        Migration(
            number: 340, name: "audit anchors",
            statements: [
                """
                CREATE TABLE audit_anchors (
                    place BIGINT NOT NULL PRIMARY KEY,
                    day TEXT NOT NULL,
                    seq BIGINT NOT NULL,
                    hash BYTEA NOT NULL,
                    begins BIGINT NOT NULL
                )
                """
            ], appendOnly: ["audit_anchors"]),
    ]
}
