internal import Governance
internal import Kernel
internal import Storage

/// How merges lie in their tables. Nothing here asks who may see them.
enum MergeRows {
    private static let columns: SQL = """
        id, lead, other, reason, choices, proposed_by, proposed_at, merged_at, ended_at, ended_reason
        """

    static func merge(_ id: ID<PersonMerge>, in connection: Connection) throws -> PersonMerge? {
        try connection.first("SELECT \(columns) FROM person_merges WHERE id = \(id)").map {
            try merge($0, in: connection)
        }
    }

    /// All that concern any of these records, the newest first.
    static func merges(of people: [ID<Person>], in connection: Connection) throws -> [PersonMerge] {
        guard !people.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT \(columns) FROM person_merges
            WHERE lead IN (\(list: people)) OR other IN (\(list: people))
            ORDER BY proposed_at DESC, id DESC
            """
        ).map { try merge($0, in: connection) }
    }

    /// Those that hold, everywhere.
    static func holding(in connection: Connection) throws -> [(other: ID<Person>, lead: ID<Person>)] {
        try connection.rows(
            "SELECT other, lead FROM person_merges WHERE merged_at IS NOT NULL AND ended_at IS NULL ORDER BY id"
        ).map { (try $0.get("other"), try $0.get("lead")) }
    }

    /// Those that wait and were proposed by others than an account, the oldest first.
    static func waiting(
        butBy account: ID<Account>, limit: Int, in connection: Connection
    ) throws -> [PersonMerge] {
        let rows = try connection.rows(
            """
            SELECT \(columns) FROM person_merges
            WHERE merged_at IS NULL AND ended_at IS NULL AND proposed_by <> \(account)
            ORDER BY proposed_at, id LIMIT \(limit)
            """)
        guard !rows.isEmpty else { return [] }
        let ids: [ID<PersonMerge>] = try rows.map { try $0.get("id") }
        var confirmations: [ID<PersonMerge>: [ID<Person>: ID<Account>]] = [:]
        for row in try connection.rows(
            """
            SELECT merge, record, account FROM person_merge_confirmations
            WHERE merge IN (\(list: ids)) ORDER BY merge, record
            """)
        {
            confirmations[try row.get("merge"), default: [:]][try row.get("record")] =
                try row.get("account", as: ID<Account>.self)
        }
        return try zip(ids, rows).map { try merge($1, confirmations[$0] ?? [:]) }
    }

    private static func merge(_ row: Row, in connection: Connection) throws -> PersonMerge {
        let id: ID<PersonMerge> = try row.get("id")
        var confirmations: [ID<Person>: ID<Account>] = [:]
        for row in try connection.rows(
            "SELECT record, account FROM person_merge_confirmations WHERE merge = \(id) ORDER BY record")
        {
            confirmations[try row.get("record")] = try row.get("account", as: ID<Account>.self)
        }
        return try merge(row, confirmations)
    }

    private static func merge(_ row: Row, _ confirmations: [ID<Person>: ID<Account>]) throws -> PersonMerge {
        let choices: String = try row.get("choices")
        return PersonMerge(
            id: try row.get("id"), lead: try row.get("lead"), other: try row.get("other"),
            reason: try row.get("reason"),
            choices: Set(choices.split(separator: " ").compactMap { PersonField(rawValue: String($0)) }),
            proposedBy: try row.get("proposed_by"), proposedAt: try row.get("proposed_at"),
            confirmations: confirmations, mergedAt: try row.optional("merged_at"),
            endedAt: try row.optional("ended_at"), endedReason: try row.optional("ended_reason"))
    }

    static func insert(_ merge: PersonMerge, in connection: Connection) throws {
        let choices = merge.choices.map(\.rawValue).sorted().joined(separator: " ")
        try connection.run(
            """
            INSERT INTO person_merges (id, lead, other, reason, choices, proposed_by, proposed_at)
            VALUES (\(merge.id), \(merge.lead), \(merge.other), \(merge.reason), \(choices), \(merge.proposedBy),
                \(merge.proposedAt))
            """)
    }

    static func confirm(
        _ id: ID<PersonMerge>, _ record: ID<Person>, by account: ID<Account>, at now: Instant,
        in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO person_merge_confirmations (merge, record, account, at)
            VALUES (\(id), \(record), \(account), \(now))
            """)
    }

    static func take(_ merge: PersonMerge, at now: Instant, in connection: Connection) throws {
        try connection.run("UPDATE person_merges SET merged_at = \(now) WHERE id = \(merge.id)")
        try relead(merge.records, in: connection)
    }

    static func end(
        _ merge: PersonMerge, by account: ID<Account>, reason: String, at now: Instant, in connection: Connection
    ) throws {
        try connection.run(
            """
            UPDATE person_merges SET ended_at = \(now), ended_by = \(account), ended_reason = \(reason)
            WHERE id = \(merge.id)
            """)
        try relead(merge.records, in: connection)
    }

    /// Finds anew which record leads each of those that these belong to.
    private static func relead(_ records: [ID<Person>], in connection: Connection) throws {
        var touched = Set(records)
        for record in records { touched.formUnion(try group(of: record, in: connection)) }
        try connection.run("DELETE FROM person_leads WHERE person IN (\(list: touched.sorted()))")
        var leads: [ID<Person>: ID<Person>] = [:]
        for merge in try merges(of: touched.sorted(), in: connection) where merge.holds {
            leads[merge.other] = merge.lead
        }
        let members = Set(leads.keys).union(leads.values)
        for person in members.sorted() {
            var lead = person
            var seen: Set<ID<Person>> = [person]
            while let next = leads[lead], seen.insert(next).inserted { lead = next }
            try connection.run("INSERT INTO person_leads (person, lead) VALUES (\(person), \(lead))")
        }
    }

    /// The records of the same person, this one among them; just this one when it was never merged.
    static func group(of person: ID<Person>, in connection: Connection) throws -> [ID<Person>] {
        let found: [ID<Person>] = try connection.rows(
            """
            SELECT person FROM person_leads
            WHERE lead IN (SELECT lead FROM person_leads WHERE person = \(person))
            ORDER BY person
            """
        ).map { try $0.get("person") }
        return found.isEmpty ? [person] : found
    }

    /// The records that lead these, where another one does.
    static func leads(of people: [ID<Person>], in connection: Connection) throws -> [ID<Person>: ID<Person>] {
        guard !people.isEmpty else { return [:] }
        var leads: [ID<Person>: ID<Person>] = [:]
        for row in try connection.rows("SELECT person, lead FROM person_leads WHERE person IN (\(list: people))") {
            leads[try row.get("person")] = try row.get("lead", as: ID<Person>.self)
        }
        return leads
    }

    /// Whether any record of the one person and any of the other were said to be of two people.
    static func isNotSame(_ one: ID<Person>, _ two: ID<Person>, in connection: Connection) throws -> Bool {
        let (ones, twos) = (try group(of: one, in: connection), try group(of: two, in: connection))
        return try connection.first(
            """
            SELECT one FROM person_not_same
            WHERE (one IN (\(list: ones)) AND two IN (\(list: twos)))
                OR (one IN (\(list: twos)) AND two IN (\(list: ones)))
            LIMIT 1
            """) != nil
    }

    /// The proposals that wait to make one person of these two, by any of their records.
    static func waiting(
        between one: ID<Person>, _ two: ID<Person>, in connection: Connection
    ) throws -> [PersonMerge] {
        let (ones, twos) = (try group(of: one, in: connection), try group(of: two, in: connection))
        return try merges(of: ones, in: connection).filter { merge in
            merge.waits && merge.records.contains(where: ones.contains) && merge.records.contains(where: twos.contains)
        }
    }

    static func setNotSame(
        _ one: ID<Person>, _ two: ID<Person>, reason: String, by account: ID<Account>, at now: Instant,
        in connection: Connection
    ) throws {
        let (low, high) = one < two ? (one, two) : (two, one)
        try connection.run(
            """
            INSERT INTO person_not_same (one, two, reason, account, at)
            VALUES (\(low), \(high), \(reason), \(account), \(now))
            ON CONFLICT (one, two) DO NOTHING
            """)
    }
}
