/// Tells text from other bytes, and kinds of text from one another.
enum PlainText {
    /// What text can be; none when it is no text.
    static func kinds(of bytes: [UInt8]) -> [FileKind] {
        guard isText(bytes) else { return [] }
        return isEmail(bytes) ? [.email, .text] : [.text, .csv]
    }

    /// Whether there are no control characters but those of lines and tables. Bytes above ASCII may be UTF-8 or a code
    /// page of Windows: neither does harm as `text/plain`.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { byte in
            switch byte {
            case 0x09, 0x0A, 0x0C, 0x0D: true
            case 0x00...0x1F, 0x7F: false
            default: true
            }
        }
    }

    /// Whether it begins with a tag as browsers read one (WHATWG MIME Sniffing, 7.1, and more): after a byte order mark
    /// and blanks, a `<` that a letter, `!`, `?` or `/` follows.
    static func isMarkup(_ bytes: [UInt8]) -> Bool {
        var text = bytes.prefix(4096)
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        let isWide = text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF])
        let letters = isWide ? text.dropFirst(2).filter { $0 != 0 } : Array(text)
        let rest = letters.drop { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains($0) }
        guard rest.first == UInt8(ascii: "<"), let next = rest.dropFirst().first else { return false }
        let isLetter = (0x41...0x5A).contains(next) || (0x61...0x7A).contains(next)
        return isLetter || [UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "/")].contains(next)
    }

    /// Whether it begins with the head of a message (RFC 5322, 2.2): fields, one of which only messages have.
    private static func isEmail(_ bytes: [UInt8]) -> Bool {
        let usual: Set<String> = [
            "from", "date", "subject", "received", "return-path", "message-id", "mime-version", "delivered-to",
        ]
        let lines = bytes.prefix(64 << 10).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var hasUsual = false
        for (i, line) in lines.enumerated() {
            let line = line.last == 0x0D ? line.dropLast() : line
            guard let first = line.first else { return i > 0 && hasUsual }
            if i > 0, first == 0x20 || first == 0x09 { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else { return false }
            if usual.contains(String(decoding: line[..<colon], as: UTF8.self).lowercased()) { hasUsual = true }
        }
        return hasUsual
    }
}
