internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Finding people. A search is sent as a form and answered at once, so that no name stands in an address, in a browser's
/// history or in a log of a machine in between.
enum PeopleSearchPage {
    private static let pageLength = 25

    /// What was asked for.
    private struct Search {
        var text = ""
        var reason = ""
        var cursor: ID<Person>?
        var isSearch: Bool { text.contains { !$0.isWhitespace } }
    }

    /// The people whom the visitor may list.
    static func page(_ visit: Visit) throws -> Response {
        try answer(Search(cursor: visit.request.query["after"].flatMap { ID<Person>($0) }), visit)
    }

    /// The people who were searched for.
    static func search(_ visit: Visit) throws -> Response {
        let sent = visit.request.form
        let search = Search(
            text: String((sent["q"] ?? "").prefix(200)), reason: String((sent["reason"] ?? "").prefix(500)),
            cursor: sent["after"].flatMap { ID<Person>($0) })
        return try answer(search, visit)
    }

    private static func answer(_ search: Search, _ visit: Visit) throws -> Response {
        try visit.requirePeople()
        let occasion = try visit.occasion()
        let found = try visit.write { connection in
            search.isSearch
                ? try visit.people.search(
                    search.text, reason: search.reason, after: search.cursor, limit: pageLength, on: occasion,
                    in: connection)
                : try visit.people.list(after: search.cursor, limit: pageLength, on: occasion, in: connection)
        }
        let heading = search.isSearch ? "Results" : "People whose records you may see"
        return visit.page(
            Page(
                "People", in: .cases, canBeLeftQuickly: true,
                """
                <div role="search" aria-label="People">\(visit.form("/people", box(search)))</div>
                <h2 class="govuk-heading-m">\(heading)</h2>
                \(results(found, isSearch: search.isSearch, visit))
                \(some: found.next, { more($0, search, visit) })
                \(if: visit.may(.create, "person", .p1), add(search, visit))
                <p class="govuk-body"><a class="govuk-link" href="/people/notices">Notices about people’s records</a></p>
                <p class="govuk-body"><a class="govuk-link" href="/people/organisations">Organisations</a></p>
                """))
    }

    private static func box(_ search: Search) -> Html {
        """
        \(Input(
            name: "q", label: "Name, telephone number, address or postcode",
            hint: "Any part of any name. Accents and capitals make no difference, and names that sound alike are found. A year of birth may follow a name.",
            value: search.text, type: "search", autocomplete: "off", checksSpelling: false,
            classes: "govuk-!-width-two-thirds"))
        \(Input(
            name: "reason", label: "Reason for searching beyond your agency",
            hint: "Leave it empty to search your own agency’s records. It is kept in the audit.", value: search.reason,
            autocomplete: "off", classes: "govuk-!-width-two-thirds"))
        \(Button(text: "Search"))
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
            : ScrollRegion(
                "People",
                Table(caption: "People", head: ["Name", "Date of birth", "Agency that holds the record"], rows: rows)
                    .html
            ).html
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

    private static func more(_ cursor: ID<Person>, _ search: Search, _ visit: Visit) -> Html {
        guard search.isSearch else {
            let address = "/people?" + FormFields([.init("after", cursor.text)]).encoded
            return "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: address)\">More</a></p>"
        }
        return visit.form(
            "/people",
            """
            \(HiddenField(name: "q", value: search.text))
            \(HiddenField(name: "reason", value: search.reason))
            \(HiddenField(name: "after", value: cursor.text))
            \(Button(text: "More", classes: "govuk-button--secondary"))
            """)
    }

    /// Someone is added only after a search, so that nobody is recorded twice.
    private static func add(_ search: Search, _ visit: Visit) -> Html {
        guard search.isSearch else {
            return "<p class=\"govuk-body\">To add someone, search first, so that nobody is recorded twice.</p>"
        }
        return visit.form(
            "/people/new",
            """
            \(HiddenField(name: "name", value: search.text))
            \(Button(text: "Nobody here is the person: add them", classes: "govuk-button--secondary"))
            """)
    }
}
