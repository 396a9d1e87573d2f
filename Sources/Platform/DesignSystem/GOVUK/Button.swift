public import HTML

/// Carries out an action: <https://design-system.service.gov.uk/components/button/>.
public struct Button: Component, Hashable {
    /// The element a button is written as.
    public enum Element: Hashable, Sendable {
        /// `<button>`, the usual one.
        case button
        /// `<a role="button">`, for links that start something.
        case link
        /// `<input>`, whose text cannot hold HTML.
        case input
    }

    /// The button's text.
    public var text: Content
    /// Where it leads, for a button that is a link.
    public var href: String?
    /// The element; a link when there is an address, else a button.
    public var element: Element
    /// What the button does to its form: `submit`, `button` or `reset`.
    public var type: String
    /// The name sent with the form when this button sends it.
    public var name: String?
    /// The value sent with the form when this button sends it.
    public var value: String?
    /// Whether it cannot be used.
    public var isDisabled: Bool
    /// Whether it begins a service: it has an arrow then.
    public var isStart: Bool
    /// Whether the script ignores a second press within a second.
    public var preventsDoubleClick: Bool?
    /// The id.
    public var id: String?
    /// Further classes, such as `govuk-button--secondary`.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A button.
    public init(
        text: Content, href: String? = nil, element: Element? = nil, type: String = "submit", name: String? = nil,
        value: String? = nil, isDisabled: Bool = false, isStart: Bool = false, preventsDoubleClick: Bool? = nil,
        id: String? = nil, classes: String = "", attributes: Attributes = [:]
    ) {
        self.text = text
        self.href = href
        self.element = element ?? (href == nil ? .button : .link)
        self.type = type
        self.name = name
        self.value = value
        self.isDisabled = isDisabled
        self.isStart = isStart
        self.preventsDoubleClick = preventsDoubleClick
        self.id = id
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        switch element {
        case .link:
            """
            <a href="\(href: href ?? "#")" role="button" draggable="false"\(common)>
            \(text)
            \(if: isStart, Button.arrow)</a>
            """
        case .button:
            """
            <button\("value", optional: value)\(form)\(common)>
            \(text)
            \(if: isStart, Button.arrow)</button>
            """
        case .input: "<input value=\"\(plainText)\"\(form)\(common)>"
        }
    }

    /// The text of an `<input>`, which shows HTML as text.
    private var plainText: String {
        switch text {
        case .text(let text): text
        case .html(let html): html.string
        }
    }

    /// What buttons have and links do not.
    private var form: Html {
        """
         type="\(type)"\("name", optional: name)\(if: isDisabled, " disabled aria-disabled=\"true\"")\
        \("data-prevent-double-click", optional: preventsDoubleClick.map(String.init))
        """
    }

    private var common: Html {
        let names = classNames("govuk-button", classes, isStart ? "govuk-button--start" : "")
        return " class=\"\(names)\" data-module=\"govuk-button\"\(attributes)\("id", optional: id)"
    }

    private static let arrow: Html = """
        <svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" \
        viewBox="0 0 33 40" aria-hidden="true" focusable="false">
        <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/>
        </svg>

        """
}
