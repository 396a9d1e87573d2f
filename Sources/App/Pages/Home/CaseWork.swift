internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import Kernel
internal import Site
internal import Storage

/// What waits for a person on cases, by its clock; nil when nothing does.
enum CaseWork {
    static func html(_ visit: Visit) throws -> Html? {
        guard visit.mayList("case") else { return nil }
        let occasion = try visit.occasion()
        let work = try visit.write { try visit.site.cases.work(on: occasion, in: $0) }
        guard !work.isEmpty else { return nil }
        let own = work.filter { !$0.kind.isSupervised }
        let others = work.filter(\.kind.isSupervised)
        let names = try visit.read { connection in
            try AccountNames.names(of: Set(others.compactMap(\.item.owner)), in: connection)
        }
        let isCut = own.count >= CaseStore.longestWork
        return """
            \(if: isCut, "<p class=\"govuk-body\">These are due first. There may be more: see <a class=\"govuk-link\" href=\"/cases?whose=mine&amp;late=yes\">your cases that are late</a>.</p>")
            \(table("work", "Waiting for you on cases", ["Due", "What", "Case"], own.map { row($0, visit) }))
            \(table(
                "supervised", "Late in your agency, or with nobody who answers for it",
                ["Due", "What", "Case", "Who answers for it"],
                others.map { work in
                    row(work, visit) + [.text(work.item.owner.map { names[$0] ?? "Someone who has left" } ?? "Nobody")]
                }))
            """
    }

    private static func table(_ id: String, _ caption: String, _ columns: [String], _ rows: [[Content]]) -> Html {
        guard !rows.isEmpty else { return "" }
        return SortableTable(
            id: id, caption: caption, columns: columns.map { .init(.text($0)) }, rows: rows, emptyText: "",
            address: { _, _ in "/" }
        ).html
    }

    private static func row(_ work: WorkItem, _ visit: Visit) -> [Content] {
        let record = work.item.record
        let address = "/cases/\(record.id.text)"
        let what: (text: String, address: String) =
            switch work.kind {
            case .action(let action): (action.text, "\(address)/actions/\(action.id.text)")
            case .unanswered: ("Give it to someone who answers for it", "\(address)/access")
            case .clock(let code), .breach(let code):
                (
                    visit.site.cases.catalogue.type(record.type)?.clocks.first { $0.code == code }?.name ?? code.text,
                    address
                )
            }
        // What is late from midnight on was due on the day before.
        let last = Instant(milliseconds: work.dueAt.milliseconds - 1).ukDate.inWords
        let due: Html = "\(last)\(if: work.dueAt <= visit.now, " \(StatusTag("Late", tone: .urgent))")"
        return [
            .html(due), .html("<a class=\"govuk-link\" href=\"\(href: what.address)\">\(what.text)</a>"),
            .html(
                "<a class=\"govuk-link\" href=\"\(href: address)\">\(record.reference)</a>\(if: !record.heading.isEmpty, "<br>\(record.heading)")"
            ),
        ]
    }
}

extension WorkItem.Kind {
    /// Whether it reaches someone because they supervise.
    fileprivate var isSupervised: Bool {
        switch self {
        case .breach, .unanswered: true
        case .action, .clock: false
        }
    }
}
