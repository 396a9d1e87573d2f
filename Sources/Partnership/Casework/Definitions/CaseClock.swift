internal import Files
public import Kernel
public import Rules

/// A clock that cases of a type carry: by which rule, what starts it and what meets it.
public struct CaseClock: Hashable, Sendable {
    /// Its name in the case type and in tables.
    public let code: Code<CaseClock>
    /// What must be done: "Tell the victim how it goes".
    public let name: String
    /// The rule, by the band of the risk; of cases of other bands, and of none, the one under "".
    public let rules: [String: RuleKey]
    /// What starts it. While it runs, a further start changes nothing.
    public let startsOn: Set<CaseEvent>
    /// What meets it.
    public let metBy: Set<CaseEvent>
    /// Whether it begins anew when it is met.
    public let repeats: Bool
    /// Whether each start begins a clock of its own, and what meets it meets the oldest: a child's every return.
    public let isForEach: Bool
    /// The date, asked in the form that starts it, from which it runs; nil for the moment of the event.
    public let startsFrom: Source?

    /// A date that a form asks for.
    public struct Source: Hashable, Sendable {
        /// The form.
        public let form: Code<CaseForm>
        /// The question.
        public let field: String
    }

    /// The rule for a band, or nil where no clock runs.
    public func rule(in band: String?) -> RuleKey? { band.flatMap { rules[$0] } ?? rules[""] }
}

/// A count over the cases of a type that raises an action when it reaches its rule: the same victim's second report.
public struct CaseWatch: Hashable, Sendable {
    /// Its name in tables.
    public let code: Code<CaseWatch>
    /// What the flag says: "Repeat victim".
    public let name: String
    /// What is counted.
    public let form: Code<CaseForm>
    /// Whose.
    public let party: Code<PartyRole>
    /// How many make it: a rule's key.
    public let count: RuleKey
    /// Within which time: a rule's key.
    public let window: RuleKey
    /// What someone must do, or nil when the flag alone is raised.
    public let action: String?
}

extension CaseClock {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["code", "name", "rule", "rulesInBand", "starts", "metBy", "repeats", "forEach", "from"])
        code = try node.required("code").code()
        name = try node.required("name").text()
        startsOn = try CaseClock.events(node, "starts")
        metBy = try CaseClock.events(node, "metBy")
        repeats = try node.optional("repeats")?.bool() ?? false
        isForEach = try node.optional("forEach")?.bool() ?? false
        startsFrom = try node.optional("from").map { node throws(Fault) in
            try node.allow(only: ["form", "field"])
            return Source(form: try node.required("form").code(), field: try node.required("field").text())
        }
        var rules: [String: RuleKey] = [:]
        if let rule = try node.optional("rule") { rules[""] = try rule.ruleKey() }
        for (band, rule) in try node.optional("rulesInBand")?.members() ?? [] { rules[band] = try rule.ruleKey() }
        guard !rules.isEmpty else { throw node.fault("it has no rule") }
        guard !startsOn.isEmpty else { throw node.fault("nothing starts it") }
        self.rules = rules
    }

    private static func events(_ node: DefinitionNode, _ member: String) throws(Fault) -> Set<CaseEvent> {
        var events: Set<CaseEvent> = []
        for item in try node.optional(member)?.items() ?? [] { events.insert(try CaseEvent(item)) }
        return events
    }
}

extension CaseWatch {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["code", "name", "form", "party", "count", "window", "action"])
        code = try node.required("code").code()
        name = try node.required("name").text()
        form = try node.required("form").code()
        party = try node.required("party").code()
        count = try node.required("count").ruleKey()
        window = try node.required("window").ruleKey()
        action = try node.optional("action")?.text()
    }
}

extension DefinitionNode {
    /// This name of a rule.
    func ruleKey() throws(Fault) -> RuleKey {
        guard let key = RuleKey(try text()) else { throw fault("the name of a rule is needed here") }
        return key
    }
}
