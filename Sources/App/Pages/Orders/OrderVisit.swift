internal import Casework
internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

extension Visit {
    /// The enforcement register.
    var orders: OrderStore { site.orders }

    /// The people register.
    var people: PersonStore { PersonStore(roles: site.roles) }

    /// The order in the path, as far as the visitor may see, with the names of those in it. Ends the request as the
    /// register says.
    /// - Parameter version: an earlier version, as it was; nil for the present one.
    /// - Throws: `Refusal`, `StorageError`.
    func openOrder(version: Int64? = nil) throws -> OpenOrder {
        let id: ID<Order> = try id("order")
        let occasion = try occasion()
        var cases: [RegisterItem] = []
        var subject: PersonItem?
        let finding: OrderFinding = try write { connection in
            let finding = try orders.read(id, version: version, on: occasion, in: connection)
            guard case .found(let shown) = finding else { return finding }
            if !shown.order.cases.isEmpty, let kind = Code<RecordKind>("case") {
                cases = try site.cases.register.listed(shown.order.cases, kind, on: occasion, in: connection)
            }
            if case .person(let registered) = shown.order.subject, let person = ID<Person>(registered.text) {
                subject = try people.items([person], on: occasion, in: connection).first
            }
            return finding
        }
        switch finding {
        case .found(let shown):
            guard let type = orders.law.types[shown.order.type] else { throw Refusal.notFound }
            let assessors = shown.order.assessments.map(\.enteredBy) + shown.order.unassessed.map(\.by)
            let accounts = Set([shown.changedBy] + [shown.facts.owner].compactMap { $0 } + assessors)
            let names = try read { try AccountNames.names(of: accounts, in: $0) }
            return OpenOrder(shown: shown, type: type, accounts: names, cases: cases, subject: subject)
        case .absent: throw Refusal.notFound
        case .refused(_, let reason): throw ended(reason)
        }
    }

    /// The order, for someone who means to work on it.
    func workingOrder() throws -> OpenOrder {
        let open = try openOrder()
        guard open.mayWork else { throw ended(.noPermission) }
        return open
    }

    /// How a request ends that the register refused for this reason.
    func ended(_ reason: AccessDecision.Reason) -> Refusal {
        switch reason {
        case .secondFactor, .recentSecondFactor: .confirm
        default: .denied(reason, shown: RegisterRefusal.denied(reason).fault.what + ".")
        }
    }

    /// What is wrong, for a form; ends the request where the order is not there for the visitor.
    func errors(_ refusal: OrderStoreRefusal, at field: String) throws -> [FormError] {
        switch refusal {
        case .register(.absent): throw Refusal.notFound
        case .register(.denied(let reason)): throw ended(reason)
        case .register(let refusal): return [FormError(field, "\(refusal.fault.what). \(refusal.fault.remedy)")]
        case .order(let refusal): return [FormError(field, OrderWords.says(refusal))]
        case .changedMeanwhile(_, let now):
            return [
                FormError(
                    field,
                    "Someone else changed this order first, on \(now.changedAt.inWords). Look at both, and save again if yours is to hold"
                )
            ]
        }
    }

    /// The case with that reference which the visitor may see, or nil.
    func visibleCase(_ reference: String) throws -> ID<Registered>? {
        var filter = CaseFilter()
        filter.words = reference
        let wanted = filter
        let occasion = try occasion()
        let page = try write { try site.cases.list(wanted, limit: 20, on: occasion, in: $0) }
        return page.items.first { $0.record.reference.lowercased() == reference.lowercased() }.map { ID($0.record.id) }
    }
}

/// An order with the names that its pages show.
struct OpenOrder {
    let shown: ShownOrder
    let type: OrderType
    let accounts: [ID<Account>: String]
    /// Its cases, of which the visitor may know.
    let cases: [RegisterItem]
    /// The person it is about, for those who may see their record.
    let subject: PersonItem?

    var order: Order { shown.order }
    var address: String { OrderAddress.address(shown.id) }

    /// Whether the visitor may change anything.
    var mayWork: Bool { shown.changeable.contains(.dates) && shown.changeable.contains(.terms) }

    func name(_ account: ID<Account>?) -> String {
        account.map { accounts[$0] ?? "Someone who has left" } ?? "Nobody yet"
    }
}

/// The addresses and the navigation of an order's pages.
enum OrderAddress {
    static func address(_ id: ID<Order>) -> String { "/orders/\(id.text)" }

    /// The pages above all of the register.
    static let register: [(title: String, address: String)] = [(title: "Orders", address: "/orders")]

    /// The pages above one that belongs to an order. A type carries no personal data.
    static func above(_ open: OpenOrder) -> [(title: String, address: String)] {
        register + [(title: open.type.name, address: open.address)]
    }

    /// The parts of an order, each a page.
    static func navigation(_ open: OpenOrder, on part: String) -> Html {
        let parts = [("", "Overview"), ("/terms", "Terms"), ("/history", "History"), ("/access", "Who sees it")]
        return """
            <nav class="concord-parts" aria-label="This order">
            <ul class="concord-parts__list">
            \(each: parts, { item in
                item.0 == part
                    ? "<li class=\"concord-parts__item\"><a class=\"govuk-link\" href=\"\(href: open.address + item.0)\" aria-current=\"page\">\(item.1)</a></li>"
                    : "<li class=\"concord-parts__item\"><a class=\"govuk-link\" href=\"\(href: open.address + item.0)\">\(item.1)</a></li>"
            })
            </ul>
            </nav>
            """
    }
}
