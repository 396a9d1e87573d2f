internal import CSQLite
internal import Glibc
internal import Kernel

/// A connection to a SQLite file. One thread uses it at a time (`Database` sees to that).
final class SQLiteSession: EngineSession {
    private let handle: OpaquePointer
    private let path: String
    private var statements: [String: SQLiteStatement] = [:]
    private var isOpen = true
    private var isBroken = false
    private let limit: Int
    private let deadline = UnsafeMutablePointer<Int64>.allocate(capacity: 1)
    private var hasLimit = true
    private let checkpoints: SQLiteCheckpoints?
    /// How many pages the write-ahead log held after the last commit.
    private let logPages = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    let engine = Engine.sqlite

    var isUsable: Bool { isOpen && !isBroken && sqlite3_get_autocommit(handle) != 0 }

    /// How long a statement waits for another process's writer before it is `busy`, in milliseconds.
    private static let patience: Int32 = 5000
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Opens the file.
    /// - Parameters:
    ///   - reads: refuses all writing.
    ///   - makes: makes the file when there is none, readable by its owner only.
    ///   - limit: how long one statement may take, in seconds.
    ///   - isDurable: waits at each commit until the disk has it. Only tests go without.
    ///   - checkpoints: what empties the write-ahead log that this connection fills; nil when it fills none.
    init(
        path: String, reads: Bool, makes: Bool, limit: Int, isDurable: Bool, checkpoints: SQLiteCheckpoints? = nil
    ) throws {
        if makes { try SQLiteSession.make(path) }
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE
        let status = sqlite3_open_v2(path, &opened, flags, nil)
        guard status == SQLITE_OK, let opened else {
            let why = String(cString: sqlite3_errstr(status))
            sqlite3_close_v2(opened)
            throw SQLiteSession.unopened(path, because: why)
        }
        handle = opened
        self.path = path
        self.limit = limit
        self.checkpoints = checkpoints
        deadline.initialize(to: .max)
        logPages.initialize(to: 0)
        // Takes the place of SQLite's own hook, which makes the checkpoint within the commit.
        sqlite3_wal_hook(handle, SQLiteSession.hasLogged, logPages)
        sqlite3_progress_handler(handle, 10_000, SQLiteSession.isLate, deadline)
        sqlite3_busy_timeout(handle, SQLiteSession.patience)
        do {
            try setUp(reads: reads, isDurable: isDurable)
        } catch {
            close()
            throw error
        }
    }

    deinit {
        close()
        deadline.deallocate()
        logPages.deallocate()
    }

    private func setUp(reads: Bool, isDurable: Bool) throws {
        guard sqlite3_db_readonly(handle, "main") == 0 else {
            throw SQLiteSession.unopened(path, because: "this program may not write to it")
        }
        do {
            var mode = ""
            _ = try run("PRAGMA journal_mode = WAL") { row in
                mode = try row.get("journal_mode")
                return false
            }
            guard mode == "wal" else {
                throw SQLiteSession.unopened(path, because: "its disk does not allow a write-ahead log")
            }
        } catch StorageError.corrupt {
            throw SQLiteSession.unopened(path, because: "the file is not a SQLite database")
        }
        // recursive_triggers: REPLACE would otherwise remove rows of append-only tables without asking their trigger.
        try script(
            """
            PRAGMA synchronous = \(isDurable ? "FULL" : "OFF"); PRAGMA foreign_keys = ON;
            PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;
            PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000
            """)
        if reads { try script("PRAGMA query_only = ON") }
    }

    /// Makes an empty file that only its owner reads; the log beside it takes the same rights.
    private static func make(_ path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let why = String(cString: strerror(errno))
            throw unopened(path, because: why.prefix(1).lowercased() + why.dropFirst())
        }
        Glibc.close(descriptor)
    }

    private static func unopened(_ path: String, because why: String) -> StorageError {
        .unavailable(
            Fault(
                "The database could not be opened", at: path, because: why,
                remedy: "Run concord init if it was never made, or correct database.address in concord.json."))
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        for statement in statements.values { sqlite3_finalize(statement.pointer) }
        statements = [:]
        sqlite3_close_v2(handle)
    }

    func begin(_ kind: TransactionKind) throws {
        hasLimit = kind != .administering
        switch kind {
        case .reading: try script("BEGIN")
        case .writing: try script("BEGIN IMMEDIATE")
        case .administering: try script("BEGIN EXCLUSIVE")
        }
    }

    func commit() throws {
        try script("COMMIT")
        checkpoints?.logHolds(Int(logPages.pointee), in: self)
    }

    /// Copies what the write-ahead log holds into the file as far as no reader needs the old pages, and hinders nobody.
    /// What could not be copied stays safe in the log, for the next time.
    func checkpoint() { sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil) }

    /// Told by SQLite after each commit how many pages the log holds.
    private static let hasLogged:
        @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, Int32) -> Int32 = {
            pages, _, _, count in
            pages?.assumingMemoryBound(to: Int32.self).pointee = count
            return SQLITE_OK
        }

    func script(_ text: String) throws {
        startTimer()
        let status = sqlite3_exec(handle, text, nil, nil, nil)
        guard status == SQLITE_OK else { throw error(status) }
    }

    func run(_ sql: SQL, row: ((Row) throws -> Bool)?) throws -> Int {
        let prepared = try prepared(sql.text)
        let statement = prepared.pointer
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        try bind(sql.values, to: statement)
        startTimer()
        while true {
            let status = sqlite3_step(statement)
            if status == SQLITE_DONE { break }
            guard status == SQLITE_ROW else { throw error(status) }
            guard let row else { continue }
            let goesOn = try row(
                Row(columns: prepared.columns, values: SQLiteSession.values(of: statement, prepared.columns)))
            // A statement that changes rows and returns them is run to its end.
            if !goesOn, prepared.isReadOnly { return 0 }
        }
        return prepared.isReadOnly ? 0 : Int(sqlite3_changes64(handle))
    }

    func stream(_ sql: SQL, row: (Row) throws -> Bool) throws {
        // A statement of its own, so that the same text may run again between rows.
        let prepared = try prepare(sql.text, flags: 0)
        let statement = prepared.pointer
        defer { sqlite3_finalize(statement) }
        try bind(sql.values, to: statement)
        while true {
            startTimer()
            let status = sqlite3_step(statement)
            if status == SQLITE_DONE { return }
            guard status == SQLITE_ROW else { throw error(status) }
            let values = SQLiteSession.values(of: statement, prepared.columns)
            guard try row(Row(columns: prepared.columns, values: values)) else { return }
        }
    }

    func load(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int {
        // SQLite allows 32,766 values a statement; more than 50 rows gain nothing.
        let batch = max(1, min(50, 32_766 / max(1, columns.count)))
        let one = "(" + repeatElement("?", count: columns.count).joined(separator: ", ") + ")"
        let start = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
        let full = start + repeatElement(one, count: batch).joined(separator: ", ")
        var waiting: [SQLValue] = []
        var count = 0
        for row in rows {
            guard row.count == columns.count else { throw StorageError.wrongCount }
            waiting += row
            count += 1
            if count % batch == 0 {
                _ = try run(SQL(unsafe: full, waiting), row: nil)
                waiting.removeAll(keepingCapacity: true)
            }
        }
        for first in stride(from: 0, to: waiting.count, by: max(1, columns.count)) {
            _ = try run(SQL(unsafe: start + one, Array(waiting[first..<first + columns.count])), row: nil)
        }
        return count
    }
}

/// A statement that SQLite has prepared, with what stays the same of it.
private struct SQLiteStatement {
    let pointer: OpaquePointer
    let columns: Row.Columns
    let isReadOnly: Bool

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        isReadOnly = sqlite3_stmt_readonly(pointer) != 0
        columns = Row.Columns(
            (0..<sqlite3_column_count(pointer)).map { index in
                sqlite3_column_name(pointer, index).map { String(cString: $0) } ?? ""
            })
    }
}

// MARK: - Statements and values

extension SQLiteSession {
    /// Statements kept ready; texts are few because they are literals.
    private static let shelfSize = 500

    private func prepared(_ text: String) throws -> SQLiteStatement {
        if let statement = statements[text] { return statement }
        if statements.count >= SQLiteSession.shelfSize {
            for statement in statements.values { sqlite3_finalize(statement.pointer) }
            statements = [:]
        }
        let statement = try prepare(text, flags: UInt32(SQLITE_PREPARE_PERSISTENT))
        statements[text] = statement
        return statement
    }

    private func prepare(_ text: String, flags: UInt32) throws -> SQLiteStatement {
        var statement: OpaquePointer?
        let status = sqlite3_prepare_v3(handle, text, -1, flags, &statement, nil)
        guard status == SQLITE_OK, let statement else { throw error(status) }
        return SQLiteStatement(statement)
    }

    private func bind(_ values: [SQLValue], to statement: OpaquePointer) throws {
        guard Int(sqlite3_bind_parameter_count(statement)) == values.count else {
            throw StorageError.wrongCount
        }
        for (position, value) in values.enumerated() {
            let index = Int32(position + 1)
            let status: Int32
            switch value {
            case .null: status = sqlite3_bind_null(statement, index)
            case .integer(let number): status = sqlite3_bind_int64(statement, index, number)
            case .real(let number):
                guard !number.isNaN else { throw StorageError.notANumber }
                status = sqlite3_bind_double(statement, index, number)
            case .text(let text):
                guard !text.utf8.contains(0) else { throw StorageError.holdsNUL }
                status = sqlite3_bind_text64(
                    statement, index, text, UInt64(text.utf8.count), SQLiteSession.transient, UInt8(SQLITE_UTF8))
            case .blob(let bytes):
                status =
                    bytes.isEmpty
                    ? sqlite3_bind_zeroblob(statement, index, 0)
                    : sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), SQLiteSession.transient)
            }
            guard status == SQLITE_OK else { throw error(status) }
        }
    }

    private static func values(of statement: OpaquePointer, _ columns: Row.Columns) -> [SQLValue] {
        (0..<Int32(columns.names.count)).map { index in
            switch sqlite3_column_type(statement, index) {
            case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
            case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
            case SQLITE_TEXT:
                guard let text = sqlite3_column_text(statement, index) else { return .null }
                let count = Int(sqlite3_column_bytes(statement, index))
                return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
            case SQLITE_BLOB:
                let count = Int(sqlite3_column_bytes(statement, index))
                guard count > 0, let bytes = sqlite3_column_blob(statement, index) else { return .blob([]) }
                return .blob(Array(UnsafeRawBufferPointer(start: bytes, count: count)))
            default: return .null
            }
        }
    }
}

// MARK: - Errors

extension SQLiteSession {
    private func startTimer() {
        deadline.pointee = hasLimit ? SQLiteSession.now() + Int64(limit) * 1_000_000_000 : .max
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Asked by SQLite while a statement runs: whether it must stop.
    private static let isLate: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { deadline in
        guard let deadline else { return 0 }
        return now() > deadline.assumingMemoryBound(to: Int64.self).pointee ? 1 : 0
    }

    private func error(_ status: Int32) -> StorageError {
        let message = String(cString: sqlite3_errmsg(handle))
        switch status & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy
        case SQLITE_FULL: return .diskFull(path)
        case SQLITE_IOERR where [ENOSPC, EDQUOT, EFBIG].contains(sqlite3_system_errno(handle)): return .diskFull(path)
        case SQLITE_INTERRUPT: return .tooSlow(seconds: limit)
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            isBroken = true
            return .corrupt(message)
        case SQLITE_CONSTRAINT: return constraint(status, message)
        case SQLITE_READONLY, SQLITE_AUTH, SQLITE_PERM: return .notPermitted(message)
        case SQLITE_IOERR, SQLITE_CANTOPEN:
            isBroken = true
            return .unavailable(
                Fault(
                    "The database could not be read or written", at: path, because: message,
                    remedy: "Check the disk and the rights of the folder."))
        default: return .failed(message)
        }
    }

    private func constraint(_ status: Int32, _ message: String) -> StorageError {
        // "UNIQUE constraint failed: accounts.email" names table and column, no value.
        let name = message.split(separator: ":").last.map { $0.drop { $0 == " " } }.map(String.init) ?? ""
        switch status {
        case SQLITE_CONSTRAINT_UNIQUE_, SQLITE_CONSTRAINT_PRIMARYKEY_: return .constraint(.unique, name)
        case SQLITE_CONSTRAINT_FOREIGNKEY_: return .constraint(.foreignKey, name)
        case SQLITE_CONSTRAINT_NOTNULL_: return .constraint(.notNull, name)
        case SQLITE_CONSTRAINT_CHECK_: return .constraint(.check, name)
        case SQLITE_CONSTRAINT_TRIGGER_: return .notPermitted(message)
        default: return .constraint(.other, name)
        }
    }
}

// The extended codes are macros with arithmetic, which are not imported (sqlite3.h).
private let SQLITE_CONSTRAINT_CHECK_: Int32 = 19 | 1 << 8
private let SQLITE_CONSTRAINT_FOREIGNKEY_: Int32 = 19 | 3 << 8
private let SQLITE_CONSTRAINT_NOTNULL_: Int32 = 19 | 5 << 8
private let SQLITE_CONSTRAINT_PRIMARYKEY_: Int32 = 19 | 6 << 8
private let SQLITE_CONSTRAINT_TRIGGER_: Int32 = 19 | 7 << 8
private let SQLITE_CONSTRAINT_UNIQUE_: Int32 = 19 | 8 << 8
