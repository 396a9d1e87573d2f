internal import HTML

/// What checkboxes and radios have in common: a list of options in a form group, perhaps in a fieldset.
struct Choices {
    /// `checkboxes` or `radios`.
    let kind: String
    let formGroup: FormGroup
    let hasError: Bool
    let classes: String
    let attributes: Attributes

    /// The id of the option at that place, counted from 0.
    static func id(_ own: String?, at index: Int, prefix: String) -> String {
        own ?? (index == 0 ? prefix : "\(prefix)-\(index + 1)")
    }

    func html(_ entries: [Html], texts: FieldTexts, fieldset: Fieldset?) -> Html {
        let list: Html = """
            <div class="\(classNames("govuk-\(kind)", classes))"\(attributes) data-module="govuk-\(kind)">
            \(formGroup.surround(Html.joined(entries)))
            </div>
            """
        let inner: Html = "\(texts.html)\n\(list)"
        let grouped = fieldset?.holding(inner, describedBy: texts.describedBy).html ?? inner
        return formGroup.wrap(grouped, hasError: hasError)
    }

    func divider(_ content: Content) -> Html {
        "<div class=\"govuk-\(kind)__divider\">\(content)</div>\n"
    }

    /// An option with its label and hint, and what is asked when it is chosen.
    /// - Parameter input: the attributes of the control beside class and id.
    func option(id: String, input: Html, label: Label, hint: Hint?, conditional: Html?, isChecked: Bool) -> Html {
        var label = label.labelling(id)
        label.classes = classNames("govuk-\(kind)__label", label.classes)
        let hint = hint?.identified(id + "-item-hint", class: "govuk-\(kind)__hint")
        return """
            <div class="govuk-\(kind)__item">
            <input class="govuk-\(kind)__input" id="\(id)"\(input)>
            \(label)
            \(hint)
            </div>
            \(some: conditional, { reveal($0, of: id, isOpen: isChecked) })
            """
    }

    private func reveal(_ content: Html, of id: String, isOpen: Bool) -> Html {
        let hidden = isOpen ? "" : "govuk-\(kind)__conditional--hidden"
        return """
            <div class="\(classNames("govuk-\(kind)__conditional", hidden))" id="conditional-\(id)">
            \(content)
            </div>

            """
    }
}
