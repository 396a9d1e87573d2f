public import HTML

/// Says that a service is still being worked on:
/// <https://design-system.service.gov.uk/components/phase-banner/>.
public struct PhaseBanner: Component, Hashable {
    /// The phase, such as “Beta”.
    public var tag: Tag
    /// What that means for readers.
    public var text: Content
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A phase banner.
    public init(tag: Tag, text: Content, classes: String = "", attributes: Attributes = [:]) {
        self.tag = tag
        self.text = text
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        var tag = tag
        tag.classes = classNames("govuk-phase-banner__content__tag", tag.classes)
        return """
            <div class="\(classNames("govuk-phase-banner govuk-width-container", classes))"\(attributes)>
            <p class="govuk-phase-banner__content">
            \(tag)
            <span class="govuk-phase-banner__text">
            \(text)
            </span>
            </p>
            </div>
            """
    }
}
