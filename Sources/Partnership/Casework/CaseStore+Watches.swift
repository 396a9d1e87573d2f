internal import Governance
internal import Kernel
internal import People
internal import Rules
internal import Storage

// MARK: - Repeats

extension CaseStore {
    /// Counts what the case type watches, and raises a flag and an action when a rule's number is reached. What happened
    /// within the rule's time before today counts, however late it was told.
    ///
    /// Counts go over all cases of the type, also those that the actor may not see: a flag says only that there is a
    /// repeat, and of whom, on a case of which they are a party. How many there are it does not say, for those who know of
    /// fewer.
    func watch(
        _ entry: NewEntry, _ record: CaseRecord, _ type: CaseType, on occasion: Occasion, in connection: Connection
    ) throws {
        guard entry.happenedOn != nil else { return }
        let today = occasion.now.ukDate
        for watch in type.watches where watch.form == entry.form {
            // A rule that does not hold yet counts nothing.
            guard policy.rule(watch.count, on: today) != nil, policy.rule(watch.window, on: today) != nil else {
                continue
            }
            let needed = try policy.number(watch.count, on: today)
            let since = try policy.windowStart(watch.window, endingOn: today)
            for person in Set(try people(watch.party, of: record.id, in: connection)).sorted() {
                let found = try count(watch, type, person, from: since, to: today, in: connection)
                guard found >= needed else { continue }
                try raise(watch, person, record, on: occasion, in: connection)
            }
        }
    }

    private func people(
        _ role: Code<PartyRole>, of id: ID<CaseRecord>, in connection: Connection
    ) throws -> [ID<Person>] {
        try CaseRows.parties(id, in: connection).filter { $0.role == role && $0.until == nil }.map(\.person)
    }

    /// How often a form was filled in for a person, or their household, in the time; days count, not entries of one day in one case.
    private func count(
        _ watch: CaseWatch, _ type: CaseType, _ person: ID<Person>, from: LocalDate, to: LocalDate,
        in connection: Connection
    ) throws -> Int {
        // Records that were put together are one person.
        let records =
            watch.countsHousehold
            ? try PersonStore.sameHousehold(person, on: to, in: connection)
            : try PersonStore.sameRecords(person, in: connection)
        let row = try connection.first(
            """
            SELECT COUNT(*) AS found FROM (
                SELECT DISTINCT e.case_id, e.happened_on FROM case_parties p
                JOIN cases c ON c.id = p.case_id AND c.type = \(type.code)
                JOIN case_entries e ON e.case_id = c.id
                WHERE p.person IN (\(list: records)) AND p.role = \(watch.party) AND p.until_at IS NULL
                    AND e.form = \(watch.form) AND e.superseded_at IS NULL
                    AND e.happened_on >= \(from) AND e.happened_on <= \(to)
            ) AS days
            """)
        return Int(try row?.get("found", as: Int64.self) ?? 0)
    }

    private func raise(
        _ watch: CaseWatch, _ person: ID<Person>, _ record: CaseRecord, on occasion: Occasion,
        in connection: Connection
    ) throws {
        let today = occasion.now.ukDate
        let holds = try CaseRows.flags(record.id, in: connection).contains { flag in
            flag.code == watch.code.text && flag.person == person && flag.until.map { today <= $0 } ?? true
        }
        guard !holds else { return }
        try CaseRows.insert(
            CaseFlag(
                code: watch.code.text, text: watch.name, person: person,
                raisedAt: occasion.now,
                until: calendar.lastDay(try policy.length("case.repeatFlag", on: today), from: today)),
            record.id, in: connection)
        guard let text = watch.action else { return }
        // It falls to whoever answers for the case, who need not be whoever typed it in.
        let id = ID<Registered>(record.id)
        let facts = try register.entries([id], now: occasion.now, in: connection)[id]?.facts
        let answers = try facts?.owner.flatMap { owner in
            try facts?.conflicts.contains(owner) == false && !AccountNames.hasLeft(owner, in: connection) ? owner : nil
        }
        let action = CaseAction(
            id: ID(at: occasion.now), text: text, agency: facts?.agency ?? occasion.actor.agency, owner: answers,
            due: calendar.lastDay(try policy.length("case.repeatAction", on: today), from: today),
            origin: watch.code.text,
            status: .open, outcome: nil, madeBy: occasion.actor.account, madeAt: occasion.now, closedBy: nil,
            closedAt: nil)
        try EntryRows.insert(action, record.id, in: connection)
    }
}
