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
    /// Times that someone was taken on in the month.
    public var taken = 0
    /// Left in the month, by the state that ended it.
    public var left: [String: Int] = [:]
    /// Times that someone was taken on in the twelve months: who came again counts again.
    public var takenInYear = 0
    /// People on the caseload at any time in the twelve months, each once.
    public var managed = 0
    /// Of these people, those who began something in the twelve months, by the start's name.
    public var starts: [String: CohortShare] = [:]
    /// Contacts in the twelve months that were kept, of those that were kept or missed.
    public var contacts = CohortShare(0, of: 0)
    /// Of people whose need was scored more than once in a time on the caseload, those whose last score is lower, by need.
    public var needs: [String: CohortShare] = [:]
    /// Of people who were followed for the whole time after they were taken on, and whose time ended in the twelve
    /// months, those who did not offend in it.
    public var notOffended = CohortShare(0, of: 0)
    /// Their offences in as long a time before they were taken on. Who was taken on more than once counts once, by the
    /// first time after which they offended.
    public var offencesBefore = 0
    /// Their offences in that time after.
    public var offencesAfter = 0
    /// Of the offences in that time after, those of which the register of orders alone tells, as breaches that are offences;
    /// nil in figures that were counted without orders.
    public var breachesAfter: Int?
    /// People whose time ended in the twelve months and who could not be followed: they died or moved away before.
    public var unfollowed = 0

    /// Nothing counted yet.
    public init(_ month: Month) { self.month = month }

    /// Times that someone was taken on in a month on average over the twelve months.
    public var takenPerMonth: Double { Double(takenInYear) / 12 }
}

extension CohortFigures {
    /// Counts a cohort for a month from the histories that are known, each of one person.
    /// - Throws: a `Fault` when the rule of the cohort's window is missing.
    public init(
        _ month: Month, of cohort: CohortDefinition, _ histories: [CaseHistory], under policy: PolicyRules
    ) throws(Fault) {
        try self.init(month, of: cohort, histories.map { CohortPerson([$0]) }, under: policy)
    }

    /// Counts a cohort for a month from what is known of each person.
    /// - Throws: a `Fault` when the rule of the cohort's window is missing.
    init(
        _ month: Month, of cohort: CohortDefinition, _ people: [CohortPerson], under policy: PolicyRules
    ) throws(Fault) {
        self.init(month)
        if people.contains(where: { $0.breaches != nil }) || people.isEmpty && cohort.person != nil {
            breachesAfter = 0
        }
        for person in people {
            let spells = person.spells(cohort)
            let entries = person.entries
            let present = spells.last { $0.holds(on: last) }
            if let present { countPresent(present, entries, cohort) }
            for spell in spells { count(spell) }
            countPerson(spells, entries, cohort)
            try follow(spells, person.offences(cohort), cohort, policy)
        }
    }

    private var last: LocalDate { month.lastDay }
    private var first: LocalDate { month.advanced(by: -11).firstDay }

    /// Counts someone who is on the caseload at the end of the month.
    private mutating func countPresent(
        _ spell: CohortSpell, _ entries: [CaseHistory.Entry], _ cohort: CohortDefinition
    ) {
        func lastAnswer(_ question: CohortQuestion?) -> String? {
            guard let question else { return nil }
            return entries.last { $0.day <= last && question.holds(for: $0) }?.answers[question.field]?.first
        }
        caseload += 1
        if let state = spell.state(on: last) { byState[state.text, default: 0] += 1 }
        if cohort.groups != nil { byGroup[lastAnswer(cohort.groups) ?? "", default: 0] += 1 }
        if cohort.colours != nil { byColour[lastAnswer(cohort.colours) ?? "", default: 0] += 1 }
    }

    /// Counts one time on the caseload.
    private mutating func count(_ spell: CohortSpell) {
        if month.firstDay <= spell.from, spell.from <= last { taken += 1 }
        if let until = spell.until, let state = spell.endedIn, month.firstDay <= until, until <= last {
            left[state.text, default: 0] += 1
        }
        if first <= spell.from, spell.from <= last { takenInYear += 1 }
    }

    /// Counts a person once, over all their times on the caseload that touch the twelve months.
    private mutating func countPerson(
        _ all: [CohortSpell], _ known: [CaseHistory.Entry], _ cohort: CohortDefinition
    ) {
        let spells = all.filter { $0.touches(first, last) }
        guard !spells.isEmpty else { return }
        managed += 1
        func isOf(_ spell: CohortSpell, _ entry: CaseHistory.Entry) -> Bool {
            spell.from <= entry.day && entry.day <= last && (spell.until.map { entry.day <= $0 } ?? true)
        }
        let entries = known.filter { entry in spells.contains { isOf($0, entry) } }
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
        guard let needs = cohort.needs else { return }
        let scored = entries.filter { needs.question.holds(for: $0) }
        countNeeds(spells.map { spell in scored.filter { isOf(spell, $0) } }, needs)
    }

    /// Counts each need once, as it changed in the last of these times in which it was scored more than once.
    private mutating func countNeeds(
        _ times: [[CaseHistory.Entry]], _ needs: (question: CohortQuestion, score: String)
    ) {
        var isLower: [String: Bool] = [:]
        for entries in times {
            let named = Dictionary(grouping: entries) { $0.answers[needs.question.field]?.first ?? "" }
            for (need, entries) in named {
                let scores = entries.compactMap { $0.answers[needs.score]?.first.flatMap { Int($0) } }
                guard let before = scores.first, let after = scores.last, scores.count > 1 else { continue }
                isLower[need] = after < before
            }
        }
        for (need, isLower) in isLower {
            let known = self.needs[need] ?? CohortShare(0, of: 0)
            self.needs[need] = CohortShare(known.count + (isLower ? 1 : 0), of: known.of + 1)
        }
    }

    /// Counts a person once of those whose time ended in the twelve months. Of someone who was taken on more than once,
    /// the first time after which they offended counts, or the first when they did not.
    private mutating func follow(
        _ spells: [CohortSpell], _ offences: [CohortOffence], _ cohort: CohortDefinition, _ policy: PolicyRules
    ) throws(Fault) {
        var found: (before: Int, after: Int, breaches: Int)?
        var isLost = false
        for spell in spells {
            switch try followed(spell, offences, cohort, policy) {
            case .another: continue
            case .lost: isLost = true
            case .whole(let before, let after, let breaches):
                if found.map({ $0.after == 0 && after > 0 }) ?? true { found = (before, after, breaches) }
            }
        }
        guard let (before, after, breaches) = found else {
            if isLost { unfollowed += 1 }
            return
        }
        notOffended = CohortShare(notOffended.count + (after == 0 ? 1 : 0), of: notOffended.of + 1)
        offencesBefore += before
        offencesAfter += after
        breachesAfter? += breaches
    }

    /// How it went with someone after they were taken on.
    private enum Followed {
        /// Their time ended before the twelve months, or goes on.
        case another
        /// They died or moved away before it ended.
        case lost
        /// So many offences before they were taken on and after, and of these so many that orders alone tell of.
        case whole(before: Int, after: Int, breaches: Int)
    }

    /// Looks for offences in as long a time before and after someone was taken on. The day on which they were taken on
    /// is in neither. Who offended is counted also when they left afterwards.
    private func followed(
        _ spell: CohortSpell, _ offences: [CohortOffence], _ cohort: CohortDefinition, _ policy: PolicyRules
    ) throws(Fault) -> Followed {
        // The window that ends on a day begins on or before the day they were taken on: that day is within the time. The
        // rule is that of the day on which they were taken on; an offence may be older than any rule.
        func isWithin(_ day: LocalDate) throws(Fault) -> Bool {
            let start = try policy.windowStart(cohort.window, endingOn: day, under: spell.from)
            return day > spell.from && start <= spell.from
        }
        // Whose time ended before the twelve months was counted earlier; whose time goes on is counted later.
        let goesOn = try isWithin(last.advanced(by: 1))
        let reachesIn = try isWithin(first)
        let endedBefore = spell.from < first && !reachesIn
        guard spell.from <= last, !goesOn, !endedBefore else { return .another }
        let start = try policy.windowStart(cohort.window, endingOn: spell.from)
        var (before, after, breaches) = (0, 0, 0)
        for offence in offences {
            if start <= offence.day, offence.day < spell.from { before += 1 }
            if try isWithin(offence.day) {
                after += 1
                if offence.isFromOrders { breaches += 1 }
            }
        }
        if after == 0, let until = spell.until, let state = spell.endedIn, cohort.unfollowed.contains(state) {
            let isLost = try isWithin(until)
            if isLost { return .lost }
        }
        return .whole(before: before, after: after, breaches: breaches)
    }
}
