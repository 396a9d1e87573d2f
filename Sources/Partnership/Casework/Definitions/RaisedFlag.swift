internal import Files
public import Kernel
public import Rules

/// A flag that cases of a type raise by themselves and that ends by itself: "Referred to the MARAC in the last twelve
/// months". What it says never tells what was said at a panel.
public struct RaisedFlag: Hashable, Sendable {
    /// Its name in the case type and in tables.
    public let code: Code<CaseFlag>
    /// What readers see.
    public let text: String
    /// Whom it concerns; nil for the case.
    public let party: Code<PartyRole>?
    /// What raises it.
    public let raisedBy: Set<CaseEvent>
    /// What raises it anew, from that day on, where it holds.
    public let renewedBy: Set<CaseEvent>
    /// What ends it before its time.
    public let endedBy: Set<CaseEvent>
    /// How long it holds: a clock's rule.
    public let lasts: RuleKey
    /// The form from whose last entry the time runs, by the day on which that happened; nil for the day of the event.
    public let from: Code<CaseForm>?
}

extension RaisedFlag {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["code", "text", "party", "raisedBy", "renewedBy", "endedBy", "lasts", "from"])
        code = try node.required("code").code()
        text = try node.required("text").text()
        party = try node.optional("party")?.code()
        raisedBy = try node.events("raisedBy")
        renewedBy = try node.events("renewedBy")
        endedBy = try node.events("endedBy")
        lasts = try node.required("lasts").ruleKey()
        from = try node.optional("from")?.code()
        guard !raisedBy.isEmpty else { throw node.fault("nothing raises it") }
    }
}
