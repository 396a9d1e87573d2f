internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Rules
internal import Site
internal import Storage

/// The form of a term: its words, and the parts that can be compared with other orders.
struct TermForm {
    let type: OrderType
    let sent: FormFields

    /// Whether anything was written.
    var isEmpty: Bool { text.isEmpty }
    private var text: String { String((sent["term-text"] ?? "").trimmed.prefix(4000)) }
    private var place: String { String((sent["term-place"] ?? "").singleSpaced.prefix(300)) }
    private var picker: SubjectPicker {
        SubjectPicker(prefix: "term-person", title: "With whom? (optional)", sent: sent, mayRecord: false)
    }

    /// The term, or what is wrong. The person with whom there must be no contact is looked for among those recorded.
    func term(
        _ visit: Visit, on occasion: Occasion, in connection: Connection
    ) throws -> (term: OrderTerm?, errors: [FormError], matches: [PersonItem]) {
        var errors: [FormError] = []
        var matches: [PersonItem] = []
        if text.isEmpty { errors.append(FormError("term-text", "Enter the words of the term")) }
        let sort = sent["term-sort"].flatMap(OrderTerm.Sort.init)
        if sort == nil { errors.append(FormError("term-sort", "Choose whether it forbids or requires something")) }
        let kind = sent["term-kind"].flatMap(OrderTermPart.Kind.init)
        var part: OrderTermPart?
        if let kind, kind != .other {
            var person: ID<Registered>?
            switch try picker.choose(visit, on: occasion, in: connection) {
            case .person(let id, _, _): person = ID(id)
            case .matches(let found):
                matches = found
                errors.append(FormError("term-person", "Look whether it is one of these people"))
            case .nothing, .problems: person = nil
            }
            if kind != .nonContact, place.isEmpty {
                errors.append(FormError("term-place", "Enter the place or area, so that it can be compared"))
            }
            let within = (sent["term-within"] ?? "").split(separator: ",").map { String($0).singleSpaced }
            let found = place.isEmpty ? nil : OrderPlace(place, within: Set(within.filter { !$0.isEmpty }))
            let (hours, wrong) = hours()
            errors += wrong
            part = OrderTermPart(kind, place: found, person: person, hours: hours)
        }
        guard errors.isEmpty, let sort else { return (nil, errors, matches) }
        let supervisor = (sent["term-supervisor"] ?? "").singleSpaced
        return (OrderTerm(sort, text, supervisor: supervisor.isEmpty ? nil : supervisor, part: part), [], [])
    }

    private func hours() -> ([WeeklyHours], [FormError]) {
        let days = Set(sent.all("term-days").compactMap { Int($0) })
        let (from, until) = ((sent["term-from"] ?? "").trimmed, (sent["term-until"] ?? "").trimmed)
        if days.isEmpty && from.isEmpty && until.isEmpty { return ([], []) }
        guard let start = DayTime.minute(from), let end = DayTime.minute(until) else {
            return (
                [], [FormError("term-from", "Enter both times, such as 19:00 and 07:00, or leave days and times empty")]
            )
        }
        guard let hours = WeeklyHours(days: days.isEmpty ? Set(0...6) : days, from: start % 1440, until: end) else {
            return ([], [FormError("term-from", "Enter times of the day, such as 19:00 and 07:00")])
        }
        return ([hours], [])
    }

    /// The controls.
    func html(_ errors: [FormError], matches: [PersonItem], isOptional: Bool) -> Html {
        let sorts = Radios(
            name: "term-sort",
            items: [
                .item(.init(value: "prohibition", text: "It forbids something")),
                .item(.init(value: "requirement", text: "It requires something")),
            ], value: sent["term-sort"],
            fieldset: Fieldset(legend: .init(text: "What does it do?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message("term-sort"), classes: "govuk-radios--small")
        let kinds = Select(
            name: "term-kind", label: "What kind of term is it?",
            items: OrderTermPart.Kind.allCases.map { .init(value: $0.rawValue, text: OrderTermsView.kind($0)) },
            value: sent["term-kind"] ?? "other",
            hint: "Places, hours and people are compared with the subject’s other orders.")
        let isOpen =
            !matches.isEmpty || errors.contains { ["term-place", "term-from", "term-person"].contains($0.field) }
        return """
            \(Textarea(
                name: "term-text", label: Label(text: .text(isOptional ? "Words of the first term (optional)" : "Words of the term")),
                errorMessage: errors.message("term-text"), value: sent["term-text"] ?? "", rows: 3, checksSpelling: true,
                autocomplete: "off"))
            \(sorts)
            \(Input(
                name: "term-supervisor", label: Label(text: .text(type.needsSupervisors ? "Who supervises what is required?" : "Who supervises what is required? (optional)")),
                hint: type.needsSupervisors ? "This type of order names someone for every requirement." : nil,
                value: sent["term-supervisor"] ?? "", autocomplete: "off"))
            \(kinds)
            \(Details(summary: "Place, hours and person", content: .html(details(errors, matches)), isOpen: isOpen || !place.isEmpty))
            """
    }

    private func details(_ errors: [FormError], _ matches: [PersonItem]) -> Html {
        let chosen = Set(sent.all("term-days"))
        let days = Checkboxes(
            name: "term-days",
            items: weekdayNames.enumerated().map { day, name in
                .item(.init(value: String(day), text: .text(name), isChecked: chosen.contains(String(day))))
            },
            fieldset: Fieldset(
                legend: .init(text: "On which days? (every day if none)", classes: "govuk-fieldset__legend--s")),
            classes: "govuk-checkboxes--small")
        return """
            \(Input(
                name: "term-place", label: "Place or area", errorMessage: errors.message("term-place"),
                value: sent["term-place"] ?? "", autocomplete: "off"))
            \(Input(
                name: "term-within", label: "In which areas does it lie? (optional)",
                hint: "Names of areas that orders use, with commas: Mill Estate, town centre",
                value: sent["term-within"] ?? "", autocomplete: "off"))
            \(days)
            \(Input(
                name: "term-from", label: "From (optional)", errorMessage: errors.message("term-from"),
                value: sent["term-from"] ?? "", autocomplete: "off", classes: "govuk-input--width-5"))
            \(Input(
                name: "term-until", label: "Until (optional)", hint: "On the next day where it is not later",
                value: sent["term-until"] ?? "", autocomplete: "off", classes: "govuk-input--width-5"))
            \(picker.html(matches, chosen: nil, errors))
            """
    }
}
