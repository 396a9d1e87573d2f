public import Governance
public import Kernel
public import Storage

/// A proposal to put two records together that waits for the actor.
public struct WaitingMerge: Hashable, Sendable {
    /// The proposal.
    public let id: ID<PersonMerge>
    /// The record that would lead.
    public let lead: PersonItem
    /// When it was proposed.
    public let proposedAt: Instant
}

extension PersonStore {
    /// The most proposals that are looked at.
    private static let longestMergeWork = 200

    /// Proposals of others that the actor may confirm for at least one of the records, the oldest first. Of those with a
    /// record that is not open to them, nothing.
    /// - Throws: `StorageError`.
    public func mergesToConfirm(
        on occasion: Occasion, in connection: Connection
    ) throws -> [WaitingMerge] {
        guard isOpen(to: occasion.actor, for: .merge) else { return [] }
        let account = occasion.actor.account
        let waiting = try MergeRows.waiting(
            butBy: account, limit: PersonStore.longestMergeWork, in: connection)
        let records = Array(Set(waiting.flatMap(\.records)))
        let entries = try register.entries(records.map { ID($0) }, now: occasion.now, in: connection)
        let leads = try MergeRows.leads(of: records, in: connection)
        let own = waiting.filter { merge in
            let open = merge.records.compactMap { entries[ID($0)] }.filter { allows(.read, .p1, $0, occasion) }
            // One of them may have been put together with another since.
            guard open.count == 2, merge.records.allSatisfy({ (leads[$0] ?? $0) == $0 }) else { return false }
            // Across the sides it takes another supervisor for each record.
            let isAcross = (open[0].facts.side == .perpetrator) != (open[1].facts.side == .perpetrator)
            if isAcross, merge.confirmations.values.contains(account) { return false }
            return zip(merge.records, open).contains { record, entry in
                merge.confirmations[record] == nil && allows(.merge, .p1, entry, occasion)
            }
        }
        guard !own.isEmpty else { return [] }
        let items = try items(own.map(\.lead), on: occasion, in: connection)
        let byID = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }
        return try own.compactMap { merge in
            guard try !MergeRows.isNotSame(merge.lead, merge.other, in: connection) else { return nil }
            return byID[merge.lead].map { WaitingMerge(id: merge.id, lead: $0, proposedAt: merge.proposedAt) }
        }
    }
}
