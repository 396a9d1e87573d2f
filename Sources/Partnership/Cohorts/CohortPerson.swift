internal import Casework
internal import Kernel

/// Someone who is counted, with all that is known of them: their cases, which may be several and of records that are one
/// person, and the breaches of orders that are offences.
struct CohortPerson: Hashable, Sendable {
    /// Their cases, the oldest first.
    let histories: [CaseHistory]
    /// The days of their breaches that are offences; nil where orders are not looked at.
    let breaches: [LocalDate]?

    /// Someone.
    init(_ histories: [CaseHistory], breaches: [LocalDate]? = nil) {
        self.histories = histories
        self.breaches = breaches
    }

    /// What was filled in on all their cases, the oldest first.
    var entries: [CaseHistory.Entry] {
        // Swift's sort keeps the order of what is alike.
        return histories.flatMap(\.entries).sorted { $0.day < $1.day }
    }

    /// Their times on the caseload, the oldest first. Who is on it by two cases at once is on it one time.
    func spells(_ cohort: CohortDefinition) -> [CohortSpell] {
        let spells = histories.flatMap { CohortSpell.spells(of: $0, cohort) }
        return CohortSpell.joined(histories.count > 1 ? spells.sorted { $0.from < $1.from } : spells)
    }

    /// The days of their offences, the oldest first. Nobody can tell from a count whether what several cases and the
    /// register of orders say of one day is one thing; so the one that tells of most on that day is taken, and the others
    /// are taken to say the same.
    func offences(_ cohort: CohortDefinition) -> [CohortOffence] {
        var most: [LocalDate: Int] = [:]
        for history in histories {
            var told: [LocalDate: Int] = [:]
            for entry in history.entries where cohort.offences.holds(for: entry) { told[entry.day, default: 0] += 1 }
            most.merge(told, uniquingKeysWith: max)
        }
        var breached: [LocalDate: Int] = [:]
        for day in breaches ?? [] { breached[day, default: 0] += 1 }
        return Set(most.keys).union(breached.keys).sorted().flatMap { day in
            let (cases, orders) = (most[day] ?? 0, breached[day] ?? 0)
            return (0..<max(cases, orders)).map { CohortOffence(day: day, isFromOrders: $0 >= cases) }
        }
    }
}

/// An offence of someone who is counted.
struct CohortOffence: Hashable, Sendable {
    let day: LocalDate
    /// Whether the register of orders alone tells of it.
    let isFromOrders: Bool
}
