public import Kernel
public import Rules

/// What the partnership's review procedures say on the day of an application. It keeps the rules it was made from, so
/// that the decision can always be explained by them.
public struct CaseReviewPolicy: Sendable, Hashable {
    /// Whose complaints are counted together.
    public enum Unit: String, CaseIterable, Sendable {
        case person, household, community
    }

    /// Qualifying complaints that meet the threshold.
    public let complaints: Int
    /// The time from the behaviour within which a complaint is made.
    public let complaintWindow: ClockLength
    /// The time from the complaint within which the application is made.
    public let applicationWindow: ClockLength
    /// Whose complaints are counted together.
    public let unit: Unit
    /// Different people whose complaints together meet the threshold; nil where the partnership has no such rule.
    public let reporters: Int?
    /// Whether one hate incident is enough.
    public let isOneHateIncidentEnough: Bool
    /// Whether persistence, harm and an inadequate response can meet the threshold where the complaints are too few.
    public let allowsHarmTest: Bool
    /// The rules, in the order of their names.
    public let rules: [PolicyRule]

    /// The policy of an application's day.
    /// - Throws: a `Fault` when a rule is missing or cannot be used: among others a number of complaints above the Act's,
    ///   which procedures may lower and not raise (explanatory notes to s.104).
    public init(_ rules: PolicyRules, on day: LocalDate) throws(Fault) {
        complaints = try rules.number("caseReview.complaints.n", on: day)
        complaintWindow = try rules.length("caseReview.complaintWindow", on: day)
        applicationWindow = try rules.length("caseReview.applicationWindow", on: day)
        let code = try rules.choice("caseReview.unit", on: day)
        guard let unit = Unit(rawValue: code) else {
            throw CaseReviewPolicy.fault("caseReview.unit", "\(code) is none of person, household, community")
        }
        self.unit = unit
        let reporters = try rules.number("caseReview.communityReporters.n", on: day)
        self.reporters = reporters > 0 ? reporters : nil
        isOneHateIncidentEnough = try rules.flag("caseReview.hateSingle", on: day)
        allowsHarmTest = try rules.flag("caseReview.harmTest", on: day)
        let keys: [RuleKey] = [
            "caseReview.applicationWindow", "caseReview.communityReporters.n", "caseReview.complaintWindow",
            "caseReview.complaints.n", "caseReview.harmTest", "caseReview.hateSingle", "caseReview.unit",
        ]
        var used: [PolicyRule] = []
        for key in keys { used.append(try rules.required(key, on: day)) }
        self.rules = used
        try check(against: rules, on: day)
    }

    private func check(against rules: PolicyRules, on day: LocalDate) throws(Fault) {
        let key: RuleKey = "caseReview.complaints.n"
        let highest = rules.all.compactMap { rule -> Int? in
            guard rule.key == key, rule.standing == .statute, rule.holds(on: day), case .number(let number) = rule.value
            else { return nil }
            return number
        }.min()
        guard complaints > 0, highest.map({ complaints <= $0 }) ?? true else {
            throw CaseReviewPolicy.fault(
                key, "it says \(complaints), and procedures may ask for 1 to \(highest ?? complaints) complaints")
        }
    }

    static func fault(_ key: RuleKey, _ why: String) -> Fault {
        Fault(
            "A rule cannot be used", at: key.text, because: why,
            remedy: "Correct it in the partnership's rules.")
    }
}
