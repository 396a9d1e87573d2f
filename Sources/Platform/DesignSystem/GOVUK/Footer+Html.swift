public import HTML

extension Footer {
    /// The markup.
    public var html: Html {
        """
        <div class="\(classNames("govuk-footer", classes))"\(attributes)>
        <div class="\(classNames("govuk-width-container", containerClasses))">
        \(if: showsCrown, Crown.mark)
        \(if: !navigation.isEmpty, sections)
        <div class="govuk-footer__meta">
        <div class="govuk-footer__meta-item govuk-footer__meta-item--grow">
        \(some: meta, Footer.support)
        \(if: showsCrown || contentLicence != nil, licence)
        </div>
        \(if: showsCrown || copyright != nil, rights)
        </div>
        </div>
        </div>
        """
    }

    private var sections: Html {
        """
        <div class="govuk-footer__navigation">
        \(each: navigation, Footer.section)
        </div>
        <hr class="govuk-footer__section-break">
        """
    }

    private static func section(_ section: Section) -> Html {
        let columns = section.columns.map { "govuk-footer__list--columns-\($0)" } ?? ""
        let list: Html = """
            <ul class="\(classNames("govuk-footer__list", columns))">
            \(each: section.items, { "<li class=\"govuk-footer__list-item\">\n\(link($0))\n</li>\n" })
            </ul>
            """
        return """
            <div class="govuk-footer__section govuk-grid-column-\(section.width)">
            <h2 class="govuk-footer__heading govuk-heading-m">\(section.title)</h2>
            \(if: !section.items.isEmpty, list)
            </div>

            """
    }

    private static func link(_ item: Link) -> Html {
        """
        <a class="govuk-footer__link" href="\(href: item.href)"\(item.attributes)>
        \(item.text)
        </a>
        """
    }

    private static func support(_ meta: Meta) -> Html {
        let list: Html = """
            <ul class="govuk-footer__inline-list">
            \(each: meta.items, { "<li class=\"govuk-footer__inline-list-item\">\n\(link($0))\n</li>\n" })
            </ul>
            """
        return """
            <h2 class="govuk-visually-hidden">\(meta.title)</h2>
            \(if: !meta.items.isEmpty, list)
            \(some: meta.text.filled, { "<div class=\"govuk-footer__meta-custom\">\n\($0)\n</div>" })
            """
    }

    private var licence: Html {
        """
        \(if: showsCrown, Crown.licenceLogo)
        <span class="govuk-footer__licence-description">
        \(contentLicence.filled ?? .html(Crown.licence))
        </span>
        """
    }

    private var rights: Html {
        let text = copyright.filled ?? .html("© Crown copyright")
        guard showsCrown else { return "<div class=\"govuk-footer__meta-item\">\n\(text)\n</div>" }
        return """
            <div class="govuk-footer__meta-item">
            <a class="govuk-footer__link govuk-footer__copyright-logo" href="\(Crown.copyrightAddress)">
            \(text)
            </a>
            </div>
            """
    }
}
