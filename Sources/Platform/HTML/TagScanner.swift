/// A tag as it stands in the text.
struct Tag {
    var name: String
    var closes = false
    var selfClosing = false
    var attributes: [(name: String, value: String)] = []
    /// Whether there is text between the tag before and this one.
    var followsText = false
    /// Whether a `script` or `style` element has content.
    var hasContent = false

    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
}

/// Goes through HTML from tag to tag.
struct TagScanner {
    let bytes: [UInt8]
    var position = 0
    var problems: [String] = []

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The next tag, or nil at the end. Comments, the document type and the text of `style` and `script` are skipped.
    mutating func next() -> Tag? {
        var sawText = false
        while position < bytes.count {
            guard bytes[position] == 0x3C else {
                sawText = sawText || bytes[position] > 0x20
                position += 1
                continue
            }
            position += 1
            if at("!--") {
                skip(past: "-->")
            } else if at("!") {
                skip(past: ">")
            } else {
                var tag = tag()
                tag.followsText = sawText
                if !tag.closes && (tag.name == "style" || tag.name == "script") {
                    let start = position
                    skip(to: "</\(tag.name)")
                    tag.hasContent = bytes[start..<position].contains { $0 > 0x20 }
                }
                return tag
            }
        }
        return nil
    }

    private func at(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    private mutating func skip(to text: String) {
        while position < bytes.count && !at(text) { position += 1 }
    }

    private mutating func skip(past text: String) {
        skip(to: text)
        position += text.utf8.count
    }

    private mutating func word(until isEnd: (UInt8) -> Bool) -> String {
        let start = position
        while position < bytes.count && !isEnd(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipSpace() { _ = word { $0 > 0x20 } }

    private mutating func tag() -> Tag {
        var tag = Tag(name: "")
        if at("/") {
            tag.closes = true
            position += 1
        }
        tag.name = word { $0 <= 0x20 || $0 == 0x3E || $0 == 0x2F }
        if tag.name.isEmpty { problems.append("a < that starts no tag") }
        while position < bytes.count {
            skipSpace()
            if at("/>") {
                tag.selfClosing = true
                position += 2
                break
            }
            if at(">") {
                position += 1
                break
            }
            tag.attributes.append(attribute(of: tag.name))
        }
        return tag
    }

    private mutating func attribute(of tag: String) -> (name: String, value: String) {
        let name = word { $0 <= 0x20 || $0 == 0x3E || $0 == 0x3D || $0 == 0x2F }
        if name.isEmpty { position += 1 }
        guard at("=") else { return (name, "") }
        position += 1
        guard at("\"") else {
            problems.append("<\(tag) \(name)=…> is not in double quotes")
            return (name, word { $0 <= 0x20 || $0 == 0x3E })
        }
        position += 1
        let value = word { $0 == 0x22 }
        position += 1
        if value.contains("<") { problems.append("a < inside \(tag) \(name)") }
        return (name, value)
    }
}
