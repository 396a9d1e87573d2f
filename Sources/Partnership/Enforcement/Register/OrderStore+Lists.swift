public import Governance
internal import Kernel
public import Storage

/// By what a page of the register is sorted.
public enum OrderSort: String, CaseIterable, Sendable {
    /// When it was recorded.
    case recorded
    /// The subject's name.
    case name
    /// From when it holds.
    case from
    /// When it ends; those without an end come last.
    case to

    func sql(isDescending: Bool) -> SQL {
        switch (self, isDescending) {
        case (.recorded, false): "o.id"
        case (.recorded, true): "o.id DESC"
        case (.name, false): "r.title_folded, o.id"
        case (.name, true): "r.title_folded DESC, o.id DESC"
        case (.from, false): "CASE WHEN o.starts_at IS NULL THEN 1 ELSE 0 END, o.starts_at, o.id"
        case (.from, true): "CASE WHEN o.starts_at IS NULL THEN 1 ELSE 0 END, o.starts_at DESC, o.id DESC"
        case (.to, false): "CASE WHEN o.ends_at IS NULL THEN 1 ELSE 0 END, o.ends_at, o.id"
        case (.to, true): "CASE WHEN o.ends_at IS NULL THEN 1 ELSE 0 END, o.ends_at DESC, o.id DESC"
        }
    }
}

/// A page of the register in the order asked for.
public struct OrderListing: Hashable, Sendable {
    /// Orders that the actor may list.
    public let items: [OrderItem]
    /// Whether there are more.
    public let hasMore: Bool
}

extension OrderStore {
    /// The most that one page shows.
    public static let longestPage = 200

    /// A page of the orders that the actor may list. It walks from the beginning, so its cost follows the offset; it
    /// never tells how many it leaves out.
    /// - Parameters:
    ///   - offset: how many of the actor's own to pass over.
    ///   - limit: at most so many, 1 to 200.
    /// - Throws: `StorageError`.
    public func page(
        _ filter: OrderFilter = OrderFilter(), by sort: OrderSort = .recorded, isDescending: Bool = true,
        from offset: Int = 0, limit: Int = 50, on occasion: Occasion, in connection: Connection
    ) throws -> OrderListing {
        let limit = min(max(limit, 1), OrderStore.longestPage)
        let filter = try resolved(filter, on: occasion, in: connection)
        let ids = try sorted(filter, sort, isDescending, on: occasion, in: connection)
        var found: [ID<Order>] = []
        var next = 0
        let wanted = max(offset, 0) + limit + 1
        while found.count < wanted, next < ids.count {
            let batch = Array(ids[next..<min(next + 500, ids.count)])
            next += batch.count
            found += try readable(batch, .list, .p1, on: occasion, in: connection)
        }
        let shown = Array(found.dropFirst(max(offset, 0)).prefix(limit))
        try note(.list, shown, filter, reason: nil, on: occasion, in: connection)
        return OrderListing(
            items: try items(shown, now: occasion.now, in: connection).map(\.item), hasMore: found.count >= wanted)
    }

    /// The orders that the actor may export, names and terms and nothing above, with those terms that must be kept now.
    /// - Parameter reason: why; the audit keeps it.
    /// - Throws: `StorageError`.
    public func export(
        _ filter: OrderFilter, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<[(item: OrderItem, order: Order, binding: [OrderTerm])], RegisterRefusal> {
        guard Order.isFilled(reason) else { return .failure(.reasonNeeded) }
        let filter = try resolved(filter, on: occasion, in: connection)
        let ids = try readable(
            sorted(filter, .recorded, true, on: occasion, in: connection), .export, .p1, on: occasion, in: connection)
        try note(.export, ids, filter, reason: reason, on: occasion, in: connection)
        return .success(try items(ids, now: occasion.now, in: connection))
    }

    private func sorted(
        _ filter: OrderFilter, _ sort: OrderSort, _ isDescending: Bool, on occasion: Occasion,
        in connection: Connection
    ) throws -> [ID<Order>] {
        let condition = filter.asked(now: occasion.now)?.sql ?? "1 = 1"
        return try connection.rows(
            """
            SELECT o.id FROM orders o JOIN register_records r ON r.id = o.id
            WHERE \(condition)
            ORDER BY \(sort.sql(isDescending: isDescending))
            """
        ).map { try $0.get("id") }
    }

    /// Orders as lists show them, with their names and terms.
    private func items(
        _ ids: [ID<Order>], now: Instant, in connection: Connection
    ) throws -> [(item: OrderItem, order: Order, binding: [OrderTerm])] {
        var found: [(item: OrderItem, order: Order, binding: [OrderTerm])] = []
        let shown = Set(OrderField.allCases.filter { $0.fieldClass <= .p1 })
        for start in stride(from: 0, to: ids.count, by: 500) {
            let batch = Array(ids[start..<min(start + 500, ids.count)])
            let rows = try OrderRows.rows(batch, in: connection)
            let entries = try register.entries(batch.map { ID<Registered>($0) }, now: now, in: connection)
            for id in batch {
                guard let row = rows[id], let entry = entries[ID<Registered>(id)] else { continue }
                let item = OrderItem(
                    id: id, agency: entry.facts.agency, name: row.order.subjectName, type: row.order.type,
                    state: row.order.state(at: now), from: row.order.dates.from, to: row.order.dates.to)
                found.append((item, try row.order.only(shown), bindingTerms(of: row.order, at: now)))
            }
        }
        return found
    }

    /// Keeps in the audit which orders were listed or exported.
    func note(
        _ act: AuditAct, _ ids: [ID<Order>], _ filter: OrderFilter, reason: String?, on occasion: Occasion,
        in connection: Connection
    ) throws {
        var entry = occasion.entry(act, Code(try OrderStore.kind().text).map { AuditObject($0) })
        entry.query = filter.asked(now: occasion.now)?.says
        entry.reason = reason
        entry.results = Int64(ids.count)
        entry.subjects = ids.map { AuditSubject($0) }
        entry.ruleVersion = register.roles.version
        try AuditLog.append(entry, in: connection)
    }
}
