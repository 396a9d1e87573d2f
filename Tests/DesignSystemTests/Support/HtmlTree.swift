import HTML

/// HTML as a tree, for comparing what two texts mean: comments are left out, attributes have no order, white space
/// counts as a browser lays it out.
indirect enum HtmlTree: Equatable {
    case element(name: String, attributes: [String: String], children: [HtmlTree])
    case text(String)

    /// The nodes of a part of a page.
    static func parse(_ html: String) -> [HtmlTree] {
        var parser = HtmlTreeParser(html)
        var layout = WhiteSpace()
        return layout.collapse(parser.parse())
    }
}

extension HtmlTree {
    /// The first difference of two lists of nodes, in words, or nil when they mean the same.
    static func difference(_ ours: [HtmlTree], _ theirs: [HtmlTree], at place: String = "") -> String? {
        for (a, b) in zip(ours, theirs) {
            if let found = difference(a, b, at: place) { return found }
        }
        if ours.count > theirs.count { return "\(place): there is \(ours[theirs.count].words) too much" }
        if ours.count < theirs.count { return "\(place): \(theirs[ours.count].words) is missing" }
        return nil
    }

    private static func difference(_ ours: HtmlTree, _ theirs: HtmlTree, at place: String) -> String? {
        guard case .element(let name, let attributes, let children) = ours,
            case .element(let otherName, let otherAttributes, let otherChildren) = theirs, name == otherName
        else {
            return ours == theirs ? nil : "\(place): \(ours.words) where \(theirs.words) is expected"
        }
        let inner = place + "/" + name
        for key in Set(attributes.keys).union(otherAttributes.keys).sorted()
        where attributes[key].map({ value(of: key, $0) }) != otherAttributes[key].map({ value(of: key, $0) }) {
            return "\(inner): \(key) is \(quoted(attributes[key])), expected \(quoted(otherAttributes[key]))"
        }
        return difference(children, otherChildren, at: inner)
    }

    /// A class attribute is a set of words (HTML Standard, 3.2.6); other values stand for themselves.
    private static func value(of name: String, _ text: String) -> [String] {
        name == "class" ? Set(text.split(whereSeparator: \.isWhitespace).map(String.init)).sorted() : [text]
    }

    private static func quoted(_ text: String?) -> String { text.map { "“\($0)”" } ?? "absent" }

    private var words: String {
        switch self {
        case .element(let name, let attributes, _):
            "<\(name)\(attributes["class"].map { " class=\"\($0)\"" } ?? "")>"
        case .text(let text): "the text “\(text)”"
        }
    }
}

/// Takes out white space that a browser does not show: at the beginning and end of blocks and beside them, and more
/// than one space elsewhere.
private struct WhiteSpace {
    private static let inline: Set<String> = [
        "a", "abbr", "b", "bdi", "cite", "code", "dfn", "em", "i", "kbd", "label", "mark", "q", "s", "samp", "small",
        "span", "strong", "sub", "sup", "time", "u", "var",
    ]
    private static let preformatted: Set<String> = ["textarea", "pre", "script", "style"]

    private var isAtStart = true
    private var hasSpace = false

    mutating func collapse(_ nodes: [HtmlTree]) -> [HtmlTree] {
        var result: [HtmlTree] = []
        for node in nodes {
            switch node {
            case .text(let text):
                let words = collapse(text)
                if !words.isEmpty { result.append(.text(words)) }
            case .element(let name, let attributes, let children):
                let isInline = WhiteSpace.inline.contains(name)
                if !isInline { beginBlock() }
                let inner = WhiteSpace.preformatted.contains(name) ? children : collapse(children)
                if !isInline { beginBlock() }
                result.append(.element(name: name, attributes: attributes, children: inner))
            }
        }
        return result
    }

    private mutating func beginBlock() {
        isAtStart = true
        hasSpace = false
    }

    private mutating func collapse(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if " \t\n\r\u{C}".unicodeScalars.contains(scalar) {
                hasSpace = !isAtStart
            } else {
                if hasSpace { result += " " }
                result.unicodeScalars.append(scalar)
                isAtStart = false
                hasSpace = false
            }
        }
        return result
    }
}
