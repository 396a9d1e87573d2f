public import HTML

/// The header of a service that is not on GOV.UK, which may not show the crown.
public struct GenericHeader: Component, Hashable {
    /// The name or mark of whoever provides the service.
    public var logo: Content
    /// Where it leads.
    public var href: String
    /// Classes of the inner box.
    public var containerClasses: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A header.
    public init(
        logo: Content, href: String = "/", containerClasses: String = "govuk-width-container", classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.logo = logo
        self.href = href
        self.containerClasses = containerClasses
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <div class="\(classNames("govuk-generic-header", classes))"\(attributes)>
        <div class="\(classNames("govuk-generic-header__container", containerClasses))">
        <div class="govuk-generic-header__logo">
        <a href="\(href: href)" class="govuk-generic-header__homepage-link">
        \(logo)
        </a>
        </div>
        </div>
        </div>
        """
    }
}
