import DesignSystem
import HTML

extension FixtureOptions {
    /// What the templates print where they print neither text nor HTML.
    var contentOrNothing: Content { content() ?? "" }

    var plurals: PluralTexts? {
        guard isTrue else { return nil }
        return PluralTexts(
            zero: self["zero"].text, one: self["one"].text, two: self["two"].text, few: self["few"].text,
            many: self["many"].text, other: self["other"].text)
    }

    func part<Part>(_ name: String, _ make: (FixtureOptions) -> Part) -> Part? {
        self[name].isTrue ? make(self[name]) : nil
    }

    var label: Label? { part("label", Label.init) }
    var hint: Hint? { part("hint", Hint.init) }
    var errorMessage: ErrorMessage? { part("errorMessage", ErrorMessage.init) }
    var fieldset: Fieldset? { part("fieldset", Fieldset.init) }
    var describedBy: String { self["describedBy"].text ?? "" }
    var spelling: Bool? { self["spellcheck"].bool }

    /// The form group; controls in groups name their neighbours in the plural.
    func formGroup(_ before: String = "beforeInput", _ after: String = "afterInput") -> FormGroup {
        let group = self["formGroup"]
        return FormGroup(
            classes: group.classes, attributes: group.attributes, beforeInput: group[before].content(),
            afterInput: group[after].content())
    }
}

extension Label {
    init(_ options: FixtureOptions) {
        self.init(
            text: options.contentOrNothing, for: options["for"].text, isPageHeading: options["isPageHeading"].isTrue,
            classes: options.classes, attributes: options.attributes)
    }
}

extension Hint {
    init(_ options: FixtureOptions) {
        self.init(
            text: options.contentOrNothing, id: options["id"].text, classes: options.classes,
            attributes: options.attributes)
    }
}

extension ErrorMessage {
    init(_ options: FixtureOptions) {
        let hidden = options["visuallyHiddenText"]
        self.init(
            text: options.contentOrNothing, id: options["id"].text,
            visuallyHiddenText: hidden.isAbsent ? "Error" : hidden.text ?? "", classes: options.classes,
            attributes: options.attributes)
    }
}

extension Fieldset {
    init(_ options: FixtureOptions) {
        self.init(
            legend: options.part("legend") {
                Legend(text: $0.contentOrNothing, isPageHeading: $0["isPageHeading"].isTrue, classes: $0.classes)
            }, content: options["html"].html, role: options["role"].text, describedBy: options.describedBy,
            classes: options.classes, attributes: options.attributes)
    }
}

extension Tag {
    init(_ options: FixtureOptions) {
        self.init(text: options.contentOrNothing, classes: options.classes, attributes: options.attributes)
    }
}
