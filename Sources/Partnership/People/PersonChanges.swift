public import Governance
public import Kernel
internal import Secrets
public import Storage

// MARK: - Recording and changing

extension PersonStore {
    /// Records a person for the actor's agency. The actor owns the record.
    /// - Parameter isChecked: someone has looked at the possible matches and found none to be the same.
    /// - Returns: the identifier, or why not; `possibleMatches` names only people that the actor may find.
    /// - Throws: `StorageError`.
    public func create(
        _ new: NewPerson, isChecked: Bool, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<Person>, PersonRefusal> {
        let problems = new.details.problems(in: occasion.now.ukDate.civil.year)
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        if !isChecked {
            let matches = try matches(new.details, on: occasion, in: connection)
            guard matches.isEmpty else { return .failure(.possibleMatches(matches)) }
        }
        let id = ID<Person>(at: occasion.now)
        let row = PersonRow(
            id: id, details: new.details, secrecy: new.secrecy, version: 1, changedAt: occasion.now,
            changedBy: occasion.actor.account)
        let entry = RegisterEntry(
            ID(id), try facts(new, occasion.actor), title: new.details.name, titleClass: .p1)
        let filled = new.details.filled
        let depth = filled.map { row.fieldClass($0, entry) }.max() ?? .p1
        let added = try register.add(
            entry, depth, detail: RegisterDetail(fields: filled.map(\.rawValue), after: row.details.digest),
            on: occasion, in: connection)
        if case .failure(let refusal) = added { return .failure(.register(refusal)) }
        try PersonRows.insert(row, in: connection)
        return .success(id)
    }

    /// People that the actor may find and who may be the same: by name or its sound, where the births agree.
    /// - Throws: `StorageError`.
    public func matches(
        _ details: PersonDetails, on occasion: Occasion, in connection: Connection
    ) throws -> [PersonItem] {
        guard !details.name.isEmpty else { return [] }
        var matches: [PersonItem] = []
        var cursor: ID<Person>?
        for _ in 0..<PersonStore.mostMatchPages {
            let page = try search(
                details.name, after: cursor, limit: AccessRegister.longestPage, on: occasion, in: connection)
            matches += page.items.filter { item in
                guard let born = item.birth, let other = details.birth else { return true }
                return born.agrees(with: other)
            }
            cursor = page.next
            if cursor == nil || matches.count >= PersonStore.mostMatches { break }
        }
        var seen: Set<ID<Person>> = []
        return Array(matches.filter { seen.insert($0.id).inserted }.prefix(PersonStore.mostMatches))
    }

    /// The most possible matches that are shown.
    private static let mostMatches = 20
    /// The most pages of people with such a name whose births are compared.
    private static let mostMatchPages = 10

    private func facts(_ new: NewPerson, _ actor: Actor) throws -> RecordFacts {
        var facts = RecordFacts(kind: try PersonStore.kind(), agency: actor.agency)
        facts.owner = actor.account
        facts.team = new.team.flatMap { actor.teams.contains($0) ? $0 : nil }
        facts.side = new.side
        facts.recordClass = new.recordClass
        facts.named = new.named
        facts.grants = new.grants
        return facts
    }

    /// Changes these fields of a person, and no others.
    /// - Parameters:
    ///   - version: the version that the actor saw. When someone else changed the person since, nothing is changed and the
    ///     answer is how it is now, as far as the actor may see.
    ///   - isSlip: another address is the same place, written down wrongly before: it makes no former one, unless it is
    ///     withheld.
    /// - Throws: `StorageError`.
    public func change(
        _ id: ID<Person>, version: Int64, to details: PersonDetails, fields: Set<PersonField>, isSlip: Bool = false,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PersonRefusal> {
        let registered = ID<Registered>(id)
        let found = try register.find(registered, for: .update, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = found, var row = try PersonRows.row(id, in: connection) else {
            return .failure(PersonStore.refusal(found))
        }
        let before = row
        for field in fields { row.details[field] = details[field] }
        let changed = PersonField.allCases.filter { row.details[$0] != before.details[$0] }
        let depth = fields.map { before.fieldClass($0, entry) }.max() ?? .p1
        let decision = register.decide(.update, depth, on: entry, by: occasion.actor, now: occasion.now)
        if decision.isPermitted, version != before.version {
            guard case .found(let now) = try read(id, on: occasion, in: connection) else {
                return .failure(.register(.absent))
            }
            return .failure(.changedMeanwhile(now))
        }
        if decision.isPermitted {
            let problems = row.details.problems(in: occasion.now.ukDate.civil.year)
            guard problems.isEmpty else { return .failure(.problems(problems)) }
            if changed.isEmpty { return .success(()) }
        }
        row.version += 1
        row.changedAt = occasion.now
        row.changedBy = occasion.actor.account
        let detail = RegisterDetail(
            fields: changed.map(\.rawValue), before: before.details.digest, after: row.details.digest)
        let done = try register.change(registered, depth, detail: detail, on: occasion, in: connection) {
            $0.title = row.details.name
        }
        if case .failure(let refusal) = done { return .failure(.register(refusal)) }
        _ = try PersonRows.update(row, isSlip: isSlip, in: connection)
        return .success(())
    }

    // MARK: - Guarding

    /// Changes who may see a person. Making a victim's record that of someone who harms lays open how to reach them, so it
    /// takes the right to see that. Where nothing differs nothing is written, and the right is asked for all the same.
    /// - Throws: `StorageError`.
    public func guardRecord(
        _ id: ID<Person>, reason: String, on occasion: Occasion, in connection: Connection,
        _ body: (inout RecordFacts) -> Void
    ) throws -> Result<Void, PersonRefusal> {
        let registered = ID<Registered>(id)
        let found = try register.find(registered, for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = found else { return .failure(PersonStore.refusal(found)) }
        guard register.decide(.grant, entry.titleClass, on: entry, by: occasion.actor, now: occasion.now).isPermitted
        else {
            // The policy says why not, and the audit keeps it.
            let denied = try register.find(registered, for: .grant, on: occasion, in: connection)
            return .failure(PersonStore.refusal(denied))
        }
        var facts = entry.facts
        body(&facts)
        if facts == entry.facts { return .success(()) }
        let depth = facts.side == entry.facts.side ? .p1 : PersonField.contactClass(entry.facts.side)
        let isSealed = facts.recordClass == .sealed || entry.facts.recordClass == .sealed
        if isSealed, !maySeal(entry.facts, by: occasion.actor, now: occasion.now) {
            return .failure(.register(.denied(.sealed)))
        }
        let detail = RegisterDetail.guards(from: entry.facts, to: facts)
        let done = try register.change(
            registered, depth, reason: reason, detail: detail, on: occasion, in: connection
        ) { $0.facts = facts }
        return done.map { _ in () }.mapError { .register($0) }
    }

    /// Guards the address otherwise, and never less than its kind asks. It takes the right to guard the record, as deep as
    /// the address lies now.
    /// - Throws: `StorageError`.
    public func guardAddress(
        _ id: ID<Person>, as secrecy: AddressSecrecy, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PersonRefusal> {
        let registered = ID<Registered>(id)
        let first = try register.find(registered, for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = first, var row = try PersonRows.row(id, in: connection) else {
            return .failure(PersonStore.refusal(first))
        }
        let fieldClass = row.fieldClass(.address, entry)
        let decision = register.decide(.grant, fieldClass, on: entry, by: occasion.actor, now: occasion.now)
        if row.secrecy == secrecy, decision.isPermitted { return .success(()) }
        let current = try AddressRows.addresses(of: id, in: connection).first { $0.content.takesLetters }
        if decision.isPermitted, let kind = current?.content.kind, secrecy < kind.leastSecrecy {
            return .failure(.problems([.leastSecrecy]))
        }
        let digest = row.guardedDigest
        let before = row.secrecy
        row.secrecy = secrecy
        let detail = RegisterDetail(
            fields: ["address-secrecy:\(before.rawValue):\(secrecy.rawValue)"], before: digest,
            after: row.guardedDigest)
        let found = try register.find(
            registered, for: .grant, fieldClass, reason: reason, detail: detail, on: occasion, in: connection)
        guard case .found = found else { return .failure(PersonStore.refusal(found)) }
        row.version += 1
        row.changedAt = occasion.now
        row.changedBy = occasion.actor.account
        _ = try PersonRows.update(row, in: connection)
        return .success(())
    }

    /// Whether the actor may seal a record: only who may guard it as deep as what is sealed, a panel's chair.
    public func maySeal(_ facts: RecordFacts, by actor: Actor, now: Instant) -> Bool {
        let decision = Access.decide(AccessRequest(actor, .grant, facts, .p1), roles: register.roles, now: now)
        guard decision.isPermitted, let role = decision.role else { return false }
        return register.roles.permissions(of: role).contains {
            $0.kinds.contains(facts.kind) && $0.actions.contains(.grant) && $0.highest == .p4
        }
    }

    static func refusal(_ finding: RegisterFinding) -> PersonRefusal {
        switch finding {
        case .found, .absent: .register(.absent)
        case .refused(_, let reason): .register(.denied(reason))
        case .reasonNeeded: .register(.reasonNeeded)
        }
    }
}

extension PersonRow {
    /// BLAKE2b-256 of how the address is guarded.
    fileprivate var guardedDigest: [UInt8] { Hash.blake2b(Array(secrecy.rawValue.utf8)) }
}
