public import HTML

/// The state of something, in a word: <https://design-system.service.gov.uk/components/tag/>.
public struct Tag: Component, Hashable {
    /// The word.
    public var text: Content
    /// Further classes, such as `govuk-tag--blue`.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A tag.
    public init(text: Content, classes: String = "", attributes: Attributes = [:]) {
        self.text = text
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <strong class="\(classNames("govuk-tag", classes))"\(attributes)>
        \(text)
        </strong>
        """
    }
}
