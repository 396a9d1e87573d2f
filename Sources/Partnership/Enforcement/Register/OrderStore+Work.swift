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
        /// A clock that is late or was met late, without a reason, on an order of the agency that the actor supervises and
        /// on which someone else works.
        case breach(OrderType.Clock.Purpose)
        /// The order's end: the first or the second warning.
        case expiry(warning: Int)
    }

    /// The order.
    public let item: OrderItem
    /// What waits.
    public let kind: Kind
    /// The first moment at which it is late.
    public let dueAt: Instant
    /// Who answers for the order.
    public let owner: ID<Account>?
}

extension OrderStore {
    /// The most breaches of an agency's clocks that are shown, the oldest first.
    public static let longestWork = 100

    /// Everything on orders that waits for the actor, what is due first at the top: clocks of orders that they or their
    /// teams work on, orders whose end comes near, and for whoever supervises an agency its clocks that are late.
    /// - Throws: `StorageError`, or a `Fault` when a rule is missing.
    public func work(on occasion: Occasion, in connection: Connection) throws -> [OrderWork] {
        let actor = occasion.actor
        let teams = actor.teams.sorted().map(\.text)
        let isOwn: SQL = "(r.owner = \(actor.account) OR r.team IN (\(list: teams.isEmpty ? [""] : teams)))"
        let own: [ID<Order>] = try connection.rows(
            """
            SELECT o.id FROM orders o JOIN register_records r ON r.id = o.id
            WHERE \(isOwn) AND o.step NOT IN ('withdrawn', 'discharged')
            ORDER BY o.id
            """
        ).map { try $0.get("id") }
        var work = try gathered(own, .update, on: occasion, in: connection) { order throws(Fault) in
            try waiting(order, at: occasion.now)
        }
        if try supervises(occasion) {
            // Where nobody in particular answers for an order, `NOT` alone would leave it out.
            let types = law.types.all.filter { $0.clocks.contains { $0.purpose.isOurs } }.map(\.code.text)
            // What nobody explained within a year of an order's end is for the report, and not for today.
            let longAgo = occasion.now.advanced(bySeconds: -366 * 86_400)
            let others: [ID<Order>] = try connection.rows(
                """
                SELECT o.id FROM orders o JOIN register_records r ON r.id = o.id
                WHERE r.agency = \(actor.agency) AND (r.owner IS NULL OR r.owner <> \(actor.account))
                    AND (r.team IS NULL OR r.team NOT IN (\(list: teams.isEmpty ? [""] : teams)))
                    AND o.step NOT IN ('draft', 'withdrawn', 'discharged')
                    AND o.type IN (\(list: types.isEmpty ? [""] : types))
                    AND (o.ends_at IS NULL OR o.ends_at > \(longAgo))
                ORDER BY o.id
                """
            ).map { try $0.get("id") }
            let late = try gathered(others, .list, on: occasion, in: connection) { order in
                breaches(of: order, at: occasion.now)
            }
            work += late.sorted(by: OrderStore.isEarlier).prefix(OrderStore.longestWork)
        }
        if !work.isEmpty {
            let shown = Set(work.map(\.item.id)).sorted()
            try note(.list, shown, OrderFilter(), reason: nil, on: occasion, in: connection)
        }
        return work.sorted(by: OrderStore.isEarlier)
    }

    private static func isEarlier(_ one: OrderWork, _ other: OrderWork) -> Bool {
        (one.dueAt, one.item.id.text) < (other.dueAt, other.item.id.text)
    }

    /// What waits on those among these orders with which the actor may do something.
    private func gathered(
        _ ids: [ID<Order>], _ action: AccessAction, on occasion: Occasion, in connection: Connection,
        _ waiting: (Order) throws(Fault) -> [(kind: OrderWork.Kind, dueAt: Instant)]
    ) throws -> [OrderWork] {
        let open = try readable(ids, action, .p1, on: occasion, in: connection)
        var work: [OrderWork] = []
        for start in stride(from: 0, to: open.count, by: 500) {
            let batch = Array(open[start..<min(start + 500, open.count)])
            let rows = try OrderRows.rows(batch, in: connection)
            let entries = try register.entries(batch.map { ID<Registered>($0) }, now: occasion.now, in: connection)
            for id in batch {
                guard let order = rows[id]?.order, let facts = entries[ID<Registered>(id)]?.facts else { continue }
                let item = OrderItem(
                    id: id, agency: facts.agency, name: order.subjectName, type: order.type,
                    state: order.state(at: occasion.now), from: order.dates.from, to: order.dates.to)
                work += try waiting(order).map {
                    OrderWork(item: item, kind: $0.kind, dueAt: $0.dueAt, owner: facts.owner)
                }
            }
        }
        return work
    }

    /// Whether the actor decides over the orders of their agency, whoever works on them.
    private func supervises(_ occasion: Occasion) throws -> Bool {
        let facts = RecordFacts(kind: try OrderStore.kind(), agency: occasion.actor.agency)
        return Access.decide(
            AccessRequest(occasion.actor, .grant, facts, .p0), roles: register.roles, now: occasion.now
        ).isPermitted
    }

    /// What waits on one order.
    private func waiting(_ order: Order, at now: Instant) throws(Fault) -> [(kind: OrderWork.Kind, dueAt: Instant)] {
        let today = now.ukDate
        var waiting: [(kind: OrderWork.Kind, dueAt: Instant)] = []
        for (clock, end) in open(order, at: now) {
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

    /// The clocks of one order that are late, or were met late, and have no reason.
    private func breaches(of order: Order, at now: Instant) -> [(kind: OrderWork.Kind, dueAt: Instant)] {
        open(order, at: now).filter { $0.end.at <= now }.map { (.breach($0.clock.purpose), $0.end.at) }
    }

    /// The clocks of the agency's own that were not met, or were met late, and have no reason.
    private func open(_ order: Order, at now: Instant) -> [(clock: OrderClock, end: Deadline)] {
        order.clocks.compactMap { clock in
            let (running, calendar) = (clock.clock, law.calendar)
            guard clock.purpose.isOurs, running.breachReason == nil,
                running.metAt == nil || running.needsReason(at: now, on: calendar),
                let end = calendar.deadline(running.length, from: running.startedAt, pauses: running.pauses)
            else { return nil }
            // A court hears what a notice leads to also after the notice has ended; a review that nobody made falls away
            // with the order.
            let isOver = order.state(at: now).isOver && clock.purpose == .review && running.metAt == nil
            return isOver ? nil : (clock, end)
        }
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
