public import Storage

/// The tables of the enforcement register. Who may see what of them stands in the tables of `AccessRegister`.
public enum OrderTables {
    /// The migrations that make them.
    public static let migrations: [Migration] = [
        Migration(
            number: 370, name: "orders",
            statements: [
                """
                CREATE TABLE orders (
                    id TEXT NOT NULL PRIMARY KEY REFERENCES register_records (id) ON DELETE CASCADE,
                    type TEXT NOT NULL,
                    subject_kind TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    step TEXT NOT NULL,
                    made_at BIGINT,
                    starts_at BIGINT,
                    ends_at BIGINT,
                    discharged_at BIGINT,
                    personal TEXT NOT NULL,
                    criminal TEXT NOT NULL,
                    safety TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    changed_at BIGINT NOT NULL,
                    changed_by TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE order_versions (
                    id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
                    version BIGINT NOT NULL,
                    personal TEXT NOT NULL,
                    criminal TEXT NOT NULL,
                    safety TEXT NOT NULL,
                    changed_at BIGINT NOT NULL,
                    changed_by TEXT NOT NULL,
                    PRIMARY KEY (id, version)
                )
                """,
                "CREATE INDEX orders_subject ON orders (subject, id)",
                "CREATE INDEX orders_type ON orders (type, made_at)",
                "CREATE INDEX orders_starts ON orders (starts_at, ends_at)",
                "CREATE INDEX orders_ends ON orders (ends_at)",
            ]),
        Migration(
            number: 371, name: "cases of orders",
            statements: [
                """
                CREATE TABLE order_cases (
                    record TEXT NOT NULL,
                    id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
                    PRIMARY KEY (record, id)
                )
                """,
                "CREATE INDEX order_cases_order ON order_cases (id)",
            ]),
    ]
}
