internal import Governance
internal import Kernel
public import Storage

/// The table of jobs.
public enum JobStore {
    /// Its migrations.
    public static let migrations: [Migration] = [
        Migration(
            number: 300, name: "jobs",
            statements: [
                """
                CREATE TABLE jobs (
                    id TEXT PRIMARY KEY,
                    title TEXT NOT NULL,
                    account TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    finished_at BIGINT,
                    state TEXT NOT NULL,
                    message TEXT NOT NULL,
                    link TEXT
                )
                """,
                "CREATE INDEX jobs_of_account ON jobs (account, created_at)",
            ])
    ]

    static func insert(_ job: Job, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO jobs (id, title, account, created_at, finished_at, state, message, link)
            VALUES (\(job.id), \(job.title), \(job.account), \(job.createdAt), \(job.finishedAt.sqlValue),
                \(job.state.rawValue), \(job.message), \(job.link.sqlValue))
            """)
    }

    static func update(_ job: Job, in connection: Connection) throws {
        try connection.run(
            """
            UPDATE jobs
            SET finished_at = \(job.finishedAt.sqlValue), state = \(job.state.rawValue), message = \(job.message), link = \(job.link.sqlValue)
            WHERE id = \(job.id)
            """)
    }

    static func unfinished(in connection: Connection) throws -> [ID<Job>] {
        try connection.rows(
            """
            SELECT id FROM jobs
            WHERE state IN (\(Job.State.waiting.rawValue), \(Job.State.running.rawValue))
            """
        ).map { try $0.get("id") }
    }

    static func interrupt(_ id: ID<Job>, at now: Instant, in connection: Connection) throws {
        try connection.run(
            """
            UPDATE jobs
            SET state = \(Job.State.interrupted.rawValue), finished_at = \(now),
                message = \("The program stopped before this was finished. Start it again.")
            WHERE id = \(id)
            """)
    }

    static func find(_ id: ID<Job>, in connection: Connection) throws -> Job? {
        try connection.first("\(columns) WHERE id = \(id)").map(job)
    }

    static func recent(of account: ID<Account>, limit: Int, in connection: Connection) throws -> [Job] {
        try connection.rows("\(columns) WHERE account = \(account) ORDER BY created_at DESC, id DESC LIMIT \(limit)")
            .map(job)
    }

    private static let columns: SQL =
        "SELECT id, title, account, created_at, finished_at, state, message, link FROM jobs"

    private static func job(_ row: Row) throws -> Job {
        Job(
            id: try row.get("id"), title: try row.get("title"), account: try row.get("account"),
            createdAt: try row.get("created_at"), finishedAt: try row.optional("finished_at"),
            state: Job.State(rawValue: try row.get("state")) ?? .interrupted, fraction: nil,
            message: try row.get("message"), link: try row.optional("link"))
    }
}
