public import Governance
public import Kernel
public import Storage

// MARK: - Recording and changing

extension OrderStore {
    /// Records a draft for the actor's agency, which becomes its applicant. The actor owns the record.
    /// - Parameters:
    ///   - draft: the order; steps, clocks and rules that it claims to have are left away.
    ///   - earlier: the warning or notice that came before it, which the actor must be allowed to read.
    ///   - team: the team that works on it: one of the actor's.
    /// - Throws: `StorageError`.
    public func create(
        _ draft: Order, after earlier: ID<Order>? = nil, team: Code<Team>? = nil, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<ID<Order>, OrderStoreRefusal> {
        let actor = occasion.actor
        let order: Order
        switch try cleaned(draft, after: earlier, on: occasion, in: connection) {
        case .success(let cleaned): order = cleaned
        case .failure(let refusal): return .failure(refusal)
        }
        let id = ID<Order>(at: occasion.now)
        let row = OrderRow(id: id, order: order, version: 1, changedAt: occasion.now, changedBy: actor.account)
        var facts = RecordFacts(kind: try OrderStore.kind(), agency: actor.agency)
        facts.owner = actor.account
        facts.team = team.flatMap { actor.teams.contains($0) ? $0 : nil }
        // From those who have a conflict of interest with the subject or a case it is hidden from the beginning.
        facts.conflicts = try conflicts(with: OrderStore.followed(by: order), now: occasion.now, in: connection)
        let entry = RegisterEntry(ID(id), facts, title: order.subjectName, titleClass: .p1)
        let filled = order.filled
        let added = try register.add(
            entry, filled.map(\.fieldClass).max() ?? .p1,
            detail: RegisterDetail(fields: filled.map(\.rawValue), after: order.digest), on: occasion, in: connection)
        if case .failure(let refusal) = added { return .failure(.register(refusal)) }
        try OrderRows.insert(row, in: connection)
        try register.tellConflicts(of: facts.conflicts, with: ID(id), on: occasion, in: connection)
        return .success(id)
    }

    /// A draft with nothing but what a draft may hold.
    private func cleaned(
        _ draft: Order, after earlier: ID<Order>?, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Order, OrderStoreRefusal> {
        do { _ = try draft.type(law) } catch { return .failure(.order(error)) }
        guard Order.isFilled(draft.subjectName) else {
            return .failure(.order(OrderStore.unnamed))
        }
        var order = Order(
            draft.type, subject: draft.subject, name: draft.subjectName, born: draft.born,
            applicant: occasion.actor.agency, maker: draft.maker)
        order.court = draft.court
        order.area = draft.area
        order.terms = draft.terms
        order.areaText = draft.areaText
        order.hasPowerOfArrest = draft.hasPowerOfArrest
        order.isInterim = draft.isInterim
        order.isUndertaking = draft.isUndertaking
        order.riskAssessment = draft.riskAssessment
        order.penalty = draft.penalty
        order.earlyPenalty = draft.earlyPenalty
        order.cases = draft.cases
        order.equality = draft.equality
        order.protected = draft.protected
        guard let earlier else { return .success(order) }
        return try before(earlier, order, on: occasion, in: connection).map { before in
            order.before = before
            return order
        }.mapError { .register($0) }
    }

    /// What came before an order, as it is now: read by the actor, and about the order's own subject where that is another
    /// record of the same person.
    private func before(
        _ earlier: ID<Order>, _ order: Order, on occasion: Occasion, in connection: Connection
    ) throws -> Result<OrderBefore, RegisterRefusal> {
        switch try read(earlier, on: occasion, in: connection) {
        case .found(let found):
            let records = try OrderStore.same(order.subject, in: connection).map { OrderSubject.person($0) }
            let subject = records.contains(found.order.subject) ? order.subject : found.order.subject
            return .success(
                OrderBefore(id: earlier, type: found.order.type, subject: subject, at: found.order.madeAt))
        case .refused(_, let reason): return .failure(.denied(reason))
        case .absent: return .failure(.absent)
        }
    }

    /// Changes an order by a step or by hand. Its type and its applicant stay, and what came before it from the day it is
    /// authorised.
    /// - Parameters:
    ///   - earlier: the warning or notice that came before a draft, which the actor must be allowed to read; nil to leave
    ///     what stands there.
    ///   - version: the version that the actor saw. When someone else changed the order since, nothing is changed
    ///     and the answer is the actor's version beside how it is now, as far as the actor may see.
    ///   - body: the change: a step of `Order`, or fields set. It is called more than once and must do nothing else.
    /// - Throws: `StorageError`.
    public func change(
        _ id: ID<Order>, version: Int64, after earlier: ID<Order>? = nil, on occasion: Occasion,
        in connection: Connection,
        _ body: (inout Order) throws(OrderRefusal) -> Void
    ) throws -> Result<Void, OrderStoreRefusal> {
        let registered = ID<Registered>(id)
        let found = try register.find(registered, for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = found, let row = try OrderRows.row(id, in: connection) else {
            return .failure(OrderStore.refusal(found))
        }
        guard allows(.update, .p1, entry, occasion) else {
            // The policy says why not, and the audit keeps it.
            let denied = try register.find(registered, for: .update, .p1, on: occasion, in: connection)
            return .failure(OrderStore.refusal(denied))
        }
        guard version == row.version else {
            return .failure(try conflict(id, saw: version, entry, on: occasion, in: connection, body))
        }
        let drafted: Order
        switch try prepared(row.order, after: earlier, on: occasion, in: connection) {
        case .success(let prepared): drafted = prepared
        case .failure(let refusal): return .failure(.register(refusal))
        }
        var order = drafted
        do { try body(&order) } catch { return .failure(.order(error)) }
        order.type = row.order.type
        order.applicant = row.order.applicant
        // What came before is kept as it is when the order is authorised, or when someone says what it is.
        let isKept = earlier != nil || order.step != row.order.step
        order.before = isKept ? drafted.before : row.order.before
        guard Order.isFilled(order.subjectName) else { return .failure(.order(OrderStore.unnamed)) }
        let changed = order.changes(from: row.order)
        if let hidden = touched(by: body, in: drafted).subtracting(allowed(.update, entry, occasion)).first {
            // Whether it would have made a difference is not told.
            let denied = try register.find(registered, for: .update, hidden.fieldClass, on: occasion, in: connection)
            return .failure(OrderStore.refusal(denied))
        }
        if changed.isEmpty { return .success(()) }
        let detail = RegisterDetail(
            fields: changed.map(\.rawValue), before: row.order.digest, after: order.digest)
        let done = try register.change(
            registered, changed.map(\.fieldClass).max() ?? .p1, detail: detail, on: occasion, in: connection
        ) { $0.title = order.subjectName }
        if case .failure(let refusal) = done { return .failure(.register(refusal)) }
        let next = OrderRow(
            id: id, order: order, version: row.version + 1, changedAt: occasion.now,
            changedBy: occasion.actor.account)
        _ = try OrderRows.update(next, in: connection)
        // What it followed before may have been opened by hand since.
        let followed = Set(OrderStore.followed(by: order)).subtracting(OrderStore.followed(by: row.order))
        let conflicts = try conflicts(with: followed.sorted(), now: occasion.now, in: connection)
        try register.close(registered, to: conflicts, on: occasion, in: connection)
        return .success(())
    }

    /// A draft with what came before it: what someone says it is, or, where it was not served yet when it was named or is
    /// about another record, as it is now.
    private func prepared(
        _ order: Order, after earlier: ID<Order>?, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Order, RegisterRefusal> {
        guard order.step == .draft else { return .success(order) }
        var order = order
        if let earlier {
            return try before(earlier, order, on: occasion, in: connection).map {
                order.before = $0
                return order
            }
        }
        guard let kept = order.before, kept.at == nil || kept.subject != order.subject else { return .success(order) }
        // Who may no longer read it goes on with what was kept.
        if case .success(let now) = try before(kept.id, order, on: occasion, in: connection) { order.before = now }
        return .success(order)
    }

    /// The fields above names and terms that a change writes by hand, whatever stands in them.
    private func touched(
        by body: (inout Order) throws(OrderRefusal) -> Void, in order: Order
    ) -> Set<OrderField> {
        var probe = order
        probe.riskAssessment = "probe"
        probe.equality = OrderEquality(sex: "probe", ethnicGroup: "probe")
        probe.protected = [ProtectedPerson(details: "probe")]
        var after = probe
        do { try body(&after) } catch { return [] }
        let byHand: [OrderField] = [.authorisation, .proportionality, .equality, .protected]
        return Set(after.changes(from: probe)).intersection(byHand)
    }

    /// Both versions of a change that came too late.
    private func conflict(
        _ id: ID<Order>, saw version: Int64, _ entry: RegisterEntry, on occasion: Occasion,
        in connection: Connection, _ body: (inout Order) throws(OrderRefusal) -> Void
    ) throws -> OrderStoreRefusal {
        guard case .found(let now) = try read(id, on: occasion, in: connection) else { return .register(.absent) }
        guard var seen = try OrderRows.row(id, version: version, in: connection)?.order else {
            return .changedMeanwhile(yours: nil, now: now)
        }
        do { try body(&seen) } catch { return .changedMeanwhile(yours: nil, now: now) }
        return .changedMeanwhile(yours: try seen.only(now.shown), now: now)
    }

    /// Changes who may see an order: whom it is shared with, how it is guarded, who is named. Where nothing differs
    /// nothing is written, and the right is asked for all the same.
    /// - Throws: `StorageError`.
    public func guardRecord(
        _ id: ID<Order>, reason: String, on occasion: Occasion, in connection: Connection,
        _ body: (inout RecordFacts) -> Void
    ) throws -> Result<Void, OrderStoreRefusal> {
        let registered = ID<Registered>(id)
        let found = try register.find(registered, for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = found else { return .failure(OrderStore.refusal(found)) }
        var facts = entry.facts
        body(&facts)
        let mayShare = allows(.share, entry.titleClass, entry, occasion)
        guard mayShare || allows(.grant, entry.titleClass, entry, occasion) else {
            // The policy says why not, and the audit keeps it.
            let denied = try register.find(registered, for: .grant, on: occasion, in: connection)
            return .failure(OrderStore.refusal(denied))
        }
        if facts == entry.facts { return .success(()) }
        // Sealing is the chair's, of what is on a panel's table; an order is not.
        if facts.recordClass == .sealed { return .failure(.register(.denied(.sealed))) }
        var detail = RegisterDetail.guards(from: entry.facts, to: facts)
        if facts.shares != entry.facts.shares {
            detail.fields += facts.shares.map { "share:\($0.agency):\($0.highest.text)" }
        }
        detail.accounts += facts.conflicts.symmetricDifference(entry.facts.conflicts).sorted()
        // On the other side of the wall, whom the order protects would lie open.
        let isSideKept = facts.side == entry.facts.side
        let depth = max(facts.shares.map(\.highest).max() ?? .p1, isSideKept ? .p1 : OrderField.protected.fieldClass)
        let done = try register.change(
            registered, depth, reason: reason, detail: detail, on: occasion, in: connection
        ) { $0.facts = facts }
        return done.map { _ in () }.mapError { .register($0) }
    }

    private static let unnamed = OrderRefusal(
        "Nobody and nothing is named", source: "The register",
        allowed: "With the name of the person, body, place or tenancy")
}
