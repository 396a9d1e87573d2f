internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Who has an account.
enum AccountListPage {
    static let most = 500

    static func page(_ visit: Visit) throws -> Response {
        let occasion = try visit.require(.administer, "account", .p1)
        let agency = visit.request.query["agency"].flatMap { Code<Agency>($0) }
        let status = visit.request.query["status"].flatMap(AccountStatus.init)
        let store = AccountStore(rules: visit.site.accountRules)
        let accounts = try visit.write {
            try store.list(agency: agency, status: status, limit: most, by: occasion, in: $0)
        }
        let more: Html =
            accounts.count < most
            ? "" : InsetText(text: .text("The first \(most) are shown. Choose an agency to see the others.")).html
        return visit.page(
            Page(
                "Accounts", in: .trust, isWide: true,
                """
                <p class="govuk-body">\(Button(text: "Add an account", href: "/trust/accounts/new"))</p>
                \(filter(agency, status, visit))
                \(more)
                \(table(accounts, visit))
                """))
    }

    private static func filter(_ agency: Code<Agency>?, _ status: AccountStatus?, _ visit: Visit) -> Html {
        let agencies = visit.site.partnership.agencies
        return FilterPanel(
            action: "/trust/accounts", clearHref: "/trust/accounts",
            controls: """
                \(Select(
                    name: "agency", label: "Agency",
                    items: [.init(value: "", text: "Any agency")]
                        + agencies.map { .init(value: $0.code.text, text: $0.name) }, value: agency?.text ?? ""))
                \(Select(
                    name: "status", label: "Status",
                    items: [.init(value: "", text: "Any status")]
                        + AccountStatus.allCases.map { .init(value: $0.rawValue, text: $0.inWords) },
                    value: status?.rawValue ?? ""))
                """
        ).html
    }

    private static func table(_ accounts: [AccountRecord], _ visit: Visit) -> Html {
        let site = visit.site
        let rows = accounts.map { account -> [Content] in
            let details = account.details
            let roles = details.roles(on: visit.now.ukDate).sorted().map { site.roles.role($0)?.name ?? $0.text }
            let link: Html = "<a class=\"govuk-link\" href=\"/trust/accounts/\(account.id.text)\">\(details.name)</a>"
            return [
                .html(link), .text(details.email.text), .text(site.partnership.name(of: details.agency)),
                .text(roles.joined(separator: ", ")),
                .html(StatusTag(account.status.inWords, tone: account.status.tone).html),
            ]
        }
        return SortableTable(
            id: "accounts", caption: "Accounts, by email address",
            columns: [.init("Name"), .init("Email address"), .init("Agency"), .init("Roles today"), .init("Status")],
            rows: rows, emptyText: "There is no such account.", address: { _, _ in "/trust/accounts" }
        ).html
    }
}

extension AccountStatus {
    /// The status in a word.
    var inWords: String {
        switch self {
        case .invited: "Invited"
        case .active: "Active"
        case .disabled: "Closed"
        }
    }

    var tone: StatusTag.Tone {
        switch self {
        case .invited: .underWay
        case .active: .good
        case .disabled: .neutral
        }
    }
}
