public import Storage

/// The tables of the yearly figures, and of the counts that were kept on cases. Nothing in them ever changes: a
/// correction is a further row, and so is a count that was made again. Counts go with their case when it is deleted.
public enum CaseReviewTables {
    /// The migrations that make them.
    public static let migrations: [Migration] = [
        Migration(
            number: 360, name: "case review figures",
            statements: [
                """
                CREATE TABLE case_review_figures (
                    id TEXT NOT NULL PRIMARY KEY,
                    year_from TEXT NOT NULL,
                    year_to TEXT NOT NULL,
                    year_by TEXT NOT NULL CHECK (year_by IN ('received', 'decided')),
                    met_reviewed BIGINT NOT NULL,
                    met_awaiting BIGINT NOT NULL,
                    not_met BIGINT NOT NULL,
                    discretionary BIGINT NOT NULL,
                    withdrawn BIGINT NOT NULL,
                    invalid BIGINT NOT NULL,
                    pending BIGINT NOT NULL,
                    recommended BIGINT NOT NULL CHECK (recommended <= met_reviewed + discretionary),
                    undecided BIGINT NOT NULL,
                    method TEXT NOT NULL,
                    reconciliation TEXT NOT NULL,
                    made_at BIGINT NOT NULL,
                    made_by TEXT NOT NULL,
                    made_by_name TEXT NOT NULL,
                    made_by_agency TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE case_review_publications (
                    figures TEXT NOT NULL PRIMARY KEY REFERENCES case_review_figures (id),
                    year_from TEXT NOT NULL,
                    version BIGINT NOT NULL CHECK (version > 0),
                    correction TEXT CHECK ((version = 1) = (correction IS NULL)),
                    approved_at BIGINT NOT NULL,
                    approved_by TEXT NOT NULL,
                    approved_by_name TEXT NOT NULL,
                    UNIQUE (year_from, version)
                )
                """,
                "CREATE INDEX case_review_figures_year ON case_review_figures (year_from, made_at)",
            ], appendOnly: ["case_review_figures", "case_review_publications"]),
        Migration(
            number: 361, name: "case review counts",
            statements: [
                """
                CREATE TABLE case_review_counts (
                    id TEXT NOT NULL PRIMARY KEY,
                    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                    ordinal BIGINT NOT NULL,
                    applied_on TEXT NOT NULL,
                    counted BIGINT NOT NULL,
                    reporters BIGINT NOT NULL,
                    has_hate BIGINT NOT NULL,
                    tests TEXT NOT NULL,
                    made_at BIGINT NOT NULL,
                    made_by TEXT NOT NULL,
                    made_by_name TEXT NOT NULL,
                    made_by_agency TEXT NOT NULL,
                    UNIQUE (case_id, ordinal)
                )
                """,
                """
                CREATE TABLE case_review_count_items (
                    count_id TEXT NOT NULL REFERENCES case_review_counts (id) ON DELETE CASCADE,
                    ordinal BIGINT NOT NULL,
                    complaint TEXT NOT NULL,
                    made_on TEXT NOT NULL,
                    made_to TEXT NOT NULL,
                    counts BIGINT NOT NULL,
                    says TEXT NOT NULL,
                    PRIMARY KEY (count_id, ordinal)
                )
                """,
                """
                CREATE TABLE case_review_count_rules (
                    count_id TEXT NOT NULL REFERENCES case_review_counts (id) ON DELETE CASCADE,
                    ordinal BIGINT NOT NULL,
                    rule TEXT NOT NULL,
                    rule_from TEXT NOT NULL,
                    name TEXT NOT NULL,
                    says TEXT NOT NULL,
                    source TEXT NOT NULL,
                    PRIMARY KEY (count_id, ordinal)
                )
                """,
            ]),
    ]
}
