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

    /// A question.
    public init(_ actor: Actor, _ action: AccessAction, _ facts: RecordFacts, _ fieldClass: FieldClass = .p0) {
        self.actor = actor
        self.action = action
        self.facts = facts
        self.fieldClass = fieldClass
    }
}

/// The policy's answer.
public enum AccessDecision: Hashable, Sendable {
    /// What goes with a permission.
    public enum Obligation: String, Hashable, Sendable {
        /// The act is written in the audit with the record and its subjects.
        case audit
        /// A reason is asked for and kept.
        case reason
        /// Only that the record exists and who holds it may be shown.
        case mask
    }

    /// Why not. The raw value goes into the audit.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case conflict, sealed, restricted, wall
        case noPermission = "no-permission"
        case glass = "break-glass-needed"
        case secondFactor = "second-factor-needed"
        case recentSecondFactor = "recent-second-factor-needed"
        case notTrained = "training-or-vetting-out-of-date"
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

    /// Whether the record does not exist for the actor.
    public var isHidden: Bool { if case .deny(_, hidden: true) = self { true } else { false } }

    /// The role that allowed it.
    public var role: Code<Role>? { if case .permit(let role, _) = self { role } else { nil } }
}

/// The one function that decides who may do what. Pages, API, search, exports, counts, notifications and attachments all
/// ask it. Deny by default; a wall overrides every permission (casework.md §4.1).
public enum Access {
    /// Seconds after which the second factor is no longer fresh enough for what is sealed, and for breaking a glass.
    public static let freshness: Double = 15 * 60

    /// Decides.
    public static func decide(_ request: AccessRequest, roles: RoleCatalogue, now: Instant) -> AccessDecision {
        let actor = request.actor
        let facts = request.facts
        let day = now.ukDate
        if facts.conflicts.contains(actor.account) { return .deny(.conflict, hidden: true) }
        if facts.recordClass == .sealed {
            let isGranted = facts.grants.contains { $0.account == actor.account && now < $0.until }
            guard isGranted, request.action != .breakGlass else { return .deny(.sealed, hidden: true) }
        }
        if facts.recordClass == .restricted, !facts.named.contains(actor.account), facts.owner != actor.account {
            return .deny(.restricted, hidden: true)
        }
        let reaches = facts.reaches(of: actor, on: day)
        let (allowing, knows) = permission(request, reaches: reaches, on: day, roles: roles)
        guard let allowing else { return .deny(.noPermission, hidden: !knows) }
        if let reason = wall(request) { return .deny(reason, hidden: false) }
        if let reason = context(request, now: now) { return .deny(reason, hidden: false) }
        return glass(request, reaches: reaches, role: allowing, now: now)
    }

    /// The role that allows the action, and whether the actor may know of the record at all.
    private static func permission(
        _ request: AccessRequest, reaches: Set<Reach>, on day: LocalDate, roles: RoleCatalogue
    ) -> (role: Code<Role>?, knows: Bool) {
        var knows = false
        var allowing: Code<Role>?
        for role in request.actor.roles.sorted() {
            for permission in roles.permissions(of: role) where permission.covers(request.facts.kind) {
                guard !permission.reach.isDisjoint(with: reaches) else { continue }
                if permission.actions.contains(.read) || permission.actions.contains(.list) { knows = true }
                let highest = highest(permission, request, reaches: reaches, on: day)
                if allowing == nil, permission.actions.contains(request.action), request.fieldClass <= highest {
                    allowing = role
                }
            }
        }
        return (allowing, knows)
    }

    /// What is merely shared is seen no deeper than the sharing says.
    private static func highest(
        _ permission: Permission, _ request: AccessRequest, reaches: Set<Reach>, on day: LocalDate
    ) -> FieldClass {
        guard permission.reach.intersection(reaches) == [.shared] else { return permission.highest }
        let shared = request.facts.shares.filter { $0.agency == request.actor.agency && $0.holds(on: day) }
        return min(permission.highest, shared.map(\.highest).max() ?? .p0)
    }

    /// Victim-safety fields stay on their side: nobody working with a perpetrator ever sees a victim's or a child's.
    private static func wall(_ request: AccessRequest) -> AccessDecision.Reason? {
        guard request.fieldClass >= .p3, let side = request.facts.side else { return nil }
        return request.actor.side == side ? nil : .wall
    }

    private static func context(_ request: AccessRequest, now: Instant) -> AccessDecision.Reason? {
        let actor = request.actor
        switch actor.kind {
        case .system: return nil
        case .client: return request.fieldClass > .p1 || request.action == .breakGlass ? .client : nil
        case .person: break
        }
        if request.fieldClass >= .p2, !actor.isCleared(on: now.ukDate) { return .notTrained }
        let isDelicate =
            request.facts.recordClass == .sealed || request.fieldClass == .p4
            || request.action == .breakGlass || request.action == .reviewBreakGlass
        guard request.fieldClass >= .p1 || isDelicate else { return nil }
        guard let shown = actor.secondFactorAt else { return .secondFactor }
        return isDelicate && now.seconds(since: shown) > freshness ? .recentSecondFactor : nil
    }

    /// A protected record can be found by those who may search, and opened by those who work on it or broke its glass.
    private static func glass(
        _ request: AccessRequest, reaches: Set<Reach>, role: Code<Role>, now: Instant
    ) -> AccessDecision {
        var obligations: Set<AccessDecision.Obligation> = []
        let isSearch = [.list, .search, .count].contains(request.action)
        if request.fieldClass >= .p2 || (request.fieldClass == .p1 && request.action != .count) {
            obligations.insert(.audit)
        }
        if [.breakGlass, .export].contains(request.action) || request.fieldClass == .p4 { obligations.insert(.reason) }
        guard request.facts.recordClass == .protected, request.action != .breakGlass else {
            return .permit(role: role, obligations)
        }
        let isAtWork = !reaches.isDisjoint(with: [.own, .team])
        let isBroken = request.facts.glasses.contains { $0.account == request.actor.account && now < $0.until }
        if isAtWork || (isBroken && request.action == .read) { return .permit(role: role, obligations.union([.audit])) }
        return isSearch ? .permit(role: role, obligations.union([.mask])) : .deny(.glass, hidden: false)
    }
}
