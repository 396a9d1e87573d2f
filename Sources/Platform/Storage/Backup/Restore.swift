internal import Files
internal import Glibc
public import Kernel

extension Backup {
    /// Restores a backup, made from either engine, into an empty database: whole, in one transaction, or not at all.
    /// Steps that the program knows and the backup has not seen are done after the rows are in.
    /// - Parameters:
    ///   - migrations: all that this program knows.
    ///   - servingRole: see `Migrator.migrate`.
    ///   - check: looks at what was restored before it is committed; when it throws, nothing is.
    ///   - files: a folder, not there yet, that the backup's files are put into; nil leaves them.
    /// - Throws: a `Fault` when the database is not empty, the backup is damaged or comes from a newer program;
    ///   `StorageError`.
    @discardableResult
    public static func restore(
        _ path: String, into database: Database, migrations: [Migration], servingRole: String? = nil,
        files: String? = nil, at now: Instant, check: (Connection) throws -> Void = { _ in },
        progress: @escaping (Progress) -> Void = { _ in }
    ) throws -> Contents {
        let steps = try Migrator.ordered(migrations)
        let folder = try files.map { try RestoredFiles($0) }
        do {
            let contents = try database.administer { connection in
                try requireEmpty(connection)
                try folder?.begin()
                let restore = Restoring(connection, steps: steps, path: path, files: folder, progress: progress)
                let contents = try restore.run(at: now)
                if let servingRole, database.engine == .postgreSQL {
                    try Migrator.grant(to: servingRole, appendOnly: steps.flatMap(\.appendOnly), in: connection)
                }
                try check(connection)
                try folder?.settle()
                return contents
            }
            return contents
        } catch {
            folder?.remove()
            throw error
        }
    }

    private static func requireEmpty(_ connection: Connection) throws {
        let tables = try Schema.tables(in: connection)
        let isFresh =
            try tables.allSatisfy { BackupTable.own.contains($0) }
            && (!tables.contains("migrations") || Migrator.applied(in: connection).isEmpty)
        guard isFresh else {
            throw Fault(
                "The backup cannot be restored", at: "the database", because: "it is not empty",
                remedy: "Restore into a new, empty database; this one was left as it is.")
        }
    }
}

/// A restore in its transaction.
private final class Restoring {
    private let connection: Connection
    private let steps: [Migration]
    private let path: String
    private let files: RestoredFiles?
    private let progress: (Backup.Progress) -> Void
    private var header: BackupHeader?
    private var done = 0

    init(
        _ connection: Connection, steps: [Migration], path: String, files: RestoredFiles?,
        progress: @escaping (Backup.Progress) -> Void
    ) {
        self.connection = connection
        self.steps = steps
        self.path = path
        self.files = files
        self.progress = progress
    }

    func run(at now: Instant) throws -> Backup.Contents {
        var reading = try BackupReading(path)
        let references = References(connection)
        reading.onHeader = { header in
            try self.begin(header)
            try references.defer()
        }
        reading.onRows = { try self.load(table: $0, text: $1, before: $2) }
        if let files { reading.onFile = { try files.write($0, $1, isFirst: $2) } }
        let contents = try reading.run()
        try references.check()
        // Only now: the rows that a step itself put into such a table had to give way to the backup's.
        let known = Set(contents.migrations.map(\.number))
        for step in steps where known.contains(step.number) {
            for table in step.appendOnly { try AppendOnly.protect(table, in: connection) }
        }
        for step in steps where !known.contains(step.number) {
            if let last = contents.migrations.last, last.number > step.number {
                throw unusable("it lacks migration \(step.number) \(step.name), which comes before its last one")
            }
            _ = try Migrator.apply(step, at: now, in: connection)
        }
        return contents
    }

    private func begin(_ header: BackupHeader) throws {
        try Migrator.check(header.migrations, against: steps, subject: "backup")
        try Migrator.prepare(connection)
        for done in header.migrations {
            guard let step = steps.first(where: { $0.number == done.number }) else { continue }
            _ = try Migrator.apply(step, at: done.at, protects: false, in: connection)
        }
        let tables = try BackupTable.all(in: connection)
        guard tables.map(\.name) == header.tables.map(\.name), tables.map(\.columns) == header.tables.map(\.columns)
        else {
            throw unusable("its tables are not those that its migrations make")
        }
        // Rows that a migration itself puts in stand in the backup too.
        for table in tables where try table.count(in: connection) > 0 {
            try connection.session.script("DELETE FROM \"\(table.name)\"")
        }
        self.header = header
    }

    private func load(table index: Int, text: [UInt8], before: Int) throws {
        guard let table = header?.tables[index] else { return }
        var rows: [[SQLValue]] = []
        for (number, line) in text.split(separator: 0x0A).enumerated() {
            guard let row = RowText.read(line), row.count == table.columns.count else {
                throw unusable("tables/\(table.name), row \(before + number + 1) cannot be read")
            }
            rows.append(row)
        }
        _ = try connection.load(into: "\"\(table.name)\"", columns: table.columns.map { "\"\($0)\"" }, rows: rows)
        done += rows.count
        let total = header?.tables.reduce(0) { $0 + $1.rows } ?? done
        progress(Backup.Progress(part: table.name, done: done, total: total))
    }

    private func unusable(_ why: String) -> Fault { FileFault.unusable(path, because: why) }
}

/// Foreign keys while rows come in the order of the tables' names: looked at when all are there.
private final class References {
    private let connection: Connection
    private var deferred: [(table: String, name: String)] = []

    init(_ connection: Connection) { self.connection = connection }

    func `defer`() throws {
        guard connection.engine == .postgreSQL else {
            return try connection.session.script("PRAGMA defer_foreign_keys = ON")
        }
        deferred = try connection.rows(
            """
            SELECT conrelid::regclass::text AS place, quote_ident(conname) AS name FROM pg_constraint
            WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace
            ORDER BY 1, 2
            """
        ).map { (try $0.get("place"), try $0.get("name")) }
        for key in deferred {
            try connection.session.script(
                "ALTER TABLE \(key.table) ALTER CONSTRAINT \(key.name) DEFERRABLE INITIALLY DEFERRED")
        }
    }

    func check() throws {
        switch connection.engine {
        case .sqlite:
            if let row = try connection.first("PRAGMA foreign_key_check") {
                throw StorageError.constraint(.foreignKey, try row.get("table"))
            }
        case .postgreSQL:
            try connection.session.script("SET CONSTRAINTS ALL IMMEDIATE")
            for key in deferred {
                try connection.session.script("ALTER TABLE \(key.table) ALTER CONSTRAINT \(key.name) NOT DEFERRABLE")
            }
        }
    }
}
