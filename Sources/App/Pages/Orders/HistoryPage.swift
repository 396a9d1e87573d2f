internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// What was done to an order, by whom and when; and how it was at a version.
enum HistoryPage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openOrder()
        let occasion = try visit.occasion()
        let versions = try visit.write {
            try visit.orders.history(of: open.shown.id, on: occasion, in: $0) ?? []
        }
        let names = try visit.read { try AccountNames.names(of: Set(versions.map(\.by)), in: $0) }
        let events = versions.map { version -> Timeline.Event in
            let what = version.step.map { $0.inWords.capitalisedFirst } ?? "Changed"
            let parts = version.changed.map(OrderWords.field).joined(separator: ", ")
            let content: Html = """
                \(parts.capitalisedFirst). \
                <a class="govuk-link" href="\(href: "\(open.address)/versions/\(String(version.number))")">As it was then\
                <span class="govuk-visually-hidden"> on \(version.at.inWords), version \(String(version.number))</span></a>
                """
            return Timeline.Event(
                title: .text(version.number == 1 ? "Recorded" : what), time: version.at,
                author: names[version.by] ?? "Someone who has left",
                content: .html("<p class=\"govuk-body\">\(content)</p>"))
        }
        return visit.page(
            Page(
                "History", in: .cases, above: OrderAddress.above(open), canBeLeftQuickly: true,
                """
                \(OrderAddress.navigation(open, on: "/history"))
                <p class="govuk-body">\(open.type.name), \(open.order.subjectName)</p>
                \(Timeline(events, label: "What was done", headingLevel: 2))
                """))
    }

    static func version(_ visit: Visit) throws -> Response {
        guard let number = Int64(try visit.text("version")), number > 0 else { throw Refusal.notFound }
        let open = try visit.openOrder(version: number)
        guard number <= open.shown.version else { throw Refusal.notFound }
        return visit.page(
            Page(
                "An earlier version", in: .cases,
                above: OrderAddress.above(open) + [(title: "History", address: "\(open.address)/history")],
                canBeLeftQuickly: true,
                """
                <p class="govuk-body">Version \(String(number)), of \(open.shown.changedAt.inWords), by \(open.name(open.shown.changedBy)).</p>
                \(SummaryList(rows: OrderFacts.rows(open.order, open, visit)))
                \(ProportionalityView.html(open.order, open, isPast: true))
                <h2 class="govuk-heading-m">Terms</h2>
                \(OrderTermsView.list(open.order.terms))
                """))
    }
}
