public import HTML

extension ServiceNavigation {
    /// The markup.
    public var html: Html {
        let names = classNames("govuk-service-navigation", classes)
        let shared: Html = " class=\"\(names)\" data-module=\"govuk-service-navigation\"\(attributes)"
        // Only with more than the list in it is it a part of the page of its own; the list is one anyway.
        guard serviceName != nil || !slots.start.isEmpty || !slots.end.isEmpty else {
            return "<div\(shared)>\n\(inner)\n</div>"
        }
        return "<section aria-label=\"\(label)\"\(shared)>\n\(inner)\n</section>"
    }

    private var inner: Html {
        let hasList = !items.isEmpty || !slots.navigationStart.isEmpty || !slots.navigationEnd.isEmpty
        return """
            <div class="govuk-width-container">
            \(slots.start)
            <div class="govuk-service-navigation__container">
            \(some: serviceName, name)
            \(if: hasList, navigation)
            </div>
            \(slots.end)
            </div>
            """
    }

    private func name(_ text: String) -> Html {
        let link: Html =
            if let serviceURL {
                "<a href=\"\(href: serviceURL)\" class=\"govuk-service-navigation__link\">\n\(text)\n</a>"
            } else {
                "<span class=\"govuk-service-navigation__text\">\(text)</span>"
            }
        return """
            <span class="govuk-service-navigation__service-name">
            \(link)
            </span>
            """
    }

    private var navigation: Html {
        """
        <nav aria-label="\(navigationLabel ?? menuButtonText)" \
        class="\(classNames("govuk-service-navigation__wrapper", navigationClasses))">
        \(if: collapsesOnMobile ?? (items.count > 1), toggle)
        <ul class="govuk-service-navigation__list" id="\(navigationID)">
        \(slots.navigationStart)
        \(each: items, ServiceNavigation.place)
        \(slots.navigationEnd)
        </ul>
        </nav>
        """
    }

    private var toggle: Html {
        let label = menuButtonLabel.flatMap { $0 == menuButtonText ? nil : $0 }
        return """
            <button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle" \
            aria-controls="\(navigationID)"\("aria-label", optional: label) hidden aria-hidden="true">
            \(menuButtonText)
            </button>
            """
    }

    private static func place(_ item: Item) -> Html {
        let isHere = item.state != .other
        let active = isHere ? "govuk-service-navigation__item--active" : ""
        let text: Html =
            isHere
            ? "<strong class=\"govuk-service-navigation__active-fallback\">\(item.text)</strong>" : item.text.html
        let current: Html = isHere ? " aria-current=\"\(item.state == .current ? "page" : "true")\"" : ""
        let inner: Html =
            if let href = item.href {
                """
                <a class="govuk-service-navigation__link" href="\(href: href)"\(current)\(item.attributes)>
                \(text)
                </a>
                """
            } else if !item.text.isEmpty {
                "<span class=\"govuk-service-navigation__text\"\(current)>\n\(text)\n</span>"
            } else {
                ""
            }
        return """
            <li class="\(classNames("govuk-service-navigation__item", active))">
            \(inner)
            </li>

            """
    }
}
