internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// A form of a case as a page shows it: what was typed comes back as it was, with what is wrong beside it.
struct AnswerControls {
    let form: CaseForm
    /// What was sent, or nil where the form is shown for the first time.
    var sent: FormFields?
    /// What it begins with.
    var initial = FormAnswers()
    /// The parties that can be chosen: identifier and name, by their part.
    var parties: [(role: Code<PartyRole>, person: String, name: String)] = []
    /// The agencies that can be chosen.
    var agencies: [(code: String, name: String)] = []
    /// The organisations that can be chosen.
    var organisations: [(code: String, name: String)] = []

    /// What the ids of its questions begin with.
    var prefix: String { form.code.text }

    /// The id of a question on a page. Of a day, that of its first box.
    static func id(_ field: String, _ prefix: String) -> String { prefix.isEmpty ? field : "\(prefix)-\(field)" }

    /// The answers as they were sent.
    func answers() -> (answers: FormAnswers, problems: [AnswerProblem]) { form.answers { typed($0) } }

    private func typed(_ field: FormField) -> [String] {
        guard let sent else { return initial[field.code] }
        let name = AnswerControls.id(field.code, prefix)
        return field.kind == .date ? DayControl(name, sent).typed : sent.all(name)
    }

    /// The controls.
    func html(_ errors: [FormError]) -> Html { "\(each: form.fields, { control($0, errors) })" }

    private func control(_ field: FormField, _ errors: [FormError]) -> Html {
        let name = AnswerControls.id(field.code, prefix)
        let values = typed(field)
        let value = values.first ?? ""
        let text = field.isRequired ? field.label : "\(field.label) (optional)"
        let hint = field.hint.map { Hint(text: .text($0)) }
        let error = errors.message(name)
        let legend = Fieldset(legend: .init(text: .text(text), classes: "govuk-fieldset__legend--s"))
        switch field.kind {
        case .line:
            return Input(
                name: name, label: Label(text: .text(text)), hint: hint, errorMessage: error, value: value,
                autocomplete: "off"
            ).html
        case .text:
            return Textarea(
                name: name, label: Label(text: .text(text)), hint: hint, errorMessage: error, value: value, rows: 4,
                checksSpelling: true, autocomplete: "off"
            ).html
        case .number, .pence:
            let shown = field.kind == .pence && sent == nil ? Int(value).map(AnswerControls.pounds) ?? "" : value
            return Input(
                name: name, label: Label(text: .text(text)), hint: hint, errorMessage: error, value: shown,
                inputMode: "decimal", autocomplete: "off", classes: "govuk-input--width-10"
            ).html
        case .time:
            return Input(
                name: name, label: Label(text: .text(text)),
                hint: hint ?? Hint(text: "For example, 14:30 or 2:30pm"), errorMessage: error, value: value,
                autocomplete: "off", classes: "govuk-input--width-5"
            ).html
        case .date: return DayControl(name, sent, initial: value).html(text, hint: field.hint, error)
        case .yesNo:
            return Radios(
                name: name,
                items: [.item(.init(value: "yes", text: "Yes")), .item(.init(value: "no", text: "No"))], value: value,
                fieldset: legend, hint: hint, errorMessage: error, classes: "govuk-radios--inline"
            ).html
        case .choice:
            return choice(field, name, field.choices.map { ($0.code, $0.text) }, value, text, hint, error)
        case .choices:
            return Checkboxes(
                name: name, items: field.choices.map { .item(.init(value: $0.code, text: .text($0.text))) },
                values: values, fieldset: legend, hint: hint, errorMessage: error, classes: "govuk-checkboxes--small"
            ).html
        case .party(let roles):
            let found = parties.filter { roles.isEmpty || roles.contains($0.role) }.map { ($0.person, $0.name) }
            return choice(field, name, found, value, text, hint, error)
        case .agency:
            return choice(field, name, agencies.map { ($0.code, $0.name) }, value, text, hint, error)
        case .organisation:
            return choice(field, name, organisations.map { ($0.code, $0.name) }, value, text, hint, error)
        }
    }

    /// A few answers are shown at once; of many, one is picked from a list.
    private func choice(
        _ field: FormField, _ name: String, _ choices: [(code: String, text: String)], _ value: String, _ text: String,
        _ hint: Hint?, _ error: ErrorMessage?
    ) -> Html {
        if choices.count <= 7, !choices.isEmpty {
            return Radios(
                name: name, items: choices.map { .item(.init(value: $0.code, text: .text($0.text))) }, value: value,
                fieldset: Fieldset(legend: .init(text: .text(text), classes: "govuk-fieldset__legend--s")), hint: hint,
                errorMessage: error, classes: "govuk-radios--small"
            ).html
        }
        return Select(
            name: name, label: Label(text: .text(text)),
            items: [.init(value: "", text: "Choose")] + choices.map { .init(value: $0.code, text: $0.text) },
            value: value, hint: hint, errorMessage: error
        ).html
    }

    /// "12.50".
    static func pounds(_ pence: Int) -> String {
        let rest = pence % 100
        return "\(pence / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
