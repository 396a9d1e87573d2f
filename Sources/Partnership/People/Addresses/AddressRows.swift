internal import Governance
internal import Kernel
internal import Storage

/// How addresses lie in their table. The one that takes letters stands in the person's row too, where letters, guards and
/// forms read it. Nothing here asks who may see it.
enum AddressRows {
    private static let columns: SQL = """
        id, person, kind, lines, from_day, until_day, source, verified_on, secrecy, takes_letters, version, changed_at,
        changed_by
        """

    static func addresses(of person: ID<Person>, in connection: Connection) throws -> [PersonAddress] {
        // First where letters go, then what holds, then what was left last.
        try connection.rows(
            """
            SELECT \(columns) FROM person_addresses
            WHERE person = \(person)
            ORDER BY takes_letters DESC, CASE WHEN until_day IS NULL THEN 0 ELSE 1 END, until_day DESC, id DESC
            """
        ).map(address)
    }

    private static func address(_ row: Row) throws -> PersonAddress {
        guard let kind = AddressKind(rawValue: try row.get("kind")),
            let secrecy = AddressSecrecy(rawValue: try row.get("secrecy"))
        else { throw StorageError.wrongValue(column: "kind") }
        let content = AddressContent(
            kind, try row.get("lines"), from: try row.optional("from_day"), until: try row.optional("until_day"),
            source: try row.optional("source"), verifiedOn: try row.optional("verified_on"), secrecy: secrecy,
            takesLetters: try row.get("takes_letters"))
        return PersonAddress(
            id: try row.get("id"), person: try row.get("person"), content: content, version: try row.get("version"),
            changedAt: try row.get("changed_at"), changedBy: try row.get("changed_by"))
    }

    static func insert(_ address: PersonAddress, in connection: Connection) throws {
        let content = address.content
        try connection.run(
            """
            INSERT INTO person_addresses (\(columns))
            VALUES (\(address.id), \(address.person), \(content.kind.rawValue), \(content.lines), \(content.from),
                \(content.until), \(content.source), \(content.verifiedOn), \(content.secrecy.rawValue),
                \(content.takesLetters), \(address.version), \(address.changedAt), \(address.changedBy))
            """)
    }

    /// Writes a changed address and keeps what it said before.
    static func update(
        _ old: PersonAddress, to content: AddressContent, at now: Instant, by account: ID<Account>,
        in connection: Connection
    ) throws {
        try HistoryRows.insert(
            "address", old.content.inWords, old.content.secrecy, of: old.person, at: now, by: account, in: connection)
        try connection.run(
            """
            UPDATE person_addresses
            SET kind = \(content.kind.rawValue), lines = \(content.lines), from_day = \(content.from),
                until_day = \(content.until), source = \(content.source), verified_on = \(content.verifiedOn),
                secrecy = \(content.secrecy.rawValue), takes_letters = \(content.takesLetters),
                version = \(old.version + 1), changed_at = \(now), changed_by = \(account)
            WHERE id = \(old.id)
            """)
    }

    /// Brings the addresses into line with the one that was changed in the person's row.
    static func follow(_ row: PersonRow, in connection: Connection) throws {
        let current = try addresses(of: row.id, in: connection).first { $0.content.takesLetters }
        guard let lines = row.details.address else {
            guard let current else { return }
            // Someone took it out of the form: it stays as a former address.
            var content = current.content
            content.until = content.until ?? row.changedAt.ukDate
            content.takesLetters = false
            return try update(current, to: content, at: row.changedAt, by: row.changedBy, in: connection)
        }
        guard let current else {
            let content = AddressContent(.home, lines, secrecy: row.secrecy, takesLetters: true)
            return try insert(
                PersonAddress(
                    id: row.version == 1 ? AddressRows.first(of: row.id) : ID(at: row.changedAt), person: row.id,
                    content: content, version: 1, changedAt: row.changedAt, changedBy: row.changedBy),
                in: connection)
        }
        var content = current.content
        content.lines = lines
        content.secrecy = row.secrecy
        guard content != current.content else { return }
        try update(current, to: content, at: row.changedAt, by: row.changedBy, in: connection)
    }

    /// Brings the person's row into line with the addresses.
    static func lead(
        _ person: ID<Person>, at now: Instant, by account: ID<Account>, in connection: Connection
    ) throws {
        let current = try addresses(of: person, in: connection).first { $0.content.takesLetters }?.content
        try connection.run(
            """
            UPDATE people
            SET address = \(current?.lines), address_secrecy = COALESCE(\(current?.secrecy.rawValue), address_secrecy),
                version = version + 1, changed_at = \(now), changed_by = \(account)
            WHERE id = \(person)
            """)
    }

    /// The first address of a person has the person's own identifier, as those that were migrated.
    private static func first(of person: ID<Person>) -> ID<PersonAddress> {
        // An identifier's text is always an identifier.
        ID(person.text) ?? ID(at: Instant(milliseconds: 0))
    }
}

/// What parts of people said before.
enum HistoryRows {
    static func insert(
        _ part: StaticString, _ text: String, _ secrecy: AddressSecrecy, of person: ID<Person>, at now: Instant,
        by account: ID<Account>, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO person_history (id, person, part, text, secrecy, at, account)
            VALUES (\(ID<FormerPart>(at: now)), \(person), \(part.description), \(text), \(secrecy.rawValue), \(now),
                \(account))
            """)
    }

    /// The newest first.
    static func former(of person: ID<Person>, in connection: Connection) throws -> [FormerPart] {
        try connection.rows(
            """
            SELECT text, secrecy, at, account
            FROM person_history
            WHERE person = \(person)
            ORDER BY at DESC, id DESC
            """
        ).map { row in
            guard let secrecy = AddressSecrecy(rawValue: try row.get("secrecy")) else {
                throw StorageError.wrongValue(column: "secrecy")
            }
            return FormerPart(
                text: try row.get("text"), secrecy: secrecy, at: try row.get("at"), account: try row.get("account"))
        }
    }
}
