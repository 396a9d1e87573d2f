/// Finds faults in a page that a browser forgives and a reader with a screen reader does not. For tests.
///
/// It knows the HTML that this program writes: elements closed in order, quoted attributes, SVG inside.
public struct HtmlLint: Sendable {
    private var problems: [String] = []
    private var openElements: [String] = []
    private var ids: Set<String> = []
    private var references: [(from: String, to: String)] = []
    private var labelled: Set<String> = []
    private var controls: [String] = []
    private var lastHeading = 0
    private var firstHeadings = 0
    private var awaitingTitle = false
    private var awaitingCaption = false

    private static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]

    /// The problems of a page or of a part of one, in the order found; empty when there are none.
    /// - Parameter whole: whether it is a whole page, which needs a language, one first heading and so on.
    public static func problems(in html: [UInt8], whole: Bool = false) -> [String] {
        var lint = HtmlLint()
        var scanner = TagScanner(bytes: html)
        while let tag = scanner.next() { lint.read(tag) }
        lint.problems += scanner.problems
        lint.finish(whole: whole)
        return lint.problems
    }

    private mutating func read(_ tag: Tag) {
        if awaitingTitle {
            awaitingTitle = false
            if tag.name != "title" { problems.append("svg without a title as its first element") }
        }
        if awaitingCaption {
            awaitingCaption = false
            if tag.name != "caption" { problems.append("table without a caption") }
        }
        guard !tag.closes else { return close(tag.name) }
        checkAttributes(tag)
        checkElement(tag)
        if !tag.selfClosing && !HtmlLint.void.contains(tag.name) { openElements.append(tag.name) }
    }

    private mutating func close(_ name: String) {
        guard openElements.last == name else {
            problems.append("</\(name)> closes <\(openElements.last ?? "nothing")>")
            if let index = openElements.lastIndex(of: name) { openElements.removeSubrange(index...) }
            return
        }
        openElements.removeLast()
    }

    private mutating func checkAttributes(_ tag: Tag) {
        if let id = tag["id"], !ids.insert(id).inserted { problems.append("two elements have the id \(id)") }
        if let id = tag["id"], id.isEmpty || id.contains(" ") { problems.append("“\(id)” cannot be an id") }
        for name in ["for", "aria-labelledby", "aria-describedby", "headers"] {
            for id in (tag[name] ?? "").split(separator: " ") {
                references.append(("\(tag.name) \(name)", String(id)))
            }
        }
        if let link = tag["href"], link.hasPrefix("#") {
            references.append(("\(tag.name) href", HtmlLint.decoded(link.dropFirst())))
        }
        if Set(tag.attributes.map(\.name)).count < tag.attributes.count {
            problems.append("<\(tag.name)> has an attribute twice")
        }
    }

    private mutating func checkElement(_ tag: Tag) {
        switch tag.name {
        case "label": labelled.insert(tag["for"] ?? "")
        case "img": if tag["alt"] == nil { problems.append("img without alt") }
        case "svg": awaitingTitle = tag["aria-hidden"] != "true"
        case "table": awaitingCaption = true
        case "th": if tag["scope"] == nil { problems.append("th without scope") }
        case "html": if tag["lang"] == nil { problems.append("html without lang") }
        case "script": problems.append("script")
        case "h1", "h2", "h3", "h4", "h5", "h6": heading(Int(tag.name.dropFirst()) ?? 0)
        case "input", "select", "textarea": control(tag)
        default: break
        }
    }

    private mutating func heading(_ level: Int) {
        if lastHeading > 0 && level > lastHeading + 1 { problems.append("h\(level) follows h\(lastHeading)") }
        if level == 1 { firstHeadings += 1 }
        lastHeading = level
    }

    private mutating func control(_ tag: Tag) {
        if ["hidden", "submit", "button"].contains(tag["type"] ?? "") { return }
        if tag["aria-label"] != nil || tag["aria-labelledby"] != nil { return }
        controls.append(tag["id"] ?? "")
    }

    private mutating func finish(whole: Bool) {
        for name in openElements { problems.append("<\(name)> is not closed") }
        for (from, to) in references where !ids.contains(to) {
            problems.append("\(from) points at “\(to)”, which is not there")
        }
        for id in controls where id.isEmpty || !labelled.contains(id) {
            problems.append("the control “\(id)” has no label")
        }
        if whole && firstHeadings != 1 { problems.append("\(firstHeadings) first headings") }
    }

    private static func decoded(_ fragment: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = fragment.utf8[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
