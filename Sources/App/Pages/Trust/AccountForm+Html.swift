internal import DesignSystem
internal import Governance
internal import HTML
internal import Kernel
internal import Site

extension AccountForm {
    /// The controls, with what was typed and what is wrong.
    var controls: Html {
        """
        \(Input(
            name: "name", label: "Name", hint: "As colleagues know them", errorMessage: errors.message("name"),
            value: name, autocomplete: "off", checksSpelling: false))
        \(Input(
            name: "email", label: "Email address", hint: "They sign in with it",
            errorMessage: errors.message("email"), value: email, type: "email", autocomplete: "off",
            checksSpelling: false))
        \(Select(
            name: "agency", label: "Agency",
            items: [.init(value: "", text: "Choose an agency")]
                + site.partnership.agencies.map { .init(value: $0.code.text, text: $0.name) }, value: agency,
            errorMessage: errors.message("agency")))
        \(roleBoxes)
        \(if: !site.partnership.teams.isEmpty, boxes("team", "Teams", teamItems, teams))
        \(if: !site.partnership.panels.isEmpty, boxes("panel", "Places on panels", panelItems, panels))
        \(sides)
        \(day("trained-until", "Information-governance training is in date until", trainedUntil))
        \(day("vetted-until", "Vetting is in date until", vettedUntil))
        """
    }

    private var roleBoxes: Html {
        var items = site.roles.roles.map {
            Checkboxes.Entry.item(
                .init(value: $0.code.text, text: .text($0.name), hint: Hint(text: .text($0.purpose))))
        }
        let known = Set(site.roles.roles.map(\.code.text))
        items += roles.filter { !known.contains($0) }.map { .item(.init(value: $0, text: .text($0))) }
        return Checkboxes(
            name: "role", items: items, values: roles,
            fieldset: Fieldset(legend: .init(text: "Roles", classes: "govuk-fieldset__legend--m")),
            hint: "Give as few as the work needs", errorMessage: errors.message("role")
        ).html
    }

    private func boxes(_ name: String, _ legend: String, _ items: [Checkboxes.Entry?], _ values: [String]) -> Html {
        Checkboxes(
            name: name, items: items, values: values,
            fieldset: Fieldset(legend: .init(text: .text(legend), classes: "govuk-fieldset__legend--m")),
            classes: "govuk-checkboxes--small"
        ).html
    }

    private var teamItems: [Checkboxes.Entry?] {
        site.partnership.teams.map {
            .item(
                .init(value: $0.code.text, text: .text("\($0.name) (\(site.partnership.name(of: $0.agency)))")))
        }
    }

    private var panelItems: [Checkboxes.Entry?] {
        site.partnership.panels.map { .item(.init(value: $0.code.text, text: .text($0.name))) }
    }

    private var sides: Html {
        let items =
            [Radios.Entry.item(.init(value: "", text: "Neither"))]
            + SubjectSide.allCases.map { .item(.init(value: $0.rawValue, text: .text($0.inWords))) }
        return Radios(
            name: "side", items: items, value: side,
            fieldset: Fieldset(legend: .init(text: "Whose side they work on", classes: "govuk-fieldset__legend--m")),
            hint: "Who works with people who harm never sees what keeps a victim or a child safe"
        ).html
    }

    private func day(_ name: String, _ label: String, _ value: String) -> Html {
        Input(
            name: name, label: Label(text: .text(label)),
            hint: "For example, 27/3/2027. Leave it empty if this agency does not ask for it.",
            errorMessage: errors.message(name), value: value, checksSpelling: false,
            classes: "govuk-input--width-10"
        ).html
    }
}

extension SubjectSide {
    /// Whom someone on this side works with.
    var inWords: String {
        switch self {
        case .victim: "Victims"
        case .perpetrator: "People who harm"
        case .child: "Children"
        }
    }
}
