/// Which engine holds the database. Only backup and migrations care.
public enum Engine: String, CaseIterable, Sendable {
    case sqlite, postgreSQL
}

/// What both engines can do: two conformers, SQLiteSession and PostgreSQLSession.
protocol EngineSession: AnyObject {
    var engine: Engine { get }
    /// Runs one statement with its values; calls `row` for each row of the result as it comes.
    /// - Returns: how many rows were changed.
    func run(_ sql: SQL, row: ((Row) throws -> Void)?) throws -> Int
    /// Runs a query and calls `row` for each row without keeping them; other statements may run between.
    func stream(_ sql: SQL, row: (Row) throws -> Void) throws
    /// Runs statements without values, as they stand.
    func script(_ text: String) throws
    /// Adds rows to a table as fast as the engine can.
    func load(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int
    /// Whether it can be used for another transaction.
    var isUsable: Bool { get }
    func close()
}

/// A connection inside a transaction. Valid only in the closure that it was handed to.
public final class Connection {
    let session: any EngineSession
    private var savepoints = 0
    private var faultAfter: (count: Int, error: StorageError)?

    init(_ session: any EngineSession) { self.session = session }

    /// The engine.
    public var engine: Engine { session.engine }

    /// Runs a statement.
    /// - Returns: how many rows were changed.
    /// - Throws: `StorageError`.
    @discardableResult
    public func run(_ sql: SQL) throws -> Int {
        try countDown()
        return try session.run(sql, row: nil)
    }

    /// All rows of a query.
    public func rows(_ sql: SQL) throws -> [Row] {
        try countDown()
        var rows: [Row] = []
        _ = try session.run(sql) { rows.append($0) }
        return rows
    }

    /// The first row of a query, or nil.
    public func first(_ sql: SQL) throws -> Row? {
        try rows(sql).first
    }

    /// Calls `body` for each row of a query as it comes, without keeping them.
    public func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try countDown()
        try session.stream(sql, row: body)
    }

    /// Adds rows to a table: by COPY or by many rows a statement. Types must be those of the columns.
    /// - Returns: how many were added.
    @discardableResult
    public func load(
        into table: StaticString, columns: [StaticString], rows: some Sequence<[SQLValue]>
    ) throws -> Int {
        try countDown()
        return try session.load(into: table.description, columns: columns.map(\.description), rows: rows)
    }

    /// Does work that is undone by itself when it throws, while the transaction goes on.
    public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        savepoints += 1
        let name = "s\(savepoints)"
        defer { savepoints -= 1 }
        try session.script("SAVEPOINT \(name)")
        do {
            let value = try body()
            try session.script("RELEASE SAVEPOINT \(name)")
            return value
        } catch {
            try session.script("ROLLBACK TO SAVEPOINT \(name)")
            try session.script("RELEASE SAVEPOINT \(name)")
            throw error
        }
    }

    /// For tests: lets `count` statements pass and fails the next with `error`.
    public func fail(after count: Int, with error: StorageError) { faultAfter = (count, error) }

    private func countDown() throws {
        guard let fault = faultAfter else { return }
        if fault.count == 0 {
            faultAfter = nil
            throw fault.error
        }
        faultAfter = (fault.count - 1, fault.error)
    }
}
