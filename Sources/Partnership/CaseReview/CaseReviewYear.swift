public import Kernel
public import Rules

/// A year for which figures are published (s.104(9)).
public struct CaseReviewYear: Hashable, Sendable {
    /// Which day puts an application in a year.
    public enum By: String, CaseIterable, Sendable {
        /// That on which it was received.
        case received
        /// That on which it was decided.
        case decided
    }

    /// The first day.
    public let from: LocalDate
    /// The last day.
    public let to: LocalDate
    /// Which day puts an application in it.
    public let by: By

    /// The year in which a day lies, by the rules `caseReview.yearBegins` and `caseReview.yearBy` of that day.
    /// - Throws: a `Fault` when a rule is missing or cannot be used.
    public init(containing day: LocalDate, _ rules: PolicyRules) throws(Fault) {
        let first = try rules.number("caseReview.yearBegins", on: day)
        guard (1...12).contains(first) else {
            throw CaseReviewPolicy.fault("caseReview.yearBegins", "\(first) is no month: 1 to 12 are")
        }
        let code = try rules.choice("caseReview.yearBy", on: day)
        guard let by = By(rawValue: code) else {
            throw CaseReviewPolicy.fault("caseReview.yearBy", "\(code) is none of received, decided")
        }
        let month = day.month
        let begin = month.advanced(by: -((month.monthOfYear - first + 12) % 12))
        from = begin.firstDay
        to = begin.advanced(by: 11).lastDay
        self.by = by
    }

    /// A year as it was kept.
    init(from: LocalDate, to: LocalDate, by: By) {
        self.from = from
        self.to = to
        self.by = by
    }

    /// "2023/24", or "2022" for a year of the calendar.
    public var name: String {
        let (first, last) = (from.civil.year, to.civil.year)
        guard first != last else { return String(first) }
        let end = last % 100
        return "\(first)/\(end < 10 ? "0" : "")\(end)"
    }

    /// Whether an application belongs to it.
    public func holds(_ application: CaseReviewApplication) -> Bool {
        let day =
            switch by {
            case .received: Optional(application.receivedOn)
            case .decided: application.decidedOn
            }
        return day.map { from <= $0 && $0 <= to } ?? false
    }
}
