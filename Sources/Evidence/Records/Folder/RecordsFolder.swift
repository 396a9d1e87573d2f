internal import Files
public import Kernel

/// A folder that keeps imported records: the partners' files as they came, by their digest, and a manifest that says
/// through which mapping each is read and what it holds. Figures from the folder and straight from the files are equal
/// because both are read in the same way.
public struct RecordsFolder {
    /// Where it is.
    public let path: String
    private var entries: [Entry] = []

    /// A file in the folder.
    struct Entry {
        let name: String
        let stored: String
        let sha256: String
        let mapping: String
        let overlap: OverlapRule
    }

    /// What an import did.
    public struct Report {
        /// What was done and found, in words, a line each.
        public var lines: [String]
        /// Whether anything in the folder changed.
        public var changed: Bool
    }

    private var manifestPath: String { "\(path)/manifest.json" }

    /// Whether a folder is one of imported records.
    public static func isOne(_ path: String) -> Bool { FileSystem.exists("\(path)/manifest.json") }

    /// Opens a folder, which may not exist yet.
    public init(path: String) throws(Fault) {
        self.path = path
        guard FileSystem.exists(manifestPath) else { return }
        let root = try DefinitionFile(path: manifestPath).root
        for node in try root.required("files").items() {
            let rule = try node.required("overlap").text()
            entries.append(
                Entry(
                    name: try node.required("name").text(), stored: try node.required("stored").text(),
                    sha256: try node.required("sha256").text(), mapping: try node.required("mapping").text(),
                    overlap: OverlapRule(rawValue: rule) ?? .refuse))
        }
    }

    /// The files to read, in the order they were imported.
    public var files: [RecordReader.File] {
        entries.map {
            RecordReader.File(path: "\(path)/\($0.stored)", name: $0.name, mapping: $0.mapping, overlap: $0.overlap)
        }
    }

    /// Imports files: checks them together with what is there, then keeps them. Nothing changes when a file cannot be
    /// read, has too many rejects, or overlaps without a rule.
    /// - Returns: what changed, in words.
    public mutating func add(_ files: [RecordReader.File], reader: RecordReader) throws(Fault) -> Report {
        var report = Report(lines: [], changed: false)
        let before = try reader.unlogged().read(self.files)
        var fresh: [RecordReader.File] = []
        var seen = Set(zip(entries, before.files).filter { isInForce($1, before) }.map(\.0.sha256))
        if files.allSatisfy({ $0.overlap != .restate }) { seen.formUnion(entries.map(\.sha256)) }
        for file in files {
            let digest = try FileSystem.sha256(of: file.path)
            if seen.insert(digest).inserted {
                fresh.append(file)
            } else {
                report.lines.append("\(file.name): already imported, nothing changed.")
            }
        }
        guard !fresh.isEmpty else { return report }
        let after = try reader.read(self.files + fresh)
        var held = before.inForce
        let known = entries.count
        for (offset, file) in fresh.enumerated() {
            let read = after.files[known + offset]
            report.lines.append(contentsOf: Self.changes(read, file: file, before: before))
            if !read.parts.isEmpty, read.parts.allSatisfy(held.contains) {
                report.lines.append("\(file.name): holds only what is there already, nothing changed.")
                continue
            }
            try keep(file, read)
            held.formUnion(read.parts)
            report.changed = true
        }
        if report.changed { try writeManifest() }
        report.lines.append(contentsOf: after.notes.filter { !before.notes.contains($0) })
        return report
    }

    // A file that a later one replaced may be imported again to restate in turn.
    private func isInForce(_ file: RecordFile, _ set: RecordSet) -> Bool {
        file.parts.allSatisfy(set.inForce.contains)
    }

    private static func changes(_ read: RecordFile, file: RecordReader.File, before: RecordSet) -> [String] {
        var lines = [
            "\(file.name): \(read.rows) rows through \(read.mapping), \(read.rejected) rejected; "
                + "\(read.parts.reduce(0) { $0 + $1.count }) records of \(Set(read.parts.map(\.month)).count) months."
        ]
        guard file.overlap == .restate else { return lines }
        for part in read.parts {
            let old = before.inForce.filter {
                $0.source == part.source && $0.reporter == part.reporter && $0.month == part.month
            }
            guard !old.isEmpty, !old.contains(part) else { continue }
            let who = part.reporter.isEmpty ? "" : " \(part.reporter),"
            lines.append("  restated:\(who) \(part.month): \(old.reduce(0) { $0 + $1.count }) → \(part.count)")
        }
        return lines
    }

    private mutating func keep(_ file: RecordReader.File, _ read: RecordFile) throws(Fault) {
        try FileSystem.makeFolder(path, isPrivate: true)
        try FileSystem.makeFolder("\(path)/files", isPrivate: true)
        let stored = "files/\(read.sha256)"
        try FileSystem.copy(file.path, to: "\(path)/\(stored)")
        entries.append(
            Entry(
                name: FileSystem.name(of: file.name), stored: stored, sha256: read.sha256, mapping: read.mapping,
                overlap: file.overlap))
    }

    private func writeManifest() throws(Fault) {
        let files = entries.map { entry in
            JSON.members(
                ("name", .string(entry.name)), ("stored", .string(entry.stored)), ("sha256", .string(entry.sha256)),
                ("mapping", .string(entry.mapping)), ("overlap", .string(entry.overlap.rawValue)))
        }
        let manifest = JSON.members(("format", .string("concord records 1")), ("files", .array(files)))
        try FileSystem.write(manifest.encoded(), to: manifestPath, isPrivate: true)
    }
}
