public import Governance
public import Kernel
public import Storage

extension PersonStore {
    /// Writes where a household is otherwise. Only who sees where it is may, and so sees everyone who lives there now; what
    /// was written before stays in the history of those whom they see in it.
    /// - Parameters:
    ///   - id: a member whom the actor sees in it and can change.
    ///   - seen: where it was as the actor saw it.
    /// - Throws: `StorageError`.
    public func changeLines(
        _ lines: String, of household: ID<Household>, with id: ID<Person>, seen: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, PartRefusal> {
        guard let found = try HouseholdRows.household(household, in: connection),
            let open = try shown(found, on: occasion, in: connection), let old = open.lines,
            open.members.contains(where: { $0.person == id })
        else { return .failure(.register(.absent)) }
        let asked = try forChange(id, "household", on: occasion, in: connection) { $0.reachClass(.ordinary) }
        if case .failure(let refusal) = asked { return .failure(refusal) }
        guard let new = PartText.lines(lines) else {
            return .failure(.problems([PartProblem("lines", "Enter the address")]))
        }
        guard PartText.lines(seen) == old else { return .failure(.changedMeanwhile) }
        guard new != old else { return .success(()) }
        let (now, account) = (occasion.now, occasion.actor.account)
        guard try HouseholdRows.change(household, from: old, to: new, at: now, by: account, in: connection) else {
            return .failure(.changedMeanwhile)
        }
        for member in open.members {
            try HistoryRows.insert(place: old, household, of: member.person, at: now, by: account, in: connection)
        }
        return .success(())
    }
}
