public import Kernel
public import Storage

/// The entries that the agencies' points of contact look through each month (casework.md AUD-11).
public enum AuditSample {
    /// The share of the consultations and disclosures of a month that is drawn.
    public static let share = 0.01

    /// Draws the sample of a month: every use of break-glass, and 1 % (rounded up) of the consultations and
    /// disclosures that were allowed. The same seed draws the same entries. Cost: one index scan of the month.
    /// - Parameters:
    ///   - month: in UK time.
    ///   - agency: whose people's acts; nil for all.
    /// - Returns: the entries in the order of their numbers.
    /// - Throws: `StorageError`.
    public static func draw(
        _ month: Month, agency: Code<Agency>? = nil, seed: UInt64, by occasion: Occasion, in connection: Connection
    ) throws -> [AuditRecord] {
        let filter = AuditFilter(
            agency: agency, from: month.firstDay, until: month.lastDay)
        let drawn = try candidates(filter, in: connection)
        let chosen = Set(pick(from: drawn.ordinary, seed: seed)).union(drawn.breakGlass).sorted()
        let records = try read(chosen, in: connection)
        var entry = occasion.entry(.auditRead, Code(AuditLog.auditKind).map { AuditObject($0) })
        entry.query = "dip sample of \(month), seed \(seed): \(filter.description)"
        entry.results = Int64(records.count)
        try AuditLog.append(entry, in: connection)
        return records
    }

    /// Records what a reviewer found about an entry of the sample.
    /// - Parameters:
    ///   - code: `in-order`, `training` or `misuse`.
    ///   - note: in the reviewer's words.
    /// - Throws: `StorageError`.
    public static func review(
        _ seq: Int64, code: String, note: String, by occasion: Occasion, in connection: Connection
    ) throws {
        var entry = occasion.entry(.auditReview, Code(AuditLog.auditKind).map { AuditObject($0, id: String(seq)) })
        entry.code = code
        entry.reason = note
        try AuditLog.append(entry, in: connection)
    }

    /// 1 % of the numbers, rounded up, drawn without replacement.
    static func pick(from seqs: [Int64], seed: UInt64) -> [Int64] {
        let count = Int((Double(seqs.count) * share).rounded(.up))
        var random = SeededRandom(seed: seed)
        var seqs = seqs
        for i in 0..<count { seqs.swapAt(i, i + random.below(seqs.count - i)) }
        return Array(seqs.prefix(count))
    }

    private static func candidates(
        _ filter: AuditFilter, in connection: Connection
    ) throws -> (ordinary: [Int64], breakGlass: [Int64]) {
        let kinds: Set<ProcessingKind> = [.consultation, .disclosure]
        let looked = AuditAct.allCases.filter { $0.processing.map(kinds.contains) == true }
        var ordinary: [Int64] = []
        var breakGlass: [Int64] = []
        try connection.each(
            """
            SELECT e.seq, e.act, e.code
            FROM audit_entries e
            WHERE \(filter.conditions) AND e.outcome = 'permit' AND e.act IN (\(list: looked.map(\.rawValue)))
            ORDER BY e.seq
            """
        ) { row in
            let act: String = try row.get("act")
            let code: String? = try row.optional("code")
            let isBreakGlass = act == AuditAct.breakGlass.rawValue || code == AuditAct.breakGlass.rawValue
            if isBreakGlass { breakGlass.append(try row.get("seq")) } else { ordinary.append(try row.get("seq")) }
        }
        return (ordinary, breakGlass)
    }

    private static func read(_ seqs: [Int64], in connection: Connection) throws -> [AuditRecord] {
        var records: [AuditRecord] = []
        for start in stride(from: 0, to: seqs.count, by: AuditView.longestPage) {
            let some = Array(seqs[start..<min(start + AuditView.longestPage, seqs.count)])
            let rows = try connection.rows(
                "SELECT \(AuditTables.columns) FROM audit_entries e WHERE e.seq IN (\(list: some)) ORDER BY e.seq")
            records += try AuditView.records(rows, in: connection)
        }
        return records
    }
}
