public import Governance
public import Kernel
public import Storage

// MARK: - Actions

extension CaseStore {
    /// Adds an action. Whoever is to do it may see the case from then on, someone of another agency until it is closed.
    /// - Parameter owner: who is to do it; nil where whoever answers for the case sees to it, in the case's own agency.
    /// - Throws: `StorageError`.
    public func addAction(
        _ text: String, agency: Code<Agency>, owner: ID<Account>?, due: LocalDate, to id: ID<CaseRecord>,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<CaseAction>, CaseRefusal> {
        try working(on: id, on: occasion, in: connection) { record, _, entry in
            if let closed = CaseStore.closed(record, "text") { return .failure(.problems([closed])) }
            let text = text.singleSpaced
            var problems: [AnswerProblem] = []
            if owner == nil, agency != entry.facts.agency {
                problems.append(AnswerProblem("owner", "Enter who does it there: nobody else there would hear of it"))
            }
            if let owner, let problem = try unable(owner, for: entry, "owner", at: occasion.now, in: connection) {
                problems.append(problem)
            }
            if text.isEmpty {
                problems.append(AnswerProblem("text", "Enter what is to be done, beginning with a verb"))
            }
            if text.count > FormField.longestLine * 5 {
                problems.append(AnswerProblem("text", "Use \(FormField.longestLine * 5) characters or fewer"))
            }
            if due < occasion.now.ukDate { problems.append(AnswerProblem("due", "Enter a day that is not past")) }
            guard problems.isEmpty else { return .failure(.problems(problems)) }
            let detail = RegisterDetail(fields: ["actions"])
            if let refusal = try touch(
                id, .p1, detail, on: occasion, in: connection,
                { facts in
                    if let owner { facts.involved.insert(owner) }
                })
            {
                return .failure(refusal)
            }
            let action = CaseAction(
                id: ID(at: occasion.now), text: text, agency: agency, owner: owner, due: due, origin: nil,
                status: .open, outcome: nil, madeBy: occasion.actor.account, madeAt: occasion.now, closedBy: nil,
                closedAt: nil)
            try EntryRows.insert(action, id, in: connection)
            return .success(action.id)
        }
    }

    /// Closes an action with what came of it. Its owner may, though they may change nothing else. Who saw the case only to
    /// do it, and has nothing else to do on it, no longer sees it.
    /// - Parameter done: how it ended; done after its last day is done late whatever is said.
    /// - Throws: `StorageError`.
    public func closeAction(
        _ action: ID<CaseAction>, of id: ID<CaseRecord>, as done: CaseAction.Status, outcome: String,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        guard let text = AnswerText.given(outcome), done != .open else {
            return .failure(.problems([AnswerProblem("outcome", "Enter what came of it")]))
        }
        let found = try register.find(ID(id), for: .read, .p1, on: occasion, in: connection)
        guard case .found(let entry, _) = found,
            let row = try EntryRows.actions(id, in: connection).first(where: { $0.id == action })
        else { return .failure(CaseStore.refusal(found)) }
        guard row.status == .open else { return .failure(.closedAlready) }
        let detail = RegisterDetail(fields: ["actions.\(action)"])
        if row.owner == occasion.actor.account {
            try register.note(.update, ID(id), .p2, detail, on: occasion, in: connection)
        } else if let refusal = try touch(id, .p2, detail, on: occasion, in: connection) {
            return .failure(refusal)
        }
        let isLate = done == .done && occasion.now.ukDate > row.due
        let isClosed = try EntryRows.close(
            action, as: isLate ? .doneLate : done, outcome: text, by: occasion.actor.account, at: occasion.now,
            in: connection)
        guard isClosed else { return .failure(.closedAlready) }
        try release(row, of: id, entry, on: occasion, in: connection)
        return .success(())
    }

    /// Hands an open action on to someone else, who may see the case from then on; whoever had it and saw the case only to
    /// do it no longer does.
    /// - Parameter from: who had it, as the actor saw it.
    /// - Returns: `closedAlready` when it was closed meanwhile.
    /// - Throws: `StorageError`.
    public func handOn(
        _ action: ID<CaseAction>, of id: ID<CaseRecord>, from: ID<Account>?, to owner: ID<Account>,
        agency: Code<Agency>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        try working(on: id, on: occasion, in: connection) { record, _, entry in
            if let closed = CaseStore.closed(record, "owner") { return .failure(.problems([closed])) }
            guard let row = try EntryRows.actions(id, in: connection).first(where: { $0.id == action }) else {
                return .failure(.register(.absent))
            }
            guard row.status == .open else { return .failure(.closedAlready) }
            if row.owner != from {
                let why = "Someone handed it on meanwhile. Look who does it now"
                return .failure(.problems([AnswerProblem("owner", why)]))
            }
            if let problem = try unable(owner, for: entry, "owner", at: occasion.now, in: connection) {
                return .failure(.problems([problem]))
            }
            var detail = RegisterDetail(fields: ["actions.\(action)"])
            detail.accounts = ([owner] + (from.map { [$0] } ?? [])).sorted()
            if let refusal = try touch(id, .p1, detail, on: occasion, in: connection, { $0.involved.insert(owner) }) {
                return .failure(refusal)
            }
            guard try EntryRows.handOn(action, to: owner, agency, in: connection) else {
                return .failure(.closedAlready)
            }
            if owner != from { try release(row, of: id, entry, on: occasion, in: connection) }
            return .success(())
        }
    }

    /// Lets someone of another agency no longer see a case when nothing on it is left for them to do.
    private func release(
        _ action: CaseAction, of id: ID<CaseRecord>, _ entry: RegisterEntry, on occasion: Occasion,
        in connection: Connection
    ) throws {
        guard let owner = action.owner, action.agency != entry.facts.agency,
            try !EntryRows.actions(id, in: connection).contains(where: { $0.owner == owner && $0.status == .open })
        else { return }
        try register.release(ID(id), from: owner, on: occasion, in: connection)
    }
}
