public import Kernel
public import Storage

// MARK: - Adding, changing, removing

extension AccessRegister {
    /// Registers a new record, in the transaction in which its area writes it.
    /// - Parameter fieldClass: the highest class among the fields that were filled in; the title's at least.
    /// - Throws: `StorageError`.
    public func add(
        _ entry: RegisterEntry, _ fieldClass: FieldClass = .p0, detail: RegisterDetail = .none, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<RegisterEntry, RegisterRefusal> {
        var entry = entry
        let depth = max(fieldClass, entry.titleClass)
        // A sealed or restricted record that does not exist yet hides nothing from who makes it.
        var facts = entry.facts
        facts.recordClass = .normal
        func ask(_ action: AccessAction, _ depth: FieldClass) -> AccessDecision {
            Access.decide(AccessRequest(occasion.actor, action, facts, depth), roles: roles, now: occasion.now)
        }
        let decision = ask(.create, depth)
        let others = RegisterChange.actions(adding: facts).map { ask($0, .p0) }
        if let why = ([decision] + others).compactMap(\.reason).first {
            try refuse(entry.id, why.rawValue, on: occasion, in: connection)
            return .failure(.denied(why))
        }
        entry.facts.glasses = []
        entry.facts.author = entry.facts.author ?? occasion.actor.account
        entry.title = String(entry.title.prefix(RegisterEntry.longestTitle))
        entry.createdAt = occasion.now
        entry.changedAt = occasion.now
        entry.version = 1
        try RegisterRows.insert(entry, in: connection)
        try append(.create, entry, depth, decision.role, reason: nil, detail, on: occasion, in: connection)
        return .success(entry)
    }

    /// Changes who may see a record, or its title. What is changed decides which rights are needed: `share` for sharings
    /// and its agency; `grant` for its class, side, named people, grants and conflicts taken away; `update` for the rest.
    /// The record as it was decides whether they are there. Nobody changes its kind, its author or a broken glass.
    /// - Parameters:
    ///   - fieldClass: the highest class among the fields of the area that change with it; the title's at least.
    ///   - version: the version that the actor saw, or nil to change whatever there is.
    ///   - detail: what the audit keeps of the fields.
    /// - Throws: `StorageError`.
    public func change(
        _ id: ID<Registered>, _ fieldClass: FieldClass = .p0, version: Int64? = nil, reason: String? = nil,
        detail: RegisterDetail = .none, on occasion: Occasion, in connection: Connection,
        _ body: (inout RegisterEntry) -> Void
    ) throws -> Result<RegisterEntry, RegisterRefusal> {
        guard let before = try RegisterRows.entry(id, now: occasion.now, in: connection) else {
            try refuse(id, "absent", on: occasion, in: connection)
            return .failure(.absent)
        }
        var after = before
        body(&after)
        after.facts.kind = before.facts.kind
        after.facts.author = before.facts.author
        after.facts.glasses = before.facts.glasses
        after.title = String(after.title.prefix(RegisterEntry.longestTitle))
        let actions = RegisterChange.actions(from: before, to: after)
        let depth = max(fieldClass, before.titleClass, after.titleClass)
        for action in actions {
            if let refusal = try refusal(action, before, depth, reason: reason, on: occasion, in: connection) {
                return .failure(refusal)
            }
        }
        guard version == nil || version == before.version else { return .failure(.changedMeanwhile(before.version)) }
        after.version = before.version + 1
        after.changedAt = occasion.now
        guard try RegisterRows.update(after, in: connection) else {
            return .failure(.changedMeanwhile(before.version))
        }
        for action in actions {
            let role = decide(action, depth, on: before, by: occasion.actor, now: occasion.now).role
            try append(
                action.audited ?? .update, after, depth, role, reason: AccessRegister.given(reason), detail,
                on: occasion, in: connection)
        }
        return .success(after)
    }

    /// Changes many records, or none when one of them may not be changed.
    /// - Throws: `StorageError`.
    public func changeAll(
        _ ids: [ID<Registered>], reason: String? = nil, on occasion: Occasion, in connection: Connection,
        _ body: (inout RegisterEntry) -> Void
    ) throws -> Result<Int, RegisterRefusal> {
        do {
            try connection.savepoint {
                for id in ids {
                    _ = try change(id, reason: reason, on: occasion, in: connection, body).get()
                }
            }
            return .success(ids.count)
        } catch let refusal as RegisterRefusal {
            // The savepoint took the refusal's entry with it.
            try refuse(ids.first ?? ID(at: occasion.now), "bulk-refused", on: occasion, in: connection)
            return .failure(refusal)
        }
    }

    /// Takes a record out of the register, in the transaction in which its area deletes it. Two people must want it.
    /// - Parameter second: someone else who may delete it too.
    /// - Throws: `StorageError`.
    public func remove(
        _ id: ID<Registered>, agreedBy second: Actor, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, RegisterRefusal> {
        guard let entry = try RegisterRows.entry(id, now: occasion.now, in: connection) else {
            try refuse(id, "absent", on: occasion, in: connection)
            return .failure(.absent)
        }
        let depth = entry.titleClass
        if let refusal = try refusal(.delete, entry, depth, reason: reason, on: occasion, in: connection) {
            return .failure(refusal)
        }
        let other = decide(.delete, depth, on: entry, by: second, now: occasion.now)
        guard second.account != occasion.actor.account, other.isPermitted else { return .failure(.secondPersonNeeded) }
        let role = decide(.delete, depth, on: entry, by: occasion.actor, now: occasion.now).role
        try append(.delete, entry, depth, role, reason: reason, on: occasion, in: connection)
        try RegisterRows.delete(id, in: connection)
        return .success(())
    }

    /// Someone declares that they know a person of this record: from now on it does not exist for them, and its agency
    /// is told. The answer is the same whether there is such a record or not.
    /// - Throws: `StorageError`.
    public func declareConflict(
        with id: ID<Registered>, on occasion: Occasion, in connection: Connection
    ) throws {
        var act = occasion.entry(.update, Code("record").map { AuditObject($0, id: id.text, fields: ["conflicts"]) })
        act.code = "conflict-declared"
        try AuditLog.append(act, in: connection)
        guard let entry = try RegisterRows.entry(id, now: occasion.now, in: connection) else { return }
        try RegisterRelations.insert(occasion.actor.account, "conflict", of: id, in: connection)
        try RegisterNotice(.conflictDeclared, agency: entry.facts.agency, account: occasion.actor.account, record: id)
            .write(at: occasion.now, in: connection)
    }

    /// Why the actor may not, written in the audit; nil when they may.
    private func refusal(
        _ action: AccessAction, _ entry: RegisterEntry, _ depth: FieldClass, reason: String?, on occasion: Occasion,
        in connection: Connection
    ) throws -> RegisterRefusal? {
        let decision = decide(action, depth, on: entry, by: occasion.actor, now: occasion.now)
        if let why = decision.reason {
            try refuse(entry.id, why.rawValue, on: occasion, in: connection)
            return decision.isHidden ? .absent : .denied(why)
        }
        let isReasonMissing = decision.obligations.contains(.reason) && AccessRegister.given(reason) == nil
        return isReasonMissing ? .reasonNeeded : nil
    }
}

/// Which rights a change of a record needs.
enum RegisterChange {
    /// `share` for what gives it to others; `grant` for its guards; `update` for the rest.
    static func actions(from before: RegisterEntry, to after: RegisterEntry) -> [AccessAction] {
        let (old, new) = (before.facts, after.facts)
        var rest = after
        var actions: [AccessAction] = []
        if old.shares != new.shares || old.agency != new.agency {
            actions.append(.share)
            rest.facts.shares = old.shares
            rest.facts.agency = old.agency
        }
        let opens = old.recordClass != new.recordClass || old.named != new.named || old.grants != new.grants
        if opens || old.side != new.side || !old.conflicts.isSubset(of: new.conflicts) {
            actions.append(.grant)
            rest.facts.recordClass = old.recordClass
            rest.facts.named = old.named
            rest.facts.grants = old.grants
            rest.facts.side = old.side
            rest.facts.conflicts = old.conflicts
        }
        if rest != before || actions.isEmpty { actions.append(.update) }
        return actions
    }

    /// What a new record gives to others beyond its being there.
    static func actions(adding facts: RecordFacts) -> [AccessAction] {
        (facts.shares.isEmpty ? [] : [.share]) + (facts.listings.isEmpty ? [] : [.update])
    }
}
