public import Governance
public import Kernel
internal import Rules
public import Storage

extension OrderStore {
    /// The register's report of a period, over the orders that the actor may count.
    /// - Parameter isPublic: small counts are kept back (`suppression.min`), for print.
    /// - Throws: `StorageError`, or a `Fault` when the rule is missing.
    public func report(
        from first: LocalDate, to last: LocalDate, isPublic: Bool, on occasion: Occasion, in connection: Connection
    ) throws -> OrderReport {
        let minimum = isPublic ? try law.rules.number("suppression.min", on: occasion.now.ukDate) : nil
        let orders = try countable(from: first, to: last, .p0, "report", on: occasion, in: connection)
        return OrderReport(of: orders, from: first, to: last, types: law.types, minimum: minimum)
    }

    /// Who was made subject to orders in a period, over the orders that the actor may count down to sex and ethnic
    /// group (P2). Small counts are kept back.
    /// - Throws: `StorageError`, or a `Fault` when the rule is missing.
    public func profile(
        from first: LocalDate, to last: LocalDate, on occasion: Occasion, in connection: Connection
    ) throws -> OrderProfile {
        let minimum = try law.rules.number("suppression.min", on: occasion.now.ukDate)
        let depth = OrderField.equality.fieldClass
        let orders = try countable(from: first, to: last, depth, "profile", on: occasion, in: connection)
        return OrderProfile(of: orders, from: first, to: last, minimum: minimum)
    }

    /// Orders that were made or held in a period, or on which something was decided then, with an entry in the audit that
    /// says how many were counted.
    private func countable(
        from first: LocalDate, to last: LocalDate, _ depth: FieldClass, _ name: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> [Order] {
        let (start, end) = (first.startInUK, last.advanced(by: 1).startInUK)
        // What was decided in a period was entered in it or later.
        let condition: SQL = """
            (\(OrderFilter.live(from: start, until: end))) OR (o.made_at >= \(start) AND o.made_at < \(end))
                OR o.changed_at >= \(start)
            """
        let ids = try readable(
            OrderRows.ids(where: condition, in: connection), .count, depth, on: occasion, in: connection)
        var orders: [Order] = []
        for first in stride(from: 0, to: ids.count, by: 500) {
            let batch = Array(ids[first..<min(first + 500, ids.count)])
            let rows = try OrderRows.rows(batch, in: connection)
            orders += batch.compactMap { rows[$0]?.order }.filter { $0.isCounted(in: start..<end) }
        }
        var entry = occasion.entry(.list, Code(try OrderStore.kind().text).map { AuditObject($0) })
        entry.query = "\(name) \(first) to \(last)"
        entry.results = Int64(orders.count)
        entry.ruleVersion = register.roles.version
        try AuditLog.append(entry, in: connection)
        return orders
    }
}
