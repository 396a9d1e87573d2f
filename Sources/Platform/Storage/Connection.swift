/// Which engine holds the database. Only backup and migrations care.
public enum Engine: String, CaseIterable, Sendable {
    case sqlite, postgreSQL
}

/// What both engines can do: two conformers, SQLiteSession and PostgreSQLSession.
protocol EngineSession: AnyObject {
    var engine: Engine { get }
    /// Begins a transaction.
    func begin(_ kind: TransactionKind) throws
    /// Makes the transaction's changes last, or throws and leaves none of them.
    func commit() throws
    /// Runs one statement with its values; calls `row` for each row of the result until it returns false.
    /// - Returns: how many rows were changed.
    func run(_ sql: SQL, row: ((Row) throws -> Bool)?) throws -> Int
    /// Runs a query and calls `row` for each row without keeping them; other statements may run between.
    func stream(_ sql: SQL, row: (Row) throws -> Bool) throws
    /// Runs statements without values, as they stand.
    func script(_ text: String) throws
    /// Adds rows to a table as fast as the engine can.
    func load(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int
    /// Whether it can be used for another transaction.
    var isUsable: Bool { get }
    func close()
}

/// What a transaction is for.
enum TransactionKind {
    /// One snapshot; writing is refused.
    case reading
    /// The only writer.
    case writing
    /// Migrations and restores: alone, without time limits, and without the table that writers take turns by.
    case administering
}

/// A connection inside a transaction. Valid only in the closure that it was handed to.
///
/// A statement that fails spoils the transaction on both engines, as PostgreSQL has it: later statements throw its error
/// again and nothing is kept, even when the closure swallows it. Put what may fail into a `savepoint`.
public final class Connection {
    let session: any EngineSession
    private var savepoints = 0
    private var faultAfter: (count: Int, error: StorageError)?
    /// The error that spoilt the transaction.
    private(set) var failure: (any Error)?
    private var isOver = false

    init(_ session: any EngineSession) { self.session = session }

    /// The engine.
    public var engine: Engine { session.engine }

    /// Runs a statement.
    /// - Returns: how many rows were changed.
    /// - Throws: `StorageError`.
    @discardableResult
    public func run(_ sql: SQL) throws -> Int {
        try guarded { try session.run(sql, row: nil) }
    }

    /// All rows of a query.
    public func rows(_ sql: SQL) throws -> [Row] {
        var rows: [Row] = []
        _ = try guarded {
            try session.run(sql) { row in
                rows.append(row)
                return true
            }
        }
        return rows
    }

    /// The first row of a query, or nil.
    public func first(_ sql: SQL) throws -> Row? {
        var first: Row?
        _ = try guarded {
            try session.run(sql) { row in
                if first == nil { first = row }
                return false
            }
        }
        return first
    }

    /// Calls `body` for each row of a query as it comes, without keeping them. Other statements may run between, but none
    /// that changes the tables being read: what the rows to come then show differs between the engines.
    public func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        // What `body` throws is its own affair and does not spoil the transaction.
        var thrown: (any Error)?
        try guarded {
            try session.stream(sql) { row in
                do {
                    try body(row)
                    return true
                } catch {
                    thrown = error
                    return false
                }
            }
        }
        if let thrown { throw thrown }
    }

    /// Adds rows to a table: by COPY or by many rows a statement. Types must be those of the columns.
    /// - Returns: how many were added.
    @discardableResult
    public func load(
        into table: StaticString, columns: [StaticString], rows: some Sequence<[SQLValue]>
    ) throws -> Int {
        try load(into: table.description, columns: columns.map(\.description), rows: rows)
    }

    func load(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int {
        try guarded { try session.load(into: table, columns: columns, rows: rows) }
    }

    /// Does work that is undone by itself when it throws, while the transaction goes on.
    @discardableResult
    public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        savepoints += 1
        let name = "s\(savepoints)"
        defer { savepoints -= 1 }
        try guarded { try session.script("SAVEPOINT \(name)") }
        do {
            let value = try body()
            if let failure { throw failure }
            try session.script("RELEASE SAVEPOINT \(name)")
            return value
        } catch {
            // When this fails too, the connection is gone, and the transaction with it.
            failure = error
            try session.script("ROLLBACK TO SAVEPOINT \(name)")
            try session.script("RELEASE SAVEPOINT \(name)")
            failure = nil
            throw error
        }
    }

    /// For tests: lets `count` statements pass and fails the next with `error`.
    public func fail(after count: Int, with error: StorageError) { faultAfter = (count, error) }

    /// Ends its use.
    func end() { isOver = true }

    private func guarded<Value>(_ act: () throws -> Value) throws -> Value {
        guard !isOver else { throw StorageError.failed("a connection was used after its transaction") }
        if let failure { throw failure }
        do {
            try countDown()
            return try act()
        } catch {
            failure = error
            throw error
        }
    }

    private func countDown() throws {
        guard let fault = faultAfter else { return }
        if fault.count == 0 {
            faultAfter = nil
            throw fault.error
        }
        faultAfter = (fault.count - 1, fault.error)
    }
}
