/// Reads `value; name=value; name="quoted value"` (RFC 9110 §5.6.6), the form of many fields' values.
struct ParameterReader {
    /// What stands before the first semicolon, without blanks around it.
    let head: Substring
    private var rest: Substring.UTF8View

    init(_ text: String) {
        let end = text.utf8.firstIndex(of: UInt8(ascii: ";")) ?? text.utf8.endIndex
        head = trimmed(text[..<end])
        rest = text[end...].utf8
    }

    /// The parameters with names in small letters.
    /// - Returns: nil when they are malformed or a name stands twice, which readers would take differently.
    mutating func parameters() -> [FormFields.Field]? {
        var found: [FormFields.Field] = []
        while true {
            skipBlanks()
            guard let next = rest.first else { return found }
            guard next == UInt8(ascii: ";") else { return nil }
            rest.removeFirst()
            skipBlanks()
            guard let byte = rest.first, byte != UInt8(ascii: ";") else { continue }
            guard let parameter = parameter(), !found.contains(where: { $0.name == parameter.name }), found.count < 50
            else { return nil }
            found.append(parameter)
        }
    }

    private mutating func parameter() -> FormFields.Field? {
        let name = rest.prefix(while: isTokenByte)
        rest.removeFirst(name.count)
        guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { return nil }
        rest.removeFirst()
        let value: String?
        if rest.first == UInt8(ascii: "\"") {
            value = quotedValue()
        } else {
            let token = rest.prefix(while: isTokenByte)
            rest.removeFirst(token.count)
            value = token.isEmpty ? nil : String(Substring(token))
        }
        return value.map { FormFields.Field(asciiLowercased(Substring(name)), $0) }
    }

    private mutating func quotedValue() -> String? {
        rest.removeFirst()
        var out: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(validating: out, as: UTF8.self) }
            // Browsers write quotes in file names as %22 but older ones put backslashes of Windows paths in plain, so
            // a backslash escapes only what must be escaped.
            if byte == UInt8(ascii: "\\"), let next = rest.first, next == UInt8(ascii: "\"") || next == byte {
                out.append(next)
                rest.removeFirst()
            } else {
                out.append(byte)
            }
        }
        return nil
    }

    private mutating func skipBlanks() {
        while let byte = rest.first, isBlank(byte) { rest.removeFirst() }
    }
}
