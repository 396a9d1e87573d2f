internal import Governance
internal import Kernel
internal import People
internal import Storage

/// How cases lie in their tables. Nothing here asks who may see them.
enum CaseRows {
    private static let columns: SQL =
        "id, type, type_version, reference, heading, state, band, opened_at, closed_at"

    static func record(_ id: ID<CaseRecord>, in connection: Connection) throws -> CaseRecord? {
        try connection.first("SELECT \(columns) FROM cases WHERE id = \(id)").map(record)
    }

    static func records(
        _ ids: [ID<CaseRecord>], in connection: Connection
    ) throws -> [ID<CaseRecord>: CaseRecord] {
        guard !ids.isEmpty else { return [:] }
        var found: [ID<CaseRecord>: CaseRecord] = [:]
        for row in try connection.rows("SELECT \(columns) FROM cases WHERE id IN (\(list: ids))") {
            let record = try record(row)
            found[record.id] = record
        }
        return found
    }

    private static func record(_ row: Row) throws -> CaseRecord {
        CaseRecord(
            id: try row.get("id"), type: try row.get("type"), typeVersion: try row.get("type_version"),
            reference: try row.get("reference"), heading: try row.get("heading"), state: try row.get("state"),
            band: try row.optional("band"), openedAt: try row.get("opened_at"), closedAt: try row.optional("closed_at"))
    }

    static func insert(_ record: CaseRecord, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO cases (\(columns))
            VALUES (\(record.id), \(record.type), \(record.typeVersion), \(record.reference), \(record.heading),
                \(record.state), \(record.band), \(record.openedAt), \(record.closedAt))
            """)
        try insertWords(of: record, in: connection)
    }

    private static func insertWords(of record: CaseRecord, in connection: Connection) throws {
        for word in Set(NameWords.of("\(record.reference) \(record.heading)")) {
            try connection.run("INSERT INTO case_words (word, case_id) VALUES (\(Array(word.utf8)), \(record.id))")
        }
    }

    static func update(_ record: CaseRecord, in connection: Connection) throws {
        try connection.run(
            """
            UPDATE cases
            SET state = \(record.state), band = \(record.band),
                closed_at = \(record.closedAt)
            WHERE id = \(record.id)
            """)
    }

    /// The next reference of a type in a year: `ASB-2026-000123`.
    static func nextReference(_ prefix: String, year: Int, in connection: Connection) throws -> String {
        let row = try connection.first(
            """
            INSERT INTO case_numbers (prefix, year, last) VALUES (\(prefix), \(year), 1)
            ON CONFLICT (prefix, year) DO UPDATE SET last = case_numbers.last + 1
            RETURNING last
            """)
        guard let number: Int64 = try row?.get("last") else { throw StorageError.wrongValue(column: "last") }
        let digits = String(number)
        return "\(prefix)-\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    // MARK: - Parties

    static func parties(_ id: ID<CaseRecord>, in connection: Connection) throws -> [CaseParty] {
        try connection.rows(
            "SELECT id, role, person, since_at, added_by, until_at, reason FROM case_parties WHERE case_id = \(id) ORDER BY ordinal"
        ).map { row in
            CaseParty(
                id: try row.get("id"), role: try row.get("role"), person: try row.get("person"),
                since: try row.get("since_at"), addedBy: try row.get("added_by"), until: try row.optional("until_at"),
                reason: try row.optional("reason"))
        }
    }

    static func insert(_ party: CaseParty, _ id: ID<CaseRecord>, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO case_parties (id, case_id, ordinal, role, person, since_at, added_by)
            VALUES (\(party.id), \(id), (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_parties WHERE case_id = \(id)),
                \(party.role), \(party.person), \(party.since), \(party.addedBy))
            """)
    }

    static func end(
        _ party: ID<CaseParty>, reason: String, by account: ID<Account>, at now: Instant, in connection: Connection
    ) throws {
        try connection.run(
            """
            UPDATE case_parties SET until_at = \(now), ended_by = \(account), reason = \(reason)
            WHERE id = \(party) AND until_at IS NULL
            """)
    }

    // MARK: - Moves and flags

    static func moves(_ id: ID<CaseRecord>, in connection: Connection) throws -> [CaseMoveMade] {
        try connection.rows("SELECT * FROM case_moves WHERE case_id = \(id) ORDER BY ordinal").map { row in
            CaseMoveMade(
                move: try row.get("move"), from: try row.get("from_state"), to: try row.get("to_state"),
                reason: try row.optional("reason"), passed: StoredLines.read(try row.get("passed_gates")),
                by: try row.get("made_by"), at: try row.get("made_at"))
        }
    }

    static func insert(_ move: CaseMoveMade, _ id: ID<CaseRecord>, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO case_moves (id, case_id, ordinal, move, from_state, to_state, reason, passed_gates, made_by, made_at)
            VALUES (\(ID<CaseMoveMade>(at: move.at)), \(id), (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_moves WHERE case_id = \(id)),
                \(move.move), \(move.from), \(move.to), \(move.reason),
                \(StoredLines.write(move.passed)), \(move.by), \(move.at))
            """)
    }

    static func flags(_ id: ID<CaseRecord>, in connection: Connection) throws -> [CaseFlag] {
        try connection.rows(
            "SELECT code, text, person, raised_at, until_day FROM case_flags WHERE case_id = \(id) ORDER BY ordinal"
        ).map { row in
            CaseFlag(
                code: try row.get("code"), text: try row.get("text"), person: try row.optional("person"),
                raisedAt: try row.get("raised_at"), until: try row.optional("until_day"))
        }
    }

    /// Ends the flags of a code that hold on a day: the day before is their last.
    static func endFlags(_ code: String, of id: ID<CaseRecord>, on day: LocalDate, in connection: Connection) throws {
        try connection.run(
            """
            UPDATE case_flags SET until_day = \(day.advanced(by: -1))
            WHERE case_id = \(id) AND code = \(code) AND (until_day IS NULL OR until_day >= \(day))
            """)
    }

    static func insert(_ flag: CaseFlag, _ id: ID<CaseRecord>, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO case_flags (id, case_id, ordinal, code, text, person, raised_at, until_day)
            VALUES (\(ID<CaseFlag>(at: flag.raisedAt)), \(id), (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_flags WHERE case_id = \(id)),
                \(flag.code), \(flag.text), \(flag.person),
                \(flag.raisedAt), \(flag.until))
            """)
    }
}

/// Short texts in one column, a line each.
enum StoredLines {
    static func write(_ lines: [String]) -> String { lines.map(\.singleSpaced).joined(separator: "\n") }
    static func read(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}
