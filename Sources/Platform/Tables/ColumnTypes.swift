/// The order of day, month and year in written dates.
public enum DateOrder: Hashable, Sendable {
    /// `2024-03-01`, `2024/03/01`, `20240301`.
    case yearFirst
    /// `01/03/2024`, `1-3-2024`, `01 Mar 2024`.
    case dayFirst
}

/// What a written time without offset means.
public enum Clock: Hashable, Sendable {
    /// The wall clock in the United Kingdom.
    case uk
    /// Coordinated Universal Time.
    case utc
}

/// How the fields of a column are read.
public enum ColumnKind: Hashable, Sendable {
    /// Dictionary-coded text: codes from 0, −1 for an empty field.
    case text
    /// A 64-bit hash of the trimmed bytes, 0 for an empty field: identifiers that are compared and never shown.
    case identifier
    /// Whole numbers; `Int64.min` for an empty field.
    case integer
    /// Decimal numbers; not a number for an empty field.
    case decimal
    /// Decimal numbers with at most this many decimals, as whole multiples of 10^−scale; `Int64.min` when empty.
    case decimalScaled(Int)
    /// Days since 1970-01-01; `Int32.min` when empty. A time after the date is passed over.
    case date(DateOrder)
    /// `Month.index`; `Int32.min` when empty. `YYYY-MM`, `YYYY-MM-DD`, `YYYYMM`, `Jan-03`, `Jan 2024`.
    case month
    /// Seconds since 1970-01-01T00:00 of the UK wall clock; `Int64.min` when empty. An offset in the text always counts.
    case dateTime(DateOrder, Clock)
    /// 1 for true, yes, y, 1; 0 for false, no, n, 0; −1 when empty.
    case boolean
}

/// The values of a column of a batch, in row order.
public enum ColumnValues: Sendable {
    case codes([Int32])
    case hashes([UInt64])
    case integers([Int64])
    case decimals([Double])
    case days([Int32])
    case months([Int32])
    /// Seconds of the UK wall clock, and whether only a date was written (empty when no row is so).
    case seconds([Int64], dateOnly: [Bool])
    case booleans([Int8])
}

/// A column to read.
public struct ColumnRequest: Hashable, Sendable {
    /// Its position in the file, from 0.
    public let field: Int
    /// How it is read.
    public let kind: ColumnKind

    /// A column to read.
    public init(field: Int, kind: ColumnKind) {
        self.field = field
        self.kind = kind
    }
}

/// A field or row that could not be read.
public struct FieldFault: Hashable, Sendable {
    /// The row in the batch.
    public let row: Int
    /// The line in the file, from 1.
    public let line: Int
    /// The request, or −1 for the row as a whole.
    public let request: Int
    /// What stands there, at most 200 characters.
    public let value: String
    /// Why it cannot be used, to follow the column's name: "is not a whole number".
    public let reason: String
}

/// Some consecutive rows of a file.
public struct Batch: Sendable {
    /// The position of its first row among the file's rows, from 0.
    public let firstRow: Int
    /// How many rows.
    public let rowCount: Int
    /// A column for each request.
    public let columns: [ColumnValues]
    /// What could not be read; the values there are missing.
    public let faults: [FieldFault]
    /// A hash of each row's bytes, when asked for.
    public let rowHashes: [UInt64]
    let lines: [Int32]
    let firstLine: Int

    /// The line of the file on which a row begins, from 1.
    public func line(ofRow row: Int) -> Int { firstLine + Int(lines[row]) }
}
