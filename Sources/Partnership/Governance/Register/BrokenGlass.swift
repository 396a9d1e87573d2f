public import Kernel

/// A protected record opened in an emergency: by one person, for three hours, with a reason that someone else reviews
/// (casework.md §4.3).
public struct BrokenGlass: Hashable, Sendable {
    /// How long it lasts, in seconds.
    public static let seconds: Int64 = 3 * 3600
    /// The shortest reason, in characters, spaces at the ends and repeated ones not counted.
    public static let shortestReason = 20
    /// The longest reason, in characters.
    public static let longestReason = 2000
    /// Working days in which it is reviewed.
    public static let reviewDays = 2
    /// So many by one person within 30 days raise an alarm.
    public static let alarmingNumber = 3

    /// Why, in one word.
    public enum Category: String, CaseIterable, Sendable {
        case riskToLife = "risk-to-life"
        case childSafeguarding = "child-safeguarding"
        case adultSafeguarding = "adult-safeguarding"
        case court
        case missingPerson = "missing-person"
        case other
    }

    /// What the reviewer found.
    public enum Outcome: String, CaseIterable, Sendable {
        case justified, training, misuse
    }

    /// A review.
    public struct Review: Hashable, Sendable {
        /// When.
        public let at: Instant
        /// By whom.
        public let reviewer: ID<Account>
        /// What they found.
        public let outcome: Outcome
        /// What they noted.
        public let note: String
    }

    /// Its identifier.
    public let id: ID<BrokenGlass>
    /// The record.
    public let record: ID<Registered>
    /// Who broke it. Nobody else sees through it.
    public let account: ID<Account>
    /// Their agency.
    public let agency: Code<Agency>
    /// The agency that held the record.
    public let owningAgency: Code<Agency>
    /// Why, in one word.
    public let category: Category
    /// Why, in the words of who broke it.
    public let reason: String
    /// When.
    public let at: Instant
    /// The end of the three hours.
    public let until: Instant
    /// The last day for the review.
    public let reviewBy: LocalDate
    /// The review, once made.
    public var review: Review?

    /// What the policy must know to let someone read or review it.
    public var facts: RecordFacts? {
        guard let kind = Code<RecordKind>("break-glass") else { return nil }
        var facts = RecordFacts(kind: kind, agency: owningAgency)
        facts.author = account
        return facts
    }

    /// A reason as it is kept, or nil when it is too short to be understood.
    static func reason(_ text: String) -> String? {
        let words = text.singleSpaced
        return words.count >= shortestReason ? String(words.prefix(longestReason)) : nil
    }
}
