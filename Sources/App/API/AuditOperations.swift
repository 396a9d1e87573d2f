internal import Governance
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// The audit, for those who may read it. Each reading is an entry of its own.
enum AuditOperations {
    static let routes: [Route<Endpoint>] = [
        Route(
            .get, "/api/v1/audit", handler: Endpoint(api: list, .permitted(.read, "audit", .p2), answerList))
    ]

    private static let list = Operation(
        id: "listAudit",
        summary: "Entries of the audit, the newest first. The policy opens them to people, not to client programs.",
        scope: APIScope.audit,
        parameters: APIQuery.pages(cursor: "^[0-9a-f]{16}$") + [
            .init("account", in: .query, required: false, "Acts of this account.", schema: APISchemas.uuid),
            .init(
                "act", in: .query, required: false, "Acts of this kind.",
                schema: APISchemas.words(AuditAct.allCases.map(\.rawValue))),
            .init(
                "outcome", in: .query, required: false, "Acts that ended so.",
                schema: APISchemas.words(AuditOutcome.allCases.map(\.rawValue))),
            .init("from", in: .query, required: false, "Acts on this UK day or later.", schema: APISchemas.date),
            .init("until", in: .query, required: false, "Acts on this UK day or earlier.", schema: APISchemas.date),
        ],
        answers: [
            .init(
                200, "A page of entries.", type: "application/json",
                schema: APISchemas.page(of: APISchemas.named("AuditEntry")))
        ])

    static let schema = APISchemas.object(
        ("seq", APISchemas.integer), ("at", APISchemas.instant),
        (
            "by",
            APISchemas.object(
                ("kind", APISchemas.words(AuditParty.Kind.allCases.map(\.rawValue))),
                ("account", APISchemas.optionalText), ("agency", APISchemas.optionalText),
                ("role", APISchemas.optionalText), ("address", APISchemas.optionalText))
        ), ("act", APISchemas.words(AuditAct.allCases.map(\.rawValue))), ("objectKind", APISchemas.optionalText),
        ("objectId", APISchemas.optionalText), ("fields", APISchemas.list(APISchemas.text)),
        ("outcome", APISchemas.words(AuditOutcome.allCases.map(\.rawValue))), ("code", APISchemas.optionalText),
        ("reason", APISchemas.optionalText), ("query", APISchemas.optionalText),
        ("results", .members(("type", .array([.string("integer"), .string("null")])))), ("request", APISchemas.text),
        ("subjects", APISchemas.list(APISchemas.text)), ("hash", APISchemas.text))

    private static func answerList(_ visit: Visit) throws -> Response {
        let limit = try APIQuery.limit(in: visit)
        let cursor = try APIQuery.value("after", in: visit, "Take it from next of the page before.") { text in
            ListPlace.number(text.utf8).map { Int64(bitPattern: $0) }
        }
        let filter = try filter(visit)
        let page = try visit.write { connection in
            try AuditView.page(
                filter, after: cursor, limit: limit, by: visit.require(.read, "audit", .p2), in: connection)
        }
        let next = page.next.map { ListPlace.hex(UInt64(bitPattern: $0)) }
        return APIQuery.page(page.records.map(json), next: next, of: visit)
    }

    private static func filter(_ visit: Visit) throws -> AuditFilter {
        let account = try APIQuery.value("account", in: visit, "Give an identifier.") { ID<Account>($0) }
        let act = try APIQuery.value("act", in: visit, "There is no such kind of act.") { AuditAct(rawValue: $0) }
        let outcome = try APIQuery.value("outcome", in: visit, "Give permit, deny or error.") {
            AuditOutcome(rawValue: $0)
        }
        let from = try APIQuery.value("from", in: visit, "Give a day as 2026-06-01.") { LocalDate($0) }
        let until = try APIQuery.value("until", in: visit, "Give a day as 2026-06-01.") { LocalDate($0) }
        return AuditFilter(
            account: account, agency: try agency(visit), acts: act.map { [$0] } ?? [], outcome: outcome, from: from,
            until: until)
    }

    /// The one agency whose entries the visitor may read, or nil for those whose role reaches every agency's.
    private static func agency(_ visit: Visit) throws -> Code<Agency>? {
        let own = try visit.actor().agency
        guard let kind = Code<RecordKind>("audit"),
            let other = visit.site.partnership.agencies.first(where: { $0.code != own })?.code
        else { return own }
        let decision = try visit.decision(.read, RecordFacts(kind: kind, agency: other), .p2)
        return decision.isPermitted ? nil : own
    }

    private static func json(_ record: AuditRecord) -> JSON {
        let entry = record.entry
        func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
        let by: JSON = .members(
            ("kind", .string(entry.by.kind.rawValue)), ("account", text(entry.by.account?.text)),
            ("agency", text(entry.by.agency?.text)), ("role", text(entry.by.role?.text)),
            ("address", text(entry.by.address)))
        return .members(
            ("seq", .integer(record.seq)), ("at", .string(entry.at.description)), ("by", by),
            ("act", .string(entry.act.rawValue)), ("objectKind", text(entry.object?.kind.text)),
            ("objectId", text(entry.object?.id)),
            ("fields", .array((entry.object?.fields ?? []).map(JSON.string))),
            ("outcome", .string(entry.outcome.rawValue)), ("code", text(entry.code)), ("reason", text(entry.reason)),
            ("query", text(entry.query)), ("results", entry.results.map(JSON.integer) ?? .null),
            ("request", .string(entry.request)), ("subjects", .array(entry.subjects.map { .string($0.reference) })),
            ("hash", .string(record.hash.map { padded16($0) }.joined())))
    }

    private static func padded16(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
