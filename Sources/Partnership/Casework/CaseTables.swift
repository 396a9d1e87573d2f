public import Storage

/// The tables of cases. Who may see what of them stands in the tables of `AccessRegister`.
public enum CaseTables {
    /// The migrations that make them.
    public static let migrations: [Migration] = [cases, work, attachments, words, running]

    private static let cases = Migration(
        number: 350, name: "cases",
        statements: [
            """
            CREATE TABLE case_numbers (
                prefix TEXT NOT NULL,
                year BIGINT NOT NULL,
                last BIGINT NOT NULL,
                PRIMARY KEY (prefix, year)
            )
            """,
            """
            CREATE TABLE cases (
                id TEXT NOT NULL PRIMARY KEY REFERENCES register_records (id) ON DELETE CASCADE,
                type TEXT NOT NULL,
                type_version TEXT NOT NULL,
                reference TEXT NOT NULL UNIQUE,
                heading TEXT NOT NULL,
                state TEXT NOT NULL,
                band TEXT,
                opened_at BIGINT NOT NULL,
                closed_at BIGINT
            )
            """,
            "CREATE INDEX cases_state ON cases (type, state, id)",
            """
            CREATE TABLE case_parties (
                id TEXT NOT NULL PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                role TEXT NOT NULL,
                person TEXT NOT NULL,
                since_at BIGINT NOT NULL,
                added_by TEXT NOT NULL,
                until_at BIGINT,
                ended_by TEXT,
                reason TEXT
            )
            """,
            "CREATE INDEX case_parties_case ON case_parties (case_id, ordinal)",
            "CREATE INDEX case_parties_person ON case_parties (person, role)",
            """
            CREATE TABLE case_entries (
                id TEXT NOT NULL PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                form TEXT NOT NULL,
                type_version TEXT NOT NULL,
                answers TEXT NOT NULL,
                happened_on TEXT,
                evidence TEXT CHECK (evidence IN ('fact', 'opinion', 'allegation', 'hearsay')),
                source TEXT,
                handling TEXT NOT NULL CHECK (handling IN ('general', 'own-agency')),
                agency TEXT NOT NULL,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                supersedes TEXT UNIQUE,
                superseded_at BIGINT
            )
            """,
            "CREATE INDEX case_entries_case ON case_entries (case_id, ordinal)",
        ])

    private static let work = Migration(
        number: 351, name: "work on cases",
        statements: [
            """
            CREATE TABLE case_actions (
                id TEXT NOT NULL PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                text TEXT NOT NULL,
                agency TEXT NOT NULL,
                owner TEXT,
                due TEXT NOT NULL,
                origin TEXT,
                status TEXT NOT NULL CHECK (status IN
                    ('open', 'done', 'done-late', 'not-possible-changed', 'not-undertaken', 'superseded')),
                outcome TEXT,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                closed_by TEXT,
                closed_at BIGINT
            )
            """,
            "CREATE INDEX case_actions_case ON case_actions (case_id, ordinal)",
            "CREATE INDEX case_actions_owner ON case_actions (owner, status, due)",
            "CREATE INDEX case_actions_agency ON case_actions (agency, status, due)",
            """
            CREATE TABLE case_clocks (
                id TEXT NOT NULL PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                clock TEXT NOT NULL,
                rule TEXT NOT NULL,
                rule_from TEXT NOT NULL,
                length BIGINT NOT NULL,
                counting TEXT NOT NULL,
                without_days TEXT NOT NULL,
                started_at BIGINT NOT NULL,
                pauses TEXT NOT NULL,
                due_at BIGINT,
                met_at BIGINT,
                stopped_at BIGINT,
                breach_reason TEXT,
                breach_by TEXT
            )
            """,
            "CREATE INDEX case_clocks_case ON case_clocks (case_id, ordinal)",
            "CREATE INDEX case_clocks_due ON case_clocks (due_at, case_id)",
            """
            CREATE TABLE case_assessments (
                id TEXT NOT NULL PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                instrument TEXT NOT NULL,
                version TEXT NOT NULL,
                answers TEXT NOT NULL,
                score BIGINT,
                band TEXT NOT NULL,
                judged_band TEXT,
                judgement TEXT,
                agreed_by TEXT,
                agency TEXT NOT NULL,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX case_assessments_case ON case_assessments (case_id, ordinal)",
            """
            CREATE TABLE case_flags (
                id TEXT NOT NULL PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                code TEXT NOT NULL,
                text TEXT NOT NULL,
                person TEXT,
                raised_at BIGINT NOT NULL,
                until_day TEXT
            )
            """,
            "CREATE INDEX case_flags_case ON case_flags (case_id, ordinal)",
            """
            CREATE TABLE case_moves (
                id TEXT NOT NULL PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                move TEXT NOT NULL,
                from_state TEXT NOT NULL,
                to_state TEXT NOT NULL,
                reason TEXT,
                passed_gates TEXT NOT NULL,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX case_moves_case ON case_moves (case_id, ordinal)",
        ])

    private static let attachments = Migration(
        number: 352, name: "attachments of cases",
        statements: [
            """
            CREATE TABLE case_attachments (
                id TEXT NOT NULL PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                name TEXT NOT NULL,
                kind TEXT NOT NULL,
                class TEXT NOT NULL CHECK (class IN ('P1', 'P2', 'P3')),
                description TEXT NOT NULL,
                evidence TEXT CHECK (evidence IN ('fact', 'opinion', 'allegation', 'hearsay')),
                source TEXT,
                handling TEXT NOT NULL CHECK (handling IN ('general', 'own-agency')),
                letter TEXT,
                size BIGINT NOT NULL,
                sha256 TEXT NOT NULL,
                copy_sha256 TEXT,
                state TEXT NOT NULL CHECK (state IN ('clean', 'unscanned', 'quarantined', 'own')),
                agency TEXT NOT NULL,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                superseded_at BIGINT,
                superseded_by TEXT,
                superseded_reason TEXT,
                sealed_key BYTEA NOT NULL
            )
            """,
            "CREATE INDEX case_attachments_case ON case_attachments (case_id, ordinal)",
            """
            CREATE TABLE case_attachment_parts (
                attachment TEXT NOT NULL REFERENCES case_attachments (id) ON DELETE CASCADE,
                form TEXT NOT NULL CHECK (form IN ('original', 'copy', 'word')),
                part BIGINT NOT NULL,
                sealed BYTEA NOT NULL,
                PRIMARY KEY (attachment, form, part)
            )
            """,
            """
            CREATE TABLE case_custody (
                attachment TEXT NOT NULL REFERENCES case_attachments (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                act TEXT NOT NULL CHECK (act IN
                    ('uploaded', 'made', 'scanned', 'viewed', 'exported', 'superseded')),
                form TEXT NOT NULL,
                account TEXT NOT NULL,
                agency TEXT NOT NULL,
                at BIGINT NOT NULL,
                reason TEXT,
                PRIMARY KEY (attachment, ordinal)
            )
            """,
        ])

    /// The words by which cases are found, as bytes, so that those with a beginning lie together whatever the database's
    /// collation. Cases and this table came with one release: there are none without.
    private static let words = Migration(
        number: 353, name: "words of cases",
        statements: [
            """
            CREATE TABLE case_words (
                word BYTEA NOT NULL,
                case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                PRIMARY KEY (word, case_id)
            )
            """,
            "CREATE INDEX case_words_case ON case_words (case_id, word)",
        ])

    /// Clocks that run, which are few, by their case.
    private static let running = Migration(
        number: 401, name: "running clocks",
        statements: [
            "CREATE INDEX case_clocks_running ON case_clocks (case_id, due_at, clock) WHERE due_at IS NOT NULL"
        ])
}
