import DesignSystem
import HTML
import Kernel

/// A value of a fixture's options, read as the templates of GOV.UK Frontend read theirs: absent, null, false, 0 and
/// the empty text count as false.
struct FixtureOptions {
    let json: JSON?

    init(_ json: JSON?) { self.json = json }

    subscript(name: String) -> FixtureOptions { FixtureOptions(json?[name]) }

    /// Whether a condition on the value holds.
    var isTrue: Bool {
        switch json {
        case nil, .null, .bool(false), .integer(0), .string(""): false
        case .number(let number): number != 0
        default: true
        }
    }

    var isAbsent: Bool { json == nil }

    /// The value as it is printed.
    var printed: String {
        switch json {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .bool(let value): String(value)
        case .array(let items): items.map { FixtureOptions($0).printed }.joined(separator: ",")
        case nil, .null, .object: ""
        }
    }

    /// The value as it is printed, or nil when it counts as false.
    var text: String? { isTrue ? printed : nil }

    /// The value as it is printed, or nil when an optional attribute of it would be left out.
    var optional: String? {
        switch json {
        case nil, .null, .bool(false): nil
        default: printed
        }
    }

    var bool: Bool? {
        guard case .bool(let value) = json else { return nil }
        return value
    }

    var number: Int? { isTrue ? Int(printed) : nil }

    var array: [FixtureOptions]? {
        guard case .array(let items) = json else { return nil }
        return items.map { FixtureOptions($0) }
    }

    var items: [FixtureOptions] { array ?? [] }

    /// `html`, else `text`, under these names; nil when there is neither.
    func content(_ html: String = "html", _ text: String = "text") -> Content? {
        if self[html].isTrue { return .html(Html(raw: Array(self[html].printed.utf8))) }
        return self[text].json == nil || self[text].json == .null ? nil : .text(self[text].printed)
    }

    var html: Html { Html(raw: Array(printed.utf8)) }

    var classes: String { self["classes"].text ?? "" }

    var attributes: Attributes { FixtureOptions.attributes(self["attributes"].json) }
}

extension FixtureOptions {
    /// Attributes as the templates take them: a text, or names with values, of which `{value, optional: true}` is left
    /// out when the value is false, null or absent and has no value when it is true.
    static func attributes(_ json: JSON?) -> Attributes {
        switch json {
        case .object(let members):
            Attributes(checking: members.compactMap { member in value(member.value).map { (member.name, $0) } }) ?? [:]
        case .string(let text):
            parsed(text)
        default: [:]
        }
    }

    private static func value(_ json: JSON) -> AttributeValue? {
        guard case .object = json else { return .text(FixtureOptions(json).printed) }
        let options = FixtureOptions(json)
        guard options["optional"].bool == true else {
            return .text(options["val"].isAbsent ? options["value"].printed : options["val"].printed)
        }
        if options["value"].bool == true { return .present }
        return options["value"].optional.map { .text($0) }
    }

    private static func parsed(_ text: String) -> Attributes {
        guard case .element(_, let attributes, _) = HtmlTree.parse("<i \(text)></i>").first else { return [:] }
        return Attributes(checking: attributes.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) }) ?? [:]
    }
}
