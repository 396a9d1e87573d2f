/// A statement: text from source code, with every value bound and never written into the text.
///
/// ```swift
/// try connection.first("SELECT name FROM people WHERE id = \(id)")
/// ```
public struct SQL: ExpressibleByStringInterpolation, Hashable, Sendable {
    /// The text, with `?` where values are bound.
    public let text: String
    /// The values, in the order of the text.
    public let values: [SQLValue]

    /// A statement without values.
    public init(stringLiteral text: StaticString) {
        self.text = text.description
        values = []
    }

    /// The statement of a literal with its interpolations.
    public init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
    }

    /// A statement whose text is not a literal. The caller answers for its coming from source code or closed lists.
    public init(unsafe text: String, _ values: [SQLValue]) {
        self.text = text
        self.values = values
    }

    /// What may stand inside `\( )`.
    public struct StringInterpolation: StringInterpolationProtocol {
        var text: String = ""
        var values: [SQLValue] = []

        /// An empty text with room for the literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 2)
            values.reserveCapacity(interpolationCount)
        }

        /// Source code, as it stands.
        public mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

        /// A value, bound.
        public mutating func appendInterpolation(_ value: some SQLBindable) {
            text += "?"
            values.append(value.sqlValue)
        }

        /// A value or NULL, bound.
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            text += "?"
            values.append(value.sqlValue)
        }

        /// Another statement's text and values.
        public mutating func appendInterpolation(_ sql: SQL) {
            text += sql.text
            values += sql.values
        }

        /// Values with commas between, for `IN (…)` and `VALUES (…)`. An empty list is `NULL`, which nothing equals.
        public mutating func appendInterpolation(list: [some SQLBindable]) {
            text += list.isEmpty ? "NULL" : repeatElement("?", count: list.count).joined(separator: ", ")
            values += list.map(\.sqlValue)
        }
    }
}
