public import Kernel

/// The one function that decides who may do what. Pages, API, search, exports, counts, notifications and attachments all
/// ask it. Deny by default; a wall overrides every permission (casework.md §4.1).
public enum Access {
    /// Seconds after which the second factor is no longer fresh enough for what is sealed, and for breaking a glass.
    public static let freshness: Double = 15 * 60

    /// Decides.
    ///
    /// The order matters: first what hides a record whatever one's roles (conflict of interest, sealed, restricted); then
    /// what the roles allow from where the actor stands, as themselves or for a colleague; then what stops an allowed act.
    public static func decide(_ request: AccessRequest, roles: RoleCatalogue, now: Instant) -> AccessDecision {
        let actor = request.actor
        if let reason = hiding(request, now: now) { return .deny(reason, hidden: true) }
        var best = judge(request, as: Capacity(actor), roles: roles, now: now)
        for colleague in actor.standIns
        where colleague.holds(on: now.ukDate) && colleague.agency == actor.agency
            && !request.facts.conflicts.contains(colleague.delegator)
        {
            let other = judge(request, as: Capacity(actor, for: colleague), roles: roles, now: now)
            if other.rank > best.rank { best = other }
        }
        return best
    }

    /// Why the record does not exist for the actor, whatever their roles.
    private static func hiding(_ request: AccessRequest, now: Instant) -> AccessDecision.Reason? {
        let facts = request.facts
        let account = request.actor.account
        if facts.conflicts.contains(account) { return .conflict }
        switch facts.recordClass {
        case .normal, .protected: return nil
        case .restricted:
            let isOwner = facts.owner == account && facts.agency == request.actor.agency
            return isOwner || facts.named.contains(account) ? nil : .restricted
        case .sealed:
            return facts.isGranted(to: account, now: now) && request.action != .breakGlass ? nil : .sealed
        }
    }

    private static func judge(
        _ request: AccessRequest, as capacity: Capacity, roles: RoleCatalogue, now: Instant
    ) -> AccessDecision {
        let standing = Standing(of: capacity, to: request, roles: roles, now: now)
        guard let role = standing.role(for: request.action, request.fieldClass, purpose: request.purpose) else {
            return .deny(missing(request, standing), hidden: !standing.knows)
        }
        if let reason = unread(request, standing) ?? ownWork(request, capacity) ?? wall(request, capacity, now: now) {
            return .deny(reason, hidden: !standing.knows)
        }
        if let reason = context(request, capacity, now: now) { return .deny(reason, hidden: !standing.knows) }
        let obligations = obligations(request)
        guard request.facts.recordClass == .protected, request.action != .breakGlass, !standing.isAtWork else {
            return .permit(role: role, obligations)
        }
        return protected(request, standing, role: role, obligations, now: now)
    }

    /// Why the roles do not allow it.
    private static func missing(_ request: AccessRequest, _ standing: Standing) -> AccessDecision.Reason {
        if standing.isAllowedForSomePurpose(request.action, request.fieldClass) { return .purpose }
        let mayBreak = standing.role(for: .breakGlass, .p0, purpose: request.purpose) != nil
        return mayBreak && request.facts.recordClass == .protected && request.action == .read ? .glass : .noPermission
    }

    /// What one cannot read, one cannot act on; and a glass is broken only where there is one, by those who may search.
    private static func unread(_ request: AccessRequest, _ standing: Standing) -> AccessDecision.Reason? {
        let isProtected = request.facts.recordClass == .protected
        func may(_ action: AccessAction, _ fieldClass: FieldClass) -> Bool {
            standing.role(for: action, fieldClass, purpose: request.purpose) != nil
        }
        if request.action == .breakGlass { return isProtected && may(.search, .p0) ? nil : .noPermission }
        guard request.action.needsReading, !may(.read, request.fieldClass) else { return nil }
        return isProtected && request.action == .search ? nil : .noPermission
    }

    /// Nobody approves or reviews their own work, and nobody gives themselves rights.
    private static func ownWork(_ request: AccessRequest, _ capacity: Capacity) -> AccessDecision.Reason? {
        let person: ID<Account>? =
            switch request.action {
            case .publish, .reviewBreakGlass: request.facts.author
            case .administer: request.facts.owner
            default: nil
            }
        return person.map { capacity.accounts.contains($0) } == true ? .ownWork : nil
    }

    /// Victim-safety fields stay on their side: nobody working with a perpetrator ever sees a victim's or a child's, and
    /// a record whose side nobody set counts as a victim's. Whoever takes a report in writes down what they were told.
    private static func wall(_ request: AccessRequest, _ capacity: Capacity, now: Instant) -> AccessDecision.Reason? {
        guard request.fieldClass >= .p3 else { return nil }
        let facts = request.facts
        if request.fieldClass == .p4, !facts.isGranted(to: request.actor.account, now: now) { return .sealed }
        if capacity.sides.contains(.perpetrator), facts.side != .perpetrator { return .wall }
        if request.action == .create { return nil }
        guard let side = facts.side ?? (request.fieldClass == .p3 ? .victim : nil) else { return nil }
        return capacity.sides == [side] ? nil : .wall
    }

    /// What the moment asks of the actor: a second factor, fresh for what is delicate; training and vetting in date.
    private static func context(
        _ request: AccessRequest, _ capacity: Capacity, now: Instant
    ) -> AccessDecision.Reason? {
        let actor = request.actor
        let isDelicate =
            request.facts.recordClass == .sealed || request.fieldClass == .p4
            || request.action == .breakGlass || request.action == .reviewBreakGlass
        switch actor.kind {
        case .system: return isDelicate ? .client : nil
        case .client: return isDelicate || request.fieldClass > .p1 ? .client : nil
        case .person: break
        }
        guard request.fieldClass >= .p1 || isDelicate else { return nil }
        if !capacity.isCleared(on: now.ukDate) { return .notTrained }
        guard let shown = actor.secondFactorAt else { return .secondFactor }
        // A time ahead of now is no proof of freshness: the clock was wrong then or is wrong now.
        return isDelicate && abs(now.seconds(since: shown)) > freshness ? .recentSecondFactor : nil
    }

    /// A protected record is found by those who may search, and read by those who broke its glass.
    private static func protected(
        _ request: AccessRequest, _ standing: Standing, role: Code<Role>,
        _ obligations: Set<AccessDecision.Obligation>, now: Instant
    ) -> AccessDecision {
        switch request.action {
        case .create: .permit(role: role, obligations)
        case .search: .permit(role: role, obligations.union([.audit, .mask]))
        case .read where standing.reaches.contains(.glass): .permit(role: role, obligations.union([.audit]))
        default: .deny(.glass, hidden: !standing.knows)
        }
    }

    private static func obligations(_ request: AccessRequest) -> Set<AccessDecision.Obligation> {
        let isPersonal = request.fieldClass >= .p1
        let isAcross = request.facts.agency != request.actor.agency && request.action == .search
        var obligations: Set<AccessDecision.Obligation> = []
        switch request.action {
        case .breakGlass, .reviewBreakGlass, .grant: obligations = [.audit, .reason]
        case .merge, .delete: obligations = [.audit, .reason, .secondPerson]
        case .export where isPersonal: obligations = [.audit, .reason]
        case .search where isAcross && (isPersonal || request.facts.recordClass == .protected): obligations = [.reason]
        default: break
        }
        if request.fieldClass >= .p2 || (isPersonal && request.action != .count) { obligations.insert(.audit) }
        if request.fieldClass == .p4 { obligations.insert(.reason) }
        return obligations
    }
}
