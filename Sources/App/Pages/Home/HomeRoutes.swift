internal import Assessments
internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
public import HTTP
internal import Jobs
internal import Kernel
internal import OrderPages
internal import People
public import Site

/// The first pages of the site's parts, and the search over them.
public enum HomeRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = [
        Route(.get, "/", handler: Endpoint(.signedIn, home)),
        Route(.get, "/search", handler: Endpoint(.signedIn, SearchPage.answer)),
        Route(.get, "/reports", handler: Endpoint(.signedIn, PartnershipPages.reports)),
        Route(.get, "/problems", handler: Endpoint(.signedIn, PartnershipPages.problems)),
        Route(.get, "/plan", handler: Endpoint(.signedIn, PartnershipPages.plan)),
        Route(.get, "/community", handler: Endpoint(.signedIn, PartnershipPages.community)),
    ]

    /// My work today: what waits for this person, and what is new.
    private static func home(_ visit: Visit) throws -> Response {
        let actor = try visit.actor()
        let jobs = try visit.site.jobs.recent(of: actor.account, limit: 5)
        let latest = try visit.read { try AssessmentStore.latestPublished(in: $0) }
        let drafts =
            visit.may(.publish, "assessment")
            ? try visit.read { try AssessmentStore.list(drafts: true, limit: 20, in: $0) }
                .filter { $0.state == .draft && $0.publishing(by: actor.account) == .allowed } : []
        let notices = try notices(visit)
        let tables = [
            try CaseWork.html(visit), try PanelWorkTable.html(visit), try WaitingOrders.html(visit),
            try OtherWork.html(visit),
        ].compactMap { $0 }
        let main: Html = """
            <p class="govuk-body-l">\(visit.now.ukDate.inWords)</p>
            \(each: tables, { $0 })
            \(waiting(drafts, jobs, isAlone: tables.isEmpty))
            \(notices)
            <h2 class="govuk-heading-m">The partnership’s assessment</h2>
            \(some: latest, { published($0) })
            \(if: latest == nil, "<p class=\"govuk-body\">No assessment has been published yet.</p>")
            """
        return visit.page(Page("My work today", in: .home, main))
    }

    private static func waiting(_ drafts: [AssessmentVersion], _ jobs: [Job], isAlone: Bool) -> Html {
        let open = jobs.filter { !$0.state.isFinal || $0.state != .done }
        if drafts.isEmpty && open.isEmpty {
            return isAlone ? "<p class=\"govuk-body\">Nothing waits for you.</p>" : ""
        }
        return """
            <h2 class="govuk-heading-m">Waiting for you</h2>
            <ul class="govuk-list govuk-list--spaced">
            \(each: drafts, { draft in
                "<li><a class=\"govuk-link\" href=\"\(href: "/assessment/\(draft.id)")\">\(draft.title)</a>: a draft by \(draft.madeByName) that you may publish</li>"
            })
            \(each: open, { job in
                "<li><a class=\"govuk-link\" href=\"\(href: "/assessment/jobs/\(job.id)")\">\(job.title)</a>: \(job.state.words)</li>"
            })
            </ul>
            """
    }

    /// What their agency was told of people's records in the last week.
    private static func notices(_ visit: Visit) throws -> Html {
        let store = PersonStore(roles: visit.site.roles)
        let occasion = try visit.occasion()
        guard store.isOpen(to: occasion.actor) else { return "" }
        let since = visit.now.advanced(bySeconds: -7 * 86_400)
        let count = try visit.read { try store.notices(since: since, on: occasion, in: $0) }.count
        guard count > 0 else { return "" }
        return """
            <p class="govuk-body"><a class="govuk-link" href="/people/notices">\(count) \(count == 1 ? "notice" : "notices") \
            about people’s records this week</a></p>
            """
    }

    private static func published(_ version: AssessmentVersion) -> Html {
        """
        <p class="govuk-body"><a class="govuk-link" href="\(href: "/assessment/\(version.id)")">\(version.title)</a>, \
        published \(some: version.publishedAt, { "\($0.inWords)" })</p>
        """
    }
}

extension Job.State {
    /// In a list of work.
    var words: String {
        switch self {
        case .waiting: "waiting to begin"
        case .running: "being done now"
        case .done: "done"
        case .failed: "could not be finished"
        case .interrupted: "was interrupted"
        }
    }
}

extension Visit {
    /// Whether some role of the visitor finds people.
    var seesPeople: Bool {
        get throws { PersonStore(roles: site.roles).isOpen(to: try actor()) }
    }
}
