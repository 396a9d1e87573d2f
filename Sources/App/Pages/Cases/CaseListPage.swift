internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// The cases that a visitor may see, narrowed by what they choose.
enum CaseListPage {
    static func page(_ visit: Visit) throws -> Response {
        let actor = try visit.actor()
        guard CaseListPage.isOpen(visit) else { return try withoutCases(visit) }
        let query = visit.request.query
        let filter = try filter(query, actor, visit)
        let occasion = try visit.occasion()
        let cursor = query["after"].flatMap { ID<CaseRecord>($0) }
        let page = try visit.write { try visit.cases.list(filter, after: cursor, on: occasion, in: $0) }
        let owners = Set(page.items.compactMap(\.owner))
        let names = try visit.read { try AccountNames.names(of: owners, in: $0) }
        let rows = page.items.map { row($0, names, visit) }
        let table = SortableTable(
            id: "cases", caption: "Cases", captionClasses: "govuk-visually-hidden",
            columns: ["Case", "What it is", "State", "Risk", "Due", "Answered for by"].map { .init(.text($0)) },
            rows: rows, emptyText: "No case that you may see is like this.", address: { _, _ in "/cases" })
        return visit.page(
            Page(
                "Cases", in: .cases, canBeLeftQuickly: true, isWide: true,
                """
                \(if: mayOpen(visit), Button(text: "Start a case", href: "/cases/new").html)
                \(try alsoHere(visit))
                \(try whom(filter, visit))
                \(panel(query, filter, actor, visit))
                \(table)
                \(if: visit.may(.update, "case", .p1) && !page.items.isEmpty, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "/cases/several?\(query.encoded)")\">Work on several of these at once</a></p>")
                \(some: page.next, { next in
                    "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: address(query, after: next))\" rel=\"next\">Older cases</a></p>"
                })
                """))
    }

    /// Whether some role of the visitor lists cases.
    static func isOpen(_ visit: Visit) -> Bool { visit.mayList("case") }

    static func mayOpen(_ visit: Visit) -> Bool { visit.may(.create, "case", .p1) }

    private static func withoutCases(_ visit: Visit) throws -> Response {
        visit.page(
            Page(
                "Cases", in: .cases,
                """
                <p class="govuk-body">You see the cases that you or your team work on, and what other agencies share \
                with \(visit.site.partnership.name(of: try visit.actor().agency)).</p>
                \(try alsoHere(visit))
                \(InsetText(text: "Your roles open no cases. An administrator of the partnership can say why."))
                """))
    }

    /// What else belongs to the work on cases, as far as the visitor's roles open it.
    private static func alsoHere(_ visit: Visit) throws -> Html {
        let places: [(isOpen: Bool, text: String, address: String)] = [
            (try visit.people.isOpen(to: visit.actor()), "Find a person", "/people"),
            (visit.may(.list, "order", .p1), "Enforcement register", "/orders"),
            (visit.mayList("case"), "Antisocial behaviour case reviews", "/case-reviews"),
            (visit.may(.read, "cohort-figures", .p0), "Cohorts and their outcomes", "/cohorts"),
        ]
        return """
            <ul class="govuk-list concord-columns">
            \(each: places.filter(\.isOpen), { place in
                "<li><a class=\"govuk-link\" href=\"\(href: place.address)\">\(place.text)</a></li>"
            })
            </ul>
            """
    }

    static func filter(_ query: FormFields, _ actor: Actor, _ visit: Visit) throws -> CaseFilter {
        var filter = CaseFilter()
        filter.type = query["type"].flatMap { Code<CaseType>($0) }
        // What is late of a case that is over waits all the same: an answer to a challenge.
        filter.isClosed = query["over"] == "yes" || query["late"] == "yes" ? nil : false
        if query["whose"] == "mine" { filter.owner = actor.account }
        if let team = query["whose"].flatMap({ Code<Team>($0) }), actor.teams.contains(team) { filter.team = team }
        filter.isLateAt = query["late"] == "yes" ? visit.now : nil
        filter.band = query["risk"].flatMap { $0.isEmpty ? nil : String($0.prefix(60)) }
        filter.words = query["q"].map { String($0.prefix(100)) }
        if let person = query["person"].flatMap({ ID<Person>($0) }) {
            // Whoever may not see a person is not told in which cases they are.
            let occasion = try visit.occasion()
            filter.people = try visit.write { try visit.people.items([person], on: occasion, in: $0) }.map(\.id)
        }
        return filter
    }

    /// Whose cases the list shows, when it is one person's.
    private static func whom(_ filter: CaseFilter, _ visit: Visit) throws -> Html {
        guard let ids = filter.people else { return "" }
        let occasion = try visit.occasion()
        let name = try visit.write { try visit.people.items(ids, on: occasion, in: $0) }.first?.name
        return """
            <p class="govuk-body">Cases of \(name ?? "someone whom you may not see"). \
            <a class="govuk-link" href="/cases">All cases</a></p>
            """
    }

    private static func row(_ item: CaseItem, _ names: [ID<Account>: String], _ visit: Visit) -> [Content] {
        [
            .html(link(item)), .html(what(item, visit)), .text(state(item, visit)),
            .html(item.record.band.map { CaseTags.band($0).html } ?? "Not assessed"),
            .html(CaseTags.due(item.dueAt, at: visit.now)),
            .text(item.owner.map { names[$0] ?? "Someone who has left" } ?? "Nobody yet"),
        ]
    }

    static func link(_ item: CaseItem) -> Html {
        """
        <a class="govuk-link" href="\(href: CasePlace.address(item.record.id))">\(item.record.reference)</a>
        """
    }

    /// The heading, and the kind of case below it.
    static func what(_ item: CaseItem, _ visit: Visit) -> Html {
        let type = visit.cases.catalogue.type(item.record.type)
        return """
            \(if: !item.record.heading.isEmpty, "\(item.record.heading)<br>")<span class="govuk-hint">\(type?.name ?? item.record.type.text)</span>
            """
    }

    static func state(_ item: CaseItem, _ visit: Visit) -> String {
        visit.cases.catalogue.type(item.record.type)?.state(item.record.state)?.name ?? item.record.state.text
    }

    private static func panel(_ query: FormFields, _ filter: CaseFilter, _ actor: Actor, _ visit: Visit) -> Html {
        let teams = actor.teams.sorted()
        let whose: [Select.Item] =
            [.init(value: "", text: "Everyone’s"), .init(value: "mine", text: "Mine")]
            + teams.map { .init(value: $0.text, text: visit.site.partnership.name(of: $0)) }
        let controls: Html = """
            \(Input(
                name: "q", label: "Reference or heading", hint: "To find a case by a person, find the person first.",
                value: query["q"] ?? "", type: "search", autocomplete: "off"))
            \(Select(
                name: "type", label: "Kind of case",
                items: [.init(value: "", text: "Every kind")]
                    + visit.cases.catalogue.types.map { .init(value: $0.code.text, text: $0.name) },
                value: query["type"] ?? ""))
            \(Select(name: "whose", label: "Whose", items: whose, value: query["whose"] ?? ""))
            \(Checkboxes(
                name: "late", items: [.item(.init(value: "yes", text: "Late", isChecked: filter.isLateAt != nil))],
                fieldset: nil, classes: "govuk-checkboxes--small"))
            \(Checkboxes(
                name: "over", items: [.item(.init(value: "yes", text: "Closed cases too", isChecked: filter.isClosed == nil))],
                fieldset: nil, classes: "govuk-checkboxes--small"))
            """
        let person = query["person"].map { [HiddenField(name: "person", value: $0)] } ?? []
        return FilterPanel(
            title: "Narrow the list", action: "/cases", clearHref: "/cases", controls: controls, hidden: person
        ).html
    }

    private static func address(_ query: FormFields, after next: ID<CaseRecord>) -> String {
        "/cases?\(query.setting("after", to: next.text).encoded)"
    }
}

/// How cases stand, in a word and a colour that repeats it.
enum CaseTags {
    static func band(_ band: String) -> StatusTag {
        let tone: StatusTag.Tone =
            switch band {
            case "high", "significant", "very-high": .urgent
            case "medium", "moderate": .attention
            default: .neutral
            }
        return StatusTag(band.replacing("-", with: " ").capitalisedFirst, tone: tone)
    }

    /// When something is due, and whether it is late.
    static func due(_ moment: Instant?, at now: Instant) -> Html {
        guard let moment else { return "" }
        // What is late from midnight on was due on the day before.
        let last = Instant(milliseconds: moment.milliseconds - 1).ukDate.inWords
        return moment <= now ? "\(last) \(StatusTag("Late", tone: .urgent))" : "\(last)"
    }
}
