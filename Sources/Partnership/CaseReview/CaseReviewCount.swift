public import Governance
public import Kernel
public import Rules

/// For whom a case review is asked, and when.
public struct CaseReviewRequest: Hashable, Sendable {
    /// The day on which the application was made.
    public let madeOn: LocalDate
    /// The person who is harmed, whoever applies for them.
    public let victim: ID<Registered>
    /// Their household, if it is known.
    public let household: Code<Household>?

    /// A request.
    public init(madeOn: LocalDate, victim: ID<Registered>, household: Code<Household>? = nil) {
        self.madeOn = madeOn
        self.victim = victim
        self.household = household
    }
}

/// Which of an application's complaints count, and why the others do not (casework.md §2.12).
///
/// The same complaints in any order give the same count; one complaint fewer never gives more.
public struct CaseReviewCount: Hashable, Sendable {
    /// A complaint with what became of it.
    public struct Item: Hashable, Sendable {
        /// The complaint.
        public let complaint: Complaint
        /// Why it is not counted; nil when it is.
        public let reason: Reason?
    }

    /// Why a complaint is not counted.
    public enum Reason: Hashable, Sendable {
        /// It was made when the time after the behaviour was over.
        case late(lastDay: LocalDate)
        /// The application came when the time after the complaint was over.
        case old(lastDay: LocalDate)
        /// It was made after the application.
        case afterApplication
        /// Nobody knows who made it.
        case anonymous
        /// It stands in a diary only.
        case diaryOnly
        /// An earlier case review has looked at it.
        case reviewedBefore
        /// It was made to a body outside the area.
        case outOfArea
        /// Someone else made it, and the complaints of one person are counted.
        case otherPerson
        /// It comes from another household, and the complaints of one household are counted.
        case otherHousehold
        /// It is about the same happening as one that is counted.
        case sameIncident(as: Complaint)
    }

    /// What was asked.
    public let request: CaseReviewRequest
    /// What it was counted by.
    public let policy: CaseReviewPolicy
    /// Every complaint, by the day on which it was made.
    public let items: [Item]
    /// Qualifying complaints, each happening counted once.
    public let count: Int
    /// Different people who made a complaint in time, whosever unit they belong to.
    public let reporters: Int
    /// Whether a complaint in time is about a hate incident, whosever unit it belongs to.
    public let hasHateIncident: Bool

    /// Counts.
    /// - Parameter calendar: by which the policy's times are counted.
    public init(
        _ complaints: [Complaint], for request: CaseReviewRequest, by policy: CaseReviewPolicy,
        on calendar: ClockCalendar
    ) {
        self.request = request
        self.policy = policy
        let judge = ComplaintJudge(request: request, policy: policy, calendar: calendar)
        var items: [Item] = []
        var counted: [Code<SameIncident>: Complaint] = [:]
        var people: Set<ID<Registered>> = []
        var hasHateIncident = false
        for complaint in complaints.sorted(by: { ($0.madeOn, $0.id) < ($1.madeOn, $1.id) }) {
            var reason = judge.unfit(complaint)
            if reason == nil {
                if let person = complaint.person { people.insert(person) }
                hasHateIncident = hasHateIncident || complaint.isHate
                reason = judge.foreign(complaint)
            }
            if reason == nil, let incident = complaint.sameIncident {
                if let first = counted[incident] {
                    reason = .sameIncident(as: first)
                } else {
                    counted[incident] = complaint
                }
            }
            items.append(Item(complaint: complaint, reason: reason))
        }
        self.items = items
        self.hasHateIncident = hasHateIncident
        count = items.count { $0.reason == nil }
        reporters = people.count
    }

    /// The complaints that are counted.
    public var counted: [Complaint] { items.filter { $0.reason == nil }.map(\.complaint) }
}

/// Judges one complaint by itself.
private struct ComplaintJudge {
    let request: CaseReviewRequest
    let policy: CaseReviewPolicy
    let calendar: ClockCalendar

    /// Why it does not qualify, whoever made it; nil when it does.
    func unfit(_ complaint: Complaint) -> CaseReviewCount.Reason? {
        if complaint.isDiaryOnly { return .diaryOnly }
        if !complaint.isInArea { return .outOfArea }
        if complaint.wasReviewedBefore { return .reviewedBefore }
        if complaint.person == nil { return .anonymous }
        if complaint.madeOn > request.madeOn { return .afterApplication }
        let complained = calendar.lastDay(policy.complaintWindow, from: complaint.behaviourLast)
        if complaint.madeOn > complained { return .late(lastDay: complained) }
        let applied = calendar.lastDay(policy.applicationWindow, from: complaint.madeOn)
        if request.madeOn > applied { return .old(lastDay: applied) }
        return nil
    }

    /// Why it belongs to another unit; nil when it does not.
    func foreign(_ complaint: Complaint) -> CaseReviewCount.Reason? {
        let isOwn = complaint.person == request.victim
        let isOfHousehold = request.household != nil && complaint.household == request.household
        switch policy.unit {
        case .person: return isOwn ? nil : .otherPerson
        case .household: return isOwn || isOfHousehold ? nil : .otherHousehold
        case .community: return nil
        }
    }
}
