import DesignSystem
import HTML

extension FixtureOptions {
    fileprivate var conditional: Html? { self["conditional"]["html"].isTrue ? self["conditional"]["html"].html : nil }

    fileprivate func hintOfItem() -> Hint? {
        hint.flatMap { $0.text.isEmpty ? nil : $0 }
    }
}

extension Checkboxes {
    init(_ options: FixtureOptions) {
        let items: [Entry?] = options["items"].items.map { item in
            guard item.isTrue else { return nil }
            if let divider = item["divider"].text { return .divider(.text(divider)) }
            return .item(
                Item(
                    value: item["value"].printed, text: item.contentOrNothing, hint: item.hintOfItem(),
                    id: item["id"].text, name: item["name"].text, isChecked: item["checked"].bool,
                    conditional: item.conditional, isExclusive: item["behaviour"].printed == "exclusive",
                    isDisabled: item["disabled"].isTrue, labelClasses: item["label"].classes,
                    labelAttributes: item["label"].attributes, attributes: item.attributes))
        }
        self.init(
            name: options["name"].printed, items: items, values: options["values"].items.map(\.printed),
            idPrefix: options["idPrefix"].text, fieldset: options.fieldset, hint: options.hint,
            errorMessage: options.errorMessage, describedBy: options.describedBy,
            formGroup: options.formGroup("beforeInputs", "afterInputs"), classes: options.classes,
            attributes: options.attributes)
    }
}

extension Radios {
    init(_ options: FixtureOptions) {
        let items: [Entry?] = options["items"].items.map { item in
            guard item.isTrue else { return nil }
            if let divider = item["divider"].text { return .divider(.text(divider)) }
            return .item(
                Item(
                    value: item["value"].printed, text: item.contentOrNothing, hint: item.hintOfItem(),
                    id: item["id"].text, isChecked: item["checked"].bool, conditional: item.conditional,
                    isDisabled: item["disabled"].isTrue, labelClasses: item["label"].classes,
                    labelAttributes: item["label"].attributes, attributes: item.attributes))
        }
        self.init(
            name: options["name"].printed, items: items, value: options["value"].text,
            idPrefix: options["idPrefix"].text, fieldset: options.fieldset, hint: options.hint,
            errorMessage: options.errorMessage, formGroup: options.formGroup("beforeInputs", "afterInputs"),
            classes: options.classes, attributes: options.attributes)
    }
}
