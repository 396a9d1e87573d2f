import DesignSystem
import HTML

extension Accordion {
    init(_ options: FixtureOptions) {
        var texts = Texts()
        texts.hideAllSections = options["hideAllSectionsText"].text
        texts.showAllSections = options["showAllSectionsText"].text
        texts.hideSection = options["hideSectionText"].text
        texts.hideSectionAriaLabel = options["hideSectionAriaLabelText"].text
        texts.showSection = options["showSectionText"].text
        texts.showSectionAriaLabel = options["showSectionAriaLabelText"].text
        self.init(
            id: options["id"].printed,
            items: options["items"].items.map { item in
                guard item.isTrue else { return nil }
                return Section(
                    heading: item["heading"].contentOrNothing, summary: item["summary"].content(),
                    content: item["content"].contentOrNothing, isExpanded: item["expanded"].isTrue)
            }, headingLevel: options["headingLevel"].number ?? 2,
            remembersExpanded: options["rememberExpanded"].bool, texts: texts, classes: options.classes,
            attributes: options.attributes)
    }
}

extension Details {
    init(_ options: FixtureOptions) {
        self.init(
            summary: options.content("summaryHtml", "summaryText") ?? "", content: options.contentOrNothing,
            isOpen: options["open"].isTrue, id: options["id"].text, classes: options.classes,
            attributes: options.attributes)
    }
}

extension ErrorSummary {
    init(_ options: FixtureOptions) {
        let items = options["errorList"].items.map { item in
            Item(text: item.contentOrNothing, href: item["href"].text, attributes: item.attributes)
        }
        self.init(
            title: options.content("titleHtml", "titleText") ?? "",
            description: options.content("descriptionHtml", "descriptionText"), items: items,
            disablesAutoFocus: options["disableAutoFocus"].bool, classes: options.classes,
            attributes: options.attributes)
    }
}

extension InsetText {
    init(_ options: FixtureOptions) {
        self.init(
            text: options.contentOrNothing, id: options["id"].text, classes: options.classes,
            attributes: options.attributes)
    }
}

extension NotificationBanner {
    init(_ options: FixtureOptions) {
        self.init(
            content: options.content(), title: options.content("titleHtml", "titleText").filled,
            isSuccess: options["type"].printed == "success",
            titleHeadingLevel: options["titleHeadingLevel"].number ?? 2,
            titleID: options["titleId"].text ?? "govuk-notification-banner-title", role: options["role"].text,
            disablesAutoFocus: options["disableAutoFocus"].bool, classes: options.classes,
            attributes: options.attributes)
    }
}

extension ConfirmationPanel {
    init(_ options: FixtureOptions) {
        self.init(
            title: options.content("titleHtml", "titleText") ?? "", content: options.content(),
            headingLevel: options["headingLevel"].number ?? 1, classes: options.classes,
            attributes: options.attributes)
    }
}

extension SummaryList {
    init(_ options: FixtureOptions) {
        let rows = options["rows"].items.filter(\.isTrue).map { row in
            Row(
                key: row["key"].contentOrNothing, value: row["value"].contentOrNothing,
                actions: row["actions"]["items"].items.filter(\.isTrue).map(Action.init),
                keyClasses: row["key"].classes, valueClasses: row["value"].classes,
                actionsClasses: row["actions"].classes, classes: row.classes)
        }
        self.init(
            rows: rows, card: options.part("card", Card.init), classes: options.classes,
            attributes: options.attributes)
    }
}

extension SummaryList.Action {
    init(_ options: FixtureOptions) {
        self.init(
            text: options.contentOrNothing, href: options["href"].printed,
            visuallyHiddenText: options["visuallyHiddenText"].text ?? "", classes: options.classes,
            attributes: options.attributes)
    }
}

extension SummaryList.Card {
    init(_ options: FixtureOptions) {
        self.init(
            title: options["title"].content(), headingLevel: options["title"]["headingLevel"].number ?? 2,
            titleClasses: options["title"].classes,
            actions: options["actions"]["items"].items.filter(\.isTrue).map(SummaryList.Action.init),
            actionsClasses: options["actions"].classes, classes: options.classes, attributes: options.attributes)
    }
}

extension Table {
    init(_ options: FixtureOptions) {
        self.init(
            caption: options["caption"].text, captionClasses: options["captionClasses"].text ?? "",
            head: options["head"].array.map { $0.map(Cell.init) },
            rows: options["rows"].items.filter(\.isTrue).map { $0.items.map(Cell.init) },
            firstCellIsHeader: options["firstCellIsHeader"].isTrue, classes: options.classes,
            attributes: options.attributes)
    }
}

extension Table.Cell {
    init(_ options: FixtureOptions) {
        self.init(
            text: options.contentOrNothing, format: options["format"].text ?? "", columns: options["colspan"].number,
            rows: options["rowspan"].number, classes: options.classes, attributes: options.attributes)
    }
}

extension Tabs {
    init(_ options: FixtureOptions) {
        self.init(
            items: options["items"].items.map { item in
                guard item.isTrue else { return nil }
                return Item(
                    label: item["label"].printed, id: item["id"].text, panel: item["panel"].contentOrNothing,
                    panelAttributes: item["panel"].attributes, attributes: item.attributes)
            }, title: options["title"].text ?? "Contents", idPrefix: options["idPrefix"].printed,
            id: options["id"].text, classes: options.classes, attributes: options.attributes)
    }
}

extension TaskList {
    init(_ options: FixtureOptions) {
        self.init(
            items: options["items"].items.map { item in
                guard item.isTrue else { return nil }
                let status = item["status"]
                return Item(
                    title: item["title"].contentOrNothing, href: item["href"].text,
                    hint: item.part("hint") { $0.contentOrNothing },
                    status: status["tag"].isTrue ? .tag(Tag(status["tag"])) : .text(status.contentOrNothing),
                    titleClasses: item["title"].classes, statusClasses: status.classes, classes: item.classes)
            }, idPrefix: options["idPrefix"].text ?? "task-list", classes: options.classes,
            attributes: options.attributes)
    }
}

extension WarningText {
    init(_ options: FixtureOptions) {
        self.init(
            text: options.contentOrNothing, iconFallbackText: options["iconFallbackText"].text ?? "Warning",
            classes: options.classes, attributes: options.attributes)
    }
}
