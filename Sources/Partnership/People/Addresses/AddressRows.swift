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

    /// Writes a changed address and keeps what it said before, guarded as the stricter of both. Where it is guarded
    /// further from now on, so is what was recorded of the person's addresses before: it may tell of the same place.
    /// Another place is another address: the one before stays among them as it was, and is over. Where it was only written
    /// down wrongly it stays in the history alone; where it is withheld it may have been right after all, and stays.
    static func update(
        _ old: PersonAddress, to content: AddressContent, isSlip: Bool = false, at now: Instant,
        by account: ID<Account>,
        in connection: Connection
    ) throws {
        let secrecy = max(old.content.secrecy, content.secrecy)
        try HistoryRows.insert(
            "address", old.content.inWords, secrecy, of: old.person, at: now, by: account, in: connection)
        if content.secrecy > old.content.secrecy {
            try HistoryRows.raise("address", of: old.person, to: secrecy, in: connection)
        }
        let isKept = !isSlip || secrecy > .ordinary
        if isKept, PartText.lines(content.lines) != PartText.lines(old.content.lines) {
            var former = old.content
            let today = now.ukDate
            let last = min(former.until ?? today, today)
            former.until = former.from.map { max($0, last) } ?? last
            former.takesLetters = false
            former.secrecy = secrecy
            try insert(
                PersonAddress(
                    id: ID(at: now), person: old.person, content: former, version: 1, changedAt: now, changedBy: account
                ),
                in: connection)
        }
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
    static func follow(_ row: PersonRow, isSlip: Bool = false, in connection: Connection) throws {
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
        if PartText.lines(lines) != PartText.lines(content.lines) {
            // The form says where they are and no more: dates, source and kind belong to the place before, or to this one
            // where that was written down wrongly.
            content = isSlip ? content : AddressContent(.home, lines, takesLetters: true)
            content.lines = lines
        }
        content.secrecy = max(row.secrecy, content.kind.leastSecrecy)
        if content.secrecy != row.secrecy {
            try connection.run(
                "UPDATE people SET address_secrecy = \(content.secrecy.rawValue) WHERE id = \(row.id)")
        }
        guard content != current.content else { return }
        try update(current, to: content, isSlip: isSlip, at: row.changedAt, by: row.changedBy, in: connection)
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

    /// Guards all former parts of that kind at least so.
    /// - Parameter other: those alone that tell of a relation to this person.
    static func raise(
        _ part: StaticString, of person: ID<Person>, with other: ID<Person>? = nil, to secrecy: AddressSecrecy,
        in connection: Connection
    ) throws {
        let lower = AddressSecrecy.allCases.filter { $0 < secrecy }.map(\.rawValue)
        guard !lower.isEmpty else { return }
        let among: SQL = if let other { "AND text LIKE \("\(other.text) %")" } else { "" }
        try connection.run(
            """
            UPDATE person_history SET secrecy = \(secrecy.rawValue)
            WHERE person = \(person) AND part = \(part.description) AND secrecy IN (\(list: lower)) \(among)
            """)
    }

    /// Keeps what a relation said, on the record of that end: before its words stands who the other person is.
    static func insert(
        _ content: RelationContent, _ secrecy: AddressSecrecy, of person: ID<Person>, at now: Instant,
        by account: ID<Account>, in connection: Connection
    ) throws {
        try insert(
            "relation", "\(content.other.text) \(content.inWords)", secrecy, of: person, at: now, by: account,
            in: connection)
        try raise("relation", of: person, with: content.other, to: secrecy, in: connection)
    }

    /// Keeps what was said of someone's place in a household: before the words stands in which.
    static func insert(
        _ member: HouseholdMember, in household: ID<Household>, words: String = "", at now: Instant,
        by account: ID<Account>, in connection: Connection
    ) throws {
        try insert(
            "household", "\(household.text) \(member.inWords)\(words)", .ordinary, of: member.person, at: now,
            by: account,
            in: connection)
    }

    /// Keeps where a household was, on the record of someone in it.
    static func insert(
        place lines: String, _ household: ID<Household>, of person: ID<Person>, at now: Instant,
        by account: ID<Account>,
        in connection: Connection
    ) throws {
        let words = lines.split(whereSeparator: \.isNewline).joined(separator: ", ")
        try insert(
            "household-place", "\(household.text) household: \(words)", .ordinary, of: person, at: now, by: account,
            in: connection)
    }

    /// The newest first; entries into households, which are for taking them back alone, are not among them.
    static func former(of person: ID<Person>, in connection: Connection) throws -> [FormerPart] {
        try connection.rows(
            """
            SELECT part, text, secrecy, at, account
            FROM person_history
            WHERE person = \(person) AND part NOT IN ('household-added', 'household-withdrawn')
            ORDER BY at DESC, id DESC
            """
        ).map { row in
            guard let secrecy = AddressSecrecy(rawValue: try row.get("secrecy")) else {
                throw StorageError.wrongValue(column: "secrecy")
            }
            var text: String = try row.get("text")
            var other: ID<Person>?
            var household: ID<Household>?
            let part: String = try row.get("part")
            if ["relation", "household", "household-place"].contains(part) {
                let words = text.split(separator: " ", maxSplits: 1)
                guard words.count == 2, let id = ID<Registered>(String(words[0])) else {
                    throw StorageError.wrongValue(column: "text")
                }
                if part == "relation" { other = ID(id.text) } else { household = ID(id.text) }
                text = String(words[1])
            }
            return FormerPart(
                text: text, other: other, household: household, isPlace: part == "household-place", secrecy: secrecy,
                at: try row.get("at"), account: try row.get("account"))
        }
    }
}
