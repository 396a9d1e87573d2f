/// Percent-encoding of addresses (RFC 3986 §2.1) and of forms (WHATWG URL, application/x-www-form-urlencoded).
public enum PercentCoding {
    /// The text behind an encoded one.
    /// - Returns: nil when a % is not followed by two hexadecimal digits, or the bytes are not UTF-8, or one is NUL.
    public static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(hexValue), let low = iterator.next().flatMap(hexValue) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    /// The text behind a form's name or value: + is a space, a % without two digits stands for itself, and what is not
    /// UTF-8 becomes the replacement character, as browsers' own decoders do.
    static func decodeForm(_ bytes: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            bytes.formIndex(after: &index)
            switch byte {
            case UInt8(ascii: "+"): out.append(0x20)
            case UInt8(ascii: "%"):
                var after = index
                if after < bytes.endIndex, let high = hexValue(bytes[after]) {
                    bytes.formIndex(after: &after)
                    if after < bytes.endIndex, let low = hexValue(bytes[after]) {
                        out.append(high << 4 | low)
                        index = bytes.index(after: after)
                        continue
                    }
                }
                out.append(byte)
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A text as one segment of a path: everything but unreserved characters is encoded, so that a / in a name stays in it.
    public static func encodeSegment(_ text: String) -> String {
        // "." and ".." would be taken for steps in the folder tree; browsers resolve %2E too, so these have no address.
        encode(text, space: nil)
    }

    /// A text as a name or value in a query or form: unreserved characters stay, a space becomes +.
    public static func encodeForm(_ text: String) -> String { encode(text, space: UInt8(ascii: "+")) }

    private static func encode(_ text: String, space: UInt8?) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                out.append(byte)
            case 0x20 where space != nil: out.append(space ?? byte)
            default:
                out.append(UInt8(ascii: "%"))
                out.append(hex[Int(byte >> 4)])
                out.append(hex[Int(byte & 15)])
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// The value of a hexadecimal digit.
func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}
