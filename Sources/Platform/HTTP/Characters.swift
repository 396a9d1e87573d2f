// The character classes of RFC 9110 §5.6, as tests on single bytes.

/// Whether a byte may stand in a token (RFC 9110 §5.6.2): names of fields, methods and parameters.
func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
    default: false
    }
}

/// Whether a text is a token: not empty and nothing but token bytes.
func isToken(_ text: some Collection<UInt8>) -> Bool { !text.isEmpty && text.allSatisfy(isTokenByte) }

/// Whether a byte may stand in the value of a field: anything but control characters, though a tab.
func isFieldValueByte(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7F) }

/// Whether a byte is optional white space (RFC 9110 §5.6.3).
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// The byte with an ASCII capital made small.
func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

/// Whether two texts are the same but for ASCII case. No Unicode rules: names of fields are ASCII.
func equalIgnoringCase(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
    a.utf8.elementsEqual(b.utf8) { lowercased($0) == lowercased($1) }
}

/// ASCII capitals made small; everything else as it is.
func asciiLowercased(_ text: some StringProtocol) -> String {
    String(decoding: text.utf8.map(lowercased), as: UTF8.self)
}

/// A text without the white space around it.
func trimmed(_ text: Substring) -> Substring {
    var text = text.utf8
    while let first = text.first, isBlank(first) { text.removeFirst() }
    while let last = text.last, isBlank(last) { text.removeLast() }
    return Substring(text)
}

/// The number in a text of at most 18 decimal digits, or nil: no sign, no white space, so that it cannot overflow.
func digits(_ text: some StringProtocol) -> Int? {
    guard (1...18).contains(text.utf8.count) else { return nil }
    var number = 0
    for byte in text.utf8 {
        guard (0x30...0x39).contains(byte) else { return nil }
        number = number * 10 + Int(byte - 0x30)
    }
    return number
}
