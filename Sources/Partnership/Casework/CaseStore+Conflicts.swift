public import Governance
public import Kernel
public import People
public import Storage

// MARK: - Conflicts of interest

extension CaseStore {
    /// Someone declares a conflict of interest with a case: from now on it does not exist for them, and its agency is
    /// told. The answer is the same whether there is such a case or not.
    /// - Parameter reason: how they know someone in it, or what they have to do with it; the audit keeps it.
    /// - Throws: `StorageError`.
    public func declareConflict(
        with id: ID<CaseRecord>, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        guard let reason = AnswerText.given(reason) else { return .failure(.register(.reasonNeeded)) }
        try register.declareConflict(with: ID(id), on: occasion, in: connection)
        var act = occasion.entry(.update, Code("record").map { AuditObject($0, id: id.text, fields: ["conflicts"]) })
        act.code = "conflict-reason"
        act.reason = reason
        try AuditLog.append(act, in: connection)
        return .success(())
    }

    /// Someone declares a conflict of interest with a person: the person's record, and every case in which the person
    /// has or had a part by any record of the same person, no longer exist for them, and the agencies that hold these
    /// are told. The answer is the same whether there is such a person or not.
    /// - Returns: these cases, for closing what belongs to them; they must not be shown.
    /// - Throws: `StorageError`.
    @discardableResult
    public func declareConflict(
        with person: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> [ID<CaseRecord>] {
        try register.declareConflict(with: ID(person), on: occasion, in: connection)
        let cases = try cases(ofSame: person, in: connection)
        for id in cases { try register.declareConflict(with: ID(id), on: occasion, in: connection) }
        return cases
    }

    /// Does something that may make one person of these records, and closes every case in which a record has or had a part
    /// to those whose conflict of interest with it came with that; the agencies that hold these are told. It stays so when
    /// the records are taken apart again, until it is lifted. Who had one before is left alone: what was lifted stays lifted.
    /// - Parameter closing: is given each such case with what closes it, to close what belongs to it at the same time.
    /// - Throws: `StorageError`, and what `body` and `closing` throw.
    public func followConflicts<Value>(
        with records: [ID<Person>], on occasion: Occasion, in connection: Connection,
        closing: (ID<CaseRecord>, () throws -> Void) throws -> Void, during body: () throws -> Value
    ) throws -> Value {
        let earlier = try records.map { record in
            (
                record: record, cases: try cases(ofSame: record, in: connection),
                accounts: try conflicts(with: [record], now: occasion.now, in: connection)
            )
        }
        let value = try body()
        for (record, cases, accounts) in earlier {
            let added = try conflicts(with: [record], now: occasion.now, in: connection).subtracting(accounts)
            guard !added.isEmpty else { continue }
            for id in cases {
                try closing(id) { try register.close(ID(id), to: added, on: occasion, in: connection) }
            }
        }
        return value
    }

    /// The cases in which a person has or had a part by any record of the same person.
    private func cases(ofSame person: ID<Person>, in connection: Connection) throws -> [ID<CaseRecord>] {
        let records = try PersonStore.sameRecords(person, in: connection)
        return try connection.rows(
            "SELECT DISTINCT case_id FROM case_parties WHERE person IN (\(list: records)) ORDER BY case_id"
        ).map { try $0.get("case_id") }
    }

    /// Records that a colleague has a conflict of interest with a case: from then on it does not exist for them. For
    /// who may decide who sees the case and may change it; one's own one declares.
    /// - Parameter reason: why, as the audit keeps it.
    /// - Throws: `StorageError`.
    public func recordConflict(
        of colleague: ID<Account>, with id: ID<CaseRecord>, reason: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        guard colleague != occasion.actor.account else {
            return .failure(.problems([AnswerProblem("colleague", "Declare your own conflict of interest yourself")]))
        }
        var isNew = false
        let done = try guardRecord(id, reason: reason, on: occasion, in: connection) { facts in
            isNew = facts.conflicts.insert(colleague).inserted
        }
        if case .success = done, isNew {
            try register.tellConflicts(of: [colleague], with: ID(id), on: occasion, in: connection)
        }
        return done
    }

    /// Opens a case again, as the roles allow, to someone who had a conflict of interest. Whom it concerns cannot: the
    /// case does not exist for them.
    /// - Throws: `StorageError`.
    public func liftConflict(
        of account: ID<Account>, with id: ID<CaseRecord>, reason: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        try guardRecord(id, reason: reason, on: occasion, in: connection) { facts in facts.conflicts.remove(account) }
    }

    /// Why someone cannot take something on in a case: a conflict of interest hides it from them. It says no more than that
    /// they cannot.
    public static func conflicted(_ facts: RecordFacts, of account: ID<Account>, _ field: String) -> AnswerProblem? {
        guard facts.conflicts.contains(account) else { return nil }
        return AnswerProblem(field, "They cannot take this on. Choose a colleague")
    }

    /// Why someone cannot be given something to do on a case, or nil: it is hidden from them, they have left, or they would
    /// not see it even then.
    /// - Parameter change: what else they are given: the case itself.
    /// - Throws: `StorageError`.
    func unable(
        _ account: ID<Account>, for entry: RegisterEntry, _ field: String, at now: Instant, in connection: Connection,
        then change: (inout RecordFacts) -> Void = { _ in }
    ) throws -> AnswerProblem? {
        if let problem = CaseStore.conflicted(entry.facts, of: account, field)
            ?? CaseStore.unopened(entry.facts, to: account, field, now)
        {
            return problem
        }
        guard let (status, actor) = try AccountStore.standing(of: account, at: now, in: connection) else { return nil }
        if status == .disabled { return AnswerProblem(field, "This account is closed. Choose a colleague") }
        var given = entry
        given.facts.involved.insert(account)
        change(&given.facts)
        let decision = register.decide(.read, .p0, on: given, by: actor, now: now)
        switch decision.reason {
        case .restricted:
            return AnswerProblem(field, "The case is restricted. Name them among those to whom it is open first")
        case .noPermission, .wall:
            return AnswerProblem(field, "Their roles do not open this case to them. Choose a colleague")
        // What else would stop them is for them to see to when they come: a second factor, a training.
        default: return nil
        }
    }

    /// Who declared a conflict of interest with any of these people, by any record of the same person. It names
    /// colleagues and is for keeping a case from them, not for a page.
    /// - Throws: `StorageError`.
    func conflicts(
        with people: [ID<Person>], now: Instant, in connection: Connection
    ) throws -> Set<ID<Account>> {
        var records: Set<ID<Registered>> = []
        for person in people {
            records.formUnion(try PersonStore.sameRecords(person, in: connection).map { ID<Registered>($0) })
        }
        let entries = try register.entries(records.sorted(), now: now, in: connection)
        return entries.values.reduce(into: []) { $0.formUnion($1.facts.conflicts) }
    }
}

// MARK: - Guarding

extension CaseStore {
    /// Changes who may see a case: its class, who is named or granted, who has a conflict of interest. Where nothing
    /// differs nothing is written, and the right is asked for all the same. Sealing is a panel's chair's.
    /// - Parameter reason: why, as the audit keeps it; it is needed.
    /// - Throws: `StorageError`.
    public func guardRecord(
        _ id: ID<CaseRecord>, reason: String, on occasion: Occasion, in connection: Connection,
        _ body: (inout RecordFacts) -> Void
    ) throws -> Result<Void, CaseRefusal> {
        let registered = ID<Registered>(id)
        let found = try register.find(registered, for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = found else { return .failure(CaseStore.refusal(found)) }
        guard register.decide(.grant, .p1, on: entry, by: occasion.actor, now: occasion.now).isPermitted else {
            // The policy says why not, and the audit keeps it.
            let denied = try register.find(registered, for: .grant, .p1, on: occasion, in: connection)
            return .failure(CaseStore.refusal(denied))
        }
        guard let reason = AnswerText.given(reason) else { return .failure(.register(.reasonNeeded)) }
        var facts = entry.facts
        body(&facts)
        if facts == entry.facts { return .success(()) }
        if facts.recordClass == .sealed || entry.facts.recordClass == .sealed {
            // Who may not seal it may not open it to others either.
            guard let record = try CaseRows.record(id, in: connection),
                maySeal(entry.facts, try type(of: record), by: occasion.actor, now: occasion.now)
            else { return .failure(.register(.denied(.sealed))) }
        }
        var detail = RegisterDetail.guards(from: entry.facts, to: facts)
        detail.accounts += facts.conflicts.symmetricDifference(entry.facts.conflicts).sorted()
        let done = try register.change(
            registered, .p1, reason: reason, detail: detail, on: occasion, in: connection
        ) { $0.facts = facts }
        return done.map { _ in () }.mapError { .register($0) }
    }

    /// What stands between the actor and a case.
    /// - Throws: `StorageError`.
    public func glass(
        of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> CaseGlass {
        let registered = ID<Registered>(id)
        switch try register.find(registered, for: .read, .p0, on: occasion, in: connection) {
        case .found: return .open
        case .absent: return .absent
        case .reasonNeeded: return .refused(.purpose)
        case .refused(let item, .glass):
            guard let entry = try register.entries([registered], now: occasion.now, in: connection)[registered] else {
                return .absent
            }
            let decision = register.decide(.breakGlass, .p0, on: entry, by: occasion.actor, now: occasion.now)
            let mayBreak =
                switch decision.reason {
                // It is shown again on the way.
                case nil, .secondFactor, .recentSecondFactor: true
                default: false
                }
            return .protected(heldBy: item.agency, mayBreak: mayBreak)
        case .refused(_, let reason): return .refused(reason)
        }
    }
}

/// What stands between someone and a case.
public enum CaseGlass: Hashable, Sendable {
    /// Nothing: they may see it.
    case open
    /// It is protected, and they may know of it.
    /// - mayBreak: whether their roles open it in an emergency.
    case protected(heldBy: Code<Agency>, mayBreak: Bool)
    /// They may not see it.
    case refused(AccessDecision.Reason)
    /// There is none, or none that exists for them.
    case absent
}
