internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// The audit. Each reading of it is an entry of its own, written with the reading.
enum AuditPages {
    /// Everything, narrowed by the query.
    static func all(_ visit: Visit) throws -> Response {
        let query = AuditQuery(visit.request.query)
        guard query.errors.isEmpty else {
            return visit.page(
                Page(
                    "Audit", in: .trust, errors: query.errors, isWide: true,
                    AuditFilterForm(query: query, partnership: visit.site.partnership).html))
        }
        let (table, next) = try read(query.filter, visit)
        return visit.page(
            Page(
                "Audit", in: .trust, isWide: true,
                """
                <p class="govuk-body">What you read here is itself written in the audit.</p>
                \(tools(query, visit))
                \(AuditFilterForm(query: query, partnership: visit.site.partnership).html)
                \(table)
                \(pages(query, "/trust/audit", next, visit))
                """))
    }

    /// Who looked at this person.
    static func person(_ visit: Visit) throws -> Response {
        guard let subject = AuditSubject(reference: try visit.text("subject")) else { throw Refusal.notFound }
        return try narrowed(
            "Who looked at this record", FormFields([.init("person", subject.reference)]), address(of: subject),
            """
            <p class="govuk-body">Everything that was done with the record \(subject.reference): who read it, found it,
            changed it or passed it on.</p>
            """, visit)
    }

    /// What this user did.
    static func account(_ visit: Visit) throws -> Response {
        let id: ID<Account> = try visit.id("account")
        let name = try visit.read { try AccountNames.names(of: [id], in: $0)[id] }
        return try narrowed(
            "What \(name ?? "this account") did", FormFields([.init("account", id.text)]), address(of: id),
            "<p class=\"govuk-body\">Every act of the account \(id.text).</p>", visit)
    }

    static func address(of subject: AuditSubject) -> String {
        "/trust/audit/person/\(PercentCoding.encodeSegment(subject.reference))"
    }

    static func address(of account: ID<Account>) -> String { "/trust/audit/account/\(account.text)" }

    private static func narrowed(
        _ title: String, _ fields: FormFields, _ address: String, _ introduction: Html, _ visit: Visit
    ) throws -> Response {
        let query = AuditQuery(fields)
        let (table, next) = try read(query.filter, visit)
        return visit.page(
            Page(
                title, in: .trust, above: [("Audit", "/trust/audit")], isWide: true,
                """
                \(introduction)
                \(tools(query, visit))
                \(table)
                \(pages(query, address, next, visit))
                """))
    }

    private static func read(_ filter: AuditFilter, _ visit: Visit) throws -> (table: Html, next: Int64?) {
        let occasion = try visit.require(.read, "audit", .p2)
        let cursor = try cursor(visit)
        return try visit.write { connection in
            let page = try AuditView.page(filter, after: cursor, by: occasion, in: connection)
            let table = try AuditTable(page, visit.site.partnership, in: connection)
            return (table.html(caption: "Entries, the newest first"), page.next)
        }
    }

    private static func cursor(_ visit: Visit) throws -> Int64? {
        guard let text = visit.request.query["after"] else { return nil }
        guard let cursor = Int64(text), cursor > 0 else {
            throw Refusal.badRequest("This link to a page of the audit is damaged. Open the audit again.")
        }
        return cursor
    }

    private static func tools(_ query: AuditQuery, _ visit: Visit) -> Html {
        var links: [Html] = []
        if visit.may(.export, "audit", .p2) {
            let address = query.address("/trust/audit/export")
            links.append("<a class=\"govuk-link\" href=\"\(href: address)\">Export these entries</a>")
        }
        links.append(
            "<a class=\"govuk-link\" href=\"/trust/audit/check\">Check that nothing in the audit was changed</a>")
        return "<ul class=\"govuk-list\">\(each: links, { "<li>\($0)</li>" })</ul>"
    }

    private static func pages(_ query: AuditQuery, _ path: String, _ next: Int64?, _ visit: Visit) -> Html {
        let isFirst = visit.request.query["after"] == nil
        let isAll = path == "/trust/audit"
        let newest = isAll ? query.address(path) : path
        guard next != nil || !isFirst else { return "" }
        return Pagination(
            previous: isFirst ? nil : .init(href: newest, text: "Newest entries"),
            next: next.map { next in
                .init(href: isAll ? query.address(path, after: next) : "\(path)?after=\(next)", text: "Older entries")
            }
        ).html
    }
}
