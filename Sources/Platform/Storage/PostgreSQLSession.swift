internal import CPostgreSQL
internal import Kernel

/// A connection to PostgreSQL. One thread uses it at a time (`Database` sees to that).
final class PostgreSQLSession: EngineSession {
    private let handle: OpaquePointer
    private var prepared: [Shape: String] = [:]
    private var cursors = 0
    private var isOpen = true
    let engine = Engine.postgreSQL

    /// A statement's text with the kinds of its values, which PostgreSQL fixes when it prepares.
    private struct Shape: Hashable {
        let text: String
        let kinds: [Oid]
    }

    /// Connects.
    init(url: String) throws(StorageError) {
        guard let opened = PQconnectdb(url) else {
            throw .unavailable(Fault("The database could not be reached", because: "there is no memory left"))
        }
        guard PQstatus(opened) == CONNECTION_OK else {
            let why = PostgreSQLSession.line(PQerrorMessage(opened))
            PQfinish(opened)
            throw .unavailable(
                Fault(
                    "The database could not be reached", at: PostgreSQLSession.place(url), because: why,
                    remedy: "Start PostgreSQL, or correct database.address in concord.json."))
        }
        handle = opened
        do {
            try script(
                """
                SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET bytea_output = 'hex';
                SET statement_timeout = '120s'; SET lock_timeout = '30s';
                SET idle_in_transaction_session_timeout = '300s'; SET client_min_messages = warning
                """)
        } catch let error as StorageError {
            close()
            throw error
        } catch {
            close()
            throw .failed("\(error)")
        }
    }

    deinit { close() }

    var isUsable: Bool { isOpen && PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE }

    func close() {
        guard isOpen else { return }
        isOpen = false
        PQfinish(handle)
    }

    func script(_ text: String) throws { _ = try checked(PQexec(handle, text)) }

    func run(_ sql: SQL, row: ((Row) throws -> Void)?) throws -> Int {
        let result = try execute(sql)
        if let row {
            let columns = result.columns
            for index in 0..<result.count { try row(result.row(index, columns)) }
        }
        return result.changed
    }

    /// Rows in portions of 500, so that a long result never lies in memory whole and other statements may run between.
    func stream(_ sql: SQL, row: (Row) throws -> Void) throws {
        cursors += 1
        let name = "c\(cursors)"
        _ = try execute(SQL(unsafe: "DECLARE \(name) NO SCROLL CURSOR FOR \(sql.text)", sql.values), keeps: false)
        while true {
            let result = try checked(PQexec(handle, "FETCH 500 FROM \(name)"))
            let columns = result.columns
            for index in 0..<result.count { try row(result.row(index, columns)) }
            if result.count < 500 { break }
        }
        try script("CLOSE \(name)")
    }

    func load(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int {
        let start = "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN"
        _ = try checked(PQexec(handle, start), expecting: PGRES_COPY_IN)
        var buffer: [UInt8] = []
        var count = 0
        for row in rows {
            CopyText.write(row, to: &buffer)
            count += 1
            if buffer.count > 1 << 16 {
                try put(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        try put(buffer)
        guard PQputCopyEnd(handle, nil) == 1 else { throw lost() }
        _ = try checked(PQgetResult(handle))
        while let rest = PQgetResult(handle) { PQclear(rest) }
        return count
    }

    private func put(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        let status = bytes.withUnsafeBytes {
            PQputCopyData(handle, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count))
        }
        guard status == 1 else { throw lost() }
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
        else { throw PostgreSQLSession.error(result, isConnected: PQstatus(handle) == CONNECTION_OK) }
        return holder
    }

    private func lost() -> StorageError {
        .unavailable(
            Fault(
                "The connection to the database was lost", because: PostgreSQLSession.line(PQerrorMessage(handle)),
                remedy: "Check that PostgreSQL runs, and try again."))
    }
}

// MARK: - Errors

extension PostgreSQLSession {
    private static func error(_ result: OpaquePointer, isConnected: Bool) -> StorageError {
        func field(_ code: Int32) -> String { PQresultErrorField(result, code).map { String(cString: $0) } ?? "" }
        let state = field(PG_DIAG_SQLSTATE_)
        let message = line(PQresultErrorMessage(result))
        guard isConnected else {
            return .unavailable(
                Fault(
                    "The connection to the database was lost", because: message,
                    remedy: "Check that PostgreSQL runs, and try again."))
        }
        let constraint = field(PG_DIAG_CONSTRAINT_NAME_)
        switch state {
        case "23505": return .constraint(.unique, constraint)
        case "23503": return .constraint(.foreignKey, constraint)
        case "23502": return .constraint(.notNull, field(PG_DIAG_COLUMN_NAME_))
        case "23514": return .constraint(.check, constraint)
        case "40001", "40P01", "55P03": return .busy
        case "53100": return .diskFull("PostgreSQL's own disk")
        case "42501", "25006", "P0001": return .notPermitted(field(PG_DIAG_MESSAGE_PRIMARY_))
        case "XX001", "XX002": return .corrupt(field(PG_DIAG_MESSAGE_PRIMARY_))
        default:
            // Messages of class 22 (data exception) quote the value.
            return .failed(
                state.hasPrefix("22")
                    ? "a value is not of the column's kind (SQLSTATE \(state))"
                    : "\(field(PG_DIAG_MESSAGE_PRIMARY_)) (SQLSTATE \(state))")
        }
    }

    fileprivate static func line(_ message: UnsafeMutablePointer<CChar>?) -> String {
        guard let message else { return "no reason was given" }
        return String(cString: message).split(separator: "\n").first.map(String.init) ?? "no reason was given"
    }

    /// The address without user and password.
    static func place(_ url: String) -> String {
        guard let at = url.lastIndex(of: "@"), let scheme = url.range(of: "://") else { return url }
        return String(url[..<scheme.upperBound]) + url[url.index(after: at)...]
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}

// Character constants of postgres_ext.h, which are not imported.
private let PG_DIAG_SQLSTATE_ = Int32(UInt8(ascii: "C"))
private let PG_DIAG_MESSAGE_PRIMARY_ = Int32(UInt8(ascii: "M"))
private let PG_DIAG_COLUMN_NAME_ = Int32(UInt8(ascii: "c"))
private let PG_DIAG_CONSTRAINT_NAME_ = Int32(UInt8(ascii: "n"))
