internal import CPostgreSQL
internal import Kernel

/// A connection to PostgreSQL. One thread uses it at a time (`Database` sees to that).
final class PostgreSQLSession: EngineSession {
    let handle: OpaquePointer
    /// How long one statement may take, in seconds.
    let limit: Int
    /// Whether it must not be used for another transaction.
    var isBroken = false
    private var prepared: [Shape: String] = [:]
    private var cursors = 0
    private var isOpen = true
    let engine = Engine.postgreSQL

    /// A statement's text with the kinds of its values, which PostgreSQL fixes when it prepares.
    private struct Shape: Hashable {
        let text: String
        let kinds: [Oid]
    }

    /// Connects, within 10 seconds if the URL does not say otherwise.
    init(url: String, limit: Int) throws {
        let place = try PostgreSQLAddress.place(url)
        guard let opened = PostgreSQLAddress.connect(url) else {
            throw PostgreSQLSession.unreached(place, because: "there is no memory left")
        }
        handle = opened
        self.limit = limit
        do {
            guard PQstatus(opened) == CONNECTION_OK else {
                throw PostgreSQLSession.unreached(place, because: PostgreSQLSession.line(PQerrorMessage(opened)))
            }
            try check(place)
            try script(
                """
                SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET bytea_output = 'hex';
                SET extra_float_digits = 1; SET client_min_messages = warning;
                -- Compiling a statement takes longer than any of ours.
                SET jit = off;
                SET statement_timeout = '\(limit)s'; SET lock_timeout = '15s';
                SET idle_in_transaction_session_timeout = '300s'
                """)
        } catch {
            close()
            throw error
        }
    }

    private func check(_ place: String) throws {
        guard PQserverVersion(handle) >= 150_000 else {
            throw PostgreSQLSession.unreached(place, because: "it is older than PostgreSQL 15")
        }
        guard PQparameterStatus(handle, "server_encoding").map({ String(cString: $0) }) == "UTF8" else {
            throw PostgreSQLSession.unreached(place, because: "the database does not keep its texts in UTF-8")
        }
    }

    deinit { close() }

    var isUsable: Bool {
        isOpen && !isBroken && PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        PQfinish(handle)
    }

    func begin(_ kind: TransactionKind) throws {
        switch kind {
        case .reading: try script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        case .writing:
            try script("BEGIN ISOLATION LEVEL SERIALIZABLE")
            // A statement of its own: the snapshot is taken by the first query after the lock is held.
            try script("LOCK TABLE writer_turn IN EXCLUSIVE MODE")
        case .administering:
            try script("BEGIN ISOLATION LEVEL READ COMMITTED")
            try script(
                """
                SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
                SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_advisory_xact_lock(20260)
                """)
        }
    }

    func commit() throws {
        let result = try checked(PQexec(handle, "COMMIT"))
        // A transaction that a failed statement has spoilt is rolled back by COMMIT, without an error.
        guard result.command == "COMMIT" else { throw StorageError.failed("the transaction was rolled back") }
    }

    func script(_ text: String) throws { _ = try checked(PQexec(handle, text)) }

    func run(_ sql: SQL, row: ((Row) throws -> Bool)?) throws -> Int {
        let result = try execute(sql)
        if let row {
            let columns = result.columns
            for index in 0..<result.count where try !row(result.row(index, columns)) { break }
        }
        return result.changed
    }

    /// Rows in portions of 500, so that a long result never lies in memory whole and other statements may run between.
    func stream(_ sql: SQL, row: (Row) throws -> Bool) throws {
        cursors += 1
        let name = "c\(cursors)"
        _ = try execute(SQL(unsafe: "DECLARE \(name) NO SCROLL CURSOR FOR \(sql.text)", sql.values), keeps: false)
        reading: while true {
            let result = try checked(PQexec(handle, "FETCH 500 FROM \(name)"))
            let columns = result.columns
            for index in 0..<result.count where try !row(result.row(index, columns)) { break reading }
            if result.count < 500 { break }
        }
        // What was done between the rows may have failed; the cursor then ends with the transaction.
        if PQtransactionStatus(handle) == PQTRANS_INTRANS { try script("CLOSE \(name)") }
    }

    func load(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int {
        let start = "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN"
        _ = try checked(PQexec(handle, start), expecting: PGRES_COPY_IN)
        let count: Int
        do {
            count = try put(rows, width: columns.count)
        } catch {
            PQputCopyEnd(handle, "a row cannot be kept")
            drain()
            throw error
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw lost() }
        defer { drain() }
        _ = try checked(PQgetResult(handle))
        return count
    }

    private func put(_ rows: some Sequence<[SQLValue]>, width: Int) throws -> Int {
        var buffer: [UInt8] = []
        var count = 0
        for row in rows {
            guard row.count == width else { throw StorageError.wrongCount }
            try CopyText.write(row, to: &buffer)
            count += 1
            if buffer.count > 1 << 16 {
                try put(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        try put(buffer)
        return count
    }

    private func put(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        let status = bytes.withUnsafeBytes {
            PQputCopyData(handle, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count))
        }
        guard status == 1 else { throw lost() }
    }

    private func drain() {
        while let rest = PQgetResult(handle) { PQclear(rest) }
    }
}

// MARK: - Statements

extension PostgreSQLSession {
    private func execute(_ sql: SQL, keeps: Bool = true) throws -> PostgreSQLResult {
        var texts: [[CChar]?] = []
        texts.reserveCapacity(sql.values.count)
        var kinds: [Oid] = []
        for value in sql.values {
            kinds.append(PostgreSQLValue.kind(value))
            texts.append(try PostgreSQLValue.text(value))
        }
        let shape = Shape(text: sql.text, kinds: kinds)
        let statement = prepared[shape]
        let text = statement == nil ? PostgreSQLValue.numbered(sql.text) : ""
        if statement == nil, keeps { return try executePrepared(try prepare(shape, text), texts) }
        if let statement { return try executePrepared(statement, texts) }
        return try withPointers(texts) { pointers in
            try checked(PQexecParams(handle, text, Int32(texts.count), kinds, pointers, nil, nil, 0))
        }
    }

    private func prepare(_ shape: Shape, _ text: String) throws -> String {
        if prepared.count >= 500 {
            try script("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "p\(prepared.count)"
        _ = try checked(PQprepare(handle, name, text, Int32(shape.kinds.count), shape.kinds))
        prepared[shape] = name
        return name
    }

    private func executePrepared(_ name: String, _ texts: [[CChar]?]) throws -> PostgreSQLResult {
        try withPointers(texts) { pointers in
            try checked(PQexecPrepared(handle, name, Int32(texts.count), pointers, nil, nil, 0))
        }
    }

    /// Hands over pointers to the texts; nil for NULL.
    private func withPointers<Value>(
        _ texts: [[CChar]?], _ body: ([UnsafePointer<CChar>?]) throws -> Value
    ) rethrows -> Value {
        var all: [CChar] = []
        var starts: [Int?] = []
        for text in texts {
            starts.append(text == nil ? nil : all.count)
            if let text { all += text }
        }
        return try all.withUnsafeBufferPointer { buffer in
            try body(starts.map { start in start.flatMap { start in buffer.baseAddress.map { $0 + start } } })
        }
    }

    private func checked(
        _ result: OpaquePointer?, expecting wanted: ExecStatusType? = nil
    ) throws -> PostgreSQLResult {
        guard let result else { throw lost() }
        let holder = PostgreSQLResult(result)
        let status = PQresultStatus(result)
        if let wanted, status == wanted { return holder }
        guard wanted == nil, status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY
        else { throw error(of: result) }
        return holder
    }
}

extension Database {
    /// Runs statements on a PostgreSQL server outside any transaction: for tests, which make databases.
    package static func execute(_ script: String, at url: String) throws {
        let session = try PostgreSQLSession(url: url, limit: 120)
        defer { session.close() }
        try session.script(script)
    }
}
