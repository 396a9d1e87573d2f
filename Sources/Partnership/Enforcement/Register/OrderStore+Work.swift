public import Governance
public import Kernel
internal import Rules
public import Storage

/// Something on an order that waits for someone.
public struct OrderWork: Hashable, Sendable {
    /// What waits.
    public enum Kind: Hashable, Sendable {
        /// A clock of the agency's own, or one that ended and wants a reason.
        case clock(OrderType.Clock.Purpose)
        /// The order's end: the first or the second warning.
        case expiry(warning: Int)
    }

    /// The order.
    public let item: OrderItem
    /// What waits.
    public let kind: Kind
    /// The first moment at which it is late.
    public let dueAt: Instant
}

extension OrderStore {
    /// Everything on orders that waits for the actor, what is due first at the top: clocks of orders that they or their
    /// teams work on, and orders whose end comes near.
    /// - Throws: `StorageError`, or a `Fault` when a rule is missing.
    public func work(on occasion: Occasion, in connection: Connection) throws -> [OrderWork] {
        let actor = occasion.actor
        let teams = actor.teams.sorted().map(\.text)
        let ids: [ID<Order>] = try connection.rows(
            """
            SELECT o.id FROM orders o JOIN register_records r ON r.id = o.id
            WHERE (r.owner = \(actor.account) OR r.team IN (\(list: teams.isEmpty ? [""] : teams)))
                AND o.step NOT IN ('refused', 'withdrawn', 'discharged')
            ORDER BY o.id
            """
        ).map { try $0.get("id") }
        let mine = try readable(ids, .update, .p1, on: occasion, in: connection)
        let rows = try OrderRows.rows(mine, in: connection)
        let entries = try register.entries(mine.map { ID<Registered>($0) }, now: occasion.now, in: connection)
        var work: [OrderWork] = []
        for id in mine {
            guard let order = rows[id]?.order, let agency = entries[ID<Registered>(id)]?.facts.agency else { continue }
            let item = OrderItem(
                id: id, agency: agency, name: order.subjectName, type: order.type,
                state: order.state(at: occasion.now), from: order.dates.from, to: order.dates.to)
            work += try waiting(order, at: occasion.now).map { OrderWork(item: item, kind: $0.kind, dueAt: $0.dueAt) }
        }
        return work.sorted { ($0.dueAt, $0.item.id.text) < ($1.dueAt, $1.item.id.text) }
    }

    /// What waits on one order.
    private func waiting(_ order: Order, at now: Instant) throws(Fault) -> [(kind: OrderWork.Kind, dueAt: Instant)] {
        let today = now.ukDate
        var waiting: [(kind: OrderWork.Kind, dueAt: Instant)] = []
        for clock in order.clocks where clock.purpose.isOurs {
            // A court hears what a notice leads to also after the notice has ended; a review falls away with the order.
            let isOver = order.state(at: now).isOver && clock.purpose == .review
            guard !isOver, clock.clock.metAt == nil, clock.clock.breachReason == nil,
                let end = law.calendar.deadline(
                    clock.clock.length, from: clock.clock.startedAt, pauses: clock.clock.pauses)
            else { continue }
            // A review a year ahead does not wait yet.
            let last = end.lastDay ?? end.at.ukDate
            guard today >= (try law.rules.windowStart("order.expiryWarning.first", endingOn: last)) else { continue }
            waiting.append((.clock(clock.purpose), end.at))
        }
        if let warning = try order.expiryWarning(on: today, law.rules), let end = order.dates.to, end > now {
            waiting.append((.expiry(warning: warning), end))
        }
        return waiting
    }
}

extension Order.State {
    /// Whether nothing more can happen.
    public var isOver: Bool {
        switch self {
        case .refused, .withdrawn, .discharged, .expired: true
        case .draft, .authorised, .served, .hearingSet, .made, .inForce, .varied, .extended, .appealed: false
        }
    }
}
