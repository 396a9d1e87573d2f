public import Governance
public import Kernel

/// An order as one actor may see it.
public struct ShownOrder: Hashable, Sendable {
    /// The order's identifier, also in the register and in the audit.
    public let id: ID<Order>
    /// The order. Fields that the actor may not see are empty.
    public let order: Order
    /// Those among its terms that must be kept now: while an appeal waits, some or all may be on hold.
    public let bindingTerms: [OrderTerm]
    /// The fields that the actor may see.
    public let shown: Set<OrderField>
    /// The fields that the actor may change.
    public let changeable: Set<OrderField>
    /// What the policy knows of the record.
    public let facts: RecordFacts
    /// Whether the actor may decide who sees it.
    public let mayGuard: Bool
    /// The version, for a change.
    public let version: Int64
    /// When it was last changed.
    public let changedAt: Instant
    /// By whom.
    public let changedBy: ID<Account>
}

/// What a look at one order gave.
public enum OrderFinding: Hashable, Sendable {
    /// The order, as far as the actor may see.
    case found(ShownOrder)
    /// There is one, held by that agency, and it is not to be seen.
    case refused(agency: Code<Agency>, AccessDecision.Reason)
    /// There is none, or none that exists for this actor.
    case absent
}

/// An order in a list.
public struct OrderItem: Hashable, Sendable {
    /// The order.
    public let id: ID<Order>
    /// The agency that holds it.
    public let agency: Code<Agency>
    /// The subject's name.
    public let name: String
    /// Its type.
    public let type: Code<OrderType>
    /// Its state now.
    public let state: Order.State
    /// From when it holds.
    public let from: Instant?
    /// The first moment at which it no longer holds.
    public let to: Instant?
}

/// A part of a list of orders. It never tells how many it leaves out.
public struct OrdersPage: Hashable, Sendable {
    /// Orders that the actor may list, the newest first.
    public var items: [OrderItem]
    /// Where the next page begins, or nil at the end.
    public var next: ID<Order>?
}

/// Why an order was not recorded or changed.
public enum OrderStoreRefusal: Error, Hashable, Sendable {
    /// The register refuses.
    case register(RegisterRefusal)
    /// The law, the order types or the order's course refuse.
    case order(OrderRefusal)
    /// Someone else changed it in between: the actor's change of what they saw, and how it is now. `yours` is nil where
    /// the change cannot be made of what they saw.
    case changedMeanwhile(yours: Order?, now: ShownOrder)
}
