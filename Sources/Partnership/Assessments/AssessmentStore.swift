internal import Digests
public import Governance
public import Kernel
public import Storage

/// The tables of kept assessments. Who may do what is decided, and audited, by the caller in the same transaction.
public enum AssessmentStore {
    /// Keeps a new draft with its files.
    public static func insert(
        _ version: AssessmentVersion, files: [AssessmentFile], in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO assessment_versions (id, title, area, period_from, period_to, state, made_at, made_by,
                made_by_name, digest, records_read, row_version)
            VALUES (\(version.id), \(version.title), \(version.area), \(version.period.first.description),
                \(version.period.last.description), \(version.state.rawValue), \(version.madeAt), \(version.madeBy),
                \(version.madeByName), \(version.digest), \(version.recordsRead), 1)
            """)
        for file in files {
            try connection.run(
                """
                INSERT INTO assessment_files (assessment, name, media_type, digest, size, content)
                VALUES (\(version.id), \(file.name), \(file.mediaType), \(SHA256.hex(file.bytes)), \(file.bytes.count),
                    \(file.bytes))
                """)
        }
    }

    /// A version, or nil.
    public static func find(_ id: ID<AssessmentVersion>, in connection: Connection) throws -> AssessmentVersion? {
        try connection.first("\(selection) WHERE id = \(id)").map(version)
    }

    /// Versions, the newest first.
    /// - Parameters:
    ///   - drafts: whether drafts are among them.
    ///   - after: the last one of the page before, for the next page.
    public static func list(
        drafts: Bool, after: AssessmentVersion? = nil, limit: Int, in connection: Connection
    ) throws -> [AssessmentVersion] {
        let least: SQL = drafts ? "1 = 1" : "state = 'published'"
        let cursor: SQL =
            after.map { "(made_at < \($0.madeAt) OR (made_at = \($0.madeAt) AND id < \($0.id)))" } ?? "1 = 1"
        return try connection.rows(
            "\(selection) WHERE \(least) AND \(cursor) ORDER BY made_at DESC, id DESC LIMIT \(limit)"
        ).map(version)
    }

    /// The published version of latest publication, or nil.
    public static func latestPublished(in connection: Connection) throws -> AssessmentVersion? {
        try connection.first(
            "\(selection) WHERE state = 'published' ORDER BY published_at DESC, id DESC LIMIT 1"
        ).map(version)
    }

    /// A file of a version, or nil.
    public static func file(
        _ name: String, of id: ID<AssessmentVersion>, in connection: Connection
    ) throws -> AssessmentFile? {
        try connection.first(
            "SELECT name, media_type, content FROM assessment_files WHERE assessment = \(id) AND name = \(name)"
        ).map {
            AssessmentFile(
                name: try $0.get("name"), mediaType: try $0.get("media_type"), bytes: try $0.get("content"))
        }
    }

    /// Names and sizes of a version's files, in order of name.
    public static func fileNames(
        of id: ID<AssessmentVersion>, in connection: Connection
    ) throws -> [(name: String, size: Int)] {
        try connection.rows(
            "SELECT name, size FROM assessment_files WHERE assessment = \(id) ORDER BY name"
        ).map { (name: try $0.get("name"), size: try $0.get("size")) }
    }

    /// Publishes a draft.
    /// - Returns: false when it is no longer as the caller saw it.
    public static func publish(
        _ id: ID<AssessmentVersion>, seen rowVersion: Int, by actor: Actor, at now: Instant, in connection: Connection
    ) throws -> Bool {
        try connection.run(
            """
            UPDATE assessment_versions
            SET state = 'published', published_at = \(now), published_by = \(actor.account),
                published_by_name = \(actor.name), row_version = row_version + 1
            WHERE id = \(id) AND row_version = \(rowVersion) AND state = 'draft'
            """) == 1
    }

    /// Gives a draft another title.
    /// - Returns: false when it is no longer as the caller saw it.
    public static func rename(
        _ id: ID<AssessmentVersion>, seen rowVersion: Int, to title: String, in connection: Connection
    ) throws -> Bool {
        try connection.run(
            """
            UPDATE assessment_versions
            SET title = \(title), row_version = row_version + 1
            WHERE id = \(id) AND row_version = \(rowVersion) AND state = 'draft'
            """) == 1
    }

    /// Removes a draft and its files.
    /// - Returns: false when it is no longer as the caller saw it.
    public static func discard(
        _ id: ID<AssessmentVersion>, seen rowVersion: Int, in connection: Connection
    ) throws -> Bool {
        let found = try connection.first(
            "SELECT id FROM assessment_versions WHERE id = \(id) AND row_version = \(rowVersion) AND state = 'draft'")
        guard found != nil else { return false }
        try connection.run("DELETE FROM assessment_files WHERE assessment = \(id)")
        return try connection.run("DELETE FROM assessment_versions WHERE id = \(id)") == 1
    }

    private static let selection: SQL = """
        SELECT id, title, area, period_from, period_to, state, made_at, made_by, made_by_name, published_at,
            published_by_name, digest, records_read, row_version
        FROM assessment_versions
        """

    private static func version(_ row: Row) throws -> AssessmentVersion {
        guard let from = Month(try row.get("period_from", as: String.self)),
            let to = Month(try row.get("period_to", as: String.self)), let period = MonthRange(from: from, to: to),
            let state = AssessmentVersion.State(rawValue: try row.get("state"))
        else {
            throw Fault(
                "A kept assessment cannot be read", at: "table assessment_versions",
                because: "its period or state is none", remedy: "Restore the database from a backup.")
        }
        return AssessmentVersion(
            id: try row.get("id"), title: try row.get("title"), area: try row.get("area"), period: period, state: state,
            madeAt: try row.get("made_at"), madeBy: try row.get("made_by"), madeByName: try row.get("made_by_name"),
            publishedAt: try row.optional("published_at"), publishedByName: try row.optional("published_by_name"),
            digest: try row.get("digest"), recordsRead: try row.get("records_read"),
            rowVersion: try row.get("row_version"))
    }
}
