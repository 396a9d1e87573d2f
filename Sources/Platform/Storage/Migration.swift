/// A step from one state of the tables to the next. Steps go forward only; a step that was released never changes.
public struct Migration: Sendable {
    /// Its number; steps run in this order.
    public let number: Int
    /// What it is about.
    public let name: String
    /// Its statements.
    public let statements: [MigrationStatement]
    /// Tables of this step whose rows may be added and read, and never changed or removed.
    public let appendOnly: [String]

    /// A step.
    public init(
        number: Int, name: StaticString, statements: [MigrationStatement], appendOnly: [StaticString] = []
    ) {
        self.number = number
        self.name = name.description
        self.appendOnly = appendOnly.map(\.description)
        self.statements = statements
    }
}

/// A statement of a migration: one text for both engines, or one for each.
public struct MigrationStatement: ExpressibleByStringLiteral, Sendable {
    let sqlite: String
    let postgreSQL: String

    /// The same text for both engines.
    public init(stringLiteral text: StaticString) {
        sqlite = text.description
        postgreSQL = text.description
    }

    /// A text for each engine; an empty one is left out.
    public init(sqlite: StaticString, postgreSQL: StaticString) {
        self.sqlite = sqlite.description
        self.postgreSQL = postgreSQL.description
    }

    func text(for engine: Engine) -> String { engine == .sqlite ? sqlite : postgreSQL }
}
