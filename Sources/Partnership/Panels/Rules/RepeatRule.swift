public import Kernel
public import People
public import Rules

/// What makes a case of a victim and a person who harms a repeat. The definition changed, and rates are comparable
/// within one of them only (casework.md §2.6, §2.24).
public enum RepeatDefinition: String, CaseIterable, Sendable {
    /// Criminal behaviour, counted from when the case was last heard.
    case criminalLastHeard = "criminal-last-heard"
    /// Any abuse, whatever its level, counted from the last referral.
    case anyAbuseLastReferral = "any-abuse-last-referral"

    /// What readers see beside a rate.
    public var inWords: String {
        switch self {
        case .criminalLastHeard: "Criminal behaviour within 12 months of the last hearing"
        case .anyAbuseLastReferral: "Any abuse within 12 months of the last referral"
        }
    }

    /// The definition that holds on a day.
    /// - Throws: a `Fault` when the rule names none that the program knows.
    public init(_ policy: PolicyRules, on day: LocalDate) throws(Fault) {
        let code = try policy.choice("marac.repeat.definition", on: day)
        guard let known = RepeatDefinition(rawValue: code) else {
            throw Fault(
                "A rule cannot be used", at: "marac.repeat.definition", because: "no definition is called \(code)",
                remedy: "Use one of \(RepeatDefinition.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        self = known
    }
}

/// Who is one person after records were put together.
public struct PersonIdentity: Sendable {
    private let merges: [ID<Person>: ID<Person>]

    /// - Parameter merges: for each record that was merged away, the one that it went into.
    public init(merges: [ID<Person>: ID<Person>] = [:]) { self.merges = merges }

    /// The same with further records that were put together.
    public func adding(_ further: [ID<Person>: ID<Person>]) -> PersonIdentity {
        PersonIdentity(merges: merges.merging(further) { own, _ in own })
    }

    /// The record that stands for a person now.
    public func canonical(_ person: ID<Person>) -> ID<Person> {
        var current = person
        var seen: Set<ID<Person>> = [person]
        // Records that name each other in a ring stand for the one reached last.
        while let next = merges[current], seen.insert(next).inserted { current = next }
        return current
    }
}

/// An accepted referral of a victim and a person who harms.
public struct MARACReferral: Hashable, Sendable {
    /// The victim.
    public var victim: ID<Person>
    /// Who harms.
    public var perpetrator: ID<Person>
    /// The day of the referral; of a case that came from another area, the day of that area's referral.
    public var referredOn: LocalDate
    /// The day on which it was heard; nil until then.
    public var heardOn: LocalDate?

    /// A referral.
    public init(victim: ID<Person>, perpetrator: ID<Person>, referredOn: LocalDate, heardOn: LocalDate? = nil) {
        self.victim = victim
        self.perpetrator = perpetrator
        self.referredOn = referredOn
        self.heardOn = heardOn
    }
}

/// Something that happened between a victim and a person who harms.
public struct AbuseIncident: Hashable, Sendable {
    /// The victim.
    public var victim: ID<Person>
    /// Who harms.
    public var perpetrator: ID<Person>
    /// The day on which it happened, and not that on which it was told.
    public var happenedOn: LocalDate
    /// Whether it is a crime.
    public var isCriminal: Bool

    /// An incident.
    public init(victim: ID<Person>, perpetrator: ID<Person>, happenedOn: LocalDate, isCriminal: Bool) {
        self.victim = victim
        self.perpetrator = perpetrator
        self.happenedOn = happenedOn
        self.isCriminal = isCriminal
    }
}

/// What an incident makes of a referral, with the definition and the rule's first day, which go with every figure.
public struct RepeatFinding: Hashable, Sendable {
    /// Whether it is a repeat: it must be referred, whatever the score.
    public let isRepeat: Bool
    /// The definition under which it was decided.
    public let definition: RepeatDefinition
    /// The day from which the time counted; nil when the pair was never there.
    public let countedFrom: LocalDate?
    /// Whether the same victim was there with someone else: a new case, linked to the earlier one.
    public let hasOtherPair: Bool
}

/// Repeats, flags and escalation by rule (casework.md §2.24).
public enum RepeatRule {
    /// Whether an incident makes a repeat of its pair. The time is counted to the day of the incident, both days
    /// included: exactly twelve months after is a repeat.
    /// - Throws: a `Fault` when a rule is missing.
    public static func finding(
        _ incident: AbuseIncident, among referrals: [MARACReferral], identity: PersonIdentity = PersonIdentity(),
        under policy: PolicyRules
    ) throws(Fault) -> RepeatFinding {
        let definition = try RepeatDefinition(policy, on: incident.happenedOn)
        let window = try policy.required("marac.repeat.window", on: incident.happenedOn)
        let victim = identity.canonical(incident.victim)
        let perpetrator = identity.canonical(incident.perpetrator)
        let ofVictim = referrals.filter {
            identity.canonical($0.victim) == victim && $0.referredOn <= incident.happenedOn
        }
        let ofPair = ofVictim.filter { identity.canonical($0.perpetrator) == perpetrator }
        let starts: [LocalDate] = ofPair.compactMap { referral in
            switch definition {
            case .anyAbuseLastReferral: referral.referredOn
            case .criminalLastHeard: referral.heardOn.flatMap { $0 <= incident.happenedOn ? $0 : nil }
            }
        }
        let last = starts.max()
        var isRepeat = false
        if let last { isRepeat = incident.happenedOn <= (try end(of: window, from: last)) }
        if definition == .criminalLastHeard, !incident.isCriminal { isRepeat = false }
        return RepeatFinding(
            isRepeat: isRepeat, definition: definition, countedFrom: last, hasOtherPair: ofVictim.count > ofPair.count)
    }

    /// The last day of a victim's flag; nil for one who was never referred. It ends at the corresponding date: the day
    /// before is the last.
    /// - Throws: a `Fault` when a rule is missing.
    public static func flagEnd(
        of victim: ID<Person>, among referrals: [MARACReferral], identity: PersonIdentity = PersonIdentity(),
        under policy: PolicyRules, on calendar: ClockCalendar
    ) throws(Fault) -> LocalDate? {
        let canonical = identity.canonical(victim)
        let last = referrals.filter { identity.canonical($0.victim) == canonical }.map(\.referredOn).max()
        guard let last else { return nil }
        return calendar.lastDay(try policy.length("marac.flagEnd", on: last), from: last)
    }

    /// Whether reports show escalation on a day: as many as the area's rule says, within its time.
    /// - Throws: a `Fault` when a rule is missing.
    public static func isEscalation(
        _ reports: [LocalDate], on day: LocalDate, under policy: PolicyRules
    ) throws(Fault) -> Bool {
        let since = try policy.windowStart("marac.escalation.window", endingOn: day)
        let needed = try policy.number("marac.escalation.n", on: day)
        return reports.count { $0 >= since && $0 <= day } >= needed
    }

    private static func end(of window: PolicyRule, from day: LocalDate) throws(Fault) -> LocalDate {
        switch window.value {
        case .months(let count): return day.addingMonths(count)
        case .days(let count): return day.advanced(by: count)
        case .number, .flag, .choice, .clock, .pence:
            throw Fault(
                "A rule cannot be used", at: window.key.text,
                because: "it says \(window.value.inWords), and months or days are needed",
                remedy: "Correct it in the partnership's rules.")
        }
    }
}

/// The level that a number of answers has, of the 24 that a checklist asks for.
public enum MARACBand: String, CaseIterable, Sendable {
    case standard, medium, high

    /// The level of a number of answers, by the rules of a day.
    /// - Throws: a `Fault` when a rule is missing.
    public init(_ ticks: Int, on day: LocalDate, under policy: PolicyRules) throws(Fault) {
        if ticks >= (try policy.number("marac.ticks.high", on: day)) {
            self = .high
        } else {
            self = ticks >= (try policy.number("marac.ticks.medium", on: day)) ? .medium : .standard
        }
    }
}
