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
            ])
    ]
}
