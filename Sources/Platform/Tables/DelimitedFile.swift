internal import Glibc
public import Kernel

/// A file of delimited text with the names of its columns in the first line, plain or gzip.
///
/// Quotes are those of RFC 4180. Lines end with LF, CR LF or (in files without any LF) CR; blank lines are skipped. The
/// text is UTF-8, with or without a byte order mark; values that are not valid UTF-8 are taken as Windows-1252.
public struct DelimitedFile: Sendable {
    /// Where the file lies.
    public let path: String
    /// The names of the columns, trimmed.
    public let header: [String]
    /// The byte between fields.
    public let delimiter: UInt8
    /// Whether the start of the file is valid UTF-8; otherwise it is taken as Windows-1252.
    public let isUTF8: Bool
    /// Whether the file is compressed with gzip.
    public let isCompressed: Bool

    private let marks: Marks
    private let dataOffset: Int
    private let dataLine: Int
    private let limits: ReadingLimits

    /// Opens a file and reads its first line.
    /// - Parameters:
    ///   - path: where it lies.
    ///   - delimiter: the byte between fields; when nil, the one of comma, tab and semicolon that is most frequent in
    ///     the first line.
    /// - Throws: a `Fault` when it cannot be read, is empty, is no text or is UTF-16.
    public init(path: String, delimiter: UInt8? = nil) throws(Fault) {
        try self.init(path: path, delimiter: delimiter, limits: ReadingLimits())
    }

    init(path: String, delimiter: UInt8? = nil, limits: ReadingLimits) throws(Fault) {
        let source = try ByteSource(path: path)
        let start = try Sniffer(path: path, source: source, delimiter: delimiter, limits: limits)
        self.path = path
        self.limits = limits
        header = start.header
        self.delimiter = start.marks.delimiter
        isUTF8 = start.isUTF8
        isCompressed = source.isCompressed
        marks = start.marks
        dataOffset = start.dataOffset
        dataLine = start.dataLine
    }

    /// How many processors this process may use.
    public static var availableThreads: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// The position of a column by its exact name.
    public func field(named name: String) -> Int? { header.firstIndex(of: name) }

    /// Reads columns, a batch of rows at a time, in the order of the file. Batches are parsed ahead on other threads;
    /// all closures are called on the calling thread. Memory does not depend on the length of the file, apart from the
    /// dictionaries.
    /// - Parameters:
    ///   - requests: which columns, and how to read them.
    ///   - dictionaries: for each request of kind `text` its dictionary, or nil for a new one; ignored for the others.
    ///     May be empty. Codes are given in the order of first appearance in the file, whatever `threads` is.
    ///   - rowHashes: whether to hash the bytes of each row.
    ///   - threads: how many threads parse, the calling one included.
    ///   - progress: is told how many bytes of the file were read, of how many.
    ///   - onBytes: receives the bytes of the file as they lie on the disc, in order.
    ///   - body: receives the batches.
    /// - Returns: the dictionaries, one for each request of kind `text`.
    /// - Throws: a `Fault` when the file cannot be read to its end, and what `body` throws. Rows that came before are
    ///   then only part of the file.
    @discardableResult
    public func read(
        _ requests: [ColumnRequest], dictionaries: [TextDictionary?] = [], rowHashes: Bool = false,
        threads: Int = DelimitedFile.availableThreads,
        bytesRead progress: ((_ read: Int64, _ total: Int64) -> Void)? = nil,
        onBytes: ((UnsafeRawBufferPointer) -> Void)? = nil, body: (Batch) throws -> Void
    ) throws -> [TextDictionary?] {
        precondition(requests.allSatisfy { header.indices.contains($0.field) }, "a request names no column of the file")
        let texts = requests.indices.map { i -> TextDictionary? in
            guard requests[i].kind == .text else { return nil }
            return (dictionaries.indices.contains(i) ? dictionaries[i] : nil) ?? TextDictionary()
        }
        let workers = max(1, threads)
        let codeBook = CodeBook(workers: workers, requests: requests.count)
        let source = try ByteSource(path: path, onBytes: onBytes)
        var run = ReadingRun(
            reader: try BlockReader(source: source, path: path, marks: marks, limits: limits, skipping: dataOffset),
            assembler: BatchAssembler(
                path: path, requests: requests, dictionaries: texts, codeBook: codeBook, limits: limits,
                firstLine: dataLine),
            parsers: (0..<workers).map { worker in
                ChunkParser(
                    worker: worker, requests: requests, marks: marks, width: header.count, limits: limits,
                    wantsRowHashes: rowHashes)
            },
            codeBook: codeBook)
        try run.run(progress: { progress?(source.read, source.total) }, body: body)
        return texts
    }

    /// The data rows of a small file as text, for look-ups: unquoted, not trimmed, with as many fields as each has.
    /// - Parameter limitRows: the most rows to return.
    /// - Throws: a `Fault` when the file cannot be read to its end or to that row.
    public func allRows(limitRows: Int = .max) throws(Fault) -> [[String]] {
        let source = try ByteSource(path: path)
        var reader = try BlockReader(source: source, path: path, marks: marks, limits: limits, skipping: dataOffset)
        var assembler = BatchAssembler(
            path: path, requests: [], dictionaries: [], codeBook: CodeBook(workers: 1, requests: 0), limits: limits,
            firstLine: dataLine)
        let parser = ChunkParser(
            worker: 0, requests: [], marks: marks, width: header.count, limits: limits, wantsRowHashes: false)
        let block = Block(capacity: limits.block)
        var rows: [[String]] = []
        repeat {
            try reader.fill(block)
            _ = try assembler.batch(of: parser.parse(block))
            rows += parser.rows(of: block, atMost: limitRows - rows.count)
        } while !reader.isAtEnd && rows.count < limitRows
        return rows
    }
}
