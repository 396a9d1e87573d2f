public import Kernel

extension Backup {
    /// What a backup holds.
    public struct Contents: Hashable, Sendable {
        /// When it was made.
        public let madeAt: Instant
        /// The engine that it was made from.
        public let engine: Engine
        /// The steps that the database had seen.
        public let migrations: [Migrator.Applied]
        /// The tables with their rows, by name.
        public let tables: [Table]
        /// The files that were added, in their order.
        public let files: [File]
    }

    /// A table of a backup.
    public struct Table: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// How many rows it has.
        public let rows: Int
        /// SHA-256 of its rows as the archive has them. The same rows give the same digest on both engines.
        public let sha256: String
    }

    /// A file of a backup.
    public struct File: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its size in bytes.
        public let bytes: Int
        /// SHA-256 of its bytes.
        public let sha256: String
    }

    /// How far a backup or a restore has come.
    public struct Progress: Hashable, Sendable {
        /// The table or file that was last worked on.
        public let part: String
        /// Rows done, in all tables.
        public let done: Int
        /// Rows of all tables.
        public let total: Int
    }
}

/// The first file of an archive: what a reader must know before the rows come.
struct BackupHeader {
    static let name = "concord-backup.json"
    let madeAt: Instant
    let engine: Engine
    let migrations: [Migrator.Applied]
    let tables: [(name: String, columns: [String], rows: Int)]

    var json: JSON {
        .members(
            ("format", .string("concord-backup")), ("version", .integer(1)),
            ("madeAt", .integer(madeAt.milliseconds)), ("engine", .string(engine.rawValue)),
            (
                "migrations",
                .array(
                    migrations.map {
                        .members(
                            ("number", .integer(Int64($0.number))), ("name", .string($0.name)),
                            ("digest", .string($0.digest)), ("at", .integer($0.at.milliseconds)))
                    })
            ),
            (
                "tables",
                .array(
                    tables.map {
                        .members(
                            ("name", .string($0.name)), ("columns", .array($0.columns.map { .string($0) })),
                            ("rows", .integer(Int64($0.rows))))
                    })
            ))
    }

    init(
        madeAt: Instant, engine: Engine, migrations: [Migrator.Applied],
        tables: [(name: String, columns: [String], rows: Int)]
    ) {
        self.madeAt = madeAt
        self.engine = engine
        self.migrations = migrations
        self.tables = tables
    }

    /// The header of an archive, or nil when it is none that this program reads.
    init?(_ bytes: [UInt8]) {
        guard let json = try? JSON(parsing: bytes, from: ""), json["format"]?.text == "concord-backup",
            json["version"]?.whole == 1, let madeAt = json["madeAt"]?.whole,
            let engine = json["engine"]?.text.flatMap(Engine.init), let steps = json["migrations"]?.items,
            let tables = json["tables"]?.items
        else { return nil }
        self.madeAt = Instant(milliseconds: Int64(madeAt))
        self.engine = engine
        var migrations: [Migrator.Applied] = []
        for step in steps {
            guard let number = step["number"]?.whole, let name = step["name"]?.text, let digest = step["digest"]?.text,
                let at = step["at"]?.whole
            else { return nil }
            migrations.append(
                Migrator.Applied(number: number, name: name, digest: digest, at: Instant(milliseconds: Int64(at))))
        }
        self.migrations = migrations
        var read: [(name: String, columns: [String], rows: Int)] = []
        for table in tables {
            guard let name = table["name"]?.text, let columns = table["columns"]?.items,
                let rows = table["rows"]?.whole,
                (try? BackupName.check(name)) != nil, !read.contains(where: { $0.name == name })
            else { return nil }
            let names = columns.compactMap(\.text)
            guard names.count == columns.count else { return nil }
            read.append((name, names, rows))
        }
        self.tables = read
    }
}

/// The last file of an archive: what was written, so that a reader can compare.
enum BackupManifest {
    static let name = "manifest.json"

    static func json(tables: [Backup.Table], files: [Backup.File], header: String) -> JSON {
        .members(
            ("header", .string(header)),
            (
                "tables",
                .array(
                    tables.map {
                        .members(
                            ("name", .string($0.name)), ("rows", .integer(Int64($0.rows))),
                            ("sha256", .string($0.sha256)))
                    })
            ),
            (
                "files",
                .array(
                    files.map {
                        .members(
                            ("name", .string($0.name)), ("bytes", .integer(Int64($0.bytes))),
                            ("sha256", .string($0.sha256)))
                    })
            ))
    }

    /// What differs between what the manifest says and what was read, in words; nil when nothing does.
    static func difference(_ bytes: [UInt8], from read: JSON) -> String? {
        guard let said = try? JSON(parsing: bytes, from: "") else { return "its manifest cannot be read" }
        if said == read { return nil }
        if said["header"] != read["header"] { return "\(BackupHeader.name) was altered" }
        for kind in ["tables", "files"] {
            let (wanted, found) = (said[kind]?.items ?? [], read[kind]?.items ?? [])
            for item in wanted {
                let name = item["name"]?.text ?? ""
                guard let other = found.first(where: { $0["name"] == item["name"] }) else {
                    return "\(kind)/\(name) is missing"
                }
                if other != item { return "\(kind)/\(name) was altered" }
            }
            if found.count != wanted.count { return "\(kind) were added" }
        }
        return "its manifest was altered"
    }
}

extension JSON {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var whole: Int? { if case .integer(let number) = self { Int(number) } else { nil } }
    var items: [JSON]? { if case .array(let items) = self { items } else { nil } }
}
