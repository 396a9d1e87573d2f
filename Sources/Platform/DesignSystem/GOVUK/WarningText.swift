public import HTML

/// Warns of something with consequences: <https://design-system.service.gov.uk/components/warning-text/>.
public struct WarningText: Component, Hashable {
    /// The warning.
    public var text: Content
    /// What screen readers say in place of the sign.
    public var iconFallbackText: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A warning.
    public init(
        text: Content, iconFallbackText: String = "Warning", classes: String = "", attributes: Attributes = [:]
    ) {
        self.text = text
        self.iconFallbackText = iconFallbackText
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <div class="\(classNames("govuk-warning-text", classes))"\(attributes)>
        <span class="govuk-warning-text__icon" aria-hidden="true">!</span>
        <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">\(iconFallbackText)</span>
        \(text)
        </strong>
        </div>
        """
    }
}
