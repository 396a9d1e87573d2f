/// Names and values in the order in which they were sent: a query, or the fields of a form.
public struct FormFields: Hashable, Sendable {
    /// A name and its value.
    public struct Field: Hashable, Sendable {
        /// The field's name.
        public let name: String
        /// What was entered or chosen.
        public let value: String

        /// A field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All fields, in order.
    public private(set) var fields: [Field] = []

    /// No fields, or these.
    public init(_ fields: [Field] = []) { self.fields = fields }

    /// Reads a query or a form (application/x-www-form-urlencoded, WHATWG URL §5.1).
    /// - Parameter limit: how many fields are taken.
    /// - Returns: nil when there are more fields than that.
    public init?(parsing bytes: some Collection<UInt8>, limit: Int = 1000) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.endIndex
            let pair = bytes[start..<end]
            start = end < bytes.endIndex ? bytes.index(after: end) : end
            if pair.isEmpty { continue }
            guard fields.count < limit else { return nil }
            let equals = pair.firstIndex(of: UInt8(ascii: "="))
            let name = pair[..<(equals ?? pair.endIndex)]
            let value = equals.map { pair[pair.index(after: $0)...] }
            fields.append(
                Field(PercentCoding.decodeForm(name), value.map { PercentCoding.decodeForm($0) } ?? ""))
        }
    }

    /// The first value of that name.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Every value of that name, in order: ticked boxes, repeated filters.
    public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// Adds a field after the others.
    public mutating func add(_ name: String, _ value: String) { fields.append(Field(name, value)) }

    /// These fields with all of that name replaced by one value, or removed: links that change one filter.
    public func setting(_ name: String, to value: String?) -> FormFields {
        var others = FormFields(fields.filter { $0.name != name })
        if let value { others.add(name, value) }
        return others
    }

    /// Whether there is no field.
    public var isEmpty: Bool { fields.isEmpty }

    /// The fields as a query without its question mark.
    public var encoded: String {
        fields.map { "\(PercentCoding.encodeForm($0.name))=\(PercentCoding.encodeForm($0.value))" }
            .joined(separator: "&")
    }
}
