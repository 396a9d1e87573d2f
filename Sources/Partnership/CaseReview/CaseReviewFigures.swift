internal import Kernel

/// The four figures that the bodies publish for a year (s.104(9)), with what they are made of.
public struct CaseReviewFigures: Hashable, Sendable {
    /// The year.
    public let year: CaseReviewYear
    /// Applications, by what became of them.
    let outcomes: [CaseReviewOutcome.Kind: Int]
    /// Reviews that made recommendations.
    public let reviewsWithRecommendations: Int
    /// Applications received by the end of a year of decisions and not decided by then: they belong to a later year.
    public let undecided: Int

    /// The figures of those applications that belong to the year.
    public init(_ applications: [CaseReviewApplication], in year: CaseReviewYear) {
        let own = applications.filter(year.holds)
        self.year = year
        outcomes = own.reduce(into: [:]) { $0[$1.outcome.kind, default: 0] += 1 }
        reviewsWithRecommendations = own.count { $0.outcome.hasRecommendations }
        undecided =
            year.by == .received
            ? 0
            : applications.count { application in
                application.receivedOn <= year.to && application.decidedOn.map { $0 > year.to } ?? true
            }
    }

    /// Figures as they were kept.
    init(year: CaseReviewYear, outcomes: [CaseReviewOutcome.Kind: Int], reviewsWithRecommendations: Int, undecided: Int)
    {
        self.year = year
        self.outcomes = outcomes.filter { $0.value > 0 }
        self.reviewsWithRecommendations = reviewsWithRecommendations
        self.undecided = undecided
    }

    /// How many applications had an outcome. The seven kinds together are all applications.
    public func count(_ kind: CaseReviewOutcome.Kind) -> Int { outcomes[kind] ?? 0 }

    /// s.104(9)(a): applications for a case review.
    public var applications: Int { outcomes.values.reduce(0, +) }

    /// s.104(9)(b): times the threshold was not met, also where a review was held all the same.
    public var thresholdNotMet: Int { count(.notMet) + count(.notMetDiscretionaryReview) }

    /// s.104(9)(c): case reviews held, also where the threshold was not met.
    public var reviews: Int { count(.metReviewed) + count(.notMetDiscretionaryReview) }
}

// MARK: - In words

extension CaseReviewFigures {
    /// Which applications are counted: "Applications received from 1 April 2023 to 31 March 2024."
    public var method: String {
        "Applications \(year.by.rawValue) from \(year.from.inWords) to \(year.to.inWords)."
    }

    /// How the four figures hang together, for readers who would add them up.
    public var reconciliation: String {
        let parts = CaseReviewOutcome.Kind.allCases.filter { count($0) > 0 }.map { $0.inWords(count($0)) }
        var lines = [applications == 0 ? "There were no applications." : "Of \(of(applications)), \(list(parts))."]
        let discretionary = count(.notMetDiscretionaryReview)
        if discretionary > 0 {
            lines.append(
                """
                \(of(discretionary)) that did not meet the threshold \(discretionary == 1 ? "was" : "were") reviewed all \
                the same, and \(discretionary == 1 ? "counts" : "count") both as not met and as reviewed.
                """)
        }
        if thresholdNotMet + reviews != applications {
            lines.append("So the applications are not the sum of those not met and those reviewed.")
        }
        if undecided > 0 {
            lines.append(
                "\(of(undecided)) received by \(year.to.inWords) had not been decided, and will be counted in a later year."
            )
        }
        return lines.joined(separator: " ")
    }

    private func of(_ count: Int) -> String { "\(count) application\(count == 1 ? "" : "s")" }

    private func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension CaseReviewOutcome.Kind {
    /// "1 was withdrawn by the applicant", "3 met the threshold and had a review".
    func inWords(_ count: Int) -> String {
        let verb = count == 1 ? "was" : "were"
        return switch self {
        case .metReviewed: "\(count) met the threshold and had a review"
        case .metAwaiting: "\(count) met the threshold and awaited a review"
        case .notMet: "\(count) did not meet the threshold"
        case .notMetDiscretionaryReview: "\(count) did not meet the threshold and had a review all the same"
        case .withdrawn: "\(count) \(verb) withdrawn by the applicant"
        case .invalid: "\(count) could not be decided"
        case .pending: "\(count) \(verb) not decided yet"
        }
    }
}
