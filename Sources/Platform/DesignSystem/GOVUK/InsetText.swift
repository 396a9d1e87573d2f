public import HTML

/// Sets text off from what surrounds it: <https://design-system.service.gov.uk/components/inset-text/>.
public struct InsetText: Component, Hashable {
    /// The text.
    public var text: Content
    /// The id.
    public var id: String?
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// An inset text.
    public init(text: Content, id: String? = nil, classes: String = "", attributes: Attributes = [:]) {
        self.text = text
        self.id = id
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <div\("id", optional: id) class="\(classNames("govuk-inset-text", classes))"\(attributes)>
        \(text)
        </div>
        """
    }
}
