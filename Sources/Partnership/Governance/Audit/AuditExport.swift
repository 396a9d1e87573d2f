internal import Kernel
public import Storage

/// An export that the audit knows of, to be written out from a snapshot without keeping others from writing.
public struct AuditExport: Hashable, Sendable {
    let filter: AuditFilter
    let newest: Int64
    /// How many entries it has.
    public let count: Int

    /// Hands the entries, the oldest first, to `sink` in the format, some hundred at a time.
    /// - Throws: `StorageError`, and what `sink` throws.
    public func write(as format: AuditFormat, in connection: Connection, to sink: ([UInt8]) throws -> Void) throws {
        try sink(format.head)
        var last: Int64 = 0
        while true {
            let rows = try connection.rows(
                """
                SELECT \(AuditTables.columns)
                FROM audit_entries e
                WHERE \(filter.conditions) AND e.seq > \(last) AND e.seq <= \(newest)
                ORDER BY e.seq
                LIMIT \(AuditView.longestPage)
                """)
            let records = try AuditView.records(rows, in: connection)
            guard let newest = records.last else { return }
            try sink(records.flatMap(format.encoded))
            last = newest.seq
        }
    }
}

/// The forms in which the audit leaves the system.
public enum AuditFormat: String, CaseIterable, Sendable {
    /// One JSON object a line, hashes included: enough to verify the chain anywhere (docs/audit.md).
    case jsonLines = "jsonl"
    /// Comma-separated values, safe to open in a spreadsheet.
    case csv
}

extension AuditFormat {
    /// What stands before the first record.
    public var head: [UInt8] {
        switch self {
        case .jsonLines: return []
        case .csv:
            var writer = DelimitedWriter()
            writer.row(AuditFormat.names)
            return writer.bytes
        }
    }

    /// A record, with its line end.
    public func encoded(_ record: AuditRecord) -> [UInt8] {
        let cells = AuditFormat.cells(record)
        switch self {
        case .jsonLines:
            let members = zip(AuditFormat.names, cells).map { JSON.Member($0, $1) }
            return LogText.escaping(JSON.object(members).encoded(indented: false)) + [0x0A]
        case .csv:
            var writer = DelimitedWriter()
            for cell in cells { writer.field(LogText.oneLine(Spreadsheet.safe(AuditFormat.plain(cell)))) }
            writer.endRow()
            return writer.bytes
        }
    }

    static let names: [String] = AuditColumns.names + ["time", "processing", "subjects", "hash"]

    private static func cells(_ record: AuditRecord) -> [JSON] {
        let entry = record.entry
        let stored = AuditColumns.values(seq: record.seq, entry).map { value -> JSON in
            switch value {
            case .null: .null
            case .integer(let number): .integer(number)
            case .real(let number): .number(number)
            case .text(let text): .string(text)
            case .blob(let bytes): .string(Hexadecimal.text(bytes))
            }
        }
        let derived: [JSON] = [
            .string(entry.at.description), entry.act.processing.map { .string($0.rawValue) } ?? .null,
            .array(entry.subjects.map { .string($0.reference) }), .string(Hexadecimal.text(record.hash)),
        ]
        return stored + derived
    }

    private static func plain(_ cell: JSON) -> String {
        switch cell {
        case .null: ""
        case .bool(let value): String(value)
        case .integer(let number): String(number)
        case .number(let number): shortest(number)
        case .string(let text): text
        case .array(let items): items.map(plain).joined(separator: " ")
        case .object: ""
        }
    }
}
