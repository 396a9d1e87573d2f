internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// One's own account: what an administrator says of it, how one signs in, and where one is signed in.
enum OwnAccountPage {
    /// What was just done.
    enum Done: String {
        case session, others, password

        var address: String { "/account?done=\(rawValue)" }

        var words: String {
            switch self {
            case .session: "The session has ended."
            case .others: "All your other sessions have ended."
            case .password: "Your password is changed. You are signed out everywhere else."
            }
        }
    }

    static func show(_ visit: Visit) throws -> Response {
        let actor = try visit.actor()
        let occasion = try visit.occasion()
        let (account, sessions) = try visit.write { connection in
            let found = try AccountStore(rules: visit.site.accountRules)
                .account(actor.account, by: occasion, in: connection)
            guard case .success(let account) = found else { throw Refusal.notFound }
            return (account, try visit.site.sessions.sessions(of: account.id, by: occasion, in: connection))
        }
        let done = visit.request.query["done"].flatMap(Done.init)
        return visit.page(
            Page(
                "Your account", notice: done?.words,
                """
                \(SummaryList(rows: details(account, visit)))
                <p class="govuk-body">If something here is wrong, tell your partnership’s administrator.</p>
                <h2 class="govuk-heading-m">How you sign in</h2>
                \(SummaryList(rows: ways(actor)))
                <h2 class="govuk-heading-m">Where you are signed in</h2>
                \(OwnSessions.list(sessions, visit))
                <h2 class="govuk-heading-m">Leave</h2>
                \(visit.form("/sign-out", "\(Button(text: "Sign out", classes: "govuk-button--secondary"))"))
                """))
    }

    private static func details(_ account: AccountRecord, _ visit: Visit) -> [SummaryList.Row] {
        let details = account.details
        let names = visit.site.partnership
        var rows: [SummaryList.Row] = [
            .init(key: "Name", value: .text(details.name)),
            .init(key: "Email address", value: .text(details.email.text)),
            .init(key: "Agency", value: .text(names.name(of: details.agency))),
        ]
        if !details.teams.isEmpty {
            rows.append(.init(key: "Teams", value: list(details.teams.sorted().map { names.name(of: $0) })))
        }
        rows.append(.init(key: "Roles", value: list(roles(details, visit))))
        let panels = details.panels.filter { $0.holds(on: visit.now.ukDate) }
            .sorted { $0.panel < $1.panel }
            .map { names.name(of: $0.panel) + until($0.until) }
        if !panels.isEmpty { rows.append(.init(key: "Panels", value: list(panels))) }
        if let day = details.trainedUntil {
            rows.append(.init(key: "Training in date until", value: .text(day.inWords)))
        }
        if let day = details.vettedUntil {
            rows.append(.init(key: "Vetting in date until", value: .text(day.inWords)))
        }
        return rows
    }

    private static func roles(_ details: AccountDetails, _ visit: Visit) -> [String] {
        let today = details.roles.filter { $0.holds(on: visit.now.ukDate) }.sorted { $0.role < $1.role }
        let words = today.map { (visit.site.roles.role($0.role)?.name ?? $0.role.text) + until($0.until) }
        return words.isEmpty ? ["None"] : words
    }

    private static func until(_ day: LocalDate?) -> String { day.map { ", until \($0.inWords)" } ?? "" }

    private static func list(_ items: [String]) -> Content {
        guard items.count > 1 else { return .text(items.first ?? "") }
        let markup: Html = """
            <ul class="govuk-list">
            \(each: items, { "<li>\($0)</li>\n" })
            </ul>
            """
        return .html(markup)
    }

    private static func ways(_ actor: Actor) -> [SummaryList.Row] {
        let change = SummaryList.Action(
            text: "Change", href: "/account/password", visuallyHiddenText: "your password")
        guard actor.secondFactorAt != nil else {
            let set = SummaryList.Action(
                text: "Set up", href: "/account/second-factor", visuallyHiddenText: "a telephone")
            return [
                .init(key: "Password", value: "Set", actions: [change]),
                .init(key: "Telephone", value: "Not set up", actions: [set]),
            ]
        }
        let replace = SummaryList.Action(
            text: "Replace", href: "/account/second-factor", visuallyHiddenText: "your telephone")
        let renew = SummaryList.Action(
            text: "Make new", href: "/account/recovery-codes", visuallyHiddenText: "recovery codes")
        return [
            .init(key: "Password", value: "Set", actions: [change]),
            .init(key: "Telephone", value: "Set up", actions: [replace]),
            .init(key: "Recovery codes", value: "For the day without your telephone", actions: [renew]),
        ]
    }
}
