public import Governance
public import Kernel
public import People
public import Storage

/// Which cases a list shows.
public struct CaseFilter: Hashable, Sendable {
    /// Of this type.
    public var type: Code<CaseType>?
    /// In this state.
    public var state: Code<CaseState>?
    /// Over, or not over; both when nil.
    public var isClosed: Bool?
    /// Answered for by this person.
    public var owner: ID<Account>?
    /// Worked on by this team.
    public var team: Code<Team>?
    /// With a risk of this band.
    public var band: String?
    /// With a clock that is late at this moment.
    public var isLateAt: Instant?
    /// Whose reference or heading holds these words.
    public var words: String?
    /// Of which one of these people is a party.
    public var people: [ID<Person>]?

    /// All cases.
    public init() {}
}

// MARK: - Lists

extension CaseStore {
    /// Cases that the actor may list, the newest first.
    /// - Parameter cursor: the `next` of the page before.
    /// - Throws: `StorageError`.
    public func list(
        _ filter: CaseFilter = CaseFilter(), after cursor: ID<CaseRecord>? = nil, limit: Int = 50,
        on occasion: Occasion, in connection: Connection
    ) throws -> CasePage {
        var filter = filter
        if let people = filter.people {
            // A person's cases are those of all records of theirs that the actor may see.
            filter.people = try PersonStore(roles: register.roles).records(of: people, on: occasion, in: connection)
        }
        let page = try register.list(
            CaseStore.kind(), after: cursor.map { ID<Registered>($0) }, limit: limit,
            where: filter.condition(withoutAges: ageClocks, in: connection), on: occasion, in: connection)
        var shown = try items(page.items, on: occasion, in: connection)
        if let people = filter.people { shown = try known(Set(people), in: shown, on: occasion, connection) }
        return CasePage(items: shown, next: page.next.flatMap { ID($0.text) })
    }

    /// The clocks that measure an age: when they end tells when someone was born.
    private var ageClocks: [Code<CaseClock>] {
        catalogue.types.flatMap { type in type.clocks.filter { $0.ageOf != nil }.map(\.code) }
    }

    /// The cases in which one of these people has a part that the actor may know of: who asked under a disclosure scheme is
    /// not found by their name.
    private func known(
        _ people: Set<ID<Person>>, in items: [CaseItem], on occasion: Occasion, _ connection: Connection
    ) throws -> [CaseItem] {
        let entries = try register.entries(items.map { ID($0.record.id) }, now: occasion.now, in: connection)
        return try items.filter { item in
            guard let entry = entries[ID(item.record.id)], let type = catalogue.type(item.record.type) else {
                return false
            }
            guard type.parties.contains(where: { $0.fieldClass > .p1 }) else { return true }
            return try CaseRows.parties(item.record.id, in: connection).contains { party in
                party.until == nil && people.contains(party.person)
                    && register.decide(
                        .list, type.party(party.role)?.fieldClass ?? .p3, on: entry, by: occasion.actor,
                        now: occasion.now
                    ).isPermitted
            }
        }
    }

    /// How many cases the actor may count.
    /// - Throws: `StorageError`.
    public func count(on occasion: Occasion, in connection: Connection) throws -> Int {
        try register.count(CaseStore.kind(), on: occasion, in: connection)
    }

    func items(
        _ items: [RegisterItem], on occasion: Occasion, in connection: Connection
    ) throws -> [CaseItem] {
        let ids = items.compactMap { ID<CaseRecord>($0.id.text) }
        let records = try CaseRows.records(ids, in: connection)
        let ages = ageClocks
        let due = try due(ids, but: [], in: connection)
        let dueWithoutAges = ages.isEmpty ? due : try self.due(ids, but: ages, in: connection)
        let entries = try register.entries(items.map(\.id), now: occasion.now, in: connection)
        return items.compactMap { item in
            guard let id = ID<CaseRecord>(item.id.text), var record = records[id], let entry = entries[item.id] else {
                return nil
            }
            let showsPersonal = register.decide(.list, .p1, on: entry, by: occasion.actor, now: occasion.now)
                .isPermitted
            if !showsPersonal { record = record.withoutDetails }
            return CaseItem(
                record: record, showsPersonal: showsPersonal, agency: item.agency, owner: entry.facts.owner,
                dueAt: showsPersonal ? due[id] : dueWithoutAges[id])
        }
    }

    private func due(
        _ ids: [ID<CaseRecord>], but left: [Code<CaseClock>], in connection: Connection
    ) throws -> [ID<CaseRecord>: Instant] {
        guard !ids.isEmpty else { return [:] }
        var due: [ID<CaseRecord>: Instant] = [:]
        let others: SQL = left.isEmpty ? "" : "AND clock NOT IN (\(list: left))"
        for row in try connection.rows(
            """
            SELECT case_id, MIN(due_at) AS due FROM case_clocks
            WHERE case_id IN (\(list: ids)) AND due_at IS NOT NULL \(others)
            GROUP BY case_id
            """)
        {
            due[try row.get("case_id")] = try row.get("due")
        }
        return due
    }
}
