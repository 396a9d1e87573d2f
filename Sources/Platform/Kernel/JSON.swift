/// A JSON value. Objects keep the order of their members.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    /// A name and its value.
    public struct Member: Hashable, Sendable {
        /// The member's name.
        public let name: String
        /// The member's value.
        public let value: JSON

        /// A member.
        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// An object of these members, in this order.
    public static func members(_ members: (String, JSON)...) -> JSON {
        .object(members.map { Member($0.0, $0.1) })
    }

    /// The member of that name, or nil when this is no object or has none.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

// MARK: - Writing

extension JSON {
    /// The text, UTF-8. Numbers are unrounded, in their shortest exact form; not-a-number and infinities are `null`.
    /// - Parameter indented: two spaces a level for objects and for arrays that hold other than plain values.
    public func encoded(indented: Bool = true) -> [UInt8] {
        var out: [UInt8] = []
        write(to: &out, level: indented ? 0 : nil)
        if indented { out.append(0x0A) }
        return out
    }

    private func write(to out: inout [UInt8], level: Int?) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): out.append(contentsOf: String(value).utf8)
        case .number(let value): out.append(contentsOf: (value.isFinite ? shortest(value) : "null").utf8)
        case .string(let text): JSON.write(text, to: &out)
        case .array(let items):
            let breaks = level != nil && items.contains { $0.isContainer }
            JSON.writeList(items.count, open: "[", close: "]", level: breaks ? level : nil, to: &out) { i, out in
                items[i].write(to: &out, level: breaks ? level.map { $0 + 1 } : nil)
            }
        case .object(let members):
            JSON.writeList(members.count, open: "{", close: "}", level: level, to: &out) { i, out in
                JSON.write(members[i].name, to: &out)
                out.append(contentsOf: ": ".utf8)
                members[i].value.write(to: &out, level: level.map { $0 + 1 })
            }
        }
    }

    private var isContainer: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }

    private static func writeList(
        _ count: Int, open: Unicode.Scalar, close: Unicode.Scalar, level: Int?, to out: inout [UInt8],
        item: (Int, inout [UInt8]) -> Void
    ) {
        out.append(UInt8(ascii: open))
        for i in 0..<count {
            if i > 0 { out.append(0x2C) }
            if let level {
                out.append(0x0A)
                out.append(contentsOf: repeatElement(0x20, count: 2 * (level + 1)))
            } else if i > 0 {
                out.append(0x20)
            }
            item(i, &out)
        }
        if let level, count > 0 {
            out.append(0x0A)
            out.append(contentsOf: repeatElement(0x20, count: 2 * level))
        }
        out.append(UInt8(ascii: close))
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        let hex = Array("0123456789abcdef".utf8)
        out.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C:
                out.append(0x5C)
                out.append(byte)
            case 0x0A: out.append(contentsOf: "\\n".utf8)
            case 0x0D: out.append(contentsOf: "\\r".utf8)
            case 0x09: out.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                out.append(contentsOf: "\\u00".utf8)
                out.append(hex[Int(byte >> 4)])
                out.append(hex[Int(byte & 15)])
            default: out.append(byte)
            }
        }
        out.append(0x22)
    }
}
