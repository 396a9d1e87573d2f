public import Governance
public import Kernel
public import Storage

/// A change of an order.
public struct OrderVersion: Hashable, Sendable {
    /// Its number, from 1.
    public let number: Int64
    /// When.
    public let at: Instant
    /// Who.
    public let by: ID<Account>
    /// The parts that changed, of those that the actor may see.
    public let changed: [OrderField]
    /// The step that was taken; nil where it stayed the same.
    public let step: Order.State?
}

extension OrderStore {
    /// What was done to an order, the newest first; nil when it is not there for the actor. Changes of parts that the
    /// actor may not see are left out.
    /// - Throws: `StorageError`.
    public func history(
        of id: ID<Order>, on occasion: Occasion, in connection: Connection
    ) throws -> [OrderVersion]? {
        guard case .found(let shown) = try read(id, on: occasion, in: connection) else { return nil }
        let rows = try OrderRows.versions(id, in: connection)
        var versions: [OrderVersion] = []
        for (index, row) in rows.enumerated() {
            let earlier: Order? = rows[safe: index - 1]?.order
            let all = earlier.map { row.order.changes(from: $0) } ?? row.order.filled
            let changed = all.filter(shown.shown.contains)
            guard !changed.isEmpty else { continue }
            versions.append(
                OrderVersion(
                    number: row.version, at: row.changedAt, by: row.changedBy, changed: changed,
                    step: earlier?.step == row.order.step ? nil : row.order.step))
        }
        return versions.reversed()
    }
}
