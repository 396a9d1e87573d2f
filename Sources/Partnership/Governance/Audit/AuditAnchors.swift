public import Kernel
public import Storage

/// What the database knows of the anchors in their file, so that a file that was removed or cut short is noticed.
public enum AuditAnchors {
    /// Keeps the head of the audit in the file of anchors, and that it is there in the database, if the day has no anchor
    /// yet. An anchor that came into the file and not into the database does no harm: the next one follows it.
    /// - Returns: the anchor, or nil when none was due.
    /// - Throws: a `Fault` when the file cannot be read or written; `StorageError`.
    @discardableResult
    public static func keep(in file: AuditAnchorFile, on day: LocalDate, _ database: Database) throws -> AuditAnchor? {
        guard try file.isDue(on: day) else { return nil }
        let head = try database.read { try AuditLog.head(in: $0) }
        guard head.seq > 0 else { return nil }
        let anchor = AuditAnchor(head, on: day)
        try file.add(anchor)
        try database.write { try insert(anchor, begins: false, in: $0) }
        return anchor
    }

    /// Begins a new file of anchors at the head of the audit, after entries that earlier anchors name were lost: earlier
    /// ones are no longer asked for.
    /// - Returns: the first anchor of the new file.
    /// - Throws: `StorageError`.
    public static func beginAnew(on day: LocalDate, in connection: Connection) throws -> AuditAnchor {
        let anchor = AuditAnchor(try AuditLog.head(in: connection), on: day)
        try insert(anchor, begins: true, in: connection)
        return anchor
    }

    /// The anchors that the database knows of and the file does not hold, in their order. The first of a new file may be
    /// absent: without a key it could not be written.
    /// - Throws: `StorageError`.
    public static func missing(from anchors: [AuditAnchor], in connection: Connection) throws -> [AuditAnchor] {
        let found = Set(anchors)
        return try connection.rows(
            """
            SELECT day, seq, hash FROM audit_anchors
            WHERE place > (SELECT COALESCE(MAX(b.place), 0) FROM audit_anchors b WHERE b.begins = 1)
            ORDER BY place
            """
        ).map { row in
            let day: String = try row.get("day")
            guard let date = LocalDate(day) else { throw StorageError.wrongValue(column: "day") }
            return AuditAnchor(day: date, seq: try row.get("seq"), hash: try row.get("hash"))
        }.filter { !found.contains($0) }
    }

    private static func insert(_ anchor: AuditAnchor, begins: Bool, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO audit_anchors (place, day, seq, hash, begins)
            SELECT COALESCE(MAX(place), 0) + 1, \(anchor.day.description), \(anchor.seq), \(anchor.hash),
                \(begins ? 1 : 0)
            FROM audit_anchors
            """)
    }
}
