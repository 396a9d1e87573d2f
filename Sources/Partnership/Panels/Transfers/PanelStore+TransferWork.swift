public import Governance
public import Kernel
public import Storage

/// A case that another area handed to a panel here, and that nobody has acknowledged.
public struct WaitingTransfer: Hashable, Sendable {
    /// The transfer.
    public let id: ID<PanelTransfer>
    /// The panel.
    public let panel: Code<Panel>
    /// The last day to acknowledge it.
    public let due: LocalDate
}

extension PanelStore {
    /// The most transfers that are looked at.
    private static let longestTransferWork = 200

    /// Transfers that a panel of the actor's received and that they may acknowledge, what is due first at the top. Of a
    /// case that is hidden from them, nothing.
    /// - Throws: `StorageError`; a `Fault` when there is no such kind of record.
    public func transfersToAcknowledge(
        on occasion: Occasion, in connection: Connection
    ) throws -> [WaitingTransfer] {
        let today = occasion.now.ukDate
        let panels = partnership.visiblePanels(for: occasion.actor, on: today).map(\.code)
        guard !panels.isEmpty else { return [] }
        let rows = try connection.rows(
            """
            SELECT id, panel, case_id, acknowledge_by FROM panel_transfers
            WHERE direction = 'in' AND acknowledged_at IS NULL AND panel IN (\(list: panels))
            ORDER BY acknowledge_by, id LIMIT \(PanelStore.longestTransferWork)
            """
        ).map { row in
            (
                transfer: WaitingTransfer(
                    id: try row.get("id"), panel: try row.get("panel"), due: try row.get("acknowledge_by")),
                record: try row.get("case_id", as: ID<Registered>.self)
            )
        }
        let kind = try PanelStore.kind("case")
        let listed = try register.listed(rows.map(\.record), kind, on: occasion, in: connection).map(\.id)
        let entries = try register.entries(listed, now: occasion.now, in: connection)
        return rows.filter { row in
            guard let entry = entries[row.record] else { return false }
            func allows(_ action: AccessAction, _ fieldClass: FieldClass) -> Bool {
                register.decide(action, fieldClass, on: entry, by: occasion.actor, now: occasion.now).isPermitted
            }
            return allows(.read, .p1) && allows(.update, .p0)
        }.map(\.transfer)
    }
}
