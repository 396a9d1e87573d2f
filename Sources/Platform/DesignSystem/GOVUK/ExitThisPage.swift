public import HTML

/// Leaves a page at once that someone should not be seen reading:
/// <https://design-system.service.gov.uk/components/exit-this-page/>.
public struct ExitThisPage: Component, Hashable {
    /// The texts that the script shows, where they are not the English ones.
    public struct Texts: Hashable, Sendable {
        /// “Loading.”
        public var activated: String?
        /// “Exit this page expired.”
        public var timedOut: String?
        /// “Shift, press 2 more times to exit.”
        public var pressTwoMoreTimes: String?
        /// “Shift, press 1 more time to exit.”
        public var pressOneMoreTime: String?

        /// The English texts, until others are set.
        public init() {}
    }

    /// The button's text; “Emergency Exit this page” when nil.
    public var text: Content?
    /// Where it leads.
    public var redirectURL: String
    /// The texts of the script.
    public var texts: Texts
    /// The id.
    public var id: String?
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A button to leave the page.
    public init(
        text: Content? = nil, redirectURL: String = "https://www.bbc.co.uk/weather", texts: Texts = Texts(),
        id: String? = nil, classes: String = "", attributes: Attributes = [:]
    ) {
        self.text = text
        self.redirectURL = redirectURL
        self.texts = texts
        self.id = id
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        let usual: Html = "<span class=\"govuk-visually-hidden\">Emergency</span> Exit this page"
        let button = Button(
            text: text ?? .html(usual), href: redirectURL,
            classes: "govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button",
            attributes: ["rel": "nofollow noreferrer"])
        return """
            <div\("id", optional: id) class="\(classNames("govuk-exit-this-page", classes))" \
            data-module="govuk-exit-this-page"\(attributes)\(translations)>
            \(button)
            </div>
            """
    }

    private var translations: Attributes {
        var all = Attributes()
        all.translate("activated", texts.activated)
        all.translate("timed-out", texts.timedOut)
        all.translate("press-two-more-times", texts.pressTwoMoreTimes)
        all.translate("press-one-more-time", texts.pressOneMoreTime)
        return all
    }
}
