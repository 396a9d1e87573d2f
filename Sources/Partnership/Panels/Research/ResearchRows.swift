internal import Governance
internal import Kernel
internal import Storage

/// How research lies in its tables. Nothing here asks who may see it.
enum ResearchRows {
    static func research(_ id: ID<ResearchReturn>, in connection: Connection) throws -> ResearchReturn? {
        try returns("SELECT * FROM panel_research WHERE id = \(id)", in: connection).first
    }

    static func returns(of items: [ID<AgendaItem>], in connection: Connection) throws -> [ResearchReturn] {
        guard !items.isEmpty else { return [] }
        return try returns(
            "SELECT * FROM panel_research WHERE item IN (\(list: items)) ORDER BY agency, id", in: connection)
    }

    private static func returns(_ sql: SQL, in connection: Connection) throws -> [ResearchReturn] {
        let rows = try connection.rows(sql)
        let ids: [ID<ResearchReturn>] = try rows.map { try $0.get("id") }
        guard !ids.isEmpty else { return [] }
        var lines: [ID<ResearchReturn>: [ResearchLine]] = [:]
        for row in try connection.rows(
            "SELECT * FROM panel_research_lines WHERE research IN (\(list: ids)) ORDER BY research, ordinal")
        {
            let side = try row.optional("side", as: String.self)
            lines[try row.get("research"), default: []].append(
                ResearchLine(
                    id: try row.get("id"), kind: try kind(row), fieldClass: try fieldClass(row),
                    side: side.flatMap(SubjectSide.init(rawValue:)), text: try row.get("text"),
                    releasedAt: try row.optional("released_at")))
        }
        return try rows.map { row in
            guard let answer = ResearchAnswer(rawValue: try row.get("answer")) else {
                throw StorageError.wrongValue(column: "answer")
            }
            let id: ID<ResearchReturn> = try row.get("id")
            return ResearchReturn(
                id: id, item: try row.get("item"), person: try row.get("person"), agency: try row.get("agency"),
                answer: answer, caution: try row.optional("caution"),
                withheldReason: try row.optional("withheld_reason"), isLate: try row.get("late"),
                madeAt: try row.get("made_at"), lines: lines[id] ?? [])
        }
    }

    static func kind(_ row: Row) throws -> StatementKind {
        guard let kind = StatementKind(rawValue: try row.get("kind")) else {
            throw StorageError.wrongValue(column: "kind")
        }
        return kind
    }

    static func fieldClass(_ row: Row) throws -> FieldClass {
        guard let found = FieldClass(rawValue: try row.get("class")) else {
            throw StorageError.wrongValue(column: "class")
        }
        return found
    }

    static func insert(
        _ research: ResearchReturn, at meeting: ID<PanelMeeting>, by account: ID<Account>, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO panel_research (id, meeting, item, person, agency, answer, caution, withheld_reason, made_by,
                made_at, late)
            VALUES (\(research.id), \(meeting), \(research.item), \(research.person), \(research.agency),
                \(research.answer.rawValue), \(research.caution), \(research.withheldReason), \(account),
                \(research.madeAt), \(research.isLate))
            """)
        for (ordinal, line) in research.lines.enumerated() {
            try connection.run(
                """
                INSERT INTO panel_research_lines (id, research, ordinal, kind, class, side, text)
                VALUES (\(line.id), \(research.id), \(ordinal), \(line.kind.rawValue), \(line.fieldClass.rawValue),
                    \(line.side?.rawValue), \(line.text))
                """)
        }
    }

    static func release(
        _ lines: [ID<ResearchLine>], of research: ID<ResearchReturn>, by account: ID<Account>, at now: Instant,
        in connection: Connection
    ) throws {
        try connection.run(
            """
            UPDATE panel_research_lines SET released_at = \(now), released_by = \(account)
            WHERE research = \(research) AND id IN (\(list: lines)) AND released_at IS NULL
            """)
    }
}
