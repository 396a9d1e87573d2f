internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// What the page of an account shows.
struct AccountView {
    let account: AccountRecord
    let sessions: [SessionRecord]
    let identities: [OutsideIdentity]
    let visit: Visit
    let errors: [FormError]

    private var base: String { "/trust/accounts/\(account.id.text)" }
    private var isOwn: Bool { visit.knownActor?.account == account.id }

    var html: Html {
        """
        \(SummaryList(rows: rows))
        <p class="govuk-body"><a class="govuk-link" href="\(href: base)/change">Change these details</a></p>
        \(sessionTable)
        \(if: isOwn, own, else: acts)
        """
    }

    private var own: Html {
        """
        <p class="govuk-body">This is your own account. Another administrator changes its roles and its status.</p>
        """
    }

    private var rows: [SummaryList.Row] {
        let details = account.details
        let partnership = visit.site.partnership
        let places = details.panels.sorted { $0.panel < $1.panel }.map {
            partnership.name(of: $0.panel) + dates($0.from, $0.until)
        }
        let roles = details.roles.sorted { ($0.role, $0.from) < ($1.role, $1.from) }.map {
            (visit.site.roles.role($0.role)?.name ?? $0.role.text) + dates($0.from, $0.until)
        }
        return [
            .init(key: "Reference", value: .text(account.id.text)),
            .init(key: "Email address", value: .text(details.email.text)),
            .init(
                key: "Status", value: .html(StatusTag(account.status.inWords, tone: account.status.tone).html)),
            .init(key: "Agency", value: .text(partnership.name(of: details.agency))),
            .init(key: "Teams", value: lines(details.teams.sorted().map(partnership.name(of:)))),
            .init(key: "Roles", value: lines(roles)),
            .init(key: "Places on panels", value: lines(places)),
            .init(key: "Works with", value: .text(details.side?.inWords ?? "No side")),
            .init(key: "Training in date until", value: .text(details.trainedUntil?.inWords ?? "Not asked for")),
            .init(key: "Vetting in date until", value: .text(details.vettedUntil?.inWords ?? "Not asked for")),
            .init(key: "Added", value: .text(account.createdAt.inWords)),
            .init(key: "Last changed", value: .text(account.changedAt.inWords)),
        ]
    }

    private func dates(_ from: LocalDate, _ until: LocalDate?) -> String {
        " from \(from.inWords)" + (until.map { " until \($0.inWords)" } ?? "")
    }

    private func lines(_ texts: [String]) -> Content {
        guard !texts.isEmpty else { return "None" }
        return .html("<ul class=\"govuk-list\">\(each: texts, { "<li>\($0)</li>" })</ul>")
    }

    private var sessionTable: Html {
        SortableTable(
            id: "sessions", caption: "Where they are signed in",
            columns: [.init("Browser"), .init("Address"), .init("Since"), .init("Last used")],
            rows: sessions.map {
                [.text($0.device), .text($0.address), .text($0.createdAt.inWords), .text($0.seenAt.inWords)]
            }, emptyText: "Nowhere.", address: { _, _ in base }
        ).html
    }

    private var acts: Html {
        let isClosed = account.status == .disabled
        return """
            \(if: !sessions.isEmpty, act("sign-out", "Sign them out", "Ends all their sessions.", "Sign out everywhere"))
            \(if: !isClosed, act(
                "link", "New set-up link",
                "A link by which they set a new password. Links made before stop working. Make sure that it is them who ask.",
                "Make a link", reason: "link-reason"))
            \(if: !isClosed, act(
                "second-factor", "Second factor",
                "Takes their second factor away; they set up a new one when they next sign in. Make sure that it is "
                    + "them who ask.", "Reset the second factor", reason: "factor-reason"))
            \(AccountIdentities.section(identities, of: account, errors, visit))
            \(act(
                "status", isClosed ? "Open the account again" : "Close the account",
                isClosed
                    ? "They can sign in again, with the roles that they have."
                    : "They are signed out at once and cannot sign in. What they did keeps their name.",
                isClosed ? "Open the account" : "Close the account", reason: "status-reason",
                hidden: HiddenField(name: "disabled", value: isClosed ? "no" : "yes"), isWarning: !isClosed))
            """
    }

    private func act(
        _ path: String, _ title: String, _ text: String, _ button: String, reason: String? = nil,
        hidden: HiddenField? = nil, isWarning: Bool = false
    ) -> Html {
        let field = reason.map {
            Input(
                name: "reason", id: $0, label: "Why", errorMessage: errors.message($0), checksSpelling: true)
        }
        let content: Html = """
            \(HiddenField(name: "version", value: String(account.version)).html)
            \(some: hidden, { $0.html })
            \(field)
            \(Button(
                text: .text(button), preventsDoubleClick: true,
                classes: isWarning ? "govuk-button--warning" : "govuk-button--secondary"))
            """
        return """
            <h2 class="govuk-heading-m">\(title)</h2>
            <p class="govuk-body">\(text)</p>
            \(visit.form("\(base)/\(path)", content))
            """
    }
}
