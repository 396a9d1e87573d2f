public import Storage

/// The tables of accounts, credentials, sessions, throttles and clients.
public enum AccountTables {
    /// The migrations that make them.
    public static let migrations: [Migration] = [accounts, credentials, sessions, throttles, clients]

    private static let accounts = Migration(
        number: 101, name: "accounts",
        statements: [
            """
            CREATE TABLE accounts (
                id TEXT NOT NULL PRIMARY KEY,
                email TEXT NOT NULL,
                email_folded TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                agency TEXT NOT NULL,
                side TEXT,
                status TEXT NOT NULL CHECK (status IN ('invited', 'active', 'disabled')),
                trained_until TEXT,
                vetted_until TEXT,
                created_at BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                version BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE account_teams (
                account TEXT NOT NULL REFERENCES accounts (id),
                team TEXT NOT NULL,
                PRIMARY KEY (account, team)
            )
            """,
            """
            CREATE TABLE account_roles (
                account TEXT NOT NULL REFERENCES accounts (id),
                role TEXT NOT NULL,
                from_day TEXT NOT NULL,
                until_day TEXT,
                PRIMARY KEY (account, role, from_day)
            )
            """,
            """
            CREATE TABLE account_panels (
                account TEXT NOT NULL REFERENCES accounts (id),
                panel TEXT NOT NULL,
                from_day TEXT NOT NULL,
                until_day TEXT,
                PRIMARY KEY (account, panel, from_day)
            )
            """,
            "CREATE INDEX accounts_agency ON accounts (agency, email_folded)",
        ])

    private static let credentials = Migration(
        number: 102, name: "credentials",
        statements: [
            """
            CREATE TABLE credentials (
                account TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
                password_hash TEXT,
                password_changed_at BIGINT,
                factor_secret BYTEA,
                factor_new BYTEA,
                factor_step BIGINT,
                factor_set_at BIGINT
            )
            """,
            """
            CREATE TABLE recovery_codes (
                account TEXT NOT NULL REFERENCES accounts (id),
                digest BYTEA NOT NULL,
                used_at BIGINT,
                PRIMARY KEY (account, digest)
            )
            """,
            """
            CREATE TABLE set_up_links (
                digest BYTEA NOT NULL PRIMARY KEY,
                account TEXT NOT NULL REFERENCES accounts (id),
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT
            )
            """,
            """
            CREATE TABLE identities (
                issuer TEXT NOT NULL,
                subject TEXT NOT NULL,
                account TEXT NOT NULL REFERENCES accounts (id),
                linked_at BIGINT NOT NULL,
                PRIMARY KEY (issuer, subject)
            )
            """,
            "CREATE INDEX set_up_links_account ON set_up_links (account)",
            "CREATE INDEX identities_account ON identities (account)",
        ])

    private static let sessions = Migration(
        number: 103, name: "sessions",
        statements: [
            """
            CREATE TABLE sessions (
                id TEXT NOT NULL PRIMARY KEY,
                digest BYTEA NOT NULL UNIQUE,
                account TEXT NOT NULL REFERENCES accounts (id),
                stage TEXT NOT NULL,
                form_secret TEXT NOT NULL,
                device TEXT NOT NULL,
                address TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                factor_at BIGINT,
                tries BIGINT NOT NULL,
                ended_at BIGINT,
                end_code TEXT
            )
            """,
            """
            CREATE TABLE known_devices (
                digest BYTEA NOT NULL,
                account TEXT NOT NULL REFERENCES accounts (id),
                created_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                PRIMARY KEY (digest, account)
            )
            """,
            "CREATE INDEX sessions_account ON sessions (account, seen_at)",
            "CREATE INDEX known_devices_account ON known_devices (account)",
        ])

    private static let throttles = Migration(
        number: 104, name: "throttles",
        statements: [
            """
            CREATE TABLE throttles (
                name TEXT NOT NULL PRIMARY KEY,
                score DOUBLE PRECISION NOT NULL,
                at BIGINT NOT NULL,
                not_before BIGINT NOT NULL,
                told_at BIGINT
            )
            """,
            "CREATE INDEX throttles_at ON throttles (at)",
        ])

    private static let clients = Migration(
        number: 105, name: "clients",
        statements: [
            """
            CREATE TABLE clients (
                id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                agency TEXT NOT NULL,
                digest BYTEA NOT NULL UNIQUE,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT,
                revoked_at BIGINT
            )
            """,
            """
            CREATE TABLE client_scopes (
                client TEXT NOT NULL REFERENCES clients (id),
                scope TEXT NOT NULL,
                PRIMARY KEY (client, scope)
            )
            """,
            """
            CREATE TABLE client_roles (
                client TEXT NOT NULL REFERENCES clients (id),
                role TEXT NOT NULL,
                PRIMARY KEY (client, role)
            )
            """,
        ])
}
