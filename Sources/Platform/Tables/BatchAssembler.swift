internal import Kernel
internal import Synchronization

/// The lasting codes of the provisional ones that each worker gave out, by worker and request.
final class CodeBook: Sendable {
    private let codes: Mutex<[[[Int32]]]>

    init(workers: Int, requests: Int) {
        codes = Mutex(Array(repeating: Array(repeating: [], count: requests), count: workers))
    }

    /// Tells a worker the lasting codes it does not know yet.
    func settle(_ texts: [LocalTexts], of worker: Int) {
        guard texts.contains(where: \.isWaiting) else { return }
        codes.withLock { codes in
            for request in texts.indices where texts[request].isWaiting {
                texts[request].settle(codes[worker][request])
            }
        }
    }

    /// Adds the lasting codes of a worker's next fresh texts.
    func add(_ lasting: [Int32], worker: Int, request: Int) {
        codes.withLock { $0[worker][request].append(contentsOf: lasting) }
    }

    /// Replaces provisional codes by lasting ones.
    func resolve(_ provisional: inout [Int32], worker: Int, request: Int) {
        codes.withLock { codes in
            codes[worker][request].withUnsafeBufferPointer { table in
                for i in provisional.indices where provisional[i] < -1 {
                    provisional[i] = table[Int(-2 - provisional[i])]
                }
            }
        }
    }
}

/// Makes batches of chunks that come in the order of the file: gives texts their lasting codes, and rows their numbers
/// and lines.
struct BatchAssembler {
    let path: String
    let requests: [ColumnRequest]
    let dictionaries: [TextDictionary?]
    let codeBook: CodeBook
    let limits: ReadingLimits
    private var nextRow = 0
    private var nextLine: Int

    init(
        path: String, requests: [ColumnRequest], dictionaries: [TextDictionary?], codeBook: CodeBook,
        limits: ReadingLimits, firstLine: Int
    ) {
        self.path = path
        self.requests = requests
        self.dictionaries = dictionaries
        self.codeBook = codeBook
        self.limits = limits
        nextLine = firstLine
    }

    /// The batch of the next chunk; nil when it holds no rows.
    mutating func batch(of chunk: consuming ParsedChunk) throws(Fault) -> Batch? {
        if let ending = chunk.ending { throw fault(ending) }
        defer {
            nextRow += chunk.rowCount
            nextLine += chunk.lineCount
        }
        guard chunk.rowCount > 0 else { return nil }
        let firstLine = nextLine
        let faults = chunk.faults.map { fault in
            FieldFault(
                row: fault.row,
                line: firstLine + (chunk.lineOffsets.isEmpty ? fault.row : Int(chunk.lineOffsets[fault.row])),
                request: fault.request, value: fault.value, reason: fault.reason)
        }
        return Batch(
            firstRow: nextRow, rowCount: chunk.rowCount, columns: lastingColumns(of: chunk),
            timeKnown: chunk.timeKnown, faults: faults, rowHashes: chunk.rowHashes, firstLine: firstLine,
            lineOffsets: chunk.lineOffsets)
    }

    private func lastingColumns(of chunk: ParsedChunk) -> [ColumnValues] {
        var columns = chunk.columns
        for request in requests.indices {
            guard let dictionary = dictionaries[request] else { continue }
            if !chunk.fresh[request].isEmpty {
                let lasting = chunk.fresh[request].codes(in: dictionary)
                codeBook.add(lasting, worker: chunk.worker, request: request)
            }
            if chunk.isProvisional[request], case .codes(var codes) = columns[request] {
                columns[request] = .codes([])
                codeBook.resolve(&codes, worker: chunk.worker, request: request)
                columns[request] = .codes(codes)
            }
        }
        return columns
    }

    private func fault(_ ending: ParsedChunk.Ending) -> Fault {
        switch ending {
        case .openQuote(let lines):
            Fault(
                "The file could not be read to its end", at: "\(path), line \(nextLine + lines)",
                because: "a field that starts with a double quote there is not closed by another one",
                remedy: "Close the quote, or double it if it belongs to the text.")
        case .tooLong(let lines):
            Fault(
                "The file could not be read to its end", at: "\(path), line \(nextLine + lines)",
                because: "a field in the rows from there on is longer than \(limits.field) bytes",
                remedy: "Look for a double quote there that is not closed, and check the delimiter.")
        }
    }
}

extension LocalTexts.Fresh {
    /// The lasting codes of the texts, in order.
    func codes(in dictionary: TextDictionary) -> [Int32] {
        bytes.withUnsafeBytes { bytes in
            var start = 0
            return limits.map { limit in
                defer { start = limit }
                return dictionary.code(for: UnsafeRawBufferPointer(rebasing: bytes[start..<limit]))
            }
        }
    }
}
