internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Finding people.
enum PeopleSearchPage {
    private static let pageLength = 25

    static func page(_ visit: Visit) throws -> Response {
        try visit.requirePeople()
        let query = visit.request.query
        let text = String((query["q"] ?? "").prefix(200))
        let reason = String((query["reason"] ?? "").prefix(500))
        let cursor = query["after"].flatMap { ID<Person>($0) }
        let occasion = try visit.occasion()
        let isSearch = text.contains { !$0.isWhitespace }
        let found = try visit.write { connection in
            isSearch
                ? try visit.people.search(
                    text, reason: reason, after: cursor, limit: pageLength, on: occasion, in: connection)
                : try visit.people.list(after: cursor, limit: pageLength, on: occasion, in: connection)
        }
        let heading = isSearch ? "Results" : "People whose records you may see"
        return visit.page(
            Page(
                "People", in: .cases, canBeLeftQuickly: true,
                """
                \(box(text, reason))
                <h2 class="govuk-heading-m">\(heading)</h2>
                \(results(found, isSearch: isSearch, visit))
                \(some: found.next, { more(next($0, text, reason)) })
                \(if: visit.may(.create, "person", .p1), add(text, isSearch: isSearch))
                <p class="govuk-body"><a class="govuk-link" href="/people/notices">Notices about people’s records</a></p>
                """))
    }

    private static func box(_ text: String, _ reason: String) -> Html {
        """
        <form method="get" action="/people" role="search" aria-label="People">
        \(Input(
            name: "q", label: "Name",
            hint: "Any part of any name. Accents and capitals make no difference, and names that sound alike are found.",
            value: text, type: "search", autocomplete: "off", checksSpelling: false))
        \(Input(
            name: "reason", label: "Reason for searching beyond your agency",
            hint: "Leave it empty to search your own agency’s records. It is kept in the audit.", value: reason,
            autocomplete: "off"))
        \(Button(text: "Search"))
        </form>
        """
    }

    private static func results(_ found: PeoplePage, isSearch: Bool, _ visit: Visit) -> Html {
        if found.items.isEmpty && found.masked.isEmpty {
            return isSearch
                ? "<p class=\"govuk-body\">Nobody was found. Check the spelling, or use fewer words.</p>"
                : "<p class=\"govuk-body\">There is nobody.</p>"
        }
        let rows = found.items.map { item -> [Table.Cell] in
            let others = item.otherNames.isEmpty ? "" : "Also known as \(item.otherNames.joined(separator: ", "))"
            return [
                .init(
                    text: .html(
                        """
                        <a class="govuk-link" href="\(href: PersonPlace.address(item.id))">\(item.name ?? "")</a>\
                        \(if: !others.isEmpty, "<br>\(others)")
                        """)),
                .init(text: .text(item.birth?.inWords ?? "Not known")),
                .init(text: .text(visit.site.partnership.name(of: item.agency))),
            ]
        }
        let table: Html =
            rows.isEmpty
            ? ""
            : Table(caption: "People", head: ["Name", "Date of birth", "Agency that holds the record"], rows: rows).html
        return "\(table)\(if: !found.masked.isEmpty, masked(found.masked, visit))"
    }

    private static func masked(_ items: [PersonItem], _ visit: Visit) -> Html {
        """
        <h3 class="govuk-heading-s">Protected records that match</h3>
        <ul class="govuk-list govuk-list--bullet">
        \(each: items, { item in
            "<li><a class=\"govuk-link\" href=\"\(href: PersonPlace.address(item.id))\">A protected record held by \(visit.site.partnership.name(of: item.agency))</a></li>"
        })
        </ul>
        """
    }

    private static func more(_ address: String) -> Html {
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: address)\">More</a></p>"
    }

    private static func next(_ cursor: ID<Person>, _ text: String, _ reason: String) -> String {
        "/people?" + FormFields([.init("q", text), .init("reason", reason), .init("after", cursor.text)]).encoded
    }

    /// Someone is added only after a search, so that nobody is recorded twice.
    private static func add(_ text: String, isSearch: Bool) -> Html {
        guard isSearch else {
            return "<p class=\"govuk-body\">To add someone, search first, so that nobody is recorded twice.</p>"
        }
        let address = "/people/new?" + FormFields([.init("name", text)]).encoded
        return
            "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: address)\">Nobody here is the person: add them</a></p>"
    }
}
