extension JSON {
    /// Reads JSON text (RFC 8259), at most 512 levels deep.
    /// - Parameters:
    ///   - bytes: the text, UTF-8, with or without a byte order mark.
    ///   - place: the file's name, for messages.
    /// - Throws: a `Fault` with the line and column of the first error.
    public init(parsing bytes: [UInt8], from place: String) throws(Fault) {
        var reader = JSONReader(bytes: bytes, place: place)
        self = try reader.document()
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    let place: String
    var position = 0

    mutating func document() throws(Fault) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw fault("there is text after the end of the JSON value") }
        return value
    }

    private func fault(_ why: String) -> Fault {
        var line = 1
        var column = 1
        for byte in bytes.prefix(position) {
            column = byte == 0x0A ? 1 : column + 1
            if byte == 0x0A { line += 1 }
        }
        return Fault(
            "This is not valid JSON", at: "\(place), line \(line), column \(column)", because: why,
            remedy: "Correct the file there and run the command again.")
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ expected: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: expected) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Fault) -> JSON {
        guard depth < 512 else { throw fault("values are nested more than 512 deep") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("the text ends where a value should stand")
        default: return try number()
        }
    }

    private mutating func word(_ text: String, _ value: JSON) throws(Fault) -> JSON {
        guard bytes[position...].starts(with: text.utf8) else { throw fault("expected \(text)") }
        position += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(Fault) -> JSON {
        position += 1
        var members: [JSON.Member] = []
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault("expected a member's name in double quotes") }
            let name = try string()
            guard !members.contains(where: { $0.name == name }) else {
                throw fault("the member \"\(name)\" stands twice in one object")
            }
            skipSpace()
            guard take(":") else { throw fault("expected a colon after \"\(name)\"") }
            members.append(JSON.Member(name, try value(depth: depth + 1)))
            skipSpace()
            if take(",") { continue }
            guard take("}") else { throw fault("expected a comma or } after the value of \"\(name)\"") }
            return .object(members)
        }
    }

    private mutating func array(depth: Int) throws(Fault) -> JSON {
        position += 1
        var items: [JSON] = []
        skipSpace()
        if take("]") { return .array(items) }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            if take(",") { continue }
            guard take("]") else { throw fault("expected a comma or ] in the list") }
            return .array(items)
        }
    }

    private mutating func number() throws(Fault) -> JSON {
        let start = position
        _ = take("-")
        let leading = next
        let whole = skipDigits()
        var isWhole = true
        guard whole > 0, leading != 0x30 || whole == 1 else { throw notANumber(from: start) }
        if take(".") {
            isWhole = false
            guard skipDigits() > 0 else { throw notANumber(from: start) }
        }
        if take("e") || take("E") {
            isWhole = false
            _ = take("+") || take("-")
            guard skipDigits() > 0 else { throw notANumber(from: start) }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let number = Int64(text) { return .integer(number) }
        guard let value = Double(text), value.isFinite else { throw notANumber(from: start) }
        return .number(value)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func notANumber(from start: Int) -> Fault {
        position = start
        return fault("expected a value")
    }

    private mutating func string() throws(Fault) -> String {
        position += 1
        var out: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case 0x22:
                guard let text = String(validating: out, as: UTF8.self) else {
                    throw fault("a text is not valid UTF-8")
                }
                return text
            case 0x5C: try escape(into: &out)
            case 0..<0x20: throw fault("a control character stands in a text")
            default: out.append(byte)
            }
        }
        throw fault("a text is not closed")
    }

    private mutating func escape(into out: inout [UInt8]) throws(Fault) {
        guard let byte = next else { throw fault("a text is not closed") }
        position += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: out.append(byte)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "u"): try unicodeEscape(into: &out)
        default: throw fault("unknown escape in a text")
        }
    }

    private mutating func unicodeEscape(into out: inout [UInt8]) throws(Fault) {
        var code = try hexDigits()
        if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
            let low = try hexDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a surrogate pair is missing") }
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair is missing") }
        out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func hexDigits() throws(Fault) -> UInt32 {
        guard position + 4 <= bytes.count,
            let text = String(validating: bytes[position..<position + 4], as: UTF8.self),
            let code = UInt32(text, radix: 16), !text.hasPrefix("+")
        else { throw fault("\\u needs four hexadecimal digits") }
        position += 4
        return code
    }
}
