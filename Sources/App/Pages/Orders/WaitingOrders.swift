internal import DesignSystem
internal import Enforcement
public import Governance
public import HTML
public import Kernel
public import Site

/// What of the enforcement register other pages show: work that waits, and the orders of a case or a person.
public enum WaitingOrders {
    /// What waits for the visitor on orders, by its clock, and what is late in the agency that they supervise; nil when
    /// nothing does. "My work today" shows it.
    /// - Throws: `StorageError`, or a `Fault` when a rule is missing.
    public static func html(_ visit: Visit) throws -> Html? {
        guard visit.may(.update, "order", .p1) else { return nil }
        let occasion = try visit.occasion()
        let work = try visit.write { try visit.site.orders.work(on: occasion, in: $0) }
        guard !work.isEmpty else { return nil }
        let own = work.filter { !$0.kind.isSupervised }
        let others = work.filter(\.kind.isSupervised)
        let names = try visit.read { try AccountNames.names(of: Set(others.compactMap(\.owner)), in: $0) }
        return """
            \(table("order-work", "Waiting for you on orders", ["Due", "What", "Order"], own.map { row($0, visit) }))
            \(table(
                "order-breaches", "Late on orders of your agency", ["Due", "What", "Order", "Who answers for it"],
                others.map { work in
                    row(work, visit) + [.text(work.owner.map { names[$0] ?? "Someone who has left" } ?? "Nobody")]
                }))
            """
    }

    private static func table(_ id: String, _ caption: String, _ columns: [String], _ rows: [[Content]]) -> Html {
        guard !rows.isEmpty else { return "" }
        return SortableTable(
            id: id, caption: caption, columns: columns.map { .init(.text($0)) }, rows: rows, address: { _, _ in "/" }
        ).html
    }

    private static func row(_ work: OrderWork, _ visit: Visit) -> [Content] {
        let link: Html = """
            <a class="govuk-link" href="\(href: OrderAddress.address(work.item.id))">\(work.item.name)</a>\
            <br><span class="govuk-hint">\(visit.orders.law.types[work.item.type]?.name ?? work.item.type.text)</span>
            """
        let late: Html = work.dueAt <= visit.now ? " \(StatusTag("Late", tone: .urgent))" : ""
        return [.html("\(OrderWords.end(work.dueAt))\(late)"), .text(what(work.kind)), .html(link)]
    }

    private static func what(_ kind: OrderWork.Kind) -> String {
        switch kind {
        case .clock(let purpose), .breach(let purpose): OrderWords.purpose(purpose)
        case .expiry(1): "It ends soon"
        case .expiry: "It ends within days"
        }
    }
}

extension OrderWork.Kind {
    /// Whether it reaches someone because they supervise.
    fileprivate var isSupervised: Bool {
        switch self {
        case .breach: true
        case .clock, .expiry: false
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

    /// The orders about a person, by any record of the same person, with a way to record one; nil when there is nothing to show.
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
