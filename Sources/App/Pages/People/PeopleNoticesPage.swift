internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// What one's agency was told of: protected records opened in an emergency, conflicts declared.
enum PeopleNoticesPage {
    private static let days: Int64 = 90

    static func page(_ visit: Visit) throws -> Response {
        let occasion = try visit.occasion()
        let since = visit.now.advanced(bySeconds: -days * 86_400)
        let (notices, names, kinds) = try visit.write { connection in
            let notices = try visit.people.notices(since: since, on: occasion, in: connection)
            var entry = occasion.entry(.list, Code("notice").map { AuditObject($0, classification: "P1") })
            entry.results = Int64(notices.count)
            entry.subjects = notices.compactMap { $0.record.map { AuditSubject($0) } }
            try AuditLog.append(entry, in: connection)
            let names = try AccountNames.names(of: Set(notices.compactMap(\.account)), in: connection)
            let records = Set(notices.compactMap(\.record)).sorted()
            let entries = try visit.people.register.entries(records, now: visit.now, in: connection)
            return (notices, names, entries.mapValues { $0.facts.kind.text })
        }
        let actor = occasion.actor
        return visit.page(
            Page(
                "Notices", in: .cases, above: PersonPlace.above,
                """
                <p class="govuk-body">What your agency was told of its records in the last \(Int(days)) days.</p>
                \(if: notices.isEmpty, "<p class=\"govuk-body\">There is none.</p>")
                \(if: !notices.isEmpty, table(notices, names, kinds, actor))
                """))
    }

    /// Where a record is shown; nil for a kind that has no page of its own.
    private static func place(of record: ID<Registered>, _ kind: String?) -> (title: String, address: String)? {
        switch kind {
        case "person": ("The person’s record", "/people/\(record.text)")
        case "case": ("The case", "/cases/\(record.text)")
        case "order": ("The order", "/orders/\(record.text)")
        default: nil
        }
    }

    private static func table(
        _ notices: [RegisterNotice], _ names: [ID<Account>: String], _ kinds: [ID<Registered>: String], _ actor: Actor
    ) -> Html {
        let rows = notices.map { notice -> [Table.Cell] in
            let isOwn = notice.agency == actor.agency
            let link: Html =
                if isOwn, notice.kind != .misuse, let record = notice.record,
                    let place = place(of: record, kinds[record])
                {
                    "<a class=\"govuk-link\" href=\"\(href: place.address)\">\(place.title)</a>"
                } else if notice.glass != nil {
                    "<a class=\"govuk-link\" href=\"/trust/broken-glasses\">Broken glasses</a>"
                } else {
                    ""
                }
            return [
                .init(text: .text(notice.at?.inWords ?? "")), .init(text: .text(notice.kind.words)),
                .init(text: .text(notice.account.flatMap { names[$0] } ?? "")), .init(text: .html(link)),
            ]
        }
        let table = Table(
            caption: "Notices, the newest first", head: ["When", "What happened", "Who", "Record"], rows: rows)
        return ScrollRegion("Notices", table.html).html
    }
}

extension RegisterNotice.Kind {
    /// What happened, in words.
    var words: String {
        switch self {
        case .glassBroken: "A protected record was opened in an emergency"
        case .glassesRepeated: "Someone opens protected records again and again"
        case .misuse: "A review found misuse"
        case .conflictDeclared: "Someone declared a conflict of interest"
        }
    }
}
