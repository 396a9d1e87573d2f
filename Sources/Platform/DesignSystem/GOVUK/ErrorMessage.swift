public import HTML

/// Says beside a control what is wrong and how to put it right:
/// <https://design-system.service.gov.uk/components/error-message/>.
public struct ErrorMessage: Component, Hashable, ExpressibleByStringInterpolation {
    /// What is wrong.
    public var text: Content
    /// The id that the control's description names. Form components set it.
    public var id: String?
    /// What screen readers say before the message, without the colon; empty for nothing.
    public var visuallyHiddenText: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// An error message.
    public init(
        text: Content, id: String? = nil, visuallyHiddenText: String = "Error", classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.text = text
        self.id = id
        self.visuallyHiddenText = visuallyHiddenText
        self.classes = classes
        self.attributes = attributes
    }

    /// An error message of that text.
    public init(stringLiteral text: String) { self.init(text: .text(text)) }

    /// The same message with that id.
    func identified(_ id: String) -> ErrorMessage {
        var message = self
        message.id = id
        return message
    }

    /// The markup.
    public var html: Html {
        let prefix: Html =
            visuallyHiddenText.isEmpty
            ? "" : "<span class=\"govuk-visually-hidden\">\(visuallyHiddenText):</span> "
        return """
            <p\("id", optional: id) class="\(classNames("govuk-error-message", classes))"\(attributes)>
            \(prefix)\(text)
            </p>
            """
    }
}
