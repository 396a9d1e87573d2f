public import Kernel

/// A question to the policy.
public struct AccessRequest: Sendable {
    /// Who asks.
    public var actor: Actor
    /// What they want to do.
    public var action: AccessAction
    /// The record, or for a question about a kind as a whole its kind and the actor's own agency.
    public var facts: RecordFacts
    /// The class of the field.
    public var fieldClass: FieldClass
    /// What it is for, where a permission asks.
    public var purpose: Code<Purpose>?

    /// A question.
    public init(
        _ actor: Actor, _ action: AccessAction, _ facts: RecordFacts, _ fieldClass: FieldClass = .p0,
        purpose: Code<Purpose>? = nil
    ) {
        self.actor = actor
        self.action = action
        self.facts = facts
        self.fieldClass = fieldClass
        self.purpose = purpose
    }
}

/// The policy's answer.
public enum AccessDecision: Hashable, Sendable {
    /// What goes with a permission.
    public enum Obligation: String, Hashable, Sendable, CaseIterable {
        /// The act is written in the audit with the record and its subjects.
        case audit
        /// A reason is asked for and kept.
        case reason
        /// Only that the record exists and who holds it may be shown.
        case mask
        /// Someone else must agree before it is done.
        case secondPerson = "second-person"
    }

    /// Why not. The raw value goes into the audit.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case conflict, sealed, restricted, wall
        case noPermission = "no-permission"
        case purpose = "purpose-needed"
        case glass = "break-glass-needed"
        case ownWork = "own-work"
        case secondFactor = "second-factor-needed"
        case recentSecondFactor = "recent-second-factor-needed"
        case notTrained = "training-or-vetting-out-of-date"
        /// Programs and the scheduler may not: only a person.
        case client = "not-for-clients"
    }

    /// It may be done, by that role.
    case permit(role: Code<Role>?, Set<Obligation>)
    /// It may not. `hidden`: to this actor the record does not exist, and nothing may tell otherwise.
    case deny(Reason, hidden: Bool)

    /// Whether it may be done and shown unmasked.
    public var isPermitted: Bool {
        if case .permit(_, let obligations) = self { !obligations.contains(.mask) } else { false }
    }

    /// Whether only the record's existence and holder may be shown.
    public var isMasked: Bool { obligations.contains(.mask) }

    /// Whether the record does not exist for the actor.
    public var isHidden: Bool { if case .deny(_, hidden: true) = self { true } else { false } }

    /// The role that allowed it.
    public var role: Code<Role>? { if case .permit(let role, _) = self { role } else { nil } }

    /// What goes with the permission; nothing when there is none.
    public var obligations: Set<Obligation> { if case .permit(_, let all) = self { all } else { [] } }

    /// Why not, or nil.
    public var reason: Reason? { if case .deny(let reason, _) = self { reason } else { nil } }

    /// How much it gives: of two capacities the better answer counts.
    var rank: Int {
        switch self {
        case .permit: isPermitted ? 3 : 2
        case .deny(_, let hidden): hidden ? 0 : 1
        }
    }
}
