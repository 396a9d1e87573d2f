internal import Digests
public import Kernel
internal import Tables

/// Reads files of records through their mappings.
public struct RecordReader {
    /// A file to read.
    public struct File: Hashable, Sendable {
        /// Where its bytes are.
        public var path: String
        /// The name to show for it.
        public var name: String
        /// The mapping's id, or nil to recognise it from the header.
        public var mapping: String?
        /// What holds where it overlaps with earlier files.
        public var overlap: OverlapRule

        /// A file to read.
        public init(path: String, name: String? = nil, mapping: String? = nil, overlap: OverlapRule = .refuse) {
            self.path = path
            self.name = name ?? path
            self.mapping = mapping
            self.overlap = overlap
        }
    }

    private let library: MappingLibrary
    private let log: RejectLog
    private let rejectLimit: Double
    private let progress: ((String, Int64, Int64) -> Void)?

    /// A reader.
    /// - Parameters:
    ///   - library: the mappings to choose from.
    ///   - log: where rows go that cannot be used.
    ///   - rejectLimit: the share of a file's rows, 0…1, that may be rejected before the run stops.
    ///   - progress: told the file's name, bytes read and bytes in all.
    public init(
        library: MappingLibrary, log: RejectLog, rejectLimit: Double = 0.05,
        progress: ((String, Int64, Int64) -> Void)? = nil
    ) {
        self.library = library
        self.log = log
        self.rejectLimit = rejectLimit
        self.progress = progress
    }

    /// The same reader without a log, for files whose rejects are known.
    func unlogged() -> RecordReader {
        RecordReader(library: library, log: RejectLog(), rejectLimit: 1, progress: progress)
    }

    /// Reads files, in this order, into one set of records.
    /// - Throws: a `Fault` for a file that cannot be read, fits no mapping, has too many rows that cannot be used, or
    ///   overlaps with another in a way that no rule was given for.
    public func read(_ files: [File]) throws(Fault) -> RecordSet {
        var set = RecordSet()
        var builders: [RecordBuilder] = []
        for (index, file) in files.enumerated() {
            let source = try DelimitedFile(path: file.path)
            let mapping: Mapping
            if let id = file.mapping {
                mapping = try library.mapping(named: id)
            } else {
                mapping = try library.recognise(header: source.header, path: file.name)
            }
            if !builders.contains(where: { $0.mapping.id == mapping.id }) {
                builders.append(RecordBuilder(mapping))
                set.mappings.append(mapping)
            }
            for builder in builders where builder.mapping.id == mapping.id {
                set.files.append(try read(source, file, index, into: builder))
            }
        }
        try log.flush()
        for builder in builders { try RecordAssembly.add(builder, files: files, to: &set) }
        set.rejectedRows = log.rejectedRows
        set.unusedValues = log.unusedValues
        return set
    }

    private func read(_ source: DelimitedFile, _ file: File, _ index: Int, into builder: RecordBuilder) throws(Fault)
        -> RecordFile
    {
        let plan = try FieldPlan(
            header: source.header, mapping: builder.mapping, path: file.name, dictionaries: builder.dictionaries)
        let hash = SHA256()
        var rows = 0
        var rejected = 0
        var failure: Fault?
        do {
            try source.read(
                plan.requests, dictionaries: plan.dictionaries, rowHashes: builder.mapping.layout == .rows, threads: 2,
                bytesRead: { read, total in progress?(file.name, read, total) }, onBytes: { hash.update($0) },
                body: { batch in
                    rows += batch.rowCount
                    rejected += try builder.add(batch, plan: plan, file: index, path: file.name, log: log)
                })
        } catch let fault as Fault {
            failure = fault
        } catch {
            failure = Fault("The file could not be read", at: file.name, because: "\(error)")
        }
        if let failure {
            try log.flush()
            throw failure
        }
        try checkRejects(rejected, of: rows, file: file.name)
        return RecordFile(
            path: file.name, sha256: hash.finish(), mapping: builder.mapping.id, rows: rows, rejected: rejected,
            parts: [])
    }

    private func checkRejects(_ rejected: Int, of rows: Int, file: String) throws(Fault) {
        guard rows > 0, Double(rejected) > rejectLimit * Double(rows) else { return }
        try log.flush()
        let percent = (Double(rejected) / Double(rows) * 1000).rounded() / 10
        let reasons = log.rejectedRows.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
            .map { "\($0.key) (\($0.value))" }.joined(separator: "; ")
        throw Fault(
            "Too many rows cannot be used", at: file,
            because: "\(rejected) of \(rows) rows (\(percent) %) were rejected: \(reasons)",
            remedy: log.path.isEmpty
                ? "Correct the file or its mapping."
                : "Look at \(log.path), correct the file or its mapping, or allow more with --reject-limit.")
    }
}
