internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// A form of a review as a page shows it: what was typed comes back as it was, with what is wrong beside it. What the
/// module decides is not asked, and what belongs together is picked from the review rather than typed.
struct ReviewForm {
    let form: CaseForm
    let open: OpenReview?
    let visit: Visit
    var sent: FormFields?
    /// The step that it goes with.
    var move: CaseReviewMove?
    /// The entry that is corrected; nil for a new one.
    var old: CaseEntry?

    /// What the ids of its questions begin with.
    var prefix: String { form.code.text }

    /// The questions that are asked.
    private var fields: [FormField] {
        form.fields.filter { field in
            switch (form.code.text, field.code) {
            case ("threshold", "counted"), ("review-meeting", "independent"), ("complaint", "source"): false
            case ("threshold", "decision"): move != .met
            default: true
            }
        }
    }

    // MARK: - What was sent

    /// What was sent, with what is wrong of its answers. What the module fills in is no problem of the visitor's.
    func entry() -> (entry: NewEntry, problems: [FormError]) {
        var given = FormAnswers()
        // What is not asked stays as it was.
        for field in form.fields {
            given[field.code] =
                fields.contains { $0.code == field.code } ? typed(field) : old?.answers[field.code] ?? []
        }
        if form.code.text == "threshold" {
            given["counted"] = [String(open?.record.keptCount?.count ?? 0)]
            if move == .met { given["decision"] = ["met"] }
        }
        if form.code.text == "review-meeting" {
            let body = given["chair-agency"].first.flatMap { Code<Agency>($0) }
            given["independent"] = [open?.record.isIndependent(chairFrom: body) == false ? "no" : "yes"]
        }
        let (answers, problems) = form.answers { given[$0.code] }
        var entry = NewEntry(form.code, answers)
        entry.happenedOn = day("happened-on").date
        entry.evidence = old?.evidence ?? (form.isEvidence ? .fact : nil)
        entry.source = old?.source ?? (form.isEvidence ? "The review" : nil)
        entry.supersedes = old?.id
        return (entry, problems.map { FormError("\(prefix)-\($0.field)", $0.says) })
    }

    private func typed(_ field: FormField) -> [String] {
        let name = "\(prefix)-\(field.code)"
        guard let sent else { return initial(field) }
        return field.kind == .date ? day(field.code).typed : sent.all(name).filter { !$0.isEmpty }
    }

    /// What a question begins with.
    private func initial(_ field: FormField) -> [String] {
        if let old {
            let isNamed = field.kind == .line && (field.code == "which" || field.code == "same-incident")
            return old.answers[field.code].map { isNamed ? open?.record.identity($0) ?? $0 : $0 }
        }
        switch (form.code.text, field.code) {
        case (_, "which"), (_, "body"), (_, "to"):
            return visit.request.query[field.code].map { [$0] } ?? []
        case ("threshold", "told"), ("closing", "told"): return [visit.now.ukDate.description]
        case ("acknowledgement", "contact-person"):
            return open.map { [$0.name($0.view.facts.owner)] } ?? []
        case ("complaint", "by"): return ["victim"]
        case ("record-request", "what"):
            return ["Every report of the victim that you hold, what you did about each and when, and your view"]
        case ("threshold", "reason"):
            return open?.record.keptCount.map { [$0.summary] } ?? []
        case ("closing", "outcome"): return move == .withdraw ? ["withdrawn"] : []
        default: return []
        }
    }

    private func day(_ code: String) -> ReviewDay {
        if let happened = old?.happenedOn, code == "happened-on" {
            return ReviewDay("\(prefix)-\(code)", sent, initial: happened.description)
        }
        let first = code == "happened-on" ? visit.now.ukDate.description : initialDay(code)
        return ReviewDay("\(prefix)-\(code)", sent, initial: form.code.text == "complaint" ? initialDay(code) : first)
    }

    private func initialDay(_ code: String) -> String {
        form.field(code).flatMap { initial($0).first } ?? ""
    }

    /// What an entry says.
    func summary(of entry: CaseEntry) -> SummaryList {
        var rows: [SummaryList.Row] = []
        if let day = entry.happenedOn { rows.append(.init(key: "When", value: .text(day.inWords))) }
        for field in form.fields where !entry.answers[field.code].isEmpty {
            let words = entry.answers[field.code].map { said($0, field, entry) }.joined(separator: ", ")
            rows.append(.init(key: .text(field.label), value: .html(ReviewPlace.lines(words))))
        }
        return SummaryList(rows: rows)
    }

    private func said(_ answer: String, _ field: FormField, _ entry: CaseEntry) -> String {
        switch field.kind {
        case .date: LocalDate(answer)?.inWords ?? answer
        case .yesNo: answer == "yes" ? "Yes" : "No"
        case .choice, .choices: field.choices.first { $0.code == answer }?.text ?? answer
        case .party: ID<Person>(answer).flatMap { open?.name($0) } ?? answer
        case .agency: Code<Agency>(answer).map { visit.bodyName($0, entry) } ?? answer
        case .line, .text, .number, .pence, .organisation, .time: answer
        }
    }

    // MARK: - Controls

    /// The controls.
    func html(_ errors: [FormError]) -> Html {
        let when =
            switch form.code.text {
            case "complaint": "On which day did it happen, or begin?"
            case "application": "On which day did it come in?"
            default: "When?"
            }
        return """
            \(if: form.happens, day("happened-on").html(when, hint: nil, errors.message("\(prefix)-happened-on")))
            \(each: fields, { control($0, errors) })
            """
    }

    private func control(_ field: FormField, _ errors: [FormError]) -> Html {
        let name = "\(prefix)-\(field.code)"
        let text = field.isRequired ? field.label : "\(field.label) (optional)"
        let hint = field.hint.map { Hint(text: .text($0)) }
        let error = errors.message(name)
        let value = typed(field).first ?? ""
        if let picked = picked(field) {
            return choice(name, picked, value, text, field.code == "same-incident" ? nil : hint, error)
        }
        switch field.kind {
        case .line, .party, .agency, .pence, .organisation, .time:
            return Input(
                name: name, label: Label(text: .text(text)), hint: hint, errorMessage: error, value: value,
                autocomplete: "off"
            ).html
        case .text:
            return Textarea(
                name: name, label: Label(text: .text(text)), hint: hint, errorMessage: error, value: value, rows: 4,
                checksSpelling: true, autocomplete: "off"
            ).html
        case .number:
            return Input(
                name: name, label: Label(text: .text(text)), hint: hint, errorMessage: error, value: value,
                inputMode: "numeric", autocomplete: "off", classes: "govuk-input--width-4"
            ).html
        case .date: return day(field.code).html(text, hint: field.hint, error)
        case .yesNo:
            return choice(name, [("yes", "Yes"), ("no", "No")], value, text, hint, error)
        case .choice:
            return choice(name, field.choices.map { ($0.code, $0.text) }, value, text, hint, error)
        case .choices:
            return Checkboxes(
                name: name, items: field.choices.map { .item(.init(value: $0.code, text: .text($0.text))) },
                values: typed(field),
                fieldset: Fieldset(legend: .init(text: .text(text), classes: "govuk-fieldset__legend--s")), hint: hint,
                errorMessage: error, classes: "govuk-checkboxes--small"
            ).html
        }
    }

    /// What can be picked for a question, where it is picked from what there is; nil where it is typed.
    private func picked(_ field: FormField) -> [(String, String)]? {
        switch (field.kind, field.code) {
        case (.agency, _):
            let bodies = visit.site.partnership.agencies.map { ($0.code.text, $0.name) }
            let isOpen = form.code.text == "complaint" || form.code.text == "recommendation"
            let outside = [("other-body", "Another body")]
            return field.code == "chair-agency"
                ? [("", "From none of these")] + bodies : bodies + (isOpen ? outside : [])
        case (.party, _):
            let victim = form.code.text == "complaint" ? open?.record.victim?.text : nil
            let people = open.map { open in
                open.view.parties.filter { $0.until == nil && $0.person.text != victim && open.sees($0.person) }
            }
            return [("", "Nobody who is named here")]
                + (people ?? []).map { ($0.person.text, open?.name($0.person) ?? "") }
        case (.line, "which"):
            return open?.record.recommendations.map {
                ($0.id.text, "\(visit.bodyName($0.body)): \($0.text.prefix(100))")
            }
        case (.line, "same-incident"):
            guard let written = open?.record.complaints, !written.isEmpty else { return nil }
            return [("", "No, it is another")]
                + written.filter { $0.entry.id != old?.id }.map { item in
                    let day = item.entry.happenedOn?.inWords ?? "an unknown day"
                    let body = item.entry.answers["to"].first.flatMap { Code<Agency>($0) }
                    let to = body.map { visit.bodyName($0, item.entry) } ?? "somebody"
                    return (
                        open?.record.identity(item.entry.id.text) ?? item.entry.id.text,
                        "The one of \(day), told to \(to)"
                    )
                }
        case (.choice, "decision") where form.code.text == "threshold":
            return field.choices.filter { $0.code != "met" }.map { ($0.code, $0.text) }
        case (.choice, "outcome") where form.code.text == "closing":
            return field.choices.filter { closes($0.code) }.map { ($0.code, $0.text) }
        default: return nil
        }
    }

    /// Whether an outcome goes with the step by which it ends.
    private func closes(_ outcome: String) -> Bool {
        switch move {
        case .invalidate: outcome.hasPrefix("invalid")
        case .withdraw: outcome == "withdrawn"
        case .closeNotMet: outcome == "not-met"
        case .close: outcome.hasPrefix("reviewed")
        case .appealEnds: outcome == "not-met" || outcome.hasPrefix("invalid")
        default: true
        }
    }

    /// A few answers are shown at once; of many, one is picked from a list.
    private func choice(
        _ name: String, _ choices: [(String, String)], _ value: String, _ text: String, _ hint: Hint?,
        _ error: ErrorMessage?
    ) -> Html {
        if choices.count <= 7, !choices.isEmpty {
            return Radios(
                name: name, items: choices.map { .item(.init(value: $0.0, text: .text($0.1))) }, value: value,
                fieldset: Fieldset(legend: .init(text: .text(text), classes: "govuk-fieldset__legend--s")), hint: hint,
                errorMessage: error, classes: choices.count == 2 ? "govuk-radios--inline" : "govuk-radios--small"
            ).html
        }
        let items = choices.map { Select.Item(value: $0.0, text: $0.1) }
        let hasEmpty = choices.contains { $0.0.isEmpty }
        return Select(
            name: name, label: Label(text: .text(text)),
            items: hasEmpty ? items : [.init(value: "", text: "Choose")] + items, value: value, hint: hint,
            errorMessage: error
        ).html
    }
}

/// A day in three boxes.
struct ReviewDay {
    private let name: String
    private let parts: [(part: String, value: String, width: String)]

    init(_ name: String, _ sent: FormFields?, initial: String = "") {
        self.name = name
        let known = LocalDate(initial).map { date -> [String] in
            let (y, m, d) = date.civil
            return [String(d), String(m), String(y)]
        }
        let widths = [("day", "2"), ("month", "2"), ("year", "4")]
        parts = widths.enumerated().map { i, part in
            let value = sent.map { String(($0["\(name)-\(part.0)"] ?? "").trimmed.prefix(4)) }
            return (part.0, value ?? known?[i] ?? "", part.1)
        }
    }

    /// What was typed, as an answer: nothing, a day such as 2026-03-31, or a text that is none.
    var typed: [String] {
        if parts.allSatisfy(\.value.isEmpty) { return [] }
        return [date?.description ?? parts.reversed().map(\.value).joined(separator: "-")]
    }

    /// The day, or nil when there is none such.
    var date: LocalDate? {
        let numbers = parts.compactMap { Int($0.value) }
        guard numbers.count == 3, parts[2].value.utf8.count == 4 else { return nil }
        return LocalDate(year: numbers[2], month: numbers[1], day: numbers[0])
    }

    func html(_ legend: String, hint: String?, _ error: ErrorMessage?) -> Html {
        let items = parts.map { part, value, width in
            // The first box has the id of the question, to which the summary of errors leads.
            DateInput.Item(
                name: part, id: part == "day" ? name : "\(name)-\(part)", value: value.isEmpty ? nil : value,
                autocomplete: "off", classes: "govuk-input--width-\(width)")
        }
        return DateInput(
            id: "\(name)-group", namePrefix: name, items: items,
            fieldset: Fieldset(legend: .init(text: .text(legend), classes: "govuk-fieldset__legend--s")),
            hint: Hint(text: .text(hint ?? "For example, 27 3 2026")), errorMessage: error
        ).html
    }
}
