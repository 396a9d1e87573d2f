internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// What the register is narrowed to. A name is sent as a form and never stands in an address.
struct OrderQuery {
    static let pageLength = 50

    let fields: FormFields
    let filter: OrderFilter
    let sort: OrderSort
    let isDescending: Bool
    let offset: Int

    /// - Parameter days: the days within which an order may be asked to end.
    init(_ fields: FormFields, days: [Int]) {
        self.fields = fields
        var filter = OrderFilter()
        if let type = fields["type"].flatMap({ Code<OrderType>($0) }) { filter.types = [type] }
        if let state = fields["state"].flatMap({ Order.State(rawValue: $0) }) { filter.states = [state] }
        if let ends = fields["ends"].flatMap({ Int($0) }), days.contains(ends) { filter.expiringWithin = ends }
        filter.agency = fields["agency"].flatMap { Code($0) }
        let words = String((fields["q"] ?? "").prefix(100)).singleSpaced
        filter.words = words.isEmpty ? nil : words
        if let person = fields["person"].flatMap({ ID<Registered>($0) }) { filter.subject = .person(person) }
        filter.linkedCase = fields["case"].flatMap { ID($0) }
        self.filter = filter
        sort = fields["sort"].flatMap(OrderSort.init) ?? .recorded
        isDescending = fields["order"].map { $0 == "descending" } ?? (sort == .recorded)
        offset = min(max(fields["from"].flatMap { Int($0) } ?? 0, 0), 1_000_000)
    }

    /// What stands in an address: everything but a name.
    var address: FormFields { FormFields(fields.fields.filter { !["q", "csrf", "from", "reason"].contains($0.name) }) }
}

/// The orders that a visitor may see, narrowed by what they choose.
enum OrderListPage {
    static func page(_ visit: Visit) throws -> Response { try answer(visit.request.query, isForm: false, visit) }

    /// The same for a name, which is sent as a form.
    static func search(_ visit: Visit) throws -> Response { try answer(visit.request.form, isForm: true, visit) }

    private static func answer(_ fields: FormFields, isForm: Bool, _ visit: Visit) throws -> Response {
        guard visit.may(.list, "order", .p1) || mayCount(visit) else { return try withoutOrders(visit) }
        var given = fields
        if !isForm { given = FormFields(fields.fields.filter { $0.name != "q" }) }
        let query = OrderQuery(given, days: try OrderEnds.days(visit))
        guard visit.may(.list, "order", .p1) else { return visit.redirect("/orders/report") }
        let occasion = try visit.occasion()
        let listing = try visit.write {
            try visit.orders.page(
                query.filter, by: query.sort, isDescending: query.isDescending, from: query.offset,
                limit: OrderQuery.pageLength, on: occasion, in: $0)
        }
        return visit.page(
            Page(
                "Orders", in: .cases, canBeLeftQuickly: true, isWide: true,
                """
                \(links(query, visit))
                \(whose(query))
                <div role="search" aria-label="Orders by name">\(visit.form("/orders", searchBox(query)))</div>
                \(panel(query, try OrderEnds.days(visit), visit))
                \(table(listing.items, query, visit))
                \(more(listing, query, visit))
                """))
    }

    static func mayCount(_ visit: Visit) -> Bool { visit.may(.count, "order", .p0) }

    private static func withoutOrders(_ visit: Visit) throws -> Response {
        visit.page(
            Page(
                "Orders", in: .cases,
                """
                <p class="govuk-body">The register keeps the orders, notices and agreements of the partnership’s agencies.</p>
                \(InsetText(text: "Your roles open no orders. An administrator of the partnership can say why."))
                """))
    }

    /// Whether the list is of one person or one case.
    private static func whose(_ query: OrderQuery) -> Html {
        let (isPerson, isCase) = (query.filter.subject != nil, query.filter.linkedCase != nil)
        guard isPerson || isCase else { return "" }
        return """
            <p class="govuk-body">The orders of one \(isPerson ? "person" : "case"). \
            <a class="govuk-link" href="/orders">All orders</a></p>
            """
    }

    private static func links(_ query: OrderQuery, _ visit: Visit) -> Html {
        let mayExport = visit.may(.export, "order", .p1)
        return """
            \(if: visit.may(.create, "order", .p1), Button(text: "Record an order", href: "/orders/new").html)
            <ul class="govuk-list">
            <li><a class="govuk-link" href="/orders/expiring">Orders that end soon</a></li>
            \(if: mayCount(visit), "<li><a class=\"govuk-link\" href=\"/orders/report\">Count by type and period</a></li>")
            \(if: mayExport, "<li><a class=\"govuk-link\" href=\"\(href: "/orders/export?\(query.address.encoded)")\">Export this list</a></li>")
            </ul>
            """
    }

    private static func searchBox(_ query: OrderQuery) -> Html {
        """
        \(each: query.address.fields, { HiddenField(name: $0.name, value: $0.value).html })
        \(Input(
            name: "q", label: "Name of the person, business or place", value: query.filter.words ?? "", type: "search",
            autocomplete: "off", checksSpelling: false, classes: "govuk-!-width-two-thirds"))
        \(Button(text: "Search"))
        """
    }

    private static func panel(_ query: OrderQuery, _ days: [Int], _ visit: Visit) -> Html {
        let fields = query.fields
        let agencies = visit.site.partnership.agencies.map { Select.Item(value: $0.code.text, text: $0.name) }
        let types = visit.orders.law.types.all.map { Select.Item(value: $0.code.text, text: $0.name) }
        let states = Order.State.allCases.map {
            Select.Item(value: $0.rawValue, text: $0.inWords.capitalisedFirst)
        }
        let ends = days.map { Select.Item(value: String($0), text: "Within \($0) days") }
        let controls: Html = """
            \(Select(name: "type", label: "Type", items: [.init(value: "", text: "Every type")] + types, value: fields["type"] ?? ""))
            \(Select(name: "state", label: "How it stands", items: [.init(value: "", text: "Every state")] + states, value: fields["state"] ?? ""))
            \(Select(name: "ends", label: "Ends", items: [.init(value: "", text: "At any time")] + ends, value: fields["ends"] ?? ""))
            \(Select(name: "agency", label: "Agency", items: [.init(value: "", text: "Every agency")] + agencies, value: fields["agency"] ?? ""))
            """
        let kept = ["sort", "order", "person", "case"].compactMap { name in
            fields[name].map { HiddenField(name: name, value: $0) }
        }
        return FilterPanel(
            title: "Narrow the list", action: "/orders", clearHref: "/orders", controls: controls, hidden: kept
        ).html
    }

    private static func table(_ items: [OrderItem], _ query: OrderQuery, _ visit: Visit) -> Html {
        let keys: [String?] =
            query.filter.words == nil ? ["name", nil, nil, "from", "to", nil] : Array(repeating: nil, count: 6)
        let titles = ["About", "Type", "How it stands", "From", "Until", "Agency"]
        let fields = query.address
        return SortableTable(
            id: "orders", caption: "Orders", captionClasses: "govuk-visually-hidden",
            columns: zip(titles, keys).map { .init(.text($0), key: $1) },
            rows: items.map { row($0, visit) },
            order: (query.sort.rawValue, query.isDescending ? .descending : .ascending),
            emptyText: "No order that you may see is like this.",
            address: { key, direction in
                "/orders?\(fields.setting("sort", to: key).setting("order", to: direction.rawValue).encoded)"
            }
        ).html
    }

    static func row(_ item: OrderItem, _ visit: Visit) -> [Content] {
        let link: Html = """
            <a class="govuk-link" href="\(href: OrderAddress.address(item.id))">\(item.name)</a>
            """
        let until = item.from == nil ? "" : item.to.map(OrderWords.end) ?? "Further order"
        return [
            .html(link), .text(visit.orders.law.types[item.type]?.name ?? item.type.text),
            .html(OrderWords.tag(item.state).html), .text(item.from?.ukDate.inWords ?? ""), .text(until),
            .text(visit.site.partnership.name(of: item.agency)),
        ]
    }

    private static func more(_ listing: OrderListing, _ query: OrderQuery, _ visit: Visit) -> Html {
        let next = String(query.offset + OrderQuery.pageLength)
        let earlier = String(max(query.offset - OrderQuery.pageLength, 0))
        if let words = query.filter.words {
            guard listing.hasMore else { return "" }
            let fields = query.address.fields + [.init("q", words), .init("from", next)]
            let content: Html = """
                \(each: fields, { HiddenField(name: $0.name, value: $0.value).html })
                \(Button(text: "More orders", classes: "govuk-button--secondary"))
                """
            return visit.form("/orders", content)
        }
        var pages = Pagination()
        if query.offset > 0 {
            pages.previous = .init(href: "/orders?\(query.address.setting("from", to: earlier).encoded)")
        }
        if listing.hasMore { pages.next = .init(href: "/orders?\(query.address.setting("from", to: next).encoded)") }
        return query.offset > 0 || listing.hasMore ? pages.html : ""
    }
}
