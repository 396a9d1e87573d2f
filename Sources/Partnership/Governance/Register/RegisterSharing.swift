public import Kernel
public import Storage

// MARK: - Sharings that end with another

extension AccessRegister {
    /// Takes sharings from a record that came with those of another record and end with them. No right is asked for, for
    /// it opens nothing: whoever may end the other may end these. Where the record has none of them nothing is written.
    /// - Parameter reason: why, as the audit keeps it.
    /// - Throws: `StorageError`.
    public func withdraw(
        _ shares: [RecordFacts.Share], from id: ID<Registered>, reason: String, on occasion: Occasion,
        in connection: Connection
    ) throws {
        guard !shares.isEmpty, var entry = try RegisterRows.entry(id, now: occasion.now, in: connection) else { return }
        let ended = entry.facts.shares.filter(shares.contains)
        guard !ended.isEmpty else { return }
        entry.facts.shares.removeAll(where: shares.contains)
        entry.version += 1
        entry.changedAt = occasion.now
        guard try RegisterRows.update(entry, in: connection) else { return }
        let agencies = Set(ended.map(\.agency)).sorted()
        try append(
            .disclose, entry, .p0, nil, reason: AccessRegister.given(reason),
            RegisterDetail(fields: agencies.map { "shares.\($0)" }), on: occasion, in: connection)
    }
}
