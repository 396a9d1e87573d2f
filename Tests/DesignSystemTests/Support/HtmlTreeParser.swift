/// Reads HTML as far as the design system's markup and its fixtures go: no elements that close by themselves, save the
/// void ones.
struct HtmlTreeParser {
    private typealias Open = (name: String, attributes: [String: String], children: [HtmlTree])

    private static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]
    private static let unparsed: Set<String> = ["textarea", "title", "script", "style"]

    private let text: [Unicode.Scalar]
    private var position = 0
    private var open: [Open] = [("", [:], [])]

    init(_ html: String) { text = Array(html.unicodeScalars) }

    mutating func parse() -> [HtmlTree] {
        while position < text.count {
            if at("<!--") {
                skip(past: "-->")
            } else if at("<!") {
                skip(past: ">")
            } else if at("</") {
                endTag()
            } else if at("<"), position + 1 < text.count, text[position + 1].properties.isAlphabetic {
                startTag()
            } else {
                let start = position
                position += 1
                while position < text.count && text[position] != "<" { position += 1 }
                append(text: String(String.UnicodeScalarView(text[start..<position])))
            }
        }
        while open.count > 1 { closeLast() }
        return open[0].children
    }

    private func at(_ word: String) -> Bool { text[position...].starts(with: word.unicodeScalars) }

    private mutating func take(while isPart: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        while position < text.count && isPart(text[position]) { position += 1 }
        return String(String.UnicodeScalarView(text[start..<position]))
    }

    private mutating func skip(past word: String) {
        while position < text.count && !at(word) { position += 1 }
        position = min(position + word.unicodeScalars.count, text.count)
    }

    private mutating func append(text: String) {
        guard !text.isEmpty else { return }
        open[open.count - 1].children.append(.text(CharacterReferences.decode(text)))
    }

    private mutating func closeLast() {
        let (name, attributes, children) = open.removeLast()
        open[open.count - 1].children.append(.element(name: name, attributes: attributes, children: children))
    }

    private mutating func endTag() {
        position += 2
        let name = take { $0 != ">" && !$0.properties.isWhitespace }.lowercased()
        skip(past: ">")
        guard open.contains(where: { $0.name == name }) else { return }
        while open.last?.name != name { closeLast() }
        closeLast()
    }

    private mutating func startTag() {
        position += 1
        let name = take { $0 != ">" && $0 != "/" && !$0.properties.isWhitespace }.lowercased()
        var attributes: [String: String] = [:]
        var isEmpty = HtmlTreeParser.void.contains(name)
        while position < text.count && text[position] != ">" {
            if at("/>") { isEmpty = true }
            guard let (key, value) = attribute() else { continue }
            // The first of a name stands (HTML Standard, 13.2.5.33).
            if attributes[key] == nil { attributes[key] = value }
        }
        position += 1
        open.append((name, attributes, []))
        if isEmpty { return closeLast() }
        if HtmlTreeParser.unparsed.contains(name) { rawText(of: name) }
    }

    private mutating func rawText(of name: String) {
        // A line break right after the tag is left out (HTML Standard, 13.2.6.4.7).
        if name == "textarea" && at("\n") { position += 1 }
        let start = position
        while position < text.count && !at("</" + name) { position += 1 }
        append(text: String(String.UnicodeScalarView(text[start..<position])))
    }

    private mutating func attribute() -> (String, String)? {
        let name = take { !"=>/".unicodeScalars.contains($0) && !$0.properties.isWhitespace }
        guard !name.isEmpty else {
            position += 1
            return nil
        }
        guard at("=") else { return (name, "") }
        position += 1
        guard position < text.count, text[position] == "\"" || text[position] == "'" else {
            return (name, CharacterReferences.decode(take { $0 != ">" && !$0.properties.isWhitespace }))
        }
        let quote = text[position]
        position += 1
        let value = take { $0 != quote }
        position += 1
        return (name, CharacterReferences.decode(value))
    }
}

/// Character references as browsers read them, as far as fixtures have them.
enum CharacterReferences {
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©", "hellip": "…",
        "ctdot": "⋯", "ndash": "–", "mdash": "—", "pound": "£", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
        "rdquo": "”", "bull": "•", "middot": "·", "times": "×",
    ]

    static func decode(_ text: String) -> String {
        let parts = text.split(separator: "&", omittingEmptySubsequences: false)
        guard var result = parts.first.map(String.init) else { return text }
        for part in parts.dropFirst() {
            if let end = part.firstIndex(of: ";"), let decoded = character(part[..<end]) {
                result += decoded + part[part.index(after: end)...]
            } else {
                result += "&" + part
            }
        }
        return result
    }

    private static func character(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else { return named[String(name)] }
        let digits = name.dropFirst()
        let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
        let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap(Unicode.Scalar.init).map { String($0) }
    }
}
