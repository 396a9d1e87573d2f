public import Casework
public import Kernel
public import Rules

/// A part of a number of people.
public struct CohortShare: Hashable, Sendable {
    /// How many.
    public let count: Int
    /// Of how many.
    public let of: Int

    /// A part.
    public init(_ count: Int, of whole: Int) {
        self.count = count
        of = whole
    }

    /// The share; nil of nobody.
    public var share: Double? { of > 0 ? Double(count) / Double(of) : nil }
}

/// What is counted of a cohort for a month: its caseload on the last day, who came and left in it, and the outcomes of
/// the twelve months that end with it. It holds counts alone.
public struct CohortFigures: Hashable, Sendable {
    /// The month.
    public let month: Month
    /// On the caseload at the end of the month.
    public var caseload = 0
    /// The caseload by state, by name.
    public var byState: [String: Int] = [:]
    /// The caseload by group.
    public var byGroup: [String: Int] = [:]
    /// The caseload by colour.
    public var byColour: [String: Int] = [:]
    /// Taken on in the month.
    public var taken = 0
    /// Left in the month, by the state that ended it.
    public var left: [String: Int] = [:]
    /// Taken on in the twelve months.
    public var takenInYear = 0
    /// On the caseload at any time in the twelve months.
    public var managed = 0
    /// What they began in the twelve months, by the start's name.
    public var starts: [String: CohortShare] = [:]
    /// Contacts in the twelve months that were kept, of those that were kept or missed.
    public var contacts = CohortShare(0, of: 0)
    /// Of people whose need was scored more than once in a time on the caseload, those whose last score is lower, by need.
    public var needs: [String: CohortShare] = [:]
    /// Of people who were followed for the whole time after they were taken on, and whose time ended in the twelve
    /// months, those who did not offend in it.
    public var notOffended = CohortShare(0, of: 0)
    /// Their offences in as long a time before they were taken on.
    public var offencesBefore = 0
    /// Their offences in that time after.
    public var offencesAfter = 0
    /// People whose time ended in the twelve months and who could not be followed: they died or moved away before.
    public var unfollowed = 0

    /// Nothing counted yet.
    public init(_ month: Month) { self.month = month }

    /// New people in a month on average over the twelve months.
    public var takenPerMonth: Double { Double(takenInYear) / 12 }
}

extension CohortFigures {
    /// Counts a cohort for a month from the histories that are known.
    /// - Throws: a `Fault` when the rule of the cohort's window is missing.
    public init(
        _ month: Month, of cohort: CohortDefinition, _ histories: [CaseHistory], under policy: PolicyRules
    ) throws(Fault) {
        self.init(month)
        for history in histories {
            for spell in CohortSpell.spells(of: history, cohort) {
                count(spell, history, cohort)
                try follow(spell, history, cohort, policy)
            }
        }
    }

    private var last: LocalDate { month.lastDay }
    private var first: LocalDate { month.advanced(by: -11).firstDay }

    private mutating func count(_ spell: CohortSpell, _ history: CaseHistory, _ cohort: CohortDefinition) {
        func lastAnswer(_ question: CohortQuestion?) -> String? {
            guard let question else { return nil }
            return history.entries.last { $0.day <= last && question.holds(for: $0) }?.answers[question.field]?.first
        }
        if spell.holds(on: last) {
            caseload += 1
            if let state = spell.state(on: last) { byState[state.text, default: 0] += 1 }
            if cohort.groups != nil { byGroup[lastAnswer(cohort.groups) ?? "", default: 0] += 1 }
            if cohort.colours != nil { byColour[lastAnswer(cohort.colours) ?? "", default: 0] += 1 }
        }
        if month.firstDay <= spell.from, spell.from <= last { taken += 1 }
        if let until = spell.until, let state = spell.endedIn, month.firstDay <= until, until <= last {
            left[state.text, default: 0] += 1
        }
        if first <= spell.from, spell.from <= last { takenInYear += 1 }
        guard spell.touches(first, last) else { return }
        managed += 1
        let entries = history.entries.filter { entry in
            spell.from <= entry.day && entry.day <= last && (spell.until.map { entry.day <= $0 } ?? true)
        }
        let ofTheYear = entries.filter { $0.day >= first }
        for start in cohort.starts {
            let began = ofTheYear.contains { start.question.holds(for: $0) }
            let known = starts[start.code] ?? CohortShare(0, of: 0)
            starts[start.code] = CohortShare(known.count + (began ? 1 : 0), of: known.of + 1)
        }
        if let (kept, missed) = cohort.contacts {
            let keptNow = ofTheYear.count { kept.holds(for: $0) }
            let missedNow = ofTheYear.count { missed.holds(for: $0) }
            contacts = CohortShare(contacts.count + keptNow, of: contacts.of + keptNow + missedNow)
        }
        if let needs = cohort.needs { countNeeds(entries.filter { needs.question.holds(for: $0) }, needs) }
    }

    private mutating func countNeeds(
        _ entries: [CaseHistory.Entry], _ needs: (question: CohortQuestion, score: String)
    ) {
        let named = Dictionary(grouping: entries) { $0.answers[needs.question.field]?.first ?? "" }
        for (need, entries) in named {
            let scores = entries.compactMap { $0.answers[needs.score]?.first.flatMap { Int($0) } }
            guard let before = scores.first, let after = scores.last, scores.count > 1 else { continue }
            let known = self.needs[need] ?? CohortShare(0, of: 0)
            self.needs[need] = CohortShare(known.count + (after < before ? 1 : 0), of: known.of + 1)
        }
    }

    /// Looks for offences in as long a time before and after someone was taken on. The day on which they were taken on
    /// is in neither. Who offended is counted also when they left afterwards.
    private mutating func follow(
        _ spell: CohortSpell, _ history: CaseHistory, _ cohort: CohortDefinition, _ policy: PolicyRules
    ) throws(Fault) {
        // The window that ends on a day begins on or before the day they were taken on: that day is within the time.
        func isWithin(_ day: LocalDate) throws(Fault) -> Bool {
            let start = try policy.windowStart(cohort.window, endingOn: day)
            return day > spell.from && start <= spell.from
        }
        // Whose time ended before the twelve months was counted earlier; whose time goes on is counted later.
        let goesOn = try isWithin(last.advanced(by: 1))
        let reachesIn = try isWithin(first)
        let endedBefore = spell.from < first && !reachesIn
        guard spell.from <= last, !goesOn, !endedBefore else { return }
        let start = try policy.windowStart(cohort.window, endingOn: spell.from)
        var (before, after) = (0, 0)
        for entry in history.entries where cohort.offences.holds(for: entry) {
            if start <= entry.day, entry.day < spell.from { before += 1 }
            if try isWithin(entry.day) { after += 1 }
        }
        if after == 0, let until = spell.until, let state = spell.endedIn, cohort.unfollowed.contains(state) {
            let isLost = try isWithin(until)
            if isLost {
                unfollowed += 1
                return
            }
        }
        notOffended = CohortShare(notOffended.count + (after == 0 ? 1 : 0), of: notOffended.of + 1)
        offencesBefore += before
        offencesAfter += after
    }
}
