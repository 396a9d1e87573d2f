internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Entries of the audit in rows.
struct AuditTable {
    let page: AuditPage
    let names: [ID<Account>: String]
    let partnership: PartnershipDefinition

    /// The table of a page, with the names of those who acted.
    init(_ page: AuditPage, _ partnership: PartnershipDefinition, in connection: Connection) throws {
        self.page = page
        self.partnership = partnership
        names = try AccountNames.names(of: Set(page.records.compactMap(\.entry.by.account)), in: connection)
    }

    func html(caption: String) -> Html {
        SortableTable(
            id: "entries", caption: caption,
            columns: [
                .init("When"), .init("Who"), .init("What was done"), .init("To what"), .init("How it ended"),
                .init("Details"),
            ],
            rows: page.records.map(row), firstCellIsHeader: false,
            emptyText: "No entry of the audit is like this.", address: { _, _ in "/trust/audit" }
        ).html
    }

    private func row(_ record: AuditRecord) -> [Content] {
        let entry = record.entry
        return [
            .text(entry.at.inWords), .html(who(entry.by)), .text(entry.act.inWords), .html(object(entry)),
            .html(StatusTag(entry.outcome.inWords, tone: tone(entry.outcome)).html), .html(details(record)),
        ]
    }

    private func who(_ party: AuditParty) -> Html {
        let agency: Html = party.agency.map { "<br>\(partnership.name(of: $0))" } ?? ""
        guard let account = party.account else { return "\(party.kind.inWords)\(agency)" }
        let name = names[account] ?? party.kind.inWords
        return """
            <a class="govuk-link" href="\(href: AuditPages.address(of: account))">\(name)</a>\(agency)
            """
    }

    private func object(_ entry: AuditEntry) -> Html {
        var lines: [Html] = []
        if let object = entry.object {
            let version = object.version.map { ", version \($0)" } ?? ""
            lines.append("\(object.kind.text.replacingHyphens)\(version)")
        }
        lines += entry.subjects.prefix(3).map { subject in
            """
            <a class="govuk-link" href="\(href: AuditPages.address(of: subject))">\(subject.reference)</a>
            """
        }
        if entry.subjects.count > 3 { lines.append("and \(entry.subjects.count - 3) more") }
        return Html.joined(lines.enumerated().map { $0 == 0 ? $1 : "<br>\($1)" })
    }

    private func details(_ record: AuditRecord) -> Html {
        let entry = record.entry
        var items: [MetadataList.Item] = [.init("Entry", .text(String(record.seq)))]
        func add(_ term: String, _ value: String?) { if let value { items.append(.init(term, .text(value))) } }
        add("Role", entry.by.role?.text)
        add("Reason", entry.reason)
        add("Legal gateway", entry.gateway)
        add("Asked for", entry.query)
        add("Found", entry.results.map { String($0) })
        add("Code", entry.code)
        add("Fields", entry.object?.fields.isEmpty == false ? entry.object?.fields.joined(separator: ", ") : nil)
        add("Class", entry.object?.classification)
        add("Address", entry.by.address)
        add("Request", entry.request)
        return Details(
            summary: .html("More<span class=\"govuk-visually-hidden\"> about entry \(String(record.seq))</span>"),
            content: .html(MetadataList(items).html)
        ).html
    }

    private func tone(_ outcome: AuditOutcome) -> StatusTag.Tone {
        switch outcome {
        case .permit: .neutral
        case .deny: .attention
        case .error: .urgent
        }
    }
}

extension String {
    /// The text with spaces for hyphens.
    var replacingHyphens: String { String(map { $0 == "-" ? " " : $0 }) }
}
