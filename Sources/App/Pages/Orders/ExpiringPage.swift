internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

/// Within how many days an order may be asked to end: the first warning of the rules, and twice as long.
enum OrderEnds {
    static func days(_ visit: Visit) throws -> [Int] {
        let rule = try visit.orders.law.rules.required("order.expiryWarning.first", on: visit.now.ukDate)
        switch rule.value {
        case .days(let count): return [count, 2 * count]
        case .months(let count): return [28 * count, 56 * count]
        case .number, .flag, .choice, .clock, .pence: return []
        }
    }
}

/// Orders whose end comes near, so that nobody finds out afterwards.
enum ExpiringPage {
    static func page(_ visit: Visit) throws -> Response {
        try visit.require(.list, "order", .p1)
        let days = try OrderEnds.days(visit)
        var filter = OrderFilter()
        filter.expiringWithin = days.last
        let wanted = filter
        let occasion = try visit.occasion()
        let listing = try visit.write {
            try visit.orders.page(
                wanted, by: .to, isDescending: false, limit: OrderStore.longestPage, on: occasion, in: $0)
        }
        let rules = visit.orders.law.rules
        let rows = try listing.items.map { item -> [Content] in
            var row = OrderListPage.row(item, visit)
            row[4] = .html("\(item.to.map(OrderWords.end) ?? "") \(try tag(item, rules, on: visit.now.ukDate))")
            return row
        }
        let table = SortableTable(
            id: "expiring", caption: "Orders that end within \(days.last ?? 0) days",
            columns: ["About", "Type", "How it stands", "From", "Until", "Agency"].map { .init(.text($0)) }, rows: rows,
            emptyText: "No order that you may see ends so soon.", address: { _, _ in "/orders/expiring" })
        return visit.page(
            Page(
                "Orders that end soon", in: .cases, above: OrderAddress.register, canBeLeftQuickly: true, isWide: true,
                """
                <p class="govuk-body">Look early at whether an order is to be extended, renewed or left to end. What \
                warns, and when, stands in the rules order.expiryWarning.first and order.expiryWarning.second.</p>
                \(table)
                \(if: listing.hasMore, "<p class=\"govuk-body\">There are more; narrow them in the register.</p>")
                """))
    }

    private static func tag(_ item: OrderItem, _ rules: PolicyRules, on day: LocalDate) throws -> Html {
        guard let to = item.to else { return "" }
        let last = Instant(milliseconds: to.milliseconds - 1).ukDate
        if day >= (try rules.windowStart("order.expiryWarning.second", endingOn: last)) {
            return StatusTag("Last warning", tone: .urgent).html
        }
        let isFirst = day >= (try rules.windowStart("order.expiryWarning.first", endingOn: last))
        return isFirst ? StatusTag("Soon", tone: .attention).html : ""
    }
}
