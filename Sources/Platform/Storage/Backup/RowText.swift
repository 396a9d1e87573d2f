internal import Kernel

/// A row as a line of JSON: a list of null, whole numbers, numbers with a point or exponent, texts, and the objects
/// `{"hex": "…"}` for bytes and `{"real": "inf"}` for infinities.
enum RowText {
    private static let digits = Array("0123456789abcdef".utf8)

    static func write(_ values: [SQLValue], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        for (position, value) in values.enumerated() {
            if position > 0 { out.append(UInt8(ascii: ",")) }
            write(value, to: &out)
        }
        out.append(UInt8(ascii: "]"))
        out.append(0x0A)
    }

    private static func write(_ value: SQLValue, to out: inout [UInt8]) {
        switch value {
        case .null: out.append(contentsOf: "null".utf8)
        case .integer(let number): out.append(contentsOf: String(number).utf8)
        case .real(let number) where number.isFinite: out.append(contentsOf: number.description.utf8)
        case .real(let number): out.append(contentsOf: "{\"real\":\"\(number > 0 ? "inf" : "-inf")\"}".utf8)
        case .text(let text): write(text, to: &out)
        case .blob(let bytes):
            out.append(contentsOf: "{\"hex\":\"".utf8)
            for byte in bytes {
                out.append(digits[Int(byte >> 4)])
                out.append(digits[Int(byte & 15)])
            }
            out.append(contentsOf: "\"}".utf8)
        }
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C:
                out.append(0x5C)
                out.append(byte)
            case 0..<0x20:
                out.append(contentsOf: "\\u00".utf8)
                out.append(digits[Int(byte >> 4)])
                out.append(digits[Int(byte & 15)])
            default: out.append(byte)
            }
        }
        out.append(0x22)
    }

    /// The values of a line, or nil when it is no row.
    static func read(_ line: ArraySlice<UInt8>) -> [SQLValue]? {
        guard let json = try? JSON(parsing: Array(line), from: ""), case .array(let items) = json else { return nil }
        var values: [SQLValue] = []
        values.reserveCapacity(items.count)
        for item in items {
            guard let value = value(item) else { return nil }
            values.append(value)
        }
        return values
    }

    private static func value(_ json: JSON) -> SQLValue? {
        switch json {
        case .null: return .null
        case .integer(let number): return .integer(number)
        case .number(let number): return .real(number)
        case .string(let text): return .text(text)
        case .object(let members):
            guard members.count == 1, case .string(let text) = members[0].value else { return nil }
            switch (members[0].name, text) {
            case ("hex", _): return bytes(text).map { .blob($0) }
            case ("real", "inf"): return .real(.infinity)
            case ("real", "-inf"): return .real(-.infinity)
            default: return nil
            }
        default: return nil
        }
    }

    private static func bytes(_ hex: String) -> [UInt8]? {
        guard hex.utf8.count % 2 == 0 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(hex.utf8.count / 2)
        var high: UInt8?
        for digit in hex.utf8 {
            guard let nibble = nibble(digit) else { return nil }
            if let first = high {
                out.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return out
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}
