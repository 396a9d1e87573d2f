internal import Assessments
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// The first pages of the parts: what the partnership's definition says of them.
enum PartnershipPages {
    static func reports(_ visit: Visit) throws -> Response {
        let agencies = visit.site.partnership.agencies
        let rows = agencies.map { agency -> SummaryList.Row in
            .init(key: .text(agency.name), value: .text(agency.contact ?? "Ask your single point of contact."))
        }
        return visit.page(
            Page(
                Section.reports.title, in: .reports, canBeLeftQuickly: true,
                """
                <p class="govuk-body-l">Where to report a concern or refer someone.</p>
                \(WarningText(text: "If someone is in danger now, call 999."))
                <h2 class="govuk-heading-m">Who to reach</h2>
                \(SummaryList(rows: rows))
                """))
    }

    static func problems(_ visit: Visit) throws -> Response {
        let latest = try visit.read { try AssessmentStore.latestPublished(in: $0) }
        let link: Html =
            latest.map {
                "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "/assessment/\($0.id)/sections/B3")\">Places in the latest assessment</a></p>"
            } ?? "<p class=\"govuk-body\">No assessment has been published yet.</p>"
        return visit.page(
            Page(
                Section.problems.title, in: .problems,
                "<p class=\"govuk-body-l\">Where crime and antisocial behaviour gather is where problems are looked for.</p>\(link)"
            ))
    }

    static func plan(_ visit: Visit) throws -> Response {
        let priorities = visit.site.partnership.priorities
        let rows = priorities.map { priority -> SummaryList.Row in
            let lead = priority.lead.map { " Led by \(visit.site.partnership.name(of: $0))." } ?? ""
            return .init(key: .text(priority.title), value: .text(priority.summary + lead))
        }
        return visit.page(
            Page(
                Section.plan.title, in: .plan,
                "<h2 class=\"govuk-heading-m\">Priorities</h2>\(rows.isEmpty ? "<p class=\"govuk-body\">None are set.</p>" : SummaryList(rows: rows).html)"
            ))
    }

    static func community(_ visit: Visit) throws -> Response {
        let boards = visit.site.partnership.boards
        let rows = boards.map { SummaryList.Row(key: .text($0.name), value: .text("\($0.purpose) Meets \($0.meets).")) }
        return visit.page(
            Page(
                Section.community.title, in: .community,
                """
                <p class="govuk-body">The partnership answers to its boards, and to the people of \
                \(visit.site.partnership.boroughs.joined(separator: ", ")).</p>
                <h2 class="govuk-heading-m">Boards</h2>
                \(rows.isEmpty ? "<p class=\"govuk-body\">None are set.</p>" : SummaryList(rows: rows).html)
                """))
    }
}
