internal import Casework
internal import Governance
internal import Kernel
internal import Storage

/// How transfers lie in their table. Nothing here asks who may see them.
enum TransferRows {
    /// The day of the first area's referral of a case that came from another area; nil for one that did not.
    static func received(
        _ id: ID<CaseRecord>, by panel: Code<Panel>, in connection: Connection
    ) throws -> LocalDate? {
        try connection.first(
            """
            SELECT first_referred_on FROM panel_transfers
            WHERE case_id = \(id) AND panel = \(panel) AND direction = 'in' ORDER BY made_at, id LIMIT 1
            """
        )?.get("first_referred_on")
    }
}
