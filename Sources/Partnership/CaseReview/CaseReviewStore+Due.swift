public import Governance
public import Kernel
public import Rules
public import Storage

extension CaseReviewStore {
    /// Since when yearly figures wait for the actor to publish them; nil while they are not due, and for who may not. They
    /// are due so long after the last publication as the rule `caseReview.publish.every` says, or after the first
    /// application where none was published yet.
    /// - Throws: `StorageError`; a `Fault` when the rule is missing.
    public func figuresDue(
        under rules: PolicyRules, on occasion: Occasion, in connection: Connection
    ) throws -> LocalDate? {
        guard mayPublish(occasion) else { return nil }
        let row = try connection.first(
            """
            SELECT (SELECT MAX(p.approved_at) FROM case_review_publications p) AS published,
                (SELECT MIN(c.opened_at) FROM cases c WHERE c.type = 'case-review') AS applied
            """)
        let published = try row?.optional("published", as: Instant.self)
        guard let last = try (published ?? row?.optional("applied", as: Instant.self))?.ukDate else { return nil }
        let today = occasion.now.ukDate
        let start = try rules.windowStart("caseReview.publish.every", endingOn: today)
        guard last < start else { return nil }
        // The first day on which the time had passed.
        return today.advanced(by: -Int(start.day - last.day - 1))
    }
}
