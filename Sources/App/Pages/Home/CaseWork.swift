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
        guard visit.may(.list, "case", .p0) || visit.may(.list, "case", .p1) else { return nil }
        let occasion = try visit.occasion()
        let work = try visit.write { try visit.site.cases.work(on: occasion, in: $0) }
        guard !work.isEmpty else { return nil }
        let rows = work.map { row($0, visit) }
        return SortableTable(
            id: "work", caption: "Waiting for you on cases",
            columns: ["Due", "What", "Case"].map { .init(.text($0)) }, rows: rows, emptyText: "",
            address: { _, _ in "/" }
        ).html
    }

    private static func row(_ work: WorkItem, _ visit: Visit) -> [Content] {
        let record = work.item.record
        let address = "/cases/\(record.id.text)"
        let what: (text: String, address: String) =
            switch work.kind {
            case .action(let action): (action.text, "\(address)/actions/\(action.id.text)")
            case .clock(let code):
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
