public import Casework
public import Kernel
internal import Rules

/// One time of someone's on the caseload: from the day they were taken on to the day they left.
public struct CohortSpell: Hashable, Sendable {
    /// The day on which they were taken on.
    public let from: LocalDate
    /// The day on which they left; nil for who is still on it.
    public let until: LocalDate?
    /// The state that ended it.
    public let endedIn: Code<CaseState>?
    /// The states that they were in, each from a day on, the first on the day they were taken on.
    public let states: [CaseHistory.Move]

    /// Whether they were on the caseload at the end of a day.
    public func holds(on day: LocalDate) -> Bool { from <= day && (until.map { day < $0 } ?? true) }

    /// Whether they were on the caseload at any time between two days, both included.
    public func touches(_ first: LocalDate, _ last: LocalDate) -> Bool {
        from <= last && (until.map { $0 > first } ?? true)
    }

    /// The state at the end of a day.
    public func state(on day: LocalDate) -> Code<CaseState>? { states.last { $0.day <= day }?.state }

    /// The times on the caseload that a history tells of.
    public static func spells(of history: CaseHistory, _ cohort: CohortDefinition) -> [CohortSpell] {
        var spells: [CohortSpell] = []
        var states: [CaseHistory.Move] = []
        for move in history.moves {
            if cohort.caseload.contains(move.state) {
                states.append(move)
            } else if let first = states.first {
                spells.append(CohortSpell(from: first.day, until: move.day, endedIn: move.state, states: states))
                states = []
            }
        }
        if let first = states.first {
            spells.append(CohortSpell(from: first.day, until: nil, endedIn: nil, states: states))
        }
        return spells
    }

    /// Someone's times on the caseload by several cases, as they were on it: times that overlap, or follow on the day on
    /// which the one before ended, are one. It ends when the last of them ends, and is in the state of the case that was
    /// taken on last of those that hold.
    /// - Parameter spells: the times by each case, the oldest first.
    static func joined(_ spells: [CohortSpell]) -> [CohortSpell] {
        var groups: [[CohortSpell]] = []
        for spell in spells {
            let goesOn = groups.last?.contains { $0.until.map { spell.from <= $0 } ?? true } ?? false
            if goesOn { groups[groups.count - 1].append(spell) } else { groups.append([spell]) }
        }
        return groups.compactMap(one)
    }

    private static func one(_ parts: [CohortSpell]) -> CohortSpell? {
        guard parts.count > 1, let first = parts.first else { return parts.first }
        let days = Set(parts.flatMap { $0.states.map(\.day) + [$0.until].compactMap { $0 } }).sorted()
        var states: [CaseHistory.Move] = []
        for day in days {
            guard let state = parts.last(where: { $0.holds(on: day) })?.state(on: day),
                state != states.last?.state
            else { continue }
            states.append(CaseHistory.Move(state, day))
        }
        guard !parts.contains(where: { $0.until == nil }) else {
            return CohortSpell(from: first.from, until: nil, endedIn: nil, states: states)
        }
        var last = first
        for part in parts.dropFirst() {
            if let until = part.until, let known = last.until, until >= known { last = part }
        }
        return CohortSpell(from: first.from, until: last.until, endedIn: last.endedIn, states: states)
    }
}
