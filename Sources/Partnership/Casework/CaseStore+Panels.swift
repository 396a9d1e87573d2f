public import Governance
public import Kernel
public import Storage

// MARK: - What panels do

extension CaseStore {
    /// Moves a case on by what a panel did with it, as its type says: clocks and flags begin and end, and a step is made
    /// that waits for the panel, unless a gate that no reason passes stands before it.
    ///
    /// Whether the actor may act for the panel is for the panel's register to say: this asks nothing. What they did to
    /// the case stands in the audit.
    /// - Parameter told: which panel, and when: it stands beside the step.
    /// - Throws: `StorageError`; a `Fault` when a rule of the case's clocks is wrong.
    public func follow(
        _ step: PanelStep, of id: ID<CaseRecord>, told: String, on occasion: Occasion, in connection: Connection
    ) throws {
        guard var record = try CaseRows.record(id, in: connection) else { return }
        let type = try type(of: record)
        let entries = try register.entries([ID(id)], now: occasion.now, in: connection)
        guard let entry = entries[ID(id)], let state = type.state(record.state), !state.ends else { return }
        var events: Set<CaseEvent> = [.panel(step)]
        let standing = try standing(record, of: type, entry, on: occasion, in: connection)
        if let move = type.moves.first(where: { $0.atPanel == step && $0.leaves(state) }) {
            let unmet = move.unmet(standing)
            if unmet.allSatisfy(\.allowsReason) {
                record = try make(
                    move, of: record, type, reason: told, passed: unmet, on: occasion, in: connection)
                events.insert(.moved(move.code))
            }
        }
        try register.note(.update, ID(id), .p2, RegisterDetail(fields: ["state"]), on: occasion, in: connection)
        try happened(events, to: record, of: type, on: occasion, in: connection)
    }
}
