public import HTML

/// What stands inside an element: text, which is escaped, or HTML, which is not. A string literal is text.
public enum Content: Hashable, Sendable {
    /// Text, escaped when it is written.
    case text(String)
    /// HTML as it stands.
    case html(Html)

    /// The HTML of it.
    /// The markup.
    public var html: Html {
        switch self {
        case .text(let text): Html(text: text)
        case .html(let html): html
        }
    }

    /// Whether there is nothing to show.
    public var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .html(let html): html.isEmpty
        }
    }

    /// The HTML, text in a paragraph of that class.
    func paragraph(class name: String = "govuk-body") -> Html {
        switch self {
        case .text(let text): "<p class=\"\(name)\">\(text)</p>"
        case .html(let html): html
        }
    }
}

extension Content: ExpressibleByStringInterpolation {
    /// Text.
    public init(stringLiteral text: String) { self = .text(text) }
}

extension Content? {
    /// The content, or nil when it is empty: the design system leaves out a part without content.
    var filled: Content? {
        switch self {
        case .some(let content) where !content.isEmpty: content
        case .some, .none: nil
        }
    }
}
