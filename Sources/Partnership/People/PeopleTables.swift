public import Storage

/// The tables of the people register. Who may see what of them stands in the tables of `AccessRegister`.
public enum PeopleTables {
    /// The migrations that make them.
    public static let migrations: [Migration] = [
        Migration(
            number: 320, name: "people",
            statements: [
                """
                CREATE TABLE people (
                    id TEXT NOT NULL PRIMARY KEY REFERENCES register_records (id) ON DELETE CASCADE,
                    given_name TEXT,
                    family_name TEXT,
                    other_names TEXT,
                    birth TEXT,
                    pronouns TEXT,
                    needs TEXT,
                    safe_contact TEXT,
                    phone TEXT,
                    email TEXT,
                    address TEXT,
                    address_secrecy TEXT NOT NULL CHECK (address_secrecy IN ('ordinary', 'safety', 'sealed')),
                    version BIGINT NOT NULL,
                    changed_at BIGINT NOT NULL,
                    changed_by TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE person_names (
                    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                    word TEXT NOT NULL,
                    sound TEXT,
                    PRIMARY KEY (person, word)
                )
                """,
                "CREATE INDEX person_names_word ON person_names (word, person)",
                "CREATE INDEX person_names_sound ON person_names (sound, person)",
            ]),
        addresses, contacts, households, relations, merges, starts,
    ]

    /// Each person's addresses; the one that each had becomes the first, under the person's own identifier.
    private static let addresses = Migration(
        number: 341, name: "addresses of people",
        statements: [
            """
            CREATE TABLE person_addresses (
                id TEXT NOT NULL PRIMARY KEY,
                person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                kind TEXT NOT NULL,
                lines TEXT NOT NULL,
                from_day TEXT,
                until_day TEXT,
                source TEXT,
                verified_on TEXT,
                secrecy TEXT NOT NULL CHECK (secrecy IN ('ordinary', 'safety', 'sealed')),
                takes_letters BIGINT NOT NULL,
                version BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                changed_by TEXT NOT NULL
            )
            """,
            "CREATE INDEX person_addresses_person ON person_addresses (person, id)",
            """
            CREATE TABLE person_history (
                id TEXT NOT NULL PRIMARY KEY,
                person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                part TEXT NOT NULL,
                text TEXT NOT NULL,
                secrecy TEXT NOT NULL CHECK (secrecy IN ('ordinary', 'safety', 'sealed')),
                at BIGINT NOT NULL,
                account TEXT NOT NULL
            )
            """,
            "CREATE INDEX person_history_person ON person_history (person, id)",
            """
            INSERT INTO person_addresses (id, person, kind, lines, secrecy, takes_letters, version, changed_at, changed_by)
            SELECT id, id, 'home', address, address_secrecy, 1, 1, changed_at, changed_by
            FROM people WHERE address IS NOT NULL
            """,
        ])

    private static let contacts = Migration(
        number: 342, name: "how people are reached",
        statements: [
            """
            CREATE TABLE person_contacts (
                id TEXT NOT NULL PRIMARY KEY,
                person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                channel TEXT NOT NULL,
                value TEXT,
                safety TEXT NOT NULL CHECK (safety IN ('yes', 'no', 'unknown')),
                days TEXT NOT NULL,
                from_minute BIGINT,
                until_minute BIGINT,
                times TEXT,
                voicemail BIGINT NOT NULL,
                leave_name TEXT,
                is_shared BIGINT NOT NULL,
                confirmed_on TEXT,
                ended_on TEXT,
                version BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                changed_by TEXT NOT NULL
            )
            """,
            "CREATE INDEX person_contacts_person ON person_contacts (person, id)",
        ])

    /// Who lives with whom, and organisations that people have to do with.
    private static let households = Migration(
        number: 343, name: "households and organisations",
        statements: [
            """
            CREATE TABLE households (
                id TEXT NOT NULL PRIMARY KEY,
                lines TEXT,
                changed_at BIGINT NOT NULL,
                changed_by TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE household_members (
                household TEXT NOT NULL REFERENCES households (id) ON DELETE CASCADE,
                person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                role TEXT NOT NULL,
                from_day TEXT,
                until_day TEXT,
                PRIMARY KEY (household, person)
            )
            """,
            "CREATE INDEX household_members_person ON household_members (person, household)",
            """
            CREATE TABLE organisations (
                id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                kind TEXT NOT NULL,
                contact TEXT,
                agency TEXT NOT NULL,
                ended_on TEXT,
                version BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                changed_by TEXT NOT NULL
            )
            """,
        ])

    private static let relations = Migration(
        number: 344, name: "relations between people",
        statements: [
            """
            CREATE TABLE person_relations (
                id TEXT NOT NULL PRIMARY KEY,
                person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                other TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                kind TEXT NOT NULL,
                from_day TEXT,
                until_day TEXT,
                source TEXT,
                evidence TEXT NOT NULL,
                tells_where BIGINT NOT NULL,
                version BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                changed_by TEXT NOT NULL
            )
            """,
            "CREATE INDEX person_relations_person ON person_relations (person)",
            "CREATE INDEX person_relations_other ON person_relations (other)",
        ])

    /// Records that are one person, and who said so. A record that was merged away stays as it was.
    private static let merges = Migration(
        number: 345, name: "records of one person",
        statements: [
            """
            CREATE TABLE person_merges (
                id TEXT NOT NULL PRIMARY KEY,
                lead TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                other TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                reason TEXT NOT NULL,
                choices TEXT NOT NULL,
                proposed_by TEXT NOT NULL,
                proposed_at BIGINT NOT NULL,
                merged_at BIGINT,
                ended_at BIGINT,
                ended_by TEXT,
                ended_reason TEXT
            )
            """,
            "CREATE INDEX person_merges_lead ON person_merges (lead)",
            "CREATE INDEX person_merges_other ON person_merges (other)",
            """
            CREATE TABLE person_merge_confirmations (
                merge TEXT NOT NULL REFERENCES person_merges (id) ON DELETE CASCADE,
                record TEXT NOT NULL,
                account TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (merge, record)
            )
            """,
            """
            CREATE TABLE person_leads (
                person TEXT NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
                lead TEXT NOT NULL
            )
            """,
            "CREATE INDEX person_leads_lead ON person_leads (lead)",
            """
            CREATE TABLE person_not_same (
                one TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                two TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                reason TEXT NOT NULL,
                account TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (one, two)
            )
            """,
        ])

    /// The first letters of each name's word, so that a search needs not look at every name.
    private static let starts = Migration(
        number: 346, name: "first letters of names",
        statements: [
            "ALTER TABLE person_names ADD COLUMN start TEXT",
            "UPDATE person_names SET start = SUBSTR(word, 1, 3)",
            "CREATE INDEX person_names_start ON person_names (start, word, person)",
        ])
}
