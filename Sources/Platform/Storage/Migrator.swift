internal import Digests
public import Kernel

/// Brings the tables to the state that this program knows.
public enum Migrator {
    /// A step as the database remembers it.
    public struct Applied: Hashable, Sendable {
        /// Its number.
        public let number: Int
        /// What it was about.
        public let name: String
        /// SHA-256 of its statements, for both engines, in hexadecimal.
        public let digest: String
        /// When it was done.
        public let at: Instant
    }

    /// Does the steps that are missing, each in one transaction. Programs that begin at once take turns.
    /// - Parameters:
    ///   - servingRole: on PostgreSQL, the role that the program serves as, which gets the rights it needs and no more.
    /// - Returns: the steps done now.
    /// - Throws: a `Fault` when the database is newer than the program or has other steps; `StorageError`.
    public static func migrate(
        _ database: Database, _ all: [Migration], servingRole: String? = nil, at now: Instant
    ) throws -> [Applied] {
        let steps = try ordered(all)
        try database.administer { try prepare($0) }
        var done: [Applied] = []
        for step in steps {
            let new: Applied? = try database.administer { connection in
                let before = try applied(in: connection)
                guard try pending(before, steps).contains(where: { $0.number == step.number }) else { return nil }
                return try apply(step, at: now, in: connection)
            }
            if let new { done.append(new) }
        }
        if let servingRole, database.engine == .postgreSQL {
            try database.administer { try grant(to: servingRole, appendOnly: steps.flatMap(\.appendOnly), in: $0) }
        }
        return done
    }

    /// The steps that the database has seen, in order; none when it is empty.
    /// - Throws: a `Fault` when its role may not read the tables; `StorageError`.
    public static func applied(_ database: Database) throws -> [Applied] {
        do {
            return try database.read { connection in
                guard try Schema.tables(in: connection).contains("migrations") else { return [] }
                return try applied(in: connection)
            }
        } catch StorageError.notPermitted {
            let role = try database.location.role.map { "the role \($0)" } ?? "the program"
            throw Fault(
                "The database's tables cannot be read", at: "database.address",
                because: "\(role) has no rights on them",
                remedy: "Name their owner as database.owner in concord.json and run concord migrate.")
        }
    }

    /// Which steps are still to be done.
    /// - Throws: a `Fault` when the database is newer than the program or has other steps.
    public static func pending(_ database: Database, _ all: [Migration]) throws -> [Migration] {
        let before = try applied(database)
        return try pending(before, ordered(all))
    }

    static func ordered(_ all: [Migration]) throws -> [Migration] {
        let steps = all.sorted { $0.number < $1.number }
        for (step, next) in zip(steps, steps.dropFirst()) where step.number == next.number {
            throw Fault(
                "The migrations of this program are wrong", at: "migration \(step.number)",
                because: "\(step.name) and \(next.name) have the same number", remedy: "Report this to its makers.")
        }
        return steps
    }

    private static func pending(_ before: [Applied], _ steps: [Migration]) throws -> [Migration] {
        try check(before, against: steps)
        let numbers = Set(before.map(\.number))
        let missing = steps.filter { !numbers.contains($0.number) }
        if let step = missing.first, let last = before.last, last.number > step.number {
            throw Fault(
                "The database cannot be migrated", at: "migration \(step.number) \(step.name)",
                because: "the later migration \(last.number) \(last.name) was done before it",
                remedy: "Use the program that this database was made with.")
        }
        return missing
    }

    /// SHA-256 of a step: number, name, the statements for both engines and the append-only tables, in hexadecimal.
    public static func digest(of step: Migration) -> String {
        var text = "\(step.number) \(step.name)\n"
        for statement in step.statements { text += "\(statement.sqlite);\n\(statement.postgreSQL);\n" }
        return SHA256.hex(Array((text + step.appendOnly.joined(separator: ",")).utf8))
    }

    static func prepare(_ connection: Connection) throws {
        try connection.run(
            """
            CREATE TABLE IF NOT EXISTS migrations (
                number BIGINT PRIMARY KEY,
                name TEXT NOT NULL,
                digest TEXT NOT NULL,
                applied_at BIGINT NOT NULL
            )
            """)
        try connection.run("CREATE TABLE IF NOT EXISTS writer_turn (taken BIGINT)")
    }

    static func applied(in connection: Connection) throws -> [Applied] {
        try connection.rows("SELECT number, name, digest, applied_at FROM migrations ORDER BY number").map {
            Applied(
                number: try $0.get("number"), name: try $0.get("name"), digest: try $0.get("digest"),
                at: try $0.get("applied_at"))
        }
    }

    /// Compares what was done with what this program knows.
    /// - Parameter subject: what it was done to: "database" or "backup".
    static func check(_ before: [Applied], against steps: [Migration], subject: String = "database") throws {
        let known = Dictionary(steps.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        for step in before {
            guard let ours = known[step.number] else {
                throw Fault(
                    "The \(subject) is newer than this program", at: "migration \(step.number) \(step.name)",
                    because: "it comes from a later version of Concord",
                    remedy: "Use that version, or a backup made with this one.")
            }
            guard digest(of: ours) == step.digest else {
                throw Fault(
                    "The \(subject) was made by another program", at: "migration \(step.number) \(step.name)",
                    because: "its statements differ from this program's",
                    remedy: "Use the version of Concord that made it.")
            }
        }
    }

    static func apply(
        _ step: Migration, at now: Instant, protects: Bool = true, in connection: Connection
    ) throws -> Applied {
        for statement in step.statements {
            let text = statement.text(for: connection.engine)
            if !text.isEmpty { try connection.session.script(text) }
        }
        for table in step.appendOnly where protects { try AppendOnly.protect(table, in: connection) }
        let applied = Applied(number: step.number, name: step.name, digest: digest(of: step), at: now)
        try connection.run(
            """
            INSERT INTO migrations (number, name, digest, applied_at)
            VALUES (\(applied.number), \(applied.name), \(applied.digest), \(applied.at))
            """)
        return applied
    }

    static func grant(to role: String, appendOnly: [String], in connection: Connection) throws {
        let quoted =
            "\"" + role.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        for table in try Schema.tables(in: connection) {
            let rights: String
            switch table {
            case "migrations": rights = "SELECT"
            case let table where appendOnly.contains(table): rights = "SELECT, INSERT"
            default: rights = "SELECT, INSERT, UPDATE, DELETE"
            }
            try connection.session.script(
                "REVOKE ALL ON \(table) FROM \(quoted); GRANT \(rights) ON \(table) TO \(quoted)")
        }
    }
}
