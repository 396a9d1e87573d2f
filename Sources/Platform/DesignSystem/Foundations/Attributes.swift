internal import HTML

/// The value of an attribute.
public enum AttributeValue: Hashable, Sendable {
    /// `name="text"`, escaped.
    case text(String)
    /// `name` alone, as boolean attributes are written.
    case present
}

/// Further attributes of an element, in order, each name once.
///
/// ```swift
/// let more: Attributes = ["data-module": "map", "data-zoom": 4, "hidden": .present, "lang": nil]
/// ```
public struct Attributes: Hashable, Sendable {
    private struct Entry: Hashable, Sendable {
        let name: String
        let value: AttributeValue
    }

    private var entries: [Entry] = []

    /// No attributes.
    public init() {}

    /// These attributes, or nil when one of the names cannot be an attribute's name. The first of a name stands.
    public init?(checking attributes: [(name: String, value: AttributeValue)]) {
        for (name, value) in attributes {
            guard Attributes.isName(name) else { return nil }
            set(name, to: value)
        }
    }

    /// Whether there are none.
    public var isEmpty: Bool { entries.isEmpty }

    /// The value of the attribute, or nil.
    public subscript(name: String) -> AttributeValue? { entries.first { $0.name == name }?.value }

    /// Adds an attribute unless there is no value or there is one of that name already, as a browser would.
    /// - Precondition: the name can be an attribute's name; names come from source code.
    public mutating func set(_ name: String, to value: AttributeValue?) {
        precondition(Attributes.isName(name), "not a name of an attribute")
        guard let value, self[name] == nil else { return }
        entries.append(Entry(name: name, value: value))
    }

    /// These and then the others; of two with a name, the one of these.
    public func adding(_ others: Attributes) -> Attributes {
        var all = self
        for entry in others.entries { all.set(entry.name, to: entry.value) }
        return all
    }

    /// The attributes as they stand in a tag, each with a space before it.
    var html: Html {
        Html.joined(
            entries.map { entry in
                // The name was checked on its way in.
                switch entry.value {
                case .text(let text): " \(raw: entry.name)=\"\(text)\""
                case .present: " \(raw: entry.name)"
                }
            })
    }

    /// Whether the text can be the name of an attribute (HTML Standard, 13.1.2.3).
    public static func isName(_ text: String) -> Bool {
        let excluded = " \"'>/=<".unicodeScalars
        return !text.isEmpty
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F && !excluded.contains($0) }
    }
}

extension Attributes: ExpressibleByDictionaryLiteral {
    /// Those that have a value.
    public init(dictionaryLiteral elements: (String, AttributeValue?)...) {
        for (name, value) in elements { set(name, to: value) }
    }
}

extension AttributeValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    /// `name="text"`.
    public init(stringLiteral text: String) { self = .text(text) }

    /// `name="4"`.
    public init(integerLiteral number: Int) { self = .text(String(number)) }
}
