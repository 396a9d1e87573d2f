public import Governance
public import Kernel
public import People
internal import Storage

/// Where in an item's minutes a line stands.
public enum MinutePart: String, CaseIterable, Sendable {
    /// What an agency released.
    case research
    /// What was said.
    case discussion
    /// Why the risk is what it is.
    case risk
    /// What keeps someone safe.
    case safety

    /// What readers see.
    public var inWords: String {
        switch self {
        case .research: "Research"
        case .discussion: "Discussion"
        case .risk: "Risk"
        case .safety: "Safety"
        }
    }
}

/// A line of the minutes of an item. Views are made of lines at reading; none is kept.
public struct MinuteLine: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<MinuteLine>
    /// The item.
    public let item: ID<AgendaItem>
    /// Where it stands.
    public let part: MinutePart
    /// Fact or opinion, where it is one.
    public let kind: StatementKind?
    /// Whom it is about.
    public let person: ID<Person>?
    /// On whose side it is.
    public let side: SubjectSide?
    /// The class of the field.
    public let fieldClass: FieldClass
    /// What it says.
    public internal(set) var text: String
    /// Whose information it is: it is not handed on without their agreement.
    public let agency: Code<Agency>
    /// The line of research that was released.
    public let research: ID<ResearchLine>?
    /// When it was written.
    public let madeAt: Instant
}

/// A line to be written into the minutes.
public struct NewMinuteLine: Hashable, Sendable {
    /// Where it stands.
    public var part: MinutePart
    /// What it says, how deep and on whose side.
    public var statement: NewStatement
    /// Whom it is about.
    public var person: ID<Person>?
    /// Whose information it is; the writer's agency when nil.
    public var agency: Code<Agency>?

    /// A line.
    public init(
        _ part: MinutePart, _ statement: NewStatement, about person: ID<Person>? = nil, from agency: Code<Agency>? = nil
    ) {
        self.part = part
        self.statement = statement
        self.person = person
        self.agency = agency
    }

    /// How deep it lies: it is about someone, whatever it says.
    var depth: FieldClass { max(statement.fieldClass, .p1) }
}

/// How lines of minutes lie in their table. Nothing here asks who may see them.
enum MinuteRows {
    static func lines(of items: [ID<AgendaItem>], in connection: Connection) throws -> [MinuteLine] {
        guard !items.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT * FROM panel_minutes WHERE item IN (\(list: items)) AND struck_at IS NULL
            ORDER BY item, ordinal, id
            """
        ).map(line)
    }

    /// Which of these were written, also those that were struck since.
    static func written(_ ids: [ID<MinuteLine>], in connection: Connection) throws -> Set<ID<MinuteLine>> {
        guard !ids.isEmpty else { return [] }
        return Set(
            try connection.rows("SELECT id FROM panel_minutes WHERE id IN (\(list: ids))").map { try $0.get("id") })
    }

    static func line(_ id: ID<MinuteLine>, in connection: Connection) throws -> MinuteLine? {
        try connection.first("SELECT * FROM panel_minutes WHERE id = \(id) AND struck_at IS NULL").map(line)
    }

    private static func line(_ row: Row) throws -> MinuteLine {
        guard let part = MinutePart(rawValue: try row.get("part")) else {
            throw StorageError.wrongValue(column: "part")
        }
        let side = try row.optional("side", as: String.self)
        return MinuteLine(
            id: try row.get("id"), item: try row.get("item"), part: part,
            kind: try row.optional("kind", as: String.self).flatMap(StatementKind.init(rawValue:)),
            person: try row.optional("person"), side: side.flatMap(SubjectSide.init(rawValue:)),
            fieldClass: try ResearchRows.fieldClass(row), text: try row.get("text"), agency: try row.get("agency"),
            research: try row.optional("research_line"), madeAt: try row.get("made_at"))
    }

    static func insert(
        _ line: MinuteLine, at meeting: ID<PanelMeeting>, by account: ID<Account>, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO panel_minutes (id, meeting, item, ordinal, part, kind, person, side, class, text, agency,
                research_line, made_by, made_at)
            VALUES (\(line.id), \(meeting), \(line.item),
                (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM panel_minutes WHERE item = \(line.item)),
                \(line.part.rawValue), \(line.kind?.rawValue), \(line.person), \(line.side?.rawValue),
                \(line.fieldClass.rawValue), \(line.text), \(line.agency), \(line.research), \(account),
                \(line.madeAt))
            """)
    }

    static func strike(_ id: ID<MinuteLine>, at now: Instant, in connection: Connection) throws {
        try connection.run("UPDATE panel_minutes SET struck_at = \(now) WHERE id = \(id) AND struck_at IS NULL")
    }
}
