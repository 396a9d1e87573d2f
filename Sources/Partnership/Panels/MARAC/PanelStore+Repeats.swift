internal import Casework
internal import Governance
internal import Kernel
internal import People
public import Storage

// MARK: - Repeats

extension PanelStore {
    /// Decides whether a referral is a repeat, by the definition that holds, and keeps both. All accepted referrals to
    /// panels of the same kind count, whoever may see them: the answer says only whether it is one.
    func findRepeat(_ referral: PanelReferral, in connection: Connection) throws {
        guard let pair = try MARACRows.pair(of: referral.id, in: connection) else { return }
        let kind = try panel(referral.panel).type.code
        let panels = partnership.panels.filter { $0.kind == kind }.map(\.code)
        let earlier = try MARACRows.accepted(by: panels, but: referral.id, in: connection)
        let found = try RepeatRule.finding(
            pair.incident, among: earlier, identity: identity(in: connection), under: policy)
        try connection.run(
            """
            UPDATE panel_referrals
            SET repeat_definition = \(found.definition.rawValue), is_repeat = \(found.isRepeat)
            WHERE id = \(referral.id)
            """)
    }

    /// Whether nobody looked for a repeat where the panel does: the referral of an item that the actor sees did not name
    /// both the victim and who harms.
    /// - Throws: `StorageError`; a `Fault` when the partnership has no such panel any more.
    public func hasNoPair(_ item: AgendaItem, in connection: Connection) throws -> Bool {
        guard item.kind == .new, let id = item.referral,
            let referral = try ReferralRows.referral(id, in: connection), try panel(referral.panel).type.asksPair
        else { return false }
        return referral.repeatFound == nil
    }

    func isRepeat(_ referral: PanelReferral, in connection: Connection) throws -> Bool {
        try connection.first("SELECT is_repeat FROM panel_referrals WHERE id = \(referral.id)")?
            .optional("is_repeat", as: Bool.self) ?? false
    }

    func isTransferredIn(_ referral: PanelReferral, in connection: Connection) throws -> Bool {
        // Of several referrals of a case that came from another area, the first is the transfer.
        guard try TransferRows.received(referral.caseID, by: referral.panel, in: connection) != nil else {
            return false
        }
        return try ReferralRows.referrals(of: referral.caseID, in: connection).first { $0.panel == referral.panel }?.id
            == referral.id
    }

    func isTransferredOut(
        _ id: ID<CaseRecord>, from panel: Code<Panel>, in connection: Connection
    ) throws -> Bool {
        try connection.first(
            """
            SELECT id FROM panel_transfers
            WHERE case_id = \(id) AND panel = \(panel) AND direction = 'out' AND acknowledged_at IS NOT NULL
            """) != nil
    }
}
