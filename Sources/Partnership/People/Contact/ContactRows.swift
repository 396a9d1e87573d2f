internal import Governance
internal import Kernel
internal import Storage

/// How ways to reach people lie in their table. Nothing here asks who may see it.
enum ContactRows {
    private static let columns: SQL = """
        id, person, channel, value, safety, days, from_minute, until_minute, times, voicemail, leave_name, is_shared,
        confirmed_on, ended_on, version, changed_at, changed_by
        """

    static func methods(of person: ID<Person>, in connection: Connection) throws -> [ContactMethod] {
        try connection.rows("SELECT \(columns) FROM person_contacts WHERE person = \(person) ORDER BY id").map(method)
    }

    private static func method(_ row: Row) throws -> ContactMethod {
        guard let channel = ContactChannel(rawValue: try row.get("channel")),
            let safety = ContactSafetyWord(rawValue: try row.get("safety"))
        else { throw StorageError.wrongValue(column: "channel") }
        var content = ContactContent(channel, try row.optional("value"), safety: safety)
        let days: String = try row.get("days")
        content.days = Set(days.compactMap(\.wholeNumberValue))
        content.fromMinute = try row.optional("from_minute")
        content.untilMinute = try row.optional("until_minute")
        content.times = try row.optional("times")
        content.voicemail = try row.get("voicemail")
        content.leaveName = try row.optional("leave_name")
        content.isShared = try row.get("is_shared")
        content.confirmedOn = try row.optional("confirmed_on")
        content.endedOn = try row.optional("ended_on")
        return ContactMethod(
            id: try row.get("id"), person: try row.get("person"), content: content, version: try row.get("version"),
            changedAt: try row.get("changed_at"), changedBy: try row.get("changed_by"))
    }

    static func insert(_ method: ContactMethod, in connection: Connection) throws {
        let content = method.content
        try connection.run(
            """
            INSERT INTO person_contacts (\(columns))
            VALUES (\(method.id), \(method.person), \(content.channel.rawValue), \(content.value),
                \(content.safety.rawValue), \(days(content)), \(content.fromMinute), \(content.untilMinute),
                \(content.times), \(content.voicemail), \(content.leaveName), \(content.isShared),
                \(content.confirmedOn), \(content.endedOn), \(method.version), \(method.changedAt),
                \(method.changedBy))
            """)
    }

    static func update(
        _ old: ContactMethod, to content: ContactContent, at now: Instant, by account: ID<Account>,
        in connection: Connection
    ) throws {
        try HistoryRows.insert(
            "contact", old.content.inWords, .ordinary, of: old.person, at: now, by: account, in: connection)
        try connection.run(
            """
            UPDATE person_contacts
            SET channel = \(content.channel.rawValue), value = \(content.value), safety = \(content.safety.rawValue),
                days = \(days(content)), from_minute = \(content.fromMinute), until_minute = \(content.untilMinute),
                times = \(content.times), voicemail = \(content.voicemail), leave_name = \(content.leaveName),
                is_shared = \(content.isShared), confirmed_on = \(content.confirmedOn), ended_on = \(content.endedOn),
                version = \(old.version + 1), changed_at = \(now), changed_by = \(account)
            WHERE id = \(old.id)
            """)
    }

    private static func days(_ content: ContactContent) -> String { content.days.sorted().map(String.init).joined() }
}
