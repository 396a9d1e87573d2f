internal import Kernel
public import Storage

/// A page of entries, the newest first.
public struct AuditPage: Hashable, Sendable {
    /// The entries.
    public let records: [AuditRecord]
    /// Where the next page begins, or nil when this is the last.
    public let next: Int64?
}

/// Reads the audit. Each reading is itself an entry, written in the same transaction and shown from the next reading
/// on; so every function here needs a connection that may write.
public enum AuditView {
    /// The most entries a page has.
    public static let longestPage = 500

    /// Entries, the newest first. "Who looked at this person" is the filter by subject; "what this user did" the
    /// filter by account. Ask the access policy before.
    /// - Parameters:
    ///   - cursor: the `next` of the page before, or nil for the first page.
    ///   - limit: entries a page, 1 to `longestPage`.
    ///   - reason: why the reader asks, as typed.
    /// - Throws: `StorageError`.
    public static func page(
        _ filter: AuditFilter, after cursor: Int64? = nil, limit: Int = 50, reason: String? = nil,
        by occasion: Occasion, in connection: Connection
    ) throws -> AuditPage {
        let count = min(max(limit, 1), longestPage)
        let rows = try connection.rows(
            """
            SELECT \(AuditTables.columns)
            FROM audit_entries e
            WHERE \(filter.conditions) AND e.seq < \(cursor ?? Int64.max)
            ORDER BY e.seq DESC
            LIMIT \(count + 1)
            """)
        let records = try self.records(Array(rows.prefix(count)), in: connection)
        try log(.auditRead, filter, results: records.count, reason: reason, by: occasion, in: connection)
        return AuditPage(records: records, next: rows.count > count ? records.last?.seq : nil)
    }

    /// Records that the entries of a filter are about to leave the system. Commit, then write them with what is returned.
    /// - Parameter reason: why they are exported, as typed.
    /// - Throws: `StorageError`.
    public static func export(
        _ filter: AuditFilter, reason: String?, by occasion: Occasion, in connection: Connection
    ) throws -> AuditExport {
        let newest = try AuditLog.head(in: connection).seq
        let row = try connection.first("SELECT COUNT(*) AS n FROM audit_entries e WHERE \(filter.conditions)")
        let count: Int = try row?.get("n") ?? 0
        try log(.auditExport, filter, results: count, reason: reason, by: occasion, in: connection)
        return AuditExport(filter: filter, newest: newest, count: count)
    }

    /// The records of rows of `audit_entries`, with their subjects.
    static func records(_ rows: [Row], in connection: Connection) throws -> [AuditRecord] {
        let seqs: [Int64] = try rows.map { try $0.get("seq") }
        guard !seqs.isEmpty else { return [] }
        var subjects: [Int64: [AuditSubject]] = [:]
        let found = try connection.rows(
            "SELECT seq, subject FROM audit_subjects WHERE seq IN (\(list: seqs)) ORDER BY seq, place")
        for row in found {
            let reference: String = try row.get("subject")
            guard let subject = AuditSubject(reference: reference) else { continue }
            subjects[try row.get("seq"), default: []].append(subject)
        }
        return try zip(rows, seqs).map { try AuditRecord($0, subjects: subjects[$1] ?? []) }
    }

    private static func log(
        _ act: AuditAct, _ filter: AuditFilter, results: Int, reason: String?, by occasion: Occasion,
        in connection: Connection
    ) throws {
        var entry = occasion.entry(act, Code(AuditLog.auditKind).map { AuditObject($0) })
        entry.query = filter.description
        entry.results = Int64(results)
        entry.reason = reason
        entry.subjects = filter.subject.map { [$0] } ?? []
        try AuditLog.append(entry, in: connection)
    }
}
