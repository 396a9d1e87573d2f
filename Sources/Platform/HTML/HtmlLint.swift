/// Finds faults in a page that a browser forgives and a reader with a screen reader does not. For tests.
///
/// It knows the HTML that this program writes: elements closed in order, quoted attributes, SVG inside.
public struct HtmlLint: Sendable {
    /// What is asked of the application's pages and not of every HTML.
    public struct Policy: OptionSet, Sendable {
        /// The bits.
        public let rawValue: Int

        /// The policy of these bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// No `style` elements: the application's content security policy refuses them. Scripts within the page,
        /// `style` attributes and `on…` attributes are problems without this too.
        public static let contentSecurity = Policy(rawValue: 1)
        /// Every form that posts has a hidden control named `csrf`.
        public static let forgery = Policy(rawValue: 2)
        /// A whole page has a title, a `main` element and a viewport.
        public static let landmarks = Policy(rawValue: 4)
        /// All of it.
        public static let application: Policy = [.contentSecurity, .forgery, .landmarks]
    }

    var problems: [String] = []
    var policy: Policy = []
    private var openElements: [String] = []
    private var ids: Set<String> = []
    private var references: [(from: String, to: String)] = []
    private var labelled: Set<String> = []
    private var controls: [String] = []
    private var lastHeading = 0
    private var firstHeadings = 0
    private var awaitingTitle = false
    private var awaitingCaption = false
    private var awaitingLegend = false
    private var accessKeys: Set<String> = []
    private var elements: Set<String> = []
    private var hasViewport = false
    /// Links and buttons that are open, and whether anything in them can be read out.
    private var unnamed: [(name: String, isNamed: Bool)] = []
    private var postsWithoutToken = false

    private static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]

    /// The problems of a page or of a part of one, in the order found; empty when there are none.
    /// - Parameters:
    ///   - whole: whether it is a whole page, which needs a language, one first heading and so on.
    ///   - policy: what is asked beyond that.
    public static func problems(in html: [UInt8], whole: Bool = false, policy: Policy = []) -> [String] {
        var lint = HtmlLint()
        lint.policy = policy
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
        if awaitingLegend {
            awaitingLegend = false
            if tag.name != "legend" { problems.append("fieldset without a legend as its first element") }
        }
        if tag.followsText { nameOpenElements() }
        guard !tag.closes else { return close(tag.name) }
        elements.insert(tag.name)
        checkAttributes(tag)
        checkSafety(tag)
        checkElement(tag)
        if !tag.selfClosing && !HtmlLint.void.contains(tag.name) { openElements.append(tag.name) }
    }

    private mutating func close(_ name: String) {
        if name == "form" { closeForm() }
        if name == unnamed.last?.name, let element = unnamed.popLast(), !element.isNamed {
            problems.append("<\(name)> with nothing to read out")
        }
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
        for name in ["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"] {
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
        if let key = tag["accesskey"], !accessKeys.insert(key).inserted {
            problems.append("two elements have the access key \(key)")
        }
        if let index = tag["tabindex"].flatMap({ Int($0) }), index > 0 {
            problems.append("<\(tag.name)> has a tabindex above 0")
        }
        if !(tag["aria-label"] ?? tag["alt"] ?? "").isEmpty { nameOpenElements() }
    }

    private mutating func nameOpenElements() {
        for index in unnamed.indices { unnamed[index].isNamed = true }
    }

    private mutating func checkElement(_ tag: Tag) {
        switch tag.name {
        case "label": labelled.insert(tag["for"] ?? "")
        case "img": if tag["alt"] == nil { problems.append("img without alt") }
        case "svg": awaitingTitle = tag["aria-hidden"] != "true"
        case "table": awaitingCaption = true
        case "th": if tag["scope"] == nil { problems.append("th without scope") }
        case "html": if tag["lang"] == nil { problems.append("html without lang") }
        case "fieldset": awaitingLegend = true
        case "meta": hasViewport = hasViewport || tag["name"] == "viewport"
        case "form": openForm(tag)
        case "a", "button":
            let isNamed = tag["aria-label"] != nil || tag["aria-labelledby"] != nil
            if tag.name == "button" || tag["href"] != nil { unnamed.append((tag.name, isNamed)) }
        case "h1", "h2", "h3", "h4", "h5", "h6": heading(Int(tag.name.dropFirst()) ?? 0)
        case "input", "select", "textarea", "progress", "meter": control(tag)
        default: break
        }
    }

    private mutating func heading(_ level: Int) {
        if lastHeading > 0 && level > lastHeading + 1 { problems.append("h\(level) follows h\(lastHeading)") }
        if level == 1 { firstHeadings += 1 }
        lastHeading = level
    }

    private mutating func control(_ tag: Tag) {
        if tag["type"] == "hidden" && tag["name"] == "csrf" { postsWithoutToken = false }
        if ["hidden", "submit", "button", "reset", "image"].contains(tag["type"] ?? "") { return }
        if tag["aria-label"] != nil || tag["aria-labelledby"] != nil { return }
        controls.append(tag["id"] ?? "")
    }

    private mutating func openForm(_ tag: Tag) {
        if openElements.contains("form") { problems.append("form within a form") }
        postsWithoutToken = policy.contains(.forgery) && tag["method"]?.lowercased() == "post"
    }

    private mutating func closeForm() {
        if postsWithoutToken { problems.append("form that posts without a hidden csrf control") }
        postsWithoutToken = false
    }

    private mutating func checkLandmarks() {
        for name in ["title", "main"] where !elements.contains(name) { problems.append("page without \(name)") }
        if !hasViewport { problems.append("page without a viewport") }
    }

    private mutating func finish(whole: Bool) {
        for name in openElements { problems.append("<\(name)> is not closed") }
        for (from, to) in references where !ids.contains(to) {
            problems.append("\(from) points at “\(to)”, which is not there")
        }
        for id in controls where id.isEmpty || !labelled.contains(id) {
            problems.append("the control “\(id)” has no label")
        }
        if whole && policy.contains(.landmarks) { checkLandmarks() }
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
