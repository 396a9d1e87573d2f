internal import Kernel

/// Finding and reading the header of a delimited file.
enum Header {
    private static let longest = 1 << 20

    /// The first bytes of a file, unpacked, at most 1 MB.
    static func start(of path: String) throws(Fault) -> [UInt8] {
        let source = try ByteSource(path: path)
        let buffer = ReusableBuffer()
        buffer.reserve(longest)
        var count = 0
        while count < longest {
            let wanted = min(longest - count, count < 1 << 16 ? 1 << 16 : longest)
            let got = try source.read(into: buffer.base + count, count: wanted)
            if got == 0 { break }
            count += got
            if count >= 1 << 16, hasWholeRow(buffer.base, count) { break }
        }
        return Array(UnsafeBufferPointer(start: buffer.base, count: count))
    }

    private static func hasWholeRow(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
        var inQuotes = false
        for i in 0..<count {
            if bytes[i] == 0x22 { inQuotes.toggle() }
            if bytes[i] == 0x0A, !inQuotes { return true }
        }
        return false
    }

    /// Refuses what is not text.
    static func check(_ start: [UInt8], path: String) throws(Fault) {
        func fault(_ why: String, _ remedy: String) -> Fault {
            Fault("The file is not delimited text", at: path, because: why, remedy: remedy)
        }
        guard !start.isEmpty else { throw fault("it is empty", "Get the file again from where it came.") }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw fault("it is in UTF-16", "Save it as CSV in UTF-8.")
        }
        if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw fault(
                "it is a ZIP archive or an Excel workbook", "Unpack it, or save the sheet as CSV in UTF-8.")
        }
        if start.starts(with: Array("PAR1".utf8)) { throw fault("it is a Parquet file", "Save it as CSV in UTF-8.") }
        if let position = start.firstIndex(of: 0) {
            throw fault("byte \(position + 1) is zero, which no text holds", "Save it as CSV in UTF-8.")
        }
    }

    /// Where the header row starts (after a byte order mark) and ends, and where the next row begins.
    static func row(in start: [UInt8], path: String) throws(Fault) -> (start: Int, end: Int, next: Int) {
        let first = start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var inQuotes = false
        for position in first..<start.count {
            if start[position] == 0x22 { inQuotes.toggle() }
            if start[position] == 0x0A, !inQuotes {
                let end = position > first && start[position - 1] == 0x0D ? position - 1 : position
                return (first, end, position + 1)
            }
        }
        guard start.count < longest, !inQuotes else {
            throw Fault(
                "The file is not delimited text", at: path, because: "its first row does not end",
                remedy: "Check that this is a CSV file with a header row.")
        }
        return (first, start.last == 0x0D ? start.count - 1 : start.count, start.count)
    }

    /// Of tab, comma and semicolon the one that the row holds most of, outside quotes.
    static func delimiter(of row: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [0x2C: 0, 0x09: 0, 0x3B: 0]
        var inQuotes = false
        for byte in row {
            if byte == 0x22 { inQuotes.toggle() }
            if !inQuotes, let count = counts[byte] { counts[byte] = count + 1 }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0x2C
    }

    /// The headings, trimmed and without quotes.
    static func fields(_ row: [UInt8], delimiter: UInt8) -> [String] {
        var fields: [[UInt8]] = [[]]
        var inQuotes = false
        var position = 0
        while position < row.count {
            let byte = row[position]
            position += 1
            if byte == 0x22 {
                if inQuotes, position < row.count, row[position] == 0x22 {
                    fields[fields.count - 1].append(0x22)
                    position += 1
                } else {
                    inQuotes.toggle()
                }
            } else if byte == delimiter, !inQuotes {
                fields.append([])
            } else {
                fields[fields.count - 1].append(byte)
            }
        }
        return fields.map { bytes in
            let trimmed = bytes.drop { $0 == 0x20 || $0 == 0x09 }.reversed().drop { $0 == 0x20 || $0 == 0x09 }
            return Array(trimmed.reversed()).withUnsafeBufferPointer { TextDecoding.string($0) }
        }
    }
}
