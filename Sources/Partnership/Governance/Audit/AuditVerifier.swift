public import Storage

/// Verifies the audit from its first entry to its last. Cost: O(n) in a snapshot that keeps nobody from writing; the
/// memory of one batch of entries.
public enum AuditVerifier {
    /// Entries read at a time.
    private static let batch: Int64 = 4000

    /// Goes along the chain and names the first entry that is not as it was written.
    /// - Parameter anchors: in the order of their file.
    /// - Throws: `StorageError`.
    public static func verify(_ connection: Connection, anchors: [AuditAnchor] = []) throws -> AuditVerification {
        var walk = AuditWalk(anchors: anchors)
        walk.note(missing: try AuditAnchors.missing(from: anchors, in: connection))
        guard walk.found.damage == nil else { return walk.found }
        try each(in: connection, from: nil) { walk.take($0) }
        if case .changed(let seq) = walk.found.damage {
            walk.name(try diagnosis(at: seq, after: walk.found.hash, in: connection).damage())
        }
        walk.end()
        if walk.found.damage == nil, let stray = try straySubject(in: connection) { walk.name(.straySubjects(stray)) }
        return walk.found
    }

    private static func diagnosis(
        at seq: Int64, after previous: [UInt8], in connection: Connection
    ) -> AuditDiagnosis {
        AuditDiagnosis(seq: seq, previous: previous) { seq in
            try entries("e.seq = \(seq)", subjects: "s.seq = \(seq)", in: connection).first
        } each: { first, body in
            try each(in: connection, from: first, body)
        }
    }

    /// Hands over the entries from a number on (from the first, if nil) until told to stop by false.
    private static func each(
        in connection: Connection, from first: Int64?, _ body: (StoredEntry) -> Bool
    ) throws {
        var start = first
        while true {
            let from = start ?? Int64.min
            let found = try entries(
                "e.seq >= \(from)",
                subjects: """
                    s.seq >= \(from) AND s.seq <= (
                        SELECT MAX(b.seq) FROM (
                            SELECT e.seq FROM audit_entries e WHERE e.seq >= \(from) ORDER BY e.seq LIMIT \(batch)
                        ) b
                    )
                    """, in: connection)
            for entry in found {
                guard body(entry) else { return }
            }
            guard let last = found.last?.seq, found.count == Int(batch), last < Int64.max else { return }
            start = last + 1
        }
    }

    private static func entries(
        _ condition: SQL, subjects: SQL, in connection: Connection
    ) throws -> [StoredEntry] {
        var found: [StoredEntry] = []
        found.reserveCapacity(Int(batch))
        try connection.each(
            """
            SELECT \(AuditTables.columns)
            FROM audit_entries e
            WHERE \(condition)
            ORDER BY e.seq
            LIMIT \(batch)
            """
        ) { row in
            found.append(StoredEntry(row: row.values))
        }
        var place = 0
        try connection.each("SELECT s.seq, s.subject FROM audit_subjects s WHERE \(subjects) ORDER BY s.seq, s.place") {
            let seq: Int64 = try $0.get("seq")
            while place < found.count, found[place].seq < seq { place += 1 }
            if place < found.count, found[place].seq == seq { found[place].subjects.append(try $0.get("subject")) }
        }
        return found
    }

    private static func straySubject(in connection: Connection) throws -> Int64? {
        try connection.first(
            """
            SELECT s.seq
            FROM audit_subjects s
            LEFT JOIN audit_entries e ON e.seq = s.seq
            WHERE e.seq IS NULL
            ORDER BY s.seq
            LIMIT 1
            """
        )?.get("seq")
    }
}
