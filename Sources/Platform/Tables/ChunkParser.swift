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
    var texts: [LocalTexts]
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
        texts = requests.map { _ in LocalTexts() }
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
            for request in requests.indices { read(request, view, &chunk) }
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

    private func read(_ request: Int, _ view: FieldView, _ chunk: inout ParsedChunk) {
        var known: [Bool] = []
        var column = Column(view: view, field: requests[request].field)
        let values: ColumnValues
        var fresh = LocalTexts.Fresh()
        switch requests[request].kind {
        case .text:
            let codes = column.codes(&texts[request])
            fresh = texts[request].takeFresh()
            values = .codes(codes)
        case .identifier: values = .hashes(column.hashes())
        case .integer:
            values = .integers(column.map(missing: .min) { text throws(Misread) in try NumberReading.integer(text) })
        case .decimal:
            values = .decimals(column.map(missing: .nan) { text throws(Misread) in try NumberReading.decimal(text) })
        case .decimalScaled(let digits):
            values = .integers(
                column.map(missing: .min) { text throws(Misread) in try NumberReading.scaled(text, digits: digits) })
        case .date(let order):
            values = .days(column.map(missing: .min) { text throws(Misread) in try DateReading.day(text, order) })
        case .month:
            values = .months(column.map(missing: .min) { text throws(Misread) in try DateReading.month(text) })
        case .dateTime(let order, let clock):
            let (seconds, times) = column.wallClocks(order, clock)
            values = .seconds(seconds)
            known = times
        case .boolean:
            values = .booleans(column.map(missing: -1) { text throws(Misread) in try NumberReading.boolean(text) })
        }
        chunk.columns.append(values)
        chunk.timeKnown.append(known)
        chunk.fresh.append(fresh)
        chunk.isProvisional.append(column.isProvisional)
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

/// One column of a run of rows while it is read.
struct Column {
    let view: FieldView
    let field: Int
    /// The rows whose field could not be read.
    private(set) var misreads: [(row: Int, why: Misread)] = []
    /// Whether some codes are provisional.
    private(set) var isProvisional = false

    init(view: FieldView, field: Int) {
        self.view = view
        self.field = field
    }

    /// The value of each row by `read`, which gets texts that are not empty.
    @inline(__always)
    mutating func map<T>(missing: T, _ read: (FieldText) throws(Misread) -> T) -> [T] {
        var wrong: [(row: Int, why: Misread)] = []
        let values = [T](unsafeUninitializedCapacity: view.rowCount) { values, count in
            for row in 0..<view.rowCount {
                let text = view.text(field, ofRow: row)
                var value = missing
                if text.count > 0 {
                    do throws(Misread) {
                        value = try read(text)
                    } catch {
                        wrong.append((row, error))
                    }
                }
                values.initializeElement(at: row, to: value)
            }
            count = view.rowCount
        }
        misreads = wrong
        return values
    }

    mutating func codes(_ known: inout LocalTexts) -> [Int32] {
        var texts = known
        known = LocalTexts(empty: ())
        var lowest: Int32 = -1
        let codes = map(missing: Int32(-1)) { text throws(Misread) in
            let code = texts.code(text.start, count: text.count)
            lowest = min(lowest, code)
            return code
        }
        known = texts
        isProvisional = lowest < -1
        return codes
    }

    mutating func hashes() -> [UInt64] {
        map(missing: 0) { text throws(Misread) in
            max(1, Hashing.hashOfText(text))
        }
    }

    mutating func wallClocks(_ order: DateOrder, _ clock: Clock) -> (seconds: [Int64], timeKnown: [Bool]) {
        var known = [Bool](repeating: false, count: view.rowCount)
        var row = 0
        var seconds = [Int64](repeating: .min, count: view.rowCount)
        while row < view.rowCount {
            let text = view.text(field, ofRow: row)
            if text.count > 0 {
                do throws(Misread) {
                    (seconds[row], known[row]) = try TimeReading.wallClock(text, order, clock)
                } catch {
                    misreads.append((row, error))
                }
            }
            row += 1
        }
        return (seconds, known)
    }
}

extension ColumnKind {
    /// Why a value of this kind could not be read, in words that follow the value.
    func reason(_ why: Misread) -> String {
        switch (self, why) {
        case (_, .size): "is too large a number"
        case (.decimalScaled(let digits), .precision): "has more than \(digits) digits after the point"
        case (.integer, _): "is not a whole number"
        case (.decimal, _), (.decimalScaled, _): "is not a number"
        case (.date(.yearFirst), _): "is not a date written like 2024-03-31"
        case (.date(.dayFirst), _): "is not a date written like 31/03/2024"
        case (.month, _): "is not a month"
        case (.dateTime(.yearFirst, _), _): "is not a date and time written like 2024-03-31 14:30"
        case (.dateTime(.dayFirst, _), _): "is not a date and time written like 31/03/2024 14:30"
        case (.boolean, _): "is not yes or no"
        case (.text, _), (.identifier, _): "could not be read"
        }
    }
}
