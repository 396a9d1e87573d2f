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
}
