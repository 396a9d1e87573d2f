internal import CShims
internal import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// Parses the chunks of one slot. What it keeps between chunks (the slot's dictionaries and index) is its own.
final class ChunkParser: @unchecked Sendable {
    // Protected by the order of work: one chunk at a time, delivered before the next begins.

    /// What a chunk holds; codes are the slot's own until the batch is delivered.
    struct Parsed {
        var rowCount = 0
        var lineCount = 0
        var lines: [Int32] = []
        var columns: [ColumnValues] = []
        var faults: [Fault] = []
        var rowHashes: [UInt64] = []

        struct Fault {
            let row: Int
            let request: Int
            let value: String
            let reason: String
        }
    }

    private let requests: [ColumnRequest]
    private let fieldCount: Int
    private let delimiter: UInt8
    private let wantsRowHashes: Bool
    private(set) var dictionaries: [ByteTable]
    private var index: [UInt32] = []
    private var rowStarts: [UInt32] = []
    private var rowEnds: [UInt32] = []
    private var firstIndex: [UInt32] = []
    private var rowFields: [UInt32] = []
    private let scratch = ReusableBuffer()

    init(requests: [ColumnRequest], fieldCount: Int, delimiter: UInt8, rowHashes: Bool) {
        self.requests = requests
        self.fieldCount = fieldCount
        self.delimiter = delimiter
        wantsRowHashes = rowHashes
        dictionaries = requests.map { _ in ByteTable() }
    }

    func parse(_ chunk: ChunkReader.Chunk) -> Parsed {
        var parsed = Parsed()
        let bytes = UnsafePointer(chunk.buffer.base)
        indexFields(bytes, chunk.count)
        findRows(bytes, chunk.count, &parsed)
        if wantsRowHashes {
            parsed.rowHashes = (0..<parsed.rowCount).map { row in
                ByteHash.hash(
                    UnsafeBufferPointer(start: bytes + Int(rowStarts[row]), count: Int(rowEnds[row] - rowStarts[row])))
            }
        }
        for request in requests.indices { parsed.columns.append(column(request, bytes, &parsed.faults)) }
        return parsed
    }

    private func indexFields(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        // A count of structural bytes is not known before: room for as many as there are bytes, reused.
        if index.count < count + 64 { index = [UInt32](repeating: 0, count: count + 64) }
        let found = index.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { concord_index_fields(bytes, count, delimiter, $0) } ?? 0
        }
        indexCount = found
    }

    private var indexCount = 0

    // MARK: - Rows

    private func findRows(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ parsed: inout Parsed) {
        rowStarts.removeAll(keepingCapacity: true)
        rowEnds.removeAll(keepingCapacity: true)
        firstIndex.removeAll(keepingCapacity: true)
        rowFields.removeAll(keepingCapacity: true)
        var start = 0
        var first = 0
        var line: Int32 = 0
        var position = 0
        index.withUnsafeBufferPointer { index in
            while start < count {
                while position < indexCount, bytes[Int(index[position])] != 0x0A { position += 1 }
                let feed = position < indexCount ? Int(index[position]) : count
                var end = feed
                if end > start, bytes[end - 1] == 0x0D { end -= 1 }
                let fields = position - first + 1
                let lines = 1 + newlines(inside: start, end, bytes)
                if !isBlank(bytes, start, end) {
                    if fields != fieldCount { noteWidth(bytes, start, end, fields, &parsed) }
                    rowStarts.append(UInt32(start))
                    rowEnds.append(UInt32(end))
                    firstIndex.append(UInt32(first))
                    rowFields.append(UInt32(fields))
                    parsed.lines.append(line)
                    parsed.rowCount += 1
                }
                line += lines
                position += 1
                first = position
                start = feed + 1
            }
        }
        parsed.lineCount = Int(line)
    }

    // Line feeds inside quoted fields; only rows with a quotation mark can hold any.
    private func newlines(inside start: Int, _ end: Int, _ bytes: UnsafePointer<UInt8>) -> Int32 {
        guard memchr(bytes + start, 0x0A, end - start) != nil else { return 0 }
        return Int32((start..<end).count { bytes[$0] == 0x0A })
    }

    private func isBlank(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard fieldCount > 1 || start == end else { return false }
        var at = start
        while at < end, bytes[at] == 0x20 { at += 1 }
        return at == end
    }

    private func noteWidth(
        _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ fields: Int, _ parsed: inout Parsed
    ) {
        let reason = "has \(fields) field\(fields == 1 ? "" : "s") where the header has \(fieldCount)"
        parsed.faults.append(
            Parsed.Fault(row: parsed.rowCount, request: -1, value: text(bytes + start, end - start), reason: reason))
    }

    // MARK: - Fields

    /// The trimmed bytes of a field, without its quotation marks; empty when the row has no such field.
    @inline(__always)
    private func field(_ row: Int, _ field: Int, _ bytes: UnsafePointer<UInt8>, _ index: UnsafeBufferPointer<UInt32>)
        -> UnsafeBufferPointer<UInt8>
    {
        let fields = Int(rowFields[row])
        guard field < fields else { return UnsafeBufferPointer(start: nil, count: 0) }
        let first = Int(firstIndex[row])
        var start = field == 0 ? Int(rowStarts[row]) : Int(index[first + field - 1]) + 1
        var end = field + 1 < fields ? Int(index[first + field]) : Int(rowEnds[row])
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        guard start < end, bytes[start] == 0x22 else {
            return UnsafeBufferPointer(start: bytes + start, count: end - start)
        }
        return unquoted(bytes, start, end)
    }

    private func unquoted(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        var from = start + 1
        var to = end > from && bytes[end - 1] == 0x22 ? end - 1 : end
        if from < to, memchr(bytes + from, 0x22, to - from) != nil {
            scratch.reserve(to - from)
            var count = 0
            while from < to {
                scratch.base[count] = bytes[from]
                count += 1
                from += bytes[from] == 0x22 && from + 1 < to && bytes[from + 1] == 0x22 ? 2 : 1
            }
            // The scratch buffer lives until the next such field, and the value is read before that.
            return UnsafeBufferPointer(start: scratch.base, count: count)
        }
        while from < to, bytes[from] == 0x20 { from += 1 }
        while to > from, bytes[to - 1] == 0x20 { to -= 1 }
        return UnsafeBufferPointer(start: bytes + from, count: to - from)
    }

    private func text(_ start: UnsafePointer<UInt8>, _ count: Int) -> String {
        TextDecoding.string(UnsafeBufferPointer(start: start, count: min(count, 200)))
    }

    // MARK: - Columns

    private func column(_ request: Int, _ bytes: UnsafePointer<UInt8>, _ faults: inout [Parsed.Fault]) -> ColumnValues {
        let position = requests[request].field
        switch requests[request].kind {
        case .text: return .codes(codes(request, position, bytes))
        case .identifier:
            return .hashes(values(request, position, bytes, missing: 0, "", &faults) { field, _ in ByteHash.hash(field) })
        case .integer:
            return .integers(
                values(request, position, bytes, missing: .min, "is not a whole number", &faults) { field, _ in FieldParsing.integer(field) })
        case .decimal:
            return .decimals(
                values(request, position, bytes, missing: .nan, "is not a number", &faults) { field, _ in FieldParsing.decimal(field) })
        case .decimalScaled(let scale):
            return .integers(
                values(request, position, bytes, missing: .min, "is not a number of at most \(scale) decimals", &faults) {
                    field, _ in FieldParsing.scaled(field, scale: scale)
                })
        case .date(let order):
            return .days(
                values(request, position, bytes, missing: .min, "is not a date", &faults) { field, _ in FieldParsing.day(field, order) })
        case .month:
            return .months(values(request, position, bytes, missing: .min, "is not a month", &faults) { field, _ in FieldParsing.month(field) })
        case .dateTime(let order, let clock):
            var dateOnly: [Bool] = []
            let seconds: [Int64] = values(request, position, bytes, missing: .min, "is not a date and time", &faults) {
                field, row in
                guard let value = FieldParsing.wallClock(field, order, clock) else { return nil }
                if value.dateOnly {
                    if dateOnly.isEmpty { dateOnly = [Bool](repeating: false, count: rowStarts.count) }
                    dateOnly[row] = true
                }
                return value.seconds
            }
            return .seconds(seconds, dateOnly: dateOnly)
        case .boolean:
            return .booleans(
                values(request, position, bytes, missing: -1, "is not yes or no", &faults) { field, _ in FieldParsing.boolean(field) })
        }
    }

    private func values<Value>(
        _ request: Int, _ position: Int, _ bytes: UnsafePointer<UInt8>, missing: Value, _ reason: String,
        _ faults: inout [Parsed.Fault], _ parse: (UnsafeBufferPointer<UInt8>, Int) -> Value?
    ) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(rowStarts.count)
        index.withUnsafeBufferPointer { index in
            for row in 0..<rowStarts.count {
                let field = field(row, position, bytes, index)
                guard !field.isEmpty else {
                    values.append(missing)
                    continue
                }
                guard let value = parse(field, row) else {
                    let value = TextDecoding.string(UnsafeBufferPointer(rebasing: field.prefix(200)))
                    faults.append(Parsed.Fault(row: row, request: request, value: value, reason: reason))
                    values.append(missing)
                    continue
                }
                values.append(value)
            }
        }
        return values
    }

    private func codes(_ request: Int, _ position: Int, _ bytes: UnsafePointer<UInt8>) -> [Int32] {
        var codes: [Int32] = []
        codes.reserveCapacity(rowStarts.count)
        index.withUnsafeBufferPointer { index in
            for row in 0..<rowStarts.count {
                let field = field(row, position, bytes, index)
                codes.append(field.isEmpty ? -1 : dictionaries[request].code(for: field))
            }
        }
        return codes
    }
}
