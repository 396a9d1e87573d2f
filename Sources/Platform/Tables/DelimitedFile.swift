internal import Dispatch
public import Kernel

/// A delimited text file with a header: comma, semicolon or tab; UTF-8 or Windows-1252; plain or gzip; RFC 4180 quoting.
///
/// It is read in chunks by several threads and never held whole in memory, so that files of several GB need no more than
/// a few chunks.
public struct DelimitedFile {
    /// The file's path.
    public let path: String
    /// The headings, trimmed.
    public let header: [String]
    /// The byte between fields.
    public let delimiter: UInt8

    private let headerSize: Int
    private let headerLines: Int

    /// Opens a file and reads its header.
    /// - Parameters:
    ///   - path: the file.
    ///   - delimiter: the byte between fields; nil takes what the header holds most of.
    /// - Throws: a `Fault` when the file cannot be read, is empty, or is not delimited text.
    public init(path: String, delimiter: UInt8? = nil) throws(Fault) {
        self.path = path
        let start = try Header.start(of: path)
        try Header.check(start, path: path)
        let row = try Header.row(in: start, path: path)
        let separator = delimiter ?? Header.delimiter(of: start[row.start..<row.end])
        self.delimiter = separator
        header = Header.fields(Array(start[row.start..<row.end]), delimiter: separator)
        headerSize = row.next
        headerLines = 1 + start[..<row.end].count { $0 == 0x0A }
    }

    /// Reads columns of all rows, batch after batch in the file's order.
    ///
    /// - Parameters:
    ///   - requests: the columns.
    ///   - dictionaries: for each request of kind `.text` the dictionary for its codes; nil makes one for this file.
    ///   - rowHashes: whether each row's bytes are hashed.
    ///   - threads: how many threads parse.
    ///   - chunkSize: how many bytes are parsed at a time.
    ///   - progress: told bytes read and bytes in all, of the file on disk.
    ///   - onBytes: given the file's bytes as they are read, in order.
    ///   - body: given each batch, on the calling thread. Codes do not depend on the number of threads.
    /// - Throws: a `Fault` for a file that cannot be read to its end; what `body` throws.
    public func read(
        _ requests: [ColumnRequest], dictionaries: [TextDictionary?] = [], rowHashes: Bool = false, threads: Int = 2,
        chunkSize: Int = 4 << 20, bytesRead progress: ((Int64, Int64) -> Void)? = nil,
        onBytes: ((UnsafeRawBufferPointer) -> Void)? = nil, body: (Batch) throws -> Void
    ) throws {
        let source = try ByteSource(path: path)
        source.onBytes = onBytes
        let rest = try skipHeader(source)
        let reader = ChunkReader(source, rest: rest, chunkSize: chunkSize)
        let slots = (0...max(1, threads)).map { _ in
            Slot(
                ChunkParser(requests: requests, fieldCount: header.count, delimiter: delimiter, rowHashes: rowHashes))
        }
        let shared = requests.indices.map { position in
            position < dictionaries.count ? dictionaries[position] ?? TextDictionary() : TextDictionary()
        }
        var delivery = Delivery(requests: requests, dictionaries: shared, firstLine: headerLines + 1)
        var waiting: [Slot] = []
        var free = slots
        var isAtEnd = false
        while true {
            while !isAtEnd, let slot = free.popLast() {
                guard let chunk = try reader.next(into: slot.buffer) else {
                    isAtEnd = true
                    break
                }
                slot.start(chunk)
                waiting.append(slot)
                progress?(source.position, source.size)
            }
            guard !waiting.isEmpty else { break }
            let slot = waiting.removeFirst()
            let parsed = slot.wait()
            try body(delivery.batch(parsed, slot: slot))
            free.append(slot)
        }
        progress?(source.size, source.size)
    }

    /// Reads a small file whole.
    /// - Parameter limitRows: refuses a file with more rows.
    /// - Returns: rows of texts, each as long as the header.
    public func allRows(limitRows: Int) throws(Fault) -> [[String]] {
        let requests = header.indices.map { ColumnRequest(field: $0, kind: .text) }
        let dictionaries = requests.map { _ in TextDictionary() }
        var rows: [[String]] = []
        do {
            try read(requests, dictionaries: dictionaries, threads: 1) { batch in
                if let fault = batch.faults.first(where: { $0.request < 0 }) {
                    throw Fault(
                        "The file could not be read", at: "\(path), line \(fault.line)", because: "the row \(fault.reason)",
                        remedy: "Correct the row and run the command again.")
                }
                guard rows.count + batch.rowCount <= limitRows else {
                    throw Fault("The file is too large", at: path, because: "it has more than \(limitRows) rows")
                }
                for row in 0..<batch.rowCount {
                    rows.append(
                        batch.columns.indices.map { column in
                            guard case .codes(let codes) = batch.columns[column], codes[row] >= 0 else { return "" }
                            return dictionaries[column].text(of: codes[row])
                        })
                }
            }
        } catch let fault as Fault {
            throw fault
        } catch {
            throw Fault("The file could not be read", at: path, because: "\(error)")
        }
        return rows
    }

    // The bytes after the header that came with it.
    private func skipHeader(_ source: ByteSource) throws(Fault) -> [UInt8] {
        let buffer = ReusableBuffer()
        let size = max(headerSize, 1 << 16)
        buffer.reserve(size)
        var count = 0
        while count < headerSize {
            let got = try source.read(into: buffer.base + count, count: size - count)
            if got == 0 { break }
            count += got
        }
        guard count > headerSize else { return [] }
        return Array(UnsafeBufferPointer(start: buffer.base + headerSize, count: count - headerSize))
    }
}

/// A parser, its buffer, and the chunk it is working on.
private final class Slot: @unchecked Sendable {
    // Protected by `done`: the worker writes `result` before it signals, the caller reads it after.
    let parser: ChunkParser
    let buffer = ReusableBuffer()
    private let done = DispatchSemaphore(value: 0)
    private var result = ChunkParser.Parsed()
    /// Of the slot's codes, those that the shared dictionaries gave, by request.
    var sharedCodes: [[Int32]] = []

    init(_ parser: ChunkParser) {
        self.parser = parser
    }

    func start(_ chunk: ChunkReader.Chunk) {
        DispatchQueue.global().async { [self] in
            result = parser.parse(chunk)
            done.signal()
        }
    }

    func wait() -> ChunkParser.Parsed {
        done.wait()
        return result
    }
}

/// Turns what the slots parsed into batches with shared codes, in the file's order.
private struct Delivery {
    let requests: [ColumnRequest]
    let dictionaries: [TextDictionary]
    var firstLine: Int
    var firstRow = 0

    mutating func batch(_ parsed: ChunkParser.Parsed, slot: Slot) -> Batch {
        if slot.sharedCodes.isEmpty { slot.sharedCodes = requests.map { _ in [] } }
        var columns = parsed.columns
        for (position, request) in requests.enumerated() where request.kind == .text {
            let own = slot.parser.dictionaries[position]
            for code in slot.sharedCodes[position].count..<own.count {
                let shared = own.withBytes(of: code) { dictionaries[position].code(for: $0) }
                slot.sharedCodes[position].append(shared)
            }
            guard case .codes(var codes) = columns[position] else { continue }
            columns[position] = .codes([])
            let map = slot.sharedCodes[position]
            for row in codes.indices where codes[row] >= 0 { codes[row] = map[Int(codes[row])] }
            columns[position] = .codes(codes)
        }
        let faults = parsed.faults.map {
            FieldFault(
                row: $0.row, line: firstLine + Int(parsed.lines[$0.row]), request: $0.request, value: $0.value,
                reason: $0.reason)
        }
        let batch = Batch(
            firstRow: firstRow, rowCount: parsed.rowCount, columns: columns, faults: faults, rowHashes: parsed.rowHashes,
            lines: parsed.lines, firstLine: firstLine)
        firstRow += parsed.rowCount
        firstLine += parsed.lineCount
        return batch
    }
}
