public import Governance
internal import Instruments
public import Kernel
public import People
internal import Rules
public import Storage

// MARK: - Working on a case

extension CaseStore {
    /// Fills in a form, or corrects what was filled in before.
    /// - Returns: the entry's identifier. `changedMeanwhile` with how it is now when someone else corrected it first.
    /// - Throws: `StorageError`; a `Fault` when a rule of the case's clocks is wrong.
    public func fill(
        _ entry: NewEntry, in id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<CaseEntry>, CaseRefusal> {
        try working(on: id, on: occasion, in: connection) { record, type, register in
            let parties = try CaseRows.parties(id, in: connection).filter { $0.until == nil }
            let problems = problems(with: entry, of: type, among: parties, on: occasion.now.ukDate)
            guard problems.isEmpty else { return .failure(.problems(problems)) }
            guard let form = type.form(entry.form) else { return .failure(.register(.absent)) }
            let earlier = try EntryRows.entries(id, in: connection).filter { $0.form == form.code }
            let kept = kept(entry, of: type, occasion)
            // Whoever corrects an entry must see all of it, or what they do not see would be gone from what holds.
            let corrected = earlier.first { $0.id == entry.supersedes }
            let depth = max(
                form.highestClass(of: kept.answers), corrected.map { form.highestClass(of: $0.answers) } ?? .p0)
            let rights = rights(register, occasion)
            guard rights.writes.contains(depth) else {
                // The policy says why not, and the audit keeps it.
                return .failure(
                    CaseStore.refusal(
                        try self.register.find(ID(id), for: .update, depth, on: occasion, in: connection)))
            }
            let (moves, today) = (try CaseRows.moves(id, in: connection), occasion.now.ukDate)
            let unknown = try unknownOrganisations(in: entry, of: type, in: connection)
            guard unknown.isEmpty else { return .failure(.problems(unknown)) }
            let untimely = try self.problems(
                with: entry, form, in: record, after: moves, earlier: earlier, of: type, on: today)
            guard untimely.isEmpty else { return .failure(.problems(untimely)) }
            let step: CaseMove?
            switch try triggered(by: entry, form, in: record, after: moves, of: type, on: today) {
            case .success(let move): step = move
            case .failure(let refusal): return .failure(refusal)
            }
            if let refusal = supersession(
                entry, form, earlier, of: type, for: occasion.actor, rights,
                unseen: type.unseen(try CaseRows.parties(id, in: connection), reading: rights.reads))
            {
                return .failure(refusal)
            }
            let detail = RegisterDetail(
                fields: kept.answers.codes.map { "\(form.code).\($0)" },
                before: corrected?.answers.digest, after: kept.answers.digest)
            if let refusal = try touch(id, depth, detail, on: occasion, in: connection) { return .failure(refusal) }
            try EntryRows.insert(kept, id, in: connection)
            if entry.supersedes == nil {
                var (record, events) = (record, Set([CaseEvent.filled(form.code)]))
                if let step {
                    record = try make(step, of: record, type, reason: nil, on: occasion, in: connection)
                    events.insert(.moved(step.code))
                }
                try happened(events, [entry], to: record, of: type, on: occasion, in: connection)
            } else if let corrected {
                try beginAnew(
                    entry, inPlaceOf: corrected, among: earlier, in: record, of: type, on: occasion, in: connection)
            }
            // A day that is corrected may be the one that makes a repeat.
            try watch(entry, record, type, on: occasion, in: connection)
            return .success(kept.id)
        }
    }

    /// A form that does not repeat has one entry that holds; a correction names the entry that it corrects. What stands
    /// in the way is shown as far as the actor may see it.
    private func supersession(
        _ entry: NewEntry, _ form: CaseForm, _ earlier: [CaseEntry], of type: CaseType, for actor: Actor,
        _ rights: CaseRights, unseen: Set<ID<Person>>
    ) -> CaseRefusal? {
        func meanwhile(_ entry: CaseEntry) -> CaseRefusal {
            CaseStore.visible(entry, of: type, to: actor, rights.reads, unseen: unseen).map { .changedMeanwhile($0) }
                ?? .register(.absent)
        }
        if let corrected = entry.supersedes {
            guard let old = earlier.first(where: { $0.id == corrected }),
                CaseStore.visible(old, of: type, to: actor, rights.reads, unseen: unseen) != nil
            else { return .register(.absent) }
            return old.supersededAt == nil ? nil : meanwhile(newest(of: old, among: earlier))
        }
        guard !form.repeats, let current = earlier.last(where: { $0.supersededAt == nil }) else { return nil }
        return meanwhile(current)
    }

    private func newest(of old: CaseEntry, among entries: [CaseEntry]) -> CaseEntry {
        var newest = old
        while let next = entries.first(where: { $0.supersedes == newest.id }) { newest = next }
        return newest
    }

    /// Makes a step.
    /// - Parameters:
    ///   - from: the state in which the actor saw the case.
    ///   - reason: why, where the step asks or a gate is passed without what it asks for.
    ///   - entry: the form that goes with the step.
    /// - Throws: `StorageError`; a `Fault` when a rule of the case's clocks is wrong.
    public func move(
        _ id: ID<CaseRecord>, by code: Code<CaseMove>, from: Code<CaseState>, reason: String? = nil,
        entry: NewEntry? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        try working(on: id, on: occasion, in: connection) { record, type, register in
            guard let move = type.move(code), move.trigger == nil, let state = type.state(record.state) else {
                return .failure(.register(.absent))
            }
            guard record.state == from, move.leaves(state) else { return .failure(.wrongState(state)) }
            let roles = move.roles(in: record.band)
            guard roles.isEmpty || !roles.isDisjoint(with: occasion.actor.roles) else { return .failure(.role(roles)) }
            let reason = AnswerText.given(reason)
            var problems: [AnswerProblem] = []
            if let form = move.form {
                guard let entry, entry.form == form else {
                    return .failure(.problems([AnswerProblem("form-\(form)", "Fill in the form")]))
                }
                let parties = try CaseRows.parties(id, in: connection).filter { $0.until == nil }
                problems += self.problems(with: entry, of: type, among: parties, on: occasion.now.ukDate)
                problems += try unknownOrganisations(in: entry, of: type, in: connection)
            }
            if move.asksReason, reason == nil { problems.append(AnswerProblem("reason", "Enter why")) }
            guard problems.isEmpty else { return .failure(.problems(problems)) }
            var standing = try standing(record, of: type, register, on: occasion, in: connection)
            if let entry { standing.filled.append(.init(entry.form, entry.answers, at: occasion.now)) }
            var superseded: CaseEntry?
            if let code = move.form, type.form(code)?.repeats == false {
                superseded = try EntryRows.entries(id, in: connection).last {
                    $0.form == code && $0.supersededAt == nil
                }
                let rights = rights(register, occasion)
                let unseen = type.unseen(try CaseRows.parties(id, in: connection), reading: rights.reads)
                if let old = superseded,
                    CaseStore.visible(old, of: type, to: occasion.actor, rights.reads, unseen: unseen) == nil
                {
                    // What they do not see would be gone from what holds.
                    try self.register.noteRefusal(of: ID(id), .noPermission, on: occasion, in: connection)
                    return .failure(.register(.denied(.noPermission)))
                }
            }
            let unmet = move.unmet(standing)
            let stops = unmet.filter { !$0.allowsReason || reason == nil }
            guard stops.isEmpty else { return .failure(.gates(stops)) }
            let depth = max(
                reason == nil ? .p0 : .p2,
                entry.flatMap { entry in
                    type.form(entry.form)?.highestClass(of: entry.answers)
                } ?? .p0)
            let detail = RegisterDetail(fields: ["state"] + (entry.map { [$0.form.text] } ?? []))
            if let refusal = try touch(id, depth, detail, reason: reason, on: occasion, in: connection) {
                return .failure(refusal)
            }
            let changed = try make(
                move, of: record, type, reason: reason, passed: unmet, on: occasion, in: connection)
            var events: Set<CaseEvent> = [.moved(code)]
            if let entry {
                var kept = kept(entry, of: type, occasion)
                kept.supersedes = superseded?.id
                try EntryRows.insert(kept, id, in: connection)
                events.insert(.filled(entry.form))
            }
            let filled = entry.map { [$0] } ?? []
            try happened(events, filled, to: changed, of: type, on: occasion, in: connection)
            for entry in filled { try watch(entry, changed, type, on: occasion, in: connection) }
            return .success(())
        }
    }

    /// The steps that lead on from a case's state.
    func steps(
        _ record: CaseRecord, of type: CaseType, _ entry: RegisterEntry, on occasion: Occasion,
        in connection: Connection
    ) throws -> [CaseStep] {
        guard let state = type.state(record.state) else { return [] }
        let standing = try standing(record, of: type, entry, on: occasion, in: connection)
        return type.moves.filter { $0.trigger == nil && $0.leaves(state) }.map {
            CaseStep(move: $0, unmet: $0.unmet(standing))
        }
    }

    /// How a case stands, as far as gates ask.
    func standing(
        _ record: CaseRecord, of type: CaseType, _ entry: RegisterEntry, on occasion: Occasion,
        in connection: Connection
    ) throws -> CaseStanding {
        var standing = CaseStanding()
        for gate in type.moves.flatMap(\.gates) {
            guard case .form(_, .rule(let rule)) = gate.requirement else { continue }
            standing.counts[rule] = try policy.number(rule, on: occasion.now.ukDate)
        }
        standing.parties = Set(try CaseRows.parties(record.id, in: connection).filter { $0.until == nil }.map(\.role))
        standing.filled = try EntryRows.entries(record.id, in: connection).filter { $0.supersededAt == nil }
            .map { .init($0.form, $0.answers, at: $0.madeAt) }
        for move in try CaseRows.moves(record.id, in: connection) {
            standing.moved[move.move] = move.at
            if move.by == occasion.actor.account {
                standing.ownMoves.insert(move.move)
            } else {
                standing.ownMoves.remove(move.move)
            }
        }
        for assessment in try AssessmentRows.assessments(record.id, in: connection) {
            standing.assessed[assessment.instrument.code] = assessment.madeAt
        }
        standing.openActions = try EntryRows.actions(record.id, in: connection).count { $0.status == .open }
        standing.isOwned = entry.facts.owner != nil
        standing.isAuthor = entry.facts.author == occasion.actor.account
        return standing
    }

    // MARK: - People

    /// Gives a person a part in a case. The actor must be able to see the person. From those who declared a conflict of
    /// interest with the person the case is hidden in the same act.
    /// - Throws: `StorageError`.
    public func addParty(
        _ person: ID<Person>, as role: Code<PartyRole>, to id: ID<CaseRecord>, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        try working(on: id, on: occasion, in: connection) { record, type, entry in
            if let closed = CaseStore.closed(record, "role") { return .failure(.problems([closed])) }
            guard type.party(role) != nil else {
                return .failure(.problems([AnswerProblem("role", "Choose the part they take")]))
            }
            let found = try register.find(ID(person), for: .read, .p1, on: occasion, in: connection)
            guard case .found = found else { return .failure(.register(.absent)) }
            let current = try CaseRows.parties(id, in: connection)
            if current.contains(where: { $0.person == person && $0.role == role && $0.until == nil }) {
                return .success(())
            }
            let conflicts = try conflicts(with: [person], now: occasion.now, in: connection)
                .subtracting(entry.facts.conflicts)
            var detail = RegisterDetail(fields: ["parties.\(role)"] + (conflicts.isEmpty ? [] : ["conflicts"]))
            detail.accounts = conflicts.sorted()
            let refusal = try touch(
                id, .p1, detail, on: occasion, in: connection, { $0.conflicts.formUnion(conflicts) })
            if let refusal { return .failure(refusal) }
            try register.tellConflicts(of: conflicts, with: ID(id), on: occasion, in: connection)
            try CaseRows.insert(
                CaseParty(
                    id: ID(at: occasion.now), role: role, person: person, since: occasion.now,
                    addedBy: occasion.actor.account), id, in: connection)
            // Their age may be what a clock waits for.
            try happened([], to: record, of: type, on: occasion, in: connection)
            return .success(())
        }
    }

    /// Ends a person's part. It stays readable.
    /// - Throws: `StorageError`.
    public func endParty(
        _ party: ID<CaseParty>, in id: ID<CaseRecord>, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        try working(on: id, on: occasion, in: connection) { _, _, _ in
            guard let reason = AnswerText.given(reason) else {
                return .failure(.problems([AnswerProblem("reason", "Enter why the part ends")]))
            }
            guard try CaseRows.parties(id, in: connection).contains(where: { $0.id == party && $0.until == nil }) else {
                return .failure(.register(.absent))
            }
            let detail = RegisterDetail(fields: ["parties"])
            if let refusal = try touch(id, .p1, detail, reason: reason, on: occasion, in: connection) {
                return .failure(refusal)
            }
            try CaseRows.end(
                party, reason: reason, by: occasion.actor.account, at: occasion.now, in: connection)
            return .success(())
        }
    }

    // MARK: - Who answers for it

    /// Hands a case on to a person and a team of its agency.
    /// - Throws: `StorageError`.
    public func assign(
        _ id: ID<CaseRecord>, to owner: ID<Account>?, team: Code<Team>?, reason: String?, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        try working(on: id, on: occasion, in: connection) { _, _, entry in
            if let owner,
                let problem = try unable(
                    owner, for: entry, "owner", at: occasion.now, in: connection,
                    then: { facts in (facts.owner, facts.team) = (owner, team) })
            {
                return .failure(.problems([problem]))
            }
            if let owner,
                let agency = try AccountStore.standing(of: owner, at: occasion.now, in: connection)?.actor.agency,
                agency != entry.facts.agency
            {
                return .failure(.problems([AnswerProblem("owner", "Choose someone of the agency that holds the case")]))
            }
            let detail = RegisterDetail(fields: ["owner", "team"])
            let refusal = try touch(id, .p0, detail, reason: reason, on: occasion, in: connection) { facts in
                facts.owner = owner
                facts.team = team
            }
            return refusal.map { .failure($0) } ?? .success(())
        }
    }
}

// MARK: - Helpers

extension CaseStore {
    /// Goes on with a case that the actor may change.
    func working<Value>(
        on id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection,
        _ body: (CaseRecord, CaseType, RegisterEntry) throws -> Result<Value, CaseRefusal>
    ) throws -> Result<Value, CaseRefusal> {
        let found = try register.find(ID(id), for: .update, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = found, let record = try CaseRows.record(id, in: connection) else {
            return .failure(CaseStore.refusal(found))
        }
        return try body(record, try type(of: record), entry)
    }

    /// Writes that a case was changed, as deep as what is changed.
    func touch(
        _ id: ID<CaseRecord>, _ depth: FieldClass, _ detail: RegisterDetail, reason: String? = nil,
        on occasion: Occasion, in connection: Connection, _ body: (inout RecordFacts) -> Void = { _ in }
    ) throws -> CaseRefusal? {
        let done = try register.change(
            ID(id), depth, reason: reason, detail: detail, on: occasion, in: connection
        ) { body(&$0.facts) }
        if case .failure(let refusal) = done { return .register(refusal) }
        return nil
    }

    /// Why nothing new begins on a case that is over; nil while it is open.
    static func closed(_ record: CaseRecord, _ field: String) -> AnswerProblem? {
        record.closedAt.map { _ in AnswerProblem(field, "The case is closed. Open it again first") }
    }

    static func refusal(_ finding: RegisterFinding) -> CaseRefusal {
        switch finding {
        case .found, .absent: .register(.absent)
        case .refused(_, let reason): .register(.denied(reason))
        case .reasonNeeded: .register(.reasonNeeded)
        }
    }
}

/// Text of one line or more that someone gave.
enum AnswerText {
    /// Trimmed and at most 2,000 characters; nil when nothing is left.
    static func given(_ text: String?) -> String? {
        guard let text = text?.trimmed, !text.isEmpty else { return nil }
        return String(text.prefix(2000))
    }
}
