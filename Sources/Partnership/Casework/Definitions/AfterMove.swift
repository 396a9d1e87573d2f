internal import Files
public import Kernel
public import Rules

/// When a form is for a time after a step: a closing is challenged within so many days of it, and once.
public struct FormWindow: Hashable, Sendable {
    /// The step after which it is for.
    public let since: Code<CaseMove>
    /// How long after: a rule's key.
    public let rule: RuleKey
    /// The question of the form whose answer says why it is taken later all the same; nil where it is not.
    public let excuse: String?
    /// Whether it is for once after each such step.
    public let isOnce: Bool
}

/// What makes a step by itself: a form, filled in soon enough after another step.
public struct MoveTrigger: Hashable, Sendable {
    /// The form.
    public let form: Code<CaseForm>
    /// The step from which the time counts.
    public let since: Code<CaseMove>
    /// How many months or days: a rule's key.
    public let window: RuleKey
}

extension FormWindow {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["move", "within", "unless", "once"])
        since = try node.required("move").code()
        rule = try node.required("within").ruleKey()
        excuse = try node.optional("unless")?.text()
        isOnce = try node.optional("once")?.bool() ?? false
    }
}

extension MoveTrigger {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["form", "since", "within"])
        form = try node.required("form").code()
        since = try node.required("since").code()
        window = try node.required("within").ruleKey()
    }
}
