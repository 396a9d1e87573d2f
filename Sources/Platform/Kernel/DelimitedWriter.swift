/// Writes RFC 4180 comma-separated text into bytes.
public struct DelimitedWriter: Sendable {
    /// What was written so far, UTF-8.
    public private(set) var bytes: [UInt8] = []
    private var atLineStart = true
    private var rowStart = 0

    /// An empty text.
    public init() {}

    /// Adds a field, quoted when it holds a comma, quote or line break.
    public mutating func field(_ text: String) {
        separate()
        let needsQuotes = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        guard needsQuotes else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// Adds a whole number.
    public mutating func field(_ number: Int) { field(String(number)) }
    /// Adds a decimal number in its shortest exact form.
    public mutating func field(_ number: Double) { field(shortest(number)) }
    /// Adds an empty field.
    public mutating func empty() { separate() }

    /// Ends the row. A row of one empty field is written `""`, so that it is not a blank line.
    public mutating func endRow() {
        if rowStart == bytes.count, !atLineStart { bytes.append(contentsOf: [0x22, 0x22]) }
        bytes.append(0x0A)
        atLineStart = true
        rowStart = bytes.count
    }

    /// Adds a whole row of text fields.
    public mutating func row(_ fields: [String]) {
        for text in fields { field(text) }
        endRow()
    }

    /// Forgets what was written and keeps the memory, after it has been written out.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        rowStart = 0
    }

    private mutating func separate() {
        if !atLineStart { bytes.append(0x2C) }
        atLineStart = false
    }
}

/// A number as its shortest text that reads back the same, whole numbers without ".0".
public func shortest(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 0x1p63 { return String(Int64(number)) }
    return number.description
}
