internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

/// Finding the person of an order, or recording them: the search comes first, so that nobody is recorded twice.
struct SubjectPicker {
    /// What came of it.
    enum Choice {
        /// This person, found or recorded, with their name and day of birth as far as it is known.
        case person(ID<Person>, name: String, born: LocalDate?)
        /// These may be the same: someone must look.
        case matches([PersonItem])
        /// Nothing was entered.
        case nothing
        /// What was entered cannot be kept.
        case problems([FormError])
    }

    let prefix: String
    let title: String
    let sent: FormFields
    /// Whether someone new may be recorded.
    var mayRecord = true

    private var born: MomentControl { MomentControl("\(prefix)-born", .day, sent.isEmpty ? nil : sent) }

    /// The person chosen, recorded when they are new.
    func choose(_ visit: Visit, on occasion: Occasion, in connection: Connection) throws -> Choice {
        let day = born.date
        if !born.isEmpty, day == nil {
            return .problems([FormError("\(prefix)-born", "Enter a real day of birth, such as 27 3 2003")])
        }
        let chosen = sent[prefix] ?? ""
        if let id = ID<Person>(chosen) { return try known(id, day, visit, on: occasion, in: connection) }
        var details = PersonDetails()
        details[.givenName] = sent["\(prefix)-given"]
        details[.familyName] = sent["\(prefix)-family"]
        details.birth = day.map { .day($0) }
        if details.name.isEmpty { return .nothing }
        guard mayRecord else {
            let found = try visit.people.matches(details, on: occasion, in: connection)
            return chosen == "new" || found.isEmpty ? .nothing : .matches(found)
        }
        let result = try visit.people.create(
            NewPerson(details, team: occasion.actor.teams.min()), isChecked: chosen == "new", on: occasion,
            in: connection)
        switch result {
        case .success(let id): return .person(id, name: details.name, born: day)
        case .failure(.possibleMatches(let items)): return .matches(items)
        case .failure(.problems):
            return .problems([
                FormError("\(prefix)-given", "Enter a name, and a day of birth that is not in the future")
            ])
        case .failure(.register(.denied(let reason))): throw visit.ended(reason)
        case .failure: throw Refusal.notFound
        }
    }

    private func known(
        _ id: ID<Person>, _ day: LocalDate?, _ visit: Visit, on occasion: Occasion, in connection: Connection
    ) throws -> Choice {
        // Whoever may not see a person is not told that there is one.
        guard let item = try visit.people.items([id], on: occasion, in: connection).first, let name = item.name else {
            throw Refusal.notFound
        }
        var known: LocalDate?
        if case .day(let birthday)? = item.birth { known = birthday }
        return .person(id, name: name, born: known ?? day)
    }

    /// The controls, with the people who may be the same.
    func html(_ matches: [PersonItem], chosen: PersonItem?, _ errors: [FormError]) -> Html {
        if let chosen {
            let isBornKnown: Bool = if case .day? = chosen.birth { true } else { false }
            return """
                \(HiddenField(name: prefix, value: chosen.id.text))
                <p class="govuk-body"><strong>\(mayRecord ? "About" : "With"):</strong> \(chosen.name ?? "")</p>
                \(if: !isBornKnown && mayRecord, birth(errors))
                """
        }
        let choice = Radios(
            name: prefix,
            items: matches.map { match in
                let hint = match.birth.map { Hint(text: .text("Born \($0.inWords)")) }
                return .item(.init(value: match.id.text, text: .text(match.name ?? ""), hint: hint))
            } + [.item(.init(value: "new", text: mayRecord ? "None of these: record them anew" : "None of these"))],
            value: sent[prefix],
            fieldset: Fieldset(legend: .init(text: "Is it one of these?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message(prefix), classes: "govuk-radios--small")
        let first = matches.isEmpty ? prefix : "\(prefix)-given"
        return """
            <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">\(title)</legend>
            \(if: !matches.isEmpty, choice.html)
            \(Input(
                name: "\(prefix)-given", id: first, label: "Given name",
                errorMessage: matches.isEmpty ? errors.message(prefix) : errors.message("\(prefix)-given"),
                value: sent["\(prefix)-given"] ?? "", autocomplete: "off", checksSpelling: false))
            \(Input(
                name: "\(prefix)-family", label: "Family name", value: sent["\(prefix)-family"] ?? "", autocomplete: "off",
                checksSpelling: false))
            \(if: mayRecord, birth(errors))
            </fieldset>
            """
    }

    private func birth(_ errors: [FormError]) -> Html {
        born.html(
            "Date of birth (optional)", hint: "The age decides who may be subject to it and for how long",
            errors.message("\(prefix)-born"))
    }
}
