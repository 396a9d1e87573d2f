internal import Files
public import Governance
public import Kernel

/// A stage that a case can be in.
public struct CaseState: Hashable, Sendable {
    /// Its name in the case type and in tables.
    public let code: Code<CaseState>
    /// What readers see.
    public let name: String
    /// Whether the case is over: its clocks stop, and nothing waits for anyone.
    public let ends: Bool
}

/// A step from one state to another.
public struct CaseMove: Hashable, Sendable {
    /// Its name in the case type and in the audit.
    public let code: Code<CaseMove>
    /// What the button says: "Close the case".
    public let name: String
    /// From which states; empty for every state that does not end the case.
    public let from: Set<Code<CaseState>>
    /// Where it leads; nil when the case stays where it is.
    public let to: Code<CaseState>?
    /// Roles of which the actor must hold one; empty for whoever may change the case.
    public let roles: Set<Code<Role>>
    /// The same for cases whose risk lies in a band.
    public let rolesInBand: [String: Set<Code<Role>>]
    /// What must be so before.
    public let gates: [CaseGate]
    /// A form that is filled in with it.
    public let form: Code<CaseForm>?
    /// Whether it asks for a reason.
    public let asksReason: Bool
    /// What a panel does that makes this step by itself, where no gate without a way round stands before it; nil for a
    /// step that people make.
    public let atPanel: PanelStep?
    /// The form that makes this step by itself; nil for a step that people make.
    public let trigger: MoveTrigger?

    /// Whether it can be made from a state.
    public func leaves(_ state: CaseState) -> Bool { from.isEmpty ? !state.ends : from.contains(state.code) }

    /// The roles of which the actor must hold one, for a case of that band; empty for whoever may change the case.
    public func roles(in band: String?) -> Set<Code<Role>> { band.flatMap { rolesInBand[$0] } ?? roles }

    /// The gates that a case does not pass.
    public func unmet(_ standing: CaseStanding) -> [CaseGate] { gates.filter { !standing.meets($0) } }
}

extension CaseState {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["code", "name", "ends"])
        code = try node.required("code").code()
        name = try node.required("name").text()
        ends = try node.optional("ends")?.bool() ?? false
    }
}

extension CaseMove {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: [
            "code", "name", "from", "to", "roles", "rolesInBand", "gates", "form", "reason", "atPanel", "byForm",
        ])
        code = try node.required("code").code()
        name = try node.required("name").text()
        from = try node.codes("from")
        to = try node.optional("to")?.code()
        roles = try node.codes("roles")
        form = try node.optional("form")?.code()
        asksReason = try node.optional("reason")?.bool() ?? false
        atPanel = try node.optional("atPanel").map { node throws(Fault) in
            guard let step = PanelStep(rawValue: try node.text()) else {
                throw node.fault("\"accepted\" or \"heard\" is needed here")
            }
            return step
        }
        trigger = try node.optional("byForm").map { node throws(Fault) in try MoveTrigger(node) }
        var gates: [CaseGate] = []
        for item in try node.optional("gates")?.items() ?? [] { gates.append(try CaseGate(item)) }
        self.gates = gates
        var bands: [String: Set<Code<Role>>] = [:]
        if let node = try node.optional("rolesInBand") {
            for (band, _) in try node.members() { bands[band] = try node.codes(band) }
        }
        rolesInBand = bands
    }
}
