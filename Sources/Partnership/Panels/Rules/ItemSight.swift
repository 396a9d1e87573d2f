/// Whether someone at a meeting may see an item, beside what the policy says (casework.md §2.4): not before they have
/// accepted confidentiality for this meeting, and never one to which they declared a conflict.
public struct ItemSight: Hashable, Sendable {
    /// Whether the panel asks for confidentiality at each meeting.
    public let asksConfidentiality: Bool
    /// Whether they accepted it for this meeting.
    public let hasAccepted: Bool
    /// Whether they declared a conflict to this item.
    public let hasConflict: Bool

    /// How someone stands to an item.
    public init(asksConfidentiality: Bool, hasAccepted: Bool, hasConflict: Bool) {
        self.asksConfidentiality = asksConfidentiality
        self.hasAccepted = hasAccepted
        self.hasConflict = hasConflict
    }

    /// Whether the item exists for them.
    public var isOpen: Bool { !hasConflict && (hasAccepted || !asksConfidentiality) }
}
