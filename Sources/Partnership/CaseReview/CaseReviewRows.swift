internal import Governance
internal import Kernel
internal import Storage

/// How the figures lie in their tables.
enum CaseReviewRows {
    private static let selection: SQL = """
        SELECT f.id, f.year_from, f.year_to, f.year_by, f.met_reviewed, f.met_awaiting, f.not_met, f.discretionary,
            f.withdrawn, f.invalid, f.pending, f.recommended, f.undecided, f.method, f.reconciliation, f.made_at,
            f.made_by, f.made_by_name, f.made_by_agency, p.version, p.correction, p.approved_at, p.approved_by,
            p.approved_by_name
        FROM case_review_figures f LEFT JOIN case_review_publications p ON p.figures = f.id
        """

    static func insert(_ statement: CaseReviewStatement, in connection: Connection) throws {
        let figures = statement.figures
        let year = figures.year
        try connection.run(
            """
            INSERT INTO case_review_figures (id, year_from, year_to, year_by, met_reviewed, met_awaiting, not_met,
                discretionary, withdrawn, invalid, pending, recommended, undecided, method, reconciliation, made_at,
                made_by, made_by_name, made_by_agency)
            VALUES (\(statement.id), \(year.from), \(year.to), \(year.by.rawValue), \(figures.count(.metReviewed)),
                \(figures.count(.metAwaiting)), \(figures.count(.notMet)),
                \(figures.count(.notMetDiscretionaryReview)), \(figures.count(.withdrawn)), \(figures.count(.invalid)),
                \(figures.count(.pending)), \(figures.reviewsWithRecommendations), \(figures.undecided),
                \(statement.method), \(statement.reconciliation), \(statement.madeAt), \(statement.madeBy),
                \(statement.madeByName), \(statement.agency))
            """)
    }

    static func insert(
        _ publication: CaseReviewStatement.Publication, of statement: CaseReviewStatement, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO case_review_publications (figures, year_from, version, correction, approved_at, approved_by,
                approved_by_name)
            VALUES (\(statement.id), \(statement.figures.year.from), \(publication.version), \(publication.correction),
                \(publication.at), \(publication.by), \(publication.byName))
            """)
    }

    static func statement(_ id: ID<CaseReviewStatement>, in connection: Connection) throws -> CaseReviewStatement? {
        try connection.first("\(selection) WHERE f.id = \(id)").map(statement)
    }

    static func published(in connection: Connection) throws -> [CaseReviewStatement] {
        try connection.rows(
            "\(selection) WHERE p.version IS NOT NULL ORDER BY f.year_from DESC, p.version DESC"
        ).map(statement)
    }

    static func prepared(in connection: Connection) throws -> [CaseReviewStatement] {
        try connection.rows(
            "\(selection) WHERE p.version IS NULL ORDER BY f.made_at DESC, f.id DESC"
        ).map(statement)
    }

    /// How many versions of a year's figures are published.
    static func versions(of year: CaseReviewYear, in connection: Connection) throws -> Int {
        try connection.first(
            "SELECT COUNT(*) AS versions FROM case_review_publications WHERE year_from = \(year.from)"
        )?.get("versions") ?? 0
    }

    private static func statement(_ row: Row) throws -> CaseReviewStatement {
        guard let by = CaseReviewYear.By(rawValue: try row.get("year_by")) else {
            throw StorageError.wrongValue(column: "year_by")
        }
        let figures = CaseReviewFigures(
            year: CaseReviewYear(from: try row.get("year_from"), to: try row.get("year_to"), by: by),
            outcomes: [
                .metReviewed: try row.get("met_reviewed"), .metAwaiting: try row.get("met_awaiting"),
                .notMet: try row.get("not_met"), .notMetDiscretionaryReview: try row.get("discretionary"),
                .withdrawn: try row.get("withdrawn"), .invalid: try row.get("invalid"),
                .pending: try row.get("pending"),
            ], reviewsWithRecommendations: try row.get("recommended"), undecided: try row.get("undecided"))
        return CaseReviewStatement(
            id: try row.get("id"), figures: figures, method: try row.get("method"),
            reconciliation: try row.get("reconciliation"), madeAt: try row.get("made_at"),
            madeBy: try row.get("made_by"), madeByName: try row.get("made_by_name"),
            agency: try row.get("made_by_agency"), publication: try publication(row))
    }

    private static func publication(_ row: Row) throws -> CaseReviewStatement.Publication? {
        guard let version = try row.optional("version", as: Int.self) else { return nil }
        return CaseReviewStatement.Publication(
            version: version, correction: try row.optional("correction"), at: try row.get("approved_at"),
            by: try row.get("approved_by"), byName: try row.get("approved_by_name"))
    }
}
