internal import Casework
internal import Enforcement
internal import Governance
internal import Kernel
internal import People
internal import Storage

extension CohortStore {
    /// The people of a cohort with their cases: those of records that were put together are one person. Breaches of orders
    /// are asked for by who counts, so that the policy and the audit are those of the register of orders.
    /// - Parameter offences: the breaches by these people that are offences.
    func people(
        _ histories: [CaseHistory], of cohort: CohortDefinition, in connection: Connection,
        _ offences: (Set<ID<Registered>>) throws -> Result<[OrderOffence], RegisterRefusal>
    ) throws -> Result<[CohortPerson], RegisterRefusal> {
        guard let role = cohort.person else { return .success(histories.map { CohortPerson([$0]) }) }
        let merges = try PersonStore.merges(in: connection)
        func lead(_ person: ID<Person>) -> ID<Person> {
            var (lead, seen) = (person, Set([person]))
            while let next = merges[lead], seen.insert(next).inserted { lead = next }
            return lead
        }
        let parties = try cases.recordedPeople(in: role, of: cohort.caseType, in: connection)
        let leads = parties.mapValues { Set($0.map(lead)) }
        let wanted = Set(leads.values.flatMap { $0 })
        let records = wanted.union(merges.keys.filter { wanted.contains(lead($0)) })
        let found: [OrderOffence]
        switch try offences(Set(records.map { ID<Registered>($0) })) {
        case .success(let known): found = known
        case .failure(let refusal): return .failure(refusal)
        }
        // One act may breach several orders: what happened in one moment is one offence.
        var moments: [ID<Person>: Set<Instant>] = [:]
        for offence in found {
            guard let person = ID<Person>(offence.person.text) else { continue }
            moments[lead(person), default: []].insert(offence.at)
        }
        // A case about one person belongs to that person's others; one about several, or nobody known, stands alone.
        var known: [ID<Person>: [CaseHistory]] = [:]
        var order: [CohortKey] = []
        for history in histories {
            guard let people = leads[history.id], people.count == 1, let person = people.first else {
                order.append(.history(history))
                continue
            }
            if known[person] == nil { order.append(.person(person)) }
            known[person, default: []].append(history)
        }
        return .success(
            order.map { key in
                switch key {
                case .person(let person):
                    CohortPerson(known[person] ?? [], breaches: (moments[person] ?? []).sorted().map(\.ukDate))
                case .history(let history):
                    CohortPerson(
                        [history],
                        breaches: Set((leads[history.id] ?? []).flatMap { moments[$0] ?? [] }).sorted().map(\.ukDate))
                }
            })
    }
}

/// Who is counted: a person with all their cases, or a case that stands alone.
private enum CohortKey {
    case person(ID<Person>)
    case history(CaseHistory)
}
