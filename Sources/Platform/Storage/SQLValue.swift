public import Kernel

/// A value as both engines keep it.
public enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// What can be bound to a statement.
public protocol SQLBindable {
    /// The value that is bound.
    var sqlValue: SQLValue { get }
}

/// What can be read from a column.
public protocol SQLReadable {
    /// The value, or nil when the column holds none of the kind.
    init?(sql: SQLValue)
}

extension SQLValue: SQLBindable {
    /// Itself.
    public var sqlValue: SQLValue { self }
}

extension String: SQLBindable, SQLReadable {
    /// As text.
    public var sqlValue: SQLValue { .text(self) }
    /// From text.
    public init?(sql: SQLValue) {
        guard case .text(let text) = sql else { return nil }
        self = text
    }
}

extension Int64: SQLBindable, SQLReadable {
    /// As a whole number.
    public var sqlValue: SQLValue { .integer(self) }
    /// From a whole number.
    public init?(sql: SQLValue) {
        guard case .integer(let number) = sql else { return nil }
        self = number
    }
}

extension Int: SQLBindable, SQLReadable {
    /// As a whole number.
    public var sqlValue: SQLValue { .integer(Int64(self)) }
    /// From a whole number.
    public init?(sql: SQLValue) {
        guard case .integer(let number) = sql else { return nil }
        self = Int(number)
    }
}

extension Double: SQLBindable, SQLReadable {
    /// As a floating-point number.
    public var sqlValue: SQLValue { .real(self) }
    /// From any number.
    public init?(sql: SQLValue) {
        switch sql {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: return nil
        }
    }
}

extension Bool: SQLBindable, SQLReadable {
    /// As 0 or 1.
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
    /// From a whole number; 0 is false.
    public init?(sql: SQLValue) {
        guard case .integer(let number) = sql else { return nil }
        self = number != 0
    }
}

extension [UInt8]: SQLBindable, SQLReadable {
    /// As bytes.
    public var sqlValue: SQLValue { .blob(self) }
    /// From bytes.
    public init?(sql: SQLValue) {
        guard case .blob(let bytes) = sql else { return nil }
        self = bytes
    }
}

extension Instant: SQLBindable, SQLReadable {
    /// As milliseconds of UTC.
    public var sqlValue: SQLValue { .integer(milliseconds) }
    /// From milliseconds of UTC.
    public init?(sql: SQLValue) {
        guard case .integer(let number) = sql else { return nil }
        self.init(milliseconds: number)
    }
}

extension LocalDate: SQLBindable, SQLReadable {
    /// As `YYYY-MM-DD`.
    public var sqlValue: SQLValue { .text(description) }
    /// From `YYYY-MM-DD`.
    public init?(sql: SQLValue) {
        guard case .text(let text) = sql else { return nil }
        self.init(text)
    }
}

extension ID: SQLBindable, SQLReadable {
    /// As text.
    public var sqlValue: SQLValue { .text(text) }
    /// From text.
    public init?(sql: SQLValue) {
        guard case .text(let text) = sql else { return nil }
        self.init(text)
    }
}

extension Code: SQLBindable, SQLReadable {
    /// As text.
    public var sqlValue: SQLValue { .text(text) }
    /// From text.
    public init?(sql: SQLValue) {
        guard case .text(let text) = sql else { return nil }
        self.init(text)
    }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    /// NULL when there is none.
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
