internal import CaseReview
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// The yearly figures for those who prepare and approve them: computed by one, approved by another, and then frozen.
enum FiguresPages {
    private static let above: [(title: String, address: String)] = [
        (title: "Case reviews", address: "/case-reviews"), (title: "Yearly figures", address: "/case-reviews/figures"),
    ]

    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let occasion = try visit.occasion()
        let today = visit.now.ukDate
        let prepared = try visit.write { try visit.site.reviews.prepared(on: occasion, in: $0) }
        let published = try visit.read { try CaseReviewStore.published(in: $0) }
        let last = published.compactMap { $0.publication?.at.ukDate }.max()
        let warning = try CaseReviewStatement.warning(lastPublishedOn: last, today: today, visit.site.policy)
        let mayCompute = visit.may(.create, "case-review-figures", .p0)
        let form = mayCompute ? try form(visit, today, errors) : nil
        return visit.page(
            Page(
                "Yearly figures of case reviews", in: .cases, above: [above[0]], errors: errors,
                """
                <p class="govuk-body">The bodies publish four figures each year. One person computes them, another approves \
                them, and from then on they do not change: a correction is a further version that says why.</p>
                \(some: warning, { WarningText(text: .text($0)).html })
                \(some: form, { $0 })
                \(table("prepared", "Computed, waiting for approval", prepared, visit))
                \(table("published", "Published", published, visit))
                <p class="govuk-body"><a class="govuk-link" href="/case-reviews/published">The page that everyone sees</a></p>
                """))
    }

    private static func table(
        _ id: String, _ caption: String, _ statements: [CaseReviewStatement], _ visit: Visit
    ) -> Html {
        let rows = statements.map { statement -> [Content] in
            let version = statement.publication.map { ", version \($0.version)" } ?? ""
            let by = statement.publication.map { "Approved by \($0.byName), \($0.at.inWords)" }
            return [
                .html(
                    "<a class=\"govuk-link\" href=\"\(href: "/case-reviews/figures/\(statement.id.text)")\">\(statement.figures.year.name)\(version)</a>"
                ), .text("\(statement.madeByName), \(statement.madeAt.inWords)"), .text(by ?? "Waits"),
            ]
        }
        return SortableTable(
            id: id, caption: caption, columns: ["Year", "Computed by", "Approval"].map { .init(.text($0)) }, rows: rows,
            emptyText: "None yet.", address: { _, _ in "/case-reviews/figures" }
        ).html
    }

    // MARK: - Computing

    /// The years that can be computed: this one and those before, each by a day in it.
    private static func years(_ visit: Visit, _ today: LocalDate) throws -> [(day: LocalDate, year: CaseReviewYear)] {
        var years: [(LocalDate, CaseReviewYear)] = []
        var day = today
        for _ in 0..<6 {
            guard let year = try? CaseReviewYear(containing: day, visit.site.policy) else { break }
            years.append((day, year))
            day = year.from.advanced(by: -1)
        }
        if years.isEmpty { years.append((today, try CaseReviewYear(containing: today, visit.site.policy))) }
        return years
    }

    private static func form(_ visit: Visit, _ today: LocalDate, _ errors: [FormError]) throws -> Html {
        let items = try years(visit, today).map { day, year in
            Select.Item(
                value: day.description,
                text: "\(year.name)\(today > year.to ? "" : " (goes on until \(year.to.inWords))")")
        }
        let content: Html = """
            \(Select(
                name: "year", label: "Which year?", items: items, value: items.count > 1 ? items[1].value : nil,
                errorMessage: errors.message("year")))
            \(Button(text: "Compute the figures", preventsDoubleClick: true))
            """
        return "<h2 class=\"govuk-heading-m\">Compute a year</h2>\(visit.form("/case-reviews/figures", content))"
    }

    static func compute(_ visit: Visit) throws -> Response {
        let today = visit.now.ukDate
        let sent = visit.request.form["year"].flatMap { LocalDate($0) }
        guard let chosen = try years(visit, today).first(where: { $0.day == sent }) else {
            return try page(visit, errors: [FormError("year", "Choose one of the years")])
        }
        let occasion = try visit.occasion()
        let result = try visit.write { try visit.site.reviews.compute(chosen.year, on: occasion, in: $0) }
        switch result {
        case .success(let statement): return visit.redirect("/case-reviews/figures/\(statement.id.text)")
        case .failure(let refusal): return try page(visit, errors: [FormError("year", try says(refusal, visit))])
        }
    }

    private static func says(_ refusal: CaseReviewRefusal, _ visit: Visit) throws -> String {
        switch refusal {
        case .absent: throw Refusal.notFound
        case .denied(.ownWork): return refusal.text
        case .denied(let reason): throw visit.ended(reason)
        case .yearNotOver, .computedEarly, .published, .correctionNeeded, .nothingToCorrect: return refusal.text
        }
    }

    // MARK: - One statement

    static func statement(_ visit: Visit) throws -> Response { try statement(visit, errors: []) }

    private static func statement(_ visit: Visit, errors: [FormError]) throws -> Response {
        let id: ID<CaseReviewStatement> = try visit.id("figures")
        let occasion = try visit.occasion()
        let statement: CaseReviewStatement
        switch try visit.write({ try visit.site.reviews.read(id, on: occasion, in: $0) }) {
        case .success(let found): statement = found
        case .failure(.denied(let reason)): throw visit.ended(reason)
        case .failure: throw Refusal.notFound
        }
        let mayPublish = statement.publication == nil && visit.may(.publish, "case-review-figures", .p0)
        let isOwn = statement.madeBy == occasion.actor.account
        return visit.page(
            Page(
                "Case review figures for \(statement.figures.year.name)", in: .cases, above: above, errors: errors,
                """
                \(FiguresTable.one(statement.figures))
                <h2 class="govuk-heading-m">How they hang together</h2>
                <p class="govuk-body">\(statement.reconciliation)</p>
                <p class="govuk-body">\(statement.method)</p>
                \(InsetText(text: .text(FiguresTable.smallNumbers)))
                <p class="govuk-body">Computed by \(statement.madeByName), \(statement.madeAt.inWords).</p>
                \(some: statement.publication, { approval in
                    "<p class=\"govuk-body\">Approved by \(approval.byName), \(approval.at.inWords)\(some: approval.correction, { ". It corrects: \($0)" })</p>"
                })
                \(if: mayPublish && isOwn, InsetText(text: "Someone other than you must approve these figures.").html)
                \(if: mayPublish && !isOwn, approve(statement, visit, errors))
                """))
    }

    private static func approve(_ statement: CaseReviewStatement, _ visit: Visit, _ errors: [FormError]) -> Html {
        let content: Html = """
            \(Textarea(
                name: "correction", label: "If the year is published already: what do these correct, and why? (optional)",
                errorMessage: errors.message("correction"), value: visit.request.form["correction"] ?? "", rows: 3,
                checksSpelling: true))
            \(Button(text: "Approve and publish", preventsDoubleClick: true))
            """
        return """
            <h2 class="govuk-heading-m">Approve</h2>
            <p class="govuk-body">From then on everyone can read them, and they do not change. Your name stands beside them here.</p>
            \(visit.form("/case-reviews/figures/\(statement.id.text)", content))
            """
    }

    static func publish(_ visit: Visit) throws -> Response {
        let id: ID<CaseReviewStatement> = try visit.id("figures")
        let occasion = try visit.occasion()
        let correction = visit.request.form["correction"].map { String($0.singleSpaced.prefix(1000)) }
        let result = try visit.write {
            try visit.site.reviews.publish(id, correction: correction, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("/case-reviews/published")
        case .failure(let refusal):
            return try statement(visit, errors: [FormError("correction", try says(refusal, visit))])
        }
    }
}
