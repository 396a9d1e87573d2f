internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// The fields of a person in a form, with what was typed and what is wrong.
struct PersonForm {
    /// The fields that the form has.
    let fields: [PersonField]
    /// What was typed.
    var texts: [PersonField: String] = [:]
    var day = ""
    var month = ""
    var year = ""
    var isGuess = false
    var errors: [FormError] = []

    /// A form that shows this.
    init(_ details: PersonDetails, fields: [PersonField]) {
        self.fields = fields
        for field in fields { texts[field] = details[field] ?? "" }
        guard let birth = details.birth else { return }
        year = String(birth.year)
        switch birth {
        case .day(let date): (day, month) = (String(date.civil.day), String(date.civil.month))
        case .year: break
        case .about: isGuess = true
        }
    }

    /// A form that was sent.
    init(sent: FormFields, fields: [PersonField]) {
        self.fields = fields
        for field in fields { texts[field] = sent[field.rawValue] ?? "" }
        func part(_ name: String) -> String { String((sent[name] ?? "").filter { !$0.isWhitespace }.prefix(4)) }
        (day, month, year) = (part("birth-day"), part("birth-month"), part("birth-year"))
        isGuess = sent["birth-guess"] == "yes"
    }

    /// The details as typed; notes what cannot be read.
    mutating func details() -> PersonDetails {
        var details = PersonDetails()
        for field in fields where field != .birth { details[field] = texts[field] }
        if fields.contains(.birth) { details.birth = birth() }
        return details
    }

    private mutating func birth() -> Birth? {
        if day.isEmpty && month.isEmpty && year.isEmpty { return nil }
        let isWhole = !day.isEmpty && !month.isEmpty
        if year.utf8.count == 4, let number = Int(year) {
            if isWhole, let d = Int(day), let m = Int(month), let date = LocalDate(year: number, month: m, day: d) {
                return .day(date)
            }
            if day.isEmpty && month.isEmpty { return isGuess ? .about(number) : .year(number) }
        }
        add(.birth, "Date of birth must be a real date, or a year with four figures alone")
        return nil
    }

    mutating func add(_ field: PersonField, _ text: String) {
        errors.append(FormError(field == .birth ? "birth-day" : field.rawValue, text))
    }

    mutating func add(_ problems: [PersonProblem]) {
        for problem in problems { add(problem.message.field, problem.message.text) }
    }

    mutating func add(_ refusal: RegisterRefusal) {
        errors.append(FormError(fields.first?.rawValue ?? "given-name", refusal.fault.inForm))
    }

    /// The controls.
    var controls: Html { "\(each: fields, { control($0) })" }

    private func control(_ field: PersonField) -> Html {
        let text = texts[field] ?? ""
        let hint = field.hint.map { Hint(text: .text($0)) }
        let error = errors.message(field.rawValue)
        if field == .birth { return birthControls }
        if field.isLong {
            return Textarea(
                name: field.rawValue, label: Label(text: .text(field.label)), hint: hint, errorMessage: error,
                value: text, rows: field == .address ? 4 : 3, autocomplete: "off"
            ).html
        }
        let type = field == .phone ? "tel" : field == .email ? "email" : "text"
        return Input(
            name: field.rawValue, label: Label(text: .text(field.label)), hint: hint, errorMessage: error, value: text,
            type: type, autocomplete: "off", checksSpelling: false,
            classes: field == .phone ? "govuk-input--width-20" : ""
        ).html
    }

    private var birthControls: Html {
        let items = [("day", day, "2"), ("month", month, "2"), ("year", year, "4")].map { name, value, width in
            DateInput.Item(
                name: name, id: "birth-\(name)", value: value.isEmpty ? nil : value, autocomplete: "off",
                classes: "govuk-input--width-\(width)")
        }
        let date = DateInput(
            id: "birth", namePrefix: "birth", items: items,
            fieldset: Fieldset(legend: .init(text: .text(PersonField.birth.label))),
            hint: "For example, 27 3 1984. If only the year is known, leave the day and the month empty.",
            errorMessage: errors.message("birth-day"))
        let guess = Checkboxes(
            name: "birth-guess", items: [.item(.init(value: "yes", text: "The year is a guess", isChecked: isGuess))],
            fieldset: nil,
            classes: "govuk-checkboxes--small")
        return "\(date)\(guess)"
    }
}
