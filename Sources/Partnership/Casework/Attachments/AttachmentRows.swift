internal import Documents
internal import Governance
internal import Kernel
internal import Storage

/// How attachments lie in their tables. Nothing here asks who may see them.
enum AttachmentRows {
    private static let columns: SQL = """
        id, name, kind, class, description, evidence, source, handling, letter, size, sha256, copy_sha256, state, agency,
        made_by, made_at, superseded_at, superseded_by, superseded_reason
        """

    static func attachments(_ id: ID<CaseRecord>, in connection: Connection) throws -> [CaseAttachment] {
        try connection.rows("SELECT \(columns) FROM case_attachments WHERE case_id = \(id) ORDER BY ordinal")
            .map { try classed(attachment($0), of: id, in: connection) }
    }

    static func attachment(
        _ id: ID<CaseAttachment>, of record: ID<CaseRecord>, in connection: Connection
    ) throws -> CaseAttachment? {
        try connection.first("SELECT \(columns) FROM case_attachments WHERE id = \(id) AND case_id = \(record)")
            .map { try classed(attachment($0), of: record, in: connection) }
    }

    /// As deep as it lies now: where its addressee lived may be guarded further since a letter was posted.
    private static func classed(
        _ attachment: CaseAttachment, of record: ID<CaseRecord>, in connection: Connection
    ) throws -> CaseAttachment {
        guard attachment.fieldClass < .p3, let way = attachment.way else { return attachment }
        var deeper = attachment
        deeper.fieldClass = max(attachment.fieldClass, try way.depth(in: record, connection))
        return deeper
    }

    private static func attachment(_ row: Row) throws -> CaseAttachment {
        guard let kind = FileKind(rawValue: try row.get("kind")),
            let fieldClass = FieldClass(try row.get("class", as: String.self)),
            let check = CaseAttachment.Check(rawValue: try row.get("state"))
        else { throw StorageError.wrongValue(column: "kind, class or state") }
        let (letter, source): (String?, String?) = (try row.optional("letter"), try row.optional("source"))
        return CaseAttachment(
            id: try row.get("id"), name: try row.get("name"), kind: kind, fieldClass: fieldClass,
            description: try row.get("description"),
            evidence: try row.optional("evidence", as: String.self).flatMap(EvidenceKind.init),
            source: letter == nil ? source : nil,
            handling: EntryHandling(rawValue: try row.get("handling")) ?? .ownAgency,
            letter: letter, way: letter == nil ? nil : LetterWay(source), size: try row.get("size"),
            sha256: try row.get("sha256"),
            copySHA256: try row.optional("copy_sha256"), check: check, agency: try row.get("agency"),
            madeBy: try row.get("made_by"), madeAt: try row.get("made_at"),
            supersededAt: try row.optional("superseded_at"), supersededBy: try row.optional("superseded_by"),
            supersededReason: try row.optional("superseded_reason"))
    }

    static func insert(
        _ new: CaseAttachment, _ id: ID<CaseRecord>, sealedKey: [UInt8], in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO case_attachments (id, case_id, ordinal, name, kind, class, description, evidence, source, handling,
                letter, size, sha256, copy_sha256, state, agency, made_by, made_at, sealed_key)
            VALUES (\(new.id), \(id),
                (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_attachments WHERE case_id = \(id)),
                \(new.name), \(new.kind.rawValue), \(new.fieldClass.text), \(new.description),
                \(new.evidence?.rawValue), \(new.letter == nil ? new.source : new.way?.text), \(new.handling.rawValue), \(new.letter), \(new.size),
                \(new.sha256), \(new.copySHA256), \(new.check.rawValue), \(new.agency), \(new.madeBy), \(new.madeAt),
                \(sealedKey))
            """)
    }

    static func supersede(
        _ id: ID<CaseAttachment>, reason: String, by account: ID<Account>, at now: Instant, in connection: Connection
    ) throws -> Bool {
        try connection.run(
            """
            UPDATE case_attachments
            SET superseded_at = \(now), superseded_by = \(account), superseded_reason = \(reason)
            WHERE id = \(id) AND superseded_at IS NULL
            """) == 1
    }

    static func set(_ check: CaseAttachment.Check, of id: ID<CaseAttachment>, in connection: Connection) throws {
        try connection.run("UPDATE case_attachments SET state = \(check.rawValue) WHERE id = \(id)")
    }

    // MARK: - Their bytes

    static func sealedKey(_ id: ID<CaseAttachment>, in connection: Connection) throws -> [UInt8]? {
        try connection.first("SELECT sealed_key FROM case_attachments WHERE id = \(id)")?.get("sealed_key")
    }

    static func reseal(_ id: ID<CaseAttachment>, _ sealedKey: [UInt8], in connection: Connection) throws {
        try connection.run("UPDATE case_attachments SET sealed_key = \(sealedKey) WHERE id = \(id)")
    }

    static func insert(
        _ parts: [[UInt8]], _ form: AttachmentForm, of id: ID<CaseAttachment>, in connection: Connection
    ) throws {
        for (i, part) in parts.enumerated() {
            try connection.run(
                """
                INSERT INTO case_attachment_parts (attachment, form, part, sealed)
                VALUES (\(id), \(form.rawValue), \(i), \(part))
                """)
        }
    }

    static func parts(
        _ form: AttachmentForm, of id: ID<CaseAttachment>, in connection: Connection
    ) throws -> [[UInt8]] {
        try connection.rows(
            """
            SELECT sealed FROM case_attachment_parts WHERE attachment = \(id) AND form = \(form.rawValue) ORDER BY part
            """
        ).map { try $0.get("sealed") }
    }

    // MARK: - Chain of custody

    static func custody(_ id: ID<CaseAttachment>, in connection: Connection) throws -> [CustodyEvent] {
        try connection.rows(
            "SELECT act, form, account, agency, at, reason FROM case_custody WHERE attachment = \(id) ORDER BY ordinal"
        ).map { row in
            guard let act = CustodyEvent.Act(rawValue: try row.get("act")),
                let form = AttachmentForm(rawValue: try row.get("form"))
            else { throw StorageError.wrongValue(column: "act or form") }
            return CustodyEvent(
                act: act, form: form, by: try row.get("account"), agency: try row.get("agency"), at: try row.get("at"),
                reason: try row.optional("reason"))
        }
    }

    static func note(
        _ act: CustodyEvent.Act, _ form: AttachmentForm, of id: ID<CaseAttachment>, reason: String? = nil,
        on occasion: Occasion, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO case_custody (attachment, ordinal, act, form, account, agency, at, reason)
            VALUES (\(id), (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_custody WHERE attachment = \(id)),
                \(act.rawValue), \(form.rawValue), \(occasion.actor.account), \(occasion.actor.agency), \(occasion.now),
                \(reason))
            """)
    }
}
