public import Governance
public import Kernel
public import Rules

/// A count as it was made once and kept: which complaints were counted, which not and why, and by which rules. It is never
/// judged again; whoever counts again keeps another beside it.
public struct KeptCaseReviewCount: Hashable, Sendable {
    /// A complaint as it was judged.
    public struct Item: Hashable, Sendable {
        /// The complaint: the entry of the case in which it stood.
        public let complaint: ID<Complaint>
        /// The day on which it was made.
        public let madeOn: LocalDate
        /// The body that it was made to.
        public let madeTo: Code<Agency>
        /// Whether it was counted.
        public let counts: Bool
        /// Why, in the words of a letter.
        public let says: String
    }

    /// A rule by which it was judged, as it was then.
    public struct Rule: Hashable, Sendable {
        /// Its key.
        public let key: String
        /// Since when it holds: with the key its version.
        public let from: LocalDate
        /// What it is about.
        public let name: String
        /// What it says: "3", "1 month".
        public let says: String
        /// Where it comes from.
        public let source: String

        /// A rule as it is now.
        public init(_ rule: PolicyRule) {
            self.init(
                key: rule.key.text, from: rule.from, name: rule.name, says: rule.value.inWords, source: rule.source)
        }

        init(key: String, from: LocalDate, name: String, says: String, source: String) {
            self.key = key
            self.from = from
            self.name = name
            self.says = says
            self.source = source
        }
    }

    /// Its identifier.
    public let id: ID<KeptCaseReviewCount>
    /// The day of the application, whose rules were used.
    public let appliedOn: LocalDate
    /// Qualifying complaints.
    public let count: Int
    /// Different people who made one.
    public let reporters: Int
    /// Whether one is about a hate incident.
    public let hasHateIncident: Bool
    /// The tests that the count alone meets.
    public let tests: [CaseReviewThreshold.Test]
    /// Every complaint, by the day on which it was made.
    public let items: [Item]
    /// The rules.
    public let rules: [Rule]
    /// When it was counted.
    public let madeAt: Instant
    /// By whom.
    public let madeBy: ID<Account>
    /// Their name then.
    public let madeByName: String
    /// Their agency then.
    public let agency: Code<Agency>

    /// Whether the count alone meets the threshold. Nothing can take that away.
    public var isMet: Bool { !tests.isEmpty }
}

extension KeptCaseReviewCount {
    /// A count as it is kept.
    init(_ count: CaseReviewCount, on occasion: Occasion) {
        id = ID(at: occasion.now)
        appliedOn = count.request.madeOn
        self.count = count.count
        reporters = count.reporters
        hasHateIncident = count.hasHateIncident
        tests = CaseReviewThreshold(count).tests
        items = zip(count.items, count.inWords).map { item, says in
            Item(
                complaint: item.complaint.id, madeOn: item.complaint.madeOn, madeTo: item.complaint.madeTo,
                counts: item.reason == nil, says: says)
        }
        rules = count.policy.rules.map { Rule($0) }
        madeAt = occasion.now
        madeBy = occasion.actor.account
        madeByName = occasion.actor.name
        agency = occasion.actor.agency
    }

    /// What a rule said then.
    public func rule(_ key: String) -> Rule? { rules.first { $0.key == key } }
}
