internal import Glibc
internal import Kernel
internal import Synchronization

/// Where a database is.
public enum DatabaseLocation: Hashable, Sendable {
    /// A file.
    case sqlite(path: String)
    /// A server, by its URL: `postgresql://USER@HOST:PORT/NAME`.
    case postgreSQL(url: String)

    /// The location written `sqlite:PATH` or `postgresql://…`, or nil.
    public init?(_ text: String) {
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            self = .postgreSQL(url: text)
        } else if text.hasPrefix("sqlite:"), text.utf8.count > 7 {
            self = .sqlite(path: String(text.dropFirst(7)))
        } else {
            return nil
        }
    }

    /// The role of PostgreSQL that connects here, however the URL names it; nil for SQLite.
    /// - Throws: `StorageError.unavailable` when it is no URL.
    public var role: String? {
        get throws {
            guard case .postgreSQL(let url) = self else { return nil }
            return try PostgreSQLAddress.role(url)
        }
    }
}

/// A database: many readers, and one writer at a time on both engines, so that the audit's chain has one order.
///
/// SQLite: write-ahead log, `synchronous=FULL`, foreign keys; each reader sees one snapshot. PostgreSQL: readers in
/// `REPEATABLE READ READ ONLY`; writers `SERIALIZABLE`, taking turns by a lock that is asked for before the snapshot.
/// Texts sort by their bytes on SQLite; make a PostgreSQL database with `LC_COLLATE 'C'` for the same order.
public final class Database: Sendable {
    /// Where it is.
    public let location: DatabaseLocation
    /// Which engine holds it.
    public var engine: Engine { if case .sqlite = location { .sqlite } else { .postgreSQL } }

    private let readers: SessionPool
    private let writers: SessionPool
    private let checkpoints: SQLiteCheckpoints?
    /// The threads that are inside `write`.
    private let writing = Mutex<Set<pthread_t>>([])
    /// How often a transaction that was in another's way is begun again, and for how long, in seconds.
    private static let attempts = 8
    private static let patience = 20

    /// Opens a database.
    /// - Parameters:
    ///   - makes: makes the SQLite file when there is none, readable by its owner only.
    ///   - connections: how many readers may be at work at once; more wait up to 10 seconds.
    ///   - statementLimit: how long one statement may take, in seconds. Migrations and restores have no limit.
    /// - Throws: `StorageError.unavailable` when it cannot be opened.
    public convenience init(
        _ location: DatabaseLocation, makes: Bool = true, connections: Int = 16, statementLimit: Int = 120
    ) throws {
        try self.init(
            location, makes: makes, connections: connections, statementLimit: statementLimit, isDurable: true)
    }

    /// Opens a database; a SQLite file that is not durable loses its last transactions when the machine stops, which is
    /// all right in tests and four times as fast.
    package init(
        _ location: DatabaseLocation, makes: Bool, connections: Int = 16, statementLimit: Int = 120, isDurable: Bool
    ) throws {
        self.location = location
        switch location {
        case .sqlite(let path):
            let checkpoints = SQLiteCheckpoints(path: path, isDurable: isDurable)
            self.checkpoints = checkpoints
            writers = SessionPool(limit: 1) {
                try SQLiteSession(
                    path: path, reads: false, makes: makes, limit: statementLimit, isDurable: isDurable,
                    checkpoints: checkpoints)
            }
            readers = SessionPool(limit: connections) {
                try SQLiteSession(path: path, reads: true, makes: false, limit: statementLimit, isDurable: isDurable)
            }
        case .postgreSQL(let url):
            checkpoints = nil
            writers = SessionPool(limit: 4) { try PostgreSQLSession(url: url, limit: statementLimit) }
            readers = SessionPool(limit: connections) { try PostgreSQLSession(url: url, limit: statementLimit) }
        }
        try writers.use(begin: { _ in }) { _ in }
    }

    /// Reads in one snapshot. Statements that write are refused.
    /// - Throws: `StorageError`, and what `body` throws.
    public func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try retried { try transaction(.reading, in: readers, body) }
    }

    /// Reads and writes in one transaction that no other writer overlaps. When it throws, nothing has happened, unless the
    /// connection to the server was lost in the very moment of the commit.
    /// - Parameter body: may be run more than once, when another program was in the way.
    /// - Throws: `StorageError`, and what `body` throws.
    @discardableResult
    public func write<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try alone { try retried { try transaction(.writing, in: writers, body) } }
    }

    /// Closes all connections that nobody uses. Call when no more transactions will begin.
    public func close() {
        readers.close()
        writers.close()
        checkpoints?.close()
    }

    /// Runs statements outside the rules of `write`, in one transaction without time limits: for migrations and restores,
    /// which make the very table that writers take turns by.
    func administer<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try alone { try retried { try transaction(.administering, in: writers, body) } }
    }

    private func transaction<Value>(
        _ kind: TransactionKind, in pool: SessionPool, _ body: (Connection) throws -> Value
    ) throws -> Value {
        try pool.use(begin: { try $0.begin(kind) }) { session in
            let connection = Connection(session)
            defer { connection.end() }
            do {
                let value = try body(connection)
                if kind == .reading {
                    try? session.script("ROLLBACK")
                } else {
                    if let failure = connection.failure { throw failure }
                    try session.commit()
                }
                return value
            } catch {
                try? session.script("ROLLBACK")
                throw error
            }
        }
    }

    /// Refuses a transaction inside a transaction of the same thread, which would wait for itself.
    private func alone<Value>(_ body: () throws -> Value) throws -> Value {
        let thread = pthread_self()
        guard writing.withLock({ $0.insert(thread).inserted }) else {
            throw StorageError.failed("a write was begun inside a write")
        }
        defer { writing.withLock { _ = $0.remove(thread) } }
        return try body()
    }

    /// Begins a transaction again that was in another's way: after 5, 10, 20 … ms, each with jitter.
    private func retried<Value>(_ body: () throws -> Value) throws -> Value {
        let start = ContinuousClock.now
        var attempt = 0
        while true {
            do {
                return try body()
            } catch StorageError.busy where attempt < Database.attempts {
                guard ContinuousClock.now - start < .seconds(Database.patience) else { throw StorageError.busy }
                attempt += 1
                usleep(UInt32(5000 << attempt) / 2 + UInt32.random(in: 0..<5000))
            }
        }
    }
}
