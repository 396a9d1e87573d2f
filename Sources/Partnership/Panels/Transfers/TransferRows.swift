internal import Casework
internal import Governance
internal import Kernel
internal import Secrets
internal import Storage

/// How transfers lie in their table. Nothing here asks who may see them.
enum TransferRows {
    /// The day of the first area's referral of a case that came from another area; nil for one that did not.
    static func received(
        _ id: ID<CaseRecord>, by panel: Code<Panel>, in connection: Connection
    ) throws -> LocalDate? {
        try connection.first(
            """
            SELECT first_referred_on FROM panel_transfers
            WHERE case_id = \(id) AND panel = \(panel) AND direction = 'in' ORDER BY made_at, id LIMIT 1
            """
        )?.get("first_referred_on")
    }

    static func transfer(_ id: ID<PanelTransfer>, in connection: Connection) throws -> PanelTransfer? {
        try connection.first("SELECT * FROM panel_transfers WHERE id = \(id)").map { row in
            guard let direction = PanelTransfer.Direction(rawValue: try row.get("direction")) else {
                throw StorageError.wrongValue(column: "direction")
            }
            return PanelTransfer(
                id: try row.get("id"), panel: try row.get("panel"), caseID: try row.get("case_id"),
                direction: direction, area: try row.get("area"), contact: try row.get("contact"),
                firstReferredOn: try row.get("first_referred_on"), lines: try lines(row.get("lines")),
                actions: try actions(row.get("actions")), digest: try row.get("digest"),
                madeAt: try row.get("made_at"), acknowledgeBy: try row.get("acknowledge_by"),
                acknowledgedAt: try row.optional("acknowledged_at"))
        }
    }

    static func insert(
        _ transfer: PanelTransfer, by account: ID<Account>, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO panel_transfers (id, panel, case_id, direction, area, contact, first_referred_on, lines,
                actions, digest, made_by, made_at, acknowledge_by)
            VALUES (\(transfer.id), \(transfer.panel), \(transfer.caseID), \(transfer.direction.rawValue),
                \(transfer.area), \(transfer.contact), \(transfer.firstReferredOn), \(text(transfer.lines)),
                \(text(transfer.actions)), \(transfer.digest), \(account), \(transfer.madeAt),
                \(transfer.acknowledgeBy))
            """)
    }

    static func acknowledge(
        _ id: ID<PanelTransfer>, by account: ID<Account>, at now: Instant, in connection: Connection
    ) throws -> Bool {
        try connection.run(
            """
            UPDATE panel_transfers SET acknowledged_at = \(now), acknowledged_by = \(account)
            WHERE id = \(id) AND acknowledged_at IS NULL
            """) == 1
    }

    // MARK: - What was sent

    static func digest(_ lines: [TransferLine], _ actions: [TransferAction]) -> String {
        Hash.blake2b(Array((text(lines) + text(actions)).utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    private static func text(_ lines: [TransferLine]) -> String {
        string(
            lines.map { line in
                .members(
                    ("day", .string(line.heardOn.description)), ("text", .string(line.text)),
                    ("class", .string(line.fieldClass.text)),
                    ("side", line.side.map { .string($0.rawValue) } ?? .null), ("agency", .string(line.agency)))
            })
    }

    private static func text(_ actions: [TransferAction]) -> String {
        string(
            actions.map { action in
                .members(
                    ("text", .string(action.text)), ("agency", .string(action.agency)),
                    ("due", .string(action.due.description)), ("status", .string(action.status.rawValue)))
            })
    }

    private static func string(_ items: [JSON]) -> String {
        String(decoding: JSON.array(items).encoded(indented: false), as: UTF8.self)
    }

    private static func items(_ text: String, _ column: String) throws -> [JSON] {
        guard case .array(let items) = try JSON(parsing: Array(text.utf8), from: column) else {
            throw StorageError.wrongValue(column: column)
        }
        return items
    }

    private static func word(_ item: JSON, _ name: String) throws -> String {
        guard case .string(let text)? = item[name] else { throw StorageError.wrongValue(column: name) }
        return text
    }

    private static func lines(_ text: String) throws -> [TransferLine] {
        try items(text, "lines").map { item in
            guard let day = LocalDate(try word(item, "day")), let fieldClass = FieldClass(try word(item, "class"))
            else { throw StorageError.wrongValue(column: "lines") }
            var side: SubjectSide?
            if case .string(let name)? = item["side"] { side = SubjectSide(rawValue: name) }
            return TransferLine(
                heardOn: day, try word(item, "text"), fieldClass, side: side, agency: try word(item, "agency"))
        }
    }

    private static func actions(_ text: String) throws -> [TransferAction] {
        try items(text, "actions").map { item in
            guard let due = LocalDate(try word(item, "due")),
                let status = CaseAction.Status(rawValue: try word(item, "status"))
            else { throw StorageError.wrongValue(column: "actions") }
            return TransferAction(try word(item, "text"), agency: try word(item, "agency"), due: due, status: status)
        }
    }
}
