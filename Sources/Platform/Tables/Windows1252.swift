/// Text of unknown encoding: UTF-8 when it is valid UTF-8, otherwise Windows-1252.
enum Decoding {
    /// What the bytes 0x80…0x9F mean in Windows-1252 (WHATWG Encoding Standard, index windows-1252: the five bytes
    /// that Microsoft leaves undefined are the control characters of the same number).
    private static let upperControls: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
        0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x009D, 0x017E, 0x0178,
    ]

    /// The text that the bytes stand for.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? windows1252(bytes)
    }

    /// The text that the bytes stand for in Windows-1252.
    static func windows1252(_ bytes: some Sequence<UInt8>) -> String {
        var text: String = ""
        for byte in bytes {
            let code: UInt16 = (0x80...0x9F).contains(byte) ? upperControls[Int(byte) - 0x80] : UInt16(byte)
            text.unicodeScalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        }
        return text
    }

    /// Whether bytes are ASCII only, and so the same in both encodings.
    @inline(__always)
    static func isASCII(_ key: ShortKey) -> Bool { (key.low | key.high) & 0x8080_8080_8080_8080 == 0 }

    /// Whether bytes hold anything but ASCII.
    static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.allSatisfy { $0 < 0x80 } }
}
