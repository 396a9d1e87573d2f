internal import Digests
internal import Files
internal import Glibc
public import Kernel

/// One file with everything that a database holds, which either engine can be restored from.
///
/// A gzip'd tar archive, which `tar` can open:
/// - `concord-backup.json`: format, time, the migrations that were done, the tables with columns and row counts;
/// - `tables/NAME/000001.jsonl` …: the rows of each table in the order of its primary key, about a megabyte a file, each
///   row a line of JSON (see `RowText`);
/// - `files/NAME`: files that the caller added;
/// - `manifest.json`: row count and SHA-256 of each table, size and SHA-256 of each file. It comes last, so that an
///   archive that was cut off lacks it.
public enum Backup {
    private static let portion = 1 << 20

    /// Writes a backup: one snapshot of the database, taken while others write, in memory of a few megabytes.
    /// - Parameters:
    ///   - path: the file, which is there whole or not at all, readable by its owner only.
    ///   - files: files to put in beside the tables; names are relative paths of at most 90 bytes.
    ///   - progress: called after each portion and file.
    /// - Throws: a `Fault` (disk full, no permission), `StorageError`.
    @discardableResult
    public static func write(
        _ database: Database, to path: String, files: [(name: String, path: String)] = [], at now: Instant,
        progress: (Progress) -> Void = { _ in }
    ) throws -> Contents {
        for file in files { try BackupName.check(file.name) }
        return try database.read { connection in
            let tables = try BackupTable.all(in: connection)
            let header = BackupHeader(
                madeAt: now, engine: database.engine, migrations: try Migrator.applied(in: connection),
                tables: try tables.map { ($0.name, $0.columns, try $0.count(in: connection)) })
            let archive = try ArchiveWriter(path: path)
            let first = header.json.encoded()
            try archive.add(BackupHeader.name, first)
            let total = header.tables.reduce(0) { $0 + $1.rows }
            var written: [Table] = []
            for table in tables {
                let before = written.reduce(0) { $0 + $1.rows }
                written.append(
                    try write(table, to: archive, from: connection) { rows in
                        progress(Progress(part: table.name, done: before + rows, total: total))
                    })
            }
            var copied: [File] = []
            for file in files {
                copied.append(try copy(file, to: archive))
                progress(Progress(part: file.name, done: total, total: total))
            }
            let manifest = BackupManifest.json(tables: written, files: copied, header: SHA256.hex(first))
            try archive.add(BackupManifest.name, manifest.encoded())
            try archive.finish()
            return Contents(
                madeAt: now, engine: database.engine, migrations: header.migrations, tables: written, files: copied)
        }
    }

    private static func write(
        _ table: BackupTable, to archive: ArchiveWriter, from connection: Connection, progress: (Int) -> Void
    ) throws -> Table {
        let digest = SHA256()
        var text: [UInt8] = []
        var (rows, pieces) = (0, 0)
        func flush() throws {
            pieces += 1
            let number = String(pieces)
            let name = String(repeating: "0", count: max(0, 6 - number.utf8.count)) + number
            try archive.add("tables/\(table.name)/\(name).jsonl", text)
            text.withUnsafeBytes { digest.update($0) }
            text.removeAll(keepingCapacity: true)
            progress(rows)
        }
        try connection.each(table.rows) { row in
            RowText.write(row.values, to: &text)
            rows += 1
            if text.count >= portion { try flush() }
        }
        if !text.isEmpty { try flush() }
        return Table(name: table.name, rows: rows, sha256: digest.finish())
    }

    private static func copy(_ file: (name: String, path: String), to archive: ArchiveWriter) throws(Fault) -> File {
        let input = open(file.path, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw FileSystem.failure("The file could not be opened", file.path) }
        defer { close(input) }
        var info = stat()
        guard fstat(input, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            throw Fault("The file could not be backed up", at: file.path, because: "it is no plain file")
        }
        let size = Int(info.st_size)
        try archive.begin("files/\(file.name)", size: size)
        let digest = SHA256()
        var left = size
        var block = [UInt8](repeating: 0, count: portion)
        while left > 0 {
            let count = Glibc.read(input, &block, min(left, portion))
            guard count > 0 else {
                throw Fault("The file could not be backed up", at: file.path, because: "it became shorter meanwhile")
            }
            block.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            try archive.write(Array(block[..<count]))
            left -= count
        }
        try archive.pad(size)
        return File(name: file.name, bytes: size, sha256: digest.finish())
    }

    /// Reads a backup whole and compares it with its own record of rows and digests.
    /// - Throws: a `Fault` that names what is cut off, missing or altered.
    @discardableResult
    public static func verify(_ path: String) throws -> Contents {
        try BackupReading(path).run()
    }
}
