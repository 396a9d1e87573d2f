public import HTML

/// Groups the controls of one question: <https://design-system.service.gov.uk/components/fieldset/>.
public struct Fieldset: Component, Hashable {
    /// The question.
    public struct Legend: Hashable, Sendable, ExpressibleByStringInterpolation {
        /// The question; nothing is written when it is empty.
        public var text: Content
        /// Whether it is the page's first heading too.
        public var isPageHeading: Bool
        /// Further classes, such as `govuk-fieldset__legend--l`.
        public var classes: String

        /// A legend.
        public init(text: Content, isPageHeading: Bool = false, classes: String = "") {
            self.text = text
            self.isPageHeading = isPageHeading
            self.classes = classes
        }

        /// A legend of that text.
        public init(stringLiteral text: String) { self.init(text: .text(text)) }

        var html: Html {
            guard !text.isEmpty else { return "" }
            let inner: Html = isPageHeading ? "<h1 class=\"govuk-fieldset__heading\">\n\(text)\n</h1>" : text.html
            return """
                <legend class="\(classNames("govuk-fieldset__legend", classes))">
                \(inner)
                </legend>
                """
        }
    }

    /// The question.
    public var legend: Legend?
    /// The controls.
    public var content: Html
    /// The role, such as `group`.
    public var role: String?
    /// The ids of elements that describe the group.
    public var describedBy: String
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A fieldset. Form components that take one put their controls into it.
    public init(
        legend: Legend?, content: Html = "", role: String? = nil, describedBy: String = "", classes: String = "",
        attributes: Attributes = [:]
    ) {
        self.legend = legend
        self.content = content
        self.role = role
        self.describedBy = describedBy
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <fieldset class="\(classNames("govuk-fieldset", classes))"\("role", optional: role)\
        \("aria-describedby", optional: describedBy.isEmpty ? nil : describedBy)\(attributes)>
        \(some: legend, { $0.html })
        \(content)
        </fieldset>
        """
    }

    /// The same fieldset with further content and the ids of what describes it.
    func holding(_ inner: Html, describedBy ids: String?) -> Fieldset {
        var fieldset = self
        fieldset.content = "\(inner)\n\(content)"
        fieldset.describedBy = ids ?? ""
        return fieldset
    }
}
