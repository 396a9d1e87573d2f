internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import Kernel
internal import People
internal import Site

/// Other cases of the people in a case, as far as the visitor may see person and case: the same victim with somebody else,
/// an earlier case between the same people, what another team works on.
enum OtherCases {
    /// The most people whose cases are looked for, and the most cases of each.
    private static let most = (people: 12, cases: 20)

    static func section(_ open: OpenCase, _ visit: Visit) throws -> Html {
        guard CaseListPage.isOpen(visit) else { return "" }
        let people = Set(open.current.map(\.person)).filter(open.opens).sorted {
            (open.name($0), $0) < (open.name($1), $1)
        }
        guard !people.isEmpty else { return "" }
        let asked = people.prefix(most.people)
        let occasion = try visit.occasion()
        let pages = try visit.write { connection in
            try asked.map { person in
                var filter = CaseFilter()
                filter.people = [person]
                return (person, try visit.cases.list(filter, limit: most.cases, on: occasion, in: connection))
            }
        }
        var found: [ID<CaseRecord>: (item: CaseItem, with: [ID<Person>])] = [:]
        for (person, page) in pages {
            for item in page.items where item.record.id != open.view.record.id {
                found[item.record.id, default: (item, [])].with.append(person)
            }
        }
        let rows = found.values.sorted { $0.item.record.id > $1.item.record.id }.map {
            row($0.item, $0.with, open, visit)
        }
        let table = SortableTable(
            id: "other-cases", caption: "Other cases of these people", captionClasses: "govuk-table__caption--m",
            columns: ["Case", "What it is", "State", "Who is in both"].map { .init(.text($0)) }, rows: rows,
            emptyText: "None that you may see.", address: { _, _ in "\(open.address)/people" })
        let more = pages.filter { $0.1.next != nil }.map(\.0)
        return """
            \(table)
            \(if: people.count > asked.count, "<p class=\"govuk-body\">Of the first \(most.people) people by name.</p>")
            \(each: more, { person in
                "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "/cases?over=yes&person=\(person.text)")\">All cases of \(open.name(person))</a></p>"
            })
            """
    }

    private static func row(_ item: CaseItem, _ with: [ID<Person>], _ open: OpenCase, _ visit: Visit) -> [Content] {
        [
            .html(CaseListPage.link(item)), .html(CaseListPage.what(item, visit)),
            .text(CaseListPage.state(item, visit)),
            .text(with.map { open.name($0) }.joined(separator: ", ")),
        ]
    }
}
