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
}

/// A database: many readers, and one writer at a time on both engines, so that the audit's chain has one order.
///
/// SQLite: write-ahead log, `synchronous=FULL`, foreign keys; each reader sees one snapshot. PostgreSQL: readers in
/// `REPEATABLE READ READ ONLY`; writers `SERIALIZABLE`, taking turns by a lock that is asked for before the snapshot.
public final class Database: Sendable {
    /// Where it is.
    public let location: DatabaseLocation
    /// Which engine holds it.
    public var engine: Engine { if case .sqlite = location { .sqlite } else { .postgreSQL } }

    private let readers: SessionPool
    private let writers: SessionPool
    /// How often a transaction that was in another's way is begun again.
    private static let attempts = 8

    /// Opens a database.
    /// - Parameters:
    ///   - makes: makes the SQLite file when there is none.
    ///   - connections: how many readers may be at work at once; more wait up to 10 seconds.
    /// - Throws: `StorageError.unavailable` when it cannot be opened.
    public init(_ location: DatabaseLocation, makes: Bool = true, connections: Int = 16) throws {
        self.location = location
        switch location {
        case .sqlite(let path):
            writers = SessionPool(limit: 1) { try SQLiteSession(path: path, reads: false, makes: makes) }
            readers = SessionPool(limit: connections) { try SQLiteSession(path: path, reads: true, makes: false) }
        case .postgreSQL(let url):
            writers = SessionPool(limit: 4) { try PostgreSQLSession(url: url) }
            readers = SessionPool(limit: connections) { try PostgreSQLSession(url: url) }
        }
        try writers.use { _ in }
    }

    /// Reads in one snapshot. Statements that write are refused.
    /// - Throws: `StorageError`, and what `body` throws.
    public func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try retried {
            try readers.use { session in
                try transaction(session, begin: begin(reading: true), body)
            }
        }
    }

    /// Reads and writes in one transaction that no other writer overlaps. When it throws, nothing has happened.
    /// - Parameter body: may be run more than once, when another program was in the way.
    /// - Throws: `StorageError`, and what `body` throws.
    public func write<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try retried {
            try writers.use { session in
                try transaction(session, begin: begin(reading: false), body)
            }
        }
    }

    /// Closes all connections that nobody uses. Call when no more transactions will begin.
    public func close() {
        readers.close()
        writers.close()
    }

    private func begin(reading: Bool) -> [String] {
        switch (engine, reading) {
        case (.sqlite, true): ["BEGIN"]
        case (.sqlite, false): ["BEGIN IMMEDIATE"]
        case (.postgreSQL, true): ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]
        case (.postgreSQL, false): ["BEGIN ISOLATION LEVEL SERIALIZABLE", "LOCK TABLE writer_turn IN EXCLUSIVE MODE"]
        }
    }

    private func transaction<Value>(
        _ session: any EngineSession, begin: [String], _ body: (Connection) throws -> Value
    ) throws -> Value {
        do {
            for statement in begin { try session.script(statement) }
            let value = try body(Connection(session))
            try session.script("COMMIT")
            return value
        } catch {
            try? session.script("ROLLBACK")
            throw error
        }
    }

    /// Begins a transaction again that was in another's way: after 5, 10, 20 … ms, each with jitter.
    private func retried<Value>(_ body: () throws -> Value) throws -> Value {
        var attempt = 0
        while true {
            do {
                return try body()
            } catch StorageError.busy where attempt < Database.attempts {
                attempt += 1
                usleep(UInt32(5000 << attempt) / 2 + UInt32.random(in: 0..<5000))
            }
        }
    }
}

extension Database {
    /// Runs statements outside the rules of `write`, in one transaction: for migrations and restores, which make the
    /// very table that writers take turns by.
    func administer<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try retried {
            try writers.use { session in
                let begin =
                    engine == .sqlite
                    ? ["BEGIN EXCLUSIVE"]
                    : ["BEGIN ISOLATION LEVEL READ COMMITTED", "SELECT pg_advisory_xact_lock(20260)"]
                return try transaction(session, begin: begin, body)
            }
        }
    }
}
