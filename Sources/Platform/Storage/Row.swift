/// A row of a result.
public struct Row: Sendable {
    /// Names of the columns, shared by the rows of a result.
    let columns: Columns
    /// The values, in the order of the columns.
    public let values: [SQLValue]

    final class Columns: Sendable {
        let names: [String]
        init(_ names: [String]) { self.names = names }
    }

    /// The columns' names.
    public var names: [String] { columns.names }

    /// The value of a column that is not NULL.
    /// - Throws: `StorageError.wrongValue` when there is no such column, or it is NULL or of another kind.
    public func get<Value: SQLReadable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let index = columns.names.firstIndex(of: column), let value = Value(sql: values[index]) else {
            throw StorageError.wrongValue(column: column)
        }
        return value
    }

    /// The value of a column, or nil when it is NULL.
    /// - Throws: `StorageError.wrongValue` when there is no such column or it is of another kind.
    public func optional<Value: SQLReadable>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        guard let index = columns.names.firstIndex(of: column) else { throw StorageError.wrongValue(column: column) }
        if values[index] == .null { return nil }
        guard let value = Value(sql: values[index]) else { throw StorageError.wrongValue(column: column) }
        return value
    }
}
