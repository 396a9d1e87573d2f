internal import CaseReview
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// What is published each year, for residents without signing in. It holds no personal data: a name is that of nobody who
/// asked for a review.
enum PublishedFiguresPage {
    /// The newest version of each year, the newest year first.
    private static func current(_ visit: Visit) throws -> (all: [CaseReviewStatement], current: [CaseReviewStatement]) {
        let all = try visit.read { try CaseReviewStore.published(in: $0) }
        var seen: Set<LocalDate> = []
        return (all, all.filter { seen.insert($0.figures.year.from).inserted })
    }

    static func page(_ visit: Visit) throws -> Response {
        let (all, current) = try current(visit)
        let partnership = visit.site.partnership
        return visit.page(
            Page(
                "Antisocial behaviour case reviews: yearly figures",
                """
                <p class="govuk-body-l">If you reported antisocial behaviour and feel that nothing was done, you can ask the \
                council, the police, the health service and landlords in \(partnership.name) to look at it together.</p>
                \(if: current.isEmpty, "<p class=\"govuk-body\">No figures have been published yet.</p>")
                \(if: !current.isEmpty, table(current))
                \(each: current, { statement in year(statement, all) })
                \(if: !current.isEmpty, notes())
                """))
    }

    private static func table(_ statements: [CaseReviewStatement]) -> Html {
        let rows = statements.map { statement -> [Content] in
            [.text(statement.figures.year.name)] + FiguresTable.rows(statement.figures).map { .text(String($0.count)) }
        }
        let names = statements.first.map { FiguresTable.rows($0.figures).map(\.name) } ?? []
        return SortableTable(
            id: "years", caption: "Figures by year",
            columns: [.init("Year")] + names.map { .init(.text($0), isNumeric: true) }, rows: rows,
            address: { _, _ in "/case-reviews/published" }
        ).html
    }

    private static func year(_ statement: CaseReviewStatement, _ all: [CaseReviewStatement]) -> Html {
        let name = statement.figures.year.name
        let earlier = all.filter { $0.figures.year.from == statement.figures.year.from && $0.id != statement.id }
        let approval = statement.publication
        return """
            <h2 class="govuk-heading-m">\(name)</h2>
            <p class="govuk-body">\(statement.reconciliation)</p>
            <p class="govuk-body">\(statement.method) \(some: approval, { "Published on \($0.at.ukDate.inWords)." })</p>
            \(some: approval?.correction, { "<p class=\"govuk-body\">This version corrects an earlier one: \($0)</p>" })
            \(if: !earlier.isEmpty, Details(
                summary: .text("Earlier versions for \(name)"),
                content: .html("\(each: earlier, { "<p class=\"govuk-body\">Published on \($0.publication?.at.ukDate.inWords ?? ""): \($0.reconciliation)</p>" })")).html)
            """
    }

    private static func notes() -> Html {
        """
        <h2 class="govuk-heading-m">What the figures count</h2>
        <p class="govuk-body">\(FiguresTable.definition)</p>
        <p class="govuk-body">\(FiguresTable.smallNumbers)</p>
        <p class="govuk-body"><a class="govuk-link" href="/case-reviews/published.csv">The table as a file (CSV)</a></p>
        """
    }

    static func csv(_ visit: Visit) throws -> Response {
        let statements = try current(visit).current
        var lines = [
            "year,from,to,counted_by,version,published_on,applications,threshold_not_met,reviews,reviews_with_recommendations,reconciliation"
        ]
        for statement in statements {
            let (figures, year) = (statement.figures, statement.figures.year)
            let published = statement.publication
            let cells: [String] = [
                year.name, year.from.description, year.to.description, year.by.rawValue,
                published.map { String($0.version) } ?? "", published?.at.ukDate.description ?? "",
                String(figures.applications), String(figures.thresholdNotMet), String(figures.reviews),
                String(figures.reviewsWithRecommendations), statement.reconciliation,
            ]
            lines.append(cells.map(quoted).joined(separator: ","))
        }
        var response = Response(.ok, type: .csv, Array((lines.joined(separator: "\r\n") + "\r\n").utf8))
        response.headers["Content-Disposition"] = ContentDisposition.attachment("case-review-figures.csv")
        return response
    }

    private static func quoted(_ text: String) -> String {
        text.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
