public import Kernel
public import Storage

/// The last entry of the audit.
public struct AuditHead: Hashable, Sendable {
    /// Its number; 0 before the first entry.
    public let seq: Int64
    /// Its hash.
    public let hash: [UInt8]
    /// Its time, or nil before the first entry.
    public let at: Instant?
}

/// Writes the audit.
public enum AuditLog {
    /// The kind of object that the audit itself is.
    static let auditKind = "audit"

    /// An entry may bear a time this many seconds before the one in front of it: a request takes its time when it
    /// comes in and then waits for its turn to write. Anything more is recorded as a step of the clock.
    public static let clockTolerance = 60.0

    /// Adds an entry in the transaction of the act. When it throws, the act must fail: let the error end the
    /// transaction.
    /// - Parameter connection: of the write transaction that does the act.
    /// - Returns: the new head.
    /// - Throws: `StorageError`.
    @discardableResult
    public static func append(_ entry: AuditEntry, in connection: Connection) throws -> AuditHead {
        var head = try self.head(in: connection)
        if let last = head.at, last.seconds(since: entry.at) > clockTolerance {
            head = try insert(clockStep(from: last, to: entry), after: head, in: connection)
        }
        return try insert(entry, after: head, in: connection)
    }

    /// The last entry's number, hash and time.
    /// - Throws: `StorageError`.
    public static func head(in connection: Connection) throws -> AuditHead {
        let last = try connection.first("SELECT seq, at, hash FROM audit_entries ORDER BY seq DESC LIMIT 1")
        guard let last else { return AuditHead(seq: 0, hash: AuditChain.start, at: nil) }
        return AuditHead(seq: try last.get("seq"), hash: try last.get("hash"), at: try last.get("at"))
    }

    private static func clockStep(from last: Instant, to entry: AuditEntry) -> AuditEntry {
        AuditEntry(
            at: entry.at, by: AuditParty(kind: .system), act: .clockStepped, outcome: .error, code: "clock-went-back",
            query: "\(last.milliseconds - entry.at.milliseconds) ms", request: entry.request)
    }

    private static func insert(
        _ entry: AuditEntry, after head: AuditHead, in connection: Connection
    ) throws -> AuditHead {
        let seq = head.seq + 1
        let columns = AuditColumns.values(seq: seq, entry)
        var buffer: [UInt8] = []
        let subjects = entry.subjects.map(\.reference)
        let hash = AuditChain.hash(after: head.hash, columns: columns, subjects: subjects, buffer: &buffer)
        try connection.run("\(AuditTables.insertion) VALUES (\(list: columns + [.blob(hash)]))")
        if !subjects.isEmpty {
            let rows = subjects.enumerated().lazy.map { place, subject -> [SQLValue] in
                [.integer(seq), .integer(Int64(place)), .text(subject)]
            }
            _ = try connection.load(into: "audit_subjects", columns: ["seq", "place", "subject"], rows: rows)
        }
        return AuditHead(seq: seq, hash: hash, at: entry.at)
    }
}
