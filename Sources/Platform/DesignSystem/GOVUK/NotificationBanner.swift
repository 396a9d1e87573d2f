public import HTML

/// Tells readers something that is not about the page itself:
/// <https://design-system.service.gov.uk/components/notification-banner/>.
public struct NotificationBanner: Component, Hashable {
    /// What is told. Text becomes the heading of the content.
    public var content: Content?
    /// The title; “Important”, or “Success” when something succeeded.
    public var title: Content?
    /// Whether it tells that something the reader did succeeded.
    public var isSuccess: Bool
    /// The level of the title, 1…6.
    public var titleHeadingLevel: Int
    /// The id of the title.
    public var titleID: String
    /// The role; `alert` for a success, else `region`.
    public var role: String?
    /// Whether the script leaves the focus where it is; the script's default when nil.
    public var disablesAutoFocus: Bool?
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A notification banner.
    public init(
        content: Content?, title: Content? = nil, isSuccess: Bool = false, titleHeadingLevel: Int = 2,
        titleID: String = "govuk-notification-banner-title", role: String? = nil, disablesAutoFocus: Bool? = nil,
        classes: String = "", attributes: Attributes = [:]
    ) {
        self.content = content
        self.title = title
        self.isSuccess = isSuccess
        self.titleHeadingLevel = titleHeadingLevel
        self.titleID = titleID
        self.role = role
        self.disablesAutoFocus = disablesAutoFocus
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        let success = isSuccess ? "govuk-notification-banner--success" : ""
        return """
            <div class="\(classNames("govuk-notification-banner", success, classes))" \
            role="\(role ?? (isSuccess ? "alert" : "region"))" aria-labelledby="\(titleID)" \
            data-module="govuk-notification-banner"\
            \("data-disable-auto-focus", optional: disablesAutoFocus.map(String.init))\(attributes)>
            <div class="govuk-notification-banner__header">
            <h\(titleHeadingLevel) class="govuk-notification-banner__title" id="\(titleID)">
            \(title ?? (isSuccess ? "Success" : "Important"))
            </h\(titleHeadingLevel)>
            </div>
            <div class="govuk-notification-banner__content">
            \(some: content.filled, { $0.paragraph(class: "govuk-notification-banner__heading") })
            </div>
            </div>
            """
    }
}
