public import HTML

extension SummaryList {
    /// The markup.
    public var html: Html {
        let someHaveActions = rows.contains { !$0.actions.isEmpty }
        let list: Html = """
            <dl class="\(classNames("govuk-summary-list", classes))"\(attributes)>
            \(each: rows, { row($0, amongActions: someHaveActions) })
            </dl>
            """
        return card.map { box($0, around: list) } ?? list
    }

    private func row(_ row: Row, amongActions: Bool) -> Html {
        let bare = amongActions && row.actions.isEmpty ? "govuk-summary-list__row--no-actions" : ""
        return """
            <div class="\(classNames("govuk-summary-list__row", bare, row.classes))">
            <dt class="\(classNames("govuk-summary-list__key", row.keyClasses))">
            \(row.key)
            </dt>
            <dd class="\(classNames("govuk-summary-list__value", row.valueClasses))">
            \(row.value)
            </dd>
            \(if: !row.actions.isEmpty, actions(of: row))
            </div>

            """
    }

    private func actions(of row: Row) -> Html {
        let links = row.actions.map(link)
        let all: Html =
            links.count == 1
            ? links[0]
            : """
            <ul class="govuk-summary-list__actions-list">
            \(each: links, { "<li class=\"govuk-summary-list__actions-list-item\">\n\($0)\n</li>\n" })
            </ul>
            """
        return """
            <dd class="\(classNames("govuk-summary-list__actions", row.actionsClasses))">
            \(all)
            </dd>
            """
    }

    private func link(_ action: Action) -> Html {
        let name: Html = action.visuallyHiddenText.isEmpty ? "" : " \(action.visuallyHiddenText)"
        let title: Html = card?.title.filled.map { " (\($0))" } ?? ""
        let hidden: Html =
            name.isEmpty && title.isEmpty ? "" : "<span class=\"govuk-visually-hidden\">\(name)\(title)</span>"
        return """
            <a class="\(classNames("govuk-link", action.classes))" href="\(href: action.href)"\(action.attributes)>\
            \(action.text)\(hidden)</a>
            """
    }

    private func box(_ card: Card, around list: Html) -> Html {
        """
        <div class="\(classNames("govuk-summary-card", card.classes))"\(card.attributes)>
        <div class="govuk-summary-card__title-wrapper">
        \(some: card.title.filled, { heading($0, of: card) })
        \(if: !card.actions.isEmpty, actions(of: card))
        </div>
        <div class="govuk-summary-card__content">
        \(list)
        </div>
        </div>
        """
    }

    private func heading(_ title: Content, of card: Card) -> Html {
        """
        <h\(card.headingLevel) class="\(classNames("govuk-summary-card__title", card.titleClasses))">
        \(title)
        </h\(card.headingLevel)>
        """
    }

    private func actions(of card: Card) -> Html {
        let links = card.actions.map(link)
        let names = classNames("govuk-summary-card__actions", card.actionsClasses)
        guard links.count > 1 else { return "<div class=\"\(names)\">\n\(each: links, { $0 })\n</div>" }
        return """
            <ul class="\(names)">
            \(each: links, { "<li class=\"govuk-summary-card__action\">\n\($0)\n</li>\n" })
            </ul>
            """
    }
}
