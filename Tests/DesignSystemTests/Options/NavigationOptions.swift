import DesignSystem
import HTML

extension BackLink {
    init(_ options: FixtureOptions) {
        self.init(
            text: options.content().filled ?? "Back", href: options["href"].text ?? "#", classes: options.classes,
            attributes: options.attributes)
    }
}

extension Breadcrumbs {
    init(_ options: FixtureOptions) {
        let items = options["items"].items.filter(\.isTrue).map { item in
            Item(text: item.contentOrNothing, href: item["href"].text, attributes: item.attributes)
        }
        self.init(
            items: items, collapsesOnMobile: options["collapseOnMobile"].isTrue,
            label: options["labelText"].text ?? "Breadcrumb", classes: options.classes,
            attributes: options.attributes)
    }
}

extension CookieBanner {
    init(_ options: FixtureOptions) {
        let messages = options["messages"].items.filter(\.isTrue).map { message in
            Message(
                heading: message.content("headingHtml", "headingText"), content: message.content(),
                actions: message["actions"].items.filter(\.isTrue).map(Action.init),
                isHidden: message["hidden"].isTrue, role: message["role"].text, classes: message.classes,
                attributes: message.attributes)
        }
        self.init(
            messages: messages, label: options["ariaLabel"].text ?? "Cookie banner",
            isHidden: options["hidden"].isTrue, classes: options.classes, attributes: options.attributes)
    }
}

extension CookieBanner.Action {
    init(_ options: FixtureOptions) {
        self.init(
            text: options["text"].printed, href: options["href"].text, type: options["type"].text,
            name: options["name"].text, value: options["value"].text, classes: options.classes,
            attributes: options.attributes)
    }
}

extension ExitThisPage {
    init(_ options: FixtureOptions) {
        var texts = Texts()
        texts.activated = options["activatedText"].text
        texts.timedOut = options["timedOutText"].text
        texts.pressTwoMoreTimes = options["pressTwoMoreTimesText"].text
        texts.pressOneMoreTime = options["pressOneMoreTimeText"].text
        self.init(
            text: options.content().filled,
            redirectURL: options["redirectUrl"].text ?? "https://www.bbc.co.uk/weather", texts: texts,
            id: options["id"].text, classes: options.classes, attributes: options.attributes)
    }
}

extension Footer {
    init(_ options: FixtureOptions) {
        self.init(
            navigation: options["navigation"].items.filter(\.isTrue).map(Section.init),
            meta: options.part("meta") {
                Meta(
                    title: $0["visuallyHiddenTitle"].text ?? "Support links", items: Footer.links($0["items"]),
                    text: $0.content())
            }, contentLicence: options.part("contentLicence") { $0.contentOrNothing }.filled,
            copyright: options.part("copyright") { $0.contentOrNothing }.filled,
            containerClasses: options["containerClasses"].text ?? "", classes: options.classes,
            attributes: options.attributes)
    }

    fileprivate static func links(_ options: FixtureOptions) -> [Link] {
        options.items.filter { $0["href"].isTrue && $0["text"].isTrue }.map {
            Link(text: $0["text"].printed, href: $0["href"].printed, attributes: $0.attributes)
        }
    }
}

extension Footer.Section {
    init(_ options: FixtureOptions) {
        self.init(
            title: options["title"].printed, items: Footer.links(options["items"]),
            columns: options["columns"].number, width: options["width"].text ?? "full")
    }
}

extension GenericHeader {
    init(_ options: FixtureOptions) {
        self.init(
            logo: options.content("logoHtml", "logoText") ?? "", href: options["url"].text ?? "/",
            containerClasses: options["containerClasses"].text ?? "govuk-width-container", classes: options.classes,
            attributes: options.attributes)
    }
}

extension Header {
    init(_ options: FixtureOptions) {
        self.init(
            href: options["homepageUrl"].text ?? "//gov.uk", productName: options["productName"].text,
            containerClasses: options["containerClasses"].text ?? "govuk-width-container", classes: options.classes,
            attributes: options.attributes)
    }
}

extension Pagination {
    init(_ options: FixtureOptions) {
        let items = options["items"].array?.filter(\.isTrue).compactMap { item -> Item? in
            if item["ellipsis"].isTrue { return .ellipsis }
            guard item["number"].isTrue else { return nil }
            return .page(
                item["number"].printed, href: item["href"].printed, isCurrent: item["current"].isTrue,
                label: item["visuallyHiddenText"].text, attributes: item.attributes)
        }
        self.init(
            previous: options["previous"]["href"].isTrue ? Step(options["previous"]) : nil,
            next: options["next"]["href"].isTrue ? Step(options["next"]) : nil, items: items,
            landmarkLabel: options["landmarkLabel"].text ?? "Pagination", classes: options.classes,
            attributes: options.attributes)
    }
}

extension Pagination.Step {
    init(_ options: FixtureOptions) {
        self.init(
            href: options["href"].printed, text: options.content().filled, label: options["labelText"].text ?? "",
            attributes: options.attributes)
    }
}

extension PhaseBanner {
    init(_ options: FixtureOptions) {
        self.init(
            tag: Tag(text: options["tag"].contentOrNothing, classes: options["tag"].classes),
            text: options.contentOrNothing, classes: options.classes,
            attributes: options.attributes)
    }
}

extension ServiceNavigation {
    init(_ options: FixtureOptions) {
        let items = options["navigation"].items.filter(\.isTrue).map { item in
            Item(
                text: item.contentOrNothing, href: item["href"].text,
                state: item["current"].isTrue ? .current : item["active"].isTrue ? .active : .other,
                attributes: item.attributes)
        }
        let slots = options["slots"]
        self.init(
            serviceName: options["serviceName"].text, serviceURL: options["serviceUrl"].text, items: items,
            menuButtonText: options["menuButtonText"].text ?? "Menu",
            menuButtonLabel: options["menuButtonLabel"].text, navigationLabel: options["navigationLabel"].text,
            navigationID: options["navigationId"].text ?? "navigation",
            navigationClasses: options["navigationClasses"].text ?? "",
            collapsesOnMobile: options["collapseNavigationOnMobile"].bool,
            label: options["ariaLabel"].text ?? "Service information",
            slots: Slots(
                start: slots["start"].html, end: slots["end"].html, navigationStart: slots["navigationStart"].html,
                navigationEnd: slots["navigationEnd"].html), classes: options.classes,
            attributes: options.attributes)
    }
}

extension SkipLink {
    init(_ options: FixtureOptions) {
        self.init(
            text: options.contentOrNothing, href: options["href"].text ?? "#content", classes: options.classes,
            attributes: options.attributes)
    }
}

extension Content? {
    /// The content, or nil when it is empty.
    var filled: Content? { flatMap { $0.isEmpty ? nil : $0 } }
}
