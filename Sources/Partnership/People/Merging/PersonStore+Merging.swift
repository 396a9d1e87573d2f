public import Governance
public import Kernel
public import Storage

// MARK: - Putting records together

extension PersonStore {
    /// Proposes that two records are one person. It takes both records to be open to the actor, and the right to change
    /// one of them; it changes nothing yet.
    /// - Parameters:
    ///   - lead: the record that would lead.
    ///   - choices: the fields of which the other record's value would be shown.
    /// - Throws: `StorageError`.
    public func proposeMerge(
        of other: ID<Person>, into lead: ID<Person>, choices: Set<PersonField>, reason: String,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<PersonMerge>, MergeRefusal> {
        guard other != lead else { return .failure(.sameRecord) }
        switch try both([lead, other], on: occasion, in: connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let entries):
            guard entries.contains(where: { allows(.update, .p1, $0, occasion) }) else {
                return .failure(.register(.denied(.noPermission)))
            }
        }
        guard let reason = PartText.line(reason, longest: 1000) else { return .failure(.register(.reasonNeeded)) }
        guard try isOwnLead([lead, other], in: connection) else { return .failure(.mergedAlready) }
        if try MergeRows.isNotSame(lead, other, in: connection) { return .failure(.notTheSame) }
        let earlier = try MergeRows.merges(of: [lead], in: connection)
        guard !earlier.contains(where: { $0.waits && Set($0.records) == [lead, other] }) else {
            return .failure(.proposedAlready)
        }
        let merge = PersonMerge(
            id: ID(at: occasion.now), lead: lead, other: other, reason: reason, choices: choices,
            proposedBy: occasion.actor.account, proposedAt: occasion.now, confirmations: [:], mergedAt: nil,
            endedAt: nil, endedReason: nil)
        try MergeRows.insert(merge, in: connection)
        for record in merge.records {
            try register.note(
                .update, ID(record), .p1, RegisterDetail(fields: ["merge-proposed"]), on: occasion, in: connection)
        }
        return .success(merge.id)
    }

    /// Confirms a proposal for the records that the actor may put together with others. It takes effect when both are
    /// confirmed, by others than who proposed it; where one is of someone who harms and the other is not, by two people.
    /// - Parameter knowsSides: the actor says that they know of the sides.
    /// - Returns: whether it took effect.
    /// - Throws: `StorageError`.
    public func confirmMerge(
        _ id: ID<PersonMerge>, knowsSides: Bool = false, reason: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Bool, MergeRefusal> {
        guard let merge = try MergeRows.merge(id, in: connection) else { return .failure(.register(.absent)) }
        let entries: [RegisterEntry]
        switch try both(merge.records, on: occasion, in: connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): entries = found
        }
        guard merge.waits else { return .failure(.over) }
        let account = occasion.actor.account
        guard account != merge.proposedBy else { return .failure(.secondPersonNeeded) }
        guard try isOwnLead(merge.records, in: connection) else { return .failure(.mergedAlready) }
        if try MergeRows.isNotSame(merge.lead, merge.other, in: connection) { return .failure(.notTheSame) }
        let isAcross =
            entries.contains { $0.facts.side == .perpetrator } != entries.allSatisfy { $0.facts.side == .perpetrator }
        if isAcross, !knowsSides || merge.confirmations.values.contains(account) { return .failure(.acrossSides) }
        var confirmed = Set(merge.confirmations.keys)
        var own: [ID<Person>] = []
        for (record, entry) in zip(merge.records, entries) where !confirmed.contains(record) {
            guard allows(.merge, .p1, entry, occasion), !isAcross || own.isEmpty else { continue }
            own.append(record)
        }
        guard let first = own.first else {
            return .failure(isAcross && !confirmed.isEmpty ? .acrossSides : .register(.denied(.noPermission)))
        }
        for record in own {
            let found = try register.find(
                ID(record), for: .merge, .p1, reason: reason, detail: RegisterDetail(fields: ["merge"]), on: occasion,
                in: connection)
            guard case .found = found else {
                // The first refusal comes before anything is written.
                return .failure(record == first ? PersonStore.mergeRefusal(found) : .over)
            }
            try MergeRows.confirm(id, record, by: account, at: occasion.now, in: connection)
            confirmed.insert(record)
        }
        guard confirmed == Set(merge.records) else { return .success(false) }
        try MergeRows.take(merge, at: occasion.now, in: connection)
        return .success(true)
    }

    /// Refuses a proposal, or takes two records apart again, however long after. Everything is where it was, and what was
    /// changed in between stays on the record on which it was changed.
    /// - Throws: `StorageError`.
    public func endMerge(
        _ id: ID<PersonMerge>, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, MergeRefusal> {
        guard let merge = try MergeRows.merge(id, in: connection) else { return .failure(.register(.absent)) }
        let entries: [RegisterEntry]
        switch try both(merge.records, on: occasion, in: connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): entries = found
        }
        guard merge.endedAt == nil else { return .failure(.over) }
        let words = PartText.line(reason, longest: 1000)
        guard let words else { return .failure(.register(.reasonNeeded)) }
        let isOwnProposal = merge.waits && merge.proposedBy == occasion.actor.account
        let index = entries.firstIndex { allows(.merge, .p1, $0, occasion) }
        guard isOwnProposal || index != nil else { return .failure(.register(.denied(.noPermission))) }
        if let index {
            let found = try register.find(
                entries[index].id, for: .merge, .p1, reason: words,
                detail: RegisterDetail(fields: [merge.holds ? "split" : "merge-refused"]), on: occasion, in: connection)
            guard case .found = found else { return .failure(PersonStore.mergeRefusal(found)) }
        } else {
            try register.note(
                .update, ID(merge.lead), .p1, RegisterDetail(fields: ["merge-withdrawn"]), on: occasion, in: connection)
        }
        try MergeRows.end(merge, by: occasion.actor.account, reason: words, at: occasion.now, in: connection)
        return .success(())
    }

    /// Records that two records are two people, so that nobody proposes it again; what waits to make them one is over.
    /// - Throws: `StorageError`.
    public func declareNotSame(
        _ one: ID<Person>, _ two: ID<Person>, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, MergeRefusal> {
        guard one != two else { return .failure(.sameRecord) }
        switch try both([one, two], on: occasion, in: connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let entries):
            guard entries.contains(where: { allows(.update, .p1, $0, occasion) }) else {
                return .failure(.register(.denied(.noPermission)))
            }
        }
        guard let reason = PartText.line(reason, longest: 1000) else { return .failure(.register(.reasonNeeded)) }
        for record in [one, two] {
            try register.note(
                .update, ID(record), .p1, RegisterDetail(fields: ["not-same"]), on: occasion, in: connection)
        }
        try MergeRows.setNotSame(
            one, two, reason: reason, by: occasion.actor.account, at: occasion.now, in: connection)
        for merge in try MergeRows.waiting(between: one, two, in: connection) {
            try register.note(
                .update, ID(merge.lead), .p1, RegisterDetail(fields: ["merge-refused"]), on: occasion, in: connection)
            try MergeRows.end(
                merge, by: occasion.actor.account, reason: reason, at: occasion.now, in: connection)
        }
        return .success(())
    }

    // MARK: - Reading together

    /// What was proposed and done with these records of a person, the newest first: only where both records are open to
    /// the actor.
    /// - Throws: `StorageError`.
    public func merges(
        of id: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> [PersonMerge] {
        let group = try MergeRows.group(of: id, in: connection)
        return try MergeRows.merges(of: group, in: connection).filter {
            if case .success = try open($0.records, on: occasion, in: connection) { true } else { false }
        }
    }

    /// The record that leads a person's records, when another one does and the actor may open it.
    /// - Throws: `StorageError`.
    public func lead(
        of id: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> ID<Person>? {
        guard let lead = try MergeRows.leads(of: [id], in: connection)[id], lead != id,
            case .success = try open([id, lead], on: occasion, in: connection)
        else { return nil }
        return lead
    }

    /// A person with the other records of the same person, as far as the actor may see each.
    /// - Parameters:
    ///   - person: what the actor saw of the record that leads.
    ///   - sealed: another of the records, whose sealed fields are looked at, and why.
    /// - Throws: `StorageError`.
    public func whole(
        _ person: Person, sealed: (record: ID<Person>, reason: String)? = nil, on occasion: Occasion,
        in connection: Connection
    ) throws -> WholePerson {
        var others: [Person] = []
        var unseen = UnseenContact()
        let group = try MergeRows.group(of: person.id, in: connection)
        for id in group where id != person.id {
            var other: Person?
            if case .success = try open([id], on: occasion, in: connection),
                case .found(let found) = try read(
                    id, reason: sealed?.record == id ? sealed?.reason : nil, on: occasion, in: connection)
            {
                others.append(found)
                other = found
            }
            if other?.seesContact != true { unseen.methods += try ContactRows.methods(of: id, in: connection) }
            let seen = Set(other?.addresses.map(\.id) ?? [])
            unseen.addresses += try AddressRows.addresses(of: id, in: connection).filter { !seen.contains($0.id) }
        }
        let merges = try MergeRows.merges(of: group, in: connection).filter(\.holds)
        return WholePerson(lead: person, others: others, merges: merges, unseen: unseen)
    }

    /// The records of the same people that the actor may open, these among them: for lists of what concerns a person.
    /// - Throws: `StorageError`.
    public func records(
        of ids: [ID<Person>], on occasion: Occasion, in connection: Connection
    ) throws -> [ID<Person>] {
        var records = ids
        for id in ids {
            let others = try MergeRows.group(of: id, in: connection).filter { !records.contains($0) }
            // Who may not open the record is not told by another of theirs that they are one person.
            guard !others.isEmpty, case .success = try open([id], on: occasion, in: connection) else { continue }
            for other in others {
                if case .success = try open([other], on: occasion, in: connection) { records.append(other) }
            }
        }
        return records
    }

    /// For each record that points to another, the one to which it points, whoever may see them: for counts that show no
    /// record, as repeats are counted by person.
    /// - Throws: `StorageError`.
    public static func merges(in connection: Connection) throws -> [ID<Person>: ID<Person>] {
        Dictionary(
            try MergeRows.holding(in: connection).map { ($0.other, $0.lead) }, uniquingKeysWith: { first, _ in first })
    }

    /// The day on which a person was born where it is known to the day, whoever may see it: for an age by which a clock
    /// runs. It must not be shown to who may not see the birth.
    /// - Throws: `StorageError`.
    public static func birthday(of id: ID<Person>, in connection: Connection) throws -> LocalDate? {
        let text = try connection.first("SELECT birth FROM people WHERE id = \(id)")?.optional("birth", as: String.self)
        guard case .day(let day)? = text.flatMap({ Birth($0) }) else { return nil }
        return day
    }

    /// All records of the same person, whoever may see them: for counts that show no record.
    /// - Throws: `StorageError`.
    public static func sameRecords(_ id: ID<Person>, in connection: Connection) throws -> [ID<Person>] {
        try MergeRows.group(of: id, in: connection)
    }

    // MARK: - Helpers

    private func isOwnLead(_ records: [ID<Person>], in connection: Connection) throws -> Bool {
        let leads = try MergeRows.leads(of: records, in: connection)
        return records.allSatisfy { (leads[$0] ?? $0) == $0 }
    }

    /// The records, when all are open to the actor as deep as names lie. Writes no audit.
    private func open(
        _ ids: [ID<Person>], on occasion: Occasion, in connection: Connection
    ) throws -> Result<[RegisterEntry], MergeRefusal> {
        let registered = ids.map { ID<Registered>($0) }
        let entries = try register.entries(registered, now: occasion.now, in: connection)
        let open = registered.compactMap { entries[$0] }.filter { allows(.read, .p1, $0, occasion) }
        return open.count == ids.count ? .success(open) : .failure(.register(.absent))
    }

    /// The records, when all are open to the actor; the audit keeps that they were read, or why not.
    private func both(
        _ ids: [ID<Person>], on occasion: Occasion, in connection: Connection
    ) throws -> Result<[RegisterEntry], MergeRefusal> {
        var entries: [RegisterEntry] = []
        for id in ids {
            let found = try register.find(ID(id), for: .read, .p1, on: occasion, in: connection)
            guard case .found(let entry, _) = found else { return .failure(PersonStore.mergeRefusal(found)) }
            entries.append(entry)
        }
        return .success(entries)
    }

    private static func mergeRefusal(_ finding: RegisterFinding) -> MergeRefusal {
        if case .register(let refusal) = refusal(finding) { .register(refusal) } else { .register(.absent) }
    }
}

// MARK: - Walls of people with several records

extension PersonStore {
    /// The record as the strictest among the records of the same person asks; nil when the actor declared a conflict of
    /// interest with any of them.
    func strictest(
        _ entry: RegisterEntry, _ id: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> RegisterEntry? {
        let group = try MergeRows.group(of: id, in: connection)
        guard group.count > 1 else { return entry }
        let all = try register.entries(group.map { ID($0) }, now: occasion.now, in: connection).values
        if all.contains(where: { $0.facts.conflicts.contains(occasion.actor.account) }) { return nil }
        var strict = entry
        let sides = all.map(\.facts.side)
        if entry.facts.side == .perpetrator, let other = sides.first(where: { $0 != .perpetrator }) {
            strict.facts.side = sides.contains(.victim) ? .victim : other
        }
        return strict
    }

    /// Whether the actor may read so deep, in a record and in the strictest record of the same person.
    func allowsAll(
        _ entry: RegisterEntry, _ id: ID<Person>, on occasion: Occasion, in connection: Connection,
        _ depth: (RegisterEntry) -> FieldClass
    ) throws -> Bool {
        guard allows(.read, depth(entry), entry, occasion),
            let strict = try strictest(entry, id, on: occasion, in: connection)
        else { return false }
        return strict.facts.side == entry.facts.side || allows(.read, depth(strict), strict, occasion)
    }

    /// Items of which those that point to another record give way to it, where the actor may list it; without those of
    /// whom the actor declared a conflict of interest with another record.
    /// - Parameters:
    ///   - act: as what they are shown, for the audit of a record that another gives way to; nil when none does.
    ///   - reason: why a search goes beyond the actor's own agency; without one only its records are given way to.
    func following(
        _ items: [PersonItem], as act: AuditAct?, reason: String? = nil, on occasion: Occasion,
        in connection: Connection
    ) throws -> [PersonItem] {
        func mayShow(_ lead: RegisterEntry) -> Bool {
            act == .list || lead.facts.agency == occasion.actor.agency
                || reason?.contains { !$0.isWhitespace } == true
        }
        let leads = try MergeRows.leads(of: items.map(\.id), in: connection)
        guard !leads.isEmpty else { return items }
        let listed = Set(items.map(\.id))
        var followed: [PersonItem] = []
        var seen: Set<ID<Person>> = []
        for item in items {
            guard let lead = leads[item.id] else {
                followed.append(item)
                continue
            }
            let group = try MergeRows.group(of: item.id, in: connection)
            let all = try register.entries(group.map { ID($0) }, now: occasion.now, in: connection)
            if all.values.contains(where: { $0.facts.conflicts.contains(occasion.actor.account) }) { continue }
            var shown = item
            if let act, lead != item.id, let entry = all[ID(lead)], allows(.list, .p1, entry, occasion),
                allows(.search, .p1, entry, occasion), mayShow(entry),
                let row = try PersonRows.row(lead, in: connection)
            {
                if !listed.contains(lead), !seen.contains(lead) {
                    try register.note(
                        act, ID(lead), .p1, reason: reason, RegisterDetail(fields: ["name"]), on: occasion,
                        in: connection)
                }
                shown = PersonItem(
                    id: lead, agency: entry.facts.agency, name: entry.title, birth: row.details.birth,
                    otherNames: row.details.otherNameList)
            }
            if seen.insert(shown.id).inserted { followed.append(shown) }
        }
        return followed
    }
}
