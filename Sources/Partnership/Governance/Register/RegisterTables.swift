public import Storage

/// The tables of the register: what the policy must know of every record, and nothing of its content but a title.
public enum RegisterTables {
    /// The migrations that make them.
    public static let migrations: [Migration] = [records, relations, glasses, delegations, teams, granted, chairs]

    private static let records = Migration(
        number: 200, name: "register",
        statements: [
            """
            CREATE TABLE register_records (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                agency TEXT NOT NULL,
                team TEXT,
                owner TEXT,
                author TEXT,
                class TEXT NOT NULL CHECK (class IN ('normal', 'restricted', 'protected', 'sealed')),
                side TEXT CHECK (side IN ('victim', 'perpetrator', 'child')),
                title TEXT NOT NULL,
                title_folded TEXT NOT NULL,
                title_class BIGINT NOT NULL CHECK (title_class BETWEEN 0 AND 4),
                created_at BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                version BIGINT NOT NULL
            )
            """,
            "CREATE INDEX register_records_agency ON register_records (kind, agency, id)",
            "CREATE INDEX register_records_owner ON register_records (owner, kind, id)",
            "CREATE INDEX register_records_class ON register_records (kind, class, id)",
        ])

    private static let relations = Migration(
        number: 201, name: "register relations",
        statements: [
            """
            CREATE TABLE register_shares (
                record TEXT NOT NULL REFERENCES register_records (id) ON DELETE CASCADE,
                agency TEXT NOT NULL,
                from_day TEXT NOT NULL,
                until_day TEXT,
                highest BIGINT NOT NULL CHECK (highest BETWEEN 0 AND 4),
                gateway TEXT
            )
            """,
            """
            CREATE TABLE register_listings (
                record TEXT NOT NULL REFERENCES register_records (id) ON DELETE CASCADE,
                panel TEXT NOT NULL,
                from_day TEXT NOT NULL,
                until_day TEXT,
                agencies TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE register_people (
                record TEXT NOT NULL REFERENCES register_records (id) ON DELETE CASCADE,
                account TEXT NOT NULL,
                relation TEXT NOT NULL CHECK (relation IN ('involved', 'named', 'conflict')),
                PRIMARY KEY (record, relation, account)
            )
            """,
            """
            CREATE TABLE register_grants (
                record TEXT NOT NULL REFERENCES register_records (id) ON DELETE CASCADE,
                account TEXT NOT NULL,
                until BIGINT NOT NULL
            )
            """,
            "CREATE INDEX register_shares_record ON register_shares (record)",
            "CREATE INDEX register_shares_agency ON register_shares (agency, record)",
            "CREATE INDEX register_listings_record ON register_listings (record)",
            "CREATE INDEX register_listings_panel ON register_listings (panel, record)",
            "CREATE INDEX register_people_account ON register_people (account, relation, record)",
            "CREATE INDEX register_grants_record ON register_grants (record)",
        ])

    private static let glasses = Migration(
        number: 202, name: "break-glass",
        statements: [
            """
            CREATE TABLE break_glasses (
                id TEXT NOT NULL PRIMARY KEY,
                record TEXT NOT NULL,
                account TEXT NOT NULL,
                agency TEXT NOT NULL,
                owning_agency TEXT NOT NULL,
                category TEXT NOT NULL,
                reason TEXT NOT NULL,
                at BIGINT NOT NULL,
                until BIGINT NOT NULL,
                review_by TEXT NOT NULL,
                reviewed_at BIGINT,
                reviewer TEXT,
                outcome TEXT CHECK (outcome IN ('justified', 'training', 'misuse')),
                note TEXT
            )
            """,
            """
            CREATE TABLE register_notices (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                agency TEXT,
                role TEXT,
                account TEXT,
                record TEXT,
                glass TEXT,
                at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX break_glasses_record ON break_glasses (record, account, until)",
            "CREATE INDEX break_glasses_account ON break_glasses (account, at)",
            "CREATE INDEX break_glasses_review ON break_glasses (reviewed_at, review_by)",
            "CREATE INDEX register_notices_agency ON register_notices (agency, at)",
            "CREATE INDEX register_notices_role ON register_notices (role, at)",
        ])

    private static let delegations = Migration(
        number: 203, name: "delegations",
        statements: [
            """
            CREATE TABLE delegations (
                id TEXT NOT NULL PRIMARY KEY,
                delegator TEXT NOT NULL,
                delegate TEXT NOT NULL,
                roles TEXT NOT NULL,
                from_day TEXT NOT NULL,
                until_day TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                ended_at BIGINT
            )
            """,
            "CREATE INDEX delegations_delegate ON delegations (delegate, until_day)",
        ])

    private static let teams = Migration(
        number: 347, name: "records by team",
        statements: ["CREATE INDEX register_records_team ON register_records (team, kind, id)"])

    private static let granted = Migration(
        number: 400, name: "grants by account",
        statements: ["CREATE INDEX register_grants_account ON register_grants (account, until, record)"])

    private static let chairs = Migration(
        number: 402, name: "grants of chairs, records without an owner",
        statements: [
            "ALTER TABLE register_grants ADD COLUMN is_chairs BIGINT NOT NULL DEFAULT 0",
            "CREATE INDEX register_records_unowned ON register_records (kind, agency, id) WHERE owner IS NULL",
        ])
}
