/// Which number of a written date comes first.
public enum DateOrder: Hashable, Sendable {
    /// `2024-03-01`, `2024/03/01`, `20240301`.
    case yearFirst
    /// `01/03/2024`, `1-3-2024`, `01 Mar 2024`. A date that starts with a four-digit year is read as such.
    case dayFirst
}

/// Which clock a time without an offset was read from.
public enum Clock: Hashable, Sendable {
    /// The wall clock in the United Kingdom.
    case uk
    /// Coordinated universal time; converted to the UK wall clock.
    case utc
}

/// How the text of one column is turned into values. A field that is empty after trimming spaces is missing; a field
/// that cannot be read is missing too and is reported as a `FieldFault`.
public enum ColumnKind: Hashable, Sendable {
    /// Dictionary-coded text: `Int32` codes of a `TextDictionary`, -1 when missing. Outer spaces are trimmed.
    case text
    /// A 64-bit hash of the trimmed text, 0 when missing: for crime numbers and references to persons.
    case identifier
    /// A whole number, `Int64.min` when missing. `12.0` is read as 12.
    case integer
    /// A decimal number, not-a-number when missing.
    case decimal
    /// An exact decimal number in units of 10^-digits (with 2 digits, `12.34` is 1234), `Int64.min` when missing.
    /// Digits that do not fit are a fault unless they are zero. The number of digits must be 0…18.
    case decimalScaled(Int)
    /// Days since 1970-01-01, `Int32.min` when missing. A time after the date is ignored.
    case date(DateOrder)
    /// `Month.index`, `Int32.min` when missing: `2024-03`, `2024-03-01`, `202403`, `Mar-24`, `Mar 2024`, `03/2024`.
    /// Years of two digits are 1970…2069.
    case month
    /// Seconds since 1970-01-01T00:00 of the UK wall clock, `Int64.min` when missing. A date alone is its midnight,
    /// and `Batch.timeKnown` tells so. An offset in the text (`Z`, `+01:00`) decides before the `Clock`.
    case dateTime(DateOrder, Clock)
    /// 1 for true, yes, y and 1; 0 for false, no, n and 0; -1 when missing.
    case boolean
}

/// A column of the file and how to read it.
public struct ColumnRequest: Hashable, Sendable {
    /// The column's position in the file, from 0.
    public let field: Int
    /// How its text is read.
    public let kind: ColumnKind

    /// A request for the column at `field`.
    public init(field: Int, kind: ColumnKind) {
        self.field = field
        self.kind = kind
    }
}

/// The values of one column of a batch, one for each row.
public enum ColumnValues: Sendable {
    /// Codes of a text dictionary, -1 when missing.
    case codes([Int32])
    /// Hashes of identifiers, 0 when missing.
    case hashes([UInt64])
    /// Whole or scaled numbers, `Int64.min` when missing.
    case integers([Int64])
    /// Decimal numbers, not-a-number when missing.
    case decimals([Double])
    /// Days since 1970-01-01, `Int32.min` when missing.
    case days([Int32])
    /// Indices of months, `Int32.min` when missing.
    case months([Int32])
    /// Seconds since 1970-01-01T00:00 of the UK wall clock, `Int64.min` when missing.
    case seconds([Int64])
    /// 1, 0, or -1 when missing.
    case booleans([Int8])

    /// How many values there are.
    public var count: Int {
        switch self {
        case .codes(let values), .days(let values), .months(let values): values.count
        case .hashes(let values): values.count
        case .integers(let values), .seconds(let values): values.count
        case .decimals(let values): values.count
        case .booleans(let values): values.count
        }
    }
}
