public import Governance
public import Kernel
public import Storage

/// A breach that is an offence of a person, and no more of it than a count needs.
public struct OrderOffence: Hashable, Sendable {
    /// The record of the person whom the order is about; not to be shown.
    public let person: ID<Registered>
    /// When it happened.
    public let at: Instant
}

extension OrderStore {
    /// The breaches by these people that are offences and were charged, admitted or convicted, of orders that are neither
    /// restricted nor sealed, for who may count the partnership's orders. The audit keeps that they were counted.
    /// - Throws: `StorageError`.
    public func offences(
        of people: Set<ID<Registered>>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<[OrderOffence], RegisterRefusal> {
        // Of no agency, so that what someone may count of their own agency's orders does not open all of them.
        guard let nobody = Code<Agency>("no-agency") else { return .failure(.absent) }
        let facts = RecordFacts(kind: try OrderStore.kind(), agency: nobody)
        let decision = Access.decide(
            AccessRequest(occasion.actor, .count, facts, .p0), roles: register.roles, now: occasion.now)
        if let why = decision.reason { return .failure(decision.isHidden ? .absent : .denied(why)) }
        let found = try recordedOffences(of: people, in: connection)
        var entry = occasion.entry(.read, Code("order").map { AuditObject($0, id: "counted", fields: ["offences"]) })
        entry.by.role = decision.role
        try AuditLog.append(entry, in: connection)
        return .success(found)
    }

    /// The same, for what the partnership has counted by itself: it asks nobody and writes no audit, and what comes of it
    /// holds numbers only.
    /// - Throws: `StorageError`.
    public func recordedOffences(
        of people: Set<ID<Registered>>, in connection: Connection
    ) throws -> [OrderOffence] {
        let types = law.types.all.filter { $0.offence != nil }.map(\.code.text)
        let people = people.sorted()
        var found: [OrderOffence] = []
        for start in stride(from: 0, to: types.isEmpty ? 0 : people.count, by: 500) {
            let batch = Array(people[start..<min(start + 500, people.count)])
            let ids: [ID<Order>] = try connection.rows(
                """
                SELECT o.id FROM orders o JOIN register_records r ON r.id = o.id
                WHERE o.subject IN (\(list: batch)) AND o.subject_kind = 'person' AND o.type IN (\(list: types))
                    AND r.class IN ('normal', 'protected')
                ORDER BY o.id
                """
            ).map { try $0.get("id") }
            let rows = try OrderRows.rows(ids, in: connection)
            for order in ids.compactMap({ rows[$0]?.order }) {
                guard case .person(let person) = order.subject, let type = law.types[order.type] else { continue }
                found += order.offences(type).map { OrderOffence(person: person, at: $0) }
            }
        }
        return found
    }
}
