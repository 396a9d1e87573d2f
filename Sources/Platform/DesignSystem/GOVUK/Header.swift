public import HTML

/// The header of services on GOV.UK: <https://design-system.service.gov.uk/components/header/>. Others may not show
/// the crown and use `GenericHeader`.
public struct Header: Component, Hashable {
    /// Where the logotype leads.
    public var href: String
    /// The name of the product, beside the logotype.
    public var productName: String?
    /// Classes of the inner box.
    public var containerClasses: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A header.
    public init(
        href: String = "//gov.uk", productName: String? = nil, containerClasses: String = "govuk-width-container",
        classes: String = "", attributes: Attributes = [:]
    ) {
        self.href = href
        self.productName = productName
        self.containerClasses = containerClasses
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <div class="\(classNames("govuk-header", classes))"\(attributes)>
        <div class="\(classNames("govuk-header__container", containerClasses))">
        <div class="govuk-header__logo">
        <a href="\(href: href)" class="govuk-header__homepage-link">
        \(Crown.logotype)
        \(some: productName, { "<span class=\"govuk-header__product-name\">\($0)</span>" })
        </a>
        </div>
        </div>
        </div>
        """
    }
}
