/// The fields of a message's head, in order. Names are compared without regard to ASCII case.
///
/// A name that is no token, or a value with a control character (carriage return, line feed, NUL and the like), is never
/// taken, so that no text of a user's can split an answer into two.
public struct Headers: Hashable, Sendable {
    /// A name and its value.
    public struct Field: Hashable, Sendable {
        /// The name as it was written.
        public let name: String
        /// The value, without the white space around it.
        public let value: String
    }

    /// All fields, in order.
    public private(set) var fields: [Field] = []

    /// No fields.
    public init() {}

    /// The first value of that name. Setting replaces every field of that name; nil removes them; a value that may not
    /// stand in a head is not taken.
    public subscript(name: String) -> String? {
        get { fields.first { equalIgnoringCase($0.name, name) }?.value }
        set {
            if let newValue { set(name, to: newValue) } else { remove(name) }
        }
    }

    /// Every value of that name, in order.
    public func all(_ name: String) -> [String] {
        fields.filter { equalIgnoringCase($0.name, name) }.map(\.value)
    }

    /// The values of that name as one list, or nil when there is none (RFC 9110 §5.3).
    public func joined(_ name: String) -> String? {
        let values = all(name)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Puts one field of that name in place of all others of it.
    /// - Returns: false, and nothing is changed, when the name or the value may not stand in a head.
    @discardableResult
    public mutating func set(_ name: String, to value: String) -> Bool {
        guard Headers.isValid(name: name, value: value) else { return false }
        guard let first = fields.firstIndex(where: { equalIgnoringCase($0.name, name) }) else {
            fields.append(Field(name: name, value: value))
            return true
        }
        remove(name)
        fields.insert(Field(name: name, value: value), at: first)
        return true
    }

    /// Adds a field beside others of its name.
    /// - Returns: false, and nothing is changed, when the name or the value may not stand in a head.
    @discardableResult
    public mutating func add(_ name: String, _ value: String) -> Bool {
        guard Headers.isValid(name: name, value: value) else { return false }
        fields.append(Field(name: name, value: value))
        return true
    }

    /// Removes every field of that name.
    public mutating func remove(_ name: String) {
        fields.removeAll { equalIgnoringCase($0.name, name) }
    }

    /// Whether a list such as `Connection` or `Vary` holds the word, without regard to case.
    public func list(_ name: String, contains word: String) -> Bool {
        all(name).contains { value in
            value.split(separator: ",").contains { equalIgnoringCase(trimmed($0), word) }
        }
    }

    /// Whether this name and value may stand in a head (RFC 9110 §5.1 and §5.5).
    public static func isValid(name: String, value: String) -> Bool {
        isToken(name.utf8) && value.utf8.allSatisfy(isFieldValueByte)
    }
}

extension Headers: ExpressibleByDictionaryLiteral {
    /// The fields written down; one that may not stand in a head is left out.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }
}
