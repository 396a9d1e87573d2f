public import HTML

/// Helps to answer a question.
public struct Hint: Component, Hashable, ExpressibleByStringInterpolation {
    /// The help.
    public var text: Content
    /// The id that the control's description names. Form components set it.
    public var id: String?
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A hint.
    public init(text: Content, id: String? = nil, classes: String = "", attributes: Attributes = [:]) {
        self.text = text
        self.id = id
        self.classes = classes
        self.attributes = attributes
    }

    /// A hint of that text.
    public init(stringLiteral text: String) { self.init(text: .text(text)) }

    /// The same hint with that id, of a further class.
    func identified(_ id: String, class name: String = "") -> Hint {
        var hint = self
        hint.id = id
        hint.classes = classNames(name, classes)
        return hint
    }

    /// The markup.
    public var html: Html {
        """
        <div\("id", optional: id) class="\(classNames("govuk-hint", classes))"\(attributes)>
        \(text)
        </div>
        """
    }
}
