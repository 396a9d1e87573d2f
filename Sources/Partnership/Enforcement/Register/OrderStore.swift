public import Governance
public import Kernel
internal import People
internal import Secrets
public import Storage

/// The enforcement register. Every answer comes from `AccessRegister`, which asks the policy and writes the audit
/// in the same transaction; so all of these need a connection of `Database.write`.
public struct OrderStore: Sendable {
    /// The register that decides.
    public let register: AccessRegister
    /// What orders are judged by.
    public let law: OrderLaw

    /// A store whose answers come from these roles and this law.
    public init(roles: RoleCatalogue, law: OrderLaw) {
        register = AccessRegister(roles: roles)
        self.law = law
    }

    /// The kind of record.
    static func kind() throws -> Code<RecordKind> {
        guard let kind = Code<RecordKind>("order") else { throw Fault("There is no kind of record \"order\"") }
        return kind
    }

    // MARK: - Reading

    /// One order. The entry in the audit names the fields shown and the highest class among them.
    /// - Parameter version: an earlier version, as it was; nil for the present one.
    /// - Throws: `StorageError`.
    public func read(
        _ id: ID<Order>, version: Int64? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> OrderFinding {
        let registered = ID<Registered>(id)
        let first = try register.find(registered, for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = first else { return OrderStore.finding(first) }
        let fields = allowed(.read, entry, occasion)
        let kept =
            try version.map { try OrderRows.row(id, version: $0, in: connection) }
            ?? OrderRows.row(id, in: connection)
        guard fields.contains(.subject), let row = kept else {
            // The policy says why not, and the audit keeps it.
            let denied = try register.find(registered, for: .read, .p1, on: occasion, in: connection)
            return OrderStore.finding(denied)
        }
        let shown = row.order.filled.filter(fields.contains)
        let depth = shown.map(\.fieldClass).max() ?? .p1
        let last = try register.find(
            registered, for: .read, depth, detail: RegisterDetail(fields: shown.map(\.rawValue)), on: occasion,
            in: connection)
        guard case .found = last else { return OrderStore.finding(last) }
        return .found(try shownOrder(row, entry, fields, occasion))
    }

    /// Orders that the actor may list, the newest first.
    /// - Parameter cursor: the `next` of the page before.
    /// - Throws: `StorageError`.
    public func list(
        _ filter: OrderFilter = OrderFilter(), after cursor: ID<Order>? = nil, limit: Int = 50, on occasion: Occasion,
        in connection: Connection
    ) throws -> OrdersPage {
        let filter = try resolved(filter, on: occasion, in: connection)
        let page = try register.list(
            OrderStore.kind(), after: cursor.map { ID<Registered>($0) }, limit: limit,
            where: filter.condition(now: occasion.now), on: occasion, in: connection)
        // Who may not see a name is not shown that there is one.
        let named = page.items.compactMap { item in item.title == nil ? nil : ID<Order>(item.id.text).map { ($0, item) }
        }
        let rows = try OrderRows.rows(named.map(\.0), in: connection)
        let items = named.compactMap { id, item in
            rows[id].map { row in
                OrderItem(
                    id: id, agency: item.agency, name: row.order.subjectName, type: row.order.type,
                    state: row.order.state(at: occasion.now), from: row.order.dates.from, to: row.order.dates.to)
            }
        }
        return OrdersPage(items: items, next: page.next.flatMap { ID($0.text) })
    }

    /// How many orders the actor may count.
    /// - Throws: `StorageError`.
    public func count(on occasion: Occasion, in connection: Connection) throws -> Int {
        try register.count(OrderStore.kind(), on: occasion, in: connection)
    }

    /// The terms of an order beside those of the live orders about the same subject, by any record of a person, of which
    /// only those that the actor may read are compared; each is read, and the audit says so.
    /// - Throws: `StorageError`.
    public func overlap(
        _ id: ID<Order>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<OrderOverlap, RegisterRefusal> {
        let draft: ShownOrder
        switch try read(id, on: occasion, in: connection) {
        case .found(let found): draft = found
        case .refused(_, let reason): return .failure(.denied(reason))
        case .absent: return .failure(.absent)
        }
        return .success(
            try overlap(draft.order.terms, about: draft.order.subject, except: id, on: occasion, in: connection).overlap
        )
    }

    /// The same for terms that are not saved yet.
    /// - Parameter except: the order to which they belong, when there is one already.
    /// - Returns: what was found, and the orders beside which the terms were laid.
    /// - Throws: `StorageError`.
    public func overlap(
        _ terms: [OrderTerm], about subject: OrderSubject, except id: ID<Order>?, on occasion: Occasion,
        in connection: Connection
    ) throws -> (overlap: OrderOverlap, beside: [ShownOrder]) {
        let records = try records(of: subject, on: occasion, in: connection)
        var condition: SQL = """
            \(OrderFilter.about(subject, records))
            AND \(OrderFilter.live(from: occasion.now, until: occasion.now.advanced(bySeconds: 1)))
            """
        if let id { condition = "\(condition) AND o.id <> \(id)" }
        let others = try readable(
            OrderRows.ids(where: condition, in: connection), .read, .p1, on: occasion, in: connection)
        var beside: [ShownOrder] = []
        var live: [(id: ID<Order>, terms: [OrderTerm])] = []
        for other in others {
            guard case .found(let found) = try read(other, on: occasion, in: connection) else { continue }
            beside.append(found)
            live.append((other, found.bindingTerms))
        }
        return (OrderOverlap(terms, beside: live), beside)
    }
}

// MARK: - Helpers

extension OrderStore {
    /// A filter with the records of the person that it asks for.
    func resolved(
        _ filter: OrderFilter, on occasion: Occasion, in connection: Connection
    ) throws -> OrderFilter {
        guard let subject = filter.subject else { return filter }
        var filter = filter
        filter.records = try records(of: subject, on: occasion, in: connection)
        return filter
    }

    /// The records of the person that a subject is which the actor may open, for a merge shows nobody more; empty for
    /// anything else.
    private func records(
        of subject: OrderSubject, on occasion: Occasion, in connection: Connection
    ) throws -> [ID<Registered>] {
        guard case .person(let record) = subject, let person = ID<Person>(record.text) else { return [] }
        return try PersonStore(roles: register.roles).records(of: [person], on: occasion, in: connection)
            .map { ID<Registered>($0) }
    }

    func allows(
        _ action: AccessAction, _ fieldClass: FieldClass, _ entry: RegisterEntry, _ occasion: Occasion
    ) -> Bool {
        register.decide(action, fieldClass, on: entry, by: occasion.actor, now: occasion.now).isPermitted
    }

    func allowed(_ action: AccessAction, _ entry: RegisterEntry, _ occasion: Occasion) -> Set<OrderField> {
        let classes = Set(OrderField.allCases.map(\.fieldClass)).filter { allows(action, $0, entry, occasion) }
        return Set(OrderField.allCases.filter { classes.contains($0.fieldClass) })
    }

    func shownOrder(
        _ row: OrderRow, _ entry: RegisterEntry, _ fields: Set<OrderField>, _ occasion: Occasion
    ) throws -> ShownOrder {
        // Appeals are deeper than terms: what they put on hold is known before they are left away.
        let binding = fields.contains(.terms) ? bindingTerms(of: row.order, at: occasion.now) : []
        return ShownOrder(
            id: row.id, order: try row.order.only(fields), bindingTerms: binding, shown: fields,
            changeable: allowed(.update, entry, occasion).intersection(fields), facts: entry.facts,
            mayGuard: allows(.grant, entry.titleClass, entry, occasion), version: row.version,
            changedAt: row.changedAt, changedBy: row.changedBy)
    }

    /// The terms that must be kept at a moment.
    func bindingTerms(of order: Order, at moment: Instant) -> [OrderTerm] {
        law.types[order.type].map { order.terms(at: moment, $0) } ?? order.terms
    }

    /// Those among these orders that the policy lets the actor do something with. Writes nothing.
    func readable(
        _ ids: [ID<Order>], _ action: AccessAction, _ depth: FieldClass, on occasion: Occasion,
        in connection: Connection
    ) throws -> [ID<Order>] {
        var found: [ID<Order>] = []
        for start in stride(from: 0, to: ids.count, by: 500) {
            let batch = ids[start..<min(start + 500, ids.count)]
            let entries = try register.entries(batch.map { ID<Registered>($0) }, now: occasion.now, in: connection)
            found += batch.filter { id in
                entries[ID<Registered>(id)].map { allows(action, depth, $0, occasion) } ?? false
            }
        }
        return found
    }

    static func finding(_ finding: RegisterFinding) -> OrderFinding {
        switch finding {
        case .found, .absent: .absent
        case .refused(let item, let reason): .refused(agency: item.agency, reason)
        case .reasonNeeded(let item): .refused(agency: item.agency, .purpose)
        }
    }

    static func refusal(_ finding: RegisterFinding) -> OrderStoreRefusal {
        switch finding {
        case .found, .absent: .register(.absent)
        case .refused(_, let reason): .register(.denied(reason))
        case .reasonNeeded: .register(.reasonNeeded)
        }
    }
}

extension Order {
    /// BLAKE2b-256 of all fields in their order, for the audit.
    var digest: [UInt8] {
        Hash.blake2b(Array(JSON.array(OrderField.allCases.map { json($0) }).encoded(indented: false)))
    }
}
