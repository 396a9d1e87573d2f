public import Storage

/// The table of monthly figures. Nothing in it ever changes.
public enum CohortTables {
    /// The migrations that make it.
    public static let migrations: [Migration] = [
        Migration(
            number: 390, name: "cohort snapshots",
            statements: [
                """
                CREATE TABLE cohort_snapshots (
                    id TEXT NOT NULL PRIMARY KEY,
                    cohort TEXT NOT NULL,
                    month TEXT NOT NULL,
                    figures TEXT NOT NULL,
                    definition TEXT NOT NULL,
                    made_at BIGINT NOT NULL,
                    made_by TEXT NOT NULL,
                    made_by_name TEXT NOT NULL,
                    UNIQUE (cohort, month)
                )
                """
            ], appendOnly: ["cohort_snapshots"])
    ]
}
