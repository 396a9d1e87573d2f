public import HTML

/// Sections of a page that readers open and close:
/// <https://design-system.service.gov.uk/components/accordion/>.
public struct Accordion: Component, Hashable {
    /// A section.
    public struct Section: Hashable, Sendable {
        /// The heading, which becomes the button; no block elements or links in it.
        public var heading: Content
        /// A line below the heading.
        public var summary: Content?
        /// What the section holds. Text becomes a paragraph.
        public var content: Content
        /// Whether it is open at first.
        public var isExpanded: Bool

        /// A section.
        public init(heading: Content, summary: Content? = nil, content: Content, isExpanded: Bool = false) {
            self.heading = heading
            self.summary = summary
            self.content = content
            self.isExpanded = isExpanded
        }
    }

    /// The texts of the buttons, where they are not the English ones.
    public struct Texts: Hashable, Sendable {
        /// “Hide all sections”.
        public var hideAllSections: String?
        /// “Show all sections”.
        public var showAllSections: String?
        /// “Hide”.
        public var hideSection: String?
        /// “Hide this section”, for screen readers.
        public var hideSectionAriaLabel: String?
        /// “Show”.
        public var showSection: String?
        /// “Show this section”, for screen readers.
        public var showSectionAriaLabel: String?

        /// The English texts, until others are set.
        public init() {}
    }

    /// The id, one of its kind on the site: the script remembers by it which sections are open.
    public var id: String
    /// The sections. A place left empty counts in the numbers of the ids.
    public var items: [Section?]
    /// The level of the headings, 1…6.
    public var headingLevel: Int
    /// Whether the script remembers which sections are open; the script's default when nil, which is to do so.
    public var remembersExpanded: Bool?
    /// The texts of the buttons.
    public var texts: Texts
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// An accordion.
    public init(
        id: String, items: [Section?], headingLevel: Int = 2, remembersExpanded: Bool? = nil, texts: Texts = Texts(),
        classes: String = "", attributes: Attributes = [:]
    ) {
        self.id = id
        self.items = items
        self.headingLevel = headingLevel
        self.remembersExpanded = remembersExpanded
        self.texts = texts
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <div class="\(classNames("govuk-accordion", classes))" data-module="govuk-accordion" id="\(id)"\
        \("data-remember-expanded", optional: remembersExpanded.map(String.init))\(translations)\(attributes)>
        \(each: items.enumerated(), { index, item in item.map { section($0, number: index + 1) } ?? "" })
        </div>
        """
    }

    private var translations: Attributes {
        var all = Attributes()
        all.translate("hide-all-sections", texts.hideAllSections)
        all.translate("hide-section", texts.hideSection)
        all.translate("hide-section-aria-label", texts.hideSectionAriaLabel)
        all.translate("show-all-sections", texts.showAllSections)
        all.translate("show-section", texts.showSection)
        all.translate("show-section-aria-label", texts.showSectionAriaLabel)
        return all
    }

    private func summary(_ content: Content, number: Int) -> Html {
        """
        <div class="govuk-accordion__section-summary govuk-body" id="\(id)-summary-\(number)">
        \(content)
        </div>
        """
    }

    private func section(_ item: Section, number: Int) -> Html {
        let opened = item.isExpanded ? "govuk-accordion__section--expanded" : ""
        return """
            <div class="\(classNames("govuk-accordion__section", opened))">
            <div class="govuk-accordion__section-header">
            <h\(headingLevel) class="govuk-accordion__section-heading">
            <span class="govuk-accordion__section-button" id="\(id)-heading-\(number)">
            \(item.heading)
            </span>
            </h\(headingLevel)>
            \(some: item.summary.filled, { summary($0, number: number) })
            </div>
            <div id="\(id)-content-\(number)" class="govuk-accordion__section-content">
            \(item.content.isEmpty ? "" : item.content.paragraph())
            </div>
            </div>
            """
    }
}
