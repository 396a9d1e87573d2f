internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Finding the other person of a relation, a household or a merge: a name is looked for, then one of those found is chosen.
struct PersonPicker {
    /// What was looked for.
    let words: String
    /// Who was chosen.
    let chosen: ID<Person>?
    private let found: [PersonItem]

    /// Looks for the people whom the form names.
    /// - Parameter subject: the person whose page it is, who is never among those found.
    init(_ visit: Visit, but subject: ID<Person>) throws {
        let sent = visit.request.form
        words = String((sent["q"] ?? "").prefix(200)).trimmed
        chosen = sent["other"].flatMap { ID<Person>($0) }
        guard !words.isEmpty || chosen != nil else {
            found = []
            return
        }
        let occasion = try visit.occasion()
        let (text, id) = (words, chosen)
        let items = try visit.write { connection -> [PersonItem] in
            if text.isEmpty, let id { return try visit.people.items([id], on: occasion, in: connection) }
            return try visit.people.search(text, limit: 20, on: occasion, in: connection).items
        }
        found = items.filter { $0.id != subject }
    }

    /// The person chosen, when it is one of those found.
    var item: PersonItem? { found.first { $0.id == chosen } }

    /// Whether there is someone to choose.
    var hasFound: Bool { !found.isEmpty }

    /// The box to look for someone, as a form of its own.
    func search(_ action: String, _ visit: Visit, _ errors: [FormError]) -> Html {
        visit.form(
            action,
            """
            \(Input(
                name: "q", label: "Look for the other person by name",
                hint: "They must be recorded already. Names that sound alike are found.",
                errorMessage: errors.message("q"), value: words, type: "search", autocomplete: "off",
                checksSpelling: false, classes: "govuk-!-width-two-thirds"))
            \(Button(text: "Look for them", classes: "govuk-button--secondary"))
            \(if: !words.isEmpty && found.isEmpty, "<p class=\"govuk-body\">Nobody was found.</p>")
            """)
    }

    /// The choice among those found.
    func choice(_ errors: [FormError]) -> Html {
        let radios = Radios(
            name: "other",
            items: found.map { item in
                let born = item.birth.map { "Born \($0.inWords)" } ?? "Date of birth not known"
                return .item(
                    .init(value: item.id.text, text: .text(item.name ?? ""), hint: Hint(text: .text(born))))
            }, value: chosen?.text ?? (found.count == 1 ? found.first?.id.text : nil),
            fieldset: Fieldset(legend: .init(text: "Who is it?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message("other"), classes: "govuk-radios--small")
        return "\(HiddenField(name: "q", value: words))\(radios)"
    }
}
