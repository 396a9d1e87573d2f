internal import Digests
internal import Kernel

/// Reads an archive from front to back, hands on what it finds, and compares it with the manifest at the end.
struct BackupReading {
    /// Receives what comes before the rows.
    var onHeader: (BackupHeader) throws -> Void = { _ in }
    /// Receives a portion of a table's rows as text, and how many rows of it came before.
    var onRows: ((_ table: Int, _ text: [UInt8], _ before: Int) throws -> Void)?
    /// Receives a file in portions; the name comes with each, and the first has `isFirst`.
    var onFile: ((_ name: String, _ bytes: [UInt8], _ isFirst: Bool) throws -> Void)?
    private let archive: ArchiveReader

    init(_ path: String) throws(Fault) { archive = try ArchiveReader(path: path) }

    func run() throws -> Backup.Contents {
        guard let first = try archive.next(), first.name == BackupHeader.name else {
            throw archive.damaged("it is not a backup made by Concord")
        }
        let headerBytes = try archive.contents(first, limit: 1 << 26)
        guard let header = BackupHeader(headerBytes) else {
            throw archive.damaged("it comes from a later version of Concord, or its header was altered")
        }
        try onHeader(header)
        var entry = try archive.next()
        var tables: [Backup.Table] = []
        for index in header.tables.indices { tables.append(try table(index, of: header, &entry)) }
        var files: [Backup.File] = []
        while let file = entry, file.name.hasPrefix("files/") {
            files.append(try copy(file))
            entry = try archive.next()
        }
        guard let last = entry, last.name == BackupManifest.name else {
            throw archive.damaged("its manifest is missing")
        }
        let said = try archive.contents(last, limit: 1 << 26)
        let read = BackupManifest.json(tables: tables, files: files, header: SHA256.hex(headerBytes))
        if let why = BackupManifest.difference(said, from: read) { throw archive.damaged(why) }
        guard try archive.next() == nil else { throw archive.damaged("something follows its manifest") }
        return Backup.Contents(
            madeAt: header.madeAt, engine: header.engine, migrations: header.migrations, tables: tables, files: files)
    }

    private func table(_ index: Int, of header: BackupHeader, _ entry: inout TarHeader?) throws -> Backup.Table {
        let name = header.tables[index].name
        let digest = SHA256()
        var rows = 0
        while let piece = entry, piece.name.hasPrefix("tables/\(name)/") {
            let text = try archive.contents(piece)
            text.withUnsafeBytes { digest.update($0) }
            try onRows?(index, text, rows)
            rows += text.count { $0 == 0x0A }
            entry = try archive.next()
        }
        return Backup.Table(name: name, rows: rows, sha256: digest.finish())
    }

    private func copy(_ file: TarHeader) throws -> Backup.File {
        let name = String(file.name.dropFirst("files/".count))
        guard (try? BackupName.check(name)) != nil else { throw archive.damaged("a file has a name that leads astray") }
        let digest = SHA256()
        var isFirst = true
        if file.size == 0 { try onFile?(name, [], true) }
        try archive.each(file) { portion in
            portion.withUnsafeBytes { digest.update($0) }
            try onFile?(name, portion, isFirst)
            isFirst = false
        }
        return Backup.File(name: name, bytes: file.size, sha256: digest.finish())
    }
}
