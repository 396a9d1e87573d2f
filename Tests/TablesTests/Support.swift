import Glibc
import Kernel

@testable import Tables

/// A file that lives as long as the value does.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8], suffix: String = ".csv") {
        var template: [CChar] = Array("/tmp/concord-tables-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        close(descriptor)
        let name = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let first = String(decoding: name, as: UTF8.self)
        path = first + suffix
        rename(first, path)
        write(bytes)
    }

    convenience init(_ text: String, suffix: String = ".csv") { self.init(Array(text.utf8), suffix: suffix) }

    deinit { unlink(path) }

    func write(_ bytes: [UInt8]) {
        guard let file = fopen(path, "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}

/// The rows of a delimited text by a plain state machine over its bytes, which shares nothing with the reader: a quote
/// opens a field only as its first byte, a doubled quote inside is one quote, text after the closing quote is kept.
struct Oracle {
    struct Row: Equatable {
        var fields: [[UInt8]]
        var line: Int
        var raw: [UInt8]
    }

    private(set) var rows: [Row] = []
    private(set) var endsInsideQuotes = false

    private enum State { case fieldStart, plain, quoted, afterQuote }

    init(_ text: [UInt8], delimiter: UInt8 = UInt8(ascii: ","), lineEnd: UInt8 = 0x0A) {
        var state = State.fieldStart
        var field: [UInt8] = []
        var row = Row(fields: [], line: 1, raw: [])
        var line = 1
        func isBlank(_ row: Row) -> Bool { row.fields.count == 1 && row.raw.allSatisfy { $0 == 0x20 } }
        func endRow() {
            if lineEnd == 0x0A, row.raw.last == 0x0D {
                row.raw.removeLast()
                if field.last == 0x0D { field.removeLast() }
            }
            row.fields.append(field)
            if !isBlank(row) { rows.append(row) }
            field = []
            row = Row(fields: [], line: line, raw: [])
        }
        for byte in text {
            if byte == lineEnd { line += 1 }
            if state != .quoted, byte == lineEnd {
                endRow()
                state = .fieldStart
                continue
            }
            row.raw.append(byte)
            if state != .quoted, byte == delimiter {
                row.fields.append(field)
                field = []
                state = .fieldStart
                continue
            }
            switch (state, byte) {
            case (.fieldStart, 0x22): state = .quoted
            case (.quoted, 0x22): state = .afterQuote
            case (.afterQuote, 0x22):
                field.append(byte)
                state = .quoted
            case (.quoted, _): field.append(byte)
            default:
                field.append(byte)
                state = .plain
            }
        }
        endsInsideQuotes = state == .quoted
        if !row.raw.isEmpty { endRow() }
    }
}

/// Everything that a reading of a file gives, put together from its batches.
struct Reading: Equatable {
    var texts: [[String?]] = []
    var lines: [Int] = []
    var faults: [String] = []
    var rowHashes: [UInt64] = []
    var dictionaries: [[String]] = []
    var failure: String?
}

/// Opens a file that need not be read any further.
func opened(_ source: TemporaryFile, delimiter: UInt8? = nil) throws -> DelimitedFile {
    defer { withExtendedLifetime(source) {} }
    return try DelimitedFile(path: source.path, delimiter: delimiter)
}

/// Reads every column of a file as text.
func readTexts(
    _ source: TemporaryFile, delimiter: UInt8? = nil, block: Int = 512 << 10, threads: Int = 1, field: Int = 16 << 20,
    texts: Int = 1 << 20
) throws -> Reading {
    var limits = ReadingLimits()
    limits.block = block
    limits.field = field
    limits.texts = texts
    defer { withExtendedLifetime(source) {} }
    let file = try DelimitedFile(path: source.path, delimiter: delimiter, limits: limits)
    let requests = file.header.indices.map { ColumnRequest(field: $0, kind: .text) }
    let dictionaries = requests.map { _ in TextDictionary() }
    var reading = Reading()
    do {
        try file.read(requests, dictionaries: dictionaries, rowHashes: true, threads: threads) { batch in
            if batch.firstRow != reading.lines.count { reading.faults.append("rows are not consecutive") }
            for row in 0..<batch.rowCount {
                reading.lines.append(batch.line(ofRow: row))
                reading.texts.append(
                    batch.columns.indices.map { column in
                        guard case .codes(let codes) = batch.columns[column], codes[row] >= 0 else { return nil }
                        return dictionaries[column].text(of: codes[row])
                    })
            }
            for fault in batch.faults {
                let row = batch.firstRow + fault.row
                reading.faults.append("\(row) \(fault.line) \(fault.request) \(fault.value) \(fault.reason)")
            }
            reading.rowHashes += batch.rowHashes
        }
    } catch {
        reading.failure = "\(error)"
    }
    reading.dictionaries = dictionaries.map(\.texts)
    return reading
}

/// What `readTexts` should give for a text, by the oracle.
func expectedTexts(_ text: [UInt8], delimiter: UInt8 = UInt8(ascii: ",")) -> (texts: [[String?]], lines: [Int]) {
    let rows = Oracle(text, delimiter: delimiter).rows
    guard let width = rows.first?.fields.count else { return ([], []) }
    let texts = rows.dropFirst().map { row in
        (0..<width).map { field in field < row.fields.count ? trimmedText(row.fields[field]) : nil }
    }
    return (texts, rows.dropFirst().map(\.line))
}

/// The text of a field without outer spaces and control characters; nil when nothing is left.
func trimmedText(_ field: [UInt8]) -> String? {
    let start = field.firstIndex { $0 > 0x20 } ?? field.endIndex
    let end = (field.lastIndex { $0 > 0x20 } ?? start - 1) + 1
    guard start < end else { return nil }
    return String(validating: field[start..<end], as: UTF8.self) ?? Decoding.windows1252(field[start..<end])
}
