internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Which complaints count, which do not and why; by which rules; and the counts that were kept. What was kept is never
/// judged again.
enum CountPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    static func keep(_ visit: Visit) throws -> Response {
        let open = try visit.workingReview()
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write { try visit.reviews.keepCount(of: id, on: occasion, in: $0) }
        switch result {
        case .success: return visit.redirect("\(open.address)/count")
        case .failure(let refusal):
            return try page(visit, errors: visit.errors(refusal, prefix: "count", at: "complaints"))
        }
    }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.openReview()
        guard open.view.rights.reads.contains(.p1) else { throw visit.ended(.noPermission) }
        let record = open.record
        let mayWrite = open.view.rights.mayWrite && open.view.state?.ends != true
        let keep: Html = """
            \(Button(text: record.keptCount == nil ? "Keep this count" : "Keep this count beside the earlier ones", preventsDoubleClick: true,
                id: "keep"))
            """
        return visit.page(
            Page(
                "Complaints, and the count", in: .cases, above: ReviewPlace.above(open), errors: errors,
                canBeLeftQuickly: true, isWide: true,
                """
                <p class="govuk-body">For the application of \(record.appliedOn.inWords). A complaint counts when it was \
                made soon enough after the behaviour, and the application soon enough after the complaint; an incident \
                told to several bodies counts once.</p>
                \(if: mayWrite, add(open))
                \(complaints(open, visit))
                \(some: record.count, { now($0, open) })
                \(if: mayWrite && isNew(record), visit.form("\(open.address)/count", keep))
                \(kept(open, visit))
                """))
    }

    /// Whether a count would say anything that the last one kept does not say.
    private static func isNew(_ record: CaseReviewRecord) -> Bool {
        guard let count = record.count, !record.complaints.isEmpty else { return false }
        guard let kept = record.keptCount, record.isCountCurrent else { return true }
        return kept.count != count.count || kept.tests != CaseReviewThreshold(count).tests
    }

    private static func add(_ open: OpenReview) -> Html {
        """
        <ul class="govuk-list">
        <li><a class="govuk-link" href="\(href: "\(open.address)/write/complaint")">Write down a complaint</a></li>
        <li><a class="govuk-link" href="\(href: "\(open.address)/incidents")">Take incidents from the victim’s cases</a></li>
        </ul>
        """
    }

    // MARK: - As they stand

    private static func complaints(_ open: OpenReview, _ visit: Visit) -> Html {
        let record = open.record
        let judged = zip(record.count?.items ?? [], record.count?.inWords ?? [])
        let says = Dictionary(judged.map { ($0.complaint.id, ($0.reason == nil, $1)) }) { first, _ in first }
        let items = record.complaints.map { written -> Html in
            let entry = written.entry
            let body = entry.answers["to"].first.flatMap { Code<Agency>($0) }.map { visit.bodyName($0, entry) }
            let made = entry.answers["made"].first.flatMap { LocalDate($0)?.inWords }
            let mark: Html
            switch written.complaint {
            case .success(let complaint):
                let found = says[complaint.id]
                let tag = found.map {
                    $0.0 ? StatusTag("Counts", tone: .good) : StatusTag("Does not count", tone: .neutral)
                }
                mark = "\(some: tag, { $0.html }) \(found?.1 ?? "")"
            case .failure(let problem):
                mark = "\(StatusTag("Cannot be counted", tone: .attention)) \(problem.text)"
            }
            return """
                <li>
                <h3 class="govuk-heading-s govuk-!-margin-bottom-1">\(made ?? "No day"), told to \(body ?? "nobody")</h3>
                <p class="govuk-body govuk-!-margin-bottom-1">\(mark)</p>
                <p class="govuk-body">\(what(entry)) \(correct(entry, open))</p>
                </li>
                """
        }
        return """
            <h2 class="govuk-heading-m" id="complaints">Complaints as they are written down</h2>
            \(if: items.isEmpty, "<p class=\"govuk-body\">No complaint is written down yet.</p>")
            \(if: !items.isEmpty, "<ul class=\"govuk-list\">\(each: items, { $0 })</ul>")
            """
    }

    private static func what(_ entry: CaseEntry) -> Html {
        let first = entry.happenedOn?.inWords ?? ""
        let last = entry.answers["until"].first.flatMap { LocalDate($0)?.inWords }
        let reference = entry.answers["reference"].first
        return """
            Happened \(first)\(some: last, { " to \($0)" })\(if: entry.answers["ongoing"] == ["yes"], ", still going on")\
            \(some: reference, { ", \($0)" })\(some: entry.answers["what"].first, { "<br>\(ReviewPlace.lines($0))" })
            """
    }

    private static func correct(_ entry: CaseEntry, _ open: OpenReview) -> Html {
        guard open.view.rights.mayWrite, !entry.hasHidden else { return "" }
        return """
            <a class="govuk-link" href="\(href: "\(open.address)/write/complaint?entry=\(entry.id.text)")">Correct\
            <span class="govuk-visually-hidden"> the complaint of \(entry.answers["made"].first ?? "")</span></a>
            """
    }

    private static func now(_ count: CaseReviewCount, _ open: OpenReview) -> Html {
        guard !count.items.isEmpty else { return "" }
        let threshold = CaseReviewThreshold(count, harm: open.record.harmTest?.finding)
        let isMet = CaseReviewThreshold(count).isMet
        let tests = CaseReviewThreshold(count).tests.map(\.inWords).joined(separator: ", and ")
        return """
            <h2 class="govuk-heading-m">The count as it stands now</h2>
            <p class="govuk-body">\(isMet ? StatusTag("Threshold met", tone: .good) : StatusTag("Not met by the count", tone: .neutral)) \
            \(count.summary)\(if: isMet, " \(tests.capitalised).")</p>
            \(if: !isMet && count.policy.allowsHarmTest, """
                <p class="govuk-body">The procedure lets the bodies look at persistence, harm and the response so far. \
                \(threshold.harm == nil ? "They have not found that these ask for a review." : "They have found that these ask for a review.")
                <a class="govuk-link" href="\(href: "\(open.address)/write/harm-test")">Write down what they find</a></p>
                """)
            \(rules(count.policy.rules.map { KeptCaseReviewCount.Rule($0) }, id: "rules-now"))
            """
    }

    private static func rules(_ rules: [KeptCaseReviewCount.Rule], id: String) -> Html {
        let rows = rules.map { rule -> [Content] in
            [.text(rule.name), .text(rule.says), .text(rule.source), .text(rule.from.inWords)]
        }
        let table = SortableTable(
            id: id, caption: "Rules of the day of the application", captionClasses: "govuk-visually-hidden",
            columns: ["Rule", "Says", "Source", "Holds since"].map { .init(.text($0)) }, rows: rows,
            address: { _, _ in "#" })
        return Details(
            summary: "The rules by which it is counted, and where they come from", content: .html(table.html)
        ).html
    }

    // MARK: - As they were kept

    private static func kept(_ open: OpenReview, _ visit: Visit) -> Html {
        let counts = open.record.counts
        guard !counts.isEmpty else { return "" }
        return """
            <h2 class="govuk-heading-m">Counts that were kept</h2>
            <p class="govuk-body">Each stays as it was made. A later one stands beside it.</p>
            \(each: Array(counts.enumerated().reversed()), { number, kept in
                """
                <h3 class="govuk-heading-s">Count \(number + 1), \(kept.madeAt.inWords)</h3>
                <p class="govuk-body">\(kept.isMet ? StatusTag("Threshold met", tone: .good) : StatusTag("Not met by the count", tone: .neutral)) \
                \(kept.summary) By \(kept.madeByName), \(visit.site.partnership.name(of: kept.agency)).</p>
                <ul class="govuk-list govuk-list--bullet">\(each: kept.items, { item in
                    "<li>\(visit.bodyName(item.madeTo)): \(item.says)</li>"
                })</ul>
                \(rules(kept.rules, id: "rules-\(number + 1)"))
                """
            })
            """
    }
}

extension String {
    /// With a capital first letter.
    var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
