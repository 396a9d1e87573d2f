/// A field, or a whole row, that could not be read as asked.
public struct FieldFault: Hashable, Sendable {
    /// The row within its batch, from 0.
    public let row: Int
    /// The line of the file on which the row starts, from 1. Line breaks inside quotes count.
    public let line: Int
    /// The position of the request that failed, or -1 when the row has the wrong number of fields.
    public let request: Int
    /// The text of the field, at most 200 characters of it. Empty for a whole row.
    public let value: String
    /// Why, in words that follow the value: "is not a whole number".
    public let reason: String
}

/// Consecutive rows of a file, read column by column.
public struct Batch: Sendable {
    /// The number of the first row among the data rows of the file, from 0.
    public let firstRow: Int
    /// How many rows.
    public let rowCount: Int
    /// The values, one column for each request, rows in the order of the file.
    public let columns: [ColumnValues]
    /// For each request of kind `dateTime`, whether each row told a time and not only a date (false also when
    /// missing). Empty for the other kinds.
    public let timeKnown: [[Bool]]
    /// What could not be read, by row.
    public let faults: [FieldFault]
    /// A hash of the bytes of each row without its line end, when asked for, otherwise empty.
    public let rowHashes: [UInt64]

    let firstLine: Int
    /// How far the line of each row lies after `firstLine`; empty when the rows stand on consecutive lines.
    let lineOffsets: [Int32]

    /// The line of the file on which a row of this batch starts, from 1. Line breaks inside quotes count.
    public func line(ofRow row: Int) -> Int {
        firstLine + (lineOffsets.isEmpty ? row : Int(lineOffsets[row]))
    }
}
