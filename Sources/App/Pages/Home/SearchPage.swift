internal import Assessments
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// The search over what a visitor may read. What is searched for stands in the address, so people are not found here:
/// their own search keeps names out of addresses, histories and logs.
enum SearchPage {
    static func answer(_ visit: Visit) throws -> Response {
        let query = (visit.request.query["q"] ?? "").trimmed.prefix(200)
        let box: Html = """
            <form method="get" action="/search" role="search" aria-label="This site">
            \(Input(
                name: "q", label: .init(text: "Search"), hint: "Assessments, panels, priorities and agencies.",
                value: String(query), type: "search"))
            \(Button(text: "Search"))
            </form>
            \(if: try visit.seesPeople, people)
            """
        guard !query.isEmpty else { return visit.page(Page("Search", box)) }
        let found = try results(String(query), visit)
        try log(String(query), found.count, visit)
        let list: Html =
            found.isEmpty
            ? "<p class=\"govuk-body\">Nothing was found. Check the spelling, or use fewer words.</p>"
            : """
            <p class="govuk-body">\(found.count) \(found.count == 1 ? "result" : "results")</p>
            <ul class="govuk-list govuk-list--spaced">
            \(each: found, { result in
                "<li><a class=\"govuk-link\" href=\"\(href: result.address)\">\(result.title)</a><br>\(result.about)</li>"
            })
            </ul>
            """
        return visit.page(Page("Search", "\(box)<h2 class=\"govuk-heading-m\">Results</h2>\(list)"))
    }

    private static let people: Html = """
        <p class="govuk-body">Search for people on <a class="govuk-link" href="/people">their own page</a>, which keeps \
        their names out of addresses.</p>
        """

    /// Every search is in the audit, whoever searched.
    private static func log(_ query: String, _ results: Int, _ visit: Visit) throws {
        var entry = try visit.occasion().entry(.search)
        entry.query = query
        entry.results = Int64(results)
        entry.ruleVersion = visit.site.roles.version
        try visit.write { try AuditLog.append(entry, in: $0) }
    }

    private struct Found {
        let title: String
        let address: String
        let about: String
    }

    private static func results(_ query: String, _ visit: Visit) throws -> [Found] {
        let words = query.lowercased().split(separator: " ").map(String.init)
        func matches(_ text: String) -> Bool {
            let folded = text.lowercased()
            return words.allSatisfy(folded.contains)
        }
        var found: [Found] = []
        if visit.may(.search, "assessment") {
            let versions = try visit.read {
                try AssessmentStore.list(drafts: visit.seesDrafts, limit: 200, in: $0)
            }
            found += versions.filter { matches("\($0.title) \($0.area)") }.map {
                Found(
                    title: $0.title, address: "/assessment/\($0.id)",
                    about: "Assessment of \($0.area), \($0.period.inWords)")
            }
        }
        found += visit.site.partnership.visiblePanels(for: try visit.actor(), on: visit.now.ukDate).filter {
            matches("\($0.name) \($0.purpose)")
        }
        .map { Found(title: $0.name, address: "/panels", about: $0.purpose) }
        found += visit.site.partnership.priorities.filter { matches("\($0.title) \($0.summary)") }
            .map { Found(title: $0.title, address: "/plan", about: $0.summary) }
        found += visit.site.partnership.agencies.filter { matches("\($0.name) \($0.kind)") }
            .map { Found(title: $0.name, address: "/reports", about: $0.contact ?? $0.kind) }
        return found
    }
}
