public import HTML

/// A part of a page that knows its own markup: the GOV.UK Design System's components (GOV.UK Frontend 6.2) and this
/// product's own in the same style.
///
/// ```swift
/// let form: Html = "<form method=\"post\">\(csrf)\(Input(name: "name", label: "Name"))\(Button(text: "Save"))</form>"
/// ```
public protocol Component: Sendable {
    /// The markup.
    var html: Html { get }
}

extension Html.StringInterpolation {
    /// `\(Button(text: "Save"))` — the component's markup.
    public mutating func appendInterpolation<C: Component>(_ component: C) { appendInterpolation(component.html) }

    /// `\(banner)` — the component's markup, or nothing when there is no component.
    public mutating func appendInterpolation<C: Component>(_ component: C?) {
        if let component { appendInterpolation(component.html) }
    }

    /// `\(content)` — text escaped, HTML as it stands.
    public mutating func appendInterpolation(_ content: Content) { appendInterpolation(content.html) }

    /// `\(content)` — text escaped, HTML as it stands, nothing when there is none.
    public mutating func appendInterpolation(_ content: Content?) {
        if let content { appendInterpolation(content.html) }
    }

    /// `<p\(attributes)>` — each with a space before it.
    public mutating func appendInterpolation(_ attributes: Attributes) { appendInterpolation(attributes.html) }

    /// `<p\("id", optional: id)>` — the attribute with a space before it, nothing when there is no value.
    mutating func appendInterpolation(_ name: StaticString, optional value: String?) {
        guard let value else { return }
        appendInterpolation(" \(Html(stringLiteral: name))=\"\(value)\"" as Html)
    }

    /// `<input\("disabled", if: isDisabled)>` — the attribute without a value, or nothing.
    mutating func appendInterpolation(_ name: StaticString, if isPresent: Bool) {
        if isPresent { appendInterpolation(" \(Html(stringLiteral: name))" as Html) }
    }
}

/// Class names with a space between; empty ones are left out.
func classNames(_ names: String...) -> String {
    names.filter { !$0.isEmpty }.joined(separator: " ")
}
