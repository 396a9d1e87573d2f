internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// What forms about parts of a person share: addresses, ways to reach them, relations.
enum PartForm {
    /// What is wrong, beside its fields; the rest ends the request as the register says.
    static func errors(_ refusal: PartRefusal, first: String) throws -> [FormError] {
        switch refusal {
        case .problems(let problems): return problems.map { FormError($0.field, $0.text) }
        case .changedMeanwhile:
            return [FormError(first, "Someone else changed this while you were typing: open it again and compare")]
        case .register(.absent): throw Refusal.notFound
        case .register(.denied(.secondFactor)), .register(.denied(.recentSecondFactor)): throw Refusal.confirm
        case .register(.reasonNeeded): return [FormError("reason", RegisterRefusal.reasonNeeded.fault.inForm)]
        case .register(let refusal): return [FormError(first, refusal.fault.inForm)]
        }
    }

    /// Days that were begun and are none.
    static func dayProblems(_ controls: [(name: String, control: DayControl)]) -> [FormError] {
        controls.filter { !$0.control.typed.isEmpty && $0.control.date == nil }
            .map { FormError($0.name, "Enter a real date, like 27 3 2026, or leave it empty") }
    }

    static func radios(
        _ name: String, _ legend: String, _ items: [(value: String, text: String, hint: String?)], value: String?,
        _ errors: [FormError], hint: String? = nil
    ) -> Html {
        Radios(
            name: name,
            items: items.map { item in
                .item(
                    .init(
                        value: item.value, text: .text(item.text),
                        hint: item.hint.map { Hint(text: .text($0)) }))
            }, value: value,
            fieldset: Fieldset(legend: .init(text: .text(legend), classes: "govuk-fieldset__legend--s")),
            hint: hint.map { Hint(text: .text($0)) }, errorMessage: errors.message(name), classes: "govuk-radios--small"
        ).html
    }

    /// Whether another text in place of an address is another place.
    static func moved(_ value: String, _ errors: [FormError]) -> Html {
        radios(
            "moved", "Have they moved?",
            [
                ("yes", "Yes, they lived there before", "The address as it was stays among their former ones"),
                ("no", "No, it was written down wrongly", "The address as it was stays in the history only"),
            ], value: value, errors,
            hint: """
                It matters only when you change the address. One that is withheld always stays among the former ones: it may \
                have been right after all.
                """)
    }

    static func line(
        _ name: String, _ label: String, value: String?, _ errors: [FormError], hint: String? = nil,
        isShort: Bool = false
    ) -> Html {
        Input(
            name: name, label: Label(text: .text(label)), hint: hint.map { Hint(text: .text($0)) },
            errorMessage: errors.message(name), value: value, autocomplete: "off",
            classes: isShort ? "govuk-input--width-5" : ""
        ).html
    }

    static func tick(_ name: String, _ text: String, isOn: Bool, _ errors: [FormError] = []) -> Html {
        Checkboxes(
            name: name, items: [.item(.init(value: "yes", text: .text(text), id: name, isChecked: isOn))],
            fieldset: nil,
            errorMessage: errors.message(name), classes: "govuk-checkboxes--small"
        ).html
    }
}

extension Visit {
    /// The person in the path, whose record must be open to the visitor.
    func openedPerson() throws -> Person {
        do { return try person() } catch is Protected { throw ended(.glass) }
    }

    /// The person in the path, of whom the visitor may change what lies that deep.
    func changeablePerson(_ field: PersonField) throws -> Person {
        let person = try openedPerson()
        guard person.changeable.contains(field) else { throw ended(.noPermission) }
        return person
    }
}
