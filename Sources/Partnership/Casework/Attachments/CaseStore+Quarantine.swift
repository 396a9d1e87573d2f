public import Governance
public import Kernel
public import Storage

/// A file of a case that is in quarantine until the scanner has looked at it.
public struct QuarantinedFile: Hashable, Sendable {
    /// The file.
    public let id: ID<CaseAttachment>
    /// Its case.
    public let item: CaseItem
    /// Since when.
    public let since: Instant
}

extension CaseStore {
    /// The most files that are looked at.
    private static let longestQuarantine = 200

    /// Files in quarantine of the cases for which the actor answers, and that they may have scanned or take out of use,
    /// the oldest first.
    /// - Throws: `StorageError`.
    public func quarantined(on occasion: Occasion, in connection: Connection) throws -> [QuarantinedFile] {
        let rows = try connection.rows(
            """
            SELECT a.id, a.case_id, a.class, a.handling, a.agency, a.made_at FROM register_records r
            JOIN case_attachments a ON a.case_id = r.id
            WHERE r.owner = \(occasion.actor.account) AND r.kind = 'case' AND a.state = 'quarantined'
                AND a.superseded_at IS NULL
            ORDER BY a.made_at, a.id LIMIT \(CaseStore.longestQuarantine)
            """)
        guard !rows.isEmpty else { return [] }
        let records: [ID<Registered>] = try rows.map { try $0.get("case_id") }
        let listed = try register.listed(records, CaseStore.kind(), on: occasion, in: connection)
        let items = try items(listed, on: occasion, in: connection)
        let entries = try register.entries(listed.map(\.id), now: occasion.now, in: connection)
        return try zip(rows, records).compactMap { row, record in
            let handling: String = try row.get("handling")
            let agency: Code<Agency> = try row.get("agency")
            let name: String = try row.get("class")
            guard handling == "general" || agency == occasion.actor.agency, let entry = entries[record],
                let depth = FieldClass.allCases.first(where: { $0.text == name }),
                let item = items.first(where: { ID($0.record.id) == record })
            else { return nil }
            let mayAct = [AccessAction.read, .attach].allSatisfy {
                register.decide($0, depth, on: entry, by: occasion.actor, now: occasion.now).isPermitted
            }
            return mayAct ? QuarantinedFile(id: try row.get("id"), item: item, since: try row.get("made_at")) : nil
        }
    }
}
