internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

/// Finding a person for a part in a case, or recording them: the search comes first, so that nobody is recorded twice.
struct PartyPicker {
    /// What came of it.
    enum Choice {
        /// This person, found or recorded.
        case person(ID<Person>)
        /// These may be the same: someone must look.
        case matches([PersonItem])
        /// Nothing was entered.
        case nothing
        /// What was entered cannot be kept.
        case problems([FormError])
    }

    let role: PartyRole
    let sent: FormFields
    private var prefix: String { "party-\(role.code)" }

    /// Someone who was recorded before and was chosen; nil for whoever is new.
    var chosen: ID<Person>? { sent[prefix].flatMap { ID($0) } }

    /// The person chosen, recorded when they are new.
    func choose(_ visit: Visit, on occasion: Occasion, in connection: Connection) throws -> Choice {
        if let chosen { return .person(chosen) }
        var details = PersonDetails()
        details[.givenName] = sent["\(prefix)-given"]
        details[.familyName] = sent["\(prefix)-family"]
        let year = (sent["\(prefix)-year"] ?? "").trimmed
        if details.name.isEmpty && year.isEmpty { return .nothing }
        if !year.isEmpty {
            guard year.utf8.count == 4, let number = Int(year) else {
                return .problems([
                    FormError("\(prefix)-year", "Enter the year of birth with four figures, or leave it empty")
                ])
            }
            details.birth = .year(number)
        }
        let result = try visit.people.create(
            NewPerson(details, side: role.side), isChecked: sent[prefix] == "new", on: occasion, in: connection)
        switch result {
        case .success(let id): return .person(id)
        case .failure(.possibleMatches(let items)): return .matches(items)
        case .failure(.problems(let problems)):
            return .problems(
                problems.map { problem in
                    problem == .birth
                        ? FormError("\(prefix)-year", "Enter a year of birth that is not in the future")
                        : FormError(prefix, "Enter a name")
                })
        case .failure(.register(.denied(let reason))): throw visit.ended(reason)
        case .failure: throw Refusal.notFound
        }
    }

    /// The controls, with the people who may be the same.
    func html(_ matches: [PersonItem], chosen: PersonItem?, _ errors: [FormError]) -> Html {
        if let chosen {
            return """
                \(HiddenField(name: prefix, value: chosen.id.text))
                <p class="govuk-body"><strong>\(role.name):</strong> \(chosen.name ?? "")</p>
                """
        }
        let choice = Radios(
            name: prefix,
            items: matches.map { match in
                let born = match.birth.map { "Born \($0.inWords)" }
                return .item(
                    .init(value: match.id.text, text: .text(match.name ?? ""), hint: born.map { Hint(text: .text($0)) })
                )
            } + [.item(.init(value: "new", text: "None of these: record them anew"))],
            value: sent[prefix],
            fieldset: Fieldset(legend: .init(text: "Is it one of these?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message(prefix), classes: "govuk-radios--small")
        let first = matches.isEmpty ? prefix : "\(prefix)-given"
        return """
            <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">\(role.name)</legend>
            \(if: !matches.isEmpty, choice.html)
            \(Input(
                name: "\(prefix)-given", id: first, label: "Given name", errorMessage: matches.isEmpty ? errors.message(prefix) : nil,
                value: sent["\(prefix)-given"] ?? "", autocomplete: "off", checksSpelling: false))
            \(Input(
                name: "\(prefix)-family", label: "Family name", value: sent["\(prefix)-family"] ?? "", autocomplete: "off",
                checksSpelling: false))
            \(Input(
                name: "\(prefix)-year", label: "Year of birth (optional)", errorMessage: errors.message("\(prefix)-year"),
                value: sent["\(prefix)-year"] ?? "", inputMode: "numeric", autocomplete: "off",
                classes: "govuk-input--width-4"))
            </fieldset>
            """
    }
}
