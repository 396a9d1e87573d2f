internal import Casework
internal import DesignSystem
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The questions of a letter as a page shows them.
struct LetterControls {
    private let template: LetterTemplate
    private let people: [LetterAddressee]
    private let open: OpenCase
    private let sent: FormFields?

    init(_ template: LetterTemplate, _ people: [LetterAddressee], _ open: OpenCase, sent: FormFields?) {
        self.template = template
        self.people = people
        self.open = open
        self.sent = sent
    }

    private static let own: Set<String> = ["party", "delivery", "why-safe", "large"]

    /// The id of a question on the page.
    static func id(_ field: String) -> String { own.contains(field) ? field : "letter-\(field)" }

    /// What was sent; nil when nobody was chosen.
    static func draft(_ template: LetterTemplate, _ sent: FormFields) -> LetterDraft? {
        guard let party = sent["party"].flatMap({ ID<CaseParty>($0) }) else { return nil }
        var draft = LetterDraft(template.code, to: party)
        draft.delivery = sent["delivery"].flatMap { LetterDraft.Delivery(rawValue: $0) } ?? .post
        draft.whySafe = sent["why-safe"] ?? ""
        draft.isLarge = sent["large"] == "yes"
        for field in template.fields + (template.free.map { [$0] } ?? []) {
            let name = id(field.code)
            draft.answers[field.code] =
                field.kind == .date ? DayControl(name, sent).typed.first ?? "" : sent[name] ?? ""
        }
        return draft
    }

    /// The controls.
    func html(_ errors: [FormError]) -> Html {
        let parties = people.map { person in
            let role = open.view.type.party(person.party.role)?.name ?? person.party.role.text
            let known = [
                role, person.safeContact.map { "Reaching them safely: \($0)" }, person.needs.map { "Needs: \($0)" },
            ]
            let hints = known.compactMap { $0 }.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
            return Radios.Entry.item(
                .init(
                    value: person.party.id.text, text: .text(person.name),
                    hint: Hint(text: .text(hints.joined(separator: ". ")))))
        }
        let party = Radios(
            name: "party", items: parties, value: sent?["party"] ?? (people.count == 1 ? people[0].party.id.text : ""),
            fieldset: Fieldset(legend: .init(text: "Whom does it go to?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message("party"), classes: "govuk-radios--small")
        let delivery = Radios(
            name: "delivery",
            items: [
                .item(
                    .init(
                        value: "post", text: "By post",
                        hint: Hint(text: "To the address on record, when it may be written to"))),
                .item(
                    .init(
                        value: "hand", text: "Handed over in person", hint: Hint(text: "No address stands on it"))),
            ], value: sent?["delivery"] ?? "post",
            fieldset: Fieldset(legend: .init(text: "How does it get there?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message("delivery"), classes: "govuk-radios--small")
        let asksWhy = people.contains(where: \.asksWhy)
        let why = Textarea(
            name: "why-safe", label: "Why is a letter safe for them?",
            hint: "For a letter by post. Ask them, and write what they said. It is kept with the letter.",
            errorMessage: errors.message("why-safe"), value: sent?["why-safe"] ?? "", rows: 2, checksSpelling: true)
        return """
            \(party)
            \(delivery)
            \(if: asksWhy, why.html)
            \(each: template.fields + (template.free.map { [$0] } ?? []), { control($0, errors) })
            \(Checkboxes(
                name: "large",
                items: [.item(.init(value: "yes", text: "Print it large", isChecked: sent?["large"] == "yes"))],
                fieldset: nil, classes: "govuk-checkboxes--small"))
            \(Button(text: "Look at the letter", preventsDoubleClick: true))
            """
    }

    private func control(_ field: LetterTemplate.Field, _ errors: [FormError]) -> Html {
        let name = LetterControls.id(field.code)
        let label = field.isRequired ? field.label : "\(field.label) (optional)"
        let hint = field.hint.map { Hint(text: .text($0)) }
        switch field.kind {
        case .line:
            return Input(
                name: name, label: Label(text: .text(label)), hint: hint, errorMessage: errors.message(name),
                value: sent?[name] ?? "", autocomplete: "off"
            ).html
        case .text:
            return Textarea(
                name: name, label: Label(text: .text(label)), hint: hint, errorMessage: errors.message(name),
                value: sent?[name] ?? "", rows: 4, checksSpelling: true, autocomplete: "off"
            ).html
        case .date: return DayControl(name, sent).html(label, hint: field.hint, errors.message(name))
        }
    }
}
