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
    /// From when it runs where that is not the moment of the event.
    public let startsFrom: Source?
    /// States of the case in which it stands still.
    public let pausedIn: Set<Code<CaseState>>
    /// Whether it runs when the case is over: for what is asked for afterwards.
    public let runsAfterEnd: Bool

    /// A date from which a clock runs.
    public enum Source: Hashable, Sendable {
        /// What was answered in the form that starts it.
        case answer(Code<CaseForm>, String)
        /// The day on which it happened, as the form that starts it says: a duty begins when something is known, and not
        /// when it is typed in. From the beginning of that day where no question asks for its time.
        case happened(Code<CaseForm>, time: String?)
        /// The birth of the oldest person of a part: it measures their age. The clock begins once, as soon as the day of
        /// the birth is known.
        case birth(Code<PartyRole>)
    }

    /// The form from whose day it runs, or nil.
    public var dayOf: Code<CaseForm>? { if case .happened(let form, _)? = startsFrom { form } else { nil } }

    /// The part whose age it measures, or nil.
    public var ageOf: Code<PartyRole>? { if case .birth(let role)? = startsFrom { role } else { nil } }

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
    /// Whether what happened to those who live with them counts too (casework.md §2.2, INT-3).
    public let countsHousehold: Bool
    /// How many make it: a rule's key.
    public let count: RuleKey
    /// Within which time: a rule's key.
    public let window: RuleKey
    /// What someone must do, or nil when the flag alone is raised.
    public let action: String?
}

extension CaseClock {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: [
            "code", "name", "rule", "rulesInBand", "starts", "metBy", "repeats", "forEach", "from", "pausedIn",
            "afterEnd",
        ])
        code = try node.required("code").code()
        name = try node.required("name").text()
        startsOn = try node.events("starts")
        metBy = try node.events("metBy")
        repeats = try node.optional("repeats")?.bool() ?? false
        isForEach = try node.optional("forEach")?.bool() ?? false
        startsFrom = try node.optional("from").map { node throws(Fault) in
            try node.allow(only: ["form", "field", "birthOf", "dayOf", "time"])
            if let role = try node.optional("birthOf") { return .birth(try role.code()) }
            if let form = try node.optional("dayOf") {
                return .happened(try form.code(), time: try node.optional("time")?.text())
            }
            return .answer(try node.required("form").code(), try node.required("field").text())
        }
        var rules: [String: RuleKey] = [:]
        if let rule = try node.optional("rule") { rules[""] = try rule.ruleKey() }
        for (band, rule) in try node.optional("rulesInBand")?.members() ?? [] { rules[band] = try rule.ruleKey() }
        guard !rules.isEmpty else { throw node.fault("it has no rule") }
        pausedIn = try node.codes("pausedIn")
        runsAfterEnd = try node.optional("afterEnd")?.bool() ?? false
        self.rules = rules
        guard !startsOn.isEmpty || ageOf != nil else { throw node.fault("nothing starts it") }
    }

}

extension CaseWatch {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["code", "name", "form", "party", "household", "count", "window", "action"])
        code = try node.required("code").code()
        name = try node.required("name").text()
        form = try node.required("form").code()
        party = try node.required("party").code()
        countsHousehold = try node.optional("household")?.bool() ?? false
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

    /// The events in a member of this object; none where there is no such member.
    func events(_ member: String) throws(Fault) -> Set<CaseEvent> {
        var events: Set<CaseEvent> = []
        for item in try optional(member)?.items() ?? [] { events.insert(try CaseEvent(item)) }
        return events
    }
}
