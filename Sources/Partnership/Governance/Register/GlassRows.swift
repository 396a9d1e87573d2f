internal import Kernel
internal import Storage

/// How broken glasses lie in their table.
enum GlassRows {
    private static let columns: SQL = """
        id, record, account, agency, owning_agency, category, reason, at, until, review_by, reviewed_at, reviewer,
        outcome, note
        """

    static func insert(_ glass: BrokenGlass, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO break_glasses (id, record, account, agency, owning_agency, category, reason, at, until,
                review_by)
            VALUES (\(glass.id), \(glass.record), \(glass.account), \(glass.agency), \(glass.owningAgency),
                \(glass.category.rawValue), \(glass.reason), \(glass.at), \(glass.until), \(glass.reviewBy))
            """)
    }

    static func glass(_ id: ID<BrokenGlass>, in connection: Connection) throws -> BrokenGlass? {
        try connection.first("SELECT \(columns) FROM break_glasses WHERE id = \(id)").map(glass)
    }

    /// The glass of that record that the account has open.
    static func open(
        of record: ID<Registered>, by account: ID<Account>, now: Instant, in connection: Connection
    ) throws -> BrokenGlass? {
        try connection.first(
            """
            SELECT \(columns) FROM break_glasses
            WHERE record = \(record) AND account = \(account) AND until > \(now)
            ORDER BY until DESC, id
            """
        ).map(glass)
    }

    static func all(since: Instant, in connection: Connection) throws -> [BrokenGlass] {
        try connection.rows(
            """
            SELECT \(columns) FROM break_glasses
            WHERE reviewed_at IS NULL OR at >= \(since)
            ORDER BY CASE WHEN reviewed_at IS NULL THEN 0 ELSE 1 END, review_by, id
            """
        ).map(glass)
    }

    /// Those by others than an account that nobody has reviewed, the most urgent first.
    static func unreviewed(
        butBy account: ID<Account>, limit: Int, in connection: Connection
    ) throws -> [BrokenGlass] {
        try connection.rows(
            """
            SELECT \(columns) FROM break_glasses WHERE reviewed_at IS NULL AND account <> \(account)
            ORDER BY review_by, id LIMIT \(limit)
            """
        ).map(glass)
    }

    static func count(by account: ID<Account>, since: Instant, in connection: Connection) throws -> Int {
        let row = try connection.first(
            "SELECT COUNT(*) AS n FROM break_glasses WHERE account = \(account) AND at > \(since)")
        return try row?.get("n") ?? 0
    }

    static func keep(_ review: BrokenGlass.Review, of id: ID<BrokenGlass>, in connection: Connection) throws {
        try connection.run(
            """
            UPDATE break_glasses
            SET reviewed_at = \(review.at), reviewer = \(review.reviewer), outcome = \(review.outcome.rawValue),
                note = \(review.note)
            WHERE id = \(id) AND reviewed_at IS NULL
            """)
    }

    private static func glass(_ row: Row) throws -> BrokenGlass {
        var glass = BrokenGlass(
            id: try row.get("id"), record: try row.get("record"), account: try row.get("account"),
            agency: try row.get("agency"), owningAgency: try row.get("owning_agency"),
            category: try RegisterRows.word(row, "category"), reason: try row.get("reason"), at: try row.get("at"),
            until: try row.get("until"), reviewBy: try row.get("review_by"))
        if let at: Instant = try row.optional("reviewed_at") {
            glass.review = .init(
                at: at, reviewer: try row.get("reviewer"), outcome: try RegisterRows.word(row, "outcome"),
                note: try row.get("note"))
        }
        return glass
    }
}
