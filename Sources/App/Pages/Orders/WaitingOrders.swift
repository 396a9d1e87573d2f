internal import DesignSystem
internal import Enforcement
public import Governance
public import HTML
public import Kernel
public import Site

/// What of the enforcement register other pages show: work that waits, and the orders of a case or a person.
public enum WaitingOrders {
    /// What waits for the visitor on orders, by its clock; nil when nothing does. "My work today" shows it.
    /// - Throws: `StorageError`, or a `Fault` when a rule is missing.
    public static func html(_ visit: Visit) throws -> Html? {
        guard visit.may(.update, "order", .p1) else { return nil }
        let occasion = try visit.occasion()
        let work = try visit.write { try visit.site.orders.work(on: occasion, in: $0) }
        guard !work.isEmpty else { return nil }
        let rows = work.map { work -> [Content] in
            let isLate = work.dueAt <= visit.now
            let link: Html = """
                <a class="govuk-link" href="\(href: OrderAddress.address(work.item.id))">\(work.item.name)</a>\
                <br><span class="govuk-hint">\(visit.orders.law.types[work.item.type]?.name ?? work.item.type.text)</span>
                """
            return [
                .html("\(OrderWords.end(work.dueAt))\(if: isLate, " \(StatusTag("Late", tone: .urgent))")"),
                .text(what(work.kind)), .html(link),
            ]
        }
        return SortableTable(
            id: "order-work", caption: "Waiting for you on orders",
            columns: ["Due", "What", "Order"].map { .init(.text($0)) }, rows: rows, address: { _, _ in "/" }
        ).html
    }

    private static func what(_ kind: OrderWork.Kind) -> String {
        switch kind {
        case .clock(let purpose): OrderWords.purpose(purpose)
        case .expiry(1): "It ends soon"
        case .expiry: "It ends within days"
        }
    }
}

/// The orders that belong to a case or are about a person, as far as the visitor may see.
public enum LinkedOrders {
    /// The orders of a case, with a way to record one for it; nil when there is nothing to show.
    /// - Parameters:
    ///   - record: the case.
    ///   - reference: what the case is called, for the form of a new order.
    /// - Throws: `StorageError`.
    public static func html(
        ofCase record: ID<Registered>, reference: String, _ visit: Visit
    ) throws -> Html? {
        var filter = OrderFilter()
        filter.linkedCase = record
        return try html(filter, new: "case=\(reference)", all: "case=\(record.text)", visit)
    }

    /// The orders about a person, with a way to record one; nil when there is nothing to show.
    /// - Throws: `StorageError`.
    public static func html(ofPerson record: ID<Registered>, _ visit: Visit) throws -> Html? {
        var filter = OrderFilter()
        filter.subject = .person(record)
        return try html(filter, new: "person=\(record.text)", all: "person=\(record.text)", visit)
    }

    private static func html(_ filter: OrderFilter, new: String, all: String, _ visit: Visit) throws -> Html? {
        let mayRecord = visit.may(.create, "order", .p1)
        guard mayRecord || visit.may(.list, "order", .p1) else { return nil }
        let occasion = try visit.occasion()
        let listing = try visit.write { try visit.site.orders.page(filter, limit: 20, on: occasion, in: $0) }
        guard mayRecord || !listing.items.isEmpty else { return nil }
        let table = SortableTable(
            id: "linked-orders", caption: "Orders", captionClasses: "govuk-visually-hidden",
            columns: ["About", "Type", "How it stands", "From", "Until", "Agency"].map { .init(.text($0)) },
            rows: listing.items.map { OrderListPage.row($0, visit) }, address: { _, _ in "/orders" })
        return """
            <h2 class="govuk-heading-m">Orders</h2>
            \(if: !listing.items.isEmpty, table.html)
            \(if: listing.hasMore, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "/orders?\(all)")\">All of them</a></p>")
            \(if: mayRecord, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "/orders/new?\(new)")\">Record an order</a></p>")
            """
    }
}
