public import Governance
public import HTTP
public import Kernel
public import Storage

extension Visit {
    /// What the policy says to this visitor about a record.
    public func decision(
        _ action: AccessAction, _ facts: RecordFacts, _ fieldClass: FieldClass = .p0
    ) throws -> AccessDecision {
        Access.decide(AccessRequest(try actor(), action, facts, fieldClass), roles: site.roles, now: now)
    }

    /// What the policy says about a kind of record as a whole: a record of that kind that their own agency owns.
    public func decision(
        _ action: AccessAction, kind: StaticString, _ fieldClass: FieldClass = .p0
    ) throws -> AccessDecision {
        guard let code = Code<RecordKind>(kind.description) else { throw Refusal.notFound }
        return try decision(action, RecordFacts(kind: code, agency: actor().agency), fieldClass)
    }

    /// Whether the page may offer this at all.
    public func may(_ action: AccessAction, _ kind: StaticString, _ fieldClass: FieldClass = .p0) -> Bool {
        (try? decision(action, kind: kind, fieldClass))?.isPermitted ?? false
    }

    /// Whether the roles list records of a kind at all, were it only those that are shared, listed or granted.
    public func mayList(_ kind: StaticString) -> Bool {
        guard let actor = knownActor, let code = Code<RecordKind>(kind.description) else { return false }
        return site.roles.opens(code, for: .list, to: actor)
    }

    /// Goes on only when the policy permits; otherwise the request ends as the policy says.
    /// - Returns: the occasion, with the role that allowed it.
    @discardableResult
    public func require(
        _ action: AccessAction, _ kind: StaticString, _ fieldClass: FieldClass = .p0
    ) throws -> Occasion {
        try permitted(decision(action, kind: kind, fieldClass))
    }

    /// Goes on only when the policy permits this on the record.
    @discardableResult
    public func require(
        _ action: AccessAction, _ facts: RecordFacts, _ fieldClass: FieldClass = .p0
    ) throws -> Occasion {
        try permitted(decision(action, facts, fieldClass))
    }

    private func permitted(_ decision: AccessDecision) throws -> Occasion {
        switch decision {
        case .permit(let role, _): return try occasion(role: role)
        case .deny(let reason, let isHidden):
            switch reason {
            case .secondFactor, .recentSecondFactor: throw Refusal.confirm
            default: throw isHidden ? Refusal.denied(reason, shown: nil) : .denied(reason, shown: Visit.words(reason))
            }
        }
    }

    private static func words(_ reason: AccessDecision.Reason) -> String {
        switch reason {
        case .noPermission:
            "Your role does not include this. Your partnership’s administrator can tell you which role does."
        case .glass: "This record is protected. You can ask to open it by giving a reason."
        case .notTrained:
            "Your training or vetting is out of date. Ask your agency’s single point of contact to renew it."
        case .wall: "These details are kept from the work that you do, to keep someone safe."
        case .client: "This is not open to client programs."
        case .ownWork: "Nobody approves their own work. Ask a colleague who may."
        case .purpose: "This is open for a stated purpose only."
        case .conflict, .sealed, .restricted, .secondFactor, .recentSecondFactor: "This is not open to you."
        }
    }

    /// Goes on only when the visitor has shown the second factor in the last 15 minutes. For what would let whoever sits
    /// at a screen that was left open take over an account.
    /// - Parameter next: where confirming leads to.
    /// - Returns: nil, or the way to the page that asks for it.
    public func askToConfirm(next: String) throws -> Response? {
        if let shown = try actor().secondFactorAt, abs(now.seconds(since: shown)) <= Access.freshness { return nil }
        return redirect("/confirm?next=\(PercentCoding.encodeForm(next))")
    }

    /// Writes an entry of the audit for a refusal, with what stands in the route's path: `person`, `version`.
    func logDenied(_ code: String, route: String) throws {
        guard let actor = knownActor else { return }
        var entry = Occasion(actor, at: now, request: request.id).entry(.denied, outcome: .deny)
        entry.code = code
        entry.query = "\(request.method.rawValue) \(route)"
        entry.object = denied(route)
        try site.database.write { try AuditLog.append(entry, in: $0) }
    }

    /// The thing that the route is about: its last parameter that holds an identifier.
    private func denied(_ route: String) -> AuditObject? {
        let names = route.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
        for name in names.reversed().map({ String($0.dropFirst().dropLast()) }) {
            if let value = parameters[name], let id = ID<Never>(value), let kind = Code<AuditObjectKind>(name) {
                return AuditObject(kind, id: id.text)
            }
        }
        return nil
    }
}
