internal import Kernel

/// The rows of one block, read column by column; text codes may still be provisional.
struct ParsedChunk: Sendable {
    var sequence = 0
    /// Which parser made it: its provisional codes are its own.
    var worker = 0
    var rowCount = 0
    /// How many line ends its bytes hold.
    var lineCount = 0
    var lineOffsets: [Int32] = []
    var columns: [ColumnValues] = []
    var timeKnown: [[Bool]] = []
    var faults: [Fault] = []
    var rowHashes: [UInt64] = []
    /// For each request of kind text, the texts that its parser met for the first time.
    var fresh: [LocalTexts.Fresh] = []
    /// For each request, whether some of its codes are provisional.
    var isProvisional: [Bool] = []
    var ending: Ending?

    /// A field that could not be read.
    struct Fault: Sendable {
        let row: Int
        let request: Int
        let value: String
        let reason: String
    }

    /// Why the file cannot be read beyond this chunk, and how many line ends stand before the place.
    enum Ending: Sendable {
        case openQuote(linesBefore: Int)
        case tooLong(linesBefore: Int)
    }
}

/// Reads the requested columns of blocks. Each thread has its own.
final class ChunkParser {
    let marks: Marks
    let width: Int
    let limits: ReadingLimits
    let requests: [ColumnRequest]
    let wantsRowHashes: Bool
    /// For each request of kind text, the codes that this parser knows.
    let texts: [LocalTexts]
    let worker: Int
    let index = FieldIndex()
    private let unquoter = Unquoter()

    init(
        worker: Int, requests: [ColumnRequest], marks: Marks, width: Int, limits: ReadingLimits, wantsRowHashes: Bool
    ) {
        self.worker = worker
        self.requests = requests
        self.marks = marks
        self.width = width
        self.limits = limits
        self.wantsRowHashes = wantsRowHashes
        texts = requests.map { _ in LocalTexts(most: limits.texts) }
    }

    func parse(_ block: Block) -> ParsedChunk {
        index.build(block.bytes, count: block.rowsEnd, marks: marks, width: width)
        var chunk = ParsedChunk(sequence: block.sequence, worker: worker)
        chunk.rowCount = index.rowCount
        chunk.lineCount = index.lineCount
        chunk.lineOffsets = index.lineOffsets
        chunk.ending = ending(of: block)
        guard chunk.ending == nil else { return chunk }
        noteRaggedRows(&chunk)
        index.withView(block.bytes, unquoter) { view in
            for request in requests.indices { read(request, view, &block.spare, &chunk) }
            if wantsRowHashes { chunk.rowHashes = rowHashes(view) }
        }
        chunk.faults.sort { ($0.row, $0.request) < ($1.row, $1.request) }
        return chunk
    }

    private func ending(of block: Block) -> ParsedChunk.Ending? {
        if block.problem == .tooLong { return .tooLong(linesBefore: 0) }
        if let quote = index.openQuote { return .openQuote(linesBefore: lineEnds(in: block, before: quote)) }
        guard block.rowsEnd > limits.field else { return nil }
        return index.firstField(longerThan: limits.field).map { .tooLong(linesBefore: lineEnds(in: block, before: $0)) }
    }

    private func lineEnds(in block: Block, before position: Int) -> Int {
        (0..<position).reduce(0) { $0 + (block.bytes[$1] == marks.lineEnd ? 1 : 0) }
    }

    private func noteRaggedRows(_ chunk: inout ParsedChunk) {
        for (row, fields) in index.ragged {
            let reason = "has \(fields) fields where the first line has \(width)"
            chunk.faults.append(ParsedChunk.Fault(row: row, request: -1, value: "", reason: reason))
        }
    }

    private func rowHashes(_ view: FieldView) -> [UInt64] {
        (0..<view.rowCount).map { row in
            let start = Int(view.starts[row])
            let end = index.rowEnd(row)
            return Hashing.hash(view.bytes + start, count: end - start)
        }
    }

    private func read(_ request: Int, _ view: FieldView, _ spare: inout SpareArrays, _ chunk: inout ParsedChunk) {
        var column = Column(view: view, field: requests[request].field)
        var known: [Bool] = []
        var fresh = LocalTexts.Fresh()
        var isProvisional = false
        let values: ColumnValues
        switch requests[request].kind {
        case .text:
            var codes = spare.takeInt32(view.rowCount)
            isProvisional = codes.withUnsafeMutableBufferPointer { codes in
                texts[request].read(view, field: column.field, into: codes)
            }
            fresh = texts[request].takeFresh()
            values = .codes(codes)
        case .identifier:
            values = .hashes(
                column.map(missing: 0, spare.takeUInt64(view.rowCount)) { text, _ throws(Misread) in
                    max(1, Hashing.hashOfText(text))
                })
        case .integer:
            values = .integers(
                column.map(missing: .min, spare.takeInt64(view.rowCount)) { text, _ throws(Misread) in
                    try NumberReading.integer(text)
                })
        case .decimal:
            values = .decimals(
                column.map(missing: .nan, spare.takeDouble(view.rowCount)) { text, _ throws(Misread) in
                    try NumberReading.decimal(text)
                })
        case .decimalScaled(let digits):
            values = .integers(
                column.map(missing: .min, spare.takeInt64(view.rowCount)) { text, _ throws(Misread) in
                    try NumberReading.scaled(text, digits: digits)
                })
        case .date(let order):
            values = .days(
                column.map(missing: .min, spare.takeInt32(view.rowCount)) { text, _ throws(Misread) in
                    try DateReading.day(text, order)
                })
        case .month:
            values = .months(
                column.map(missing: .min, spare.takeInt32(view.rowCount)) { text, _ throws(Misread) in
                    try DateReading.month(text)
                })
        case .dateTime(let order, let clock):
            known = spare.takeBool(view.rowCount)
            values = .seconds(
                known.withUnsafeMutableBufferPointer { known in
                    known.update(repeating: false)
                    return column.map(missing: .min, spare.takeInt64(view.rowCount)) { text, row throws(Misread) in
                        let (seconds, timeKnown) = try TimeReading.wallClock(text, order, clock)
                        known[row] = timeKnown
                        return seconds
                    }
                })
        case .boolean:
            values = .booleans(
                column.map(missing: -1, spare.takeInt8(view.rowCount)) { text, _ throws(Misread) in
                    try NumberReading.boolean(text)
                })
        }
        chunk.columns.append(values)
        chunk.timeKnown.append(known)
        chunk.fresh.append(fresh)
        chunk.isProvisional.append(isProvisional)
        note(column.misreads, of: request, view, &chunk)
    }

    private func note(
        _ misreads: [(row: Int, why: Misread)], of request: Int, _ view: FieldView, _ chunk: inout ParsedChunk
    ) {
        for (row, why) in misreads {
            let value = view.text(requests[request].field, ofRow: row).shown
            let reason = requests[request].kind.reason(why)
            chunk.faults.append(ParsedChunk.Fault(row: row, request: request, value: value, reason: reason))
        }
    }
}
