public import Kernel
public import Rules

/// Why something was not done to an order: what, by which rule, and what is allowed.
public struct OrderRefusal: Error, Hashable, Sendable {
    /// What is refused.
    public let what: String
    /// The rule's name; nil where the type or the register itself says so.
    public let rule: RuleKey?
    /// Where that stands: the Act, or the register.
    public let source: String
    /// What is allowed.
    public let allowed: String

    /// A refusal.
    public init(_ what: String, by rule: RuleKey? = nil, source: String, allowed: String) {
        self.what = what
        self.rule = rule
        self.source = source
        self.allowed = allowed
    }

    init(_ what: String, by rule: PolicyRule, allowed: String) {
        self.init(what, by: rule.key, source: rule.source, allowed: allowed)
    }

    init(_ fault: Fault) {
        self.init(
            fault.why.isEmpty ? fault.what : "\(fault.what): \(fault.why)", by: RuleKey(fault.place),
            source: "The partnership's rules", allowed: fault.remedy)
    }

    /// For the person before the screen.
    public var fault: Fault {
        let named = rule.map { "\(source) (rule \($0))" } ?? source
        return Fault(what, because: named, remedy: allowed)
    }
}
