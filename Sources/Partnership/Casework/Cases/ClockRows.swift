internal import Governance
internal import Kernel
internal import Rules
internal import Storage

/// How clocks lie in their table. `due_at` is the first moment at which a clock is late: nil while it stands still, and
/// when it was met or stopped, so that what waits is found by its index.
enum ClockRows {
    static func clocks(_ id: ID<CaseRecord>, in connection: Connection) throws -> [KeptClock] {
        try connection.rows("SELECT * FROM case_clocks WHERE case_id = \(id) ORDER BY ordinal").map(clock)
    }

    static func clock(_ row: Row) throws -> KeptClock {
        guard let rule = RuleKey(try row.get("rule")),
            let counting = ClockLength.Counting(rawValue: try row.get("counting"))
        else { throw StorageError.wrongValue(column: "rule") }
        let without: String = try row.get("without_days")
        let length = ClockLength(
            Int(try row.get("length", as: Int64.self)), counting,
            without: Set(without.split(separator: " ").compactMap { ClockLength.DayOff(rawValue: String($0)) }))
        var running = RunningClock(
            rule: rule, ruleFrom: try row.get("rule_from"), length: length, startedAt: try row.get("started_at"))
        running.pauses = try pauses(row.get("pauses"))
        running.metAt = try row.optional("met_at")
        running.breachReason = try row.optional("breach_reason")
        return KeptClock(
            id: try row.get("id"), clock: try row.get("clock"), running: running,
            stoppedAt: try row.optional("stopped_at"), breachBy: try row.optional("breach_by"))
    }

    static func insert(
        _ clock: KeptClock, _ id: ID<CaseRecord>, on calendar: ClockCalendar, in connection: Connection
    ) throws {
        let running = clock.running
        let without = ClockLength.DayOff.allCases.filter(running.length.without.contains).map(\.rawValue)
        try connection.run(
            """
            INSERT INTO case_clocks (id, case_id, ordinal, clock, rule, rule_from, length, counting, without_days, started_at,
                pauses, due_at)
            VALUES (\(clock.id), \(id), (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_clocks WHERE case_id = \(id)),
                \(clock.clock), \(running.rule.text), \(running.ruleFrom),
                \(running.length.count), \(running.length.counting.rawValue), \(without.joined(separator: " ")),
                \(running.startedAt), \(stored(running.pauses)), \(due(clock, on: calendar)))
            """)
    }

    static func update(_ clock: KeptClock, on calendar: ClockCalendar, in connection: Connection) throws {
        let running = clock.running
        try connection.run(
            """
            UPDATE case_clocks
            SET pauses = \(stored(running.pauses)), due_at = \(due(clock, on: calendar)), met_at = \(running.metAt),
                stopped_at = \(clock.stoppedAt), breach_reason = \(running.breachReason),
                breach_by = \(clock.breachBy)
            WHERE id = \(clock.id)
            """)
    }

    private static func due(_ clock: KeptClock, on calendar: ClockCalendar) -> Instant? {
        guard clock.isOpen else { return nil }
        return calendar.deadline(clock.running.length, from: clock.running.startedAt, pauses: clock.running.pauses)?.at
    }

    private static func stored(_ pauses: [ClockPause]) -> String {
        let items = pauses.map { pause in
            JSON.members(
                ("from", .integer(pause.from.milliseconds)),
                ("until", pause.until.map { .integer($0.milliseconds) } ?? .null), ("reason", .string(pause.reason)))
        }
        return String(decoding: JSON.array(items).encoded(indented: false), as: UTF8.self)
    }

    private static func pauses(_ text: String) throws -> [ClockPause] {
        guard case .array(let items) = try JSON(parsing: Array(text.utf8), from: "pauses") else { return [] }
        return try items.map { item in
            guard case .integer(let from)? = item["from"], case .string(let reason)? = item["reason"] else {
                throw StorageError.wrongValue(column: "pauses")
            }
            var pause = ClockPause(from: Instant(milliseconds: from), reason: reason)
            if case .integer(let until)? = item["until"] { pause.until = Instant(milliseconds: until) }
            return pause
        }
    }
}
