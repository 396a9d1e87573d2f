internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The reviews that a visitor may see, with where each stands and what is due next.
enum ReviewListPage {
    static func page(_ visit: Visit) throws -> Response {
        let mayList = visit.mayList("case")
        let list = mayList ? try list(visit) : nil
        return visit.page(
            Page(
                "Antisocial behaviour case reviews", in: .cases, canBeLeftQuickly: true, isWide: true,
                """
                <p class="govuk-body">A victim of antisocial behaviour can ask that the council, the police, the health \
                service and landlords look together at what was done about it.</p>
                \(if: visit.may(.create, "case", .p1), Button(text: "Take an application", href: "/case-reviews/new").html)
                \(links(visit))
                \(some: list, { $0 })
                """))
    }

    private static func links(_ visit: Visit) -> Html {
        """
        <ul class="govuk-list">
        <li><a class="govuk-link" href="/case-reviews/published">What is published each year</a></li>
        \(if: visit.may(.read, "case-review-figures", .p0), "<li><a class=\"govuk-link\" href=\"/case-reviews/figures\">Compute and approve the yearly figures</a></li>")
        </ul>
        """
    }

    private static func list(_ visit: Visit) throws -> Html {
        let query = visit.request.query
        let isAll = query["over"] == "yes"
        let occasion = try visit.occasion()
        let cursor = query["after"].flatMap { ID<CaseRecord>($0) }
        let page = try visit.write {
            try visit.reviews.list(isClosed: isAll ? nil : false, after: cursor, on: occasion, in: $0)
        }
        let type = visit.reviews.type
        let rows = page.items.map { item -> [Content] in
            let link: Html = """
                <a class="govuk-link" href="\(href: ReviewPlace.address(item.record.id))">\(item.record.reference)</a>
                """
            let state = CaseReviewState(item.record.state)
            let name = type?.state(item.record.state)?.name ?? item.record.state.text
            let code = item.dueAt == nil ? nil : state?.clock
            let clock = code.flatMap { code in type?.clocks.first { $0.code.text == code }?.name }
            return [
                .html(link), .text(item.record.heading),
                .html(state.map { ReviewPlace.tag($0, name).html } ?? "\(name)"),
                .html(
                    "\(due(item.dueAt, at: visit.now))\(some: clock, { "<br><span class=\"govuk-hint\">\($0)</span>" })"
                ),
                .text(visit.site.partnership.name(of: item.agency)),
            ]
        }
        let table = SortableTable(
            id: "reviews", caption: isAll ? "All reviews" : "Reviews that are not over",
            columns: ["Reference", "What it is", "How it stands", "Next due", "Agency"].map { .init(.text($0)) },
            rows: rows, emptyText: "There is no review that you may see.", address: { _, _ in "/case-reviews" })
        let next = page.next.map { "/case-reviews?\(query.setting("after", to: $0.text).encoded)" }
        return """
            \(table)
            \(some: next, { "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: $0)\" rel=\"next\">Older reviews</a></p>" })
            <p class="govuk-body">\(if: isAll, "<a class=\"govuk-link\" href=\"/case-reviews\">Only those that are not over</a>")\
            \(if: !isAll, "<a class=\"govuk-link\" href=\"/case-reviews?over=yes\">Those that are over too</a>")</p>
            """
    }

    /// When something is due, and whether it is late.
    static func due(_ moment: Instant?, at now: Instant) -> Html {
        guard let moment else { return "Nothing" }
        // What is late from midnight on was due on the day before.
        let last = Instant(milliseconds: moment.milliseconds - 1).ukDate.inWords
        return moment <= now ? "\(last) \(StatusTag("Late", tone: .urgent))" : "\(last)"
    }
}
