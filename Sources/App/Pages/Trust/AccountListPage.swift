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
        let order = order(visit)
        let rows = sorted(accounts, by: order, site).map { account -> [Content] in
            let details = account.details
            let roles = details.roles(on: visit.now.ukDate).sorted().map { site.roles.role($0)?.name ?? $0.text }
            let link: Html = "<a class=\"govuk-link\" href=\"/trust/accounts/\(account.id.text)\">\(details.name)</a>"
            return [
                .html(link), .text(details.email.text), .text(site.partnership.name(of: details.agency)),
                .text(roles.joined(separator: ", ")),
                .html(StatusTag(account.status.inWords, tone: account.status.tone).html),
            ]
        }
        let query = visit.request.query
        return SortableTable(
            id: "accounts", caption: "Accounts",
            columns: [
                .init("Name", key: Order.name.rawValue), .init("Email address", key: Order.email.rawValue),
                .init("Agency", key: Order.agency.rawValue), .init("Roles today"),
                .init("Status", key: Order.status.rawValue),
            ],
            rows: rows, order: (order.key.rawValue, order.direction), emptyText: "There is no such account.",
            address: { key, direction in
                let address = query.setting("sort", to: key).setting("direction", to: direction.rawValue)
                return "/trust/accounts?\(address.encoded)"
            }
        ).html
    }

    /// What the list may be sorted by.
    private enum Order: String {
        case name, email, agency, status

        func text(_ account: AccountRecord, _ site: Site) -> String {
            switch self {
            case .name: account.details.name
            case .email: account.details.email.text
            case .agency: site.partnership.name(of: account.details.agency)
            case .status: account.status.inWords
            }
        }
    }

    private static func order(_ visit: Visit) -> (key: Order, direction: SortableTable.Direction) {
        (
            visit.request.query["sort"].flatMap(Order.init) ?? .email,
            visit.request.query["direction"].flatMap(SortableTable.Direction.init) ?? .ascending
        )
    }

    /// The accounts in the order asked for; those that are alike in it by email address.
    private static func sorted(
        _ accounts: [AccountRecord], by order: (key: Order, direction: SortableTable.Direction), _ site: Site
    ) -> [AccountRecord] {
        let texts = accounts.map { (order.key.text($0, site).lowercased(), $0.details.email.text, $0) }
        let ascending = texts.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
        return order.direction == .ascending ? ascending : ascending.reversed()
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
